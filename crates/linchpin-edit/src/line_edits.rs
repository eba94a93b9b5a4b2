//! What turns one text into another, in pieces as small as lines and words: a place between two
//! changes belongs to neither. The work is bounded for any two texts.

use super::diff::longest_increasing;
use linchpin_register::RegisterFile;
use ron_lossless::{Span, TextEdit, edit_between};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;

/// Where more bytes than that lie between the first and the last change, they are one change.
const MAX_COMPARED_BYTES: usize = 4 << 20;
/// So many lines or words are compared each with each; the time grows with the square of what
/// differs. More are first parted at those that occur once in both.
const MAX_COMPARED_PIECES: usize = 512;

/// The text edits that turn `old` into `new`, in order and none overlapping.
pub fn line_edits(old: &str, new: &str) -> Vec<TextEdit> {
    let Some(whole) = edit_between(old, new) else {
        return Vec::new();
    };
    // Whole lines: what is around the difference is the same in both.
    let start = old[..whole.span.start as usize]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let rest = &old[whole.span.end as usize..];
    let tail = rest.len() - rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let (old_lines, new_lines) = (&old[start..old.len() - tail], &new[start..new.len() - tail]);
    if old_lines.len().max(new_lines.len()) > MAX_COMPARED_BYTES {
        return vec![whole];
    }
    let mut edits = Vec::new();
    let (a, b): (Vec<&str>, Vec<&str>) = (
        old_lines.split_inclusive('\n').collect(),
        new_lines.split_inclusive('\n').collect(),
    );
    for_each_hunk(&a, &b, start, |at, gone, come| {
        if gone.len() == come.len() && gone.len() <= MAX_COMPARED_PIECES {
            // As many lines as before: each is what became of the one that stood there.
            let mut at = at;
            for (a, b) in gone.iter().zip(come) {
                push_word_edits(a, b, at, &mut edits);
                at += a.len();
            }
        } else {
            push_word_edits(&gone.concat(), &come.concat(), at, &mut edits);
        }
    });
    edits
}

/// The lines of the old text that are gone, and those of the new one that have come, in the order
/// of their texts. Line ends do not count.
pub fn changed_lines<'t>(old: &'t str, new: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let same = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = same.take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    if bytes(a).max(bytes(b)) > MAX_COMPARED_BYTES {
        return (a.to_vec(), b.to_vec());
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (of_a, of_b) in hunks(a, b) {
        gone.extend(&a[of_a]);
        come.extend(&b[of_b]);
    }
    (gone, come)
}

/// The text edits of the joined text, for each file of the same name that differs.
pub fn line_edits_by_part(
    old: &str,
    old_parts: &[RegisterFile],
    new: &str,
    new_parts: &[RegisterFile],
) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    for (a, b) in old_parts.iter().zip(new_parts) {
        let of_part = line_edits(a.span.of(old), b.span.of(new)).into_iter();
        edits.extend(of_part.map(|edit| moved(edit, a.span.start)));
    }
    edits
}

/// The same text edit where the text begins so many bytes further down.
fn moved(edit: TextEdit, by: u32) -> TextEdit {
    let span = Span::new(edit.span.start + by, edit.span.end + by);
    TextEdit::new(span, edit.text)
}

/// The words that differ between two stretches of lines that begin at byte `at`.
fn push_word_edits(old: &str, new: &str, at: usize, out: &mut Vec<TextEdit>) {
    let (a, b) = (words(old), words(new));
    if a.len() + b.len() > MAX_COMPARED_PIECES {
        let edit = edit_between(old, new);
        out.extend(edit.map(|edit| moved(edit, at as u32)));
        return;
    }
    for_each_hunk(&a, &b, at, |at, gone, come| {
        let edit = edit_between(&gone.concat(), &come.concat());
        out.extend(edit.map(|edit| moved(edit, at as u32)));
    });
}

/// Words, and each sign between them.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            out.extend((from < at).then(|| &text[from..at]));
            from = at + c.len_utf8();
            out.push(&text[at..from]);
        }
    }
    out.extend((from < text.len()).then(|| &text[from..]));
    out
}

/// Calls `found` for each run of pieces that differs, with the byte at which it begins in the old
/// text; `start` is where the first piece begins.
fn for_each_hunk(
    a: &[&str],
    b: &[&str],
    start: usize,
    mut found: impl FnMut(usize, &[&str], &[&str]),
) {
    let mut at = start;
    let mut next = 0;
    for (gone, come) in hunks(a, b) {
        at += a[next..gone.start]
            .iter()
            .map(|piece| piece.len())
            .sum::<usize>();
        next = gone.start;
        found(at, &a[gone], &b[come]);
    }
}

