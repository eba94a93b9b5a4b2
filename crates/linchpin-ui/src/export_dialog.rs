//! The dialog of an export: what, how large, where to.

use super::{export_size, export_style, widgets};
use egui::{ComboBox, Grid, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::export_task::{ExportForm, ExportSubject};
use linchpin_register::Register;
use linchpin_register::tables;
use linchpin_render::export::report::ReportFormat;
use linchpin_render::export::{Format, table};
use linchpin_render::theme::{self, space};

/// Paints the form; `true` where the dialog should close.
pub fn show(ui: &mut Ui, app: &App, form: &mut ExportForm, out: &mut Vec<Command>) -> bool {
    let register = app.register();
    let what = match &form.subject {
        ExportSubject::Chart(id) => {
            let chart = linchpin_charts::by_id(register, id).map(|chart| &chart.title);
            let drawn = app.derived.picture(id).map(|picture| &picture.title);
            chart.or(drawn).cloned().unwrap_or_default()
        }
        ExportSubject::AllCharts if form.recipe.is_some() => {
            "The images of a recipe, one file each".into()
        }
        ExportSubject::AllCharts => format!(
            "All {} charts, one file each",
            linchpin_charts::charts_of(register).len()
        ),
        ExportSubject::Report => "Charts with their data and sources, in one file".into(),
        ExportSubject::Table(kind) if form.only.is_some() => format!(
            "The selected rows: {}",
            tables::of_kind(*kind).title.to_lowercase()
        ),
        ExportSubject::Table(kind) => format!(
            "The rows on screen: {}",
            tables::of_kind(*kind).title.to_lowercase()
        ),
    };
    ui.label(what);
    ui.add_space(space::XS);
    Grid::new("export")
        .num_columns(2)
        .spacing([space::M, space::S])
        .show(ui, |ui| {
            recipes(ui, register, form);
            // A recipe says both itself.
            let is_free = form.subject != ExportSubject::AllCharts || form.recipe.is_none();
            if is_free {
                ui.label("Format");
                ui.horizontal(|ui| match form.subject {
                    ExportSubject::Table(_) => table_formats(ui, form),
                    ExportSubject::Report => report_formats(ui, form),
                    ExportSubject::Chart(_) | ExportSubject::AllCharts => image_formats(ui, form),
                });
                ui.end_row();
            }
            if is_free
                && matches!(
                    form.subject,
                    ExportSubject::Chart(_) | ExportSubject::AllCharts
                )
            {
                export_size::rows(ui, app, form);
                export_style::rows(ui, form, out);
            }
            ui.label(if form.subject == ExportSubject::AllCharts {
                "Folder"
            } else {
                "File"
            });
            ui.horizontal(|ui| {
                let edit = ui.add(TextEdit::singleline(&mut form.path).desired_width(300.0));
                edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
                if edit.lost_focus() {
                    form.fix_extension();
                }
                if ui
                    .button("Browse…")
                    .on_hover_text("The dialog of the system, where it has one")
                    .clicked()
                {
                    out.push(Command::PickExportPath(Box::new(form.clone())));
                }
            });
            ui.end_row();
        });
    if let Some(error) = &form.error {
        ui.label(RichText::new(error).color(theme::palette_of(ui).error));
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let label = if form.overwrite.as_ref() == Some(&form.path) {
            "Replace"
        } else {
            "Export"
        };
        if widgets::primary_button(ui, label).clicked() {
            form.fix_extension();
            out.push(Command::Export(Box::new(form.clone())));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

/// Which charts, where the register has recipes.
fn recipes(ui: &mut Ui, register: &Register, form: &mut ExportForm) {
    let many = matches!(
        form.subject,
        ExportSubject::AllCharts | ExportSubject::Report
    );
    if !many || register.recipes.is_empty() {
        return;
    }
    let title = |id: &str| {
        let mut all = register.recipes.iter();
        all.find(|recipe| recipe.id.as_str() == id)
            .map_or("All charts", |recipe| recipe.title.as_str())
    };
    ui.label("Charts");
    let shown = form.recipe.as_deref().map_or("All charts", title);
    let choice = ComboBox::from_id_salt("recipe").selected_text(shown);
    let choice = choice.width(300.0).truncate().show_ui(ui, |ui| {
        ui.selectable_value(&mut form.recipe, None, "All charts");
        for recipe in &register.recipes {
            let id = Some(recipe.id.as_str().to_owned());
            ui.selectable_value(&mut form.recipe, id, &recipe.title);
        }
    });
    choice
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Charts"));
    ui.end_row();
}

fn report_formats(ui: &mut Ui, form: &mut ExportForm) {
    for (format, label, help) in [
        (
            ReportFormat::Html,
            "Page for the web",
            "One file that needs no other, and no network",
        ),
        (
            ReportFormat::Pdf,
            "PDF on A4",
            "With contents, page numbers and bookmarks",
        ),
    ] {
        let chosen = ui.selectable_label(form.report_format == format, label);
        if chosen.on_hover_text(help).clicked() {
            form.report_format = format;
            form.fix_extension();
        }
    }
}

fn table_formats(ui: &mut Ui, form: &mut ExportForm) {
    for (at, format) in table::ALL.iter().enumerate() {
        if ui
            .selectable_label(form.table_format == at, format.title)
            .clicked()
        {
            form.table_format = at;
            form.fix_extension();
        }
    }
}

fn image_formats(ui: &mut Ui, form: &mut ExportForm) {
    for (format, label) in [
        (Format::Png, "PNG"),
        (Format::Svg, "SVG"),
        (Format::Pdf, "PDF"),
    ] {
        if ui.selectable_label(form.format == format, label).clicked() {
            form.format = format;
            form.fix_extension();
        }
    }
}
