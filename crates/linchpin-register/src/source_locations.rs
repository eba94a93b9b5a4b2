//! Files, lines and columns of a register in one file or several.

use super::register_files::{RegisterFile, file_index_at};
use ron_lossless::{LineIndex, Position, Span};

/// Where the lines of every file begin; built once, asked often.
#[derive(Clone, Debug, Default)]
pub struct SourceLocator {
    files: Vec<(Span, LineIndex)>,
}

/// A stretch of one file.
#[derive(Clone, Copy, Debug)]
pub struct SourceLocation<'a> {
    /// Which file: its place among the register's parts.
    pub file: usize,
    /// The whole text of that file.
    pub text: &'a str,
    pub lines: &'a LineIndex,
    /// Bytes of that file.
    pub span: Span,
}

impl SourceLocator {
    /// Finds the lines of the files whose joined text is `text`.
    pub fn new(text: &str, parts: &[RegisterFile]) -> Self {
        let file = |part: &RegisterFile| (part.span, LineIndex::new(part.span.of(text)));
        SourceLocator {
            files: parts.iter().map(file).collect(),
        }
    }

    /// The file in which `span` begins, and the span in it. What does not fit the text is moved to
    /// the end of the file.
    pub fn locate<'a>(
        &'a self,
        text: &'a str,
        parts: &[RegisterFile],
        span: Span,
    ) -> SourceLocation<'a> {
        static NOTHING: std::sync::LazyLock<LineIndex> =
            std::sync::LazyLock::new(LineIndex::default);
        let part = file_index_at(parts, span.start);
        let (whole, lines) = match self.files.get(part) {
            Some((whole, lines)) => (*whole, lines),
            None => (Span::default(), &*NOTHING),
        };
        let length = whole.end - whole.start;
        let local = span.since(whole.start);
        SourceLocation {
            file: part,
            text: whole.of(text),
            lines,
            span: Span::new(local.start.min(length), local.end.min(length)),
        }
    }
}

impl SourceLocation<'_> {
    /// Line and column at which it begins.
    pub fn start(&self) -> Position {
        self.lines.position(self.text, self.span.start)
    }

    /// Line and column after its last character.
    pub fn end(&self) -> Position {
        self.lines.position(self.text, self.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_in_each_file() {
        let text = "a\nb\n\u{feff}한국\r\nc";
        let part = |start, end| RegisterFile {
            name: "x".into(),
            span: Span::new(start, end),
        };
        let parts = [part(0, 3), part(4, 16)];
        let places = SourceLocator::new(text, &parts);
        let at = |start, end| {
            let place = places.locate(text, &parts, Span::new(start, end));
            let (a, b) = (place.start(), place.end());
            (place.file, a.line, a.column, b.line, b.column)
        };
        assert_eq!(at(2, 3), (0, 2, 1, 2, 2));
        assert_eq!(at(3, 3), (0, 2, 2, 2, 2));
        assert_eq!(at(10, 13), (1, 1, 2, 1, 3));
        assert_eq!(at(15, 999), (1, 2, 1, 2, 2));
        assert_eq!(at(900, 999), (1, 2, 2, 2, 2));
        let nothing = SourceLocator::default();
        assert_eq!(
            nothing.locate(text, &parts, Span::new(5, 6)).start().line,
            1
        );
    }
}
