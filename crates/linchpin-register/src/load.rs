//! From text to register: every sound record, and every problem at once.

use super::check::{CheckContext, CheckInput, MAX_DIAGNOSTICS, span_of};
use super::link_checks::attach_id_fixes;
use super::messages::Problem;
use super::metadata::{METADATA_FIELD_COUNT, decode_metadata};
use super::origin::{ExcerptOrigin, RegisterSource};
use super::record_kinds::ROOT_FIELDS;
use super::register_files::{RegisterFile, RegisterFileText, file_at, file_index_at, join_files};
use super::schema::PathStep;
use super::unseen::check_characters;
use super::{Document, RecordRef, Register, SourceLocator};
use linchpin_report::visible::visible;
use ron_lossless::{
    Decoder, Diagnostic, MAX_DIAGNOSTICS as MAX_SYNTAX_DIAGNOSTICS, NodeId, NodeKind, Severity,
    Span, Tree, check_with_ron, codes as ron, parse, parse_files_within,
};
use std::borrow::Cow;
use std::sync::Arc;

/// A text with everything that was read out of it.
#[derive(Clone)]
pub struct LoadedRegister {
    /// What was read; several files stand one after another, with one `\n` between two of them.
    pub text: Arc<str>,
    /// Which stretch of the text is which file: at least one, in order.
    pub files: Arc<[RegisterFile]>,
    pub tree: Arc<Tree>,
    pub register: Arc<Register>,
    /// In the order of the text, at most [`MAX_DIAGNOSTICS`].
    pub diagnostics: Arc<[Diagnostic]>,
    /// How many more diagnostics there are.
    pub omitted_diagnostics: usize,
    /// The text breaks the rules of RON, or is no register at all: what was read may lack whole
    /// lists.
    pub is_broken: bool,
    /// Records that the text has but that could not be loaded.
    pub unloaded_records: usize,
    /// How much was compared to find what links that lead nowhere may have meant: tests see by it
    /// that the work stays bounded.
    pub comparisons: u64,
    record_nodes: Arc<[Vec<NodeId>]>,
}

/// Reads a register of one file. Never fails: what is wrong is in `diagnostics`.
///
/// `byte_diagnostics` are from reading the bytes; they break the text only where they are errors.
pub fn load(text: impl Into<Arc<str>>, byte_diagnostics: Vec<Diagnostic>) -> LoadedRegister {
    let text: Arc<str> = text.into();
    let files = Arc::new([RegisterFile::single("", &text)]);
    load_text(text, files, byte_diagnostics, &LIMITS)
}

/// Reads a register that several files form together, in their order. Never fails: what is wrong is
/// in `diagnostics`, each at its place in the joined text.
pub fn load_files(files: Vec<RegisterFileText>) -> LoadedRegister {
    match join_files(files) {
        Ok((text, files, problems)) => load_text(text, files, problems, &LIMITS),
        Err(too_large) => load("", vec![*too_large]),
    }
}

/// Reads a register whose files are joined already. Never fails: what is wrong is in `diagnostics`.
pub fn load_joined_files(text: Arc<str>, files: Arc<[RegisterFile]>) -> LoadedRegister {
    load_text(text, files, Vec::new(), &LIMITS)
}

/// The same with many more diagnostics, for who sets all of them right.
pub fn load_joined_files_to_fix(text: Arc<str>, files: Arc<[RegisterFile]>) -> LoadedRegister {
    load_text(text, files, Vec::new(), &LIMITS_TO_FIX)
}

/// The most diagnostics of each step of reading; the others are only counted.
struct DiagnosticLimits {
    syntax: usize,
    values: usize,
    /// Of the rules, and of all together.
    all: usize,
}

const LIMITS: DiagnosticLimits = DiagnosticLimits {
    syntax: MAX_SYNTAX_DIAGNOSTICS,
    values: MAX_SYNTAX_DIAGNOSTICS,
    all: MAX_DIAGNOSTICS,
};

/// Some tens of megabytes of diagnostics.
const LIMITS_TO_FIX: DiagnosticLimits = DiagnosticLimits {
    syntax: 20_000,
    values: 20_000,
    all: 60_000,
};

