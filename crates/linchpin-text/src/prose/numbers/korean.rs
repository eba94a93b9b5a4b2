//! Korean counting: 만, 억 and 조, counters, dates.

use super::{Number, NumberMention, mention};
use crate::prose::is_hangul_syllable;

const KOREAN_DIGITS: &str = "영일이삼사오육칠팔구";
const NATIVE_NUMERALS: [&str; 10] = [
    "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열",
];
/// What is counted: a number in Korean letters is only read before one of them.
const COUNTERS: [&str; 16] = [
    "년", "명", "개", "원", "달러", "가지", "나라", "국가", "정상", "차례", "번", "회", "주년",
    "발", "척", "대",
];

fn scale(c: char) -> Option<f64> {
    Some(match c {
        '십' => 1e1,
        '백' => 1e2,
        '천' => 1e3,
        '만' => 1e4,
        '억' => 1e8,
        '조' => 1e12,
        _ => return None,
    })
}

/// A number in digits with Korean letters behind it, at the start of `rest`: what it is and how
/// many bytes it takes. `before` stands before it.
#[expect(clippy::too_many_lines, reason = "one case after another")]
pub(super) fn parse_digits(before: &str, rest: &str) -> Option<(NumberMention, usize)> {
    // Korean counts in ten thousands: 십, 백 and 천 scale within one of them, 만, 억 and 조 close it.
    let (mut total, mut part, mut bare) = (0.0, None::<f64>, None);
    let mut at = 0;
    let mut scaled = false;
    loop {
        let here = rest.get(at..)?;
        // "2만 8,500": the number goes on behind one space.
        let spaced = here.strip_prefix(' ').filter(|_| scaled && part.is_none());
        let space = usize::from(spaced.is_some());
        let here = spaced.unwrap_or(here);
        let digits = digits_len(here);
        if digits > 0 && part.is_none() {
            let value: f64 = here.get(..digits)?.replace(',', "").parse().ok()?;
            part = Some(value);
            bare.get_or_insert(value);
            at += space + digits;
            continue;
        }
        // 제3조 is the third article.
        let is_article = here.starts_with('조') && before.ends_with('제');
        let first = here.chars().next();
        let first = first.filter(|_| space == 0 && !is_article);
        let Some((scale, first)) = first.and_then(|c| Some((scale(c)?, c))) else {
            break;
        };
        // "조" and "만" begin other words as well: they scale only what stands right before them.
        match part {
            None => break,
            Some(now) if scale < 1e4 => part = Some(now * scale),
            Some(now) => {
                total += now * scale;
                part = None;
            }
        }
        scaled = true;
        at += first.len_utf8();
    }
    let bare = bare?;
    let value = total + part.unwrap_or(0.0);
    let behind = rest.get(at..)?;
    let behind = behind.strip_prefix('여').unwrap_or(behind);
    let spaced = behind.strip_prefix(' ').unwrap_or(behind);
    // Without Korean letters behind it, it is a number of any language, and read elsewhere.
    let is_korean_here = behind.starts_with(is_hangul_syllable) || scaled;
    is_korean_here.then_some(())?;
    let counter = if behind.starts_with(is_hangul_syllable) {
        behind
    } else {
        spaced
    };
    let plain = !scaled && rest.get(..at)?.bytes().all(|b| b.is_ascii_digit());
    let mut end = at;
    let number = match () {
        () if plain
            && at == 4
            && counter.starts_with('년')
            && (1500.0..2200.0).contains(&value) =>
        {
            let is_decade = counter.starts_with("년대");
            let (month, day, more) = month_and_day(counter.strip_prefix('년')?);
            end = rest.len() - counter.len() + '년'.len_utf8() + more;
            Number::Date {
                year: Some(value as i32),
                month,
                day,
                is_decade,
            }
        }
        () if plain && counter.starts_with('월') && (1.0..=12.0).contains(&value) => {
            let (month, day, more) = month_and_day(rest);
            end = more;
            Number::Date {
                year: None,
                month,
                day,
                is_decade: false,
            }
        }
        () if before.ends_with('제')
            && ["조", "항", "호"].iter().any(|c| counter.starts_with(c)) =>
        {
            Number::Identifier
        }
        () if ["차", "주년", "번째", "위"]
            .iter()
            .any(|c| counter.starts_with(c))
            || (before.ends_with('제') && counter.starts_with('회')) =>
        {
            Number::Ordinal {
                value,
                is_superlative: counter.starts_with('위'),
            }
        }
        () => {
            let currency = [
                ("원", "KRW"),
                ("달러", "USD"),
                ("엔", "JPY"),
                ("유로", "EUR"),
            ];
            let found = currency.iter().find(|(word, _)| counter.starts_with(word));
            if let Some((word, _)) = found {
                end = rest.len() - counter.len() + word.len();
            }
            let is_percent = ["퍼센트", "프로"]
                .iter()
                .any(|word| counter.starts_with(word));
            Number::Quantity {
                low: value,
                high: value,
                unscaled: bare,
                in_smaller_unit: None,
                currency: found.map(|(_, code)| *code),
                is_percent,
            }
        }
    };
    let range = 0..end;
    Some((mention(range, number, false), end))
}

