//! Which paragraphs of a page are its text.

use super::blocks::HtmlBlock;
use crate::extract::clean::RawParagraphs;
use std::collections::BTreeMap;

/// The text of a page: the article, else the main part, else what no menu and no margin holds. Where a page is marked up so badly that nearly all
/// would be left out, it is kept.
pub fn select_main_content(all: Vec<HtmlBlock>) -> RawParagraphs {
    let within: Vec<&HtmlBlock> = all.iter().filter(|block| !block.is_boilerplate).collect();
    let whole = char_count(&all.iter().collect::<Vec<_>>());
    let mut notes = Vec::new();
    let text = match char_count(&within) * 5 >= whole {
        true => within,
        false => {
            notes.push("Nearly all of the page is marked as menu or margin, so all of it was kept: look what of it is the text".to_owned());
            all.iter().collect()
        }
    };
    let outside: Vec<&HtmlBlock> = text
        .iter()
        .copied()
        .filter(|block| !block.in_form)
        .collect();
    // A page that stands in a form as a whole is no form.
    let text = match char_count(&outside) * 2 >= char_count(&text) {
        true => outside,
        false => text,
    };
    let best = main_part(&text);
    let left = char_count(&text).saturating_sub(char_count(&best));
    if left > 0 {
        notes.push(format!(
            "Taken from the part of the page that it marks as its text; {left} characters around that were left out"
        ));
    }
    RawParagraphs {
        paragraphs: best.into_iter().map(|block| block.text.clone()).collect(),
        notes,
    }
}

/// The article that holds most of the text, else the main part, where there is such a part that is not next to nothing.
fn main_part<'a>(text: &[&'a HtmlBlock]) -> Vec<&'a HtmlBlock> {
    let of = |keep: &dyn Fn(&HtmlBlock) -> bool| -> Vec<&'a HtmlBlock> {
        text.iter().copied().filter(|block| keep(block)).collect()
    };
    let main = of(&|block| block.in_main);
    let frame = match char_count(&main) {
        0 => char_count(text),
        some => some,
    };
    let mut lengths: BTreeMap<u32, usize> = BTreeMap::new();
    for block in text {
        if let Some(article) = block.article {
            *lengths.entry(article).or_default() += char_count(&[block]);
        }
    }
    let longest = lengths.into_iter().max_by_key(|(_, length)| *length);
    if let Some((article, length)) = longest
        && length * 2 >= frame
    {
        return of(&|block| block.article == Some(article));
    }
    match char_count(&main) * 5 >= char_count(text) {
        true => main,
        false => text.to_vec(),
    }
}

fn char_count(blocks: &[&HtmlBlock]) -> usize {
    blocks
        .iter()
        .map(|block| block.text.trim().chars().count())
        .sum()
}
