//! The filters above a table: one button a facet, its values with their counts behind it.

use super::widgets;
use egui::{Button, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_register::RecordKind;
use linchpin_register::english::in_sentence;
use linchpin_register::query::{QueryResult, TableIndex};
use linchpin_register::tables::formatting;
use linchpin_render::theme;

/// The longest label of a value, in characters.
const MAX_LABEL_CHARS: usize = 60;
/// The sign that a button opens something, in points.
const ARROW_PT: f32 = 8.0;

/// Paints a button for every facet.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    index: &TableIndex,
    selection: &QueryResult,
    out: &mut Vec<Command>,
) {
    let query = app.view.query(kind);
    for ((facet, column), counts) in index
        .facets
        .iter()
        .zip(index.facet_columns())
        .zip(&selection.value_counts)
    {
        let on = query
            .filters
            .get(facet.key)
            .filter(|values| !values.is_empty());
        let label = match on {
            None => facet.title.to_owned(),
            Some(values) => {
                let first = values
                    .iter()
                    .next()
                    .and_then(|key| column.values.iter().find(|v| v.key == *key))
                    .map_or("", |v| v.label.as_str());
                let first: String = first.chars().take(28).collect();
                if values.len() == 1 {
                    format!("{}: {first}", facet.title)
                } else {
                    format!("{}: {first} +{}", facet.title, values.len() - 1)
                }
            }
        };
        let p = theme::palette_of(ui);
        let color = if on.is_some() { p.accent } else { p.text };
        let mut button = Button::new((
            RichText::new(label).color(color),
            RichText::new("▼").size(ARROW_PT).color(p.text_muted),
        ));
        if on.is_some() {
            button = button.fill(p.accent_soft);
        }
        let response = ui.add(button);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(
                egui::Role::Button,
                true,
                format!("Filter by {}", in_sentence(facet.title)),
            )
        });
        Popup::menu(&response)
            // Several values are ticked one after another.
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                // Menus take the frames off buttons; the boxes of the choices need theirs.
                ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::new(1.0, p.text_muted);
                ui.set_min_width(220.0);
                ui.set_max_width(380.0);
                ui.horizontal(|ui| {
                    widgets::section_heading(ui, facet.title);
                    if on.is_some() && widgets::link(ui, "Clear").clicked() {
                        out.push(Command::ClearFacet {
                            kind,
                            facet: facet.key,
                        });
                    }
                });
                // The most frequent first, but what is chosen always in reach.
                let mut order: Vec<usize> = (0..column.values.len()).collect();
                let chosen =
                    |i: usize| on.is_some_and(|values| values.contains(&column.values[i].key));
                order.sort_by_key(|&i| (!chosen(i), std::cmp::Reverse(counts[i])));
                ScrollArea::vertical().max_height(360.0).show_rows(
                    ui,
                    24.0,
                    order.len(),
                    |ui, range| {
                        for &i in &order[range] {
                            let value = &column.values[i];
                            let mut is_on = chosen(i);
                            let text = widgets::truncated(&value.label, MAX_LABEL_CHARS);
                            let response = ui.checkbox(
                                &mut is_on,
                                format!(
                                    "{text}  ({})",
                                    formatting::format_number(f64::from(counts[i]))
                                ),
                            );
                            if response.changed() {
                                out.push(Command::ToggleFilter {
                                    kind,
                                    facet: facet.key,
                                    value: value.key.clone(),
                                });
                            }
                        }
                    },
                );
            });
    }
}
