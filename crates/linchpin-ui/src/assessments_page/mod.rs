//! The page of how far commitments have been met: what changed, what has not been looked at for
//! long.

use super::{strength, table_page, widgets};
use egui::{
    Align2, Color32, CornerRadius, Frame, Margin, Rect, Role, ScrollArea, Sense, Stroke, TextEdit,
    Ui, WidgetInfo, pos2, vec2,
};
use linchpin_app::App;
use linchpin_app::assessments_page::{
    AssessedSince, AssessmentList, AssessmentLists, AssessmentsPageState,
};
use linchpin_app::command::Command;
use linchpin_app::form_state::FormState;
use linchpin_app::page::Page;
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Commitment, RecordKind, RecordRef};
use linchpin_render::theme::{self, Palette, size, space};

const STATUS_ROW_PT: f32 = 24.0;
/// Where the bars begin.
const NAME_PT: f32 = 190.0;
const NUMBER_PT: f32 = 64.0;
/// The widest that a bar may be.
const MAX_BAR_PT: f32 = 420.0;
const ROW_PT: f32 = 44.0;
/// Room for the date on the right.
const DATE_PT: f32 = 190.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    let register = app.register();
    let margin = widgets::page_margin(16, 8);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        widgets::page_title(ui, "Assessments");
        if register.commitments.is_empty() {
            widgets::empty_state(
                ui,
                "Nothing to assess yet",
                "This register has no commitments. Add what was promised first; how far it has \
                 been met comes after.",
                |_| {},
            );
            return;
        }
        let Some(lists) = app.derived.assessments(app.file.revision) else {
            ui.add_space(space::XL);
            ui.vertical_centered(|ui| ui.spinner());
            return;
        };
        let total: usize = lists.counts.iter().map(|(_, count)| count).sum();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::caption(ui, format!("{total} commitments · counted:"));
            table_page::counting_rule_picker(ui, app.view.rule, "assessments", |rule| {
                out.push(Command::SetRule(rule));
            });
            widgets::caption(ui, "· each once, by its last assessment");
        });
        ui.add_space(space::S);
        summary(ui, app, lists, total, out);
        ui.add_space(space::M);
        tabs(ui, app, lists, out);
        ui.add_space(space::XS);
        if app.view.assessing.list == AssessmentList::Changed {
            since_row(ui, app, out);
        }
        list(ui, app, lists, out);
    });
}

/// Which list is shown, each with its count.
fn tabs(
    ui: &mut Ui,
    app: &App,
    lists: &linchpin_app::assessments_page::AssessmentLists,
    out: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (list, name) in [
            (AssessmentList::Changed, "Changed since"),
            (AssessmentList::Stale, "Not looked at for a year"),
            (AssessmentList::Never, "Never assessed"),
        ] {
            let is_on = app.view.assessing.list == list;
            let text = format!("{name} ({})", lists.count(list));
            let tab = ui.selectable_label(is_on, &text);
            tab.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, &text));
            if tab.clicked() {
                out.push(Command::SetAssessmentsPage(AssessmentsPageState {
                    list,
                    ..app.view.assessing.clone()
                }));
            }
        }
    });
}

/// The date since which changes are shown.
fn since_row(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let now = &app.view.assessing;
    let date = now.date(app.register(), (app.platform.today)());
    let mut choose = |since: AssessedSince| {
        out.push(Command::SetAssessmentsPage(AssessmentsPageState {
            since,
            ..now.clone()
        }));
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (since, name) in [
            (AssessedSince::Days30, "30 days"),
            (AssessedSince::Year, "A year"),
            (AssessedSince::Compiled, "Since compiled"),
        ] {
            let can = since != AssessedSince::Compiled || app.register().compiled.is_some();
            ui.add_enabled_ui(can, |ui| {
                let button = ui.selectable_label(now.since == since, name);
                let button =
                    button.on_disabled_hover_text("The register does not say when it was compiled");
                if button.clicked() {
                    choose(since);
                }
            });
        }
        widgets::caption(ui, "or since");
        // What is typed is kept as text: half a date must not be rewritten under the cursor.
        let mut text = match (&now.since, &date) {
            (AssessedSince::On(text), _) => text.clone(),
            (_, Ok(date)) => date.to_code(),
            (_, Err(_)) => String::new(),
        };
        let edit = TextEdit::singleline(&mut text)
            .hint_text("2024-05-03")
            .desired_width(96.0)
            .margin(Margin::symmetric(8, 4))
            .id(egui::Id::unique("assessed since"));
        let response = ui.add(edit);
        response.widget_info(|| widgets::text_input_info("Changed since", &text));
        if response.changed() {
            choose(AssessedSince::On(text));
        }
        match &date {
            Ok(date) => widgets::caption(ui, date.to_long_form()),
            Err(why) => ui.label(
                egui::RichText::new(why)
                    .font(theme::regular(theme::size::CAPTION))
                    .color(theme::palette_of(ui).error),
            ),
        };
    });
}

