//! Lines as paragraphs: by indents, by the space between lines, by lines that end early; over columns and pages.

use super::columns::Column;
use super::rows::Piece;
use crate::extract::join::{Hyphens, Joiner, begins_item, ends_sentence, is_hangul};

/// How much farther than usual a line stands below the one before where a paragraph begins.
const FARTHER: f32 = 1.22;
/// An indent, as a share of the letters' size.
const INDENT: f32 = 0.7;

/// The paragraphs of all pages, each the columns of one page.
pub fn paragraphs(pages: Vec<Vec<Column>>) -> Vec<String> {
    let columns: Vec<Column> = pages
        .into_iter()
        .flatten()
        .filter(|c| !c.lines.is_empty())
        .collect();
    let leading = leading(&columns);
    let mut groups: Vec<Vec<&Piece>> = Vec::new();
    let mut last: Option<(&Piece, Edges)> = None;
    for column in &columns {
        let edges = Edges::of(&column.lines);
        let mut before: Option<&Piece> = None;
        for line in &column.lines {
            let begins = match (before, last) {
                (Some(before), _) => breaks(before, line, groups.last(), edges, leading),
                (None, Some((end, of))) => breaks_over(end, of, line, edges),
                (None, None) => true,
            };
            match groups.last_mut().filter(|_| !begins) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
            before = Some(line);
            last = Some((line, edges));
        }
    }
    joined(&groups, &columns)
}

fn joined(groups: &[Vec<&Piece>], columns: &[Column]) -> Vec<String> {
    let all = columns.iter().flat_map(|column| &column.lines);
    let mut joiner = Joiner::new(all.map(|line| &*line.text), Hyphens::Go);
    let inner = || {
        groups
            .iter()
            .flat_map(|group| group.iter().take(group.len().saturating_sub(1)))
    };
    let korean = || inner().filter(|line| line.text.ends_with(is_hangul));
    // Where some lines carry the space at their end, those without one stop within a word.
    joiner.breaks_hangul = korean().any(|line| line.is_spaced);
    let text = |group: &Vec<&Piece>| {
        let (mut text, mut spaced) = (String::new(), true);
        for line in group {
            joiner.add(&mut text, &line.text, spaced);
            spaced = line.is_spaced;
        }
        text
    };
    groups.iter().map(text).collect()
}

/// Where the lines of a column begin and end, mostly.
#[derive(Clone, Copy)]
struct Edges {
    left: f32,
    right: f32,
}

impl Edges {
    fn of(lines: &[Piece]) -> Self {
        // The leftmost edge at which a good part of the lines begins: items may hang farther left than the text, paragraphs begin farther right.
        let mut lefts: Vec<f32> = lines.iter().map(|line| line.left).collect();
        lefts.sort_by(f32::total_cmp);
        let often = |edge: &&f32| {
            let near = lefts
                .iter()
                .filter(|left| (**left - **edge).abs() < 1.5)
                .count();
            near * 4 >= lefts.len()
        };
        let first = lefts.first().copied().unwrap_or_default();
        let left = lefts.iter().find(often).copied().unwrap_or(first);
        let right = lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
        Edges { left, right }
    }

    /// Whether a line stands in the middle, away from both edges.
    fn centers(self, line: &Piece) -> bool {
        let (before, behind) = (line.left - self.left, self.right - line.right);
        before > line.size && (before - behind).abs() < line.size
    }

    fn is_indented(self, line: &Piece) -> bool {
        line.left - self.left > INDENT * line.size
    }

    /// Whether a line ends well before the edge.
    fn ends_early(self, line: &Piece) -> bool {
        self.right - line.right > (self.right - self.left) * 0.18
    }
}

/// How far lines of one paragraph stand apart, as a multiple of their size: most distances are those, and paragraphs stand no closer.
fn leading(columns: &[Column]) -> f32 {
    let mut all = Vec::new();
    for column in columns {
        for (above, below) in column.lines.iter().zip(column.lines.iter().skip(1)) {
            let apart = (below.y - above.y) / below.size.max(1.0);
            if (0.7..3.0).contains(&apart) && is_size(above, below) {
                all.push(apart);
            }
        }
    }
    all.sort_by(f32::total_cmp);
    all.get(all.len() * 3 / 10).copied().unwrap_or(1.25)
}

fn is_size(a: &Piece, b: &Piece) -> bool {
    (a.size - b.size).abs() <= 0.12 * a.size.max(b.size)
}

/// Whether a paragraph begins with `line`, which stands below `before` in the same column; `open` is the paragraph so far.
fn breaks(
    before: &Piece,
    line: &Piece,
    open: Option<&Vec<&Piece>>,
    edges: Edges,
    leading: f32,
) -> bool {
    let apart = line.y - before.y;
    if !is_size(before, line)
        || apart > FARTHER * leading * before.size.max(line.size)
        || apart < 0.0
    {
        return true;
    }
    if edges.centers(before) && edges.centers(line) {
        return false;
    }
    let may_end = ends_sentence(&before.text);
    if begins_item(&line.text) && (may_end || edges.ends_early(before) || begins_item(&before.text))
    {
        return true;
    }
    let first = open
        .and_then(|open| open.first())
        .copied()
        .unwrap_or(before);
    let (is_first, moved) = (std::ptr::eq(first, before), line.left - before.left);
    let step = INDENT * line.size;
    if moved > step {
        // The text of an item hangs to the right of its mark.
        return !(is_first && begins_item(&before.text));
    }
    if moved < -step {
        // The second line of an indented paragraph goes back to the edge; what goes back later was a block of its own.
        return !is_first || may_end && edges.ends_early(before);
    }
    may_end && edges.ends_early(before)
        || is_first
            && edges.is_indented(before)
            && edges.is_indented(line)
            && may_end
            && !begins_item(&before.text)
}

/// Whether a paragraph begins with the first line of a column, after the last line of the one before.
fn breaks_over(end: &Piece, of: Edges, line: &Piece, edges: Edges) -> bool {
    if !is_size(end, line) || begins_item(&line.text) {
        return true;
    }
    if line.text.starts_with(char::is_lowercase) {
        return false;
    }
    ends_sentence(&end.text) || edges.is_indented(line) || of.ends_early(end)
}