/// The digits with their separators at the start.
fn digits_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while is_digit(at) || (at > 0 && matches!(bytes.get(at), Some(b',' | b'.')) && is_digit(at + 1))
    {
        at += 1;
    }
    at
}

/// "11월 13일", after white space: the month, the day, and how many bytes they take.
fn month_and_day(text: &str) -> (Option<u8>, Option<u8>, usize) {
    let part = |from: usize, unit: char, most: u8| {
        let rest = text.get(from..)?;
        let shown = rest.trim_start();
        let digits = digits_len(shown);
        let value: u8 = shown.get(..digits)?.parse().ok()?;
        let is_unit = shown.get(digits..)?.starts_with(unit);
        let end = from + (rest.len() - shown.len()) + digits + unit.len_utf8();
        (is_unit && (1..=most).contains(&value)).then_some((value, end))
    };
    let Some((month, end)) = part(0, '월', 12) else {
        return (None, None, 0);
    };
    match part(end, '일', 31) {
        Some((day, end)) => (Some(month), Some(day), end),
        None => (Some(month), None, end),
    }
}

/// A number in Korean letters that a whole piece is, or begins with before its counter: "칠십년", "두"
/// before "나라".
pub(super) fn parse_letters(piece: &str, next: &str) -> Option<(f64, usize)> {
    let begins = |text: &str| COUNTERS.iter().any(|counter| text.starts_with(counter));
    if let Some(at) = NATIVE_NUMERALS.iter().position(|known| *known == piece) {
        return begins(next).then_some((f64::from(u8::try_from(at + 1).ok()?), piece.len()));
    }
    let (mut total, mut part, mut digit) = (0.0, 0.0, None::<f64>);
    let mut end = 0;
    for c in piece.chars() {
        if let Some(at) = KOREAN_DIGITS.chars().position(|known| known == c) {
            digit = Some(f64::from(u8::try_from(at).ok()?));
        } else if let Some(scale) = scale(c) {
            let now = digit.take();
            if scale < 1e4 {
                part += now.unwrap_or(1.0) * scale;
            } else {
                total += (part + now.unwrap_or(if part > 0.0 { 0.0 } else { 1.0 })) * scale;
                part = 0.0;
            }
        } else {
            break;
        }
        end += c.len_utf8();
    }
    let rest = piece.get(end..)?;
    let has_scale = piece.get(..end)?.chars().any(|c| scale(c).is_some());
    let counted = if rest.is_empty() { next } else { rest };
    // One syllable such as 만 or 조 begins many words: two at least, and something counted behind.
    (has_scale && end >= 6 && begins(counted)).then_some((total + part + digit.unwrap_or(0.0), end))
}