/// How many commitments have each status now: a sign, a word, a number and a bar. A click on one
/// shows its commitments.
fn summary(ui: &mut Ui, app: &App, lists: &AssessmentLists, total: usize, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for &(status, count) in &lists.counts {
        if status_row(ui, status, count, total) && count > 0 {
            // The table counts by the rule of this page.
            out.push(Command::GoToPage(Page::Commitments));
            out.push(Command::ClearQuery(RecordKind::Commitment));
            out.push(Command::SetTableRule(RecordKind::Commitment, app.view.rule));
            out.push(Command::ToggleFilter {
                kind: RecordKind::Commitment,
                facet: "status",
                value: status.name().to_owned(),
            });
        }
    }
    ui.spacing_mut().item_spacing.y = space::XS;
}

fn status_row(ui: &mut Ui, status: FulfillmentStatus, count: usize, total: usize) -> bool {
    let p = theme::palette_of(ui);
    let width = ui.available_width().min(NAME_PT + NUMBER_PT + MAX_BAR_PT);
    let (rect, response) = ui.allocate_exact_size(vec2(width, STATUS_ROW_PT), Sense::click());
    let is_hot = response.hovered() || response.has_focus();
    widgets::row_background(ui, rect, 4, false, is_hot);
    let middle = rect.center().y;
    strength::status_sign(ui.painter(), pos2(rect.left() + 10.0, middle), status, p);
    let color = if count == 0 || status == FulfillmentStatus::NotAssessed {
        p.text_muted
    } else {
        p.text
    };
    let text = |x: f32, align: Align2, label: &str, font| {
        ui.painter()
            .text(pos2(x, middle), align, label, font, color);
    };
    let name = field_label(status.label());
    text(
        rect.left() + 24.0,
        Align2::LEFT_CENTER,
        &name,
        theme::regular(size::BODY),
    );
    let number = formatting::format_number(count as f64);
    let number_right = rect.left() + NAME_PT + NUMBER_PT - 14.0;
    text(
        number_right,
        Align2::RIGHT_CENTER,
        &number,
        theme::semibold(size::BODY),
    );
    let room = (rect.width() - NAME_PT - NUMBER_PT).max(0.0);
    let share = count as f32 / total.max(1) as f32;
    if count > 0 {
        let left = rect.left() + NAME_PT + NUMBER_PT;
        let bar = Rect::from_min_size(
            pos2(left, middle - 5.0),
            // Never too thin to see: one commitment among thousands still has a bar.
            vec2((room * share).max(2.0), 10.0),
        );
        match status {
            // Nobody has looked: an outline, nothing in it.
            FulfillmentStatus::NotAssessed => ui.painter().rect_stroke(
                bar,
                CornerRadius::same(2),
                Stroke::new(1.0, p.text_muted),
                egui::StrokeKind::Inside,
            ),
            _ => ui
                .painter()
                .rect_filled(bar, CornerRadius::same(2), status_color(status, p)),
        };
    }
    let spoken = format!("{name}: {number} of {total}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, count > 0, &spoken));
    let clicked = response.clicked();
    response.on_hover_text(format!(
        "{} Click to see these commitments.",
        status.meaning()
    ));
    clicked
}

fn status_color(status: FulfillmentStatus, p: &Palette) -> Color32 {
    match status {
        FulfillmentStatus::NotAssessed | FulfillmentStatus::NotVerifiable => p.text_muted,
        FulfillmentStatus::NoEvidence => p.warning,
        FulfillmentStatus::InProgress => p.accent,
        FulfillmentStatus::PartlyFulfilled | FulfillmentStatus::Fulfilled => p.success,
        FulfillmentStatus::Stalled | FulfillmentStatus::Reversed => p.error,
    }
}

/// Paints the list that is chosen. Only the rows in view are painted.
fn list(ui: &mut Ui, app: &App, lists: &AssessmentLists, out: &mut Vec<Command>) {
    let list = app.view.assessing.list;
    let count = lists.count(list);
    if count == 0 {
        return empty_state(ui, list);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        // Each list keeps a scroll position of its own.
        .id_salt(("assessments", list as u8))
        .auto_shrink(false)
        .show_rows(ui, ROW_PT, count, |ui, range| {
            for at in range {
                if let Some(line) = assessment_row(app, lists, list, at) {
                    paint_row(ui, app, &line, out);
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
    // An entry "not assessed" is no look at it: the days count from the last real one.
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

fn paint_row(ui: &mut Ui, app: &App, line: &AssessmentRow<'_>, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let size_pt = vec2(ui.available_width(), ROW_PT);
    let (rect, response) = ui.allocate_exact_size(size_pt, Sense::click());
    let is_selected = app.view.selected.as_deref() == Some(line.commitment.id.as_str());
    widgets::row_background(ui, rect, 4, is_selected, response.hovered());
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
    // In a narrow window the title keeps the larger part of the row.
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
