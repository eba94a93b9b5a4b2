//! Connected dots: a row for each group, in it a dot for each value of the color.

use super::data_table::{
    DataCell, DataColumn, DataTable, bound_columns, build_table, date_columns,
};
use super::{
    AxisScale, Extent, FacetPanel, LegendKey, PictureBody, PlotAxis, PlotGeom, PlotPoint,
    PlotSeries, TickFormat, XyPlot,
};
use crate::captions::format_count;
use linchpin_register::english::list_with_and;

/// The most missing dots that are named in a row.
const MAX_MISSING: usize = 3;

/// Rows of dots on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Dumbbell {
    /// Numbers or dates across the page.
    pub x: PlotAxis,
    /// What the dots stand for.
    pub keys: Vec<LegendKey>,
    pub rows: Vec<DumbbellRow>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellRow {
    pub name: String,
    /// In the order of the keys; a key that has none is missing.
    pub dots: Vec<DumbbellDot>,
}

/// One value of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellDot {
    /// The place of its key.
    pub key: usize,
    /// Its name is that of the key; along y stands the place of its row.
    pub point: PlotPoint,
}

impl DumbbellRow {
    /// The dots from left to right; of equals in the order of the keys.
    pub fn across(&self) -> Vec<&DumbbellDot> {
        let mut dots: Vec<&DumbbellDot> = self.dots.iter().collect();
        let place = |dot: &DumbbellDot| middle(dot.point.x);
        dots.sort_by(|a, b| place(a).total_cmp(&place(b)));
        dots
    }
}

/// Where a dot stands.
fn middle(extent: Extent) -> f64 {
    match (extent.low, extent.high) {
        // By halves, since the sum of the greatest numbers is none.
        (Some(low), Some(high)) => low / 2.0 + high / 2.0,
        (low, high) => low.or(high).unwrap_or(0.0),
    }
}

impl Dumbbell {
    /// Whether it is known how far apart two dots are: dates are as exact as their source, numbers
    /// may be bounds.
    pub fn is_exact(&self, dots: [&DumbbellDot; 2]) -> bool {
        let is_date = matches!(self.x.scale, AxisScale::Dates { .. });
        is_date || dots.iter().all(|dot| dot.point.x.low == dot.point.x.high)
    }

    /// Whether any two dots that are joined lie apart by nobody knows how much.
    pub fn has_unsure_distances(&self) -> bool {
        self.rows.iter().any(|row| {
            let across = row.across();
            let mut pairs = across.windows(2);
            pairs.any(|pair| !self.is_exact([pair[0], pair[1]]))
        })
    }

    /// Every dot, row by row.
    pub fn dots(&self) -> impl Iterator<Item = &DumbbellDot> {
        self.rows.iter().flat_map(|row| &row.dots)
    }

    /// What a row lacks, in words: "Not stated: disbursement".
    pub fn missing_text(&self, row: &DumbbellRow) -> Option<String> {
        let is_missing = |at: &usize| row.dots.iter().all(|dot| dot.key != *at);
        let missing = (0..self.keys.len()).filter(is_missing);
        let names = missing.filter_map(|at| self.keys.get(at));
        let mut names: Vec<String> = names.map(|key| key.name.clone()).collect();
        let more = names.len().saturating_sub(MAX_MISSING);
        if more > 1 {
            names.truncate(MAX_MISSING);
            names.push(format_count(more, "other", "others"));
        }
        (!names.is_empty()).then(|| format!("Not stated: {}", list_with_and(&names)))
    }

    /// The same dots as a plot with a band for each row: a series for each key.
    pub fn as_plot(&self) -> XyPlot {
        let of_key = |(at, key): (usize, &LegendKey)| PlotSeries {
            key: key.clone(),
            points: self
                .dots()
                .filter(|dot| dot.key == at)
                .map(|dot| dot.point.clone())
                .collect(),
        };
        let names = self.rows.iter().map(|row| row.name.clone());
        XyPlot {
            x: self.x.clone(),
            y: PlotAxis {
                title: String::new(),
                scale: AxisScale::Bands(names.collect()),
                tick_format: TickFormat::Plain,
            },
            geom: PlotGeom::Dots,
            series: self.keys.iter().enumerate().map(of_key).collect(),
        }
    }

    /// A row for each group, and columns for each value of the color.
    pub fn data_table(&self) -> DataTable {
        let names = self.rows.iter().map(|row| row.name.as_str());
        let mut columns = vec![DataColumn::of_text("name", names)];
        for (at, key) in self.keys.iter().enumerate() {
            let dots = || {
                let rows = self.rows.iter();
                rows.map(|row| row.dots.iter().find(|dot| dot.key == at))
            };
            columns.extend(self.key_columns(&key.name, dots));
        }
        let of_row = |row: &DumbbellRow| {
            let marks = row.dots.iter().flat_map(|dot| &dot.point.mark.records);
            marks.copied().collect()
        };
        build_table(columns, self.rows.iter().map(of_row).collect())
    }

    fn key_columns<'d, I>(&self, name: &str, dots: impl Fn() -> I) -> Vec<DataColumn>
    where
        I: Iterator<Item = Option<&'d DumbbellDot>>,
    {
        const NOTHING: Extent = Extent {
            low: None,
            high: None,
        };
        let places: Vec<Extent> = dots()
            .map(|dot| dot.map_or(NOTHING, |dot| dot.point.x))
            .collect();
        if let AxisScale::Dates { .. } = self.x.scale {
            let is_stated =
                |dot: Option<&DumbbellDot>| dot.is_none_or(|dot| dot.point.dates[0].is_some());
            if dots().all(is_stated) {
                let cell = |dot: Option<&DumbbellDot>| {
                    let date = dot.and_then(|dot| dot.point.dates[0]);
                    date.map_or_else(DataCell::default, |date| DataCell::text(&date.to_code()))
                };
                return vec![DataColumn::new(name, dots().map(cell))];
            }
            let spans: Vec<_> = places.iter().map(|place| (place.low, place.high)).collect();
            return date_columns(name, &spans, &vec![None; spans.len()]);
        }
        let mut columns = bound_columns(name, &places);
        // What is printed says more than the number where it has a bound, a currency or is rounded.
        let is_plain = |dot: Option<&DumbbellDot>| {
            dot.is_none_or(|dot| dot.point.text.exact_number().is_some())
        };
        if !dots().all(is_plain) {
            let printed = dots().map(|dot| match dot {
                Some(dot) => DataCell::text(&dot.point.text.to_string()),
                None => DataCell::default(),
            });
            columns.push(DataColumn::new(&format!("{name}, as printed"), printed));
        }
        columns
    }
}

/// Rows of dots next to each other reach as far as those that reach farthest.
pub fn share_axes(panels: &mut [FacetPanel]) {
    let scales = panels.iter().filter_map(|panel| match &panel.body {
        PictureBody::Dumbbell(body) => Some(body.x.scale.clone()),
        _ => None,
    });
    let mut scales = scales.collect::<Vec<_>>().into_iter();
    let first = scales.next();
    let Some(joined) = first.and_then(|first| scales.try_fold(first, |all, one| all.union(&one)))
    else {
        return;
    };
    for panel in panels {
        if let PictureBody::Dumbbell(body) = &mut panel.body {
            body.x.scale = joined.clone();
        }
    }
}
