//! The records that link to the one on screen.

use crate::widgets;
use egui::Ui;
use linchpin_app::command::Command;
use linchpin_register::Register;
use linchpin_register::query::RecordSet;
use linchpin_register::tables::record_detail::RecordDetail;
use linchpin_render::theme::space;

/// How many records that link here are named one by one.
const MAX_LINKED: usize = 60;

/// Paints the records that link here, by type.
pub fn show(ui: &mut Ui, register: &Register, record: &RecordDetail<'_>, out: &mut Vec<Command>) {
    if record.linked_from.is_empty() {
        return;
    }
    ui.add_space(space::M);
    ui.separator();
    for (kind, from) in &record.linked_from {
        ui.horizontal(|ui| {
            let count = if from.len() == 1 {
                format!("1 {}", kind.what())
            } else {
                format!("{} {}", from.len(), kind.noun().many)
            };
            widgets::section_heading(ui, &format!("In {count}"));
            if from.len() > 1 && widgets::link(ui, "Show in table").clicked() {
                let ids = from
                    .iter()
                    .filter_map(|at| register.record(*at))
                    .map(|r| r.id().to_owned())
                    .collect();
                out.push(Command::ShowOnly(
                    *kind,
                    RecordSet {
                        why: format!("linked to {}", truncated(record.title)),
                        ids,
                    },
                ));
            }
        });
        for at in from.iter().take(MAX_LINKED) {
            if let Some(other) = register.record(*at)
                && widgets::link(ui, &truncated(other.title())).clicked()
            {
                out.push(Command::ShowRecord(*at));
            }
        }
        if from.len() > MAX_LINKED {
            widgets::caption(ui, format!("and {} more", from.len() - MAX_LINKED));
        }
        ui.add_space(space::S);
    }
}

fn truncated(text: &str) -> String {
    if text.chars().count() > 90 {
        text.chars().take(89).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}
