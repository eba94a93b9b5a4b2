//! What is reported of a text that was extracted, or could not be: each message with its arguments,
//! and the words for it. Nothing else in this crate puts them into words.

use super::{MAX_BYTES, MAX_TEXT_BYTES};
use linchpin_task::child::ChildError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Why there is no text. In words it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExtractError {
    /// It was stopped by the one who waited.
    Cancelled,
    /// Its bytes could not be read, for this reason of the system.
    Unreadable(String),
    /// The file has so many bytes.
    FileTooLarge(usize),
    TextTooLong,
    NoText,
    /// Another kind of file, by its first bytes.
    Binary(BinaryFormat),
    /// It is full of NUL bytes.
    NulBytes,
    /// A page that says it is saved in this encoding.
    UnknownEncoding(String),
    NotUtf8,
    NotPdf,
    PdfWithPassword,
    PdfEncrypted,
    PdfDamaged,
    /// It has so many pages, and so many are read at most.
    TooManyPages(usize, usize),
    PdfWithoutText,
    PdfOfImages,
    /// It becomes too large or too deep when it is unpacked.
    PdfTooLarge,
    TooMuchDrawn,
    TooManyLetters,
    /// It nests elements more deeply than so many.
    TooDeep(usize),
    /// Code of others panicked over it.
    Damaged,
    TimedOut(Duration),
    /// The system has no room for another task.
    NotStarted,
    /// The process that read it has no answer. It does not say so itself.
    #[serde(skip)]
    Child(ChildError),
}

/// A kind of file that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BinaryFormat {
    Zip,
    Pdf,
    Png,
    Jpeg,
    Gif,
    Gzip,
    Program,
}

impl std::error::Error for ExtractError {}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExtractError::Cancelled => "Cancelled",
            ExtractError::Unreadable(reason) => reason,
            ExtractError::FileTooLarge(bytes) => {
                return write!(
                    f,
                    "The file is too large ({} MB): a text is taken from at most {} MB",
                    bytes >> 20,
                    MAX_BYTES >> 20
                );
            }
            ExtractError::TextTooLong => {
                return write!(
                    f,
                    "There is more text than {} MB: attach the part that is the document",
                    MAX_TEXT_BYTES >> 20
                );
            }
            ExtractError::NoText => "There is no text in it",
            ExtractError::Binary(format) => {
                return write!(
                    f,
                    "The file is {}. Choose a text, a web page or a PDF",
                    format.label()
                );
            }
            ExtractError::NulBytes => {
                "The file is not text: it is full of NUL bytes. Choose a text, a web page or a PDF"
            }
            ExtractError::UnknownEncoding(name) => {
                return write!(
                    f,
                    "The page is saved as {name}, and only UTF-8, UTF-16 and Windows-1252 can be \
                    read. Open it in a browser, select the text, and paste it here"
                );
            }
            ExtractError::NotUtf8 => {
                "The text is not saved as UTF-8 (older Korean texts are often saved as CP949). \
                Save it again as UTF-8, or open it in a program that shows it rightly and paste it \
                here"
            }
            ExtractError::NotPdf => "This is no PDF, whatever its name says",
            ExtractError::PdfWithPassword => {
                "This PDF is locked with a password. Open it in a PDF program, save it without \
                one, or paste its text"
            }
            ExtractError::PdfEncrypted => {
                "This PDF is encrypted in a way that cannot be read. Open it in a PDF program, and \
                paste its text"
            }
            ExtractError::PdfDamaged => {
                "This PDF is damaged and cannot be read. Get it again, or open it in a PDF program \
                and paste its text"
            }
            ExtractError::TooManyPages(count, most) => {
                return write!(
                    f,
                    "The PDF has {count} pages; at most {most} are read. Save the pages that are \
                    the document"
                );
            }
            ExtractError::PdfWithoutText => "There is no text in this PDF",
            ExtractError::PdfOfImages => {
                "This PDF holds pictures of pages and no text. Let a program for text recognition \
                read it first, or paste the text"
            }
            ExtractError::PdfTooLarge => {
                "This PDF holds more than any document needs, or is damaged. Open it in a PDF \
                program, and paste its text"
            }
            ExtractError::TooMuchDrawn => {
                "A page of this PDF draws too much to be a text. Open it in a PDF program, and \
                paste its text"
            }
            ExtractError::TooManyLetters => {
                "This PDF has more letters than a text has. Save the pages that are the document"
            }
            ExtractError::TooDeep(most) => return too_deep_words(*most, f),
            ExtractError::Damaged => {
                "The file is damaged in a way that cannot be read past. Open it in another \
                program, and paste its text"
            }
            ExtractError::TimedOut(deadline) => {
                return write!(
                    f,
                    "Reading it takes longer than {} seconds; the file may be damaged. Open it in \
                    another program, and paste its text",
                    deadline.as_secs()
                );
            }
            ExtractError::NotStarted => {
                "The system has no room for one more task just now; try again"
            }
            ExtractError::Child(error) => return child_words(error, f),
        })
    }
}

