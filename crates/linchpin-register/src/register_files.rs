//! A register in several files: their texts stand one after another, and offsets count through all
//! of them.

use super::messages::Problem;
use ron_lossless::{DecodedText, Diagnostic, LineIndex, MAX_BYTES, Position, Span};
use std::sync::Arc;

/// One file of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFile {
    /// Its path below the folder of the register, with `/` between its pieces; empty where the
    /// register is this file alone.
    pub name: Arc<str>,
    /// Its stretch of the joined text.
    pub span: Span,
}

/// A file of a register before the files are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFileText {
    /// Its path below the folder of the register, with `/` between its pieces.
    pub name: Arc<str>,
    pub text: String,
    /// What is wrong with its bytes, at places of `text`.
    pub diagnostics: Vec<Diagnostic>,
}

impl RegisterFileText {
    /// A file whose bytes have been read as text.
    pub fn from_decoded(name: &str, source: DecodedText) -> Self {
        RegisterFileText {
            name: name.into(),
            text: source.text,
            diagnostics: source.diagnostics,
        }
    }
}

impl RegisterFile {
    /// The one file of a register.
    pub fn single(name: &str, text: &str) -> Self {
        RegisterFile {
            name: name.into(),
            span: Span::new(0, text.len().min(MAX_BYTES) as u32),
        }
    }
}

/// Which of the files holds byte `offset`. The byte between two of them is the end of the first.
pub fn file_index_at(files: &[RegisterFile], offset: u32) -> usize {
    // By starts alone: an offset in the gap between two files then counts as the end of the first,
    // which is where something is missing that is reported there.
    let after = files.partition_point(|file| file.span.start <= offset);
    after.saturating_sub(1)
}

/// The file that holds byte `offset`.
pub fn file_at(files: &[RegisterFile], offset: u32) -> &RegisterFile {
    static NOTHING: std::sync::LazyLock<RegisterFile> =
        std::sync::LazyLock::new(|| RegisterFile::single("", ""));
    files.get(file_index_at(files, offset)).unwrap_or(&NOTHING)
}

type JoinedFiles = (Arc<str>, Arc<[RegisterFile]>, Vec<Diagnostic>);

/// Joins the files with one line break between two of them, so that the last line of one and the
/// first of the next stay two.
///
/// # Errors
/// Where offsets cannot count through all of them.
pub fn join_files(files: Vec<RegisterFileText>) -> Result<JoinedFiles, Box<Diagnostic>> {
    let total = files.iter().map(|f| f.text.len() + 1).sum::<usize>();
    if total > MAX_BYTES {
        let problem = Problem::TooLarge { bytes: total };
        return Err(Box::new(problem.at(Span::default())));
    }
    let mut text = String::with_capacity(total);
    let (mut joined, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        if !joined.is_empty() {
            text.push('\n');
        }
        let start = text.len() as u32;
        text.push_str(&file.text);
        joined.push(RegisterFile {
            name: file.name,
            span: Span::new(start, text.len() as u32),
        });
        problems.extend(file.diagnostics.into_iter().map(|p| p.shifted(start)));
    }
    // A register has at least one file, so that every span lies in one.
    if joined.is_empty() {
        joined.push(RegisterFile::single("", ""));
    }
    Ok((text.into(), joined.into(), problems))
}

/// Where the lines of every file begin; built once, asked often.
#[derive(Clone, Debug, Default)]
pub struct SourceLocator {
    files: Vec<(Span, LineIndex)>,
}

/// A stretch of one file.
#[derive(Clone, Copy, Debug)]
pub struct SourceLocation<'a> {
    /// Which file: its place among the register's files.
    pub file: usize,
    /// The whole text of that file.
    pub text: &'a str,
    pub lines: &'a LineIndex,
    /// Bytes of that file.
    pub span: Span,
}

impl SourceLocator {
    /// Finds the lines of the files whose joined text is `text`.
    pub fn new(text: &str, files: &[RegisterFile]) -> Self {
        let lines = |file: &RegisterFile| (file.span, LineIndex::new(file.span.of(text)));
        SourceLocator {
            files: files.iter().map(lines).collect(),
        }
    }

