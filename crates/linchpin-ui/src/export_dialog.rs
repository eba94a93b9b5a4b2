//! The dialog of an export: what is exported, how large, in which style, and where to.

use super::widgets;
use egui::{ComboBox, DragValue, Grid, Role, TextEdit, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::export_task::{ExportForm, ExportSubject};
use linchpin_register::chart_vocabulary::{EvidenceScope, ImageStyle, NumberStyle};
use linchpin_register::english::capitalize;
use linchpin_register::english::in_sentence;
use linchpin_register::{Register, tables};
use linchpin_render::export::image::outer_pt;
use linchpin_render::export::report::ReportFormat;
use linchpin_render::export::{
    Format, HouseStyle, ImageOptions, Length, PRESETS, Preset, SvgText, Unit, size_problem, table,
};
use linchpin_render::theme::space;

/// Pixels to the inch that are offered.
const DPI: [f32; 6] = [96.0, 144.0, 192.0, 300.0, 450.0, 600.0];

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
            in_sentence(tables::of_kind(*kind).title)
        ),
        ExportSubject::Table(kind) => format!(
            "The rows on screen: {}",
            in_sentence(tables::of_kind(*kind).title)
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
                size_rows(ui, app, form);
                style_rows(ui, app, form, out);
                evidence_row(ui, form);
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
                if widgets::browse_button(ui, "Browse…").clicked() {
                    out.push(Command::PickExportPath(Box::new(form.clone())));
                }
            });
            ui.end_row();
        });
    if let Some(error) = &form.error {
        widgets::error_text(ui, error);
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let label = if form.is_agreed() {
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

/// The rows of the form about size and resolution.
fn size_rows(ui: &mut Ui, app: &App, form: &mut ExportForm) {
    ui.label("Size");
    presets(ui, &mut form.image);
    ui.end_row();
    ui.label("");
    ui.vertical(|ui| {
        ui.horizontal(|ui| size_fields(ui, &mut form.image));
        if let Some(text) = output_size(ui, app, form) {
            widgets::caption(ui, text);
        }
        if let Some(text) = small_letters(ui, app, form) {
            widgets::caption(ui, text);
        }
    });
    ui.end_row();
    if form.format == Format::Png {
        ui.label("Resolution");
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for dpi in DPI {
                let is_it = form.image.dpi == dpi;
                if ui.selectable_label(is_it, format!("{dpi}")).clicked() {
                    form.image.dpi = dpi;
                }
            }
            ui.label("dpi");
        });
        ui.end_row();
    }
}

fn presets(ui: &mut Ui, image: &mut ImageOptions) {
    let text = |preset: &Preset| format!("{} · {}", preset.title, preset.size);
    let now = image.size.preset();
    let name = now.map_or_else(|| "Other size".to_owned(), text);
    let choice = ComboBox::from_id_salt("size of an image")
        .selected_text(&name)
        .width(300.0)
        .height(360.0)
        .show_ui(ui, |ui| {
            for preset in PRESETS {
                let is_it = now.is_some_and(|now| now.id == preset.id);
                let help = format!("{} dpi, style \"{}\"", preset.dpi, preset.style.label());
                let choice = ui.selectable_label(is_it, text(preset));
                if choice.on_hover_text(help).clicked() {
                    apply_preset(image, preset);
                }
            }
        });
    let name = format!("Size: {name}");
    (choice.response).widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
}

/// What goes with a preset; what does not depend on the size stays.
fn apply_preset(image: &mut ImageOptions, preset: &Preset) {
    let usual = ImageOptions::of_preset(preset);
    image.size = usual.size;
    image.margin = usual.margin;
    image.style = usual.style;
    image.dpi = usual.dpi;
}

fn size_fields(ui: &mut Ui, image: &mut ImageOptions) {
    let size = &mut image.size;
    let unit = size.width.unit;
    length_field(ui, &mut size.width, "Width");
    let mut fixed = size.height.is_some();
    if ui
        .checkbox(&mut fixed, "Height")
        .on_hover_text("Without it, the image is as high as the chart needs")
        .changed()
    {
        let value = (size.width.value * 0.625).round().max(1.0);
        size.height = fixed.then_some(Length::new(value, unit));
    }
    if let Some(height) = &mut size.height {
        length_field(ui, height, "Height");
    }
    let choice = ComboBox::from_id_salt("unit of an image")
        .selected_text(unit.sign())
        .width(56.0)
        .show_ui(ui, |ui| {
            for other in Unit::ALL {
                if ui.selectable_label(unit == other, other.sign()).clicked() {
                    size.width = size.width.in_unit(other);
                    size.height = size.height.map(|height| height.in_unit(other));
                }
            }
        });
    let name = format!("Unit: {}", unit.sign());
    (choice.response).widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
}

