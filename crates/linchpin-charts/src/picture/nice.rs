//! Round numbers: steps, and ends for a range of numbers or dates.

use super::value::PrintedValue;
use linchpin_register::Date;

/// A value that is named at an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub value: f64,
    pub label: PrintedValue,
}

/// The most ticks that a set holds.
pub(super) const MAX_TICKS: usize = 40;

/// The smallest of 1, 2, 5, 10, 20, 50 … that is at least this; 1 of what is no length.
pub fn nice_step(least: f64) -> f64 {
    if !least.is_finite() || least <= 0.0 {
        return 1.0;
    }
    let power = least.log10().floor() as i32;
    [1, 2, 5]
        .into_iter()
        .map(|round| times_power_of_ten(round, power))
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(times_power_of_ten(1, power + 1))
}

/// A factor times a power of ten: the very number, where multiplying leaves 0.30000000000000004.
pub fn times_power_of_ten(factor: u32, power: i32) -> f64 {
    format!("{factor}e{power}").parse().unwrap_or(f64::NAN)
}

/// So many steps of a round length: the very number that their product is in decimals.
pub fn multiple_of_step(count: f64, step: f64) -> f64 {
    // A round step below one is one divided by a whole number, and a division is exact to the last
    // bit where both its numbers are.
    let per_unit = (1.0 / step).round();
    let is_exact = step < 1.0 && per_unit < 1e22;
    let multiple = match is_exact {
        true => count / per_unit,
        false => count * step,
    };
    // Adding zero makes minus zero plain.
    multiple + 0.0
}

/// Round ends around numbers, never empty: for a linear axis.
pub fn nice_range(low: f64, high: f64) -> (f64, f64) {
    if low == high {
        return match low {
            v if v > 0.0 => (0.0, round_up_to(v, nice_step(v / 5.0))),
            v if v < 0.0 => (-round_up_to(-v, nice_step(-v / 5.0)), 0.0),
            _ => (0.0, 1.0),
        };
    }
    // Divided first: the difference of the greatest numbers is infinite.
    let step = nice_step(high / 5.0 - low / 5.0);
    let (from, to) = (-round_up_to(-low, step), round_up_to(high, step));
    if from < to && from.is_finite() && to.is_finite() {
        (from, to)
    } else {
        (low, high)
    }
}

/// The first multiple of a step that is not below a value.
fn round_up_to(value: f64, step: f64) -> f64 {
    multiple_of_step((value / step - 1e-9).ceil(), step)
}

/// Round ends around numbers above zero: for a logarithmic axis. Powers of ten, or 2 or 5 times
/// one.
pub fn nice_log_range(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = (low.max(f64::MIN_POSITIVE), high.max(f64::MIN_POSITIVE));
    let below = |value: f64| {
        let power = value.log10().floor() as i32;
        let starts = [5, 2, 1].map(|round| times_power_of_ten(round, power));
        let fits = |start: &f64| *start <= value * (1.0 + 1e-9);
        starts.into_iter().find(fits).unwrap_or(starts[2])
    };
    let (from, to) = (below(low), nice_step(high));
    // Over several decades only powers of ten are named, and the axis ends at one.
    if high / low > 100.0 {
        let to = times_power_of_ten(1, (to.log10() - 1e-9).ceil() as i32);
        let from = times_power_of_ten(1, (from.log10() + 1e-9).floor() as i32);
        return (from, to);
    }
    if from < to {
        (from, to)
    } else {
        (from / 2.0, to * 2.0)
    }
}

/// Round ends around dates, in years with a fraction, never empty: whole years, whole months of a
/// short time, or whole days where months would leave most of the axis empty.
pub fn nice_date_range(low: f64, high: f64) -> (f64, f64) {
    let span = high - low;
    let (from, to) = if span > 2.0 {
        let step = nice_step((span / 8.0).max(1.0)).min(1000.0);
        let (from, to) = ((low / step).floor() * step, round_up_to(high, step));
        // Round decades may leave much of the axis empty: then whole years.
        if low - from > span / 5.0 || to - high > span / 5.0 {
            (low.floor(), round_up_to(high, 1.0))
        } else {
            (from, to)
        }
    } else {
        let year = low.floor() as i32;
        let months =
            || (year..year + 5).flat_map(|year| (1..=12).map(move |m| month_start_year(year, m)));
        let before = months().rfind(|start| *start <= low + 1e-6);
        let after = months().find(|start| *start >= high - 1e-6);
        let (from, to) = (before.unwrap_or(low.floor()), after.unwrap_or(high.ceil()));
        // The instant of a single date says nothing of how long the axis should be.
        match span > 0.0 && (low - from) + (to - high) > span {
            true => (day_start_year(low, false), day_start_year(high, true)),
            false => (from, to),
        }
    };
    // No year zero before the years that are named, unless there are years BCE.
    let first = if low < 1.0 { -9_999.0 } else { 1.0 };
    let from = from.clamp(first, 10_000.0);
    if to > from {
        (from, to)
    } else {
        (from, from + 1.0)
    }
}

