//! Dates as statements give them: to the day, the month, the quarter, the half-year, the year or
//! the decade, sure or not, alone or as a range; how they are written, read, ordered and counted.

mod notation;
mod written;

pub use linchpin_text::prose::numbers::MONTHS;
pub use notation::DateError;
pub use written::{parse_typed_date, parse_written_date};

use super::FieldType;
use super::messages::{Problem, QUOTE_DATE_FIX, write_fix};
use super::schema::{PathStep, SchemaField, VisitFn, Visitable, VisitedValue};
use jiff::{Timestamp, ToSpan as _, civil, tz::Offset};
use ron_lossless::{Decode, Decoder, NodeId, SourceChange, TextEdit};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePrecision {
    Decade,
    Year,
    Half,
    Quarter,
    Month,
    Day,
}

/// How sure a date is: what EDTF writes as `~`, `?` and `%` behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateCertainty {
    Sure,
    /// About then.
    About,
    /// The source may be wrong.
    Uncertain,
    AboutAndUncertain,
}

/// One date that is no range, in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate {
    /// As astronomers count: 0 is 1 BCE, -431 is 432 BCE. From -9999 to 9999.
    pub year: i16,
    /// 1 to 12: the first that it may mean.
    pub month: u8,
    /// 1 to 31: the first that it may mean.
    pub day: u8,
    pub precision: DatePrecision,
    pub certainty: DateCertainty,
}

/// A date, or a range of them, in the notation of EDTF (ISO 8601-2): `2023-11-13`, `2023-11`,
/// `2024-35` (the third quarter), `2023`, `1950s`, `1953~`, `1953/1955`, `1953/..`, `-0431`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    Single(CalendarDate),
    /// From the first to the last, both included. The first does not begin after the last ends.
    Range(CalendarDate, CalendarDate),
    /// This one or any later one.
    OrLater(CalendarDate),
    /// This one or any earlier one.
    OrEarlier(CalendarDate),
}

/// How a day is written in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWords {
    /// "13 November 2023", "the 1950s"
    DayFirst,
    /// "November 13, 2023", "1950s"
    MonthFirst,
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

/// The quarters and halves of a year as they are printed.
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// The day from which days are counted.
const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// The length of a day on a time axis, in years.
const DAY_IN_YEARS: f64 = 1.0 / 365.25;

impl CalendarDate {
    /// The date as the file writes it.
    pub fn to_code(self) -> String {
        let year = match self.year {
            year if year < 0 => format!("-{:04}", year.unsigned_abs()),
            year => format!("{year:04}"),
        };
        let code = match self.precision {
            DatePrecision::Decade => format!("{year}s"),
            DatePrecision::Year => year,
            DatePrecision::Half => format!("{year}-{}", notation::FIRST_HALF + self.part_of_year()),
            DatePrecision::Quarter => {
                format!("{year}-{}", notation::FIRST_QUARTER + self.part_of_year())
            }
            DatePrecision::Month => format!("{year}-{:02}", self.month),
            DatePrecision::Day => format!("{year}-{:02}-{:02}", self.month, self.day),
        };
        match self.certainty {
            DateCertainty::Sure => code,
            DateCertainty::About => format!("{code}~"),
            DateCertainty::Uncertain => format!("{code}?"),
            DateCertainty::AboutAndUncertain => format!("{code}%"),
        }
    }

    /// Which quarter or half of its year it is, from 0.
    fn part_of_year(self) -> u16 {
        let months = match self.precision {
            DatePrecision::Half => 6,
            _ => 3,
        };
        u16::from(self.month.saturating_sub(1)) / months
    }

    fn to_words(self, words: DateWords) -> String {
        let year = year_words(i32::from(self.year));
        let ordinal = || {
            let part = ORDINALS.get(usize::from(self.part_of_year()));
            part.copied().unwrap_or_default()
        };
        let text = match (self.precision, words) {
            (DatePrecision::Decade, DateWords::DayFirst) => format!("the {year}s"),
            (DatePrecision::Decade, DateWords::MonthFirst) => format!("{year}s"),
            (DatePrecision::Year, _) => year,
            (DatePrecision::Half, _) => format!("{} half of {year}", ordinal()),
            (DatePrecision::Quarter, _) => format!("{} quarter of {year}", ordinal()),
            (DatePrecision::Month, _) => format!("{} {year}", self.month_name()),
            (DatePrecision::Day, DateWords::DayFirst) => {
                format!("{} {} {year}", self.day, self.month_name())
            }
            (DatePrecision::Day, DateWords::MonthFirst) => {
                format!("{} {}, {year}", self.month_name(), self.day)
            }
        };
        let about = match self.precision {
            DatePrecision::Half | DatePrecision::Quarter => "about the",
            _ => "about",
        };
        match self.certainty {
            DateCertainty::Sure => text,
            DateCertainty::About => format!("{about} {text}"),
            DateCertainty::Uncertain => format!("{text} (uncertain)"),
            DateCertainty::AboutAndUncertain => format!("{about} {text} (uncertain)"),
        }
    }

