//! What is set right in a finished file, since the encoder cannot be told of it: the rights in its
//! XMP, and an entry of its catalog that says what is so anyway.
//!
//! The file has a plain table of its objects, as the encoder writes it: whatever changes the length
//! of an object moves those behind it, and the table is corrected.

use super::failed;
use crate::error::ExportError;
use crate::xmp;

/// A place in the file, how many bytes go there, and what comes in their stead.
struct ByteEdit {
    at: usize,
    removed: usize,
    inserted: Vec<u8>,
}

/// Says in the XMP of a file what may be done with it, and leaves out the catalog's `/Suspects`,
/// which says that no part of the structure is in doubt: so it is where nothing says otherwise.
///
/// # Errors
/// Where there are rights to be named and the file is not built as the encoder builds it.
pub(super) fn finish(pdf: Vec<u8>, rights: &str) -> Result<Vec<u8>, ExportError> {
    match finished(&pdf, rights) {
        Some(done) => Ok(done),
        None if rights.is_empty() => Ok(pdf),
        None => Err(failed("its rights found no place in it")),
    }
}

fn finished(pdf: &[u8], rights: &str) -> Option<Vec<u8>> {
    let table = ObjectTable::read(pdf)?;
    let (catalog_at, catalog) = table.object(pdf, number_after(table.trailer(pdf)?, b"/Root ")?)?;
    let mut edits = Vec::new();
    if let Some(edit) = without_suspects(catalog_at, catalog) {
        edits.push(edit);
    }
    if !rights.is_empty() {
        let (at, metadata) = table.object(pdf, number_after(catalog, b"/Metadata ")?)?;
        edits.extend(with_rights(at, metadata, &xmp::rights(rights))?);
    }
    edits.sort_by_key(|edit| edit.at);
    table.apply(pdf, &edits)
}

fn without_suspects(catalog_at: usize, catalog: &[u8]) -> Option<ByteEdit> {
    const ENTRY: &[u8] = b"/Suspects false";
    let entry = find(catalog, ENTRY)?;
    let before = catalog.get(..entry)?.trim_ascii_end().len();
    Some(ByteEdit {
        at: catalog_at + before,
        removed: entry + ENTRY.len() - before,
        inserted: Vec::new(),
    })
}

/// Puts an element into the description of an XMP stream, and corrects the stream's length.
fn with_rights(at: usize, metadata: &[u8], element: &str) -> Option<[ByteEdit; 2]> {
    const LENGTH: &[u8] = b"/Length ";
    let length_at = find(metadata, LENGTH)? + LENGTH.len();
    let length = number_after(metadata, LENGTH)?;
    let place = find(metadata, b"</rdf:Description>")?;
    let length_edit = ByteEdit {
        at: at + length_at,
        removed: length.to_string().len(),
        inserted: (length + element.len()).to_string().into_bytes(),
    };
    let element_edit = ByteEdit {
        at: at + place,
        removed: 0,
        inserted: element.as_bytes().to_vec(),
    };
    Some([length_edit, element_edit])
}

/// Where the objects of a file stand, and the table that says so.
struct ObjectTable {
    /// Where the table begins, and where its entries do.
    at: usize,
    entries_at: usize,
    /// By number, where it is in use.
    offsets: Vec<Option<usize>>,
}

/// The bytes of an entry: ten digits, a space, five digits, a space, a letter, a line end.
const ENTRY_BYTES: usize = 20;

impl ObjectTable {
    fn read(pdf: &[u8]) -> Option<ObjectTable> {
        const HEAD: &[u8] = b"xref\n0 ";
        let start = rfind(pdf, b"startxref\n")?;
        let at = number_after(pdf.get(start..)?, b"startxref\n")?;
        let table = pdf.get(at..start)?;
        let count = number_after(table.strip_prefix(b"xref\n")?, b"0 ")?;
        let entries = HEAD.len() + count.to_string().len() + 1;
        let rows = table.get(entries..)?.chunks_exact(ENTRY_BYTES).take(count);
        let offsets: Vec<Option<usize>> = rows
            .map(|row| (row.get(17) == Some(&b'n')).then(|| number(row)).flatten())
            .collect();
        (offsets.len() == count).then_some(ObjectTable {
            at,
            entries_at: at + entries,
            offsets,
        })
    }

    fn trailer<'a>(&self, pdf: &'a [u8]) -> Option<&'a [u8]> {
        pdf.get(self.entries_at + self.offsets.len() * ENTRY_BYTES..)
    }

    /// An object by its number: where it stands, and its bytes.
    fn object<'a>(&self, pdf: &'a [u8], number: usize) -> Option<(usize, &'a [u8])> {
        let at = (*self.offsets.get(number)?)?;
        let rest = pdf.get(at..self.at)?;
        let end = find(rest, b"\nendobj")?;
        Some((at, rest.get(..end)?))
    }

    /// The file with its edits, which are in order, none of them in the table.
    fn apply(&self, pdf: &[u8], edits: &[ByteEdit]) -> Option<Vec<u8>> {
        let moved = |offset: usize| {
            let before = edits.iter().filter(|edit| edit.at < offset);
            let (removed, inserted) = before.fold((0, 0), |(removed, inserted), edit| {
                (removed + edit.removed, inserted + edit.inserted.len())
            });
            offset + inserted - removed
        };
        let mut out = Vec::with_capacity(pdf.len() + 1024);
        let mut from = 0;
        for edit in edits {
            out.extend(pdf.get(from..edit.at)?);
            out.extend(&edit.inserted);
            from = edit.at + edit.removed;
        }
        out.extend(pdf.get(from..self.entries_at)?);
        let rows = pdf.get(self.entries_at..)?.chunks_exact(ENTRY_BYTES);
        for (row, offset) in rows.zip(&self.offsets) {
            match offset {
                Some(offset) => {
                    out.extend(format!("{:010}", moved(*offset)).bytes());
                    out.extend(row.get(10..)?);
                }
                None => out.extend(row),
            }
        }
        let trailer = self.trailer(pdf)?;
        let start = rfind(trailer, b"startxref\n")?;
        out.extend(trailer.get(..start)?);
        out.extend(format!("startxref\n{}\n%%EOF", moved(self.at)).bytes());
        Some(out)
    }
}

/// The number that stands behind some words.
fn number_after(bytes: &[u8], words: &[u8]) -> Option<usize> {
    number(bytes.get(find(bytes, words)? + words.len()..)?)
}

/// The number that bytes begin with.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    std::str::from_utf8(bytes.get(..digits)?).ok()?.parse().ok()
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes
        .windows(words.len())
        .position(|window| window == words)
}

fn rfind(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes
        .windows(words.len())
        .rposition(|window| window == words)
}
