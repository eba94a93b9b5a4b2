//! Which paragraphs of a page are its text.

use super::blocks::Block;
use crate::extract::clean::Raw;
use std::collections::BTreeMap;

/// The text of a page: the article, else the main part, else what no menu and no margin holds. Where a page is marked up so badly that nearly all
/// would be left out, it is kept.
pub fn chosen(all: Vec<Block>) -> Raw {
    let within: Vec<&Block> = all.iter().filter(|block| !block.is_around).collect();
    let whole = length(&all.iter().collect::<Vec<_>>());
    let mut notes = Vec::new();
    let text = match length(&within) * 5 >= whole {
        true => within,
        false => {
            notes.push("Nearly all of the page is marked as menu or margin, so all of it was kept: look what of it is the text".to_owned());
            all.iter().collect()
        }
    };
    let outside: Vec<&Block> = text
        .iter()
        .copied()
        .filter(|block| !block.is_form)
        .collect();
    // A page that stands in a form as a whole is no form.
    let text = match length(&outside) * 2 >= length(&text) {
        true => outside,
        false => text,
    };
    let best = part(&text);
    let left = length(&text).saturating_sub(length(&best));
    if left > 0 {
        notes.push(format!(
            "Taken from the part of the page that it marks as its text; {left} characters around that were left out"
        ));
    }
    Raw {
        paragraphs: best.into_iter().map(|block| block.text.clone()).collect(),
        notes,
    }
}

/// The article that holds most of the text, else the main part, where there is such a part that is not next to nothing.
fn part<'a>(text: &[&'a Block]) -> Vec<&'a Block> {
    let of = |keep: &dyn Fn(&Block) -> bool| -> Vec<&'a Block> {
        text.iter().copied().filter(|block| keep(block)).collect()
    };
    let main = of(&|block| block.is_main);
    let frame = match length(&main) {
        0 => length(text),
        some => some,
    };
    let mut lengths: BTreeMap<u32, usize> = BTreeMap::new();
    for block in text {
        if let Some(article) = block.article {
            *lengths.entry(article).or_default() += length(&[block]);
        }
    }
    let longest = lengths.into_iter().max_by_key(|(_, length)| *length);
    if let Some((article, length)) = longest
        && length * 2 >= frame
    {
        return of(&|block| block.article == Some(article));
    }
    match length(&main) * 5 >= length(text) {
        true => main,
        false => text.to_vec(),
    }
}

fn length(blocks: &[&Block]) -> usize {
    blocks
        .iter()
        .map(|block| block.text.trim().chars().count())
        .sum()
}
