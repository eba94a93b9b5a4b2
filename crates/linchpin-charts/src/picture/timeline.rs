//! Dated things in lanes, on a time axis that leaves out years in which nothing is recorded.

use super::ChartMark;
use linchpin_register::Date;

/// Lanes over one time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The axis from left to right: whole years, all pieces on one scale. More than one where it is
    /// cut.
    pub axis_segments: Vec<AxisSegment>,
    /// Some may be empty: a lane keeps its place, and so its color.
    pub lanes: Vec<Lane>,
}

/// An unbroken part of the axis, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisSegment {
    pub from: i32,
    /// The year after its last one.
    pub to: i32,
}

/// Entries of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub name: String,
    /// By date.
    pub entries: Vec<TimelineEntry>,
}

/// One record with its dates.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    pub name: String,
    /// Its dates in words.
    pub date_text: String,
    /// By date; at least one.
    pub dates: Vec<DateSpan>,
    pub mark: ChartMark,
}

/// A date as long as its precision: a day is a dot, a year, a decade or a range a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateSpan {
    /// Years with a fraction; the first instant it may mean.
    pub from_year: f64,
    /// The instant after the last one.
    pub to_year: f64,
    /// It may have been earlier or later too: as far as what is named, and then an arrow.
    pub is_open: [bool; 2],
    /// The date as it is stated; `None` where an end has made it longer.
    pub date: Option<Date>,
}

impl TimelineEntry {
    /// Where it begins, in years.
    pub fn start_year(&self) -> f64 {
        self.dates.first().map_or(0.0, |m| m.from_year)
    }
}

impl DateSpan {
    /// As long as a date may mean.
    pub fn of_date(date: Date) -> DateSpan {
        let (start, end) = date.decimal_years();
        DateSpan {
            from_year: date.start_decimal_year(),
            to_year: date.end_decimal_year(),
            is_open: [start.is_none(), end.is_none()],
            date: Some(date),
        }
    }

    /// Its beginning and its end; an open one has none.
    pub fn ends(self) -> (Option<f64>, Option<f64>) {
        let [open_start, open_end] = self.is_open;
        let start = (!open_start).then_some(self.from_year);
        (start, (!open_end).then_some(self.to_year))
    }

    /// Longer than a day: a bar rather than a dot.
    pub fn is_longer_than_day(self) -> bool {
        self.to_year - self.from_year > 1.5 / 365.0
    }
}

/// The most pieces that an axis may be cut into.
const MAX_AXIS_SEGMENTS: usize = 8;

/// Years without entries that are always drawn: a shorter gap is no reason to cut.
const MIN_BREAK_YEARS: i32 = 2;

impl Timeline {
    pub fn marks(&self) -> impl Iterator<Item = &ChartMark> {
        self.lanes
            .iter()
            .flat_map(|lane| lane.entries.iter().map(|entry| &entry.mark))
    }
}

/// The pieces of an axis that shows these dates. Gaps that would take more than a sixth of it are
/// cut.
pub fn axis_segments(dates: impl Iterator<Item = DateSpan>) -> Vec<AxisSegment> {
    let mut spans: Vec<AxisSegment> = dates
        .map(|m| {
            let from = m.from_year.floor() as i32;
            AxisSegment {
                from,
                to: (m.to_year.ceil() as i32).max(from + 1),
            }
        })
        .collect();
    spans.sort_by_key(|s| (s.from, s.to));
    // Years that hold something, whatever lies between: a gap is long by comparison with these, so
    // that a century of events is not cut where a decade of them would be.
    let occupied: i32 = merge_spans(&spans, 0).iter().map(|p| p.to - p.from).sum();
    let mut gap = MIN_BREAK_YEARS.max(occupied / 6);
    loop {
        let pieces = merge_spans(&spans, gap);
        if pieces.len() <= MAX_AXIS_SEGMENTS {
            return pieces;
        }
        // Half as long again each time: a few rounds at most, and never the same gap twice.
        gap += 1 + gap / 2;
    }
}

/// Joins spans with at most `gap` years between them.
fn merge_spans(spans: &[AxisSegment], gap: i32) -> Vec<AxisSegment> {
    let mut out: Vec<AxisSegment> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.from - last.to <= gap => last.to = last.to.max(span.to),
            _ => out.push(*span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(years: &[(f64, f64)]) -> Vec<(i32, i32)> {
        let dates = years.iter().map(|&(from_year, to_year)| DateSpan {
            from_year,
            to_year,
            is_open: [false, false],
            date: None,
        });
        axis_segments(dates)
            .iter()
            .map(|p| (p.from, p.to))
            .collect()
    }

    #[test]
    fn long_gaps_are_cut_and_short_ones_are_not() {
        assert_eq!(
            of(&[
                (1953.75, 1953.76),
                (1954.9, 1954.91),
                (2022.9, 2022.9),
                (2025.0, 2025.1)
            ]),
            [(1953, 1955), (2022, 2026)]
        );
        assert_eq!(of(&[(1950.0, 1960.0)]), [(1950, 1960)]);
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn an_axis_has_few_pieces_whatever_the_dates() {
        let years: Vec<(f64, f64)> = (0..200)
            .map(|i| (1.0 + 50.0 * f64::from(i), 1.1 + 50.0 * f64::from(i)))
            .collect();
        assert!(of(&years).len() <= MAX_AXIS_SEGMENTS);
        assert_eq!(of(&[(1.0, 1.1), (9999.0, 10000.0)]).len(), 2);
    }
}
