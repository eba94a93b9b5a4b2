//! Applies every quick fix of a register, round by round: what stands behind a mistake is read only
//! when it has been set right.

use super::draft::shift_parts;
use super::text_diagnostics::with_text_diagnostics;
use linchpin_reading::{TextFile, TextLibrary};
use linchpin_register::{
    Document, LoadedRegister, RegisterFile, RegisterFileText, SourceLocation, SourceLocator, load,
    load_files, load_joined_files, load_joined_files_to_fix,
};
use ron_lossless::{
    Diagnostic, LineIndex, Position, SourceChange, Span, TextEdit, apply, codes, decode_bytes,
};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;

/// A register after its quick fixes.
pub struct FixedText {
    /// The text with all quick fixes; of several files, all of them joined.
    pub text: String,
    /// What was set right, in the order in which it was done.
    pub fixes: Vec<AppliedFix>,
    /// The text as it is read after that, with the diagnostics that are left; both readers have
    /// seen it.
    pub remaining: LoadedRegister,
    /// How often the text was read: tests see by it that the work stays bounded.
    pub loads: usize,
}

/// One quick fix that was carried out.
#[derive(Clone, Debug)]
pub struct AppliedFix {
    /// What was wrong; its spans are those of the text that this quick fix was made in.
    pub diagnostic: Diagnostic,
    /// The quick fix.
    pub change: SourceChange,
    /// The file in which the diagnostic stood, by its number.
    pub part: usize,
    /// Where in that file.
    pub position: Position,
    /// The lines that it touches, before and after.
    pub lines: Vec<LineChange>,
}

/// Some lines that follow each other, as they were and as they are after one change, without their
/// last line break. Of very long lines only what is around the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The file in which they stand, by its number.
    pub part: usize,
    /// The first of them, from 1.
    pub line: u32,
    /// Up to the change's first byte, in bytes of both texts.
    pub same_bytes: usize,
    /// The lines as they were.
    pub before: String,
    /// The lines as they are after the change.
    pub after: String,
}

/// Gives the text of a document, where it has one.
pub type DocumentTextFn<'a> = &'a dyn Fn(&Document) -> Option<TextFile>;

/// So many rounds are made at most. Each sets up to some thousands of mistakes right, so that a
/// text needs many only where one mistake hides the next.
const MAX_ROUNDS: usize = 1000;
/// Where a round as a whole does harm, the harmful fixes are looked for by so many readings.
const MAX_LOADS_PER_ROUND: usize = 40;
/// So many bytes are read in all rounds together, whatever the text is like; what is wrong then is
/// reported.
const MAX_LOADED_BYTES: usize = 1 << 30;
/// So much is shown before and after a change of a very long line, in bytes.
const CONTEXT_BYTES: u32 = 1024;

/// Applies quick fixes again and again until none is left. The text is changed nowhere else.
///
/// A mistake of the syntax goes first, since the rest may be misread because of it. A quick fix
/// that would break the syntax elsewhere, or cost a record, is left undone.
pub fn fix_text(text: &str) -> FixedText {
    fix_all_rounds(load(text, Vec::new()), &|_| None, FixScope::Safe)
}

/// Which quick fixes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixScope {
    /// Those that lose nothing.
    Safe,
    /// Those as well that lose something of what the text says.
    Lossy,
}

impl FixScope {
    fn fix_of(self, diagnostic: &Diagnostic) -> Option<&SourceChange> {
        match self {
            FixScope::Safe => diagnostic.safe_fix(),
            FixScope::Lossy => diagnostic.fix.as_ref(),
        }
    }
}

/// The same for the files that form one register: what links from one to another is seen. Citations
/// are held against the texts of the documents, where `text_of` has them.
pub fn fix_files(
    files: Vec<RegisterFileText>,
    text_of: DocumentTextFn<'_>,
    scope: FixScope,
) -> FixedText {
    fix_all_rounds(load_files(files), text_of, scope)
}

