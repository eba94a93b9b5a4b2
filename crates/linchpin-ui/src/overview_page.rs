//! The first page: what the register says of itself and what it holds. Every tile and mark leads to
//! its records.

use super::details_pane::editable_fields::{
    all_fields, edit_blocked_reason, field_defaults, submit_edits, with_edit_button,
};
use super::record_form::{FormSource, RecordForm};
use super::{charts_page, table_page, widgets};
use egui::{
    Align2, Color32, CornerRadius, Frame, Galley, Key, Label, Rect, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::form_state::{FormState, form_id};
use linchpin_app::page::Page;
use linchpin_edit::EditTarget;
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::{FigureKind, FigureMeasure};
use linchpin_register::{Figure, METADATA_FIELDS, RecordKind, RecordRef};
use linchpin_render::theme::{self, size, space};
use std::sync::Arc;

const TILE_MIN_PT: f32 = 230.0;
const TILE_HEIGHT_PT: f32 = 108.0;
const TILE_GAP_PT: f32 = 12.0;
/// How many figures get a tile.
const MAX_FIGURES: usize = 3;
/// The longest title and summary that are shown, in characters.
const TITLE_CHARS: usize = 300;
const SUMMARY_CHARS: usize = 800;
/// Lines are no longer than can be read.
const MAX_WIDTH_PT: f32 = 720.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    ScrollArea::vertical()
        .id_salt("overview")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new().inner_margin(widgets::page_margin(16, 24)).show(ui, |ui| {
            let register = app.register();
            if RecordKind::ALL.iter().all(|&kind| register.count(kind) == 0) {
                let text = "This register has no records. Add the documents and the parties first, \
 then what they promise.";
 widgets::empty_state(ui, "Nothing to show yet", text, |ui| {
                    if widgets::primary_button(ui, "Add document…").clicked() {
                        out.push(Command::OpenAddDialog(RecordKind::Document));
                    }
                    if ui.button("Open the bundled register").clicked() {
                        let first = &linchpin_register::bundled::ALLIANCE;
                        out.push(Command::RunAction(Action::OpenBundled(first)));
                    }
                });
                return;
            }
            register_header(ui, app, form, out);
            ui.add_space(space::S);
            tiles(ui, app, out);
            ui.add_space(space::S);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                widgets::caption(ui, "Commitments counted:");
                table_page::counting_rule_picker(ui, app.view.rule, "overview", |rule| {
 out.push(Command::SetRule(rule));
 });
            });
            ui.add_space(space::XS);
            let shown = app.overview_charts();
            charts_page::grid(ui, app, shown.iter().map(String::as_str), out);
        });
        });
}

fn tiles(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let register = app.register();
    // As many in a row as fit, all of one width.
    let per_row = ((ui.available_width() + TILE_GAP_PT) / (TILE_MIN_PT + TILE_GAP_PT))
        .floor()
        .clamp(1.0, 4.0);
    // Half a point less than the room, or rounding would put the last tile into the next row.
    let width_pt = ((ui.available_width() - TILE_GAP_PT * (per_row - 1.0)) / per_row).floor() - 0.5;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(TILE_GAP_PT, TILE_GAP_PT);
        let tile = |ui: &mut Ui, number: &str, title: &str, caption: &str, help: &str| {
            tile(ui, width_pt, number, title, caption, help)
        };
        for (at, figure) in headline_figures(&register.figures) {
            let caption = match &figure.unit {
                Some(unit) if figure.kind != FigureKind::Money => {
                    format!(
                        "{unit} · {}",
                        formatting::format_first_location(register, &figure.citations)
                    )
                }
                _ => formatting::format_first_location(register, &figure.citations),
            };
            if tile(
                ui,
                &formatting::format_amount(figure),
                &figure.title,
                &caption,
                &figure.statement,
            ) {
                out.push(Command::ShowRecord(at));
            }
        }
        let counted = app.view.rule.commitments(register).count();
        if tile(
            ui,
            &formatting::format_number(counted as f64),
            "Commitments",
            &app.view.rule.description(),
            "Open the table of commitments",
        ) {
            out.push(Command::GoToPage(Page::Commitments));
        }
        for (kind, page, caption) in [
            (RecordKind::Body, Page::Bodies, "that consult and work"),
            (
                RecordKind::Instrument,
                Page::Instruments,
                "that documents name",
            ),
            (RecordKind::Document, Page::Documents, "coded or cited"),
        ] {
            if register.count(kind) > 0
                && tile(
                    ui,
                    &formatting::format_number(register.count(kind) as f64),
                    kind.title(),
                    caption,
                    &format!("Open the table of {}", kind.noun().many),
                )
            {
                out.push(Command::GoToPage(page));
            }
        }
    });
}

