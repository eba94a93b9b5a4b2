//! Problems as programs read them.

use super::input::RegisterInput;
use super::render::SourceFiles;
use linchpin_register::{LoadedRegister, SourceLocation, SourceLocator};
use ron_lossless::{Diagnostic, SourceChange, Span, TextEdit};
use serde::Serialize;

/// The places of a register, for many problems.
pub struct DiagnosticRows<'a> {
    loaded: &'a LoadedRegister,
    files: SourceFiles<'a>,
    places: SourceLocator,
}

/// One problem as programs read it.
#[derive(Serialize)]
pub struct DiagnosticRow {
    pub file: String,
    pub line: u32,
    pub column: u32,
    end_line: u32,
    end_column: u32,
    severity: String,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub repair: Option<QuickFixRow>,
}

/// The one sure way to set a problem right.
#[derive(Serialize)]
pub struct QuickFixRow {
    pub words: String,
    /// It loses something of what the file says; left out where it does not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    lossy: bool,
    edits: Vec<TextEditRow>,
}

/// What stands from one place to another gives way to `text`.
#[derive(Serialize)]
struct TextEditRow {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: String,
}

impl<'a> DiagnosticRows<'a> {
    pub fn new(input: &'a RegisterInput) -> Self {
        DiagnosticRows {
            loaded: &input.loaded,
            files: input.files(),
            places: input.loaded.source_locator(),
        }
    }

    /// A problem with its place.
    pub fn row(&self, problem: &Diagnostic) -> DiagnosticRow {
        let place = self.location(problem.span);
        let (start, end) = (place.start(), place.end());
        DiagnosticRow {
            file: self.files.name(place.file).to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            severity: problem.severity.to_string(),
            code: problem.code,
            message: problem.message.clone(),
            help: problem.help.clone(),
            repair: problem
                .fix
                .as_ref()
                .map(|change| self.quick_fix_row(change, problem.is_fix_lossy)),
        }
    }

    fn location(&self, span: Span) -> SourceLocation<'_> {
        self.places
            .locate(&self.loaded.text, &self.loaded.files, span)
    }

    fn quick_fix_row(&self, change: &SourceChange, lossy: bool) -> QuickFixRow {
        let edit = |edit: &TextEdit| {
            let place = self.location(edit.span);
            let (start, end) = (place.start(), place.end());
            TextEditRow {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: edit.text.clone(),
            }
        };
        QuickFixRow {
            words: change.label.clone(),
            lossy,
            edits: change.edits.iter().map(edit).collect(),
        }
    }
}
