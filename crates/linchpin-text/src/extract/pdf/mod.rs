//! PDF: where each letter stands, and from that lines, columns and paragraphs. Read by a library
//! that draws pages; it is told to draw letters only.
//!
//! - `limits`: how large and how deep a file becomes, before it is read; `unpack`: what it is
//!   packed with, unpacked piece by piece.
//! - `chars`: the letters of a page with their places.
//! - `rows`: letters that stand on one line, cut where there are wide gaps.
//! - `headers_footers`: what stands at the head or foot of many pages.
//! - `columns`: in which order lines are read.
//! - `paragraphs`: lines as paragraphs, over columns and pages.

mod chars;
mod columns;
mod headers_footers;
mod limits;
mod paragraphs;
mod rows;
mod unpack;

use super::clean::{RawParagraphs, expand_ligatures};
use super::guard::ExtractContext;
use super::messages::{ExtractError, ExtractNote};
use chars::{PdfPageChars, interpreter_settings, page_chars};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use limits::PageLimits;
use memchr::memmem;

/// The most pages that are read.
const MAX_PAGES: usize = 3_000;

/// The paragraphs of a PDF.
pub fn read(bytes: &[u8], work: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    if memmem::find(head, b"%PDF-").is_none() {
        return Err(ExtractError::NotPdf);
    }
    // Before anything is unpacked for good: see `limits`.
    let mut limits = PageLimits::new(limits::check_size(bytes, work)?);
    let pdf = Pdf::new(bytes.to_vec()).map_err(|why| match why {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ExtractError::PdfWithPassword
        }
        LoadPdfError::Decryption(_) => ExtractError::PdfEncrypted,
        LoadPdfError::Invalid => ExtractError::PdfDamaged,
    })?;
    let (cache, settings) = (
        InterpreterCache::new(),
        interpreter_settings(work.fallback_font()),
    );
    let count = pdf.pages().len();
    if count > MAX_PAGES {
        return Err(ExtractError::TooManyPages(count, MAX_PAGES));
    }
    let (mut pages, mut warnings) = (Vec::new(), PageWarnings::default());
    let mut letters_so_far = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        work.stop_if_cancelled();
        limits.check(page, work)?;
        let letters = page_chars(page, &cache, &pdf, &settings, letters_so_far, work);
        letters_so_far += letters.chars.len();
        warnings.add_page(number, &letters);
        pages.push(rows::page_rows(letters));
        work.progress(number as f32 / count.max(1) as f32);
    }
    if pages.iter().all(|page| page.rows.is_empty()) {
        return Err(match warnings.image_only.is_empty() {
            true => ExtractError::PdfWithoutText,
            false => ExtractError::PdfOfImages,
        });
    }
    // Headers and footers go before columns are looked for, which they would cut.
    let repeated = headers_footers::remove_headers_footers(&mut pages);
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
        notes: warnings.notes(repeated),
    })
}

/// What a reader should know of the pages.
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

    fn notes(self, repeated: Option<ExtractNote>) -> Vec<ExtractNote> {
        let mut notes = Vec::new();
        if !self.image_only.is_empty() {
            notes.push(ExtractNote::ImagePages(self.image_only));
        }
        if self.unmapped_chars > 0 {
            notes.push(ExtractNote::UnmappedLetters {
                count: self.unmapped_chars,
                pages: self.unmapped,
            });
        }
        if !self.rotated.is_empty() {
            notes.push(ExtractNote::RotatedText(self.rotated));
        }
        notes.extend(repeated);
        notes
    }
}
