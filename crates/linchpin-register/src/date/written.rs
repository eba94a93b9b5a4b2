//! Dates as people write them: in words, with months by name, in the order of their country.

use super::{CalendarDate, Date, DateCertainty, DateError, MONTHS};
use std::cell::Cell;

/// The longest text that is looked at, in bytes.
const MAX_LEN: usize = 120;

/// What is typed in a place for a date: as the file writes it, or in any form that can be read in
/// one way.
///
/// # Errors
/// What is wrong, in words.
pub fn parse_typed_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let why = match Date::parse(text) {
        Ok(date) => return Ok(date),
        Err(why) => why,
    };
    let reasons = Reasons::default();
    parse_date(text, &reasons).ok_or_else(|| {
        let found = reasons.first.take();
        match found.or((!why.is_syntax()).then(|| why.clone())) {
            Some(reason) => reason.to_string(),
            None => format!(
                "{why}: write it as 2023-11-13, 2023-11, 2024-Q3, 2023, 1950s, 1953/1955 or about \
                 1953"
            ),
        }
    })
}

/// The date that `text` surely means, as exact as it says. `None` where it could be read in two
/// ways, as "03/04/2023" can.
pub fn parse_written_date(text: &str) -> Option<Date> {
    parse_date(text, &Reasons::default())
}

/// Why what looks like a date is none: the first reason that was met.
#[derive(Default)]
struct Reasons {
    first: Cell<Option<DateError>>,
}

impl Reasons {
    /// A date of its parts as they are written.
    fn build_date(
        &self,
        year: i16,
        month: Option<&str>,
        day: Option<&str>,
    ) -> Option<CalendarDate> {
        let mut code = year_code(year);
        for part in [month, day].into_iter().flatten() {
            let part = part.trim();
            if part.len() > 2 {
                return None;
            }
            code.push_str(&format!("-{part:0>2}"));
        }
        let date = self.read(&code)?;
        // A number that EDTF has for a quarter is no month in any other notation.
        let is_month = |number: &str| number.parse::<u8>().is_ok_and(|n| n <= 12);
        month
            .is_none_or(|month| is_month(month.trim()))
            .then_some(date)
    }

    /// The date that a notation means.
    fn read(&self, code: &str) -> Option<CalendarDate> {
        match Date::parse(code) {
            Ok(date) => date.single(),
            Err(why) => {
                let first = self.first.take();
                self.first.set(first.or((!why.is_syntax()).then_some(why)));
                None
            }
        }
    }
}

fn parse_date(text: &str, why: &Reasons) -> Option<Date> {
    if text.len() > MAX_LEN {
        return None;
    }
    let text = text.trim().to_lowercase();
    parse_end(&text, why)
        .map(Date::Single)
        .or_else(|| parse_open_range(&text, why))
        .or_else(|| parse_range(&text, why))
}

/// "1953 or later", "since 1953", "1953 or earlier", "until 1953"
fn parse_open_range(text: &str, why: &Reasons) -> Option<Date> {
    let strip = |before: &[&str], after: &[&str]| {
        let before = before.iter().find_map(|words| text.strip_prefix(words));
        before.or_else(|| after.iter().find_map(|words| text.strip_suffix(words)))
    };
    if let Some(date) = strip(&["since ", "from "], &[" or later", " onwards", "/.."]) {
        return parse_end(date, why).map(Date::OrLater);
    }
    let date = strip(&["until ", "up to ", "../"], &[" or earlier"])?;
    parse_end(date, why).map(Date::OrEarlier)
}

/// "1953 to 1955", "between 1953 and 1955", "1953–1955", "13 November 2023 – 15 November 2023"
fn parse_range(text: &str, why: &Reasons) -> Option<Date> {
    let between = text.strip_prefix("between ");
    let plain = text.strip_prefix("from ").unwrap_or(text);
    let split = |text: &str, word: &str| {
        let (from, to) = text.split_once(word)?;
        Date::range(parse_end(from, why)?, parse_end(to, why)?)
    };
    if let Some(between) = between {
        return split(between, " and ");
    }
    // A hyphen stands in dates too: it joins two only where both are years, or blanks are about it.
    let words = [" to ", " until ", " through ", "–", "—", " - ", "/"];
    let found = words.iter().find_map(|word| split(plain, word));
    found.or_else(|| {
        let (from, to) = plain.split_once('-')?;
        let is_year = |text: &str| text.len() == 4;
        (is_year(from) && is_year(to)).then(|| split(plain, "-"))?
    })
}

