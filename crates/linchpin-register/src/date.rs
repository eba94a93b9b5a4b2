//! Dates as statements give them: to the day, the month, the year or the decade; how they are
//! written, read and counted.

use super::FieldType;
use super::messages::{Problem, QUOTE_DATE_FIX, write_fix};
use super::schema::{PathStep, SchemaField, VisitFn, Visitable, VisitedValue};
use jiff::{Timestamp, ToSpan as _, civil, tz::Offset};
pub use linchpin_text::prose::numbers::MONTHS;
use ron_lossless::{Decode, Decoder, NodeId, SourceChange, TextEdit};
use serde::{Serialize, Serializer};
use std::fmt;

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePrecision {
    Decade,
    Year,
    Month,
    Day,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    text: String,
    kind: DateErrorKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum DateErrorKind {
    /// It is written in another way.
    Syntax,
    Decade,
    Month(u16),
    /// The month, with so many days.
    Day(Date, u16),
}

impl std::error::Error for DateError {}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a date", truncate_text(&self.text))?;
        match &self.kind {
            DateErrorKind::Syntax => Ok(()),
            DateErrorKind::Decade => f.write_str(": a decade ends in 0, such as 1950s"),
            DateErrorKind::Month(month) => write!(f, ": there is no month {month}"),
            DateErrorKind::Day(month, last) => {
                write!(f, ": {} has {last} days", month.to_long_form())
            }
        }
    }
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

/// The months as they are printed.
const MONTH_NAMES: [&str; 12] = [
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

/// The day from which days are counted.
const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Date {
    /// Reads a date as the file writes it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let number = |s: &str, digits: usize| {
            (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit()))
                .then(|| s.parse::<u16>().ok())
                .flatten()
        };
        let error = |kind| DateError {
            text: text.to_owned(),
            kind,
        };
        // Digits are counted: "2023-1-2" and "23-11" could be read in two ways, and are refused.
        let syntax_error = || error(DateErrorKind::Syntax);
        let (year, is_decade) = match text.strip_suffix('s') {
            Some(decade) => (decade, true),
            None => (text.split('-').next().unwrap_or_default(), false),
        };
        let year = number(year, 4).filter(|y| *y > 0);
        let mut date = Date {
            year: year.ok_or_else(syntax_error)?,
            month: 1,
            day: 1,
            precision: DatePrecision::Year,
        };
        if is_decade {
            date.precision = DatePrecision::Decade;
            return match date.year % 10 {
                0 => Ok(date),
                _ => Err(error(DateErrorKind::Decade)),
            };
        }
        let mut parts = text.split('-').skip(1);
        if let Some(month) = parts.next() {
            let month = number(month, 2).ok_or_else(syntax_error)?;
            if !(1..=12).contains(&month) {
                return Err(error(DateErrorKind::Month(month)));
            }
            (date.month, date.precision) = (month as u8, DatePrecision::Month);
        }
        if let Some(day) = parts.next() {
            let day = number(day, 2).ok_or_else(syntax_error)?;
            let last = date.first_day().days_in_month() as u16;
            if !(1..=last).contains(&day) {
                return Err(error(DateErrorKind::Day(date, last)));
            }
            (date.day, date.precision) = (day as u8, DatePrecision::Day);
        }
        match parts.next() {
            Some(_) => Err(syntax_error()),
            None => Ok(date),
        }
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
        match self.precision {
            DatePrecision::Decade => format!("the {:04}s", self.year),
            DatePrecision::Year => format!("{:04}", self.year),
            DatePrecision::Month => format!("{} {:04}", self.month_name(), self.year),
            DatePrecision::Day => format!("{} {} {:04}", self.day, self.month_name(), self.year),
        }
    }

    /// "November"
    pub fn month_name(&self) -> &'static str {
        let index = usize::from(self.month).saturating_sub(1);
        MONTH_NAMES.get(index).copied().unwrap_or_default()
    }

    /// First instant as a year with a fraction, for a time axis.
    pub fn start_decimal_year(&self) -> f64 {
        let first = self.first_day();
        let before = f64::from(first.day_of_year() - 1);
        f64::from(self.year) + before / f64::from(first.days_in_year())
    }

    /// The instant after the last one that the date may mean, as a year with a fraction.
    pub fn end_decimal_year(&self) -> f64 {
        match self.precision {
            DatePrecision::Decade => f64::from(self.year) + 10.0,
            DatePrecision::Year => f64::from(self.year) + 1.0,
            // A year of average length: that the end of December is not quite that of the year is
            // seen by nobody, and places on an axis stay where they have been.
            DatePrecision::Month => {
                self.start_decimal_year() + f64::from(self.first_day().days_in_month()) / 365.25
            }
            DatePrecision::Day => self.start_decimal_year() + 1.0 / 365.25,
        }
    }

    /// The first day that the date may mean.
    fn first_day(&self) -> civil::Date {
        let (year, month, day) = (self.year as i16, self.month as i8, self.day as i8);
        // The fields are public; what is no day counts as the year 0.
        civil::Date::new(year, month, day).unwrap_or(civil::Date::ZERO)
    }

    /// The first day that the date may mean, counted from 1 January 1970.
    pub fn first_day_number(&self) -> i64 {
        day_number(self.first_day())
    }

    /// The last day that the date may mean, counted from 1 January 1970.
    pub fn last_day_number(&self) -> i64 {
        let first = self.first_day();
        day_number(match self.precision {
            DatePrecision::Day => first,
            DatePrecision::Month => first.last_of_month(),
            DatePrecision::Year => first.last_of_year(),
            DatePrecision::Decade => first.saturating_add(9.years()).last_of_year(),
        })
    }

    /// Today by the clock of the system, in UTC.
    pub fn today() -> Date {
        Date::of_day(Offset::UTC.to_datetime(Timestamp::now()).date())
    }

    /// The day so many days after 1 January 1970, or the nearest in the years 1 to 9999.
    pub fn from_day_number(days: i64) -> Date {
        let first = day_number(civil::date(1, 1, 1));
        let days = days.clamp(first, day_number(civil::Date::MAX));
        Date::of_day(EPOCH.saturating_add(days.days()))
    }

    fn of_day(day: civil::Date) -> Date {
        Date {
            year: day.year() as u16,
            month: day.month() as u8,
            day: day.day() as u8,
            precision: DatePrecision::Day,
        }
    }
}

