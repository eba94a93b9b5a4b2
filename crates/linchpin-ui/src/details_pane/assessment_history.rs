//! How far a commitment has been met: the status now, and every assessment with its evidence, the newest first.

use super::editable_fields::{CloseTrigger, close_if_done};
use super::new_assessment;
use crate::record_form::{self, FormSource, RecordForm};
use crate::{strength, widgets};
use egui::{RichText, Ui, vec2};
use linchpin_app::command::Command;
use linchpin_register::schema::PathStep;
use linchpin_register::tables::assessments::{self, AssessmentChange};
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Citation, Commitment, FieldType, RecordRef, Register};
use linchpin_render::theme::{self, space};

/// So many entries are shown before somebody asks for the others.
const INITIAL_ENTRIES: usize = 3;

const ADD_HELP: &str = "Say how far it has been met, with the evidence. What was said before stays";
const CORRECT_HELP: &str = "Correct the last assessment, where it was written down wrongly";

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
            new_assessment::begin(form, &path, fields);
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
    new_assessment::show(ui, form, &path, spec);
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

/// The sign and the word of a status. What nobody has looked at stands back.
pub fn status_label(ui: &mut Ui, status: FulfillmentStatus) {
    let p = theme::palette_of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), egui::Sense::hover());
    strength::status_sign(ui.painter(), rect.center(), status, p);
    let words = RichText::new(field_label(status.label()));
    ui.label(match status {
        FulfillmentStatus::NotAssessed => words.color(p.text_muted).italics(),
        _ => words.color(p.text),
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
        if let Some(url) = formatting::citation_url(register, citation) {
            let open = widgets::toolbar_button(ui, "Open", &url);
            let name = format!("Open {which}");
            open.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if open.clicked() {
                out.push(Command::OpenUrl(url));
            }
        }
        let copy = widgets::toolbar_button(ui, "Copy", "Copy the citation of this evidence");
        let name = format!("Copy {which}");
        copy.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if copy.clicked() {
            out.push(Command::CopyText {
                text: formatting::format_citation(register, citation),
                what: "citation",
            });
        }
    });
}
