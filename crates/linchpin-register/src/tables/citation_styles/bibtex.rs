//! BibTeX: an entry for a bibliography of a text in LaTeX.

use super::{CitationStyle, CitedSource};
use crate::date::{Date, DatePrecision};
use crate::english::capitalize;

pub static STYLE: CitationStyle = CitationStyle {
    id: "bibtex",
    label: "BibTeX",
    help: "An entry for a bibliography in LaTeX. Its key is the document's id, so it stays the same",
    write,
};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn write(cited: &CitedSource<'_>) -> String {
    let document = cited.document;
    let mut fields: Vec<(&str, String)> = Vec::new();
    let authors: Vec<String> = cited
        .authors()
        .iter()
        .map(|name| format!("{{{}}}", escape_latex(name)))
        .collect();
    if !authors.is_empty() {
        fields.push(("author", format!("{{{}}}", authors.join(" and "))));
    }
    // The second braces keep capitals as they are.
    fields.push((
        "title",
        format!("{{{{{}}}}}", escape_latex(&document.title)),
    ));
    fields.extend(date_fields(&document.date.date));
    let kind = document.kind.label();
    fields.push((
        "howpublished",
        format!("{{{}}}", escape_latex(&capitalize(kind))),
    ));
    if let Some(url) = cited.url() {
        fields.push(("url", format!("{{{}}}", escape_url(&url))));
    }
    if let Some(language) = &document.language {
        fields.push(("language", format!("{{{}}}", escape_latex(language))));
    }
    let mut note = Vec::new();
    if let Some(paragraph) = cited.paragraph {
        note.push(format!("para. {paragraph}"));
    }
    if let Some((name, voice)) = cited.speaker {
        let voice = voice.label().replace(" person", "");
        note.push(format!("{voice} by {}", escape_latex(name)));
    }
    if let Some(phrase) = cited.phrase {
        note.push(format!("``{}''", escape_latex(phrase)));
    }
    if !note.is_empty() {
        fields.push(("note", format!("{{{}}}", note.join(", "))));
    }
    let lines = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {value},\n"));
    format!(
        "@misc{{{},\n{}}}\n",
        entry_key(document.id.as_str()),
        lines.collect::<String>()
    )
}

/// The fields of a date, as far as it is known.
fn date_fields(date: &Date) -> Vec<(&'static str, String)> {
    let mut fields = vec![(
        "year",
        match date.precision {
            DatePrecision::Decade => format!("{{{}s}}", date.year),
            _ => format!("{{{}}}", date.year),
        },
    )];
    let month = MONTHS.get(usize::from(date.month).saturating_sub(1));
    if let Some(month) = month.filter(|_| date.precision >= DatePrecision::Month) {
        fields.push(("month", (*month).to_owned()));
    }
    if date.precision == DatePrecision::Day {
        fields.push(("day", format!("{{{}}}", date.day)));
    }
    fields
}

/// The key of an entry: the id of its document. Letters that BibTeX cannot have in a key become
/// their numbers.
fn entry_key(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => out.push(c),
            other => out.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
    out
}

/// What means something in LaTeX is made to stand for itself. Letters of any script stay: LaTeX
/// reads UTF-8.
fn escape_latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            // Braces that do not match would end the field, even behind a backslash.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(c);
            }
            '\u{a0}' => out.push('~'),
            '…' => out.push_str("\\ldots{}"),
            '–' => out.push_str("--"),
            '—' => out.push_str("---"),
            '“' => out.push_str("``"),
            '”' => out.push_str("''"),
            '‘' => out.push('`'),
            '’' => out.push('\''),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// An address as `\url` reads it: nothing in it is escaped, and nothing in it may end the field.
fn escape_url(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
}
