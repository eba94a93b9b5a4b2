//! What the pieces of a picture are, for those who read it rather than look at it.
//!
//! A shape carries no words, so off-screen an invisible sign goes before the shapes of each piece:
//! egui's callback shape, which holds any value and draws nothing unless a renderer knows it. An
//! export takes the signs out again; a window never gets any.

use egui::epaint::PaintCallback;
use egui::{Context, Id, Rect, Shape, Ui};
use linchpin_charts::picture::{MarkId, Picture};
use std::sync::Arc;

/// A piece of a picture. All shapes after its sign belong to it, until the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Grounds and rules: nothing to read.
    Ground,
    Title,
    Subtitle,
    /// What is drawn, its numbers and names included.
    Figure,
    Note,
    Source,
}

/// What an invisible shape says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The piece that begins here.
    Part(Part),
    /// In the shape's rectangle stands a mark with these words.
    Mark(String),
}

/// Makes pictures of a context carry signs. Only for contexts whose shapes are taken as a scene.
pub fn keep_signs(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(wish(), true));
}

/// The sign that an invisible shape is, and where it stands.
pub fn sign_of(shape: &PaintCallback) -> Option<&Sign> {
    shape.callback.downcast_ref::<Sign>()
}

/// Says which piece begins, where signs are kept.
pub(super) fn begin(ui: &Ui, part: Part) {
    if keeps(ui) {
        put(ui, Id::unique(("part", part)), Rect::ZERO, Sign::Part(part));
    }
}

/// Says where the marks of a picture stand, where signs are kept.
pub(super) fn marks(ui: &Ui, picture: &Picture, spots: &[(MarkId, Rect)]) {
    if !keeps(ui) {
        return;
    }
    let marks: Vec<_> = picture.marks().map(|(_, mark)| mark).collect();
    for (at, (id, rect)) in spots.iter().enumerate() {
        if let Some(mark) = marks.get(id.0 as usize) {
            let sign = Sign::Mark(mark.label.clone());
            put(ui, Id::unique(("mark", at)), *rect, sign);
        }
    }
}

fn wish() -> Id {
    Id::unique("signs are kept")
}

fn keeps(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(wish()).unwrap_or(false))
}

/// The same sign is the same value in every pass: so a picture is seen to rest.
fn put(ui: &Ui, id: Id, rect: Rect, sign: Sign) {
    let callback = ui.data_mut(|data| {
        let kept: &mut Arc<Sign> = data.get_temp_mut_or_insert_with(id, || Arc::new(sign.clone()));
        if **kept != sign {
            *kept = Arc::new(sign);
        }
        kept.clone()
    });
    ui.painter()
        .add(Shape::Callback(PaintCallback { rect, callback }));
}