    /// The date as exact as this: what is less exact begins where it has to.
    pub fn with_precision(self, precision: DatePrecision) -> CalendarDate {
        let (year, month, day) = (self.year, self.month, self.day);
        let (year, month, day) = match precision {
            // There is no decade before the year 10: the year itself then.
            DatePrecision::Decade if year < 10 => return self.with_precision(DatePrecision::Year),
            DatePrecision::Decade => (year / 10 * 10, 1, 1),
            DatePrecision::Year => (year, 1, 1),
            DatePrecision::Half => (year, month.saturating_sub(1) / 6 * 6 + 1, 1),
            DatePrecision::Quarter => (year, month.saturating_sub(1) / 3 * 3 + 1, 1),
            DatePrecision::Month => (year, month, 1),
            DatePrecision::Day => (year, month, day),
        };
        CalendarDate {
            year,
            month,
            day,
            precision,
            certainty: self.certainty,
        }
    }

    /// "November"
    pub fn month_name(self) -> &'static str {
        let index = usize::from(self.month).saturating_sub(1);
        MONTH_NAMES.get(index).copied().unwrap_or_default()
    }

    /// The first day that the date may mean.
    fn first_day(self) -> civil::Date {
        let (month, day) = (self.month as i8, self.day as i8);
        // The fields are public; what is no day counts as the year 0.
        civil::Date::new(self.year, month, day).unwrap_or(civil::Date::ZERO)
    }

    /// The last day that the date may mean.
    fn last_day(self) -> civil::Date {
        let first = self.first_day();
        match self.precision {
            DatePrecision::Day => first,
            DatePrecision::Month => first.last_of_month(),
            // Saturating: the calendar ends with the year 9999.
            DatePrecision::Quarter => first.saturating_add(2.months()).last_of_month(),
            DatePrecision::Half => first.saturating_add(5.months()).last_of_month(),
            DatePrecision::Year => first.last_of_year(),
            DatePrecision::Decade => first.saturating_add(9.years()).last_of_year(),
        }
    }

    /// The last of the years that it may mean.
    fn last_year(self) -> i16 {
        self.last_day().year()
    }

    /// First instant as a year with a fraction.
    fn start_decimal_year(self) -> f64 {
        decimal_year(self.first_day())
    }

    /// The instant after the last one, as a year with a fraction.
    fn end_decimal_year(self) -> f64 {
        match self.precision {
            // A year of average length: that the end of December is not quite that of the year is
            // seen by nobody, and places on an axis stay where they have been.
            DatePrecision::Month => {
                self.start_decimal_year() + f64::from(self.first_day().days_in_month()) / 365.25
            }
            DatePrecision::Day => self.start_decimal_year() + DAY_IN_YEARS,
            _ => match self.last_day() {
                // Those that end with a year end where the next one begins, year 10,000 included.
                last if (last.month(), last.day()) == (12, 31) => f64::from(last.year()) + 1.0,
                last => decimal_year(last.saturating_add(1.days())),
            },
        }
    }
}