/// One date with how sure it is.
fn parse_end(text: &str, why: &Reasons) -> Option<CalendarDate> {
    let mut text = text.trim();
    let (mut about, mut uncertain) = (false, false);
    for word in [" (uncertain)", " uncertain", "?"] {
        if let Some(rest) = text.strip_suffix(word) {
            (text, uncertain) = (rest.trim_end_matches([' ', ',']), true);
            break;
        }
    }
    for word in ["probably ", "possibly ", "perhaps "] {
        if let Some(rest) = text.strip_prefix(word) {
            (text, uncertain) = (rest, true);
        }
    }
    let words = [
        "about ",
        "around ",
        "approximately ",
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "c ",
        "c.",
        "~",
    ];
    if let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
        (text, about) = (rest.trim_start(), true);
    } else if let Some(rest) = text.strip_suffix('~') {
        (text, about) = (rest, true);
    }
    let certainty = match (about, uncertain) {
        (false, false) => None,
        (true, false) => Some(DateCertainty::About),
        (false, true) => Some(DateCertainty::Uncertain),
        (true, true) => Some(DateCertainty::AboutAndUncertain),
    };
    let date = parse_calendar_date(text, why)?;
    Some(CalendarDate {
        certainty: certainty.unwrap_or(date.certainty),
        ..date
    })
}

fn parse_calendar_date(text: &str, why: &Reasons) -> Option<CalendarDate> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let (text, era) = Era::split(text);
    if era == Era::Unstated
        && let Ok(date) = Date::parse(text)
    {
        return date.single();
    }
    parse_decade(text, era)
        .or_else(|| parse_korean_date(text, era, why))
        .or_else(|| parse_numeric_date(text, era, why))
        .or_else(|| parse_part_of_year(text, era))
        .or_else(|| parse_month_name_date(text, era, why))
        .or_else(|| why.build_date(era.year(text)?, None, None))
}

/// What stands behind or before a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    /// The year has four digits.
    Unstated,
    Common,
    BeforeCommon,
}

impl Era {
    fn split(text: &str) -> (&str, Era) {
        let words = [
            (" bce", Era::BeforeCommon),
            (" bc", Era::BeforeCommon),
            (" b.c.e.", Era::BeforeCommon),
            (" b.c.", Era::BeforeCommon),
            (" ce", Era::Common),
            (" ad", Era::Common),
        ];
        let found = words
            .iter()
            .find_map(|(word, era)| Some((text.strip_suffix(word)?.trim_end(), *era)));
        let found = found.or_else(|| Some((text.strip_prefix("ad ")?, Era::Common)));
        found.unwrap_or((text, Era::Unstated))
    }

    /// The year as astronomers count; `None` of what is none.
    fn year(self, word: &str) -> Option<i16> {
        let word = word.trim();
        let is_number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let number = is_number.then(|| word.parse::<i16>().ok()).flatten()?;
        match self {
            Era::Unstated => (word.len() == 4).then_some(number),
            Era::Common => (1..=9999).contains(&number).then_some(number),
            Era::BeforeCommon => (1..=10_000).contains(&number).then_some(1 - number),
        }
    }
}

/// "1950's"
fn parse_decade(text: &str, era: Era) -> Option<CalendarDate> {
    let year = text.strip_suffix("'s").or(text.strip_suffix("’s"));
    let year = year.or(text.strip_suffix('s'))?;
    if era == Era::BeforeCommon {
        return None;
    }
    Date::parse(&format!("{:04}s", era.year(year)?))
        .ok()?
        .single()
}

/// "2023년 11월 13일", "2024년 3분기", "2024년 상반기"
fn parse_korean_date(text: &str, era: Era, why: &Reasons) -> Option<CalendarDate> {
    let (year, rest) = text.split_once('년')?;
    let year = era.year(year)?;
    let part = match rest.trim() {
        "" => return why.build_date(year, None, None),
        "상반기" => Some("H1".to_owned()),
        "하반기" => Some("H2".to_owned()),
        rest => rest
            .strip_suffix("분기")
            .map(|quarter| format!("Q{}", quarter.trim())),
    };
    if let Some(part) = part {
        return build_part_of_year(year, &part);
    }
    let (month, rest) = rest.split_once('월')?;
    match rest.trim() {
        "" => why.build_date(year, Some(month), None),
        rest => why.build_date(year, Some(month), Some(rest.strip_suffix('일')?.trim())),
    }
}

