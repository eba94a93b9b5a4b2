//! Numbers, dates, names and sources in words, the same in tables, details and charts.

use crate::chart_vocabulary::NumberStyle;
use crate::vocabulary::{FigureKind, FigureMeasure, Voice};
use crate::{Amount, Citation, Document, Figure, Link, Register, RegisterRecord, link::LinkTarget};

/// The short names of linked records, with commas between.
pub fn format_link_names<T: LinkTarget>(register: &Register, links: &[Link<T>]) -> String {
    let mut out = String::new();
    for link in links {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(register.short_title_of(link.as_str()));
    }
    out
}

/// The most digits that a number is written out with, zeros included; a longer one is written by
/// its power of ten, with the same digits.
const MAX_WRITTEN_DIGITS: usize = 21;

/// A number with thousands separators and exactly the digits it has: 28,500; 1.5; 10³⁰³. What is
/// printed, read back, is the very number.
pub fn format_number(value: f64) -> String {
    format_number_in(NumberStyle::English, value)
}

/// The same as a style writes it: 28.500; 1,5.
pub fn format_number_in(style: NumberStyle, value: f64) -> String {
    // Adding nothing makes a zero below zero a plain one.
    let printed = format!("{}", value + 0.0);
    let digits = printed.bytes().filter(u8::is_ascii_digit).count();
    match digits > MAX_WRITTEN_DIGITS {
        true => format_power_of_ten(style, value),
        false => group_digits(style, &printed),
    }
}

/// A number as a factor and a power of ten, with all the digits it has: "3×10⁻⁹", "10³⁰³".
pub fn format_power_of_ten(style: NumberStyle, value: f64) -> String {
    let printed = format!("{:e}", value.abs());
    let sign = if value < 0.0 { "−" } else { "" };
    let Some((factor, exponent)) = printed.split_once('e') else {
        return group_digits(style, &format!("{value}"));
    };
    let raised: String = exponent.chars().map(superscript).collect();
    match factor {
        "1" => format!("{sign}10{raised}"),
        factor => format!("{sign}{}×10{raised}", group_digits(style, factor)),
    }
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}

