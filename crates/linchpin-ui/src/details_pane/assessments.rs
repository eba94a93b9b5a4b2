//! How far a commitment has been met: the status now, every assessment with its evidence, the
//! newest first, and the form for a new one.

use super::editable_fields::{CloseTrigger, close_if_done};
use crate::record_form::{FieldSlot, FormSource, RecordForm};
use crate::{record_form, strength, widgets};
use egui::{RichText, Role, Ui, WidgetInfo, vec2};
use linchpin_app::command::Command;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::tables::assessments::AssessmentChange;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::tables::{assessments, formatting};
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Citation, Commitment, FieldType, RecordRef, Register};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// So many entries are shown until the others are asked for.
const INITIAL_ENTRIES: usize = 3;

const ADD_HELP: &str = "Say how far it has been met, with the evidence. What was said before stays";
const CORRECT_HELP: &str = "Correct the last assessment, where it was written down wrongly";
/// Width of the names of its fields.
const LABEL_PT: f32 = 78.0;

/// Paints the status, the way to a new assessment, and the history.
pub fn show(
    ui: &mut Ui,
    register: &Register,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    commitment: &Commitment,
    out: &mut Vec<Command>,
) {
    let FormSource::InRegister(_, target) = form.source else {
        return;
    };
    let spec = Commitment::FIELDS.iter().find(|spec| spec.name == "status");
    let (Some(spec), path) = (spec, [PathStep::Field("status")]) else {
        return;
    };
    let last = commitment.status.len().checked_sub(1);
    let last = last.map(|last| [path[0], PathStep::Index(last)]);
    ui.horizontal_wrapped(|ui| {
        status_label(ui, commitment.current_status());
        if form.blocked_reason.is_some() {
            return;
        }
        ui.add_space(space::XS);
        let is_begun = record_form::is_item_pending(form, &path);
        if let FieldType::Record { fields, .. } = spec.field_type
            && !is_begun
            && widgets::link(ui, "Add an assessment…")
                .on_hover_text(ADD_HELP)
                .clicked()
        {
            begin_assessment(form, &path, fields);
        }
        if let Some(last) = last
            && !form.state.is_field_open(target, &last)
            && widgets::link(ui, "Correct…")
                .on_hover_text(CORRECT_HELP)
                .clicked()
        {
            form.state.open_field(target.clone(), last.to_vec());
        }
    });
    new_assessment_form(ui, form, &path, spec);
    if let Some(last) = last
        && form.state.is_field_open(target, &last)
    {
        record_form::item_editor(ui, form, &last, spec);
        close_if_done(ui, form, CloseTrigger::DoneButton);
    }
    let steps = assessments::assessment_history(at, commitment);
    let id = form.id(&path).with("history");
    let all = form.state.expanded_records.contains(&id);
    let shown = if all { steps.len() } else { INITIAL_ENTRIES };
    for step in steps.iter().take(shown) {
        assessment_entry(ui, register, step, out);
    }
    if let Some(more) = steps.len().checked_sub(shown).filter(|more| *more > 0)
        && widgets::link(ui, &format!("Show {more} earlier")).clicked()
    {
        form.state.expanded_records.insert(id);
    }
}

/// The sign and the word of a status. One that was never assessed is muted.
fn status_label(ui: &mut Ui, status: FulfillmentStatus) {
    let p = theme::palette_of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), egui::Sense::hover());
    strength::status_sign(ui.painter(), rect.center(), status, p);
    let text = RichText::new(field_label(status.label()));
    ui.label(match status {
        FulfillmentStatus::NotAssessed => text.color(p.text_muted).italics(),
        _ => text.color(p.text),
    })
    .on_hover_text(status.meaning());
}

fn assessment_entry(
    ui: &mut Ui,
    register: &Register,
    step: &AssessmentChange<'_>,
    out: &mut Vec<Command>,
) {
    let assessment = step.assessment;
    ui.push_id(("assessment", step.index), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            status_label(ui, assessment.status);
            let by = format!(
                "· {} · {}",
                assessment.date.to_long_form(),
                assessment.assessor
            );
            widgets::caption(ui, by)
                .on_hover_text(format!("Before: {}", step.previous_status.label()));
        });
        ui.indent("said", |ui| {
            if let Some(note) = &assessment.note {
                widgets::selectable_text(ui, note.as_str());
            }
            for (at, citation) in assessment.citations.iter().enumerate() {
                evidence_row(ui, register, step, (at, citation), out);
            }
        });
    });
}

