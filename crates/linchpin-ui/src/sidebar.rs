//! The pages, and below them what is open.

use super::widgets;
use egui::{Align2, CornerRadius, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use linchpin_app::App;
use linchpin_app::command::{Command, page_shortcut};
use linchpin_app::open_file::FileOrigin;
use linchpin_app::page::Page;
use linchpin_render::theme::{self, size, space};
use linchpin_report::visible::visible;

/// Height of an entry, and the least where the window is low.
const ROW_PT: f32 = 32.0;
const LOW_ROW_PT: f32 = 22.0;
/// What stands below the entries.
const FOOT_PT: f32 = 100.0;
/// Between two entries.
const GAP_PT: f32 = 2.0;

/// Paints the sidebar.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    app_logo(ui);
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.y = GAP_PT;
    let room = ui.available_height() - FOOT_PT - 2.0 * (space::S + GAP_PT);
    let row_pt = room / Page::ALL.len() as f32 - GAP_PT;
    let row_pt = row_pt.clamp(LOW_ROW_PT, ROW_PT);
    for page in Page::ALL {
        if page == Page::Instruments {
            ui.add_space(space::S);
        }
        let count = page_count(app, page);
        if page == Page::Problems {
            if count == Some(0) {
                continue;
            }
            ui.add_space(space::S);
        }
        if page_entry(ui, app, page, count, row_pt) {
            out.push(Command::GoToPage(page));
        }
    }
    file_status(ui, app);
}

/// The name of the program with its sign: a pin through a bar.
fn app_logo(ui: &mut Ui) {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let sign = Rect::from_center_size(rect.left_center() + vec2(18.0, 0.0), vec2(18.0, 18.0));
    let painter = ui.painter();
    painter.rect_filled(
        Rect::from_center_size(sign.center(), vec2(18.0, 5.0)),
        CornerRadius::same(2),
        p.accent,
    );
    painter.circle_filled(sign.center(), 5.5, p.sidebar);
    painter.circle_stroke(sign.center(), 5.0, egui::Stroke::new(2.5, p.accent));
    painter.text(
        pos2(sign.right() + 8.0, rect.center().y),
        Align2::LEFT_CENTER,
        "Linchpin",
        theme::semibold(size::HEADING - 1.0),
        p.text,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Linchpin"));
}

fn page_count(app: &App, page: Page) -> Option<usize> {
    match page {
        Page::Problems => Some(app.file.latest.diagnostic_count()),
        Page::Overview
        | Page::Timeline
        | Page::Reader
        | Page::Compare
        | Page::Assessments
        | Page::Terms => None,
        Page::Charts => Some(linchpin_charts::charts_of(app.register()).len()),
        page => page.table().map(|kind| app.register().count(kind)),
    }
}

fn page_entry(ui: &mut Ui, app: &App, page: Page, count: Option<usize>, row_pt: f32) -> bool {
    let p = theme::palette_of(ui);
    let chosen = app.view.page == page;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), row_pt), Sense::click());
    let is_hot = response.hovered() || response.has_focus();
    widgets::row_background(ui, rect, theme::RADIUS, chosen, is_hot);
    let is_problem = page == Page::Problems;
    let color = match (chosen, is_problem) {
        (_, true) => p.error,
        (true, _) => p.accent,
        _ => p.text,
    };
    let font = if chosen {
        theme::semibold(size::BODY)
    } else {
        theme::regular(size::BODY)
    };
    ui.painter().text(
        rect.left_center() + vec2(10.0, 0.0),
        Align2::LEFT_CENTER,
        page.title(),
        font,
        color,
    );
    if let Some(count) = count {
        let color = if is_problem { p.error } else { p.text_muted };
        ui.painter().text(
            rect.right_center() - vec2(10.0, 0.0),
            Align2::RIGHT_CENTER,
            linchpin_register::tables::formatting::format_number(count as f64),
            theme::regular(size::CAPTION),
            color,
        );
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, page.title()));
    let response = match page_shortcut(page) {
        Some(shortcut) => {
            let key = ui.format_shortcut(&shortcut);
            response.on_hover_text(format!("{} ({key})", page.title()))
        }
        None => response,
    };
    response.clicked()
}

/// Which file is open, and how it stands.
fn file_status(ui: &mut Ui, app: &App) {
    ui.with_layout(egui::Layout::bottom_up(egui::Align::LEFT), |ui| {
        ui.add_space(space::XS);
        let p = theme::palette_of(ui);
        let (state, color) = if app.file.is_loading {
            ("Reading…", p.text_muted)
        } else if app.file.read_error.is_some() {
            ("Cannot be read just now", p.error)
        } else if app.file.latest.is_broken {
            let shown = if app.file.is_stale() {
                "Broken: last good shown"
            } else {
                "Broken: read in part"
            };
            (shown, p.error)
        } else if app.is_dirty() {
            ("Edits not saved yet", p.warning)
        } else if app.file.origin.path().is_some() {
            ("Follows every save", p.success)
        } else if app.file.origin == FileOrigin::StandardInput {
            ("Read once", p.text_muted)
        } else if matches!(app.file.origin, FileOrigin::Image(_)) {
            ("From an image", p.text_muted)
        } else {
            ("Bundled register", p.text_muted)
        };
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            ui.label(
                egui::RichText::new(state)
                    .font(theme::regular(size::CAPTION))
                    .color(color),
            );
        });
        let name = app.file.origin.name();
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            let galley = widgets::elided_line(
                ui,
                &name,
                theme::regular(size::CAPTION),
                p.text,
                ui.available_width() - 8.0,
            );
            let full = app
                .file
                .origin
                .path()
                .map_or_else(|| app.file.origin.name(), |path| path.display().to_string());
            ui.label(galley).on_hover_text(&*visible(&full));
        });
        if let Some(compiled) = app.register().compiled {
            ui.horizontal(|ui| {
                ui.add_space(10.0);
                widgets::caption(ui, format!("As of {}", compiled.to_long_form()));
            });
        }
    });
}
