//! Markdown: the title is a link to the words.

use super::{CitationStyle, CitedSource, joined};

pub static STYLE: CitationStyle = CitationStyle {
    id: "markdown",
    label: "Markdown",
    help: "For notes and web pages: the title is a link to the words",
    write,
};

fn write(cited: &CitedSource<'_>) -> String {
    let mut parts = Vec::new();
    let authors = joined(&cited.authors());
    if !authors.is_empty() {
        parts.push(escape_markdown(&authors));
    }
    let title = escape_markdown(&cited.document.title);
    parts.push(match cited.url() {
        Some(url) => format!("[{title}](<{}>)", escape_url(&url)),
        None => format!("*{title}*"),
    });
    parts.push(cited.document.date.date.to_long_form());
    if let Some(paragraph) = cited.paragraph {
        parts.push(format!("para. {paragraph}"));
    }
    if let Some((name, voice)) = cited.speaker {
        let voice = voice.label().replace(" person", "");
        parts.push(format!("{voice} by {}", escape_markdown(name)));
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
fn escape_url(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E")
}
