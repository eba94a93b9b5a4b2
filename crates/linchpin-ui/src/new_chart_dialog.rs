//! The dialog of a new chart: which records, and one of the charts that fit them.

use super::widgets;
use egui::{
    Button, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    vec2,
};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::NewChartForm;
use linchpin_charts::suggest::Suggestion;
use linchpin_edit::Edit;
use linchpin_register::RecordKind;
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::tables::formatting;
use linchpin_render::paint;
use linchpin_render::theme::{self, size, space};

/// The least width of a suggestion.
const CARD_PT: f32 = 260.0;
const PICTURE_PT: f32 = 170.0;
const TITLE_PT: f32 = 30.0;

/// Paints the dialog; `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, new: &NewChartForm, out: &mut Vec<Command>) -> bool {
    record_list_buttons(ui, app, new.kind, out);
    if !new.filter_description.is_empty() {
        widgets::caption(ui, &new.filter_description);
    }
    ui.add_space(space::XS);
    let mut close = false;
    match app.derived.suggestions(new) {
        None => {
            widgets::spinner_row(ui, "Looking at the records");
        }
        Some([]) => {
            widgets::caption(
                ui,
                "None of the charts that fit these records can be drawn of them. Choose others, or \
                 change what narrows them.",
            );
        }
        Some(all) => {
            let height = (ui.available_height() - 48.0).max(160.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                close |= grid(ui, app, all, out);
            });
        }
    }
    ui.add_space(space::XS);
    close || ui.button("Cancel").clicked()
}

/// The lists with records in them.
fn record_list_buttons(ui: &mut Ui, app: &App, now: RecordKind, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        widgets::caption(ui, "Records:");
        for list in RecordList::ALL {
            let (kind, count) = (list.kind(), app.register().count(list.kind()));
            if count == 0 && kind != now {
                continue;
            }
            let text = format!(
                "{} {}",
                kind.title(),
                formatting::format_number(count as f64)
            );
            let is_now = kind == now;
            let color = if is_now { p.accent } else { p.text_muted };
            let button = Button::new(
                RichText::new(text)
                    .font(theme::regular(size::CAPTION))
                    .color(color),
            );
            let button = button.fill(if is_now { p.accent_soft } else { p.surface });
            let response = ui.add(button).on_hover_text(list.meaning());
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, true, is_now, kind.title())
            });
            if response.clicked() {
                out.push(Command::SuggestChartsFor(kind));
            }
        }
    });
}

fn grid(ui: &mut Ui, app: &App, all: &[Suggestion], out: &mut Vec<Command>) -> bool {
    let gap = space::S + 4.0;
    let room = ui.available_width() - 12.0;
    let columns = ((room + gap) / (CARD_PT + gap)).floor().clamp(1.0, 3.0);
    let width = ((room - gap * (columns - 1.0)) / columns).floor();
    let mut chosen = false;
    for row in all.chunks(columns as usize) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for one in row {
                if suggestion_card(ui, app, one, width) {
                    let edit = Edit::AddRecord {
                        kind: RecordKind::Chart,
                        fields: one.fields.clone(),
                        after: None,
                    };
                    out.push(crate::edit_command(edit));
                    chosen = true;
                }
            }
        });
        ui.add_space(gap);
    }
    chosen
}

/// A small picture with its title; `true` where it was chosen.
fn suggestion_card(ui: &mut Ui, app: &App, one: &Suggestion, width: f32) -> bool {
    let p = theme::palette_of(ui);
    let size_pt = vec2(width, PICTURE_PT + TITLE_PT);
    let (rect, response) = ui.allocate_exact_size(size_pt, Sense::click());
    let hot = response.hovered() || response.has_focus();
    let edge = if hot { p.accent } else { p.hairline };
    ui.painter().rect(
        rect,
        theme::RADIUS,
        if hot { p.hover } else { p.background },
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let inside = Rect::from_min_size(rect.min, vec2(width, PICTURE_PT)).shrink(4.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(&one.title));
    // A picture of a chart, not a chart: a click on a mark leads nowhere, and the picture is not
    // dimmed.
    child.visuals_mut().disabled_alpha = 1.0;
    child.disable();
    paint::show_picture(
        &mut child,
        app.register(),
        &one.picture,
        inside.size(),
        None,
    );
    let room = width - 20.0;
    let title = widgets::elided_line(ui, &one.title, theme::regular(size::BODY), p.text, room);
    let top = rect.left_bottom() - vec2(-10.0, (TITLE_PT + title.size().y) / 2.0);
    ui.painter().galley(top, title, p.text);
    let name = format!("Add: {}", one.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response
        .on_hover_text("Add this chart to the file, and change it there")
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}
