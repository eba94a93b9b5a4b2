//! Applies every quick fix of a register, round by round: what stands behind a mistake is read only
//! when it has been set right.

use super::draft::shift_parts;
use super::text_diagnostics::with_text_diagnostics;
use linchpin_reading::{TextFile, TextLibrary};
use linchpin_register::{
    Document, LoadedRegister, RegisterFileText, SourceLocator, load, load_files, load_joined_files,
};
use ron_lossless::{
    Diagnostic, LineIndex, Position, SourceChange, TextEdit, apply, codes, decode_bytes,
};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A register after its quick fixes.
pub struct FixedText {
    /// The text with all quick fixes; of several files, all of them joined.
    pub text: String,
    /// What was set right, in the order in which it was done.
    pub fixes: Vec<AppliedFix>,
    /// The text as it is read after that, with the diagnostics that are left; both readers have
    /// seen it.
    pub remaining: LoadedRegister,
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
/// last line break.
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

/// So many rounds are made at most. Each sets up to some hundred mistakes right, so that a text
/// needs many only where it has thousands.
const MAX_ROUNDS: usize = 1000;
/// Where a round as a whole does harm, so many of its quick fixes are tried one by one.
const MAX_SINGLE_FIXES: usize = 40;

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
    mut left: LoadedRegister,
    document: DocumentTextFn<'_>,
    scope: FixScope,
) -> FixedText {
    let mut changes = Vec::new();
    let mut seen = HashSet::from([hash_text(&left.text)]);
    for _ in 0..MAX_ROUNDS {
        let Some((next, made)) = fix_round(&with_document_texts(left.clone(), document), scope)
        else {
            break;
        };
        // Nothing leads back to where it began; if something did, it would never end.
        if !seen.insert(hash_text(&next.text)) {
            break;
        }
        changes.extend(made);
        left = next;
    }
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
    scope: FixScope,
) -> Option<(LoadedRegister, Vec<AppliedFix>)> {
    // Syntax alone first: what the checks find behind a missing bracket may be no mistake at all.
    let is_syntax = |p: &&Diagnostic| codes::is_syntax(p.code);
    let all = || loaded.diagnostics.iter();
    let (syntax, values): (Vec<&Diagnostic>, Vec<&Diagnostic>) = all().partition(is_syntax);
    apply_fixes_together(loaded, syntax, true, scope)
        .or_else(|| apply_fixes_together(loaded, values, false, scope))
}

fn apply_fixes_together(
    loaded: &LoadedRegister,
    diagnostics: Vec<&Diagnostic>,
    is_syntax: bool,
    scope: FixScope,
) -> Option<(LoadedRegister, Vec<AppliedFix>)> {
    let mut chosen: Vec<(&Diagnostic, &SourceChange)> = Vec::new();
    let mut text_edits: Vec<TextEdit> = Vec::new();
    let mut candidates = Vec::new();
    for diagnostic in diagnostics {
        let Some(change) = scope.fix_of(diagnostic) else {
            continue;
        };
        candidates.push((diagnostic, change));
        if !change
            .edits
            .iter()
            .any(|s| text_edits.iter().any(|t| overlap(s, t)))
        {
            text_edits.extend(change.edits.iter().cloned());
            chosen.push((diagnostic, change));
        }
    }
    text_edits.sort_by_key(|s| (s.span.start, s.span.end));
    let made = |chosen: &[(&Diagnostic, &SourceChange)]| -> Vec<AppliedFix> {
        let places = loaded.source_locator();
        let made = chosen
            .iter()
            .map(|(p, c)| AppliedFix::new(loaded, &places, p, c));
        made.collect()
    };
    if chosen.is_empty() {
        return None;
    }
    // All at once, since loading is what takes time. Only where they do harm together is one of
    // them looked for that does none alone; the others come in later rounds.
    if let Some(next) = load_if_better(loaded, &text_edits, is_syntax, scope) {
        return Some((next, made(&chosen)));
    }
    candidates
        .into_iter()
        .take(MAX_SINGLE_FIXES)
        .find_map(|one| {
            let next = load_if_better(loaded, &one.1.edits, is_syntax, scope)?;
            Some((next, made(&[one])))
        })
}

/// Whether two text edits overlap, or meet where their order would matter.
fn overlap(one: &TextEdit, other: &TextEdit) -> bool {
    let (a, b) = (one.span, other.span);
    let is_insert = a.start == a.end || b.start == b.end;
    match is_insert {
        true => a.start <= b.end && b.start <= a.end,
        false => a.start < b.end && b.start < a.end,
    }
}

fn hash_text(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The text as it is read; `None` where that is no step ahead: more of it is broken than before, or
/// a record is lost. A quick fix of the syntax must leave fewer mistakes, or lead to more records,
/// or uncover a mistake further on.
fn load_if_better(
    before: &LoadedRegister,
    text_edits: &[TextEdit],
    is_syntax: bool,
    scope: FixScope,
) -> Option<LoadedRegister> {
    let parts = shift_parts(&before.files, text_edits)?;
    let after = load_joined_files(apply(&before.text, text_edits)?.into(), parts);
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
    let (was, is) = (measure(before), measure(&after));
    let is_better = match is_syntax {
        true => is < was,
        false => (is.0, is.1) <= (was.0, was.1),
    };
    // A record that goes for a mistake less is a loss.
    let keeps_records = scope == FixScope::Lossy || is.1 <= was.1;
    (is_better && keeps_records).then_some(after)
}

impl AppliedFix {
    fn new(
        loaded: &LoadedRegister,
        places: &SourceLocator,
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
            position: place.start(),
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
    let line_of = |offset| lines.position(text, offset).line;
    let mut groups: Vec<(u32, u32, Vec<_>)> = Vec::new();
    for text_edit in text_edits {
        let first = line_of(text_edit.span.start);
        // A change that ends with a line break takes nothing of the next line.
        let ends_line =
            text_edit.span.end > text_edit.span.start && text_edit.span.of(text).ends_with('\n');
        let last = line_of(text_edit.span.end - u32::from(ends_line));
        match groups.last_mut() {
            Some((_, end, text_edits)) if first <= *end + 1 => {
                *end = last.max(*end);
                text_edits.push(text_edit.clone());
            }
            _ => groups.push((first, last, vec![text_edit.clone()])),
        }
    }
    let made = groups.into_iter().filter_map(|(first, last, text_edits)| {
        let start = lines.line_span(first)?.start;
        let end = lines.line_span(last)?.end as usize;
        // With its line break, which a change may take away.
        let end = (end + 1).min(text.len());
        let before = text.get(start as usize..end)?;
        let same_bytes = (text_edits.first()?.span.start - start) as usize;
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
            load_if_better(
                &load(before, Vec::new()),
                &text_edits,
                is_syntax,
                FixScope::Safe,
            )
            .is_some()
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
}
