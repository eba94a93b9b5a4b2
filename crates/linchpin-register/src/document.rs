//! Documents: where the words stand.

use super::check::CheckContext;
use super::citation::{Citation, SourcedDate};
use super::messages::Problem;
use super::schema::record;
use super::vocabulary::{CodingExtent, DocumentKind, LegalCharacter};
use super::{Id, Link, Party, Record, Theme};
use linchpin_report::is_reserved_file_name;
use std::borrow::Cow;
use std::ops::Range;

record! {
    /// A source: a treaty, a statement, an editorial, a page.
    pub struct Document "Document" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "Full title.";
        short: required String, "How a source line names it.";
        kind: required DocumentKind, "What it is.";
        issuers: list Link<Party>, "Who issued it.";
        legal_character: required LegalCharacter, "What law says of it.";
        date: required SourcedDate, "When it was adopted or published.";
        language: optional String, "BCP 47 code, such as en or ko.";
        url: optional String, "The official copy; http or https.";
        archive_url: optional String, "A copy in a web archive.";
        text: optional String, "Path of its text, relative to the register: plain UTF-8, one \
            paragraph a line.";
        text_sha256: optional String, "SHA-256 of that text as it was attached: 64 hexadecimal \
            digits. A text that has changed since is noticed.";
        series: optional String, "The series it belongs to.";
        number: optional u32, "Its number in the series.";
        follows: optional Link<Document>, "The document before it.";
        supersedes: optional Link<Document>, "The document it replaces.";
        part_of: optional Link<Document>, "The document on whose page it stands. Without a text of \
            its own it is read there.";
        coded: optional CodingExtent, "How far it has been coded.",
            default "nothing is said about that";
        coded_for: list Link<Theme>, "The subjects for which it has been coded through.";
        note: optional String, "A remark.";
        citations: list Citation, "Where the facts about it stand, if not on its own page.";
    }
}

impl Record for Document {
    fn title(&self) -> &str {
        &self.title
    }
    fn short_title(&self) -> &str {
        &self.short
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.check_text("short", &self.short);
        check.check_date(&["date"], &self.date);
        for (field, url) in [("url", &self.url), ("archive_url", &self.archive_url)] {
            if let Some(url) = url
                && let Some(open) = without_user(url)
            {
                let change = [url.as_str(), &open];
                check.report_with_replacement(&[field], Problem::UrlWithPassword, change);
            } else if let Some(url) = url
                && !is_web_address(url)
            {
                let change = [url.as_str(), &normalized_web_address(url)];
                check.report_with_replacement(&[field], Problem::BadUrl, change);
            }
        }
        if let Some(path) = &self.text {
            if !is_relative_inside_folder(path) {
                check.report(&["text"], Problem::PathOutside);
            } else if path.split(['/', '\\']).any(is_reserved_file_name) {
                check.report(&["text"], Problem::ReservedPath);
            }
        }
        check.check_file_name(self.id.as_str());
        if let Some(hash) = &self.text_sha256
            && (hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            check.report(&["text_sha256"], Problem::BadHash);
        }
        if self.coded == Some(CodingExtent::Subjects) && self.coded_for.is_empty() {
            check.report_if_missing("coded_for", &["coded"], Problem::NoCodedSubjects);
        }
        if self.url.is_none() && self.citations.is_empty() && self.part_of.is_none() {
            check.report_if_missing("url", &["id"], Problem::NoDocumentSource);
        }
    }
}

impl Document {
    /// Takes user and password out of the addresses, so that no table, citation, report or export
    /// shows them.
    pub(crate) fn forget_passwords(&mut self) {
        for url in [&mut self.url, &mut self.archive_url].into_iter().flatten() {
            if let Some(open) = without_user(url) {
                *url = open;
            }
        }
    }
}

/// The address without the user and the password that stand before its host; `None` where it has
/// none.
fn without_user(url: &str) -> Option<String> {
    let span = user_in(url, 0)?;
    let (before, after) = (url.get(..span.start)?, url.get(span.end..)?);
    Some(format!("{before}{after}"))
}

