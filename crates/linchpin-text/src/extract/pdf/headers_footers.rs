//! What stands at the head or the foot of several pages: running titles, page numbers.

use super::rows::{PdfPageRows, merge_chunks};
use crate::extract::messages::{ExtractNote, RepeatedLine};
use std::collections::{BTreeMap, BTreeSet};

/// How many lines from the edge of a page are looked at.
const MARGIN_LINES: usize = 3;
/// How much of a page's height is its head, and its foot.
const MARGIN_SHARE: f32 = 0.16;
/// How far apart the same line may stand on two pages, in points.
const SAME_PLACE_TOLERANCE: f32 = 7.0;
/// How many different ones are listed.
const MAX_LISTED: usize = 4;

/// A line near an edge: page, row, its height on the page, its text.
struct MarginLine {
    page: usize,
    row: usize,
    y: f32,
    text: String,
}

/// Takes out the lines that stand in the same place of several pages, and notes which.
pub fn remove_headers_footers(pages: &mut [PdfPageRows]) -> Option<ExtractNote> {
    let mut alike: BTreeMap<String, Vec<MarginLine>> = BTreeMap::new();
    for candidate in margin_lines(pages) {
        alike
            .entry(line_pattern(&candidate.text))
            .or_default()
            .push(candidate);
    }
    let with_text = pages.iter().filter(|page| !page.rows.is_empty()).count();
    // Titles may change from chapter to chapter, and left from right pages: a fifth of them is
    // enough.
    let enough = (with_text / 5).max(2);
    let (mut removed, mut removed_texts) = (BTreeSet::new(), BTreeMap::new());
    for (pattern, found) in &alike {
        for one in found {
            let near = found
                .iter()
                .filter(|other| (other.y - one.y).abs() < SAME_PLACE_TOLERANCE);
            let on: BTreeSet<usize> = near.map(|other| other.page).collect();
            if on.len() >= enough {
                removed.insert((one.page, one.row));
                removed_texts
                    .entry(pattern.as_str())
                    .or_insert_with(|| repeated_line(pattern, &one.text));
            }
        }
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let mut row = 0;
        page.rows.retain(|_| {
            row += 1;
            !removed.contains(&(number, row - 1))
        });
    }
    let all: BTreeSet<RepeatedLine> = removed_texts.into_values().collect();
    let more = all.len().saturating_sub(MAX_LISTED);
    let shown: Vec<RepeatedLine> = all.into_iter().take(MAX_LISTED).collect();
    (!shown.is_empty()).then_some(ExtractNote::RepeatedLines(shown, more))
}

fn margin_lines(pages: &[PdfPageRows]) -> Vec<MarginLine> {
    let mut all = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for (index, row) in page.rows.iter().enumerate() {
            let Some(line) = merge_chunks(row) else {
                continue;
            };
            let from_end = page.rows.len() - index;
            let in_head = index < MARGIN_LINES && line.baseline < page.height * MARGIN_SHARE;
            let in_foot =
                from_end <= MARGIN_LINES && line.baseline > page.height * (1.0 - MARGIN_SHARE);
            if in_head || in_foot {
                all.push(MarginLine {
                    page: number,
                    row: index,
                    y: line.baseline,
                    text: line.text,
                });
            }
        }
    }
    all
}

/// A line with each number as `#`, so that numbers that count on are alike.
fn line_pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            c if c.is_ascii_digit() && pattern.ends_with('#') => {}
            c if c.is_ascii_digit() => pattern.push('#'),
            c if c.is_whitespace() => {}
            c => pattern.push(c),
        }
    }
    // “Article 3” at the head of a page is what the page says.
    let words = text.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| !word.is_empty()).count();
    if pattern.contains('#') && words == 1 && !is_page_number(&pattern) {
        return text.to_lowercase();
    }
    let is_roman = !pattern.is_empty() && pattern.chars().all(|c| "ivxl".contains(c));
    match is_roman {
        true => "#".into(),
        false => pattern,
    }
}

/// Whether a pattern is a number, with at most what is put beside the number of a page.
fn is_page_number(pattern: &str) -> bool {
    let bare: String = pattern.chars().filter(|c| c.is_alphabetic()).collect();
    pattern.contains('#') && matches!(&*bare, "" | "page" | "pageof" | "p" | "쪽" | "페이지")
}

fn repeated_line(pattern: &str, text: &str) -> RepeatedLine {
    match is_page_number(pattern) {
        true => RepeatedLine::PageNumbers,
        false => RepeatedLine::Text(text.chars().take(60).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::rows::PdfTextChunk;

    fn page(lines: &[(f32, &str)]) -> PdfPageRows {
        let row = |(y, text): &(f32, &str)| {
            vec![PdfTextChunk {
                left: 0.0,
                right: 100.0,
                baseline: *y,
                size: 10.0,
                text: (*text).to_owned(),
                has_space_after: false,
            }]
        };
        PdfPageRows {
            rows: lines.iter().map(row).collect(),
            height: 800.0,
        }
    }

    #[test]
    fn only_what_repeats_in_its_place_goes() {
        let mut pages = [
            page(&[(40.0, "Title"), (300.0, "One"), (760.0, "- 1 -")]),
            page(&[(40.0, "JOINT STATEMENT"), (300.0, "One"), (760.0, "- 2 -")]),
            page(&[(40.0, "JOINT STATEMENT"), (90.0, "Title"), (760.0, "- 3 -")]),
            page(&[(40.0, "Article 1"), (760.0, "page 4")]),
            page(&[(40.0, "Article 2"), (760.0, "The Paper 5 of 6")]),
            page(&[(40.0, "Three"), (760.0, "The Paper 6 of 6")]),
        ];
        let text = |text: &str| RepeatedLine::Text(text.to_owned());
        let lines = vec![
            RepeatedLine::PageNumbers,
            text("JOINT STATEMENT"),
            text("The Paper 5 of 6"),
        ];
        assert_eq!(
            remove_headers_footers(&mut pages),
            Some(ExtractNote::RepeatedLines(lines, 0))
        );
        let left: Vec<&str> = pages
            .iter()
            .flat_map(|p| &p.rows)
            .map(|r| &*r[0].text)
            .collect();
        let kept = [
            "Title",
            "One",
            "One",
            "Title",
            "Article 1",
            "page 4",
            "Article 2",
            "Three",
        ];
        assert_eq!(left, kept);
    }
}
