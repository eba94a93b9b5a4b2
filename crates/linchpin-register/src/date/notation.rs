//! The notation of dates in a file: a part of EDTF (ISO 8601-2), and `1950s` for a decade.

use super::{CalendarDate, Date, DateCertainty, DatePrecision};
use std::fmt;

/// What EDTF writes in the place of a month for the first quarter of a year, and for its first
/// half.
pub(super) const FIRST_QUARTER: u16 = 33;
pub(super) const FIRST_HALF: u16 = 40;

/// An end of a range that nobody knows, or that is still to come.
const OPEN_END: &str = "..";

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
    DecadeBce,
    MinusZero,
    Month(u16),
    /// Its number in EDTF.
    Season(u16),
    /// The month, with so many days.
    Day(CalendarDate, u16),
    /// It ends before it begins.
    RangeOrder,
    /// An end is left empty.
    EmptyEnd,
    /// Both ends are open.
    NoEnds,
}

impl std::error::Error for DateError {}

impl DateError {
    /// Whether it is written in another way, and not merely wrong in a part.
    pub(super) fn is_syntax(&self) -> bool {
        self.kind == DateErrorKind::Syntax
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a date", truncate_text(&self.text))?;
        match &self.kind {
            DateErrorKind::Syntax => Ok(()),
            DateErrorKind::Decade => f.write_str(": a decade ends in 0, such as 1950s"),
            DateErrorKind::DecadeBce => {
                f.write_str(": a decade before the year 1 is written as a range of years")
            }
            DateErrorKind::MinusZero => f.write_str(": the year 1 BCE is written 0000"),
            DateErrorKind::Month(month) => write!(f, ": there is no month {month}"),
            DateErrorKind::Season(season) => write!(
                f,
                ": {season} is a season, which lies elsewhere on each half of the globe; write a \
                 quarter (33 to 36) or a range of months"
            ),
            DateErrorKind::Day(month, last) => {
                let month = Date::Single(*month).to_long_form();
                write!(f, ": {month} has {last} days")
            }
            DateErrorKind::RangeOrder => f.write_str(": it ends before it begins"),
            DateErrorKind::EmptyEnd => {
                f.write_str(": an open end is written \"..\", such as 1953/..")
            }
            DateErrorKind::NoEnds => f.write_str(": a range needs a date at one end"),
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

pub(super) fn parse(text: &str) -> Result<Date, DateError> {
    parse_date(text).map_err(|kind| DateError {
        text: text.to_owned(),
        kind,
    })
}

fn parse_date(text: &str) -> Result<Date, DateErrorKind> {
    let Some((from, to)) = text.split_once('/') else {
        return parse_single(text).map(Date::Single);
    };
    match (from, to) {
        (OPEN_END, OPEN_END) => Err(DateErrorKind::NoEnds),
        (OPEN_END, "") | ("", OPEN_END) => Err(DateErrorKind::NoEnds),
        (OPEN_END, to) => parse_single(to).map(Date::OrEarlier),
        (from, OPEN_END) => parse_single(from).map(Date::OrLater),
        (from, "") => parse_single(from).and(Err(DateErrorKind::EmptyEnd)),
        ("", to) => parse_single(to).and(Err(DateErrorKind::EmptyEnd)),
        (from, to) => {
            let (from, to) = (parse_single(from)?, parse_single(to)?);
            Date::range(from, to).ok_or(DateErrorKind::RangeOrder)
        }
    }
}

fn parse_single(text: &str) -> Result<CalendarDate, DateErrorKind> {
    let marks = [
        ('~', DateCertainty::About),
        ('?', DateCertainty::Uncertain),
        ('%', DateCertainty::AboutAndUncertain),
    ];
    let marked = |(mark, certainty)| Some((text.strip_suffix(mark)?, certainty));
    let marked = marks.into_iter().find_map(marked);
    let (text, certainty) = marked.unwrap_or((text, DateCertainty::Sure));
    let date = parse_calendar_date(text)?;
    Ok(CalendarDate { certainty, ..date })
}

/// So many digits and nothing else. They are counted: "2023-1-2" and "23-11" could be read in two
/// ways, and are refused.
fn number(text: &str, digits: usize) -> Result<u16, DateErrorKind> {
    let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let number = is_number.then(|| text.parse().ok()).flatten();
    number.ok_or(DateErrorKind::Syntax)
}

fn parse_calendar_date(text: &str) -> Result<CalendarDate, DateErrorKind> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if let Some(decade) = parse_decade(digits, is_negative) {
        return decade;
    }
    let mut parts = digits.split('-');
    let year = number(parts.next().unwrap_or_default(), 4)?;
    if is_negative && year == 0 {
        return Err(DateErrorKind::MinusZero);
    }
    let year = year as i16;
    let mut date = CalendarDate {
        year: if is_negative { -year } else { year },
        month: 1,
        day: 1,
        precision: DatePrecision::Year,
        certainty: DateCertainty::Sure,
    };
    if let Some(month) = parts.next() {
        (date.month, date.precision) = parse_month(month)?;
    }
    if let Some(day) = parts.next() {
        if date.precision != DatePrecision::Month {
            return Err(DateErrorKind::Syntax);
        }
        let day = number(day, 2)?;
        let last = date.first_day().days_in_month() as u16;
        if !(1..=last).contains(&day) {
            return Err(DateErrorKind::Day(date, last));
        }
        (date.day, date.precision) = (day as u8, DatePrecision::Day);
    }
    match parts.next() {
        Some(_) => Err(DateErrorKind::Syntax),
        None => Ok(date),
    }
}

/// "1950s", or "195X" as EDTF writes it; `None` of what is no decade at all.
fn parse_decade(digits: &str, is_negative: bool) -> Option<Result<CalendarDate, DateErrorKind>> {
    let decade = match digits.strip_suffix('X') {
        Some(first) => number(first, 3).map(|first| first * 10),
        None => number(digits.strip_suffix('s')?, 4),
    };
    let date = |year: u16| match year {
        _ if is_negative => Err(DateErrorKind::DecadeBce),
        // The years 1 to 9 are no decade.
        0 => Err(DateErrorKind::Syntax),
        year if !year.is_multiple_of(10) => Err(DateErrorKind::Decade),
        year => Ok(CalendarDate {
            year: year as i16,
            month: 1,
            day: 1,
            precision: DatePrecision::Decade,
            certainty: DateCertainty::Sure,
        }),
    };
    Some(decade.and_then(date))
}

/// What stands behind the year: its first month, and how exact it is.
fn parse_month(text: &str) -> Result<(u8, DatePrecision), DateErrorKind> {
    // What people type, besides the numbers of EDTF.
    match text {
        "Q1" | "q1" => return Ok((1, DatePrecision::Quarter)),
        "Q2" | "q2" => return Ok((4, DatePrecision::Quarter)),
        "Q3" | "q3" => return Ok((7, DatePrecision::Quarter)),
        "Q4" | "q4" => return Ok((10, DatePrecision::Quarter)),
        "H1" | "h1" => return Ok((1, DatePrecision::Half)),
        "H2" | "h2" => return Ok((7, DatePrecision::Half)),
        _ => {}
    }
    match number(text, 2)? {
        month @ 1..=12 => Ok((month as u8, DatePrecision::Month)),
        season @ 21..=24 => Err(DateErrorKind::Season(season)),
        quarter @ FIRST_QUARTER..=36 => {
            let month = (quarter - FIRST_QUARTER) * 3 + 1;
            Ok((month as u8, DatePrecision::Quarter))
        }
        half @ FIRST_HALF..=41 => {
            let month = (half - FIRST_HALF) * 6 + 1;
            Ok((month as u8, DatePrecision::Half))
        }
        month => Err(DateErrorKind::Month(month)),
    }
}
