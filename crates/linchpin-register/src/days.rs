//! Dates as days that can be counted.

use super::date::{Date, DatePrecision, days_in_month};

impl Date {
    /// The first day that the date may mean, counted from 1 January 1970.
    pub fn first_day_number(&self) -> i64 {
        civil_day_number(self.year, self.month, self.day)
    }

    /// The last day that the date may mean, counted from 1 January 1970.
    pub fn last_day_number(&self) -> i64 {
        match self.precision {
            DatePrecision::Day => self.first_day_number(),
            DatePrecision::Month => {
                civil_day_number(self.year, self.month, days_in_month(self.year, self.month))
            }
            DatePrecision::Year => civil_day_number(self.year, 12, 31),
            DatePrecision::Decade => civil_day_number(self.year.saturating_add(9), 12, 31),
        }
    }

    /// Today by the clock of the system, in UTC.
    pub fn today() -> Date {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Date::from_day_number(since.map_or(0, |s| (s.as_secs() / 86_400) as i64))
    }

    /// The day so many days after 1 January 1970, or the nearest in the years 1 to 9999.
    pub fn from_day_number(days: i64) -> Date {
        // Counted in eras of 400 years that begin on 1 March, so that the leap day is a year's
        // last.
        let days = days.clamp(-719_162, 2_932_896) + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Date {
            year: (era * 400 + year + i64::from(month <= 2)) as u16,
            month: month as u8,
            day: (of_year - (153 * from_march + 2) / 5 + 1) as u8,
            precision: DatePrecision::Day,
        }
    }
}

fn civil_day_number(year: u16, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_a_date() {
        let today = Date::today().to_code();
        assert!(Date::parse(&today).is_ok(), "{today}");
    }

    #[test]
    fn days_are_counted_both_ways() {
        for (days, code) in [
            (-719_162, "0001-01-01"),
            (-1, "1969-12-31"),
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_723, "2024-01-01"),
            (20_088, "2024-12-31"),
            (2_932_896, "9999-12-31"),
        ] {
            let date = Date::parse(code).unwrap();
            assert_eq!(
                (date.first_day_number(), date.last_day_number()),
                (days, days),
                "{code}"
            );
            assert_eq!(Date::from_day_number(days), date);
        }
        let span = |code| {
            let date = Date::parse(code).unwrap();
            date.last_day_number() - date.first_day_number() + 1
        };
        assert_eq!(
            [span("2024-02"), span("2023"), span("2020s")],
            [29, 365, 3653]
        );
    }
}
