//! The size of an image in the dialog of an export: presets, any length, and what comes out.

use super::widgets;
use egui::{ComboBox, DragValue, Role, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::export_task::{ExportForm, ExportSubject};
use linchpin_render::export::image::outer_pt;
use linchpin_render::export::{Format, ImageOptions, Length, PRESETS, Preset, Unit};
use linchpin_render::theme::space;

/// Pixels to the inch that are offered.
const DPI: [f32; 6] = [96.0, 144.0, 192.0, 300.0, 450.0, 600.0];

/// The rows of the form about size and resolution.
pub fn rows(ui: &mut Ui, app: &App, form: &mut ExportForm) {
    ui.label("Size");
    presets(ui, &mut form.image);
    ui.end_row();
    ui.label("");
    ui.vertical(|ui| {
        ui.horizontal(|ui| size_fields(ui, &mut form.image));
        if let Some(words) = output_size(ui, app, form) {
            widgets::caption(ui, words);
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
    let words = |preset: &Preset| format!("{} · {}", preset.title, preset.size);
    let now = image.size.preset();
    let name = now.map_or_else(|| "Other size".to_owned(), words);
    let choice = ComboBox::from_id_salt("size of an image")
        .selected_text(&name)
        .width(300.0)
        .height(360.0)
        .show_ui(ui, |ui| {
            for preset in PRESETS {
                let is_it = now.is_some_and(|now| now.id == preset.id);
                let help = format!("{} dpi, style \"{}\"", preset.dpi, preset.style.label());
                let choice = ui.selectable_label(is_it, words(preset));
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
pub fn length_field(ui: &mut Ui, length: &mut Length, name: &str) {
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
