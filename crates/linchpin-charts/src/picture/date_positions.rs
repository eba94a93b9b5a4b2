//! From places on a time axis back to the dates that they stand for.

use linchpin_register::{CalendarDate, Date, DatePrecision};

/// The length of a day on a time axis, in years.
const DAY_IN_YEARS: f64 = 1.0 / 365.25;

/// The date that reaches from the one place to the other, as exact as it was stated; `None` where
/// the two are no one date.
pub(super) fn date_between(from_year: f64, to_year: f64) -> Option<Date> {
    let (first, last) = first_and_last_day(from_year, to_year)?;
    let day = first.single()?;
    let is_begun = |precision| match precision {
        DatePrecision::Day => true,
        DatePrecision::Month => day.day == 1,
        DatePrecision::Year => (day.month, day.day) == (1, 1),
        // A decade before the year 1 has no notation, a quarter is stated as such or not at all.
        DatePrecision::Decade => {
            (day.month, day.day) == (1, 1) && day.year > 0 && day.year % 10 == 0
        }
        DatePrecision::Half | DatePrecision::Quarter => false,
    };
    let precisions = [
        DatePrecision::Day,
        DatePrecision::Month,
        DatePrecision::Year,
        DatePrecision::Decade,
    ];
    let dates = precisions
        .into_iter()
        .filter(|precision| is_begun(*precision));
    dates
        .map(|precision| Date::Single(CalendarDate { precision, ..day }))
        .find(|date| date.last_day_number() == last.last_day_number())
}

/// The first and the last day between two places.
pub(super) fn first_and_last_day(from_year: f64, to_year: f64) -> Option<(Date, Date)> {
    // A quarter of a day inside, and half a day at the end: the fractions are rounded, and the
    // instant at which a day begins may come out as the day before.
    let inside = from_year + 0.25 * DAY_IN_YEARS;
    let first = Date::at_decimal_year(inside)?;
    let last = Date::at_decimal_year((to_year - 0.5 * DAY_IN_YEARS).max(inside))?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_comes_back_from_its_place() {
        let mut texts: Vec<String> = vec!["1950s".into(), "0001".into(), "9999-12-31".into()];
        for year in ["-0431", "0000", "1900", "1953", "2000", "2023", "2024"] {
            texts.push(year.into());
            for month in 1..=12 {
                texts.push(format!("{year}-{month:02}"));
                for day in 1..=31 {
                    let text = format!("{year}-{month:02}-{day:02}");
                    texts.extend(Date::parse(&text).is_ok().then_some(text));
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
        assert_eq!(first_and_last_day(-10_005.0, 20_000.0), None);
    }
}
