//! The Chicago Manual of Style: a note with all its parts.

use super::{CitationStyle, CitedSource, joined};
use crate::date::{Date, DatePrecision};
use crate::vocabulary::Voice;

pub static STYLE: CitationStyle = CitationStyle {
    id: "chicago",
    label: "Chicago note",
    help: "A footnote after the Chicago Manual of Style: author, title, date, place, address",
    write,
};

fn write(cited: &CitedSource<'_>) -> String {
    let mut out = String::new();
    if let Some((name, voice)) = cited.speaker {
        let how = match voice {
            Voice::Paraphrased => "paraphrased in",
            _ => "quoted in",
        };
        out.push_str(&format!("{name}, {how} "));
    }
    let authors = joined(&cited.authors());
    if !authors.is_empty() {
        out.push_str(&authors);
        out.push_str(", ");
    }
    // Quotation marks inside a quotation are single ones, and the comma stands within.
    let title = cited.document.title.replace('“', "‘").replace('”', "’");
    let title = single_quotation_marks(&title);
    let comma = if title.ends_with(['?', '!', ',']) {
        ""
    } else {
        ","
    };
    out.push_str(&format!("“{title}{comma}” "));
    out.push_str(&us_date(&cited.document.date.date));
    if let Some(paragraph) = cited.paragraph {
        out.push_str(&format!(", para. {paragraph}"));
    }
    if let Some(url) = cited.url() {
        out.push_str(", ");
        out.push_str(&url);
    }
    out.push('.');
    out
}

/// Straight double quotation marks become single ones.
fn single_quotation_marks(title: &str) -> String {
    let mut opens = true;
    let convert = |c: char| match c {
        '"' => {
            opens = !opens;
            if opens { '’' } else { '‘' }
        }
        other => other,
    };
    title.chars().map(convert).collect()
}

/// "November 13, 2023", "November 2023", "2023", "1950s".
fn us_date(date: &Date) -> String {
    match date.precision {
        DatePrecision::Day => {
            let words = Date {
                precision: DatePrecision::Month,
                ..*date
            };
            let words = words.to_long_form();
            match words.split_once(' ') {
                Some((month, year)) => format!("{month} {}, {year}", date.day),
                None => words,
            }
        }
        DatePrecision::Month | DatePrecision::Year => date.to_long_form(),
        DatePrecision::Decade => format!("{}s", date.year),
    }
}