/// The runs of pieces that differ.
fn hunks(a: &[&str], b: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out = Vec::new();
    if a.len() + b.len() <= MAX_COMPARED_PIECES {
        compare(a, b, 0..a.len(), 0..b.len(), &mut out);
        return out;
    }
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in anchors(a, b).into_iter().chain([(a.len(), b.len())]) {
        compare(a, b, from_a..at_a, from_b..at_b, &mut out);
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
    out
}

/// Compares two stretches piece by piece where they are short, else as a whole.
fn compare(
    a: &[&str],
    b: &[&str],
    in_a: Range<usize>,
    in_b: Range<usize>,
    out: &mut Vec<(Range<usize>, Range<usize>)>,
) {
    let (old, new) = (&a[in_a.clone()], &b[in_b.clone()]);
    let same = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    let rest = old.len().min(new.len()) - same;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(rest);
    let same_at_end = pairs.take_while(|(x, y)| x == y).count();
    let (in_a, in_b) = (
        in_a.start + same..in_a.end - same_at_end,
        in_b.start + same..in_b.end - same_at_end,
    );
    if in_a.is_empty() && in_b.is_empty() {
        return;
    }
    if in_a.len() + in_b.len() > MAX_COMPARED_PIECES {
        out.push((in_a, in_b));
        return;
    }
    let (old, new) = (&a[in_a.clone()], &b[in_b.clone()]);
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, gone, come) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let gone = in_a.start + gone.start..in_a.start + gone.end;
        let come = in_b.start + come.start..in_b.start + come.end;
        match out.last_mut() {
            Some((last_a, last_b)) if last_a.end == gone.start && last_b.end == come.start => {
                (last_a.end, last_b.end) = (gone.end, come.end);
            }
            _ => out.push((gone, come)),
        }
    }
}

/// Pieces that occur once in both texts, in an order that both have.
fn anchors(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    /// Where each piece stands that occurs once.
    fn unique<'t>(pieces: &[&'t str]) -> HashMap<&'t str, Option<usize>> {
        let mut places: HashMap<&str, Option<usize>> = HashMap::with_capacity(pieces.len());
        for (at, piece) in pieces.iter().enumerate() {
            places
                .entry(piece)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
        places
    }
    let (in_a, in_b) = (unique(a), unique(b));
    let partner = |(at, piece): (usize, &&str)| {
        in_a.get(piece)
            .copied()
            .flatten()
            .filter(|only| *only == at)?;
        in_b.get(piece).copied().flatten()
    };
    let pairs: Vec<Option<usize>> = a.iter().enumerate().map(partner).collect();
    let stay = longest_increasing(&pairs);
    let places = (0..a.len()).filter(|at| stay.contains(at));
    places.filter_map(|at| Some((at, pairs[at]?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ron_lossless::apply;

    fn spans(old: &str, new: &str) -> Vec<Span> {
        let edits = line_edits(old, new);
        assert_eq!(apply(old, &edits).as_deref(), Some(new), "{old} → {new}");
        edits.into_iter().map(|edit| edit.span).collect()
    }

    #[test]
    fn each_change_is_an_edit_of_its_own() {
        let old = "(\n  a: 1,\n  b: 2,\n  c: 3,\n)\n";
        let new = "(\n  z: 0,\n  a: 1,\n  b: 2,\n  c: 4,\n)\n";
        assert_eq!(spans(old, new), [Span::new(2, 2), Span::new(23, 24)]);
        // Within a line, the words.
        let old = "(id: \"a\", name: \"Alpha\", kind: Office)";
        let new = "(id: \"b\", name: \"Alpha\", kind: Person)";
        assert_eq!(spans(old, new), [Span::new(6, 7), Span::new(31, 37)]);
    }

    #[test]
    fn edits_lead_to_the_new_text() {
        for (old, new) in [
            ("", "a"),
            ("a\nb", ""),
            ("a\r\nb\r\n", "a\nb\n"),
            ("한국\n어", "한글\n어\n"),
            ("x\nx\nx\n", "x\n\nx\n"),
            ("a\nb\nc", "c\nb\na"),
        ] {
            spans(old, new);
            spans(new, old);
        }
        assert_eq!(spans("same", "same"), []);
    }

    #[test]
    fn the_work_is_bounded_and_a_long_text_still_keeps_its_middle() {
        let lines = |of: &dyn Fn(usize) -> String| -> String { (0..20_000).map(of).collect() };
        let old = lines(&|n| format!("line {n},\n"));
        let new = format!("first\n{old}last\n");
        assert_eq!(spans(&old, &new).len(), 2);
        // Nothing that both share: one change, however long.
        let other = lines(&|n| format!("other {};\n", n % 7));
        assert_eq!(spans(&old, &other).len(), 1);
    }
}
