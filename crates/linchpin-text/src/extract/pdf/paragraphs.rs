//! Lines as paragraphs: by indents, by the space between lines, by lines that end early; over
//! columns and pages.

use super::columns::PdfColumn;
use super::rows::PdfTextChunk;
use crate::extract::join_lines::{HyphenPolicy, LineJoiner, ends_sentence, starts_list_item};
use crate::prose::is_hangul_syllable;

/// How much farther than usual a line stands below the one before where a paragraph begins.
const PARAGRAPH_LEADING: f32 = 1.22;
/// An indent, as a share of the letters' size.
const INDENT_EM: f32 = 0.7;

/// The paragraphs of all pages, each the columns of one page.
pub fn paragraphs(pages: Vec<Vec<PdfColumn>>) -> Vec<String> {
    let columns: Vec<PdfColumn> = pages
        .into_iter()
        .flatten()
        .filter(|c| !c.lines.is_empty())
        .collect();
    let leading = leading(&columns);
    let mut groups: Vec<Vec<&PdfTextChunk>> = Vec::new();
    let mut last: Option<(&PdfTextChunk, ColumnEdges)> = None;
    for column in &columns {
        let edges = ColumnEdges::of(&column.lines);
        let mut before: Option<&PdfTextChunk> = None;
        for line in &column.lines {
            let begins = match (before, last) {
                (Some(before), _) => starts_paragraph(before, line, groups.last(), edges, leading),
                (None, Some((end, of))) => starts_paragraph_after_column(end, of, line, edges),
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
    join_groups(&groups, &columns)
}

fn join_groups(groups: &[Vec<&PdfTextChunk>], columns: &[PdfColumn]) -> Vec<String> {
    let all = columns.iter().flat_map(|column| &column.lines);
    let mut joiner = LineJoiner::new(all.map(|line| &*line.text), HyphenPolicy::Remove);
    let inner = || {
        groups
            .iter()
            .flat_map(|group| group.iter().take(group.len().saturating_sub(1)))
    };
    let korean = || inner().filter(|line| line.text.ends_with(is_hangul_syllable));
    // Where some lines carry the space at their end, those without one stop within a word.
    joiner.breaks_within_hangul_words = korean().any(|line| line.has_space_after);
    let text = |group: &Vec<&PdfTextChunk>| {
        let (mut text, mut spaced) = (String::new(), true);
        for line in group {
            joiner.append(&mut text, &line.text, spaced);
            spaced = line.has_space_after;
        }
        text
    };
    groups.iter().map(text).collect()
}

/// Where the lines of a column begin and end, mostly.
#[derive(Clone, Copy)]
struct ColumnEdges {
    left: f32,
    right: f32,
}

impl ColumnEdges {
    fn of(lines: &[PdfTextChunk]) -> Self {
        // The leftmost edge at which a good part of the lines begins: items may hang farther left
        // than the text, paragraphs begin farther right.
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
        ColumnEdges { left, right }
    }

    /// Whether a line stands in the middle, away from both edges.
    fn is_centered(self, line: &PdfTextChunk) -> bool {
        let (before, behind) = (line.left - self.left, self.right - line.right);
        before > line.size && (before - behind).abs() < line.size
    }

    fn is_indented(self, line: &PdfTextChunk) -> bool {
        line.left - self.left > INDENT_EM * line.size
    }

    /// Whether a line ends well before the edge.
    fn ends_early(self, line: &PdfTextChunk) -> bool {
        self.right - line.right > (self.right - self.left) * 0.18
    }
}

/// How far lines of one paragraph stand apart, as a multiple of their size: most distances are
/// those, and paragraphs stand no closer.
fn leading(columns: &[PdfColumn]) -> f32 {
    let mut all = Vec::new();
    for column in columns {
        for (above, below) in column.lines.iter().zip(column.lines.iter().skip(1)) {
            let apart = (below.baseline - above.baseline) / below.size.max(1.0);
            if (0.7..3.0).contains(&apart) && is_same_size(above, below) {
                all.push(apart);
            }
        }
    }
    all.sort_by(f32::total_cmp);
    // Not the median: where most paragraphs have one line, most distances lie between paragraphs.
    all.get(all.len() * 3 / 10).copied().unwrap_or(1.25)
}

fn is_same_size(a: &PdfTextChunk, b: &PdfTextChunk) -> bool {
    (a.size - b.size).abs() <= 0.12 * a.size.max(b.size)
}

/// Whether a paragraph begins with `line`, which stands below `before` in the same column; `open`
/// is the paragraph so far.
fn starts_paragraph(
    before: &PdfTextChunk,
    line: &PdfTextChunk,
    open: Option<&Vec<&PdfTextChunk>>,
    edges: ColumnEdges,
    leading: f32,
) -> bool {
    let line_distance = line.baseline - before.baseline;
    if !is_same_size(before, line)
        || line_distance > PARAGRAPH_LEADING * leading * before.size.max(line.size)
        || line_distance < 0.0
    {
        return true;
    }
    if edges.is_centered(before) && edges.is_centered(line) {
        return false;
    }
    let may_end = ends_sentence(&before.text);
    if starts_list_item(&line.text)
        && (may_end || edges.ends_early(before) || starts_list_item(&before.text))
    {
        return true;
    }
    let first = open
        .and_then(|open| open.first())
        .copied()
        .unwrap_or(before);
    let (is_first, moved) = (std::ptr::eq(first, before), line.left - before.left);
    let step = INDENT_EM * line.size;
    if moved > step {
        // The text of an item hangs to the right of its mark.
        return !(is_first && starts_list_item(&before.text));
    }
    if moved < -step {
        // The second line of an indented paragraph goes back to the edge; what goes back later was
        // a block of its own.
        return !is_first || may_end && edges.ends_early(before);
    }
    may_end && edges.ends_early(before)
        || is_first
            && edges.is_indented(before)
            && edges.is_indented(line)
            && may_end
            && !starts_list_item(&before.text)
}

/// Whether a paragraph begins with the first line of a column, after the last line of the one
/// before.
fn starts_paragraph_after_column(
    end: &PdfTextChunk,
    of: ColumnEdges,
    line: &PdfTextChunk,
    edges: ColumnEdges,
) -> bool {
    if !is_same_size(end, line) || starts_list_item(&line.text) {
        return true;
    }
    // A column may end anywhere in a paragraph, so only the words and the edges tell.
    if line.text.starts_with(char::is_lowercase) {
        return false;
    }
    ends_sentence(&end.text) || edges.is_indented(line) || of.ends_early(end)
}
