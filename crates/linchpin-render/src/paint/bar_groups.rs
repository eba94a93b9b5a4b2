//! Bars of any arrangement as one value: groups of bars, bars of segments, each from a value to a
//! value.

use linchpin_charts::picture::{
    Bar, ColorRole, Extent, NumberFormat, PrintedValue, Segment, StackedBar, StackedBars,
    TickFormat,
};
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::tables::formatting;
use std::borrow::Cow;

/// Sums of numbers up to this stay finite.
const MAX_VALUE: f64 = 1e300;

/// What the axis of values says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum AxisValues {
    Numbers,
    /// Numbers that all have one scale word, of so many zeros.
    ScaledNumbers(u8),
    /// Shares of a whole, which is 1.
    Shares,
}

/// A name with its bars.
pub(super) struct BarGroup<'a> {
    pub name: &'a str,
    /// What it takes not to misread its number.
    pub detail: Option<&'a str>,
    pub bars: Vec<GroupBar<'a>>,
}

/// One bar. Each of its segments is a mark; marks are counted from group to group, bar to bar,
/// segment to segment.
pub(super) struct GroupBar<'a> {
    pub segments: Vec<BarSegment<'a>>,
    /// The number at its end, as it is printed.
    pub value_label: &'a PrintedValue,
    /// What is known of its length, where that may be a bound.
    pub extent: Extent,
}

/// A part of a bar.
pub(super) struct BarSegment<'a> {
    pub from: f64,
    pub to: f64,
    pub role: ColorRole,
    /// What stands in it, where it fits.
    pub label: Cow<'a, PrintedValue>,
}

impl GroupBar<'_> {
    /// From the least to the greatest value that it shows, zero included.
    pub fn value_range(&self) -> (f64, f64) {
        let mut ends = (0.0_f64, 0.0_f64);
        let ends_of_segments = self
            .segments
            .iter()
            .flat_map(|segment| [segment.from, segment.to]);
        let bounds = self.extent.uncertain_range().into_iter();
        for value in ends_of_segments.chain(bounds.flat_map(|(from, to)| [from, to])) {
            ends = (ends.0.min(value), ends.1.max(value));
        }
        ends
    }

    /// Whether it is all below zero, so that its number stands there.
    pub fn is_negative(&self) -> bool {
        let (low, high) = self.value_range();
        low < 0.0 && high <= 0.0 && !self.extent.has_no_upper_bound()
    }
}

/// What the axis of bars of numbers says: in the scale of the numbers at their ends.
pub(super) fn axis_values<'v>(labels: impl Iterator<Item = &'v PrintedValue>) -> AxisValues {
    let mut scales = labels.filter_map(PrintedValue::scale_zeros);
    let first = scales.next();
    first.map_or(AxisValues::Numbers, AxisValues::ScaledNumbers)
}

/// A number at an axis of so many zeros; nothing needs no scale.
pub(super) fn scaled_number(value: f64, zeros: u8) -> PrintedValue {
    if value == 0.0 {
        return PrintedValue::number(value, NumberFormat::Full);
    }
    let decimals = u8::try_from(formatting::scaled_decimals(value, zeros)).unwrap_or(u8::MAX);
    let unit = Some(TickFormat::Plain);
    let format = NumberFormat::Tick {
        zeros,
        decimals,
        unit,
    };
    PrintedValue::number(value, format)
}

/// Whether less than what is drawn is possible below zero: an upper bound of a quantity stops at
/// zero.
pub(super) fn is_open_below_zero(extent: Extent) -> bool {
    extent.has_no_lower_bound() && extent.high.is_some_and(|high| high < 0.0)
}

/// The range of all bars, zero included; finite and never empty.
pub(super) fn range(groups: &[BarGroup<'_>]) -> (f64, f64) {
    let bars = groups.iter().flat_map(|group| &group.bars);
    union_range(bars.map(GroupBar::value_range))
}

/// The range that holds all of these; never empty.
pub(super) fn union_range(ranges: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (low, high) = ranges.fold((0.0_f64, 0.0_f64), |all, one| {
        (all.0.min(one.0), all.1.max(one.1))
    });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// Bars with one number each.
pub(super) fn from_bars(bars: &[Bar]) -> Vec<BarGroup<'_>> {
    bars.iter()
        .map(|bar| {
            let extent = Extent {
                low: bar.extent.low.map(clamp_finite),
                high: bar.extent.high.map(clamp_finite),
            };
            let segment = BarSegment {
                from: 0.0,
                to: extent.known_end(),
                role: bar.color,
                label: Cow::Owned("".into()),
            };
            let group_bar = GroupBar {
                segments: vec![segment],
                value_label: &bar.text,
                extent,
            };
            BarGroup {
                name: &bar.name,
                detail: bar.detail.as_deref(),
                bars: vec![group_bar],
            }
        })
        .collect()
}

/// How the parts of a body are really put: numbers below zero have no shares.
pub(super) fn effective_arrangement(body: &StackedBars) -> Arrangement {
    let below = |row: &StackedBar| row.segments.iter().any(|segment| segment.value < 0.0);
    // A part of less than nothing has no share of a whole; the chart is drawn rather than refused.
    match body.arrangement {
        Arrangement::Share if body.bars.iter().any(below) => Arrangement::Stacked,
        other => other,
    }
}

/// Bars of parts: one after another, next to each other, or as shares of one (1 is the whole).
pub(super) fn from_stacked<'a>(body: &'a StackedBars) -> Vec<BarGroup<'a>> {
    let arrangement = effective_arrangement(body);
    let role = |segment: &Segment| {
        body.keys
            .get(segment.key)
            .map_or(ColorRole::Single, |k| k.color)
    };
    let group = |row: &'a StackedBar| BarGroup {
        name: &row.name,
        detail: None,
        bars: match arrangement {
            Arrangement::Grouped => grouped_bars(row, role),
            Arrangement::Stacked => vec![stacked_bar(row, role)],
            Arrangement::Share => vec![share_bar(row, role)],
        },
    };
    body.bars.iter().map(group).collect()
}

