//! Links: the record is found by a few letters of its name or id.

use super::form::{FieldSlot, RecordForm};
use super::icon_button;
use super::pick_list;
use egui::{Layout, Ui};
use linchpin_app::form_state::PickOption;
use linchpin_edit::ValueChange;
use linchpin_register::english::with_article;
use linchpin_register::query::fold::fold;
use linchpin_register::{RecordKind, RecordRef, Register};
use ron_lossless::RonValue;

/// How many records are shown to choose from.
const MAX_HITS: usize = 50;
/// How many records are looked at for one search: enough for any real register, and never a slow
/// frame.
const MAX_RECORDS: usize = 100_000;

/// The editor of a link to a record of this type.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot, kind: RecordKind) {
    let linked = form.linked_record(&slot.path);
    let now = match form.value(&slot.path) {
        Some(RonValue::Text(id)) => Some(id),
        _ => None,
    };
    let text = match (&linked, &now) {
        (Some((_, id)), _) => form.register.short_title_of(id).to_owned(),
        (None, Some(id)) => format!("⚠ {id}"),
        (None, None) => format!("Choose {}…", with_article(kind.what())),
    };
    let can_go = !slot.is_required && now.is_some() && !is_list_item(slot);
    ui.with_layout(Layout::left_to_right(egui::Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let buttons_width_pt =
            if linked.is_some() { 30.0 } else { 0.0 } + if can_go { 26.0 } else { 0.0 };
        let width = (ui.available_width() - buttons_width_pt).clamp(90.0, 340.0);
        let button = pick_list::button(ui, &slot.name, &text, now.is_none(), width);
        let full = linked
            .as_ref()
            .and_then(|(at, _)| form.register.record(*at));
        let full = full.map_or(slot.hint, |record| record.title()).to_owned();
        let button = button.on_hover_text(full);
        let id = form.id(&slot.path);
        let register = form.register;
        let hits = |search: &str| matching_records(register, kind, search, &[]);
        if let Some(id) = pick_list::show(ui, form, id, &button, &hits) {
            if now.as_ref() != Some(&id) {
                form.push_edit(&slot.path, ValueChange::Set(RonValue::text(id)));
            }
            form.field_left = true;
        }
        // Going elsewhere would leave behind what is not in the register yet.
        if let Some((at, _)) = linked
            && !form.updates_live()
            && icon_button(ui, "→", &format!("Go to {text}"), true).clicked()
        {
            form.records_to_show.push(at);
        }
        if can_go && icon_button(ui, "×", &format!("Remove {}", slot.name), true).clicked() {
            form.push_edit(&slot.path, ValueChange::Remove);
            form.field_left = true;
        }
    });
}

/// Items of lists are taken out by the list.
fn is_list_item(slot: &FieldSlot) -> bool {
    use linchpin_register::schema::PathStep;
    matches!(slot.path.last(), Some(PathStep::Index(_)))
}

/// The records of a type whose name or id has the words of a search, but for those with these ids.
pub fn matching_records(
    register: &Register,
    kind: RecordKind,
    search: &str,
    excluded_ids: &[String],
) -> Vec<PickOption> {
    let search = fold(search);
    let words: Vec<&str> = search.split_whitespace().collect();
    let fits = |text: &str| {
        let folded = fold(text);
        words.iter().all(|word| folded.contains(word))
    };
    let count = register.count(kind).min(MAX_RECORDS) as u32;
    let all = (0..count).filter_map(|index| register.record(RecordRef { kind, index }));
    let found = all.filter(|record| {
        let is_free = !excluded_ids.iter().any(|id| id == record.id());
        is_free && (fits(record.title()) || fits(record.short_title()) || fits(record.id()))
    });
    let hit = |record: &dyn linchpin_register::AnyRecord| {
        pick_list::option(record.id(), record.title(), record.id(), record.title())
    };
    found.take(MAX_HITS).map(hit).collect()
}