fn day_number(day: civil::Date) -> i64 {
    i64::from((day - EPOCH).get_days())
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
            let code = date.to_code();
            let fix = d.is_whole(node).then(|| {
                let edits = vec![TextEdit::new(d.span(node), format!("\"{code}\""))];
                SourceChange::new(QUOTE_DATE_FIX, edits)
            });
            let problem = Problem::UnquotedDate { code: &code }.at(d.span(node));
            d.report(problem.with_fix_if_any(fix.flatten()));
            return None;
        }
        let text = String::decode(d, node)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                let problem = Problem::BadDate { error: &error }.at(d.span(node));
                let meant = parse_written_date(&text).or(Date::parse(text.trim()).ok());
                d.report(match meant {
                    Some(date) => {
                        let right = format!("\"{}\"", date.to_code());
                        problem.with_fix(write_fix(&right), d.span(node), right)
                    }
                    None => problem,
                });
                None
            }
        }
    }
}

impl Visitable for Date {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        visit(path, VisitedValue::Date(*self));
    }
}

impl SchemaField for Date {
    const SHAPE: &'static str = "date";
    const FIELD_TYPE: FieldType = FieldType::Date;
}

/// The date that `text` surely means, as exact as it says. `None` where it could be read in two
/// ways, as "03/04/2023" can.
pub fn parse_written_date(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("the ").unwrap_or(&text);
    if text.len() > 40 {
        return None;
    }
    parse_decade(text)
        .or_else(|| parse_korean_date(text))
        .or_else(|| parse_numeric_date(text))
        .or_else(|| parse_month_name_date(text))
}

/// "1950's"
fn parse_decade(text: &str) -> Option<Date> {
    let year = text.strip_suffix("'s").or(text.strip_suffix("’s"));
    let year = year.or(text.strip_suffix('s'))?;
    Date::parse(&format!("{year}s")).ok()
}

fn parse_korean_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('년')?;
    let rest = rest.trim();
    if rest.is_empty() {
        return build_date(year, None, None);
    }
    let (month, rest) = rest.split_once('월')?;
    match rest.trim() {
        "" => build_date(year, Some(month), None),
        rest => build_date(year, Some(month), Some(rest.strip_suffix('일')?.trim())),
    }
}

