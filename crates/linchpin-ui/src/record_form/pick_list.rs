//! A list that opens below a button, to choose from by the pointer, by arrows and Enter, or by
//! typing a few letters.

use super::form::RecordForm;
use crate::widgets;
use egui::{Button, Id, Key, Modifiers, Popup, Response, ScrollArea, Sense, TextEdit, Ui, vec2};
use linchpin_app::form_state::{PickList, PickOption};
use linchpin_render::theme::{self, size};

/// From so many things on there is a search.
const MIN_SEARCHABLE: usize = 9;
const ROW_PT: f32 = 26.0;

/// An entry of a list: what is chosen by it, its name, a few words next to the name, and its help.
pub fn option(
    value: &str,
    title: impl Into<String>,
    detail: impl Into<String>,
    help: &str,
) -> PickOption {
    PickOption {
        value: value.to_owned(),
        title: title.into(),
        detail: detail.into(),
        help: help.to_owned(),
    }
}

/// The button that opens the list. `text`: what is chosen now.
pub fn button(ui: &mut Ui, name: &str, text: &str, is_muted: bool, width_pt: f32) -> Response {
    let p = theme::palette_of(ui);
    let color = if is_muted { p.text_muted } else { p.text };
    let room = (width_pt - 34.0).max(20.0);
    let galley = widgets::elided_line(ui, text, theme::regular(size::BODY), color, room);
    let button = Button::new((galley, egui::Atom::grow())).min_size(vec2(width_pt, 0.0));
    let response = ui.add(button);
    let place = response.rect.right_center() - vec2(13.0, 0.0);
    widgets::chevron_icon(ui.painter(), place, p.text_muted);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(text.to_owned());
        info
    });
    response
}

/// Opens and shows the list of a button; what is chosen. `hits`: what fits a search.
pub fn show(
    ui: &Ui,
    record_form: &mut RecordForm<'_>,
    id: Id,
    button: &Response,
    hits: &dyn Fn(&str) -> Vec<PickOption>,
) -> Option<String> {
    if record_form.take_focus() {
        button.request_focus();
    }
    let form = &mut *record_form.state;
    let was_open = form.pick_list.as_ref().is_some_and(|pick| pick.id == id);
    let mut chosen = None;
    if was_open && let Some(mut pick) = form.pick_list.take() {
        let mut open = true;
        chosen = show_list(ui, button, &mut pick, &mut open, hits);
        if chosen.is_some() {
            button.request_focus();
        } else if open {
            form.pick_list = Some(pick);
        }
    }
    // A click on the button closes an open list, and must not open it again.
    if button.clicked() && !was_open {
        form.pick_list = Some(PickList::new(id));
        ui.ctx().request_repaint();
    }
    chosen
}

fn show_list(
    ui: &Ui,
    button: &Response,
    pick: &mut PickList,
    open: &mut bool,
    hits: &dyn Fn(&str) -> Vec<PickOption>,
) -> Option<String> {
    if pick.last_search.as_ref() != Some(&pick.search) {
        pick.options = hits(&pick.search);
        pick.last_search = Some(pick.search.clone());
        let is_now = |now: &Option<String>| {
            let mut all = pick.options.iter();
            let found = all.position(|hit| Some(&hit.value) == now.as_ref());
            // Nothing is highlighted then: from `usize::MAX` the first arrow down wraps round to
            // the first option, and Enter finds none.
            found.unwrap_or(usize::MAX)
        };
        let now = pick.current.as_ref().filter(|_| pick.search.is_empty());
        pick.highlighted = now.map_or(0, is_now);
    }
    // Before the search field, which would move its cursor by the arrows and leave on Enter.
    let (down, up, enter) = ui.input_mut(|i| {
        let mut key = |key| i.consume_key(Modifiers::NONE, key);
        (key(Key::ArrowDown), key(Key::ArrowUp), key(Key::Enter))
    });
    let last = pick.options.len().saturating_sub(1);
    if down {
        pick.highlighted = pick.highlighted.wrapping_add(1).min(last);
    }
    if up {
        pick.highlighted = pick.highlighted.saturating_sub(1).min(last);
    }
    if enter {
        return pick
            .options
            .get(pick.highlighted)
            .map(|hit| hit.value.clone());
    }
    let searches = !pick.search.is_empty() || pick.options.len() >= MIN_SEARCHABLE;
    let has_details = pick.options.iter().any(|hit| !hit.detail.is_empty());
    let least = if has_details { 400.0 } else { 220.0 };
    let room = ui.ctx().content_rect().width() - 48.0;
    let width = button.rect.width().clamp(least, 480.0).min(room);
    let shown = Popup::from_response(button)
        .id(pick.id.with("list"))
        .open_bool(open)
        .width(width)
        .show(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 2.0;
            if searches {
                search_field(ui, &mut pick.search);
            }
            if pick.options.is_empty() {
                widgets::caption(ui, "Nothing has such a name.");
            }
            let mut chosen = None;
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                for (at, hit) in pick.options.iter().enumerate() {
                    if option_row(ui, hit, at == pick.highlighted, down || up) {
                        chosen = Some(hit.value.clone());
                    }
                }
            });
            chosen
        });
    shown.and_then(|shown| shown.inner)
}

fn search_field(ui: &mut Ui, text: &mut String) {
    let edit = TextEdit::singleline(text)
        .hint_text("Type to search")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search the list"));
    response.request_focus();
}

fn option_row(ui: &mut Ui, hit: &PickOption, chosen: bool, moved: bool) -> bool {
    let p = theme::palette_of(ui);
    let size_pt = vec2(ui.available_width(), ROW_PT);
    let (rect, response) = ui.allocate_exact_size(size_pt, Sense::click());
    widgets::row_background(ui, rect, theme::RADIUS, chosen, response.hovered());
    let detail_font = theme::regular(size::CAPTION);
    // The name has as much room as it needs, as long as something of the rest can be read.
    let room = rect.width() - 26.0;
    let most = if hit.detail.is_empty() {
        room
    } else {
        room * 0.72
    };
    let title = widgets::elided_line(ui, &hit.title, theme::regular(size::BODY), p.text, most);
    let left_pt = room - title.size().x;
    let detail = widgets::elided_line(ui, &hit.detail, detail_font, p.text_muted, left_pt);
    let y = |height: f32| rect.center().y - height / 2.0;
    let left = egui::pos2(rect.left() + 8.0, y(title.size().y));
    let right = egui::pos2(rect.right() - 8.0 - detail.size().x, y(detail.size().y));
    ui.painter().galley(left, title, p.text);
    ui.painter().galley(right, detail, p.text_muted);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, &hit.title)
    });
    if chosen && moved {
        response.scroll_to_me(None);
    }
    let clicked = response.clicked();
    if !hit.help.is_empty() {
        response.on_hover_text(&hit.help);
    }
    clicked
}