/// "2023/11/13", "2023.11.13", "2023-1-2", "13.11.2023", "11/13/2023"
fn parse_numeric_date(text: &str, era: Era, why: &Reasons) -> Option<CalendarDate> {
    let separator = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let text = match separator {
        // "2023. 11. 13."
        '.' => text.strip_suffix('.').unwrap_or(text),
        _ => text,
    };
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let is_year = |word: &str| word.len() == 4;
    match parts.as_slice() {
        [year, month] if is_year(year) => why.build_date(era.year(year)?, Some(month), None),
        [month, year] if is_year(year) && separator != '-' => {
            why.build_date(era.year(year)?, Some(month), None)
        }
        [year, month, day] if is_year(year) => {
            why.build_date(era.year(year)?, Some(month), Some(day))
        }
        // Europe writes the day first, the United States the month: only where one of the two
        // cannot be a month, or both are the same, is it sure which is which.
        [a, b, year] if is_year(year) => {
            let (first, second) = (a.parse::<u8>().ok()?, b.parse::<u8>().ok()?);
            let year = era.year(year)?;
            match (first > 12, second > 12) {
                (true, false) => why.build_date(year, Some(b), Some(a)),
                (false, true) => why.build_date(year, Some(a), Some(b)),
                (false, false) if first == second => why.build_date(year, Some(a), Some(b)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn words_of(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    words
        .filter(|w| !w.is_empty() && !matches!(*w, "of" | "the"))
        .collect()
}

/// "Q3 2024", "2024 Q3", "third quarter of 2024", "H1 2024", "first half of 2024"
fn parse_part_of_year(text: &str, era: Era) -> Option<CalendarDate> {
    let ordinal = |word: &str| {
        let words = [
            ["first", "1st"],
            ["second", "2nd"],
            ["third", "3rd"],
            ["fourth", "4th"],
        ];
        Some(words.iter().position(|known| known.contains(&word))? + 1)
    };
    let named = |part: &str, kind: &str| {
        let letter = match kind {
            "quarter" => 'Q',
            "half" => 'H',
            _ => return None,
        };
        Some(format!("{letter}{}", ordinal(part)?))
    };
    match words_of(text).as_slice() {
        [a, b] => {
            let (part, year) = match a.starts_with(['q', 'h']) {
                true => (a, b),
                false => (b, a),
            };
            build_part_of_year(era.year(year)?, &part.to_uppercase())
        }
        [a, b, c] => match named(a, b) {
            Some(part) => build_part_of_year(era.year(c)?, &part),
            None => build_part_of_year(era.year(a)?, &named(b, c)?),
        },
        _ => None,
    }
}

/// "13 November 2023", "November 13th, 2023", "Nov 2023"
fn parse_month_name_date(text: &str, era: Era, why: &Reasons) -> Option<CalendarDate> {
    let month = |word: &str| {
        let is_name = |name: &&str| {
            (word.len() >= 3 && name.starts_with(word))
                || (word == "sept" && **name == *"september")
        };
        let at = MONTHS.iter().position(is_name)?;
        Some((at + 1).to_string())
    };
    match words_of(text).as_slice() {
        [name, year] => why.build_date(era.year(year)?, Some(&month(name)?), None),
        [year, name, day] if era == Era::Unstated && year.len() == 4 => {
            let day = strip_ordinal_suffix(day);
            why.build_date(era.year(year)?, Some(&month(name)?), Some(day))
        }
        [a, b, year] => {
            let (name, day) = match month(a) {
                Some(name) => (name, b),
                None => (month(b)?, a),
            };
            let day = strip_ordinal_suffix(day);
            why.build_date(era.year(year)?, Some(&name), Some(day))
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

/// A quarter or half, such as "Q3".
fn build_part_of_year(year: i16, part: &str) -> Option<CalendarDate> {
    let is_part = part.len() == 2 && part.starts_with(['Q', 'H']);
    is_part.then_some(())?;
    Date::parse(&format!("{}-{part}", year_code(year)))
        .ok()?
        .single()
}

fn year_code(year: i16) -> String {
    match year < 0 {
        true => format!("-{:04}", year.unsigned_abs()),
        false => format!("{year:04}"),
    }
}
