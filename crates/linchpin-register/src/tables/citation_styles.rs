//! Citations in the styles that people paste into briefs, notes and bibliographies.
//!
//! A new style is a function and its line in [`ALL`].

use super::formatting::{self, format_speaker};
use crate::date::{Date, DateCertainty, DatePrecision, DateWords};
use crate::english::capitalize;
use crate::vocabulary::Voice;
use crate::{Citation, Document, Register};

/// A way to write a citation.
pub struct CitationStyle {
    /// What the window remembers it by.
    pub id: &'static str,
    /// The words on screen.
    pub label: &'static str,
    /// What it is good for.
    pub help: &'static str,
    /// Writes a citation.
    pub write: fn(&CitedSource<'_>) -> String,
}

/// Every style; the first one is what a window begins with.
pub static ALL: &[CitationStyle] = &[
    CitationStyle {
        id: "plain",
        label: "Plain text",
        help: "One line for a brief or an email: who, what, when, where, the words, the address",
        write: write_plain,
    },
    CitationStyle {
        id: "markdown",
        label: "Markdown",
        help: "For notes and web pages: the title is a link to the words",
        write: write_markdown,
    },
    CitationStyle {
        id: "bibtex",
        label: "BibTeX",
        help: "An entry for a bibliography in LaTeX. Its key is the document's id, so it stays the \
            same",
        write: write_bibtex,
    },
    CitationStyle {
        id: "chicago",
        label: "Chicago note",
        help: "A footnote after the Chicago Manual of Style: author, title, date, place, address",
        write: write_chicago,
    },
];

/// The style with this id, else the first.
pub fn by_id(id: &str) -> &'static CitationStyle {
    ALL.iter().find(|style| style.id == id).unwrap_or(&ALL[0])
}

/// What is cited: a document, or words of it.
#[derive(Clone, Copy)]
pub struct CitedSource<'r> {
    pub register: &'r Register,
    pub document: &'r Document,
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<&'r str>,
    /// Whose words they are, where that is not the document itself, and how they are given.
    pub speaker: Option<(&'r str, Voice)>,
}

impl<'r> CitedSource<'r> {
    /// A document as a whole.
    pub fn of_document(register: &'r Register, document: &'r Document) -> Self {
        CitedSource {
            register,
            document,
            paragraph: None,
            phrase: None,
            speaker: None,
        }
    }

    /// What a citation names; `None` where the register has no such document.
    pub fn of_citation(register: &'r Register, citation: &'r Citation) -> Option<Self> {
        let speaker = citation.speaker.as_ref();
        let speaker = speaker.map(|id| {
            (
                register.short_title_of(id.as_str()),
                citation.effective_voice(),
            )
        });
        Some(CitedSource {
            paragraph: citation.paragraph,
            phrase: citation.phrase.as_deref(),
            speaker,
            ..CitedSource::of_document(register, register.get(citation.document.as_str())?)
        })
    }

    /// Who issued the document, by their names.
    fn authors(&self) -> Vec<&'r str> {
        let issuers = self.document.issuers.iter();
        let name = |id: &'r str| match self.register.find(id) {
            Some(at) => self.register.record(at).map_or(id, |record| record.title()),
            None => id,
        };
        issuers.map(|link| name(link.as_str())).collect()
    }

    /// Where it can be read: at the words, where there is an address that can say so.
    fn url(&self) -> Option<String> {
        let at_words =
            formatting::document_url_at_phrase(self.register, self.document, self.phrase);
        at_words.or_else(|| {
            let url = formatting::document_url(self.register, self.document)?;
            Some(url.to_owned())
        })
    }
}

/// "A", "A and B", "A, B, and C".
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

/// One line of plain text.
fn write_plain(cited: &CitedSource<'_>) -> String {
    let speaker = cited.speaker;
    let speaker = speaker.map(|(name, voice)| format_speaker(voice, name));
    let place = (cited.paragraph, speaker, cited.phrase);
    let url = cited.url();
    formatting::citation_line(cited.register, cited.document, place, url.as_deref())
}

/// The title is a link to the words.
fn write_markdown(cited: &CitedSource<'_>) -> String {
    let mut parts = Vec::new();
    let authors = joined(&cited.authors());
    if !authors.is_empty() {
        parts.push(escape_markdown(&authors));
    }
    let title = escape_markdown(&cited.document.title);
    parts.push(match cited.url() {
        Some(url) => format!("[{title}](<{}>)", escape_markdown_url(&url)),
        None => format!("*{title}*"),
    });
    parts.push(cited.document.date.date.to_long_form());
    if let Some(paragraph) = cited.paragraph {
        parts.push(format!("para. {paragraph}"));
    }
    if let Some((name, voice)) = cited.speaker {
        parts.push(format_speaker(voice, &escape_markdown(name)));
    }
    let line = parts.join(", ");
    match cited.phrase {
        Some(phrase) => format!("{line}: “{}”", escape_markdown(phrase)),
        None => format!("{line}."),
    }
}

/// What means something in Markdown is made to stand for itself.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '#' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// An address between angle brackets.
fn escape_markdown_url(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E")
}

/// The months as every bibliography style of LaTeX knows them.
const BIBTEX_MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// An entry for a bibliography of a text in LaTeX.
fn write_bibtex(cited: &CitedSource<'_>) -> String {
    let document = cited.document;
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Braces keep BibTeX from taking the name of an office apart into first and last names.
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
        fields.push(("url", format!("{{{}}}", escape_latex_url(&url))));
    }
    if let Some(language) = &document.language {
        fields.push(("language", format!("{{{}}}", escape_latex(language))));
    }
    let mut note = Vec::new();
    if let Some(paragraph) = cited.paragraph {
        note.push(format!("para. {paragraph}"));
    }
    if let Some((name, voice)) = cited.speaker {
        note.push(format_speaker(voice, &escape_latex(name)));
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
    // What is no plain year, month or day stands in words where the year does: so every style
    // prints it, and none prints more than is known.
    let words = || {
        vec![(
            "year",
            format!("{{{}}}", date.to_words(DateWords::MonthFirst)),
        )]
    };
    let Some(date) = date.single() else {
        return words();
    };
    let is_plain = matches!(
        date.precision,
        DatePrecision::Year | DatePrecision::Month | DatePrecision::Day
    );
    if !is_plain || date.certainty != DateCertainty::Sure || date.year < 1 {
        return words();
    }
    let mut fields = vec![("year", format!("{{{:04}}}", date.year))];
    let month = BIBTEX_MONTHS.get(usize::from(date.month).saturating_sub(1));
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
fn escape_latex_url(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
}

/// A note with all its parts.
fn write_chicago(cited: &CitedSource<'_>) -> String {
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
    let date = cited.document.date.date;
    out.push_str(&date.to_words(DateWords::MonthFirst));
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
