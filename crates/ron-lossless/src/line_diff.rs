//! Two texts line by line, as `diff -u` shows them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// Lines shown before and after a change.
const CONTEXT: usize = 3;

/// The most pairs of lines that are compared one by one where no line stands in both texts once.
const MAX_PAIRS: usize = 1 << 20;

/// How often the lines between two that stay are searched again. Keeps hostile texts from filling
/// the stack.
const MAX_DEPTH: usize = 64;

/// What changes from `old` to `new`, in the form of `diff -u`, with `name` as the name of both.
/// Empty where nothing does.
///
/// Lines end with `\n`; other ends are shown as they are.
pub fn unified(old: &str, new: &str, name: &str) -> String {
    let (old, new) = (lines(old), lines(new));
    let changes = changes(&old, &new);
    if changes.is_empty() {
        return String::new();
    }
    let mut out = format!("--- {name}\n+++ {name}\n");
    let mut rest = changes.as_slice();
    while let Some(first) = rest.first() {
        let near = |pair: &[Change]| match pair {
            [a, b] => b.old.start - a.old.end <= 2 * CONTEXT,
            _ => false,
        };
        let count = 1 + rest.windows(2).take_while(|pair| near(pair)).count();
        let (hunk, later) = rest.split_at(count);
        let last = hunk.last().unwrap_or(first);
        let before = first.old.start.min(CONTEXT);
        let after = (old.len() - last.old.end).min(CONTEXT);
        let _ = writeln!(
            out,
            "@@ -{} +{} @@",
            place(&(first.old.start - before..last.old.end + after)),
            place(&(first.new.start - before..last.new.end + after))
        );
        let mut from = first.old.start - before;
        for change in hunk {
            write_lines(&mut out, ' ', &old[from..change.old.start]);
            write_lines(&mut out, '-', &old[change.old.clone()]);
            write_lines(&mut out, '+', &new[change.new.clone()]);
            from = change.old.end;
        }
        write_lines(&mut out, ' ', &old[from..last.old.end + after]);
        rest = later;
    }
    out
}

/// Lines of the old text that give way to lines of the new one.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// `12,3`, as `diff` counts.
fn place(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn write_lines(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let mut pairs = Pairs {
        old,
        new,
        same: Vec::new(),
    };
    pairs.find(0..old.len(), 0..new.len(), 0);
    pairs.same.push((old.len(), new.len()));
    let mut changes = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for (old_same, new_same) in pairs.same {
        if old_at < old_same || new_at < new_same {
            changes.push(Change {
                old: old_at..old_same,
                new: new_at..new_same,
            });
        }
        (old_at, new_at) = (old_same + 1, new_same + 1);
    }
    changes
}

/// The lines that stay, by their numbers in both texts and in the order of both.
struct Pairs<'a> {
    old: &'a [&'a str],
    new: &'a [&'a str],
    same: Vec<(usize, usize)>,
}

