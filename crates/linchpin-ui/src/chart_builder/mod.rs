//! A chart's fields next to its picture: each change is one edit of the file, and the picture
//! follows.

mod channel;
mod filters;
mod mark;
mod records;

use super::details_pane::editable_fields::{edit_blocked_reason, field_defaults, submit_edits};
use super::record_form::{self, FormSource, RecordForm, pick_list};
use super::widgets;
use egui::{Align, Frame, Layout, Margin, RichText, Role, ScrollArea, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::form_state::{FormState, form_id};
use linchpin_charts::{ChartError, DataField, fields_for_channel};
use linchpin_edit::{EditTarget, ValueChange};
use linchpin_register::chart_vocabulary::{MarkKind, OrderBy, RecordList};
use linchpin_register::english::capitalize;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{Chart, RecordKind, tables};
use linchpin_render::theme::{self, size, space};
use ron_lossless::RonValue;

/// What is done to the chart as a whole: its button, the name for a screen reader, its help.
const CHART_ACTIONS: [(Action, &str, &str, &str); 6] = [
    (
        Action::DuplicateRecord,
        "Duplicate",
        "Duplicate chart",
        "Add a copy of the chart behind it",
    ),
    (
        Action::RenameRecord,
        "Rename…",
        "Rename chart",
        "Change the id of the chart, and every link to it",
    ),
    (
        Action::MoveUp,
        "↑",
        "Move chart up",
        "Put the chart before the one above it in the file",
    ),
    (
        Action::MoveDown,
        "↓",
        "Move chart down",
        "Put the chart behind the one below it in the file",
    ),
    (
        Action::RemoveRecord,
        "Remove…",
        "Remove chart",
        "Remove the chart from the file",
    ),
    (
        Action::ShowInFile,
        "In file",
        "Show chart in file",
        "Show the chart in the text of the file",
    ),
];
/// Width of the names of fields.
const LABEL_PT: f32 = 84.0;
const COLUMNS: PathStep = PathStep::Field("columns");
const SORT: PathStep = PathStep::Field("sort");

/// What the fields are about.
struct ChartBuilderContext<'a> {
    app: &'a App,
    /// The types that the chart draws.
    kinds: Vec<RecordKind>,
    mark: Option<MarkKind>,
    /// Why it cannot be drawn.
    error: Option<&'a ChartError>,
}

impl ChartBuilderContext<'_> {
    /// The fields that a channel may show, or the filter may ask for: of every list that the chart
    /// draws, each name once.
    fn fields_for(&self, channel: &str) -> Vec<DataField> {
        let mut all: Vec<DataField> = Vec::new();
        for kind in &self.kinds {
            for field in fields_for_channel(*kind, channel) {
                if all.iter().all(|other| other.name != field.name) {
                    all.push(field);
                }
            }
        }
        all
    }

    /// Says below a field of the chart that it is to blame, where it is. The reason and the way out
    /// stand above all fields.
    fn show_error_hint(&self, ui: &mut Ui, field: &str) {
        if self.error.is_some_and(|error| error.field_name() == field) {
            record_form::error_label(ui, "This stands in the way of the picture.");
        }
    }
}

/// Paints the fields of a chart.
pub fn show(ui: &mut Ui, app: &App, chart: &Chart, form: &mut FormState, out: &mut Vec<Command>) {
    let id = chart.id.as_str();
    let latest = &app.file.latest;
    let is_standard = linchpin_charts::is_standard(&latest.register, id);
    let is_id_taken = is_standard && latest.register.find(id).is_some();
    let loaded = if is_standard {
        linchpin_charts::standard_loaded()
    } else {
        latest
    };
    if loaded.register.find(id).is_none() {
        widgets::caption(ui, "The file is being read again.");
        return;
    }
    let target = EditTarget::Record(id.to_owned());
    let hints = field_defaults(app, None);
    let source = FormSource::InRegister(loaded, &target);
    let mut record_form = RecordForm::new(app.register(), form, source, &hints, form_id(&target));
    record_form.blocked_reason = edit_blocked_reason(app);
    let about = ChartBuilderContext {
        app,
        kinds: record_kinds(&record_form),
        mark: mark::current_mark(&record_form),
        error: app.derived.chart_error(id),
    };
    let frame = Frame::new().inner_margin(Margin::symmetric(16, 10));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        header(ui, app, &record_form, out);
        if is_id_taken {
            id_taken_notice(ui, out);
        }
    });
    let enabled = record_form.blocked_reason.is_none() && !is_id_taken;
    ScrollArea::vertical()
        .id_salt(("fields of the chart", id))
        .auto_shrink(false)
        .show(ui, |ui| {
            let frame = Frame::new().inner_margin(Margin {
                left: 16,
                right: 16,
                top: 0,
                bottom: 24,
            });
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width().min(560.0));
                ui.spacing_mut().item_spacing.y = space::S - 2.0;
                show_error(ui, &about);
                ui.add_enabled_ui(enabled, |ui| {
                    chart_fields(ui, &mut record_form, &about, out)
                });
            });
        });
    submit_edits(record_form, out);
}

