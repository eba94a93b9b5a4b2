//! Numbers, dates, names and sources in words, the same in tables, details and charts.

use crate::chart_vocabulary::NumberStyle;
use crate::vocabulary::{FigureKind, Voice};
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

/// A number with thousands separators and no more decimals than it has: 28,500; 1.5.
pub fn format_number(value: f64) -> String {
    format_number_in(NumberStyle::English, value)
}

/// The same as a style writes it: 28.500; 1,5.
pub fn format_number_in(style: NumberStyle, value: f64) -> String {
    // Adding nothing makes a zero below zero a plain one.
    let rounded = (value * 1e6).round() / 1e6 + 0.0;
    group_digits(style, &format!("{rounded}"))
}

/// A number as Rust prints it, such as "-1234.50", with the separators and the minus of a style.
pub fn group_digits(style: NumberStyle, printed: &str) -> String {
    let (group, point) = match style {
        NumberStyle::English => (",", "."),
        NumberStyle::Continental => (".", ","),
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

/// The same as a style writes it: 1,5 billion.
pub fn format_scaled_number_in(style: NumberStyle, value: f64) -> String {
    for (scale, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= scale {
            let scaled = format_number_in(style, (value / scale * 1e3).round() / 1e3);
            return format!("{scaled} {word}");
        }
    }
    format_number_in(style, value)
}

/// Money by its currency: "$140 billion", "−€5", "SEK 3 million".
pub fn format_money(value: f64, currency: &str) -> String {
    format_money_in(NumberStyle::English, value, currency)
}

/// The same as a style writes it: "$1,5 billion".
pub fn format_money_in(style: NumberStyle, value: f64, currency: &str) -> String {
    let sign = if value < 0.0 { "−" } else { "" };
    let amount = format_scaled_number_in(style, value.abs());
    match currency_sign(currency) {
        Some(symbol) => format!("{sign}{symbol}{amount}"),
        None => format!("{currency} {sign}{amount}"),
    }
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
        (FigureKind::Rank | FigureKind::Ordinal, _) => format_ordinal(value),
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
            "{}–{}",
            format_figure_value(figure, *a),
            format_figure_value(figure, *b)
        ),
        other => {
            let (low, high) = other.bounds();
            format!(
                "{}{}",
                other.bound_prefix(),
                format_figure_value(figure, low.or(high).unwrap_or_default())
            )
        }
    }
}

/// A figure's amount with what it counts: "28,500 personnel", "> $140 billion".
pub fn format_amount_with_unit(figure: &Figure) -> String {
    let number = format_amount(figure);
    match (figure.kind, &figure.unit) {
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

/// The address that opens a document at a phrase, by a text fragment. `None` where there is no web
/// address.
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
    let (base, fragment) = url
        .split_once('#')
        .map_or((url, None), |(base, fragment)| (base, Some(fragment)));
    let mut out = format!("{base}#{}:~:text=", fragment.unwrap_or(""));
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
        assert_eq!(format_number(0.1 + 0.2), "0.3");
        assert_eq!(format_number(-0.0), "0");
        assert_eq!(format_number(-1234567.5), "−1,234,567.5");
        assert_eq!(format_money(140e9, "USD"), "$140 billion");
        assert_eq!(format_money(1.25e6, "SEK"), "SEK 1.25 million");
        assert_eq!(format_money(-5.0, "USD"), "−$5");
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
}
