//! How the text of a draft came from the one before, so that whatever stands at a place of the one
//! finds its place in the other: carets, selections, edits that wait.

use super::line_edits::line_edits;
use linchpin_register::RegisterFile;
use ron_lossless::{Span, TextEdit};
use std::sync::Arc;

/// A stretch that was replaced, and how many bytes stand there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// In the text before.
    pub span: Span,
    /// How long what stands there now is.
    pub new_len: u32,
}

impl Replacement {
    /// How many bytes the text is longer.
    pub fn shift(&self) -> i64 {
        i64::from(self.new_len) - i64::from(self.span.end - self.span.start)
    }
}

impl From<&TextEdit> for Replacement {
    fn from(edit: &TextEdit) -> Self {
        Replacement {
            span: edit.span,
            new_len: edit.text.len() as u32,
        }
    }
}

/// What text edits replace.
pub fn replacements(edits: &[TextEdit]) -> Vec<Replacement> {
    edits.iter().map(Replacement::from).collect()
}

/// Which way a place goes where something was put in right there, or where what it stood in is
/// gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// To what stands before it.
    Before,
    /// To what stands behind it.
    After,
}

/// Where a place of the text before stands in the text after. It stays with the bytes around it.
pub fn map_offset(offset: u32, replaced: &[Replacement], bias: Bias) -> u32 {
    let mut shift = 0;
    for one in replaced {
        let span = one.span;
        let is_insertion = span.start == span.end;
        let is_before = match is_insertion && span.start == offset {
            true => bias == Bias::After,
            false => span.end <= offset,
        };
        if is_before {
            shift += one.shift();
        } else if span.start < offset {
            // What stood there is gone.
            let start = i64::from(span.start) + shift;
            let put = match bias {
                Bias::Before => 0,
                Bias::After => i64::from(one.new_len),
            };
            return (start + put) as u32;
        } else {
            break;
        }
    }
    (i64::from(offset) + shift) as u32
}

/// What is left of a stretch: what was put in at either end does not belong to it.
pub fn map_span(span: Span, replaced: &[Replacement]) -> Span {
    let start = map_offset(span.start, replaced, Bias::After);
    let end = map_offset(span.end, replaced, Bias::Before);
    Span::new(start, end.max(start))
}

/// Why the text of a draft changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeCause {
    /// Something typed, or an edit of records.
    Edit,
    /// A step was undone or made again.
    UndoOrRedo,
    /// It came from elsewhere: another program, a merge, going back to the disk.
    Foreign,
}

/// How one version of a draft came from the one before.
#[derive(Clone, Debug)]
pub struct TextChange {
    /// The version that came of it.
    pub version: u64,
    pub cause: ChangeCause,
    parts_before: Arc<[RegisterFile]>,
    parts_after: Arc<[RegisterFile]>,
    /// The files that changed, each by its number before and after.
    parts: Vec<PartChange>,
}

#[derive(Clone, Debug)]
struct PartChange {
    before: usize,
    after: usize,
    replaced: Vec<Replacement>,
}

impl TextChange {
    /// A change that leaves the set of files as it is; `edits` are in the joined text.
    pub(super) fn of_edits(
        cause: ChangeCause,
        parts_before: &Arc<[RegisterFile]>,
        parts_after: &Arc<[RegisterFile]>,
        edits: &[TextEdit],
    ) -> Self {
        let mut parts: Vec<PartChange> = Vec::new();
        for edit in edits {
            let index = linchpin_register::file_index_at(parts_before, edit.span.start);
            let start = parts_before.get(index).map_or(0, |part| part.span.start);
            let replaced = Replacement {
                span: Span::new(edit.span.start - start, edit.span.end - start),
                new_len: edit.text.len() as u32,
            };
            match parts.last_mut() {
                Some(last) if last.before == index => last.replaced.push(replaced),
                _ => parts.push(PartChange {
                    before: index,
                    after: index,
                    replaced: vec![replaced],
                }),
            }
        }
        TextChange {
            version: 0,
            cause,
            parts_before: parts_before.clone(),
            parts_after: parts_after.clone(),
            parts,
        }
    }

