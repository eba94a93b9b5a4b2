//! Messages and running tasks at the foot of the window.

use super::widgets;
use egui::{Align2, Area, Order, ProgressBar, RichText, Ui, vec2};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::notice::Notice;
use linchpin_render::theme::{self, space};

/// Paints the notices and the running tasks.
pub fn show(ui: &Ui, app: &App, out: &mut Vec<Command>) {
    let jobs: Vec<_> = app
        .tasks
        .running()
        .iter()
        .filter(|j| j.is_visible)
        .collect();
    let tells_order = tells_order(ui);
    if app.notices.all().is_empty() && jobs.is_empty() && !tells_order {
        return;
    }
    let p = theme::palette_of(ui);
    Area::new(egui::Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-space::M, -space::M))
        .show(ui.ctx(), |ui| {
            ui.set_max_width(420.0);
            for job in jobs {
                widgets::card_frame(p).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(job.label);
                        ui.add(ProgressBar::new(job.progress()).desired_width(120.0));
                        if job.can_cancel() && ui.button("Cancel").clicked() {
                            out.push(Command::CancelTask(job.id));
                        }
                    });
                });
            }
            if tells_order {
                order_notice(ui, p);
            }
            for notice in app.notices.all() {
                let frame = widgets::card_frame(p).inner_margin(egui::Margin::symmetric(12, 8));
                frame.show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let color = if notice.is_error { p.error } else { p.text };
                        // Room for the button that closes it, which stands behind the text.
                        let width = ui.available_width() - 40.0;
                        ui.scope(|ui| {
                            ui.set_max_width(width);
                            ui.vertical(|ui| {
                                let text = RichText::new(&notice.text).color(color);
                                ui.add(egui::Label::new(text).wrap());
                                notice_actions(ui, notice, out);
                            });
                        });
                        if close_button(ui) {
                            out.push(Command::DismissNotice(notice.id));
                        }
                    });
                });
            }
        });
}

/// What is not as it should be while right-to-left text can be edited.
const ORDER: &str = "Right-to-left text that can be edited or marked is shown word by word from \
    the left: cursors and marks may stand next to their words, not on them. It is saved and \
    exported as it is read.";

fn order_read_id() -> egui::Id {
    egui::Id::unique("the order of right-to-left text has been told")
}

/// Whether right-to-left text in a field is on screen, and nobody has read yet what that means.
fn tells_order(ui: &Ui) -> bool {
    let is_read = ui.data(|data| data.get_temp(order_read_id()).unwrap_or(false));
    !is_read && theme::leaves_right_to_left_text(ui.ctx())
}

fn order_notice(ui: &mut Ui, p: &theme::Palette) {
    let frame = widgets::card_frame(p).inner_margin(egui::Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let width = ui.available_width() - 40.0;
            ui.scope(|ui| {
                ui.set_max_width(width);
                ui.add(egui::Label::new(ORDER).wrap());
            });
            if close_button(ui) {
                ui.data_mut(|data| data.insert_temp(order_read_id(), true));
            }
        });
    });
}

/// `true` where it was clicked.
fn close_button(ui: &mut Ui) -> bool {
    let close = ui.add(egui::Button::new("×").frame_when_inactive(false));
    close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Dismiss"));
    close.clicked()
}

/// What can be done about a message.
fn notice_actions(ui: &mut Ui, notice: &Notice, out: &mut Vec<Command>) {
    if notice.actions.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (text, command) in &notice.actions {
            if ui.button(*text).clicked() {
                out.push(command.clone());
                out.push(Command::DismissNotice(notice.id));
            }
        }
    });
}
