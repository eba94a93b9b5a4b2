//! Dates as statements give them: to the day, the month, the year or the decade.

use super::FieldType;
use super::codes;
use super::date_parsing::parse_written_date;
use super::schema::{PathStep, SchemaField, Visitable, VisitedValue};
use ron_lossless::{Decode, Decoder, Diagnostic, NodeId, SourceChange, TextEdit};
use serde::{Serialize, Serializer};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePrecision {
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
    pub precision: DatePrecision,
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

pub(super) fn days_in_month(year: u16, month: u8) -> u8 {
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
        let syntax_error = || format!("\"{}\" is not a date", truncate_text(text));
        if let Some(decade) = text.strip_suffix('s') {
            let year = number(decade, 4)
                .filter(|y| *y > 0)
                .ok_or_else(syntax_error)?;
            if year % 10 != 0 {
                return Err(format!(
                    "\"{text}\" is not a date: a decade ends in 0, such as 1950s"
                ));
            }
            return Ok(Date {
                year,
                month: 1,
                day: 1,
                precision: DatePrecision::Decade,
            });
        }
        let parts: Vec<&str> = text.split('-').collect();
        let year = number(parts[0], 4)
            .filter(|y| *y > 0)
            .ok_or_else(syntax_error)?;
        let mut date = Date {
            year,
            month: 1,
            day: 1,
            precision: DatePrecision::Year,
        };
        if let Some(month) = parts.get(1) {
            let month = number(month, 2).ok_or_else(syntax_error)?;
            if !(1..=12).contains(&month) {
                return Err(format!(
                    "\"{text}\" is not a date: there is no month {month}"
                ));
            }
            date = Date {
                month: month as u8,
                precision: DatePrecision::Month,
                ..date
            };
        }
        if let Some(day) = parts.get(2) {
            let day = number(day, 2).ok_or_else(syntax_error)?;
            let last = days_in_month(year, date.month);
            if day < 1 || day > u16::from(last) {
                return Err(format!(
                    "\"{text}\" is not a date: {} {year} has {last} days",
                    MONTHS[usize::from(date.month) - 1]
                ));
            }
            date = Date {
                day: day as u8,
                precision: DatePrecision::Day,
                ..date
            };
        }
        if parts.len() > 3 {
            return Err(syntax_error());
        }
        Ok(date)
    }

    /// The date as the file writes it.
    pub fn to_code(&self) -> String {
        match self.precision {
            DatePrecision::Decade => format!("{:04}s", self.year),
            DatePrecision::Year => format!("{:04}", self.year),
            DatePrecision::Month => format!("{:04}-{:02}", self.year, self.month),
            DatePrecision::Day => format!("{:04}-{:02}-{:02}", self.year, self.month, self.day),
        }
    }

    /// The date in words: "13 November 2023", "November 2023", "2023", "the 1950s".
    pub fn to_long_form(&self) -> String {
        let month = MONTHS[usize::from(self.month) - 1];
        match self.precision {
            DatePrecision::Decade => format!("the {}s", self.year),
            DatePrecision::Year => self.year.to_string(),
            DatePrecision::Month => format!("{month} {}", self.year),
            DatePrecision::Day => format!("{} {month} {}", self.day, self.year),
        }
    }

    /// First instant as a year with a fraction, for a time axis.
    pub fn start_decimal_year(&self) -> f64 {
        let before: u16 = (1..self.month)
            .map(|m| u16::from(days_in_month(self.year, m)))
            .sum();
        let days_in_year = if days_in_month(self.year, 2) == 29 {
            366.0
        } else {
            365.0
        };
        f64::from(self.year) + f64::from(before + u16::from(self.day) - 1) / days_in_year
    }

    /// The instant after the last one that the date may mean, as a year with a fraction.
    pub fn end_decimal_year(&self) -> f64 {
        match self.precision {
            DatePrecision::Decade => f64::from(self.year) + 10.0,
            DatePrecision::Year => f64::from(self.year) + 1.0,
            DatePrecision::Month => {
                self.start_decimal_year() + f64::from(days_in_month(self.year, self.month)) / 365.25
            }
            DatePrecision::Day => self.start_decimal_year() + 1.0 / 365.25,
        }
    }
}

fn truncate_text(text: &str) -> String {
    if text.chars().count() > 40 {
        text.chars().take(39).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.to_code())
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
                .with_help(format!("write \"{}\"", date.to_code()))
                .with_fix_if_any(
                    d.is_whole(node)
                        .then(|| {
                            let text = format!("\"{}\"", date.to_code());
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
                    match parse_written_date(&text).or(Date::parse(text.trim()).ok()) {
                        Some(date) => {
                            let right = format!("\"{}\"", date.to_code());
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

impl Visitable for Date {
    fn walk<'a>(
        &'a self,
        path: &mut Vec<PathStep>,
        visit: &mut dyn FnMut(&[PathStep], VisitedValue<'a>),
    ) {
        visit(path, VisitedValue::Date(*self));
    }
}

impl SchemaField for Date {
    const SHAPE: &'static str = "date";
    const FIELD_TYPE: FieldType = FieldType::Date;
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
            assert_eq!(Date::parse(text).unwrap().to_code(), text);
        }
        assert_eq!(
            Date::parse("1953-10-01").unwrap().to_long_form(),
            "1 October 1953"
        );
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
        assert_eq!(Date::parse("2023").unwrap().start_decimal_year(), 2023.0);
        assert!(Date::parse("2023-12-31").unwrap().end_decimal_year() <= 2024.001);
        assert!(Date::parse("2023-07").unwrap().start_decimal_year() > 2023.49);
    }
}
