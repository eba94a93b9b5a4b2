//! Dates as people write them elsewhere: "13 November 2023", "Nov. 13, 2023", "13.11.2023", "2023년
//! 11월 13일".

use super::Date;
pub use linchpin_text::prose::numbers::MONTHS;

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
}