/// Where the day begins in which an instant lies, or where the day after it does; both in years
/// with a fraction.
fn day_start_year(at_year: f64, after: bool) -> f64 {
    let year = at_year.floor().clamp(-9_999.0, 9_999.0);
    let Some(whole) = Date::of_year(year as i16) else {
        return at_year;
    };
    let first = whole.first_day_number();
    let days = (whole.last_day_number() - first + 1) as f64;
    let day = (at_year - year) * days;
    // The instants at which days begin are rounded.
    let day = match after {
        true => (day - 1e-3).ceil(),
        false => (day + 1e-3).floor(),
    };
    if day >= days {
        return year + 1.0;
    }
    Date::from_day_number(first + day as i64).start_decimal_year()
}

/// Where a month begins, as a year with a fraction.
fn month_start_year(year: i32, month: u8) -> f64 {
    let date = i16::try_from(year)
        .ok()
        .and_then(|year| Date::of_day(year, month, 1));
    date.map_or(f64::from(year), |date| date.start_decimal_year())
}

/// Whether a year on an axis is named where every so many are: the years BCE by their own count,
/// which begins at 1 BCE, the year 0 of the axis.
pub fn is_round_year(year: i32, every: i32) -> bool {
    let count = if year < 1 { 1 - year } else { year };
    count % every.max(1) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_end_on_round_numbers_and_are_never_empty() {
        assert_eq!(nice_range(0.0, 28_500.0), (0.0, 30_000.0));
        assert_eq!(nice_range(3.0, 3.0), (0.0, 3.0));
        assert_eq!(nice_range(-7.0, -7.0), (-8.0, 0.0));
        assert_eq!(nice_range(0.0, 0.0), (0.0, 1.0));
        let (from, to) = nice_range(1e-9, 3.4e-9);
        assert!(from > 0.999e-9 && (to - 3.5e-9).abs() < 1e-15);
        let (from, to) = nice_range(-1.7e308, 1.7e308);
        assert!(from.is_finite() && to.is_finite() && from < to);
        assert_eq!(nice_log_range(28_500.0, 140e9), (10_000.0, 1e12));
        assert_eq!(nice_log_range(30.0, 70.0), (20.0, 100.0));
        assert_eq!(nice_log_range(5.0, 5.0), (2.5, 10.0));
    }

    #[test]
    fn ends_are_whole_years_or_months() {
        assert_eq!(nice_date_range(1953.8, 2024.9), (1950.0, 2030.0));
        assert_eq!(nice_date_range(2021.0, 2024.0), (2021.0, 2024.0));
        assert_eq!(nice_date_range(2023.0, 2023.0), (2023.0, 2024.0));
        let day = |text: &str| Date::parse(text).unwrap().start_decimal_year();
        assert_eq!(
            nice_date_range(2023.86, 2024.02),
            (day("2023-11-01"), day("2024-02-01"))
        );
        assert_eq!(nice_date_range(1.0, 10_000.0), (1.0, 10_000.0));
        // Days in the middle of two months, and at the end of a year.
        let noon = |text: &str| {
            let date = Date::parse(text).unwrap();
            (date.start_decimal_year() + date.end_decimal_year()) / 2.0
        };
        assert_eq!(
            nice_date_range(noon("2024-02-28"), noon("2024-03-01")),
            (day("2024-02-28"), day("2024-03-02"))
        );
        assert_eq!(
            nice_date_range(day("2023-12-30"), noon("2023-12-31")),
            (day("2023-12-30"), day("2024-01-01"))
        );
    }
}