fn too_deep_words(most: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "The file nests elements in elements more than {most} deep, as no document does. Open it \
        in another program, and paste its text"
    )
}

/// What became of the process, and what to do where the file is to blame.
fn child_words(error: &ChildError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(error, f)?;
    match error {
        ChildError::Cancelled
        | ChildError::NotStarted(_)
        | ChildError::ProgramGone(_)
        | ChildError::OtherProgram(_) => Ok(()),
        _ => f.write_str(". Open it in another program, and paste its text"),
    }
}

impl BinaryFormat {
    fn label(self) -> &'static str {
        match self {
            BinaryFormat::Zip => "a ZIP archive, as Word, Excel and OpenDocument files are",
            BinaryFormat::Pdf => "a PDF document",
            BinaryFormat::Png => "a PNG picture",
            BinaryFormat::Jpeg => "a JPEG picture",
            BinaryFormat::Gif => "a GIF picture",
            BinaryFormat::Gzip => "compressed with gzip",
            BinaryFormat::Program => "a program",
        }
    }
}

/// What a reader should know of how a text came about. In words it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExtractNote {
    /// The file was UTF-16.
    Utf16,
    /// The page was in this other encoding.
    Encoding(String),
    /// So many places are no UTF-8.
    Undecoded(usize),
    JoinedLines {
        lines: usize,
        paragraphs: usize,
    },
    /// A page that is marked up so badly that nothing was left out.
    AllBoilerplate,
    /// So many characters around the text of a page were left out.
    AroundMainContent(usize),
    /// Pages that have pictures and no text.
    ImagePages(Vec<u32>),
    /// Letters of which the file does not say which they are.
    UnmappedLetters {
        count: usize,
        pages: Vec<u32>,
    },
    /// Pages with text that runs askew, which was left out.
    RotatedText(Vec<u32>),
    /// Lines that stand at the head or the foot of several pages, and how many more there are.
    RepeatedLines(Vec<RepeatedLine>, usize),
}

/// A line that stands in the same place of several pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RepeatedLine {
    PageNumbers,
    Text(String),
}

impl fmt::Display for ExtractNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExtractNote::Utf16 => {
                f.write_str("The file was saved as UTF-16; the text is kept as UTF-8")
            }
            ExtractNote::Encoding(name) => {
                write!(f, "The page was saved as {name}; the text is kept as UTF-8")
            }
            ExtractNote::Undecoded(places) => {
                let noun = if *places == 1 { "place" } else { "places" };
                write!(
                    f,
                    "{places} {noun} could not be read as UTF-8 and shows the sign �"
                )
            }
            ExtractNote::JoinedLines { lines, paragraphs } => write!(
                f,
                "{lines} lines were joined into {paragraphs} paragraphs: look whether they break \
                where the document does"
            ),
            ExtractNote::AllBoilerplate => f.write_str(
                "Nearly all of the page is marked as menu or margin, so all of it was kept: look \
                what of it is the text",
            ),
            ExtractNote::AroundMainContent(chars) => write!(
                f,
                "Taken from the part of the page that it marks as its text; {chars} characters \
                around that were left out"
            ),
            ExtractNote::ImagePages(pages) => {
                write!(f, "No text, only pictures: {}", page_list(pages))
            }
            ExtractNote::UnmappedLetters { count, pages } => write!(
                f,
                "The file does not say which letters some of its signs are; {count} are shown as � \
                ({})",
                page_list(pages)
            ),
            ExtractNote::RotatedText(pages) => write!(
                f,
                "Text that runs askew or sideways was left out: {}",
                page_list(pages)
            ),
            ExtractNote::RepeatedLines(lines, more) => {
                let mut words: Vec<String> = lines
                    .iter()
                    .map(|line| match line {
                        RepeatedLine::PageNumbers => "page numbers".to_owned(),
                        RepeatedLine::Text(text) => format!("“{text}”"),
                    })
                    .collect();
                if *more > 0 {
                    words.push(format!("{more} more"));
                }
                write!(
                    f,
                    "Left out, because it stands on several pages: {}",
                    words.join(", ")
                )
            }
        }
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
    fn pages_are_listed_in_runs() {
        assert_eq!(page_list(&[3]), "page 3");
        assert_eq!(page_list(&[1, 2, 4, 6, 7, 8]), "pages 1, 2, 4, 6 to 8");
    }
}
