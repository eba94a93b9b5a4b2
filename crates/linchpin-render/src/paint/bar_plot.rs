//! Bars by egui_plot, quiet: no axes, no background, nothing to drag.

use egui::{Color32, Id, Rect, Sense, Ui, UiBuilder, Vec2};
use egui_plot::{Bar, BarChart, PlotBounds, PlotTransform};

/// Bars that egui_plot draws.
pub(super) struct BarPlot {
    pub rect: Rect,
    /// The values at the left and the right edge.
    pub range: (f64, f64),
    pub bars: Vec<BarPlotBar>,
}

/// One horizontal bar.
pub(super) struct BarPlotBar {
    /// Where its top and bottom lie, in points of the layout.
    pub top_pt: f32,
    pub bottom_pt: f32,
    pub from: f64,
    pub to: f64,
    pub fill: Color32,
}

impl BarPlot {
    /// Where values and heights fall in the layout. Heights count down from the top edge, in
    /// points.
    pub fn transform(&self) -> PlotTransform {
        PlotTransform::new(self.rect, bounds(self.range, self.rect.height()), false)
    }

    /// Where a bar lies in the layout.
    pub fn bar_rect(&self, at: usize) -> Rect {
        let Some(bar) = self.bars.get(at) else {
            return Rect::NOTHING;
        };
        let transform = self.transform();
        let x = |value: f64| transform.position_from_point_x(value);
        Rect::from_x_y_ranges(
            x(bar.from.min(bar.to))..=x(bar.from.max(bar.to)),
            bar.top_pt..=bar.bottom_pt,
        )
    }

    /// Draws the bars into `frame`, which is the plot's rectangle where it stands on screen.
    pub fn show(&self, ui: &mut Ui, id: Id, frame: Rect) {
        let height = self.rect.height();
        let bars: Vec<Bar> = self
            .bars
            .iter()
            .map(|bar| {
                let middle = (bar.top_pt + bar.bottom_pt) / 2.0 - self.rect.top();
                Bar::new(f64::from(-middle), bar.to - bar.from)
                    .base_offset(bar.from)
                    .width(f64::from(bar.bottom_pt - bar.top_pt))
                    .fill(bar.fill)
            })
            .collect();
        let bounds = bounds(self.range, height);
        let mut child = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(id));
        child.spacing_mut().item_spacing = Vec2::ZERO;
        egui_plot::Plot::new("bars")
            .id(id)
            .width(frame.width())
            .height(frame.height())
            .min_size(Vec2::ZERO)
            .set_margin_fraction(Vec2::ZERO)
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .sense(Sense::hover())
            .show(&mut child, |plot| {
                plot.set_plot_bounds(bounds);
                plot.bar_chart(
                    BarChart::new("bars", bars)
                        .id("bars")
                        .horizontal()
                        .allow_hover(false),
                );
            });
    }
}

/// Values from left to right, heights in points from the top edge downward.
fn bounds(range: (f64, f64), height_pt: f32) -> PlotBounds {
    PlotBounds::from_min_max([range.0, -f64::from(height_pt.max(1.0))], [range.1, 0.0])
}
