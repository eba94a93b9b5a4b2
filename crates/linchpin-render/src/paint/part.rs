//! What the parts of a picture are, for those who have it read to them: see
//! [`egui_export::PartRole`].

use egui::{Rect, Ui};
use egui_export::{PartRole, add_symbols, is_recorded};
use linchpin_charts::picture::{MarkId, Picture};

/// The line under the title.
pub(super) const SUBTITLE: PartRole = PartRole::Paragraph(0);
/// The note under the figure.
pub(super) const NOTE: PartRole = PartRole::Paragraph(1);
/// The line that says where the data come from.
pub(super) const SOURCE: PartRole = PartRole::Paragraph(2);

/// Give the marks of a picture their words, where it becomes an image.
pub(super) fn add_marks(ui: &Ui, picture: &Picture, spots: &[(MarkId, Rect)]) {
    if !is_recorded(ui.ctx()) {
        return;
    }
    let marks: Vec<_> = picture.marks().map(|(_, mark)| mark).collect();
    let symbols = spots.iter().filter_map(|(id, rect)| {
        let mark = marks.get(id.0 as usize)?;
        Some((*rect, mark.label.as_str()))
    });
    add_symbols(ui, symbols);
}