    /// A change in which files came or went. Files are known by name; one that only has another
    /// name is known by its text.
    pub(super) fn of_files(
        cause: ChangeCause,
        (old, parts_before): (&str, &Arc<[RegisterFile]>),
        (new, parts_after): (&str, &Arc<[RegisterFile]>),
    ) -> Self {
        let mut parts = Vec::new();
        for (before, part) in parts_before.iter().enumerate() {
            let text = part.span.of(old);
            let same_name = parts_after.iter().position(|other| other.name == part.name);
            let renamed = || {
                parts_after.iter().position(|other| {
                    other.span.of(new) == text
                        && parts_before.iter().all(|old| old.name != other.name)
                })
            };
            if let Some(after) = same_name.or_else(renamed) {
                let edits = line_edits(text, parts_after[after].span.of(new));
                parts.push(PartChange {
                    before,
                    after,
                    replaced: replacements(&edits),
                });
            }
        }
        TextChange {
            version: 0,
            cause,
            parts_before: parts_before.clone(),
            parts_after: parts_after.clone(),
            parts,
        }
    }

    /// What became of a file: its name now, and what was replaced in it, at places of its own text.
    /// `None` where it is gone.
    pub fn follow_file(&self, name: &str) -> Option<(&Arc<str>, &[Replacement])> {
        let before = self
            .parts_before
            .iter()
            .position(|part| &*part.name == name)?;
        match self.parts.iter().find(|part| part.before == before) {
            Some(part) => Some((&self.parts_after.get(part.after)?.name, &part.replaced)),
            None => {
                let part = self.parts_after.iter().find(|part| &*part.name == name)?;
                Some((&part.name, &[]))
            }
        }
    }

    /// How many places were replaced.
    pub(super) fn replacement_count(&self) -> usize {
        self.parts.iter().map(|part| part.replaced.len()).sum()
    }

    /// The first file in which something was replaced: its name now, and what.
    pub fn first_changed_file(&self) -> Option<(&Arc<str>, &[Replacement])> {
        let changed = self.parts.iter().find(|part| !part.replaced.is_empty())?;
        Some((
            &self.parts_after.get(changed.after)?.name,
            &changed.replaced,
        ))
    }

    /// The same text edit in the text after; `None` where what it replaces has changed, or is gone.
    pub(super) fn rebase(&self, edit: &TextEdit) -> Option<TextEdit> {
        let is_inside = |part: &RegisterFile| {
            part.span.start <= edit.span.start && edit.span.end <= part.span.end
        };
        let part = self.parts_before.iter().find(|part| is_inside(part))?;
        let (name, replaced) = self.follow_file(&part.name)?;
        let after = self.parts_after.iter().find(|other| other.name == *name)?;
        let (start, end) = (
            edit.span.start - part.span.start,
            edit.span.end - part.span.start,
        );
        // Only what the edit replaces counts: what is put in at its borders stays beside it.
        let touches = |one: &&Replacement| one.span.start < end && one.span.end > start;
        if replaced.iter().any(|one| touches(&one)) {
            return None;
        }
        let from = map_offset(start, replaced, Bias::After);
        let span = Span::new(
            after.span.start + from,
            after.span.start + from + (end - start),
        );
        Some(TextEdit::new(span, edit.text.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_with_the_bytes_around_them() {
        let replaced = replacements(&[
            TextEdit::insert(2, "xx"),
            TextEdit::new(Span::new(4, 6), "y"),
        ]);
        let to = |bias| -> Vec<u32> { (0..8).map(|at| map_offset(at, &replaced, bias)).collect() };
        assert_eq!(to(Bias::After), [0, 1, 4, 5, 6, 7, 7, 8]);
        assert_eq!(to(Bias::Before), [0, 1, 2, 5, 6, 6, 7, 8]);
        // What another program puts in at an end of a selection is not selected.
        let both = replacements(&[TextEdit::insert(2, "xx"), TextEdit::insert(4, "yy")]);
        assert_eq!(map_span(Span::new(2, 4), &both), Span::new(4, 6));
    }
}