/// How many decimals a number has.
pub fn decimals_of(value: f64) -> usize {
    let printed = format!("{value}");
    printed
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

/// The number nearest to this one that has so many decimals.
pub fn round_to_decimals(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// The number nearest to this one that has so many digits, one at least.
pub fn round_to_digits(value: f64, digits: usize) -> f64 {
    let decimals = digits.saturating_sub(1);
    format!("{value:.decimals$e}").parse().unwrap_or(value)
}

/// The sum of stated numbers, with as many decimals as they have: 0.1 and 0.2 make 0.3, where
/// adding binary fractions gives 0.30000000000000004.
pub fn sum_of_stated(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, decimals) = values.into_iter().fold((0.0, 0), |(sum, decimals), value| {
        (sum + value, decimals_of(value).max(decimals))
    });
    round_to_decimals(sum, decimals)
}

/// A number as Rust prints it, such as "-1234.50", with the separators and the minus of a style.
pub fn group_digits(style: NumberStyle, printed: &str) -> String {
    let (group, point) = match style {
        NumberStyle::English => (",", "."),
        NumberStyle::Continental => (".", ","),
        // A space at which no line is broken.
        NumberStyle::French => ("\u{a0}", ","),
        NumberStyle::Swiss => ("’", "."),
    };
    let (sign, digits) = printed
        .strip_prefix('-')
        .map_or(("", printed), |digits| ("−", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push_str(point);
        out.push_str(fraction);
    }
    out
}

/// A large number by its scale word: 140 billion; 28,500 stays as it is.
pub fn format_scaled_number(value: f64) -> String {
    format_scaled_number_in(NumberStyle::English, value)
}

/// The same as a style writes it: 1,5 billion. A scale word never costs a digit: where the number
/// would get a long fraction before it, the next smaller word is tried, then all its digits are
/// written.
pub fn format_scaled_number_in(style: NumberStyle, value: f64) -> String {
    let printed = format!("{value}");
    let (sign, digits) = printed
        .strip_prefix('-')
        .map_or(("", printed.as_str()), |digits| ("-", digits));
    // A fraction of one, or more digits than anybody reads: no word makes these shorter.
    if digits.len() <= MAX_WRITTEN_DIGITS && digits.bytes().all(|b| b.is_ascii_digit()) {
        let fitting = SCALE_WORDS
            .iter()
            .filter(|(zeros, _)| digits.len() > usize::from(*zeros));
        // The number's own word, and the one below it.
        for ((zeros, word), most) in fitting.zip(MAX_SCALED_DECIMALS) {
            let (whole, fraction) = digits.split_at(digits.len() - usize::from(*zeros));
            let fraction = fraction.trim_end_matches('0');
            if fraction.len() <= most {
                let scaled = group_digits(style, &format!("{sign}{whole}.{fraction}"));
                return format!("{scaled} {word}");
            }
        }
    }
    format_number_in(style, value)
}

/// The words for so many zeros, the largest first.
pub const SCALE_WORDS: [(u8, &str); 3] = [(12, "trillion"), (9, "billion"), (6, "million")];

/// How many decimals a number has in so many zeros: 770 million has two in billions.
pub fn scaled_decimals(value: f64, zeros: u8) -> usize {
    scaled_digits(value, zeros)
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

/// The digits of a number that is not below zero, in so many zeros, none of them lost.
fn scaled_digits(value: f64, zeros: u8) -> String {
    let printed = format!("{}", value.abs());
    let (whole, fraction) = printed.split_once('.').unwrap_or((&printed, ""));
    let zeros = usize::from(zeros);
    let whole = format!("{whole:0>width$}", width = zeros + 1);
    let (whole, moved) = whole.split_at(whole.len() - zeros);
    let decimals = format!("{moved}{fraction}");
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// A number in so many zeros, whatever its size: "0.77 billion", "331,200 million".
pub fn format_number_at(style: NumberStyle, value: f64, zeros: u8) -> String {
    let sign = if value < 0.0 { "-" } else { "" };
    let word = SCALE_WORDS.iter().find(|(own, _)| *own == zeros);
    let word = word.map_or_else(String::new, |(_, word)| format!(" {word}"));
    let digits = group_digits(style, &format!("{sign}{}", scaled_digits(value, zeros)));
    format!("{digits}{word}")
}

/// Money in so many zeros, whatever its size: "$0.77 billion", "$331,200 million".
pub fn format_money_at(style: NumberStyle, value: f64, currency: &str, zeros: u8) -> String {
    if zeros == 0 && decimals_of(value) == 1 || value == 0.0 || value.abs() >= 1e21 {
        return format_money_in(style, value, currency);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let amount = format_number_at(style, value.abs(), zeros);
    match currency_sign(currency) {
        Some(symbol) => format!("{sign}{symbol}{amount}"),
        None => format!("{currency} {sign}{amount}"),
    }
}

/// The most decimals before a number's own scale word, and before the one below it: 1.18334
/// trillion, 1,234.567 billion.
const MAX_SCALED_DECIMALS: [usize; 2] = [5, 3];

/// Money by its currency: "$140 billion", "−€5", "SEK 3 million".
pub fn format_money(value: f64, currency: &str) -> String {
    format_money_in(NumberStyle::English, value, currency)
}

/// The same as a style writes it: "$1,5 billion".
pub fn format_money_in(style: NumberStyle, value: f64, currency: &str) -> String {
    let sign = if value < 0.0 { "−" } else { "" };
    let amount = match decimals_of(value) {
        // Ten cents are $0.10.
        1 if has_cents(currency) => group_digits(style, &format!("{:.2}", value.abs())),
        _ => format_scaled_number_in(style, value.abs()),
    };
    match currency_sign(currency) {
        Some(symbol) => format!("{sign}{symbol}{amount}"),
        None => format!("{currency} {sign}{amount}"),
    }
}

/// Whether a currency has a hundredth part, so that it is written with two decimals or none. By
/// ISO 4217 most have.
pub fn has_cents(currency: &str) -> bool {
    // BHD, IQD, JOD, KWD, LYD, OMR and TND have thousandths instead.
    const WITHOUT: &[&str] = &[
        "BHD", "BIF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD", "LYD",
        "OMR", "PYG", "RWF", "TND", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    ];
    !WITHOUT.contains(&currency)
}

/// The sign of a currency that has one that everybody knows.
pub fn currency_sign(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "KRW" => "₩",
        "JPY" => "¥",
        _ => return None,
    })
}

/// A rank or an anniversary: 1st, 2nd, 70th.
pub fn format_ordinal(value: f64) -> String {
    let n = value as i64;
    let suffix = match (n % 10, n % 100) {
        // No place in an order.
        _ if n as f64 != value => "th",
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", format_number(value))
}

/// One value of a figure, without its bound or unit.
fn format_figure_value(figure: &Figure, value: f64) -> String {
    match (figure.kind, figure.currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => format_money(value, currency),
        // By how many places somebody rose is no place.
        (FigureKind::Rank | FigureKind::Ordinal, _)
            if figure.effective_measure() == FigureMeasure::Level =>
        {
            format_ordinal(value)
        }
        _ => format_number(value),
    }
}

/// A figure's amount as it is printed: "28,500", "> $140 billion", "2nd", "7 August 2009", "B-21".
/// Never without its bound.
pub fn format_amount(figure: &Figure) -> String {
    match &figure.amount {
        Amount::On(date) => date.to_long_form(),
        Amount::Named(name) => name.clone(),
        Amount::Between(a, b) => format!(
            "{}{}{}",
            format_figure_value(figure, *a),
            range_dash(*a, *b),
            format_figure_value(figure, *b)
        ),
        other => {
            // Without `Between` there is one bound, or both are the same number.
            let (low, high) = other.bounds();
            format!(
                "{}{}",
                other.bound_prefix(),
                format_figure_value(figure, low.or(high).unwrap_or_default())
            )
        }
    }
}

/// What stands between the bounds of a range. Next to a minus sign a dash is misread.
pub fn range_dash(low: f64, high: f64) -> &'static str {
    match low < 0.0 || high < 0.0 {
        true => " to ",
        false => "–",
    }
}

/// A figure's amount with what it counts and what it is measured against: "28,500 personnel",
/// "> $140 billion", "2.5 percent of GDP", "change of −3,000 personnel since 2014".
pub fn format_amount_with_unit(figure: &Figure) -> String {
    let number = format_number_with_unit(figure);
    let measured = match figure.base_text() {
        Some(base) => format!("{number} {base}"),
        None => number,
    };
    match figure.effective_measure() {
        FigureMeasure::Change | FigureMeasure::PercentChange => format!("change of {measured}"),
        _ => measured,
    }
}

fn format_number_with_unit(figure: &Figure) -> String {
    let number = format_amount(figure);
    match (figure.kind, &figure.unit) {
        (FigureKind::Rank | FigureKind::Ordinal, Some(unit))
            if figure.effective_measure() != FigureMeasure::Level =>
        {
            format!("{number} {unit}")
        }
        (
            FigureKind::Money
            | FigureKind::Rank
            | FigureKind::Date
            | FigureKind::Identifier
            | FigureKind::Ordinal,
            _,
        )
        | (_, None) => number,
        (_, Some(unit)) => format!("{number} {unit}"),
    }
}

/// Where words stand, in a few of them: "Defense Vision ¶5".
pub fn format_location(register: &Register, citation: &Citation) -> String {
    let document = register.short_title_of(citation.document.as_str());
    match citation.paragraph {
        Some(paragraph) => format!("{document} ¶{paragraph}"),
        None => document.to_owned(),
    }
}

/// The place of the first citation.
pub fn format_first_location(register: &Register, citations: &[Citation]) -> String {
    citations
        .first()
        .map_or_else(String::new, |c| format_location(register, c))
}

/// A citation in one line that can stand in a brief: who, what, when, where, the words, the
/// address.
pub fn format_citation(register: &Register, citation: &Citation) -> String {
    let Some(document) = register.get::<Document>(citation.document.as_str()) else {
        return citation.document.as_str().to_owned();
    };
    let speaker = citation.speaker.as_ref().map(|speaker| {
        let name = register.short_title_of(speaker.as_str());
        format_speaker(citation.effective_voice(), name)
    });
    let words = (citation.paragraph, speaker, citation.phrase.as_deref());
    let url = document_url(register, document);
    citation_line(register, document, words, url)
}

/// Who speaks, and how that is given: "quoted by the Secretary".
pub fn format_speaker(voice: Voice, name: &str) -> String {
    let given = match voice {
        Voice::Quoted => "quoted",
        Voice::Paraphrased => "paraphrased",
        Voice::Document | Voice::Editorial | Voice::Boilerplate => voice.label(),
    };
    format!("{given} by {name}")
}

/// A document, and words of it (paragraph, who speaks, phrase), in one line that can stand in a
/// brief.
pub fn citation_line(
    register: &Register,
    document: &Document,
    (paragraph, speaker, phrase): (Option<u32>, Option<String>, Option<&str>),
    url: Option<&str>,
) -> String {
    let mut parts = Vec::new();
    let issuers = format_link_names(register, &document.issuers);
    if !issuers.is_empty() {
        parts.push(issuers);
    }
    parts.push(format!("“{}”", document.title));
    parts.push(document.date.date.to_long_form());
    if let Some(paragraph) = paragraph {
        parts.push(format!("para. {paragraph}"));
    }
    parts.extend(speaker);
    if let Some(phrase) = phrase {
        parts.push(format!("“{phrase}”"));
    }
    let mut line = parts.join(", ");
    if let Some(url) = url {
        line.push_str(". ");
        line.push_str(url);
    }
    line
}

/// Where a document can be read: its own address, else that of the page on which it stands.
pub fn document_url<'r>(register: &'r Register, document: &'r Document) -> Option<&'r str> {
    let own = document.url.as_deref();
    own.or_else(|| {
        register
            .get::<Document>(document.part_of.as_ref()?.as_str())?
            .url
            .as_deref()
    })
}

/// The address that opens the document at the cited words, by a text fragment. `None` where there
/// is no web address.
pub fn citation_url(register: &Register, citation: &Citation) -> Option<String> {
    let document = register.get::<Document>(citation.document.as_str())?;
    document_url_at_phrase(register, document, citation.phrase.as_deref())
}

/// What begins the instructions for a browser behind the fragment of an address (WICG).
const FRAGMENT_DIRECTIVE: &str = ":~:";

/// The address that opens a document at a phrase, by a text fragment. One that has such a fragment
/// keeps its own, and no other. `None` where there is no web address.
pub fn document_url_at_phrase(
    register: &Register,
    document: &Document,
    phrase: Option<&str>,
) -> Option<String> {
    let url = document_url(register, document)?;
    if !crate::document::is_web_address(url) {
        return None;
    }
    let Some(phrase) = phrase.filter(|p| !p.trim().is_empty()) else {
        return Some(url.to_owned());
    };
    let (base, fragment) = url.split_once('#').unwrap_or((url, ""));
    // An address may have been copied with the words that it leads to. Those are somebody else's
    // choice, and keep their place: a browser reads one such directive, and nobody two of them.
    if fragment.contains(FRAGMENT_DIRECTIVE) {
        return Some(url.to_owned());
    }
    let mut out = format!("{base}#{fragment}{FRAGMENT_DIRECTIVE}text=");
    for byte in phrase.bytes() {
        // Hyphens, commas and ampersands mean something inside a text fragment (WICG).
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

/// The records of a list as (place, record).
pub fn record_at<T: RegisterRecord>(register: &Register, index: usize) -> Option<&T> {
    T::list(register).get(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_print() {
        assert_eq!(format_number(28500.0), "28,500");
        assert_eq!(format_number(sum_of_stated([0.1, 0.2])), "0.3");
        assert_eq!(sum_of_stated([1e15, 0.25, 1e-7]), 1e15 + 0.25);
        assert_eq!(sum_of_stated([0.001, 0.0005]), 0.0015);
        assert_eq!(format_number(-0.0), "0");
        assert_eq!(format_number(-1234567.5), "−1,234,567.5");
        assert_eq!(format_money(140e9, "USD"), "$140 billion");
        assert_eq!(format_money(1.25e6, "SEK"), "SEK 1.25 million");
        assert_eq!(format_money(-5.0, "USD"), "−$5");
        assert_eq!(format_money(0.1, "USD"), "$0.10");
        assert_eq!(format_money(-1234.5, "EUR"), "−€1,234.50");
        assert_eq!(format_money(0.125, "USD"), "$0.125");
        assert_eq!(format_money(0.5, "KRW"), "₩0.5");
        assert_eq!(
            [1.0, 2.0, 3.0, 11.0, 70.0, 112.0, 121.0]
                .map(format_ordinal)
                .join(" "),
            "1st 2nd 3rd 11th 70th 112th 121st"
        );
    }

    #[test]
    fn names_of_links_that_lead_nowhere_are_their_ids() {
        let register = Register::default();
        assert_eq!(register.short_title_of("no-such-party"), "no-such-party");
    }

    #[test]
    fn a_scale_word_costs_no_digit() {
        for (value, text) in [
            (1_038_900_000_000.0, "₩1.0389 trillion"),
            (1_183_340_000_000.0, "₩1.18334 trillion"),
            (1_183_600_000_000.0, "₩1.1836 trillion"),
            (1_234_567_000_000.0, "₩1,234.567 billion"),
            (1_234_567_890_000.0, "₩1,234,567,890,000"),
            (999_999_999.0, "₩999,999,999"),
            (1_000_000_000.0, "₩1 billion"),
            (-2_500_000.0, "−₩2.5 million"),
            (1_234_567.0, "₩1,234,567"),
            (999_999.0, "₩999,999"),
            (1_000_000.5, "₩1,000,000.5"),
            (1e18, "₩1,000,000 trillion"),
            (1e303, "₩10³⁰³"),
            (1e-7, "₩0.0000001"),
        ] {
            assert_eq!(format_money(value, "KRW"), text);
        }
        assert_eq!(format_number(1e-7), "0.0000001");
        assert_eq!(format_number(-2.5e-300), "−2.5×10⁻³⁰⁰");
        assert_eq!(format_number(1e303), "10³⁰³");
        assert_eq!(format_number(1e20), "100,000,000,000,000,000,000");
        assert_eq!(
            format_number(1.7976931348623157e308),
            "1.7976931348623157×10³⁰⁸"
        );
        assert_eq!(format_ordinal(1e303), "10³⁰³th");
    }

    /// The number that a printed one says, by what a reader knows of separators, scale words and
    /// powers of ten.
    fn read_printed(style: NumberStyle, printed: &str) -> f64 {
        let (group, point) = match style {
            NumberStyle::English => (",", "."),
            NumberStyle::Continental => (".", ","),
            NumberStyle::French => ("\u{a0}", ","),
            NumberStyle::Swiss => ("’", "."),
        };
        let mut text = printed.replace(['$', '₩'], "").replace("SEK ", "");
        text = text
            .replace(group, "")
            .replace(point, ".")
            .replace('−', "-");
        for (word, zeros) in [("trillion", 12), ("billion", 9), ("million", 6)] {
            text = text.replace(&format!(" {word}"), &format!("e{zeros}"));
        }
        if let Some(at) = text.rfind("10").filter(|_| text.ends_with(is_raised)) {
            let (factor, power) = text.split_at(at);
            let power: String = power["10".len()..].chars().map(lowered).collect();
            let factor = match factor.trim_end_matches('×') {
                sign @ ("" | "-") => format!("{sign}1"),
                factor => factor.to_owned(),
            };
            text = format!("{factor}e{power}");
        }
        text.parse().unwrap_or_else(|_| panic!("{printed}: {text}"))
    }

    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

    fn is_raised(c: char) -> bool {
        RAISED.contains(c)
    }

    fn lowered(c: char) -> char {
        let at = RAISED.chars().position(|raised| raised == c).unwrap();
        "0123456789-".chars().nth(at).unwrap()
    }

    #[test]
    fn every_printed_number_says_the_very_number() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let mut values = vec![
            0.0,
            5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            0.1,
            1e21,
            1e22,
            1e-7,
        ];
        for _ in 0..4000 {
            // Any number at all; one with few digits, as people state them; one with cents.
            values.push(f64::from_bits(next()));
            let digits = next() % 10_u64.pow(next() as u32 % 8 + 1);
            let power = next() as i32 % 20;
            values.push(format!("{digits}e{power}").parse().unwrap());
            values.push((next() % 100_000_000) as f64 / 100.0);
        }
        values.retain(|value| value.is_finite());
        let styles = [
            NumberStyle::English,
            NumberStyle::Continental,
            NumberStyle::French,
            NumberStyle::Swiss,
        ];
        for value in values.iter().flat_map(|value| [*value, -value]) {
            for style in styles {
                let mut all = vec![
                    format_number_in(style, value),
                    format_scaled_number_in(style, value),
                ];
                all.extend(["USD", "KRW", "SEK"].map(|code| format_money_in(style, value, code)));
                for printed in all {
                    assert_eq!(read_printed(style, &printed), value, "{printed}");
                    assert!(printed.chars().count() < 44, "{printed}");
                }
            }
        }
    }
}
