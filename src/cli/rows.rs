//! Problems as programs read them.

use super::input::Input;
use super::render::Files;
use linchpin_register::{Loaded, Place, Places};
use ron_lossless::{Change, Problem, Span, Splice};
use serde::Serialize;

/// The places of a register, for many problems.
pub struct Rows<'a> {
    loaded: &'a Loaded,
    files: Files<'a>,
    places: Places,
}

/// One problem as programs read it.
#[derive(Serialize)]
pub struct Row {
    pub file: String,
    pub line: u32,
    pub column: u32,
    end_line: u32,
    end_column: u32,
    severity: String,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub repair: Option<Repair>,
}

/// The one sure way to set a problem right.
#[derive(Serialize)]
pub struct Repair {
    pub words: String,
    edits: Vec<Edit>,
}

/// What stands from one place to another gives way to `text`.
#[derive(Serialize)]
struct Edit {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: String,
}

impl<'a> Rows<'a> {
    pub fn new(input: &'a Input) -> Self {
        Rows {
            loaded: &input.loaded,
            files: input.files(),
            places: input.loaded.places(),
        }
    }

    /// A problem with its place.
    pub fn row(&self, problem: &Problem) -> Row {
        let place = self.at(problem.span);
        let (start, end) = (place.start(), place.end());
        Row {
            file: self.files.name(place.part).to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            severity: problem.severity.to_string(),
            code: problem.code,
            message: problem.message.clone(),
            help: problem.help.clone(),
            repair: problem.repair.as_ref().map(|change| self.repair(change)),
        }
    }

    fn at(&self, span: Span) -> Place<'_> {
        self.places.at(&self.loaded.text, &self.loaded.parts, span)
    }

    fn repair(&self, change: &Change) -> Repair {
        let edit = |splice: &Splice| {
            let place = self.at(splice.span);
            let (start, end) = (place.start(), place.end());
            Edit {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: splice.text.clone(),
            }
        };
        Repair {
            words: change.words.clone(),
            edits: change.splices.iter().map(edit).collect(),
        }
    }
}

/// A value as JSON with a line break at its end.
pub fn json(value: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}
