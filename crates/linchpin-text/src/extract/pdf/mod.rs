//! PDF: where each letter stands, and from that lines, columns and paragraphs. Read by a library that draws pages; it is told to draw letters only.
//!
//! - `collect`: the letters of a page with their places.
//! - `rows`: letters that stand on one line, cut where there are wide gaps.
//! - `repeated`: what stands at the head or foot of many pages.
//! - `columns`: in which order lines are read.
//! - `flow`: lines as paragraphs, over columns and pages.
//! - `unpacked`: how large and how deep a file becomes, before it is read.

mod chars;
mod columns;
mod headers_footers;
mod limits;
mod paragraphs;
mod rows;

use super::clean::{RawParagraphs, expand_ligatures};
use super::guard::ExtractContext;
use chars::{PdfPageChars, interpreter_settings, page_chars};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

/// The most pages that are read.
const MAX_PAGES: usize = 3_000;

/// The paragraphs of a PDF.
pub fn read(bytes: &[u8], work: &ExtractContext) -> Result<RawParagraphs, String> {
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
    limits::check_size(bytes, work)?;
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
    let (cache, settings) = (
        InterpreterCache::new(),
        interpreter_settings(work.fallback_font()),
    );
    let count = pdf.pages().len();
    if count > MAX_PAGES {
        return Err(format!(
            "The PDF has {count} pages; at most {MAX_PAGES} are read. Save the pages that are the document"
        ));
    }
    let (mut pages, mut warnings) = (Vec::new(), PageWarnings::default());
    let mut letters_so_far = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        work.stop_if_cancelled();
        limits::check_nesting(page.page_stream().unwrap_or_default())?;
        let letters = page_chars(page, &cache, &pdf, &settings, letters_so_far, work);
        letters_so_far += letters.chars.len();
        warnings.add_page(number, &letters);
        pages.push(rows::page_rows(letters));
        work.progress(number as f32 / count.max(1) as f32);
    }
    if pages.iter().all(|page| page.rows.is_empty()) {
        return Err(match warnings.image_only.is_empty() {
            true => "There is no text in this PDF".into(),
            false => "This PDF holds pictures of pages and no text. Let a program for text recognition read it first, or paste the text".to_owned(),
        });
    }
    let left_out = headers_footers::remove_headers_footers(&mut pages);
    let columns = pages
        .into_iter()
        .map(|page| columns::reading_order(page.rows))
        .collect();
    let paragraphs = paragraphs::paragraphs(columns);
    Ok(RawParagraphs {
        paragraphs: paragraphs
            .iter()
            .map(|text| expand_ligatures(text))
            .collect(),
        notes: warnings.notes(left_out),
    })
}

/// What a reader is told of the pages.
#[derive(Default)]
struct PageWarnings {
    /// Pages that have pictures and no text.
    image_only: Vec<u32>,
    /// Pages with text that runs askew, which is left out.
    rotated: Vec<u32>,
    /// Pages with letters of which the file does not say which they are.
    unmapped: Vec<u32>,
    unmapped_chars: usize,
}

impl PageWarnings {
    fn add_page(&mut self, number: u32, letters: &PdfPageChars) {
        if letters.chars.is_empty() && letters.images > 0 {
            self.image_only.push(number);
        }
        if letters.rotated > 0 {
            self.rotated.push(number);
        }
        if letters.unmapped > 0 {
            self.unmapped.push(number);
            self.unmapped_chars += letters.unmapped;
        }
    }

    fn notes(self, left_out: Vec<String>) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.image_only.is_empty() {
            notes.push(format!(
                "No text, only pictures: {}",
                page_list(&self.image_only)
            ));
        }
        if self.unmapped_chars > 0 {
            notes.push(format!(
                "The file does not say which letters some of its signs are; {} are shown as � ({})",
                self.unmapped_chars,
                page_list(&self.unmapped)
            ));
        }
        if !self.rotated.is_empty() {
            notes.push(format!(
                "Text that runs askew or sideways was left out: {}",
                page_list(&self.rotated)
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
fn page_list(pages: &[u32]) -> String {
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
    use super::page_list;

    #[test]
    fn pages_are_said_in_runs() {
        assert_eq!(page_list(&[3]), "page 3");
        assert_eq!(page_list(&[1, 2, 4, 6, 7, 8]), "pages 1, 2, 4, 6 to 8");
    }
}
