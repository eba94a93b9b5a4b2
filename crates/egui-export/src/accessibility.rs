//! What the parts of a picture are, for those who have it read to them.
//!
//! A shape carries no words, so inside a [`Canvas`](crate::Canvas) an invisible marker goes before
//! the shapes of each part: egui's callback shape, which holds any value. The scene takes the
//! markers out again. In a window these functions do nothing, so the same painting code can serve
//! both.

use egui::epaint::PaintCallback;
use egui::{Context, Id, Rect, Shape, Ui};
use std::sync::Arc;

/// What a part of a picture is. Screen readers get it from the structure of a PDF, and from the
/// ARIA attributes of an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartRole {
    /// Backgrounds and rules: nothing to read.
    Artifact,
    /// The title of the picture, which should be [`Metadata::title`](crate::Metadata::title).
    Title,
    /// Lines of text. The number tells one paragraph from another.
    Paragraph(u16),
    /// What the picture is about, described by
    /// [`Metadata::description`](crate::Metadata::description) and its symbols.
    Figure,
}

/// A place in a figure with words of its own, such as a bar of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// Where it is, in points.
    pub rect: Rect,
    /// What a screen reader says there, complete by itself.
    pub label: String,
}

/// What an invisible shape stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Role(PartRole),
    Symbol(String),
}

/// Say what all shapes from here on are, until the next call.
///
/// ```
/// use egui_export::{PartRole, begin_part, record};
///
/// let scene = record(egui::vec2(200.0, 100.0), 1.0, |ui| {
///     begin_part(ui, PartRole::Title);
///     ui.heading("Sales");
///     begin_part(ui, PartRole::Figure);
///     ui.label("12 units");
/// })?;
/// let roles: Vec<_> = scene.items.iter().map(|item| item.role).collect();
/// assert_eq!(roles, [Some(PartRole::Title), Some(PartRole::Figure)]);
/// # Ok::<(), egui_export::ExportError>(())
/// ```
pub fn begin_part(ui: &Ui, role: PartRole) {
    if is_recorded(ui.ctx()) {
        let id = Id::unique(("egui_export role", role));
        put(ui, id, Rect::ZERO, Marker::Role(role));
    }
}

/// Give words to the places of a figure, in the order in which they are read.
pub fn add_symbols<'a>(ui: &Ui, symbols: impl IntoIterator<Item = (Rect, &'a str)>) {
    if !is_recorded(ui.ctx()) {
        return;
    }
    for (at, (rect, label)) in symbols.into_iter().enumerate() {
        let id = Id::unique(("egui_export symbol", at));
        put(ui, id, rect, Marker::Symbol(label.to_owned()));
    }
}

/// Whether what is painted in this context becomes a scene.
pub fn is_recorded(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(recorded_id()).unwrap_or(false))
}

/// Let what is painted in a context carry markers. Only for contexts whose shapes become scenes:
/// to any other renderer a marker is a callback that it does not know.
pub fn set_recorded(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(recorded_id(), true));
}

/// The marker that an invisible shape is.
pub(crate) fn marker_of(shape: &PaintCallback) -> Option<&Marker> {
    shape.callback.downcast_ref::<Marker>()
}

fn recorded_id() -> Id {
    Id::unique("egui_export is recorded")
}

/// The same marker is the same value in every pass: egui compares callbacks by address, and
/// [`Canvas`](crate::Canvas) waits until two passes have equal shapes.
fn put(ui: &Ui, id: Id, rect: Rect, marker: Marker) {
    let callback = ui.data_mut(|data| {
        let known: &mut Arc<Marker> =
            data.get_temp_mut_or_insert_with(id, || Arc::new(marker.clone()));
        if **known != marker {
            *known = Arc::new(marker);
        }
        known.clone()
    });
    ui.painter()
        .add(Shape::Callback(PaintCallback { rect, callback }));
}