impl Date {
    /// Reads a date as the file writes it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        notation::parse(text)
    }

    /// A day; `None` where there is no such.
    pub fn of_day(year: i16, month: u8, day: u8) -> Option<Date> {
        let day = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some(Date::from_civil(day.ok()?))
    }

    /// A whole year; `None` outside of the calendar.
    pub fn of_year(year: i16) -> Option<Date> {
        let Date::Single(first) = Date::of_day(year, 1, 1)? else {
            return None;
        };
        Some(Date::Single(CalendarDate {
            precision: DatePrecision::Year,
            ..first
        }))
    }

    /// A range; one date where both ends are the same. `None` where it ends before it begins.
    pub(crate) fn range(from: CalendarDate, to: CalendarDate) -> Option<Date> {
        match from == to {
            true => Some(Date::Single(from)),
            false => (from.first_day() <= to.last_day()).then_some(Date::Range(from, to)),
        }
    }

    /// The date as the file writes it.
    pub fn to_code(&self) -> String {
        match self {
            Date::Single(date) => date.to_code(),
            Date::Range(from, to) => format!("{}/{}", from.to_code(), to.to_code()),
            Date::OrLater(from) => format!("{}/..", from.to_code()),
            Date::OrEarlier(to) => format!("../{}", to.to_code()),
        }
    }

    /// The date in words: "13 November 2023", "November 2023", "third quarter of 2024", "2023",
    /// "the 1950s", "about 1953", "1953 to 1955", "1953 or later", "432 BCE".
    pub fn to_long_form(&self) -> String {
        self.to_words(DateWords::DayFirst)
    }

    /// The date in words of this kind.
    pub fn to_words(&self, words: DateWords) -> String {
        match self {
            Date::Single(date) => date.to_words(words),
            Date::Range(from, to) => format!("{} to {}", from.to_words(words), to.to_words(words)),
            Date::OrLater(from) => format!("{} or later", from.to_words(words)),
            Date::OrEarlier(to) => format!("{} or earlier", to.to_words(words)),
        }
    }

    /// The one date that it is; `None` of a range.
    pub fn single(&self) -> Option<CalendarDate> {
        match self {
            Date::Single(date) => Some(*date),
            _ => None,
        }
    }

    /// Whether it is a range, open or not.
    pub fn is_range(&self) -> bool {
        !matches!(self, Date::Single(_))
    }

    /// The dates that are named: the first and the last; the same where it names one.
    pub fn ends(&self) -> (CalendarDate, CalendarDate) {
        match *self {
            Date::Single(date) | Date::OrLater(date) | Date::OrEarlier(date) => (date, date),
            Date::Range(from, to) => (from, to),
        }
    }

    /// The lesser of the certainties of its ends.
    pub fn certainty(&self) -> DateCertainty {
        let (from, to) = self.ends();
        // The greater of two certainties is the less sure one.
        from.certainty.max(to.certainty)
    }

    /// Whether it may mean days of more than one year.
    pub fn spans_years(&self) -> bool {
        let (from, to) = self.ends();
        matches!(self, Date::OrLater(_) | Date::OrEarlier(_)) || from.year != to.last_year()
    }

    /// The first year that it names, as astronomers count.
    pub fn first_year(&self) -> i16 {
        self.ends().0.year
    }

    /// The last year that it names, as astronomers count: of a decade its last.
    pub fn last_year(&self) -> i16 {
        self.ends().1.last_year()
    }

    /// The group of a date among years, in words: its year, with how sure it is. A date of several
    /// years belongs to none of them, and stands by itself.
    pub fn year_group(&self) -> String {
        let year = (!self.spans_years()).then(|| Date::of_year(self.first_year()));
        let year = year.flatten().and_then(|year| year.single());
        let group = year.map(|year| {
            Date::Single(CalendarDate {
                certainty: self.certainty(),
                ..year
            })
        });
        group.as_ref().unwrap_or(self).to_long_form()
    }

    /// First named instant as a year with a fraction, for a time axis.
    pub fn start_decimal_year(&self) -> f64 {
        self.ends().0.start_decimal_year()
    }

    /// The instant after the last named one, as a year with a fraction.
    pub fn end_decimal_year(&self) -> f64 {
        self.ends().1.end_decimal_year()
    }

    /// The first instant that it may mean and the instant after the last one, as years with a
    /// fraction; an open end has none.
    pub fn decimal_years(&self) -> (Option<f64>, Option<f64>) {
        let start = Some(self.start_decimal_year());
        let end = Some(self.end_decimal_year());
        match self {
            Date::Single(_) | Date::Range(..) => (start, end),
            Date::OrLater(_) => (start, None),
            Date::OrEarlier(_) => (None, end),
        }
    }

    /// The first day that it may mean; `None` where its beginning is open.
    fn earliest_day(&self) -> Option<civil::Date> {
        match self {
            Date::OrEarlier(_) => None,
            Date::Single(from) | Date::Range(from, _) | Date::OrLater(from) => {
                Some(from.first_day())
            }
        }
    }

    /// The last day that it may mean; `None` where its end is open.
    fn latest_day(&self) -> Option<civil::Date> {
        match self {
            Date::OrLater(_) => None,
            Date::Single(to) | Date::Range(_, to) | Date::OrEarlier(to) => Some(to.last_day()),
        }
    }

    /// Whether any of its days may lie between two dates, which may be left out: all the days that
    /// those may mean belong to the time between them.
    pub fn overlaps(&self, from: Option<&Date>, to: Option<&Date>) -> bool {
        let begins_after = |a: &Date, b: &Date| match (a.earliest_day(), b.latest_day()) {
            (Some(first), Some(last)) => first > last,
            // An open end is passed by nothing.
            _ => false,
        };
        !from.is_some_and(|from| begins_after(from, self))
            && !to.is_some_and(|to| begins_after(self, to))
    }

    /// Whether all its days come after all those of another.
    pub fn is_after(&self, other: &Date) -> bool {
        !self.overlaps(None, Some(other))
    }

    /// Whether its first day comes before that of another.
    pub fn begins_before(&self, other: &Date) -> bool {
        // An open beginning comes before every other.
        self.earliest_day() < other.earliest_day()
    }

    /// The first day that it names, counted from 1 January 1970.
    pub fn first_day_number(&self) -> i64 {
        day_number(self.ends().0.first_day())
    }

    /// The last day that it names, counted from 1 January 1970.
    pub fn last_day_number(&self) -> i64 {
        day_number(self.ends().1.last_day())
    }

    /// Today by the clock of the system, in UTC.
    pub fn today() -> Date {
        Date::from_civil(Offset::UTC.to_datetime(Timestamp::now()).date())
    }

    /// The day so many days after 1 January 1970, or the nearest in the calendar.
    pub fn from_day_number(days: i64) -> Date {
        let (first, last) = (day_number(civil::Date::MIN), day_number(civil::Date::MAX));
        Date::from_civil(EPOCH.saturating_add(days.clamp(first, last).days()))
    }

    /// The day in which an instant lies, given as a year with a fraction; `None` outside of the
    /// calendar.
    pub fn at_decimal_year(at: f64) -> Option<Date> {
        if !(-9_999.0..10_000.0).contains(&at) {
            return None;
        }
        let first = civil::Date::new(at.floor() as i16, 1, 1).ok()?;
        let in_year = f64::from(first.days_in_year());
        // Just below the next year, the product may round up to it.
        let before = ((at - at.floor()) * in_year).floor().min(in_year - 1.0);
        Some(Date::from_civil(
            first.saturating_add((before as i64).days()),
        ))
    }

    fn from_civil(day: civil::Date) -> Date {
        Date::Single(CalendarDate {
            year: day.year(),
            month: day.month() as u8,
            day: day.day() as u8,
            precision: DatePrecision::Day,
            certainty: DateCertainty::Sure,
        })
    }
}

