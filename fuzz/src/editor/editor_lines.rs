//! The lines of a text as the protocol has them: they end with `\n`, `\r\n` or `\r`.

use serde_json::{Value, json};
use std::ops::Range;

/// The lines of one text.
pub struct EditorLines<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl<'a> EditorLines<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|at| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        EditorLines { text, starts }
    }

    /// A place itself, and of one inside a line's end the place before that.
    pub fn outside_of_line_end(text: &str, at: usize) -> usize {
        let inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        at - usize::from(inside)
    }

    /// A stretch as the protocol writes it.
    pub fn range(&self, span: Range<usize>, in_bytes: bool) -> Value {
        json!({ "start": self.place(span.start, in_bytes), "end": self.place(span.end, in_bytes) })
    }

    /// A place as the protocol writes it.
    pub fn place(&self, at: usize, in_bytes: bool) -> Value {
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let before = &self.text[self.starts[line]..at];
        json!({ "line": line, "character": width(before, in_bytes) })
    }

    /// The place that the protocol writes so. There must be one, and no half characters.
    pub fn offset(&self, place: &Value, in_bytes: bool) -> usize {
        let number = |name: &str| place[name].as_u64().expect("a number") as usize;
        let (line, column) = (number("line"), number("character"));
        let start = *self.starts.get(line).unwrap_or_else(|| {
            panic!("there is no line {line} in {:?}", self.text);
        });
        let end = self.starts.get(line + 1).copied();
        let line = &self.text[start..end.unwrap_or(self.text.len())];
        let mut places = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        let found = places.find(|at| width(&line[..*at], in_bytes) == column);
        start + found.unwrap_or_else(|| panic!("{place} is no place in {:?}", self.text))
    }
}

fn width(text: &str, in_bytes: bool) -> usize {
    match in_bytes {
        true => text.len(),
        false => text.chars().map(char::len_utf16).sum(),
    }
}