/// One citation of the evidence: where it stands, its words, and ways to open and to copy it.
fn evidence_row(
    ui: &mut Ui,
    register: &Register,
    step: &AssessmentChange<'_>,
    (at, citation): (usize, &Citation),
    out: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let place = formatting::format_location(register, citation);
        if widgets::link(ui, &place).clicked()
            && let Some(document) = register.find(citation.document.as_str())
        {
            out.push(Command::ShowRecord(document));
        }
        if let Some(phrase) = &citation.phrase {
            widgets::caption(ui, format!("“{phrase}”"));
        }
        let which = format!(
            "evidence {} of {}",
            at + 1,
            step.assessment.date.to_long_form()
        );
        if let Some(url) = formatting::citation_url(register, citation)
            && widgets::named_toolbar_button(ui, "Open", &format!("Open {which}"), &url)
        {
            out.push(Command::OpenUrl(url));
        }
        let help = "Copy the citation of this evidence";
        if widgets::named_toolbar_button(ui, "Copy", &format!("Copy {which}"), help) {
            out.push(Command::CopyText {
                text: formatting::format_citation(register, citation),
                what: "citation",
            });
        }
    });
}

/// Begins a new assessment.
pub fn begin_assessment(
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    fields: &'static [FieldSpec],
) {
    let id = form.id(path).with("new");
    let mut given = record_form::default_item(fields, form.defaults);
    // What was found is for the assessor to say.
    given.retain(|(name, _)| name != "status");
    form.set_pending_value(id, RonValue::Record(given));
    form.state.focus_first_of = Some(id);
}

/// Paints the assessment that is being made, where one is.
fn new_assessment_form(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    spec: &FieldSpec,
) {
    let FieldType::Record { what, fields } = spec.field_type else {
        return;
    };
    let id = form.id(path).with("new");
    let Some(RonValue::Record(mut given)) = form.pending_value(id).cloned() else {
        return;
    };
    let slot = FieldSlot {
        path: path.to_vec(),
        name: "Status".into(),
        form: spec.field_type,
        hint: spec.doc,
        default_text: spec.default_text,
        is_required: false,
    };
    let mut stays_open = true;
    record_form::nested_card(ui, |ui| {
        widgets::section_heading(ui, "New assessment");
        widgets::caption(ui, "What was found?");
        status_choices(ui, &mut given);
        ui.add_space(space::XS);
        let status = chosen_status(&given);
        record_form::edit_pending_fields(form, &mut given, id, |inner| {
            for spec in fields.iter().filter(|spec| spec.name != "status") {
                if let Some(text) = prompt_before_field(spec.name, status) {
                    ui.add_space(space::XS);
                    widgets::caption(ui, text);
                }
                let path = [PathStep::Field(spec.name)];
                record_form::labeled_field(ui, inner, &path, spec, LABEL_PT, "new assessment");
            }
        });
        ui.add_space(space::XS);
        widgets::caption(
            ui,
            "It is added to the history; earlier entries stay as they are.",
        );
        stays_open = record_form::new_record_buttons(ui, form, &slot, what, &given, id);
    });
    record_form::keep_pending_record(form, given, id, stays_open);
}

/// A line for each status with its sign and its meaning, one of which is chosen.
fn status_choices(ui: &mut Ui, given: &mut Vec<(String, RonValue)>) {
    let p = theme::palette_of(ui);
    let now = chosen_status(given);
    // Nobody needs to write down that nobody has looked.
    for &status in FulfillmentStatus::ALL
        .iter()
        .filter(|s| **s != FulfillmentStatus::NotAssessed)
    {
        let is_on = now == Some(status);
        let row = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let name = format!("{}: {}", status.label(), status.meaning());
            let radio = ui.radio(is_on, "");
            radio.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_on, &name));
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), egui::Sense::hover());
            strength::status_sign(ui.painter(), rect.center(), status, p);
            let text = egui::Label::new(RichText::new(status.label()).color(p.text));
            let label = ui.add(text.sense(egui::Sense::click()));
            widgets::caption(ui, status.meaning());
            radio.clicked() || label.clicked()
        });
        if row.inner {
            given.retain(|(name, _)| name != "status");
            given.push(("status".into(), RonValue::bare(status.name())));
            sort_fields(given);
        }
    }
}

fn chosen_status(given: &[(String, RonValue)]) -> Option<FulfillmentStatus> {
    let (_, value) = given.iter().find(|(name, _)| name == "status")?;
    let name = value.line();
    FulfillmentStatus::ALL
        .iter()
        .copied()
        .find(|s| s.name() == name)
}

/// The fields in the order of the file.
fn sort_fields(given: &mut [(String, RonValue)]) {
    let place = |name: &str| Assessment::FIELDS.iter().position(|spec| spec.name == name);
    given.sort_by_key(|(name, _)| place(name));
}

/// The question above a field.
fn prompt_before_field(field: &str, status: Option<FulfillmentStatus>) -> Option<&'static str> {
    match field {
        "date" => Some("When, and by whom?"),
        "citations" => Some(match status {
            None | Some(FulfillmentStatus::NoEvidence) => {
                "With which evidence? Where none was found, none is needed; cite where it was \
                 looked for."
            }
            Some(_) => "With which evidence? At least one citation is needed.",
        }),
        _ => None,
    }
}
