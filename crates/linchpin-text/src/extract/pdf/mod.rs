//! PDF: where each letter stands, and from that lines, columns and paragraphs. Read by a library that draws pages; it is told to draw letters only.
//!
//! - `collect`: the letters of a page with their places.
//! - `rows`: letters that stand on one line, cut where there are wide gaps.
//! - `repeated`: what stands at the head or foot of many pages.
//! - `columns`: in which order lines are read.
//! - `flow`: lines as paragraphs, over columns and pages.
//! - `unpacked`: how large and how deep a file becomes, before it is read.

mod collect;
mod columns;
mod flow;
mod repeated;
mod rows;
mod unpacked;

use super::clean::{Raw, without_ligatures};
use super::guard::ExtractContext;
use collect::{Letters, collected, settings};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

/// The most pages that are read.
const MAX_PAGES: usize = 3_000;

/// The paragraphs of a PDF.
pub fn read(bytes: &[u8], work: &ExtractContext) -> Result<Raw, String> {
    if !bytes
        .iter()
        .take(1024)
        .copied()
        .collect::<Vec<_>>()
        .windows(5)
        .any(|w| w == b"%PDF-")
    {
        return Err("This is no PDF, whatever its name says".into());
    }
    unpacked::limit(bytes, work)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|why| match why {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "This PDF is locked with a password. Open it in a PDF program, save it without one, or paste its text"
        }
        LoadPdfError::Decryption(_) => {
            "This PDF is encrypted in a way that cannot be read. Open it in a PDF program, and paste its text"
        }
        LoadPdfError::Invalid => {
            "This PDF is damaged and cannot be read. Get it again, or open it in a PDF program and paste its text"
        }
    })?;
    let (cache, settings) = (InterpreterCache::new(), settings(work.fallback_font()));
    let count = pdf.pages().len();
    if count > MAX_PAGES {
        return Err(format!(
            "The PDF has {count} pages; at most {MAX_PAGES} are read. Save the pages that are the document"
        ));
    }
    let (mut pages, mut told) = (Vec::new(), Told::default());
    let mut letters_so_far = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        work.stop_if_cancelled();
        unpacked::nested(page.page_stream().unwrap_or_default())?;
        let letters = collected(page, &cache, &pdf, &settings, letters_so_far, work);
        letters_so_far += letters.all.len();
        told.look(number, &letters);
        pages.push(rows::rows(letters));
        work.progress(number as f32 / count.max(1) as f32);
    }
    if pages.iter().all(|page| page.rows.is_empty()) {
        return Err(match told.pictures.is_empty() {
            true => "There is no text in this PDF".into(),
            false => "This PDF holds pictures of pages and no text. Let a program for text recognition read it first, or paste the text".to_owned(),
        });
    }
    let left_out = repeated::take_out(&mut pages);
    let columns = pages
        .into_iter()
        .map(|page| columns::ordered(page.rows))
        .collect();
    let paragraphs = flow::paragraphs(columns);
    Ok(Raw {
        paragraphs: paragraphs
            .iter()
            .map(|text| without_ligatures(text))
            .collect(),
        notes: told.notes(left_out),
    })
}

/// What a reader is told of the pages.
#[derive(Default)]
struct Told {
    /// Pages that have pictures and no text.
    pictures: Vec<u32>,
    /// Pages with text that runs askew, which is left out.
    askew: Vec<u32>,
    /// Pages with letters of which the file does not say which they are.
    unknown: Vec<u32>,
    unknown_letters: usize,
}

impl Told {
    fn look(&mut self, number: u32, letters: &Letters) {
        if letters.all.is_empty() && letters.pictures > 0 {
            self.pictures.push(number);
        }
        if letters.askew > 0 {
            self.askew.push(number);
        }
        if letters.unknown > 0 {
            self.unknown.push(number);
            self.unknown_letters += letters.unknown;
        }
    }

    fn notes(self, left_out: Vec<String>) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.pictures.is_empty() {
            notes.push(format!(
                "No text, only pictures: {}",
                in_words(&self.pictures)
            ));
        }
        if self.unknown_letters > 0 {
            notes.push(format!(
                "The file does not say which letters some of its signs are; {} are shown as � ({})",
                self.unknown_letters,
                in_words(&self.unknown)
            ));
        }
        if !self.askew.is_empty() {
            notes.push(format!(
                "Text that runs askew or sideways was left out: {}",
                in_words(&self.askew)
            ));
        }
        if !left_out.is_empty() {
            notes.push(format!(
                "Left out, because it stands on several pages: {}",
                left_out.join(", ")
            ));
        }
        notes
    }
}

/// “page 3”, “pages 3 to 5 and 9”.
fn in_words(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let shown: Vec<String> = runs
        .iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    let word = if pages.len() == 1 { "page" } else { "pages" };
    format!("{word} {}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn pages_are_said_in_runs() {
        assert_eq!(in_words(&[3]), "page 3");
        assert_eq!(in_words(&[1, 2, 4, 6, 7, 8]), "pages 1, 2, 4, 6 to 8");
    }
}
