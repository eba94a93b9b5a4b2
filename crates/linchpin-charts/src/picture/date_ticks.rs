//! Ticks of an axis of dates: years, months or days, whatever tells them apart.

use super::nice::{MAX_TICKS, Tick};
use linchpin_register::{Date, DatePrecision, MONTHS};

/// Between two ticks.
#[derive(Clone, Copy)]
enum TickInterval {
    Years(i32),
    Months(u8),
    /// Days of the month after the first that are named too.
    Days(&'static [u8]),
}

const TICK_INTERVALS: [TickInterval; 19] = [
    TickInterval::Days(&[
        2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
        27, 28, 29, 30, 31,
    ]),
    TickInterval::Days(&[3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]),
    TickInterval::Days(&[5, 10, 15, 20, 25]),
    TickInterval::Days(&[10, 20]),
    TickInterval::Months(1),
    TickInterval::Months(3),
    TickInterval::Months(6),
    TickInterval::Years(1),
    TickInterval::Years(2),
    TickInterval::Years(5),
    TickInterval::Years(10),
    TickInterval::Years(20),
    TickInterval::Years(50),
    TickInterval::Years(100),
    TickInterval::Years(200),
    TickInterval::Years(500),
    TickInterval::Years(1000),
    TickInterval::Years(2000),
    TickInterval::Years(5000),
];

/// Sets of ticks from a year to a year, the closest together first; each has at least one.
pub(super) fn date_tick_sets(from: f64, to: f64) -> Vec<Vec<Tick>> {
    if !(from.is_finite() && to > from && to < 1e6 && from > -1e6) {
        return Vec::new();
    }
    let sets = TICK_INTERVALS.iter().filter_map(|step| {
        // Estimated first: days over ten thousand years would be millions of ticks, made only to be thrown
        // away.
        let about = (to - from)
            * match step {
                TickInterval::Years(years) => 1.0 / f64::from(*years),
                TickInterval::Months(months) => 12.0 / f64::from(*months),
                TickInterval::Days(days) => 12.0 * (days.len() + 1) as f64,
            };
        (about < MAX_TICKS as f64 + 2.0).then(|| ticks_at_interval(*step, from, to))
    });
    sets.filter(|set| !set.is_empty()).collect()
}

fn ticks_at_interval(step: TickInterval, from: f64, to: f64) -> Vec<Tick> {
    let within = |value: f64| value >= from - 1e-6 && value <= to + 1e-6;
    let (first, last) = (from.floor() as i32, to.floor() as i32);
    if let TickInterval::Years(every) = step {
        let start = (first - 1).div_euclid(every) * every;
        return (start..=last)
            .step_by(every.unsigned_abs() as usize)
            .map(|year| Tick {
                value: f64::from(year),
                label: year.to_string().into(),
            })
            .filter(|tick| within(tick.value) && tick.value >= 1.0)
            .collect();
    }
    let mut ticks: Vec<Tick> = Vec::new();
    for year in first.max(1)..=last.min(10_000) {
        for month in 1..=12_u8 {
            let days: &[u8] = match step {
                TickInterval::Days(days) => days,
                _ => &[],
            };
            if let TickInterval::Months(every) = step
                && (month - 1) % every != 0
            {
                continue;
            }
            for day in [1].iter().chain(days) {
                let Some(value) = day_start_year(year, month, *day).filter(|value| within(*value))
                else {
                    continue;
                };
                let label = date_label(step, ticks.is_empty(), year, month, *day);
                ticks.push(Tick {
                    value,
                    label: label.into(),
                });
            }
        }
    }
    ticks
}

/// The first instant of a day; `None` where there is no such day.
fn day_start_year(year: i32, month: u8, day: u8) -> Option<f64> {
    if year == 10_000 {
        return (month == 1 && day == 1).then_some(10_000.0);
    }
    let date = Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()?;
    debug_assert_eq!(date.precision, DatePrecision::Day);
    Some(date.start_decimal_year())
}

/// A month or a day, and below it what it belongs to, where that begins.
fn date_label(step: TickInterval, is_first: bool, year: i32, month: u8, day: u8) -> String {
    let name = MONTHS.get(usize::from(month) - 1).copied().unwrap_or("");
    let mut short: String = name.chars().take(3).collect();
    if let Some(initial) = short.get_mut(..1) {
        initial.make_ascii_uppercase();
    }
    match step {
        TickInterval::Days(_) if is_first || (month == 1 && day == 1) => {
            format!("{day}\n{short} {year}")
        }
        TickInterval::Days(_) if day == 1 => format!("{day}\n{short}"),
        TickInterval::Days(_) => day.to_string(),
        _ if is_first || month == 1 => format!("{short}\n{year}"),
        _ => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(set: &[Tick]) -> Vec<String> {
        set.iter().map(|tick| tick.label.to_string()).collect()
    }

    #[test]
    fn years_months_and_days_are_named_by_what_changes() {
        let years = date_tick_sets(2009.0, 2026.0);
        assert_eq!(labels(years.last().unwrap()), ["2020"]);
        let fives = years.iter().find(|set| set.len() == 4).unwrap();
        assert_eq!(labels(fives), ["2010", "2015", "2020", "2025"]);
        let months = date_tick_sets(2023.49, 2024.5);
        let quarters = months.iter().find(|set| set.len() == 5).unwrap();
        assert_eq!(
            labels(quarters),
            ["Jul\n2023", "Oct", "Jan\n2024", "Apr", "Jul"]
        );
        let days = date_tick_sets(2023.0 + 300.0 / 365.0, 2023.0 + 320.0 / 365.0);
        assert_eq!(days[0][0].label, "28\nOct 2023");
        assert_eq!(days[0][4].label, "1\nNov");
    }

    #[test]
    fn the_whole_calendar_has_ticks_and_no_year_zero() {
        let sets = date_tick_sets(1.0, 10_000.0);
        assert!(sets.iter().all(|set| set.len() <= MAX_TICKS + 1));
        assert!(sets.iter().flatten().all(|tick| tick.value >= 1.0));
        assert_eq!(labels(sets.last().unwrap()), ["5000", "10000"]);
        assert_eq!(date_tick_sets(f64::NAN, 3.0), Vec::<Vec<Tick>>::new());
        assert_eq!(date_tick_sets(5.0, 5.0), Vec::<Vec<Tick>>::new());
    }
}
