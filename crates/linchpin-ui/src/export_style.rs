//! The look of an image in the dialog of an export: style, colors, edge, text, house style.

use super::export_size::length_field;
use super::widgets;
use egui::{Role, TextEdit, Ui, WidgetInfo};
use linchpin_app::command::Command;
use linchpin_app::export_task::ExportForm;
use linchpin_register::chart_vocabulary::{ImageStyle, NumberStyle};
use linchpin_register::english::capitalize;
use linchpin_render::export::{Format, HouseStyle, Length, SvgText, Unit};

/// The rows of the form about how an image looks.
pub fn rows(ui: &mut Ui, form: &mut ExportForm, out: &mut Vec<Command>) {
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
        if let Some(words) = form.image.house.as_ref().map(house_style_summary) {
            widgets::caption(ui, words);
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
        (house.regular.is_some(), "fonts"),
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