/// Another record has the id of a standard chart.
fn id_taken_notice(ui: &mut Ui, out: &mut Vec<Command>) {
    widgets::caption(
        ui,
        "A record of this register has the id of this standard chart. Keep the charts in the file \
         first: this one gets another id there.",
    );
    let keep = Action::Chart(ChartAction::WriteStandardCharts);
    if widgets::link(ui, keep.spec().label).clicked() {
        out.push(Command::RunAction(keep));
    }
}

/// Why there is no picture, and the way out.
fn show_error(ui: &mut Ui, about: &ChartBuilderContext<'_>) {
    let Some(error) = about.error else { return };
    let p = theme::palette_of(ui);
    Frame::new()
        .fill(p.warning_soft)
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(error.reason());
            widgets::caption(ui, error.help());
        });
}

fn chart_fields(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    out: &mut Vec<Command>,
) {
    spaced_section(ui, "Drawn as");
    mark::show(ui, form, about);
    records::show(ui, form, about, out);
    spaced_section(ui, "What stands for what");
    // What is set is shown even where the mark has no use for it: it is refused, and can be taken
    // out only where it is seen.
    let is_set = |form: &RecordForm<'_>, name| form.value(&[PathStep::Field(name)]).is_some();
    let is_table = about.mark == Some(MarkKind::Table);
    if is_table || is_set(form, "columns") {
        columns(ui, form, about);
    }
    for (name, title) in [("x", "Across"), ("y", "Up"), ("color", "Color")] {
        if !is_table || is_set(form, name) {
            channel::show(ui, form, about, name, title);
        }
    }
    channel::show(ui, form, about, "facet", "Small charts");
    if about.mark == Some(MarkKind::Bar) || is_set(form, "arrangement") {
        field_row(ui, form, about, "arrangement", "Parts");
    }
    sort(ui, form, about);
    spaced_section(ui, "Which records");
    filters::show(ui, form, about);
    field_row(ui, form, about, "search", "With words");
    if about.kinds.contains(&RecordKind::Commitment) {
        field_row(ui, form, about, "count", "Count");
        field_row(ui, form, about, "voices", "Voices");
    }
    spaced_section(ui, "Words");
    for (name, title) in [
        ("title", "Title"),
        ("subtitle", "Subtitle"),
        ("note", "Note"),
        ("source", "Source"),
    ] {
        field_row(ui, form, about, name, title);
    }
    spaced_section(ui, "In the picture");
    field_row(ui, form, about, "lines", "Lines");
    field_row(ui, form, about, "annotations", "Annotations");
}

/// A field of the chart as records have them.
fn field_row(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    name: &'static str,
    title: &str,
) {
    let Some(spec) = field_spec(name) else { return };
    record_form::labeled_row(ui, LABEL_PT, title, spec.doc, |ui| {
        record_form::field_editor(ui, form, &[PathStep::Field(name)], spec, "");
        about.show_error_hint(ui, name);
    });
}

fn spaced_section(ui: &mut Ui, title: &str) {
    ui.add_space(space::S);
    widgets::section_heading(ui, title);
}

/// A field of a chart as it is documented.
fn field_spec(name: &str) -> Option<&'static FieldSpec> {
    Chart::FIELDS.iter().find(|spec| spec.name == name)
}