/// A field for a length of an image.
fn length_field(ui: &mut Ui, length: &mut Length, name: &str) {
    // About a pixel of a screen for each pixel that is dragged.
    let speed = 1.0 / length.unit.layout_pt();
    let most = 4_000.0 / length.unit.layout_pt();
    let field = DragValue::new(&mut length.value)
        .range(0.0..=most.ceil())
        .speed(speed)
        .max_decimals(if length.unit == Unit::Px { 0 } else { 3 });
    let field = ui.add(field);
    let value = length.to_string();
    field.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SpinButton, true, name);
        info.current_text_value = Some(value.clone());
        info
    });
}

/// How large the file will be, in pixels and on paper; `None` where that is not known.
fn output_size(ui: &Ui, app: &App, form: &ExportForm) -> Option<String> {
    let picture = match &form.subject {
        ExportSubject::Chart(id) => app.derived.picture(id),
        _ => None,
    };
    let options = &form.image;
    let width = options.size.width.layout_pt() as f32;
    let size = picture.map(|picture| outer_pt(ui, picture, options));
    let (size, both) = match size {
        Some(None) => return Some("No image of this size can be made".into()),
        Some(Some(size)) => (size, true),
        None => (
            egui::vec2(
                width,
                options.size.height.map_or(0.0, |h| h.layout_pt() as f32),
            ),
            options.size.height.is_some(),
        ),
    };
    let mm = |pt: f32| format!("{:.1}", f64::from(pt) / Unit::Mm.layout_pt());
    let paper = if both {
        format!("{} × {} mm", mm(size.x), mm(size.y))
    } else {
        format!("{} mm wide", mm(size.x))
    };
    if form.format == Format::Pdf {
        return Some(paper);
    }
    let scale = match form.format {
        Format::Png => options.scale(),
        _ => 1.0,
    };
    let px = size * scale;
    Some(if both {
        format!("{:.0} × {:.0} pixels, {paper}", px.x.round(), px.y.round())
    } else {
        format!("{:.0} pixels, {paper}", px.x.round())
    })
}

/// The most charts whose letters are named as small.
const MAX_SMALL: usize = 4;

