//! Dates as statements give them: to the day, the month, the year or the decade.

use super::Form;
use super::codes;
use super::date_words::date_in_words;
use super::declare::{Field, PathStep, Visit, Walk};
use ron_lossless::{Decode, Decoder, Diagnostic, NodeId, SourceChange, TextEdit};
use serde::{Serialize, Serializer};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Decade,
    Year,
    Month,
    Day,
}

/// A date in the proleptic Gregorian calendar, years 1 to 9999. Written "2023-11-13", "2023-11",
/// "2023" or "1950s".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    /// 1 to 12; 1 where the date is not that exact.
    pub month: u8,
    /// 1 to 31; 1 where the date is not that exact.
    pub day: u8,
    pub precision: Precision,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// Reads a date as the file writes it.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Date, String> {
        let number = |s: &str, digits: usize| {
            (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit()))
                .then(|| s.parse::<u16>().ok())
                .flatten()
        };
        let form = || format!("\"{}\" is not a date", shorten(text));
        if let Some(decade) = text.strip_suffix('s') {
            let year = number(decade, 4).filter(|y| *y > 0).ok_or_else(form)?;
            if year % 10 != 0 {
                return Err(format!(
                    "\"{text}\" is not a date: a decade ends in 0, such as 1950s"
                ));
            }
            return Ok(Date {
                year,
                month: 1,
                day: 1,
                precision: Precision::Decade,
            });
        }
        let parts: Vec<&str> = text.split('-').collect();
        let year = number(parts[0], 4).filter(|y| *y > 0).ok_or_else(form)?;
        let mut date = Date {
            year,
            month: 1,
            day: 1,
            precision: Precision::Year,
        };
        if let Some(month) = parts.get(1) {
            let month = number(month, 2).ok_or_else(form)?;
            if !(1..=12).contains(&month) {
                return Err(format!(
                    "\"{text}\" is not a date: there is no month {month}"
                ));
            }
            date = Date {
                month: month as u8,
                precision: Precision::Month,
                ..date
            };
        }
        if let Some(day) = parts.get(2) {
            let day = number(day, 2).ok_or_else(form)?;
            let last = days_in(year, date.month);
            if day < 1 || day > u16::from(last) {
                return Err(format!(
                    "\"{text}\" is not a date: {} {year} has {last} days",
                    MONTHS[usize::from(date.month) - 1]
                ));
            }
            date = Date {
                day: day as u8,
                precision: Precision::Day,
                ..date
            };
        }
        if parts.len() > 3 {
            return Err(form());
        }
        Ok(date)
    }

    /// The date as the file writes it.
    pub fn code(&self) -> String {
        match self.precision {
            Precision::Decade => format!("{:04}s", self.year),
            Precision::Year => format!("{:04}", self.year),
            Precision::Month => format!("{:04}-{:02}", self.year, self.month),
            Precision::Day => format!("{:04}-{:02}-{:02}", self.year, self.month, self.day),
        }
    }

    /// The date in words: "13 November 2023", "November 2023", "2023", "the 1950s".
    pub fn words(&self) -> String {
        let month = MONTHS[usize::from(self.month) - 1];
        match self.precision {
            Precision::Decade => format!("the {}s", self.year),
            Precision::Year => self.year.to_string(),
            Precision::Month => format!("{month} {}", self.year),
            Precision::Day => format!("{} {month} {}", self.day, self.year),
        }
    }

    /// First instant as a year with a fraction, for a time axis.
    pub fn start_year(&self) -> f64 {
        let before: u16 = (1..self.month)
            .map(|m| u16::from(days_in(self.year, m)))
            .sum();
        let days_in_year = if days_in(self.year, 2) == 29 {
            366.0
        } else {
            365.0
        };
        f64::from(self.year) + f64::from(before + u16::from(self.day) - 1) / days_in_year
    }

    /// The instant after the last one that the date may mean, as a year with a fraction.
    pub fn end_year(&self) -> f64 {
        match self.precision {
            Precision::Decade => f64::from(self.year) + 10.0,
            Precision::Year => f64::from(self.year) + 1.0,
            Precision::Month => {
                self.start_year() + f64::from(days_in(self.year, self.month)) / 365.25
            }
            Precision::Day => self.start_year() + 1.0 / 365.25,
        }
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() > 40 {
        text.chars().take(39).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.code())
    }
}

impl Decode for Date {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let bare = d.text(node);
        // 2023-11-13 without quotes is a common slip: say how to write it rather than "not text".
        if !bare.starts_with('"')
            && let Ok(date) = Date::parse(bare)
        {
            d.report(
                Diagnostic::error(
                    d.span(node),
                    codes::BAD_DATE,
                    "This date has no quotation marks",
                )
                .with_help(format!("write \"{}\"", date.code()))
                .with_fix_if_any(
                    d.is_whole(node)
                        .then(|| {
                            let text = format!("\"{}\"", date.code());
                            let splices = vec![TextEdit::new(d.span(node), text)];
                            SourceChange::new("Put it in quotation marks", splices)
                        })
                        .flatten(),
                ),
            );
            return None;
        }
        let text = String::decode(d, node)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(wrong) => {
                let problem = Diagnostic::error(d.span(node), codes::BAD_DATE, wrong).with_help(
                    "write the year first, such as \"2023-11-13\", \"2023-11\", \"2023\" \
                            or \"1950s\", as exact as the source is",
                );
                d.report(
                    match date_in_words(&text).or(Date::parse(text.trim()).ok()) {
                        Some(date) => {
                            let right = format!("\"{}\"", date.code());
                            problem.with_fix(format!("Write {right}"), d.span(node), right)
                        }
                        None => problem,
                    },
                );
                None
            }
        }
    }
}

impl Walk for Date {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut dyn FnMut(&[PathStep], Visit<'a>)) {
        visit(path, Visit::Date(*self));
    }
}

impl Field for Date {
    const SHAPE: &'static str = "date";
    const FORM: Form = Form::Date;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_every_precision() {
        for text in [
            "2023-11-13",
            "2023-11",
            "2023",
            "1950s",
            "2024-02-29",
            "0001-01-01",
        ] {
            assert_eq!(Date::parse(text).unwrap().code(), text);
        }
        assert_eq!(Date::parse("1953-10-01").unwrap().words(), "1 October 1953");
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = |text| Date::parse(text).unwrap_err();
        assert_eq!(
            wrong("2023-02-30"),
            "\"2023-02-30\" is not a date: February 2023 has 28 days"
        );
        assert_eq!(
            wrong("2023-13"),
            "\"2023-13\" is not a date: there is no month 13"
        );
        for text in [
            "",
            "13 November 2023",
            "2023-1-1",
            "0000",
            "2023-01-01-01",
            "２０２３",
            "-2023",
            "99999",
        ] {
            assert!(wrong(text).ends_with("is not a date"), "{text}");
        }
    }

    #[test]
    fn positions_on_an_axis() {
        assert_eq!(Date::parse("2023").unwrap().start_year(), 2023.0);
        assert!(Date::parse("2023-12-31").unwrap().end_year() <= 2024.001);
        assert!(Date::parse("2023-07").unwrap().start_year() > 2023.49);
    }
}