/// By the first day that it may mean, an open beginning first; then by the last one, an open end
/// last; then the surer first. What is alike in all that differs in how it is written.
impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        let latest = |date: &Date| date.latest_day().unwrap_or(civil::Date::MAX);
        // An open end ties with the last day of the calendar, and comes after it.
        let is_open = |date: &Date| date.latest_day().is_none();
        self.earliest_day()
            .cmp(&other.earliest_day())
            .then_with(|| latest(self).cmp(&latest(other)))
            .then_with(|| is_open(self).cmp(&is_open(other)))
            .then_with(|| self.certainty().cmp(&other.certainty()))
            .then_with(|| self.ends().cmp(&other.ends()))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A year as it is printed, counted as astronomers do: "2023", "0950", "432 BCE".
pub fn year_words(year: i32) -> String {
    match year {
        1.. => format!("{year:04}"),
        _ => format!("{} BCE", 1 - i64::from(year)),
    }
}

/// The words for a time from a date to another, or that goes on: "2021 to 2025", "since 2021".
pub fn period_words(from: Date, to: Option<Date>) -> String {
    match to {
        None => format!("since {}", end_words(from)),
        Some(to) if to == from => to.to_long_form(),
        Some(to) => format!("{} to {}", end_words(from), end_words(to)),
    }
}

/// The words for a date at one end of a time: a range within a range would read as one of three
/// dates.
pub fn end_words(date: Date) -> String {
    match date.is_range() {
        true => format!("({})", date.to_long_form()),
        false => date.to_long_form(),
    }
}

fn decimal_year(day: civil::Date) -> f64 {
    let before = f64::from(day.day_of_year() - 1);
    f64::from(day.year()) + before / f64::from(day.days_in_year())
}

fn day_number(day: civil::Date) -> i64 {
    i64::from((day - EPOCH).get_days())
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
