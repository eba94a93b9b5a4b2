//! From places on a time axis back to the dates that they stand for.

use linchpin_register::{Date, DatePrecision};

/// The length of a day on a time axis, in years.
const DAY_IN_YEARS: f64 = 1.0 / 365.25;

/// The date that reaches from the one place to the other, as exact as it was stated; `None` where
/// the two are no one date.
pub(super) fn date_between(from_year: f64, to_year: f64) -> Option<Date> {
    // A quarter of a day inside, and half a day at the end: the fractions are rounded, and the
    // instant at which a day begins may come out as the day before.
    let first = day_at(from_year + 0.25 * DAY_IN_YEARS)?;
    let last = day_at(to_year - 0.5 * DAY_IN_YEARS)?;
    let length = to_year - from_year;
    let begins_month = first.day == 1;
    let begins_year = begins_month && first.month == 1;
    let precision = if length < 1.5 * DAY_IN_YEARS {
        DatePrecision::Day
    } else if begins_year && (length - 1.0).abs() < DAY_IN_YEARS {
        DatePrecision::Year
    } else if begins_year && first.year.is_multiple_of(10) && (length - 10.0).abs() < DAY_IN_YEARS {
        DatePrecision::Decade
    } else if begins_month
        && (first.year, first.month) == (last.year, last.month)
        && last.day == days_in(last.year, last.month)
    {
        DatePrecision::Month
    } else {
        return None;
    };
    Some(Date { precision, ..first })
}

/// The first and the last day between two places.
pub(super) fn first_and_last_day(from_year: f64, to_year: f64) -> Option<(Date, Date)> {
    let first = day_at(from_year + 0.25 * DAY_IN_YEARS)?;
    let last = day_at((to_year - 0.5 * DAY_IN_YEARS).max(from_year + 0.25 * DAY_IN_YEARS))?;
    Some((first, last))
}

/// The day in which a place lies; `None` outside of the years 1 to 9999.
fn day_at(at_year: f64) -> Option<Date> {
    if !(1.0..10_000.0).contains(&at_year) {
        return None;
    }
    let year = at_year.floor() as u16;
    let in_year: u16 = (1..=12).map(|month| u16::from(days_in(year, month))).sum();
    let mut left = ((at_year - at_year.floor()) * f64::from(in_year)).floor() as u16;
    left = left.min(in_year - 1);
    for month in 1..=12 {
        let days = u16::from(days_in(year, month));
        if left < days {
            return Some(Date {
                year,
                month,
                day: left as u8 + 1,
                precision: DatePrecision::Day,
            });
        }
        left -= days;
    }
    None
}

fn days_in(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_comes_back_from_its_place() {
        let mut texts: Vec<String> = vec!["1950s".into(), "0001".into(), "9999-12-31".into()];
        for year in [1900, 1953, 2000, 2023, 2024] {
            texts.push(format!("{year}"));
            for month in 1..=12 {
                texts.push(format!("{year}-{month:02}"));
                for day in 1..=days_in(year, month) {
                    texts.push(format!("{year}-{month:02}-{day:02}"));
                }
            }
        }
        for text in texts {
            let stated = Date::parse(&text).unwrap();
            let back = date_between(stated.start_decimal_year(), stated.end_decimal_year());
            assert_eq!(back.map(|d| d.to_code()), Some(text));
        }
    }

    #[test]
    fn a_span_of_days_has_two_ends() {
        let from = Date::parse("2023-02-27").unwrap();
        let to = Date::parse("2024-02-29").unwrap();
        assert_eq!(
            date_between(from.start_decimal_year(), to.end_decimal_year()),
            None
        );
        let (first, last) =
            first_and_last_day(from.start_decimal_year(), to.end_decimal_year()).unwrap();
        assert_eq!(
            (first.to_code(), last.to_code()),
            (from.to_code(), to.to_code())
        );
        assert_eq!(first_and_last_day(f64::NAN, 2.0), None);
        assert_eq!(first_and_last_day(-5.0, 20_000.0), None);
    }
}