/// "2023/11/13", "2023.11.13", "2023-1-2", "13.11.2023", "11/13/2023"
fn parse_numeric_date(text: &str) -> Option<Date> {
    let separator = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let text = match separator {
        // "2023. 11. 13."
        '.' => text.strip_suffix('.').unwrap_or(text),
        _ => text,
    };
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    match parts.as_slice() {
        [year, month] if year.len() == 4 => build_date(year, Some(month), None),
        [month, year] if year.len() == 4 && separator != '-' => build_date(year, Some(month), None),
        [year, month, day] if year.len() == 4 => build_date(year, Some(month), Some(day)),
        // Europe writes the day first, the United States the month: only where one of the two
        // cannot be a month, or both are the same, is it sure which is which.
        [a, b, year] if year.len() == 4 => {
            let (first, second) = (a.parse::<u8>().ok()?, b.parse::<u8>().ok()?);
            match (first > 12, second > 12) {
                (true, false) => build_date(year, Some(b), Some(a)),
                (false, true) => build_date(year, Some(a), Some(b)),
                (false, false) if first == second => build_date(year, Some(a), Some(b)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// "13 November 2023", "November 13th, 2023", "Nov 2023"
fn parse_month_name_date(text: &str) -> Option<Date> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    let words: Vec<&str> = words.filter(|w| !w.is_empty() && *w != "of").collect();
    let month = |word: &str| {
        let is_name = |name: &&str| {
            (word.len() >= 3 && name.starts_with(word))
                || (word == "sept" && **name == *"september")
        };
        let at = MONTHS.iter().position(is_name)?;
        Some((at + 1).to_string())
    };
    match words.as_slice() {
        [name, year] => build_date(year, Some(&month(name)?), None),
        [a, b, year] if year.len() == 4 => {
            let (name, day) = match month(a) {
                Some(name) => (name, b),
                None => (month(b)?, a),
            };
            build_date(year, Some(&name), Some(strip_ordinal_suffix(day)))
        }
        [year, name, day] if year.len() == 4 => {
            build_date(year, Some(&month(name)?), Some(strip_ordinal_suffix(day)))
        }
        _ => None,
    }
}

/// "13th" without its ending.
fn strip_ordinal_suffix(day: &str) -> &str {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| day.strip_suffix(end))
        .unwrap_or(day)
}

fn build_date(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Date> {
    let mut code = year.trim().to_owned();
    for part in [month, day].into_iter().flatten() {
        let part = part.trim();
        if part.len() > 2 {
            return None;
        }
        code.push_str(&format!("-{part:0>2}"));
    }
    Date::parse(&code).ok()
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
    fn years_have_four_digits() {
        for (code, words) in [
            ("0950", "0950"),
            ("0950s", "the 0950s"),
            ("0950-03", "March 0950"),
            ("0007-03-01", "1 March 0007"),
            ("1953", "1953"),
        ] {
            assert_eq!(Date::parse(code).unwrap().to_long_form(), words);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = |text| Date::parse(text).unwrap_err().to_string();
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

    #[test]
    fn dates_in_words_are_understood() {
        for (text, right) in [
            ("13 November 2023", "2023-11-13"),
            ("Nov. 13, 2023", "2023-11-13"),
            ("November 13th, 2023", "2023-11-13"),
            ("the 1st of October 1953", "1953-10-01"),
            ("2023 November 13", "2023-11-13"),
            ("13-Nov-2023", "2023-11-13"),
            ("Sept 2023", "2023-09"),
            ("November 2023", "2023-11"),
            ("2023/11/13", "2023-11-13"),
            ("2023.11.13", "2023-11-13"),
            ("2023. 11. 3.", "2023-11-03"),
            ("2023-1-2", "2023-01-02"),
            ("2023/7", "2023-07"),
            ("7/2023", "2023-07"),
            ("13.11.2023", "2023-11-13"),
            ("11/13/2023", "2023-11-13"),
            ("04/04/2023", "2023-04-04"),
            ("2023년 11월 13일", "2023-11-13"),
            ("2023년 1월", "2023-01"),
            ("2023년", "2023"),
            ("the 1950s", "1950s"),
            ("1950's", "1950s"),
            (" 2023 ", "2023"),
        ] {
            let date = parse_written_date(text).or(Date::parse(text.trim()).ok());
            assert_eq!(date.map(|d| d.to_code()).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_dates_or_none_is_left_alone() {
        for text in [
            "03/04/2023",
            "3.4.2023",
            "13/11/23",
            "31 November 2023",
            "30.02.2023",
            "yesterday",
            "November",
            "Ma 2023",
            "13 13 2023",
            "2023-13",
            "around 2023",
            "2023-2024",
            "",
            "/",
        ] {
            assert_eq!(parse_written_date(text), None, "{text}");
        }
    }

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
