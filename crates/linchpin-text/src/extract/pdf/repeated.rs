//! What stands at the head or the foot of several pages: running titles, page numbers.

use super::rows::{Page, whole};
use std::collections::{BTreeMap, BTreeSet};

/// How many lines from the edge of a page are looked at.
const LINES: usize = 3;
/// How much of a page's height is its head, and its foot.
const EDGE: f32 = 0.16;
/// How far apart the same line may stand on two pages, in points.
const NEAR: f32 = 7.0;
/// How many different ones are told.
const TOLD: usize = 4;

/// A line near an edge: page, row, its height on the page, its text.
struct Candidate {
    page: usize,
    row: usize,
    y: f32,
    text: String,
}

/// Takes out the lines that stand in the same place of several pages, and says which.
pub fn take_out(pages: &mut [Page]) -> Vec<String> {
    let mut alike: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates(pages) {
        alike
            .entry(pattern(&candidate.text))
            .or_default()
            .push(candidate);
    }
    let with_text = pages.iter().filter(|page| !page.rows.is_empty()).count();
    let enough = (with_text / 5).max(2);
    let (mut gone, mut told) = (BTreeSet::new(), BTreeMap::new());
    for (pattern, found) in &alike {
        for one in found {
            let near = found.iter().filter(|other| (other.y - one.y).abs() < NEAR);
            let on: BTreeSet<usize> = near.map(|other| other.page).collect();
            if on.len() >= enough {
                gone.insert((one.page, one.row));
                told.entry(pattern.as_str())
                    .or_insert_with(|| words(pattern, &one.text));
            }
        }
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let mut row = 0;
        page.rows.retain(|_| {
            row += 1;
            !gone.contains(&(number, row - 1))
        });
    }
    let all: BTreeSet<String> = told.into_values().collect();
    let more = all.len().saturating_sub(TOLD);
    let mut shown: Vec<String> = all.into_iter().take(TOLD).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown
}

fn candidates(pages: &[Page]) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for (index, row) in page.rows.iter().enumerate() {
            let Some(line) = whole(row) else { continue };
            let from_end = page.rows.len() - index;
            let in_head = index < LINES && line.y < page.height * EDGE;
            let in_foot = from_end <= LINES && line.y > page.height * (1.0 - EDGE);
            if in_head || in_foot {
                all.push(Candidate {
                    page: number,
                    row: index,
                    y: line.y,
                    text: line.text,
                });
            }
        }
    }
    all
}

/// A line with each number as `#`, so that numbers that count on are alike.
fn pattern(text: &str) -> String {
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

fn words(pattern: &str, text: &str) -> String {
    match is_page_number(pattern) {
        true => "page numbers".into(),
        false => format!("“{}”", text.chars().take(60).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::rows::Piece;

    fn page(lines: &[(f32, &str)]) -> Page {
        let row = |(y, text): &(f32, &str)| {
            vec![Piece {
                left: 0.0,
                right: 100.0,
                y: *y,
                size: 10.0,
                text: (*text).to_owned(),
                is_spaced: false,
            }]
        };
        Page {
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
        let told = ["page numbers", "“JOINT STATEMENT”", "“The Paper 5 of 6”"];
        assert_eq!(take_out(&mut pages), told);
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