fn fix_all_rounds(
    original: LoadedRegister,
    document: DocumentTextFn<'_>,
    scope: FixScope,
) -> FixedText {
    let mut changes = Vec::new();
    let mut seen = HashSet::from([hash_text(&original.text)]);
    let mut work = FixWork::new(scope);
    let mut left = match original.omitted_diagnostics {
        0 => original.clone(),
        _ => work.load(original.text.clone(), original.files.clone()),
    };
    for _ in 0..MAX_ROUNDS {
        let with_texts = with_document_texts(left.clone(), document);
        let Some((next, made)) = fix_round(&with_texts, &mut work) else {
            break;
        };
        // Nothing leads back to where it began; if something did, it would never end.
        if !seen.insert(hash_text(&next.text)) {
            break;
        }
        changes.extend(made);
        left = next;
    }
    left = match changes.is_empty() {
        // With what was wrong with its bytes.
        true => original,
        // As everybody else reads it, with the first of many diagnostics.
        false if !left.diagnostics.is_empty() => load_joined_files(left.text, left.files),
        false => left,
    };
    let text = left.text.to_string();
    if text.contains('\0') && left.files.len() == 1 {
        // Nothing above looks for them.
        left = load(
            text.as_str(),
            decode_bytes(text.clone().into_bytes()).diagnostics,
        );
    }
    FixedText {
        text,
        fixes: changes,
        remaining: with_document_texts(left.checked_with_ron(), document),
        loads: work.loads,
    }
}

/// Which fixes are made, and what was read so far.
struct FixWork {
    scope: FixScope,
    loads: usize,
    bytes: usize,
}

impl FixWork {
    fn new(scope: FixScope) -> Self {
        FixWork {
            scope,
            loads: 0,
            bytes: 0,
        }
    }

    fn load(&mut self, text: Arc<str>, files: Arc<[RegisterFile]>) -> LoadedRegister {
        self.loads += 1;
        self.bytes += text.len();
        load_joined_files_to_fix(text, files)
    }

    fn is_done(&self) -> bool {
        self.bytes > MAX_LOADED_BYTES
    }
}

/// The register with what the texts of its documents say.
fn with_document_texts(loaded: LoadedRegister, text_of: DocumentTextFn<'_>) -> LoadedRegister {
    let library = TextLibrary::from_texts(&loaded.register, &mut |document| text_of(document));
    with_text_diagnostics(loaded, &library)
}