fn load_text(
    text: Arc<str>,
    files: Arc<[RegisterFile]>,
    byte_diagnostics: Vec<Diagnostic>,
    limits: &DiagnosticLimits,
) -> LoadedRegister {
    // Syntax, then values, then rules: each step goes on with what the one before could read, so
    // that all problems are reported at once, and none for what is only a consequence of another.
    let spans: Vec<Span> = files.iter().map(|file| file.span).collect();
    let tree = parse_files_within(&text, &spans, limits.syntax);
    let mut register = Register {
        source: RegisterSource::from_text(text.clone()),
        ..Register::default()
    };
    let mut decoder = Decoder::new(&text, &tree)
        .with_max_diagnostics(limits.values)
        .with_text_rule(check_characters);
    let mut is_register = vec![false; files.len()];
    let mut roots = Vec::new();
    for root in tree.values() {
        if tree.kind(root) != NodeKind::Record {
            let problem = not_a_register(&text, &tree, root);
            let fix = decoder
                .as_record(root)
                .filter(|_| has_record_list(&text, &tree, root));
            decoder.report(problem.with_fix_if_any(fix));
        } else if let Some(fields) = decoder.record(root, "Register", ROOT_FIELDS) {
            if let Some(is_register) =
                is_register.get_mut(file_index_at(&files, tree.span(root).start))
            {
                *is_register = true;
            }
            roots.push(fields);
        }
    }
    // Lists go on from file to file, so all roots are read together.
    decode_metadata(&mut register, &roots, &mut decoder);
    let record_nodes = register.decode_lists(&roots, METADATA_FIELD_COUNT, &text, &mut decoder);
    let loaded_records: usize = record_nodes.by_kind.iter().map(Vec::len).sum();
    let mut problems = byte_diagnostics;
    let mut is_undecodable = vec![false; files.len()];
    for problem in problems.iter().filter(|p| p.severity == Severity::Error) {
        if let Some(is_undecodable) =
            is_undecodable.get_mut(file_index_at(&files, problem.span.start))
        {
            *is_undecodable = true;
        }
    }
    let mut broken = is_register.contains(&false) || is_undecodable.contains(&true);
    broken |= !tree.diagnostics.is_empty();
    // A file that is something else altogether is reported as that; that it goes on behind its
    // first value, or has none, says nothing more.
    let is_irrelevant = |p: &Diagnostic| {
        let file = file_index_at(&files, p.span.start);
        let is_set = |of: &[bool]| of.get(file) == Some(&true);
        match p.code {
            ron::TRAILING => !is_set(&is_register),
            ron::EMPTY => is_set(&is_undecodable),
            _ => false,
        }
    };
    let syntax_diagnostics = tree.diagnostics.iter();
    problems.extend(syntax_diagnostics.filter(|p| !is_irrelevant(p)).cloned());
    let omitted = tree.diagnostics_omitted + decoder.diagnostics_omitted();
    let mut value_diagnostics = decoder.into_diagnostics();
    // The checks look up what was wrong at a span by binary search.
    value_diagnostics.sort_by_key(|p| p.span.start);
    let reading = CheckInput {
        text: &text,
        tree: &tree,
        record_nodes: &record_nodes.by_kind,
        unloaded_ids: &record_nodes.unloaded_ids,
        decode_diagnostics: &value_diagnostics,
    };
    let mut check = CheckContext::new(&register, reading, limits.all);
    register.check_records(&mut check);
    check.check_parent_cycles();
    let comparisons = check.meant_ids.comparisons();
    let (check_diagnostics, mut more_problems) = check.finish();
    // Seen by the checks, and by nobody else.
    register
        .documents
        .iter_mut()
        .for_each(Document::forget_passwords);
    // Only now it is known which ids are taken and what links to them.
    attach_id_fixes(
        &text,
        &tree,
        &register,
        &record_nodes.unloaded_ids,
        &mut value_diagnostics,
    );
    problems.extend(value_diagnostics);
    problems.extend(check_diagnostics);
    // The code decides between problems of one place, so that the same text gives the same list.
    problems.sort_by_key(|p| (p.span.start, p.span.end, p.code));
    more_problems += problems.len().saturating_sub(limits.all) + omitted;
    problems.truncate(limits.all);
    problems.iter_mut().for_each(make_visible);
    LoadedRegister {
        files,
        tree: Arc::new(tree),
        register: Arc::new(register),
        diagnostics: problems.into(),
        omitted_diagnostics: more_problems,
        is_broken: broken,
        unloaded_records: record_nodes.record_count.saturating_sub(loaded_records),
        comparisons,
        record_nodes: record_nodes.by_kind.into(),
        text,
    }
}

/// Whether a map has the list of some record type: a register in other brackets.
fn has_record_list(text: &str, tree: &Tree, root: NodeId) -> bool {
    let mut keys = tree.children(root).filter_map(|entry| {
        let key = tree.children(entry).next()?;
        Some(tree.span(key).of(text).trim_matches('"'))
    });
    let is_list = |key: &str| super::RecordKind::ALL.iter().any(|kind| kind.list() == key);
    keys.any(is_list)
}

/// The problem of a file that holds something else, at its first character.
fn not_a_register(text: &str, tree: &Tree, root: NodeId) -> Diagnostic {
    let whole = tree.span(root);
    let first = whole.of(text).chars().next().map_or(0, char::len_utf8);
    let bracket_span = Span::new(whole.start, whole.start + first as u32);
    let found = tree.kind(root);
    Problem::NotARegister { found }.at(bracket_span)
}

/// Puts stand-ins into the words of a problem: they quote what stands in the file.
fn make_visible(problem: &mut Diagnostic) {
    let labels = problem.labels.iter_mut().map(|(_, words)| words);
    let fix = problem.fix.as_mut().map(|fix| &mut fix.label);
    let words = std::iter::once(&mut problem.message).chain(&mut problem.help);
    for words in words.chain(fix).chain(labels) {
        if let Cow::Owned(shown) = visible(words) {
            *words = shown;
        }
    }
}

