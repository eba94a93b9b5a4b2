//! Markdown: the title is a link to the words.

use super::{Cited, Style, joined};

pub static STYLE: Style = Style {
    id: "markdown",
    label: "Markdown",
    help: "For notes and web pages: the title is a link to the words",
    write,
};

fn write(cited: &Cited<'_>) -> String {
    let mut parts = Vec::new();
    let authors = joined(&cited.authors());
    if !authors.is_empty() {
        parts.push(escaped(&authors));
    }
    let title = escaped(&cited.document.title);
    parts.push(match cited.url() {
        Some(url) => format!("[{title}](<{}>)", address(&url)),
        None => format!("*{title}*"),
    });
    parts.push(cited.document.date.date.words());
    if let Some(paragraph) = cited.paragraph {
        parts.push(format!("para. {paragraph}"));
    }
    if let Some((name, voice)) = cited.speaker {
        let voice = voice.label().replace(" person", "");
        parts.push(format!("{voice} by {}", escaped(name)));
    }
    let line = parts.join(", ");
    match cited.phrase {
        Some(phrase) => format!("{line}: “{}”", escaped(phrase)),
        None => format!("{line}."),
    }
}

/// What means something in Markdown is made to stand for itself.
fn escaped(text: &str) -> String {
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
fn address(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E")
}
