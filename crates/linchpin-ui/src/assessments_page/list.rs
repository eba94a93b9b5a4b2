//! The rows of one of the lists: a commitment with its status, when and by whom it was found.

use crate::{strength, widgets};
use egui::{Color32, CornerRadius, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use linchpin_app::App;
use linchpin_app::assessments_page::{AssessmentList, AssessmentLists};
use linchpin_app::command::Command;
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Commitment, RecordRef};
use linchpin_render::theme::{self, size};

const ROW_PT: f32 = 44.0;
/// Room for the date on the right.
const DATE_PT: f32 = 190.0;

/// Paints the list that is chosen. Only the rows in view are painted.
pub fn show(ui: &mut Ui, app: &App, lists: &AssessmentLists, out: &mut Vec<Command>) {
    let list = app.view.assessing.list;
    let count = lists.count(list);
    if count == 0 {
        return empty_state(ui, list);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt(("assessments", list as u8))
        .auto_shrink(false)
        .show_rows(ui, ROW_PT, count, |ui, range| {
            for at in range {
                if let Some(line) = assessment_row(app, lists, list, at) {
                    row(ui, app, &line, out);
                }
            }
        });
}

fn empty_state(ui: &mut Ui, list: AssessmentList) {
    let (title, text) = match list {
        AssessmentList::Changed => (
            "Nothing was assessed since then",
            "Choose an earlier date, or add an assessment in the details of a commitment.",
        ),
        AssessmentList::Stale => (
            "Nothing has waited for a year",
            "Every commitment that was ever assessed was looked at within the last year.",
        ),
        AssessmentList::Never => (
            "Every commitment was assessed",
            "There is none that nobody has looked at.",
        ),
    };
    widgets::empty_state(ui, title, text, |_| {});
}

/// What stands in a row.
struct AssessmentRow<'a> {
    at: RecordRef,
    commitment: &'a Commitment,
    status: FulfillmentStatus,
    summary: String,
    attribution: String,
}

fn assessment_row<'a>(
    app: &'a App,
    lists: &AssessmentLists,
    list: AssessmentList,
    at: usize,
) -> Option<AssessmentRow<'a>> {
    let register = app.register();
    let commitment = |at: RecordRef| register.commitments.get(at.index as usize);
    let by = |a: &Assessment| format!("{} · {}", a.date.to_long_form(), a.assessor);
    if list == AssessmentList::Changed {
        let &(at, index) = lists.changed.get(at)?;
        let commitment = commitment(at)?;
        let assessment = commitment.status.get(index)?;
        let before = index.checked_sub(1).and_then(|i| commitment.status.get(i));
        let before = before.map_or(FulfillmentStatus::NotAssessed, |a| a.status);
        let mut below = match before == assessment.status {
            true => format!("{}, as before", assessment.status.label()),
            false => format!("{} → {}", before.label(), assessment.status.label()),
        };
        if let Some(note) = &assessment.note {
            below.push_str(&format!(" · {note}"));
        }
        return Some(AssessmentRow {
            at,
            commitment,
            status: assessment.status,
            summary: below,
            attribution: by(assessment),
        });
    }
    let at = match list {
        AssessmentList::Stale => *lists.stale.get(at)?,
        _ => *lists.never.get(at)?,
    };
    let commitment = commitment(at)?;
    let is_look = |a: &&Assessment| a.status != FulfillmentStatus::NotAssessed;
    let last = commitment.status.iter().rev().find(is_look);
    let status = commitment.current_status();
    let below = match last {
        Some(last) => {
            let days = (app.platform.today)().last_day_number() - last.date.last_day_number();
            format!("{} · {days} days ago", status.label())
        }
        None => format!(
            "{} · {}",
            status.label(),
            formatting::format_first_location(register, &commitment.citations)
        ),
    };
    Some(AssessmentRow {
        at,
        commitment,
        status,
        summary: below,
        attribution: last.map(by).unwrap_or_default(),
    })
}

fn row(ui: &mut Ui, app: &App, line: &AssessmentRow<'_>, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let size_pt = vec2(ui.available_width(), ROW_PT);
    let (rect, response) = ui.allocate_exact_size(size_pt, Sense::click());
    let is_selected = app.view.selected.as_deref() == Some(line.commitment.id.as_str());
    let background = match (is_selected, response.hovered()) {
        (true, _) => p.accent_soft,
        (false, true) => p.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter()
        .rect_filled(rect, CornerRadius::same(4), background);
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.shrink(1.0),
            CornerRadius::same(4),
            Stroke::new(1.5, p.accent),
            egui::StrokeKind::Inside,
        );
        response.scroll_to_me(None);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, p.hairline));
    let sign = pos2(rect.left() + 12.0, rect.top() + 14.0);
    strength::status_sign(ui.painter(), sign, line.status, p);
    let date_pt = DATE_PT.min(rect.width() * 0.4);
    let left = rect.left() + 28.0;
    let width = rect.right() - date_pt - 12.0 - left;
    let body = theme::regular(size::BODY);
    let small = theme::regular(size::CAPTION);
    let title = widgets::elided_line(ui, &line.commitment.title, body, p.text, width);
    let below = widgets::elided_line(ui, &line.summary, small.clone(), p.text_muted, width);
    let when = widgets::elided_line(ui, &line.attribution, small, p.text_muted, date_pt);
    let painter = ui.painter();
    painter.galley(pos2(left, rect.top() + 5.0), title, p.text);
    painter.galley(pos2(left, rect.top() + 24.0), below, p.text_muted);
    let when_left = rect.right() - 8.0 - when.size().x;
    painter.galley(pos2(when_left, rect.top() + 7.0), when, p.text_muted);
    let name = &line.commitment.title;
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, name));
    if response.clicked() {
        out.push(Command::SelectRecord(line.at));
    }
    response.on_hover_text(format!("{}: {}", line.commitment.title, line.summary));
}
