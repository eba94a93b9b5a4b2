//! What day it is.

use crate::register::{Date, Precision};
use std::time::SystemTime;

/// Today by the clock of the system, in Greenwich.
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    day(since.map_or(0, |s| s.as_secs() / 86_400))
}

/// The day so many days after 1 January 1970.
fn day(days: u64) -> Date {
    // Counted in eras of 400 years that begin on 1 March, so that the leap day is a year's last.
    let days = days.min(2_900_000) + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    Date {
        year: (era * 400 + year + u64::from(month <= 2)) as u16,
        month: month as u8,
        day: (of_year - (153 * from_march + 2) / 5 + 1) as u8,
        precision: Precision::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_through_leap_years() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_723, "2024-01-01"),
            (20_088, "2024-12-31"),
        ] {
            assert_eq!(day(days).code(), date);
        }
        let today = today().code();
        assert!(Date::parse(&today).is_ok(), "{today}");
    }
}