/// The figures that say most: the largest counts and sums, one for each unit.
fn headline_figures(figures: &[Figure]) -> Vec<(RecordRef, &Figure)> {
    // A change or a share reads like a level where only its number and its unit stand.
    let is_headline = |f: &Figure| {
        matches!(f.kind, FigureKind::Count | FigureKind::Money)
            && f.effective_measure() == FigureMeasure::Level
            && f.is_chartable()
    };
    let mut all: Vec<(usize, &Figure)> = figures
        .iter()
        .enumerate()
        .filter(|(_, f)| is_headline(f))
        .collect();
    all.sort_by(|a, b| b.1.amount.order().compare(&a.1.amount.order()));
    let mut units = Vec::new();
    // After sorting, so that the largest of each unit stays.
    all.retain(|(_, figure)| {
        let new = !units.contains(&(&figure.unit, &figure.currency));
        units.push((&figure.unit, &figure.currency));
        new
    });
    all.truncate(MAX_FIGURES);
    all.into_iter()
        .map(|(index, figure)| {
            (
                RecordRef {
                    kind: RecordKind::Figure,
                    index: index as u32,
                },
                figure,
            )
        })
        .collect()
}

/// The most characters of a number that are laid out to see whether it fits.
const NUMBER_CHARS: usize = 100;

fn tile(ui: &mut Ui, width_pt: f32, number: &str, title: &str, caption: &str, help: &str) -> bool {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width_pt, TILE_HEIGHT_PT), Sense::click());
    let background = if response.hovered() || response.has_focus() {
        p.hover
    } else {
        p.surface
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        background,
        Stroke::new(1.0, p.hairline),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink2(vec2(14.0, 10.0));
    let number = whole_number(ui, number, p.text, inner.width());
    ui.painter().galley(inner.min, number, p.text);
    let title_top = inner.top() + 36.0;
    let (font, width) = (theme::regular(size::BODY), inner.width());
    let title_lines = widgets::elided_lines(ui, title, font, p.text, width, 2);
    let caption_top = title_top + title_lines.size().y + 3.0;
    ui.painter()
        .galley(pos2(inner.left(), title_top), title_lines, p.text);
    let caption = widgets::elided_line(
        ui,
        caption,
        theme::regular(size::CAPTION),
        p.text_muted,
        inner.width(),
    );
    ui.painter()
        .galley(pos2(inner.left(), caption_top), caption, p.text_muted);
    let corner = Rect::from_min_size(inner.right_top() - vec2(10.0, 0.0), vec2(10.0, 14.0));
    if response.hovered() {
        ui.painter().text(
            corner.center(),
            Align2::CENTER_CENTER,
            "→",
            theme::regular(size::BODY),
            p.accent,
        );
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title));
    response
        .on_hover_text(widgets::truncated(help, 300))
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

/// A number in the largest letters in which it fits. It is never cut while smaller ones would do:
/// what is left of "3,400,000" reads as another number.
fn whole_number(ui: &Ui, number: &str, color: Color32, width_pt: f32) -> Arc<Galley> {
    let sizes_pt = [
        size::DISPLAY - 4.0,
        size::HEADING,
        size::BODY,
        size::CAPTION,
    ];
    let lay_out = |size_pt: f32| {
        let font = theme::semibold(size_pt);
        ui.painter()
            .layout_no_wrap(widgets::truncated(number, NUMBER_CHARS), font, color)
    };
    let mut galleys = sizes_pt.into_iter().map(lay_out);
    let fitting = galleys.find(|galley| galley.size().x <= width_pt);
    fitting.unwrap_or_else(|| {
        let font = theme::semibold(size::CAPTION);
        widgets::elided_lines(ui, number, font, color, width_pt, 2)
    })
}

/// Paints the title and the summary, or every field of the register.
fn register_header(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    let target = EditTarget::Register;
    if form.expanded_target.as_ref() != Some(&target) {
        let edits = with_edit_button(ui, "the register", edit_blocked_reason(app), |ui| {
            read_view(ui, app)
        });
        if edits {
            form.toggle_expanded(&target);
        }
        return;
    }
    let loaded = &app.file.latest;
    let hints = field_defaults(app, None);
    let source = FormSource::InRegister(loaded, &target);
    let mut record_form = RecordForm::new(&loaded.register, form, source, &hints, form_id(&target));
    record_form.blocked_reason = edit_blocked_reason(app);
    let was_typing = record_form.was_typing;
    ui.scope(|ui| {
        ui.set_max_width(MAX_WIDTH_PT);
        all_fields(ui, &mut record_form, METADATA_FIELDS, out);
    });
    submit_edits(record_form, out);
    ui.add_space(space::XS);
    let done = widgets::primary_button(ui, "Done").clicked();
    let escape = !was_typing && ui.input(|i| i.key_pressed(Key::Escape));
    if done || escape {
        form.toggle_expanded(&target);
    }
}

fn read_view(ui: &mut Ui, app: &App) {
    let register = app.register();
    let title = match register.title.as_str() {
        "" => "Overview",
        title => title,
    };
    let title = RichText::new(widgets::truncated(title, TITLE_CHARS));
    let font = theme::semibold(size::HEADING + 4.0);
    ui.add(Label::new(title.font(font)).wrap());
    if let Some(summary) = &register.summary {
        ui.set_max_width(MAX_WIDTH_PT.min(ui.available_width()));
        let summary = RichText::new(widgets::truncated(summary, SUMMARY_CHARS));
        let summary = summary.color(theme::palette_of(ui).text_muted);
        ui.add(Label::new(summary.line_height(Some(20.0))).wrap());
    }
}