/// The text after as many quick fixes as go together; `None` where there is none.
fn fix_round(
    loaded: &LoadedRegister,
    work: &mut FixWork,
) -> Option<(LoadedRegister, Vec<AppliedFix>)> {
    // Syntax alone first: what the checks find behind a missing bracket may be no mistake at all.
    let (syntax, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = loaded
        .diagnostics
        .iter()
        .partition(|p| codes::is_syntax(p.code));
    apply_fixes_together(loaded, &syntax, true, work)
        .or_else(|| apply_fixes_together(loaded, &others, false, work))
}

type DiagnosticFix<'d> = (&'d Diagnostic, &'d SourceChange);

fn apply_fixes_together(
    loaded: &LoadedRegister,
    diagnostics: &[&Diagnostic],
    is_syntax: bool,
    work: &mut FixWork,
) -> Option<(LoadedRegister, Vec<AppliedFix>)> {
    let (mut chosen, mut others): (Vec<DiagnosticFix>, Vec<DiagnosticFix>) = Default::default();
    let mut taken = BTreeSet::new();
    for diagnostic in diagnostics {
        let Some(change) = work.scope.fix_of(diagnostic) else {
            continue;
        };
        if change.edits.iter().any(|edit| is_taken(&taken, edit.span)) {
            others.push((diagnostic, change));
        } else {
            taken.extend(change.edits.iter().map(|e| (e.span.start, e.span.end)));
            chosen.push((diagnostic, change));
        }
    }
    let (next, fixes) = apply_harmless(loaded, &chosen, is_syntax, work).or_else(|| {
        // Only where they all do harm is one looked for among those that are at the same places.
        others
            .into_iter()
            .take(MAX_LOADS_PER_ROUND)
            .find_map(|one| {
                let next = load_if_better(loaded, loaded, &one.1.edits, is_syntax, work)?;
                Some((next, vec![one]))
            })
    })?;
    let (places, mut columns) = (loaded.source_locator(), ColumnCounter::default());
    let made = fixes
        .iter()
        .map(|(p, c)| AppliedFix::new(loaded, &places, &mut columns, p, c));
    let made = made.collect();
    Some((next, made))
}

/// The text after all fixes that do no harm together: all at once, since loading is what takes
/// time. Where that does harm, each half is tried with what was found harmless before, and so on.
fn apply_harmless<'d>(
    loaded: &LoadedRegister,
    chosen: &[DiagnosticFix<'d>],
    is_syntax: bool,
    work: &mut FixWork,
) -> Option<(LoadedRegister, Vec<DiagnosticFix<'d>>)> {
    let mut best: Option<(LoadedRegister, Vec<DiagnosticFix<'d>>)> = None;
    let whole = 0..chosen.len();
    let mut waiting: Vec<Range<usize>> = Vec::from([whole]);
    let max_loads = work.loads + MAX_LOADS_PER_ROUND;
    while let Some(range) = waiting.pop() {
        let part = chosen.get(range.clone()).unwrap_or(&[]);
        if part.is_empty() || work.loads >= max_loads {
            break;
        }
        let harmless = best.as_ref().map_or(&[][..], |(_, fixes)| fixes);
        let fixes: Vec<DiagnosticFix> = harmless.iter().chain(part).copied().collect();
        let edits = fixes.iter().flat_map(|(_, change)| change.edits.iter());
        let mut edits: Vec<TextEdit> = edits.cloned().collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let base = best.as_ref().map_or(loaded, |(best, _)| best);
        if let Some(next) = load_if_better(loaded, base, &edits, is_syntax, work) {
            best = Some((next, fixes));
        } else if part.len() > 1 {
            let middle = range.start + part.len() / 2;
            // The first half is the next to be tried.
            waiting.extend([middle..range.end, range.start..middle]);
        }
    }
    best
}

/// Whether a stretch overlaps one of those that are taken, which do not overlap each other, or
/// meets one where their order would matter.
fn is_taken(taken: &BTreeSet<(u32, u32)>, span: Span) -> bool {
    let before = taken.range(..=(span.end, u32::MAX)).rev();
    let mut near = before.take_while(|(_, end)| *end >= span.start);
    near.any(|(start, end)| {
        let is_insert = span.start == span.end || start == end;
        is_insert || (*start < span.end && span.start < *end)
    })
}

fn hash_text(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The text of `loaded` after text edits as it is read; `None` where that is no step ahead of
/// `base`: more of it is broken, or a record is lost. A quick fix of the syntax must leave fewer
/// mistakes, or lead to more records, or uncover a mistake further on.
fn load_if_better(
    loaded: &LoadedRegister,
    base: &LoadedRegister,
    text_edits: &[TextEdit],
    is_syntax: bool,
    work: &mut FixWork,
) -> Option<LoadedRegister> {
    if work.is_done() {
        return None;
    }
    let parts = shift_parts(&loaded.files, text_edits)?;
    let after = work.load(apply(&loaded.text, text_edits)?.into(), parts);
    // Compared in this order: mistakes of the syntax, records lost, text behind the first mistake.
    // The last lets a fix through that leaves as many mistakes and moves the first one on, as where
    // a bracket hid others; it shrinks with every round, so that rounds end.
    let measure = |loaded: &LoadedRegister| {
        let tree = &loaded.tree;
        let error_count = tree.diagnostics.len() + tree.diagnostics_omitted;
        let first = tree
            .diagnostics
            .first()
            .map_or(0, |p| p.span.start as usize);
        let bytes_after_first = loaded.text.len() - first;
        (
            error_count,
            Reverse(loaded.register.iter_records().count()),
            bytes_after_first,
        )
    };
    let (was, is) = (measure(base), measure(&after));
    let is_better = match is_syntax {
        true => is < was,
        false => (is.0, is.1) <= (was.0, was.1),
    };
    // A record that goes for a mistake less is a loss.
    let keeps_records = work.scope == FixScope::Lossy || is.1 <= was.1;
    (is_better && keeps_records).then_some(after)
}

/// Counts columns from the place that was asked for last: from the start of a line of megabytes it
/// would be quadratic.
#[derive(Default)]
struct ColumnCounter {
    /// File, byte of that file, and position.
    last: Option<(usize, u32, Position)>,
}

impl ColumnCounter {
    fn position(&mut self, place: &SourceLocation<'_>) -> Position {
        let (offset, line) = (place.span.start, place.lines.line_at(place.span.start));
        let position = match self.last {
            Some((file, from, at)) if file == place.file && line == at.line && from <= offset => {
                let between = Span::new(from, offset).of(place.text);
                let column = at.column + between.chars().count() as u32;
                Position { line, column }
            }
            _ => place.start(),
        };
        self.last = Some((place.file, offset, position));
        position
    }
}

impl AppliedFix {
    fn new(
        loaded: &LoadedRegister,
        places: &SourceLocator,
        columns: &mut ColumnCounter,
        diagnostic: &Diagnostic,
        change: &SourceChange,
    ) -> Self {
        let at = |span| places.locate(&loaded.text, &loaded.files, span);
        let place = at(diagnostic.span);
        let mut lines = Vec::new();
        let mut left = change.edits.as_slice();
        while let Some(first) = left.first() {
            let file = at(first.span);
            let in_file = |text_edit: &&TextEdit| at(text_edit.span).file == file.file;
            let (here, rest) = left.split_at(left.iter().take_while(in_file).count().max(1));
            let local = here.iter().map(|text_edit| {
                let place = at(text_edit.span);
                TextEdit::new(place.span, text_edit.text.as_str())
            });
            let local: Vec<TextEdit> = local.collect();
            lines.extend(line_changes(file.file, file.text, file.lines, &local));
            left = rest;
        }
        AppliedFix {
            diagnostic: diagnostic.clone(),
            change: change.clone(),
            part: place.file,
            position: columns.position(&place),
            lines,
        }
    }
}

/// The lines that a change touches, those that follow each other together.
fn line_changes(
    part: usize,
    text: &str,
    lines: &LineIndex,
    text_edits: &[TextEdit],
) -> Vec<LineChange> {
    let line_of = |offset| lines.line_at(offset);
    // Two changes far from each other in a very long line are shown apart.
    let is_near = |before: Option<&TextEdit>, text_edit: &TextEdit| {
        let end = before.map_or(0, |before| before.span.end);
        text_edit.span.start.saturating_sub(end) <= CONTEXT_BYTES
    };
    let mut groups: Vec<(u32, u32, Vec<TextEdit>)> = Vec::new();
    for text_edit in text_edits {
        let first = line_of(text_edit.span.start);
        // A change that ends with a line break takes nothing of the next line.
        let ends_line =
            text_edit.span.end > text_edit.span.start && text_edit.span.of(text).ends_with('\n');
        let last = line_of(text_edit.span.end - u32::from(ends_line));
        match groups.last_mut() {
            Some((_, end, text_edits))
                if first <= *end + 1 && is_near(text_edits.last(), text_edit) =>
            {
                *end = last.max(*end);
                text_edits.push(text_edit.clone());
            }
            _ => groups.push((first, last, vec![text_edit.clone()])),
        }
    }
    let made = groups.into_iter().filter_map(|(first, last, text_edits)| {
        let (first_edit, last_edit) = (text_edits.first()?.span, text_edits.last()?.span);
        let shown_from = first_edit.start.saturating_sub(CONTEXT_BYTES);
        let start = lines.line_span(first)?.start.max(shown_from);
        let start = text.floor_char_boundary(start as usize) as u32;
        // With its line break, which a change may take away.
        let end = lines.line_span(last)?.end + 1;
        let end = end.min(last_edit.end.saturating_add(CONTEXT_BYTES));
        let before = text.get(start as usize..text.floor_char_boundary(end as usize))?;
        let same_bytes = (first_edit.start - start) as usize;
        let mut here = text_edits;
        for text_edit in &mut here {
            text_edit.span.start -= start;
            text_edit.span.end -= start;
        }
        let after = apply(before, &here)?;
        Some(LineChange {
            part,
            line: first,
            same_bytes,
            before: before.trim_end_matches(['\n', '\r']).to_owned(),
            after: after.trim_end_matches(['\n', '\r']).to_owned(),
        })
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_go_on_until_nothing_is_left() {
        let text = "(\n  format = 1,\n  titel: “A register”,\n  parties: [\n    (id: US, nmae: \
            Republic of Korea, kind: \"state\")\n    (id: \"rok\", name: \"x\" kind: State),\n  \
            ],\n)\n";
        let repaired = fix_text(text);
        assert_eq!(
            repaired.text,
            "(\n  format: 1,\n  title: \"A register\",\n  parties: [\n    (id: \"us\", \
            name: \"Republic of Korea\", kind: State),\n    (id: \"rok\", name: \"x\", kind: \
            State),\n  ],\n)\n"
        );
        assert_eq!(repaired.remaining.diagnostic_count(), 0);
        assert_eq!(repaired.fixes.len(), 10);
        let first = &repaired.fixes[0];
        assert_eq!((first.position.line, first.position.column), (2, 10));
        assert_eq!(first.lines[0].before, "  format = 1,");
        assert_eq!(first.lines[0].after, "  format: 1,");
        assert_eq!(first.lines[0].same_bytes, 8);
    }

    #[test]
    fn what_leads_nowhere_is_left_undone() {
        let leads_on = |before: &str, after: &str, is_syntax| {
            let text_edit = ron_lossless::edit_between(before, after);
            let text_edits: Vec<TextEdit> = text_edit.into_iter().collect();
            let before = load(before, Vec::new());
            let mut work = FixWork::new(FixScope::Safe);
            load_if_better(&before, &before, &text_edits, is_syntax, &mut work).is_some()
        };
        let with = |id: &str| {
            format!("(format: 1, title: \"A\", parties: [(id: {id}, name: \"B\", kind: State)])")
        };
        let (sound, open, none) = (with("\"b\""), with("\"b"), with("7"));
        assert!(leads_on(&open, &sound, true));
        assert!(!leads_on(&open, &open, true));
        assert!(!leads_on(&sound, &open, true) && !leads_on(&sound, &open, false));
        // The text is well-formed, but a record is lost.
        assert!(!leads_on(&sound, &none, false) && leads_on(&none, &sound, false));
    }

    #[test]
    fn lines_are_shown_where_a_change_touches_them() {
        let text = "a\nb\nc\r\nd";
        let at = |start, end, words: &str| {
            ron_lossless::TextEdit::new(ron_lossless::Span::new(start, end), words)
        };
        let change =
            SourceChange::new("", vec![at(0, 1, "x"), at(4, 7, ""), at(7, 8, "y")]).unwrap();
        let shown = line_changes(0, text, &LineIndex::new(text), &change.edits);
        let shown: Vec<_> = shown
            .iter()
            .map(|t| (t.line, t.before.as_str(), t.after.as_str()))
            .collect();
        assert_eq!(shown, [(1, "a", "x"), (3, "c\r\nd", "y")]);
    }

    #[test]
    fn files_are_repaired_together() {
        let file = |name: &str, text: &str| RegisterFileText {
            name: name.into(),
            text: text.to_owned(),
            diagnostics: Vec::new(),
        };
        let parties =
            "(format: 1, title: \"A\", parties: [(id: \"Big Office\", name: \"B\", kind: Ofice)])";
        let events = "(format: 1\n events: [(id: \"e\", title: \"E\", date: (date: \"2020\", \
            basis: Stated), parties: [\"Big Office\"], citations: [(document: \"d\", external: \
            true)])])";
        let files = vec![file("a.ron", parties), file("b.ron", events)];
        let repaired = fix_files(files, &|_| None, FixScope::Safe);
        let parts: Vec<&str> = repaired
            .remaining
            .files
            .iter()
            .map(|p| p.span.of(&repaired.text))
            .collect();
        assert_eq!(
            parts[0],
            parties
                .replace("Big Office", "big-office")
                .replace("Ofice", "Office")
        );
        assert_eq!(
            parts[1],
            events
                .replace("Big Office", "big-office")
                .replace("1\n", "1,\n")
        );
        let renamed = repaired
            .fixes
            .iter()
            .find(|made| made.change.edits.len() == 2);
        let touched: Vec<(usize, u32)> = renamed
            .unwrap()
            .lines
            .iter()
            .map(|t| (t.part, t.line))
            .collect();
        assert_eq!(touched, [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_sound_text_stays_as_it_is() {
        let sound = linchpin_register::bundled::ALLIANCE_TEXT;
        let repaired = fix_text(sound);
        assert!(repaired.fixes.is_empty() && repaired.text == sound);
    }

    /// A register whose parties all stand on one line, each with two slips.
    fn one_line(count: usize) -> String {
        let party = |i: usize| format!("(id: \"p-{i}\", name: \"P\" kind: Stat),");
        let parties: String = (0..count).map(party).collect();
        format!("(format: 1, title: \"Many\", parties: [{parties}])")
    }

    #[test]
    fn four_times_as_many_slips_on_one_line_take_as_many_rounds() {
        let fixed = |count: usize| {
            let repaired = fix_text(&one_line(count));
            assert_eq!(repaired.fixes.len(), 2 * count);
            let right = one_line(count).replace("\"P\" kind: Stat", "\"P\", kind: State");
            assert_eq!(repaired.text, right);
            let shown = repaired.fixes.iter().flat_map(|made| &made.lines);
            let bytes: usize = shown.map(|l| l.before.len() + l.after.len()).sum();
            (repaired.loads, bytes)
        };
        let (few, many) = (fixed(500), fixed(2000));
        assert!(many.0 <= few.0, "readings: {few:?}, {many:?}");
        assert!(many.1 <= 5 * few.1, "bytes shown: {few:?}, {many:?}");
    }

    #[test]
    fn places_on_one_line_are_counted_in_characters() {
        let text = one_line(40).replace("\"P\"", "\"한\"");
        for made in &fix_text(&text).fixes {
            let shown = &made.lines[0];
            let part = shown.before.get(..shown.same_bytes).unwrap();
            assert_eq!(shown.after.get(..shown.same_bytes), Some(part));
        }
        let commas = fix_text(&text).fixes;
        let columns = commas
            .iter()
            .take(40)
            .map(|made| made.position.column as usize);
        let expected = text
            .match_indices(" kind")
            .map(|(at, _)| text[..at].chars().count() + 1);
        assert_eq!(columns.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn one_harmful_fix_does_not_keep_the_others_back() {
        let text = one_line(60).replace("\"P\" kind", "\"P\", kind");
        let mut loaded = load(text.as_str(), Vec::new());
        let mut diagnostics = loaded.diagnostics.to_vec();
        assert_eq!(diagnostics.len(), 60);
        // A bracket that nothing closes would be one more mistake.
        let id = text.find("\"p-33\"").unwrap() as u32;
        let harm = TextEdit::new(Span::new(id, id + 6), "(");
        diagnostics[33].fix = SourceChange::new("Harm", vec![harm]);
        loaded = loaded.with_diagnostics(diagnostics);
        let mut work = FixWork::new(FixScope::Safe);
        let (next, made) = fix_round(&loaded, &mut work).unwrap();
        assert!(made.iter().all(|made| made.change.label != "Harm"));
        assert_eq!(made.len(), 59);
        assert!(next.text.contains("\"p-33\""));
        assert!(work.loads <= 14, "{}", work.loads);
    }
}