impl LoadedRegister {
    /// Lets the `ron` crate read a text without problems again: two readers must agree before it
    /// counts as sound. Takes about as long as loading, so not for a thread that somebody waits
    /// for.
    pub fn checked_with_ron(mut self) -> Self {
        if self.diagnostics.is_empty() {
            let files = self.files.iter();
            let check_file = |file: &RegisterFile| {
                let problem = check_with_ron(file.span.of(&self.text))?;
                Some(problem.shifted(file.span.start))
            };
            let problems: Vec<Diagnostic> = files.filter_map(check_file).collect();
            self.is_broken = !problems.is_empty();
            self.diagnostics = problems.into();
        }
        self
    }

    /// The same reading as an excerpt of another register, whose fingerprint pictures of it show.
    pub fn as_excerpt_of(mut self, origin: ExcerptOrigin) -> Self {
        Arc::make_mut(&mut self.register)
            .source
            .set_excerpt_origin(origin);
        self
    }

    /// What there is before anything is read.
    pub fn empty() -> Self {
        LoadedRegister {
            text: "".into(),
            files: Arc::new([RegisterFile::single("", "")]),
            tree: Arc::new(parse("")),
            register: Arc::default(),
            diagnostics: Arc::new([]),
            omitted_diagnostics: 0,
            is_broken: false,
            unloaded_records: 0,
            comparisons: 0,
            record_nodes: Arc::new([]),
        }
    }

    /// The same reading with other problems, in the order of the text: those that somebody with
    /// more to go by has looked at.
    pub fn with_diagnostics(self, mut problems: Vec<Diagnostic>) -> Self {
        problems.iter_mut().for_each(make_visible);
        LoadedRegister {
            diagnostics: problems.into(),
            ..self
        }
    }

    /// The same reading with problems that somebody with more to go by has found, each at its place
    /// among the others.
    pub fn with_added_diagnostics(self, found: Vec<Diagnostic>) -> Self {
        if found.is_empty() {
            return self;
        }
        let mut problems = self.diagnostics.to_vec();
        problems.extend(found);
        problems.sort_by_key(|p| (p.span.start, p.span.end, p.code));
        // Who reads more than usual loses none of them.
        let limit = MAX_DIAGNOSTICS.max(self.diagnostics.len());
        let more_problems = self.omitted_diagnostics + problems.len().saturating_sub(limit);
        problems.truncate(limit);
        problems.iter_mut().for_each(make_visible);
        LoadedRegister {
            diagnostics: problems.into(),
            omitted_diagnostics: more_problems,
            ..self
        }
    }

    /// The node of a record.
    pub fn record_node(&self, record: RecordRef) -> Option<NodeId> {
        let nodes = self.record_nodes.get(record.kind as usize)?;
        nodes.get(record.index as usize).copied()
    }

    /// Where a record stands in the text.
    pub fn record_span(&self, record: RecordRef) -> Span {
        self.field_span(record, &[])
    }

    /// Where the value of a field of a record stands in the text; `None` where the record does not
    /// have the field.
    pub fn written_field_span(&self, record: RecordRef, name: &str) -> Option<Span> {
        let record = self.record_node(record)?;
        let value = self.tree.field(&self.text, record, name)?;
        Some(self.tree.span(value))
    }

    /// Where a value of a record stands in the text, or its id where the record has no such value.
    pub fn field_span(&self, record: RecordRef, path: &[PathStep]) -> Span {
        match self.record_node(record) {
            Some(node) => span_of(&self.text, &self.tree, node, path),
            None => Span::default(),
        }
    }

    /// Which file holds byte `offset`: its place in `files`. The byte between two files is the end
    /// of the first.
    pub fn file_index_at(&self, offset: u32) -> usize {
        file_index_at(&self.files, offset)
    }

    /// The file that holds byte `offset`.
    pub fn file_at(&self, offset: u32) -> &RegisterFile {
        file_at(&self.files, offset)
    }

    /// The lines of its files. They are found anew at each call.
    pub fn source_locator(&self) -> SourceLocator {
        SourceLocator::new(&self.text, &self.files)
    }

    /// How many problems there are in all.
    pub fn diagnostic_count(&self) -> usize {
        self.diagnostics.len() + self.omitted_diagnostics
    }
}

impl std::fmt::Debug for LoadedRegister {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadedRegister")
            .field("title", &self.register.title)
            .field("diagnostics", &self.diagnostics.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_word_of_any_script_is_marked_by_whole_characters() {
        for text in ["ܢ 1,\n", "한", "\u{feff}국", "a", ""] {
            for problem in load(text, Vec::new()).diagnostics.iter() {
                let place = text.get(problem.span.range());
                assert!(place.is_some(), "{problem:?} in {text:?}");
            }
        }
    }
}