fn grouped_bars<'a>(
    row: &'a StackedBar,
    role: impl Fn(&Segment) -> ColorRole,
) -> Vec<GroupBar<'a>> {
    let bar = |segment: &'a Segment| GroupBar {
        segments: vec![BarSegment {
            from: 0.0,
            to: clamp_finite(segment.value),
            role: role(segment),
            label: Cow::Owned("".into()),
        }],
        value_label: &segment.text,
        extent: Extent::exact(clamp_finite(segment.value)),
    };
    row.segments.iter().map(bar).collect()
}

/// From zero up, and from zero down.
fn stacked_bar<'a>(row: &'a StackedBar, role: impl Fn(&Segment) -> ColorRole) -> GroupBar<'a> {
    let mut reached = (0.0, 0.0);
    let place = |segment: &'a Segment| {
        let value = clamp_finite(segment.value);
        let side = if value < 0.0 {
            &mut reached.0
        } else {
            &mut reached.1
        };
        let from = *side;
        *side += value;
        BarSegment {
            from,
            to: *side,
            role: role(segment),
            label: Cow::Borrowed(&segment.text),
        }
    };
    let segments = row.segments.iter().map(place).collect();
    bar_of_segments(row, segments)
}

fn share_bar<'a>(row: &'a StackedBar, role: impl Fn(&Segment) -> ColorRole) -> GroupBar<'a> {
    let whole: f64 = row.segments.iter().map(|s| clamp_finite(s.value)).sum();
    let texts = row.shares().texts;
    let mut from = 0.0;
    let place = |(segment, text): (&'a Segment, PrintedValue)| {
        let share = if whole > 0.0 {
            clamp_finite(segment.value) / whole
        } else {
            0.0
        };
        let start = from;
        from += share;
        BarSegment {
            from: start,
            to: from,
            role: role(segment),
            label: Cow::Owned(text),
        }
    };
    let segments = row.segments.iter().zip(texts).map(place).collect();
    bar_of_segments(row, segments)
}

fn bar_of_segments<'a>(row: &'a StackedBar, segments: Vec<BarSegment<'a>>) -> GroupBar<'a> {
    GroupBar {
        segments,
        value_label: &row.text,
        extent: Extent::exact(0.0),
    }
}

/// A share at an axis: "50%".
pub(super) fn percent(share: f64) -> PrintedValue {
    let percent = (share * 100.0).round();
    PrintedValue::number(percent, NumberFormat::Axis(TickFormat::Percent))
}

fn clamp_finite(value: f64) -> f64 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(-MAX_VALUE, MAX_VALUE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_charts::picture::{ChartMark, LegendKey};

    fn body(arrangement: Arrangement, values: &[f64]) -> StackedBars {
        let segment = |(key, value): (usize, &f64)| Segment {
            key,
            value: *value,
            text: value.to_string().into(),
            mark: ChartMark::default(),
        };
        let key = |name: &str| LegendKey {
            name: name.into(),
            short: name.into(),
            color: ColorRole::Single,
        };
        StackedBars {
            keys: vec![key("a"), key("b"), key("c")],
            bars: vec![StackedBar {
                name: "row".into(),
                text: "all".into(),
                segments: values.iter().enumerate().map(segment).collect(),
            }],
            arrangement,
            is_vertical: false,
        }
    }

    fn spans(body: &StackedBars) -> Vec<(f64, f64)> {
        let groups = from_stacked(body);
        let bars = groups.iter().flat_map(|group| &group.bars);
        bars.flat_map(|bar| {
            bar.segments
                .iter()
                .map(|segment| (segment.from, segment.to))
        })
        .collect()
    }

    #[test]
    fn parts_stand_as_arranged() {
        let stacked = body(Arrangement::Stacked, &[3.0, -1.0, 1.0]);
        assert_eq!(spans(&stacked), [(0.0, 3.0), (0.0, -1.0), (3.0, 4.0)]);
        assert_eq!(range(&from_stacked(&stacked)), (-1.0, 4.0));
        let grouped = body(Arrangement::Grouped, &[3.0, -1.0, 1.0]);
        assert_eq!(spans(&grouped), [(0.0, 3.0), (0.0, -1.0), (0.0, 1.0)]);
        let share = body(Arrangement::Share, &[3.0, 1.0]);
        assert_eq!(spans(&share), [(0.0, 0.75), (0.75, 1.0)]);
        let label = from_stacked(&share)[0].bars[0].segments[0]
            .label
            .to_string();
        assert_eq!(label, "75%");
    }

    #[test]
    fn shares_of_nothing_and_of_debts_are_not_made_up() {
        assert_eq!(spans(&body(Arrangement::Share, &[0.0])), [(0.0, 0.0)]);
        let debt = body(Arrangement::Share, &[3.0, -1.0]);
        assert_eq!(spans(&debt), [(0.0, 3.0), (0.0, -1.0)]);
    }

    #[test]
    fn no_number_is_too_large_or_too_little() {
        let most = body(Arrangement::Stacked, &[f64::MAX, f64::MAX, f64::INFINITY]);
        let (low, high) = range(&from_stacked(&most));
        assert!(low == 0.0 && high.is_finite() && high > 2e300);
        assert_eq!(
            range(&from_stacked(&body(Arrangement::Stacked, &[]))),
            (0.0, 1.0)
        );
        let texts = [0.0, 0.5, 1.0].map(|share| percent(share).to_string());
        assert_eq!(texts, ["0%", "50%", "100%"]);
    }
}