impl Pairs<'_> {
    /// Finds those at both ends, then those that stand once in either range, then what lies between
    /// these.
    fn find(&mut self, mut a: Range<usize>, mut b: Range<usize>, depth: usize) {
        while !a.is_empty() && !b.is_empty() && self.old[a.start] == self.new[b.start] {
            self.same.push((a.start, b.start));
            (a.start, b.start) = (a.start + 1, b.start + 1);
        }
        let mut at_end = 0;
        while !a.is_empty() && !b.is_empty() && self.old[a.end - 1] == self.new[b.end - 1] {
            (a.end, b.end, at_end) = (a.end - 1, b.end - 1, at_end + 1);
        }
        let after = (a.end, b.end);
        if !a.is_empty() && !b.is_empty() && depth < MAX_DEPTH {
            let anchors = self.anchors(&a, &b);
            if anchors.is_empty() {
                self.one_by_one(&a, &b);
            } else {
                for (old_at, new_at) in anchors {
                    self.find(a.start..old_at, b.start..new_at, depth + 1);
                    self.same.push((old_at, new_at));
                    (a.start, b.start) = (old_at + 1, new_at + 1);
                }
                self.find(a, b, depth + 1);
            }
        }
        self.same
            .extend((0..at_end).map(|i| (after.0 + i, after.1 + i)));
    }

    /// Lines that stand exactly once in each range: as many as keep their order.
    fn anchors(&self, a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
        let in_new = once(self.new, b);
        let mut both: Vec<(usize, usize)> = once(self.old, a)
            .into_iter()
            .filter_map(|(line, at)| Some((at?, in_new.get(line).copied()??)))
            .collect();
        both.sort_unstable();
        longest_rise(&both)
    }

    /// The longest sequence of lines in both ranges, unless that would take long.
    fn one_by_one(&mut self, a: &Range<usize>, b: &Range<usize>) {
        let width = b.len() + 1;
        if a.len().saturating_mul(b.len()) > MAX_PAIRS {
            return;
        }
        let is_same = |i: usize, j: usize| self.old[a.start + i] == self.new[b.start + j];
        // How many lines the ranges share from line `i` and line `j` on.
        let mut shared = vec![0_u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                shared[i * width + j] = match is_same(i, j) {
                    true => shared[(i + 1) * width + j + 1] + 1,
                    false => shared[(i + 1) * width + j].max(shared[i * width + j + 1]),
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut found = Vec::new();
        while i < a.len() && j < b.len() {
            if is_same(i, j) {
                found.push((a.start + i, b.start + j));
                (i, j) = (i + 1, j + 1);
            } else if shared[(i + 1) * width + j] >= shared[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
        self.same.extend(found);
    }
}

/// Where each line of a range stands; `None` for one that stands there more than once.
fn once<'a>(lines: &[&'a str], range: &Range<usize>) -> HashMap<&'a str, Option<usize>> {
    let mut seen = HashMap::new();
    for at in range.clone() {
        let entry = seen.entry(lines[at]);
        entry.and_modify(|at| *at = None).or_insert(Some(at));
    }
    seen
}

/// As many of the pairs as possible such that their second numbers rise; the first do so already.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends a run of this length soonest, and for each pair the one
    // before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<_> = std::iter::successors(ends.last().copied(), |at| before[*at])
        .map(|at| pairs[at])
        .collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The new text out of the old one and the changes.
    fn applied(old: &str, new: &str) -> String {
        let (old, new) = (lines(old), lines(new));
        let mut out = String::new();
        let mut from = 0;
        for change in changes(&old, &new) {
            out.extend(old[from..change.old.start].iter().copied());
            out.extend(new[change.new].iter().copied());
            from = change.old.end;
        }
        out.extend(old[from..].iter().copied());
        out
    }

    #[test]
    fn changes_stand_between_lines_that_stay() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n";
        let new = old.replace("\n5\n", "\nfive\n").replace("14\n", "14");
        let expected = "--- a.ron\n+++ a.ron\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n\
                        @@ -11,4 +11,4 @@\n 11\n 12\n 13\n-14\n+14\n\\ No newline at end of file\n";
        assert_eq!(unified(old, &new, "a.ron"), expected);
        assert_eq!(unified(old, old, "a.ron"), "");
        assert!(unified("", "a\n", "x").ends_with("@@ -0,0 +1 @@\n+a\n"));
    }

    #[test]
    fn little_is_shown_where_little_changes() {
        let changed = |old: &str, new: &str| {
            assert_eq!(applied(old, new), new);
            let (old, new) = (lines(old), lines(new));
            let changes = changes(&old, &new);
            changes.iter().map(|c| c.old.len() + c.new.len()).sum()
        };
        // A block that moves is taken out once and put in once.
        let moved: usize = changed("(\n b\n c\n)\nx\ny\nz\n", "x\ny\nz\n(\n b\n c\n)\n");
        assert_eq!(moved, 6);
        // Nothing stands in either only once.
        let repeated: usize = changed("a\na\nb\nb\n", "b\na\na\nb\nb\na\n");
        assert_eq!(repeated, 2);
    }

    #[test]
    fn any_two_texts_differ_by_their_changes() {
        let mut state = 7_u64;
        let mut below = |limit: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % limit
        };
        for round in 0..2_000 {
            let kinds = 2 + round % 9;
            let mut text = |most: u64| -> String {
                let count = below(most);
                (0..count).map(|_| format!("{}\n", below(kinds))).collect()
            };
            let (old, new) = (text(24), text(24));
            assert_eq!(applied(&old, &new), new, "from {old:?}");
        }
    }
}