/// The types that the chart draws, as the text says.
fn record_kinds(form: &RecordForm<'_>) -> Vec<RecordKind> {
    let Some(RonValue::List(items)) = form.value(&[PathStep::Field("records")]) else {
        return Vec::new();
    };
    let mut kinds = Vec::new();
    for item in items {
        let list = RecordList::ALL
            .iter()
            .find(|list| list.name() == item.line());
        if let Some(kind) = list.map(|list| list.kind())
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    kinds
}

/// The title, and the buttons for what is done to the chart as a whole.
fn header(ui: &mut Ui, app: &App, form: &RecordForm<'_>, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Edit chart").font(theme::semibold(size::HEADING)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let done = ui.button("Done").on_hover_text("Close the fields");
            if done.clicked() {
                out.push(Command::RunAction(Action::Chart(ChartAction::Edit)));
            }
        });
    });
    let enabled = form.blocked_reason.is_none();
    ui.add_enabled_ui(enabled, |ui| {
        ui.horizontal_wrapped(|ui| {
            // Without padding their words begin where the title does.
            ui.spacing_mut().item_spacing.x = space::S + 4.0;
            ui.spacing_mut().button_padding.x = 0.0;
            for (action, text, name, help) in CHART_ACTIONS {
                // A standard chart stands in no file.
                if action == Action::ShowInFile && !app.availability(action).is_enabled() {
                    continue;
                }
                let response = widgets::toolbar_button(ui, text, help);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
                if response.clicked() {
                    out.push(Command::RunAction(action));
                }
            }
        });
    });
    if app.register().charts.is_empty() {
        widgets::caption(
            ui,
            "This is a standard chart. The first change writes the standard charts into the file.",
        );
    }
    if let Some(why) = form.blocked_reason {
        super::record_form::error_label(ui, why);
    }
}

/// The columns of a table that is drawn as a picture: those that the chart shows are ticked.
fn columns(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let (Some(spec), Some(&kind)) = (field_spec("columns"), about.kinds.first()) else {
        return;
    };
    let shown = match form.value(&[COLUMNS]) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    record_form::labeled_row(ui, LABEL_PT, "Columns", spec.doc, |ui| {
        for column in &tables::of_kind(kind).columns {
            let at = shown
                .iter()
                .position(|key| *key == RonValue::text(column.key));
            let mut on = at.is_some();
            let response = ui.checkbox(&mut on, column.title);
            let name = format!("Column {}", column.title);
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, &name));
            if response.changed() {
                match at {
                    Some(at) => {
                        form.push_edit(&[COLUMNS, PathStep::Index(at)], ValueChange::Remove)
                    }
                    None => {
                        form.push_edit(&[COLUMNS], ValueChange::Append(RonValue::text(column.key)))
                    }
                }
            }
            response.on_hover_text(column.help);
        }
        about.show_error_hint(ui, "columns");
    });
}

/// The order of the groups: what decides, and its direction.
fn sort(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let Some(spec) = field_spec("sort") else {
        return;
    };
    record_form::labeled_row(ui, LABEL_PT, "Order", spec.doc, |ui| {
        let by = form.value(&[SORT, PathStep::Field("by")]);
        let by = by.and_then(|by| OrderBy::ALL.iter().find(|one| one.name() == by.line()));
        let now = by.copied().unwrap_or(OrderBy::Register);
        let width = ui.available_width();
        let button = pick_list::button(ui, "Order", &capitalize(now.label()), by.is_none(), width);
        let id = form.id(&[SORT]);
        let chosen = pick_list::show(ui, form, id, &button, &|_| {
            let hit = |by: &OrderBy| {
                pick_list::option(by.name(), capitalize(by.label()), "", by.meaning())
            };
            OrderBy::ALL.iter().map(hit).collect()
        });
        let chosen = chosen.and_then(|name| OrderBy::ALL.iter().find(|by| by.name() == name));
        match chosen {
            Some(OrderBy::Register) if by.is_some() => form.push_edit(&[SORT], ValueChange::Remove),
            Some(chosen) if *chosen != now => {
                let mut parts = vec![("by".to_owned(), RonValue::bare(chosen.name()))];
                if *chosen == OrderBy::Value {
                    parts.push(("descending".to_owned(), RonValue::bare("true")));
                }
                form.push_edit(&[SORT], ValueChange::Set(RonValue::Record(parts)));
            }
            _ => {}
        }
        if by.is_some() {
            let path = [SORT, PathStep::Field("descending")];
            let text = match now {
                OrderBy::Value => "The greatest first",
                _ => "The last first",
            };
            checkbox_field(ui, form, &path, text);
        }
        about.show_error_hint(ui, "sort");
    });
}

/// A checkbox for a yes or no.
fn checkbox_field(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep], text: &str) {
    let mut on = form.value(path) == Some(RonValue::bare("true"));
    let response = ui.checkbox(&mut on, text);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, text));
    if response.changed() {
        let want = match on {
            true => ValueChange::Set(RonValue::bare("true")),
            false => ValueChange::Remove,
        };
        form.push_edit(path, want);
    }
}