/// Where user and password of the first address after byte `from` stand, with the `@`.
fn user_in(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = from + text.get(from..)?.find("://")? + "://".len();
        let rest = text.get(start..)?;
        let ends = |c: char| {
            c.is_whitespace() || matches!(c, '/' | '?' | '#' | '\\' | '"' | '<' | '>' | '(' | ')')
        };
        let authority = rest.split(ends).next().unwrap_or("");
        // The last one: a password may hold an `@` itself.
        if let Some(at) = authority.rfind('@') {
            return Some(start..start + at + 1);
        }
        from = start;
    }
}

/// A text in which `*` stand for users and passwords in addresses, as many as they have bytes: what
/// is shown of a file's lines on a screen or in a log.
pub fn masked_passwords(text: &str) -> Cow<'_, str> {
    let Some(mut span) = user_in(text, 0) else {
        return Cow::Borrowed(text);
    };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        out.push_str(text.get(from..span.start).unwrap_or(""));
        // The `@` behind them stays.
        out.push_str(&"*".repeat(span.len() - 1));
        from = span.end - 1;
        match user_in(text, from) {
            Some(next) => span = next,
            None => break,
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(out)
}

/// A text without the users and passwords in its addresses, as it is published.
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    let Some(mut span) = user_in(text, 0) else {
        return Cow::Borrowed(text);
    };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        out.push_str(text.get(from..span.start).unwrap_or(""));
        from = span.end;
        match user_in(text, from) {
            Some(next) => span = next,
            None => break,
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(out)
}

/// Whether a link may be handed to the browser: http or https, and no spaces or control characters.
pub fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|r| !r.is_empty() && !r.starts_with('/'))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The same address without spaces around it and with its scheme in small letters, where that makes
/// it one that is opened.
fn normalized_web_address(url: &str) -> String {
    let trimmed = url.trim();
    let meant = match trimmed.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_ascii_lowercase()),
        None => trimmed.to_owned(),
    };
    match is_web_address(&meant) {
        true => meant,
        false => url.to_owned(),
    }
}

/// Whether a path stays in the folder of the register: it is relative and never climbs out, on any
/// system.
pub fn is_relative_inside_folder(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with(['/', '\\'])
        // On Windows `C:x` is relative and leads to another drive.
        && !path.contains(':')
        && path.split(['/', '\\']).all(|part| part != "..")
}

#[cfg(test)]
mod tests {
    use super::{
        is_relative_inside_folder, is_web_address, masked_passwords, without_passwords,
        without_user,
    };

    #[test]
    fn users_and_passwords_are_found_in_addresses_and_nowhere_else() {
        for (url, open) in [
            (
                "https://kim:pa@ss@example.org/a",
                Some("https://example.org/a"),
            ),
            ("http://kim@example.org", Some("http://example.org")),
            ("https://example.org/@kim", None),
            ("https://example.org?mail=kim@example.org", None),
            ("kim@example.org", None),
        ] {
            assert_eq!(without_user(url).as_deref(), open, "{url}");
        }
        let text = "a: \"http://x.org\", b: \"https://김:pw@x.org/@y\", // ftp://k@z";
        let masked = masked_passwords(text);
        assert_eq!(
            masked,
            "a: \"http://x.org\", b: \"https://******@x.org/@y\", // ftp://*@z"
        );
        assert_eq!(masked.len(), text.len());
        assert_eq!(
            without_passwords(text),
            "a: \"http://x.org\", b: \"https://x.org/@y\", // ftp://z"
        );
    }

    #[test]
    fn only_web_addresses_are_opened() {
        assert!(is_web_address("https://example.org/a?b#c"));
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "http:///x",
            "https://a b",
            "HTTPS//x",
            "ftp://x",
            "",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn texts_stay_in_the_folder() {
        assert!(is_relative_inside_folder("texts/vision.txt"));
        for bad in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            "C:\\x",
            "\\\\host\\x",
            "",
        ] {
            assert!(!is_relative_inside_folder(bad), "{bad}");
        }
    }
}
