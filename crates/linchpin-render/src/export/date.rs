//! Seconds since 1970 as a calendar date, for the metadata.

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl Moment {
    /// `None` outside of the years 0 to 9999, which no file format can write.
    pub fn from_unix(seconds: i64) -> Option<Moment> {
        let of_day = seconds.rem_euclid(86_400);
        // Counted from 1 March of year 0, a leap day is the last day of its year and needs no
        // exception.
        let days = seconds.div_euclid(86_400).checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let (month, next_year) = if month_from_march < 10 {
            (month_from_march + 3, 0)
        } else {
            (month_from_march - 9, 1)
        };
        let year = era * 400 + year_of_era + next_year;
        Some(Moment {
            year: u16::try_from(year).ok().filter(|year| *year <= 9_999)?,
            month: month as u8,
            day: day as u8,
            hour: (of_day / 3_600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
        })
    }

    /// As ISO 8601 writes it: `2023-11-13T09:30:00Z`.
    pub fn iso(self) -> String {
        let Moment {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        let iso = |seconds| Moment::from_unix(seconds).map(Moment::iso);
        assert_eq!(iso(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(iso(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(iso(1_699_867_845).as_deref(), Some("2023-11-13T09:30:45Z"));
        assert_eq!(iso(-1).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(iso(-512_438_400).as_deref(), Some("1953-10-06T00:00:00Z"));
    }

    #[test]
    fn moments_beyond_four_digit_years_are_left_out() {
        assert_eq!(Moment::from_unix(i64::MAX), None);
        assert_eq!(Moment::from_unix(i64::MIN), None);
        assert_eq!(Moment::from_unix(253_402_300_800), None);
    }
}
