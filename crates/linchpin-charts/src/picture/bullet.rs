//! Delivered and promised: a bar for what is delivered, a tick for the target, in a row for each
//! group.

use super::data_table::{DataCell, DataColumn, DataTable, bound_columns, build_table};
use super::{ChartMark, Extent, FacetPanel, PictureBody, PrintedValue};

/// Rows of bars with a target each, on one scale from zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Bullet {
    /// What the bars stand for: "disbursement".
    pub delivered: String,
    /// What the ticks stand for: "pledge".
    pub target: String,
    /// How far the scale reaches, zero included.
    pub range: (f64, f64),
    pub rows: Vec<BulletRow>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct BulletRow {
    pub name: String,
    /// `None` where nobody has stated it.
    pub delivered: Option<BulletValue>,
    pub target: Option<BulletValue>,
    /// The share of the target that is delivered; `None` where it is not known.
    pub share: Option<PrintedValue>,
    pub mark: ChartMark,
}

/// A number of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct BulletValue {
    pub extent: Extent,
    /// As it is printed, with its bound.
    pub text: PrintedValue,
}

impl Bullet {
    /// What a row lacks: "Not stated: pledge"; what is not known of it.
    pub fn missing_text(&self, row: &BulletRow) -> Option<String> {
        let names = [
            (row.delivered.is_none(), &self.delivered),
            (row.target.is_none(), &self.target),
        ];
        let names = names.into_iter().filter(|(is_missing, _)| *is_missing);
        let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
        (!names.is_empty()).then(|| format!("Not stated: {}", names.join(", ")))
    }

    pub fn data_table(&self) -> DataTable {
        const NOTHING: Extent = Extent {
            low: None,
            high: None,
        };
        let rows = || self.rows.iter();
        let mut columns = vec![DataColumn::of_text(
            "name",
            rows().map(|row| row.name.as_str()),
        )];
        for (name, value) in [
            (
                &self.delivered,
                (|row: &BulletRow| row.delivered.clone()) as fn(&BulletRow) -> Option<BulletValue>,
            ),
            (&self.target, |row: &BulletRow| row.target.clone()),
        ] {
            let values: Vec<Option<BulletValue>> = rows().map(value).collect();
            let extents = values.iter();
            let extents = extents.map(|value| value.as_ref().map_or(NOTHING, |it| it.extent));
            columns.extend(bound_columns(name, &extents.collect::<Vec<_>>()));
            let printed = values.iter().map(|value| match value {
                Some(value) => DataCell::text(&value.text.to_string()),
                None => DataCell::default(),
            });
            columns.push(DataColumn::new(&format!("{name}, as printed"), printed));
        }
        let shares = rows().map(|row| match &row.share {
            Some(share) => DataCell::text(&share.to_string()),
            None => DataCell::default(),
        });
        columns.push(DataColumn::new("share", shares));
        let records = rows().map(|row| row.mark.records.clone());
        build_table(columns, records.collect())
    }
}

/// Bars next to each other reach as far as those that reach farthest.
pub fn share_ranges(panels: &mut [FacetPanel]) {
    let mut joined: Option<(f64, f64)> = None;
    for panel in panels.iter() {
        if let PictureBody::Bullet(body) = &panel.body {
            let (low, high) = joined.unwrap_or(body.range);
            joined = Some((low.min(body.range.0), high.max(body.range.1)));
        }
    }
    for panel in panels {
        if let (PictureBody::Bullet(body), Some(range)) = (&mut panel.body, joined) {
            body.range = range;
        }
    }
}
