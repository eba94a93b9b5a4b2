//! The page of how far commitments have been met: what changed, what has not been looked at for long.

mod list;
mod summary;

use crate::{table_page, widgets};
use egui::{Frame, Margin, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::assessments_page::{AssessedSince, AssessmentList, AssessmentsPageState};
use linchpin_app::command::Command;
use linchpin_app::form_state::FormState;
use linchpin_render::theme::{self, space};

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    let register = app.register();
    let margin = Margin {
        left: 24,
        right: 24,
        top: 16,
        bottom: 8,
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        widgets::page_title(ui, "Assessments");
        if register.commitments.is_empty() {
            widgets::empty_state(
                ui,
                "Nothing to assess yet",
                "This register has no commitments. Add what was promised first; how far it has been met comes after.",
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
        summary::show(ui, app, lists, total, out);
        ui.add_space(space::M);
        tabs(ui, app, lists, out);
        ui.add_space(space::XS);
        if app.view.assessing.list == AssessmentList::Changed {
            since_row(ui, app, out);
        }
        list::show(ui, app, lists, out);
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
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Changed since");
            info.current_text_value = Some(text.clone());
            info
        });
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