/// Says which images would have letters that are too small, as far as their charts are drawn;
/// `None` where all can be read.
fn small_letters(ui: &Ui, app: &App, form: &ExportForm) -> Option<String> {
    let problem = |id: &str| {
        let picture = app.derived.picture(id)?;
        size_problem(ui, picture, &form.image)
    };
    if let ExportSubject::Chart(id) = &form.subject {
        return problem(id).map(|words| format!("Too small: {words}."));
    }
    let charts = linchpin_charts::charts_of(app.register()).iter();
    let small: Vec<(&str, String)> = charts
        .filter_map(|chart| Some((chart.title.as_str(), problem(chart.id.as_str())?)))
        .collect();
    let named = small.iter().take(MAX_SMALL);
    let named: Vec<String> = named
        .map(|(title, words)| format!("“{title}”: {words}"))
        .collect();
    let more = match small.len().saturating_sub(MAX_SMALL) {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    (!small.is_empty()).then(|| format!("Too small for {}{more}.", named.join("; ")))
}

/// The rows of the form about how an image looks.
fn style_rows(ui: &mut Ui, app: &App, form: &mut ExportForm, out: &mut Vec<Command>) {
    ui.label("Style");
    ui.horizontal(|ui| {
        for style in ImageStyle::ALL {
            if ui
                .selectable_label(form.image.style == *style, capitalize(style.label()))
                .on_hover_text(style.meaning())
                .clicked()
            {
                form.image.style = *style;
            }
        }
    });
    ui.end_row();
    ui.label("Color");
    ui.horizontal(|ui| {
        ui.checkbox(&mut form.image.grey, "Greys only")
            .on_hover_text("For print without color: patterns tell groups apart");
        ui.checkbox(&mut form.image.transparent, "No ground")
            .on_hover_text("What lies behind the image shows through");
    });
    ui.end_row();
    ui.label("Numbers");
    ui.horizontal(|ui| {
        for style in NumberStyle::ALL {
            let is_chosen = form.image.numbers == *style;
            let choice = ui.selectable_label(is_chosen, style.label());
            if choice.on_hover_text(style.meaning()).clicked() {
                form.image.numbers = *style;
            }
        }
    });
    ui.end_row();
    ui.label("Edge");
    ui.horizontal(|ui| margin_row(ui, form));
    ui.end_row();
    if form.format == Format::Svg {
        ui.label("Text");
        ui.horizontal(|ui| svg_text_row(ui, form));
        ui.end_row();
    }
    ui.label("House style");
    ui.vertical(|ui| {
        ui.horizontal(|ui| house_style_row(ui, form, out));
        if let Some(house) = &form.image.house {
            widgets::caption(ui, house_style_summary(house));
        } else if app.is_reading_house_style() {
            widgets::caption(ui, "Reading…");
        }
    });
    ui.end_row();
}

/// What the image carries of the register.
fn evidence_row(ui: &mut Ui, form: &mut ExportForm) {
    ui.label("Carries");
    ui.horizontal(|ui| {
        for scope in EvidenceScope::ALL {
            let is_chosen = form.image.evidence == *scope;
            let choice = ui.selectable_label(is_chosen, capitalize(scope.label()));
            if choice.on_hover_text(scope.meaning()).clicked() {
                form.image.evidence = *scope;
            }
        }
    });
    ui.end_row();
}

fn margin_row(ui: &mut Ui, form: &mut ExportForm) {
    let image = &mut form.image;
    let unit = if image.size.is_on_paper() {
        Unit::Mm
    } else {
        Unit::Px
    };
    let mut is_custom = image.margin.is_some();
    if ui
        .checkbox(&mut is_custom, "Blank edge of")
        .on_hover_text("It is part of the size. Without it, the edge is the style's own")
        .changed()
    {
        image.margin = is_custom.then_some(Length::new(16.0, Unit::Px).in_unit(unit));
    }
    if let Some(margin) = &mut image.margin {
        if margin.unit != unit {
            *margin = margin.in_unit(unit);
        }
        length_field(ui, margin, "Blank edge");
        ui.label(unit.sign());
    }
}

fn svg_text_row(ui: &mut Ui, form: &mut ExportForm) {
    for (text, label, help) in [
        (
            SvgText::Overlay,
            "As outlines, selectable",
            "Looks the same in every program; the words can be found and copied",
        ),
        (
            SvgText::Real,
            "As text",
            "To be edited in a drawing program; the file brings its font along",
        ),
    ] {
        if ui
            .selectable_label(form.image.svg_text == text, label)
            .on_hover_text(help)
            .clicked()
        {
            form.image.svg_text = text;
        }
    }
}

fn house_style_row(ui: &mut Ui, form: &mut ExportForm, out: &mut Vec<Command>) {
    let edit = TextEdit::singleline(&mut form.house_style_path)
        .hint_text("None")
        .desired_width(236.0);
    let edit = ui.add(edit);
    edit.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "House style"));
    let is_empty = form.house_style_path.trim().is_empty();
    if (edit.lost_focus() && !is_empty) || (edit.changed() && is_empty) {
        out.push(Command::LoadHouseStyle(Box::new(form.clone())));
    }
    let help = "A file with the fonts, colors and logo of those who publish";
    if ui.button("Choose…").on_hover_text(help).clicked() {
        out.push(Command::PickHouseStyle);
    }
    let any = form.image.house.is_some() || !form.house_style_path.is_empty();
    if any && ui.button("Remove").clicked() {
        form.house_style_path.clear();
        out.push(Command::LoadHouseStyle(Box::new(form.clone())));
    }
}

/// What a house style brings, in a few words.
fn house_style_summary(house: &HouseStyle) -> String {
    let colors = [house.text, house.muted, house.ground, house.accent];
    let has_colors = colors.iter().any(Option::is_some)
        || !house.categories.is_empty()
        || !house.ladder.is_empty();
    let parts: Vec<&str> = [
        (
            house.regular.is_some() || !house.fallback.is_empty(),
            "fonts",
        ),
        (has_colors, "colors"),
        (house.logo.is_some(), "a logo"),
        (house.width.is_some(), "a width"),
    ]
    .into_iter()
    .filter_map(|(is_there, word)| is_there.then_some(word))
    .collect();
    let name = if house.name.is_empty() {
        "It"
    } else {
        house.name.as_str()
    };
    match parts.is_empty() {
        true => format!("{name} changes nothing"),
        false => format!("{name} brings {}", parts.join(", ")),
    }
}