    /// The file in which `span` begins, and the span in it. What does not fit the text is moved to
    /// the end of the file.
    pub fn locate<'a>(
        &'a self,
        text: &'a str,
        files: &[RegisterFile],
        span: Span,
    ) -> SourceLocation<'a> {
        static NOTHING: std::sync::LazyLock<LineIndex> =
            std::sync::LazyLock::new(LineIndex::default);
        let file = file_index_at(files, span.start);
        let (whole, lines) = match self.files.get(file) {
            Some((whole, lines)) => (*whole, lines),
            None => (Span::default(), &*NOTHING),
        };
        let length = whole.end - whole.start;
        let local = span.since(whole.start);
        SourceLocation {
            file,
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
    use super::super::{LoadedRegister, RecordKind, load, load_files};
    use super::*;

    const PEOPLE: &str = "// Who\n(format: 1, title: \"한미\", compilers: [\"A\"], parties: \
        [(id: \"us\", name: \"U\", kind: State)])";
    const GROUPS: &str = "\u{feff}(\r\n format: 1,\r\n compilers: [\"A\", \"B\"],\r\n parties: \
        [(id: \"seoul\", name: \"서울\", kind: Office, parent: \"us\")],\r\n)";

    fn loaded(texts: &[&str]) -> LoadedRegister {
        let files = texts
            .iter()
            .enumerate()
            .map(|(index, text)| RegisterFileText {
                name: format!("{index}.ron").into(),
                text: (*text).to_owned(),
                diagnostics: Vec::new(),
            });
        load_files(files.collect())
    }

    /// File, code and the words at the place of every problem.
    fn problems(loaded: &LoadedRegister) -> Vec<(usize, &'static str, &str)> {
        let problems = loaded.diagnostics.iter();
        problems
            .map(|p| {
                (
                    loaded.file_index_at(p.span.start),
                    p.code,
                    p.span.of(&loaded.text),
                )
            })
            .collect()
    }

    #[test]
    fn files_form_one_register() {
        let loaded = loaded(&[PEOPLE, GROUPS]).checked_with_ron();
        assert_eq!(problems(&loaded), []);
        assert!(!loaded.is_broken);
        let register = &loaded.register;
        assert_eq!(register.title, "한미");
        assert_eq!(register.compilers, ["A", "B"]);
        let ids: Vec<&str> = register.parties.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["us", "seoul"]);
        let seoul = loaded.record_span(register.find("seoul").unwrap());
        assert!(seoul.of(&loaded.text).contains("서울"));
        assert_eq!(&*loaded.file_at(seoul.start).name, "1.ron");
        assert_eq!(
            seoul.since(loaded.file_at(seoul.start).span.start).start as usize,
            GROUPS.find("(id").unwrap()
        );
    }

    #[test]
    fn an_id_is_taken_whichever_file_has_it() {
        let loaded = loaded(&[PEOPLE, PEOPLE]);
        assert_eq!(problems(&loaded), [(1, "duplicate-id", "\"us\"")]);
        let (first, _) = loaded.diagnostics[0].labels[0];
        assert_eq!(loaded.file_index_at(first.start), 0);
        assert_eq!(loaded.unloaded_records, 1);
    }

    #[test]
    fn a_broken_file_leaves_the_others_whole() {
        let broken = loaded(&[PEOPLE, "[1, 2] x", "", GROUPS]);
        // Where a file that is no register ends does not matter.
        assert_eq!(
            problems(&broken),
            [(1, "not-a-register", "["), (2, "empty", "")]
        );
        assert!(broken.is_broken);
        assert_eq!(broken.register.count(RecordKind::Party), 2);
        let cut = loaded(&[&PEOPLE[..PEOPLE.len() - 2], GROUPS]);
        assert!(cut.is_broken && problems(&cut).iter().all(|p| p.0 == 0));
        assert_eq!(cut.register.count(RecordKind::Party), 2);
    }

    #[test]
    fn a_head_stands_in_any_file_and_once() {
        let untitled = PEOPLE.replace(" title: \"한미\",", "");
        let none = loaded(&[&untitled, GROUPS]);
        assert_eq!(problems(&none), [(0, "missing-field", "(")]);
        let last = loaded(&[GROUPS, PEOPLE]);
        assert_eq!(
            (problems(&last).len(), last.register.title.as_str()),
            (0, "한미")
        );
        let other = "(format: 1, title: \"다른\", license: \"MIT\")";
        let two = loaded(&[PEOPLE, other, other]);
        assert_eq!(
            problems(&two),
            [
                (1, "second-head", "\"다른\""),
                (2, "second-head", "\"다른\"")
            ]
        );
        assert_eq!(two.diagnostics[0].labels[0].0.of(&two.text), "\"한미\"");
        assert_eq!(two.register.license.as_deref(), Some("MIT"));
        let old = GROUPS.replace("1,", "2,");
        assert_eq!(problems(&loaded(&[PEOPLE, &old])), [(1, "format", "2")]);
    }

    #[test]
    fn one_file_is_one_part_and_problems_of_bytes_keep_their_place() {
        let one = load(PEOPLE, Vec::new());
        assert_eq!(one.files.len(), 1);
        assert_eq!(one.file_at(5).span.of(&one.text), PEOPLE);
        let bytes = Diagnostic::error(Span::new(0, 1), "binary", "x");
        let files = [(PEOPLE, vec![]), ("", vec![bytes])];
        let files = files.map(|(text, problems)| RegisterFileText {
            name: "x".into(),
            text: text.to_owned(),
            diagnostics: problems,
        });
        let both = load_files(files.into());
        assert_eq!(problems(&both), [(1, "binary", "")]);
        assert!(both.is_broken);
    }

    #[test]
    fn every_byte_belongs_to_one_file() {
        let files = ["ab", "", "한"].map(|text| RegisterFileText {
            name: text.into(),
            text: text.into(),
            diagnostics: vec![Diagnostic::error(Span::new(0, 1), "x", "x")],
        });
        let (text, files, problems) = join_files(files.into()).unwrap();
        assert_eq!(&*text, "ab\n\n한");
        let shown: Vec<&str> = files.iter().map(|p| p.span.of(&text)).collect();
        assert_eq!(shown, ["ab", "", "한"]);
        let starts: Vec<u32> = problems.iter().map(|p| p.span.start).collect();
        assert_eq!(starts, [0, 3, 4]);
        let owners: Vec<usize> = (0..=7).map(|at| file_index_at(&files, at)).collect();
        assert_eq!(owners, [0, 0, 0, 1, 2, 2, 2, 2]);
        assert_eq!(file_at(&[], 5).span, Span::default());
    }

    #[test]
    fn lines_are_counted_in_each_file() {
        let text = "a\nb\n\u{feff}한국\r\nc";
        let file = |start, end| RegisterFile {
            name: "x".into(),
            span: Span::new(start, end),
        };
        let files = [file(0, 3), file(4, 16)];
        let places = SourceLocator::new(text, &files);
        let at = |start, end| {
            let place = places.locate(text, &files, Span::new(start, end));
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
            nothing.locate(text, &files, Span::new(5, 6)).start().line,
            1
        );
    }
}
