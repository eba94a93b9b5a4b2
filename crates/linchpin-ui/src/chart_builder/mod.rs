//! A chart's fields beside its picture: each change is one edit of the file, and the picture follows.

mod channel;
mod columns;
mod filters;
mod header;
mod mark;
mod records;
mod sort;

use super::details_pane::editable_fields::{edit_blocked_reason, field_defaults, submit_edits};
use super::record_form::{self, FormSource, RecordForm};
use super::widgets;
use egui::{Frame, Margin, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::form_state::{FormState, form_id};
use linchpin_charts::{self, ChartError};
use linchpin_edit::EditTarget;
use linchpin_register::chart_vocabulary::{MarkKind, RecordList};
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{Chart, RecordKind};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// Width of the names of fields.
const LABEL_PT: f32 = 84.0;

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
    /// Says below a field of the chart that it is to blame, where it is. The reason and the way out stand above all fields.
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
        header::show(ui, app, &record_form, out);
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
        "A record of this register has the id of this standard chart. Keep the charts in the file first: this one gets another id there.",
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
    match about.mark {
        Some(MarkKind::Table) => columns::show(ui, form, about),
        _ => {
            channel::show(ui, form, about, "x", "Across");
            channel::show(ui, form, about, "y", "Up");
            channel::show(ui, form, about, "color", "Color");
        }
    }
    channel::show(ui, form, about, "facet", "Small charts");
    if about.mark == Some(MarkKind::Bar) {
        field_row(ui, form, about, "arrangement", "Parts");
    }
    sort::show(ui, form, about);
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
