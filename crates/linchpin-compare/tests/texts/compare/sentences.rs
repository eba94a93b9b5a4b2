//! Sentence by sentence.

use super::Chance;
use linchpin_compare::{
    SentenceComparison, SentenceLocation, SentenceRow, SentenceRowKind, WordDiffKind,
    compare_sentences,
};
use linchpin_text::prose::Prose;

const SPRING: &str = "The harbor office opened in 1953.\nThe two sides will “work to” keep the \
    U.S. light ship manned… Both ministers thanked the crew of No. 5.\nThe council meets every \
    spring. 양국은 등대를 함께 지킨다.\nThe parties reaffirm their plan to paint the north pier and to \
    rebuild the stairs.\nThe ferry will run on Sundays.";
const AUTUMN: &str = "양국은 등대를 함께 지킨다.\nThe harbor office opened in 1953.\nThe two sides intend \
    to \"work to\" keep the U.S.\u{a0}light ship manned... Both ministers thanked the crew of No. \
    5.\nThe parties reaffirm their plan to paint the north pier. They also reaffirm their plan to \
    rebuild the stairs.\nA new bridge shall be built before 2030.";

fn side_by_side(before: &str, after: &str) -> SentenceComparison {
    compare_sentences(&Prose::new(before), &Prose::new(after))
}

fn words(places: &[SentenceLocation], text: &str) -> String {
    let all: Vec<&str> = places.iter().map(|p| &text[p.range.clone()]).collect();
    all.join(" + ")
}

/// Each row as "kind: before | after".
fn told(found: &SentenceComparison, before: &str, after: &str) -> Vec<String> {
    let told = |row: &SentenceRow| {
        let (a, b) = (words(&row.before, before), words(&row.after, after));
        format!("{:?}: {a} | {b}", row.kind)
    };
    found.rows.iter().map(told).collect()
}

#[test]
fn sentences_are_paired_in_order_split_and_moved() {
    let found = side_by_side(SPRING, AUTUMN);
    let both = "Both ministers thanked the crew of No. 5.";
    let expected = [
        "Moved: 양국은 등대를 함께 지킨다. | 양국은 등대를 함께 지킨다.".to_owned(),
        "Same: The harbor office opened in 1953. | The harbor office opened in 1953.".into(),
        "Changed: The two sides will “work to” keep the U.S. light ship manned… | The two sides \
        intend to \"work to\" keep the U.S.\u{a0}light ship manned..."
            .into(),
        format!("Same: {both} | {both}"),
        "Removed: The council meets every spring. | ".into(),
        "MovedFrom: 양국은 등대를 함께 지킨다. | ".into(),
        "Changed: The parties reaffirm their plan to paint the north pier and to rebuild the \
        stairs. | The parties reaffirm their plan to paint the north pier. + They also reaffirm \
        their plan to rebuild the stairs."
            .into(),
        "Removed: The ferry will run on Sundays. | ".into(),
        "Added:  | A new bridge shall be built before 2030.".into(),
    ];
    let told = told(&found, SPRING, AUTUMN);
    assert_eq!(told, expected, "{told:#?}");
    assert!(!found.is_same());
}

#[test]
fn only_words_that_differ_are_marked() {
    let found = side_by_side(SPRING, AUTUMN);
    let row = found
        .rows
        .iter()
        .find(|row| row.kind == SentenceRowKind::Changed);
    let marked = row
        .unwrap()
        .pieces
        .iter()
        .filter_map(|piece| match piece.kind {
            WordDiffKind::Equal => None,
            WordDiffKind::Removed => Some(format!("-{}", &SPRING[piece.before.clone()])),
            WordDiffKind::Added => Some(format!("+{}", &AUTUMN[piece.after.clone()])),
        });
    assert_eq!(marked.collect::<Vec<_>>(), ["-will", "+intend to"]);
}

#[test]
fn a_sentence_said_again_and_again_is_paired_one_by_one() {
    let many = |count: usize| "Peace. ".repeat(count) + "The lamp is lit at dusk.";
    let found = side_by_side(&many(90), &many(70));
    assert_eq!(found.count(SentenceRowKind::Same), 71);
    assert_eq!(found.count(SentenceRowKind::Removed), 20);
    assert!(side_by_side("", "").is_same());
    assert_eq!(
        side_by_side("", "One. Two.").count(SentenceRowKind::Added),
        2
    );
}

const WORDS: &[&str] = &[
    "harbor",
    "light",
    "ship",
    "“quay”",
    "U.S.",
    "will",
    "intends",
    "to",
    "the",
    "pier",
    "paint",
    "ferry",
    "bridge",
    "등대를",
    "지킨다",
    "28,500",
    "crew’s",
    "well-known",
    "and",
    "of",
    "—",
    "council",
    "north",
    "stairs",
    "again",
    "every",
    "year",
    "thank",
    "café",
    "No.",
    "e.g.",
];

fn text(chance: &mut Chance) -> Vec<String> {
    let count = chance.below(24);
    let sentence = |chance: &mut Chance| {
        let words: Vec<&str> = (0..1 + chance.below(14))
            .map(|_| chance.one_of(WORDS))
            .collect();
        format!(
            "{}{}",
            words.join(" "),
            chance.one_of(&[".", "…", "?", ".”", ""])
        )
    };
    (0..count).map(|_| sentence(chance)).collect()
}

/// The same sentences moved, doubled, left out and changed.
fn altered(sentences: &[String], chance: &mut Chance) -> Vec<String> {
    let mut all = sentences.to_vec();
    for _ in 0..chance.below(6) {
        let at = chance.below(all.len().max(1));
        match chance.below(5) {
            0 if at < all.len() => drop(all.remove(at)),
            1 if at < all.len() => all.insert(at, all[at].clone()),
            2 if at < all.len() => {
                let one = all.remove(at);
                all.insert(chance.below(all.len() + 1), one);
            }
            3 if at < all.len() => {
                let word = chance.one_of(WORDS);
                all[at] = all[at].replacen(' ', &format!(" {word} "), 1);
            }
            _ => all.insert(at.min(all.len()), text(chance).concat()),
        }
    }
    all
}

fn paragraphs(sentences: &[String], chance: &mut Chance) -> String {
    let mut out = String::new();
    for sentence in sentences {
        out.push_str(sentence);
        out.push_str(chance.one_of(&[" ", "\n", "\n\n", "\u{a0}"]));
    }
    out
}

#[test]
fn any_two_texts_mirror_each_other_and_any_text_is_the_same_as_itself() {
    let mut chance = Chance(0x5eed);
    for round in 0..400 {
        let one = text(&mut chance);
        let other = altered(&one, &mut chance);
        let (a, b) = (
            paragraphs(&one, &mut chance),
            paragraphs(&other, &mut chance),
        );
        let itself = side_by_side(&a, &a);
        assert!(itself.is_same(), "{round}: {:#?}", told(&itself, &a, &a));
        let (there, back) = (side_by_side(&a, &b), side_by_side(&b, &a));
        assert_eq!(
            pairs(&there, false),
            pairs(&back, true),
            "{round}\n{a}\n---\n{b}"
        );
        holds_all(&there, &Prose::new(a.as_str()), &Prose::new(b.as_str()));
    }
}

type Paired = (
    SentenceRowKind,
    Vec<SentenceLocation>,
    Vec<SentenceLocation>,
    Vec<(WordDiffKind, String)>,
);

/// The rows without their order; turned, seen from the other side.
fn pairs(found: &SentenceComparison, turned: bool) -> Vec<Paired> {
    let mut all: Vec<Paired> = Vec::new();
    for row in found
        .rows
        .iter()
        .filter(|row| row.kind != SentenceRowKind::MovedFrom)
    {
        let row = row.clone();
        let mut pieces: Vec<_> = row
            .pieces
            .iter()
            .map(|piece| match (piece.kind, turned) {
                (WordDiffKind::Removed, true) => {
                    (WordDiffKind::Added, format!("{:?}", piece.before))
                }
                (WordDiffKind::Added, true) => {
                    (WordDiffKind::Removed, format!("{:?}", piece.after))
                }
                (WordDiffKind::Removed, false) => {
                    (WordDiffKind::Removed, format!("{:?}", piece.before))
                }
                (WordDiffKind::Added, false) => (WordDiffKind::Added, format!("{:?}", piece.after)),
                (kind, true) => (kind, format!("{:?} {:?}", piece.after, piece.before)),
                (kind, false) => (kind, format!("{:?} {:?}", piece.before, piece.after)),
            })
            .collect();
        pieces.sort_by_key(|(_, words)| words.clone());
        all.push(match turned {
            false => (row.kind, row.before, row.after, pieces),
            true => (
                match row.kind {
                    SentenceRowKind::Added => SentenceRowKind::Removed,
                    SentenceRowKind::Removed => SentenceRowKind::Added,
                    kind => kind,
                },
                row.after,
                row.before,
                pieces,
            ),
        });
    }
    let start = |places: &[SentenceLocation]| places.first().map(|p| p.range.start);
    all.sort_by_key(|(_, before, after, _)| (start(before), start(after)));
    all
}

/// Every sentence of both texts stands in one row: moved ones in two, at their old place and their
/// new one.
fn holds_all(found: &SentenceComparison, a: &Prose, b: &Prose) {
    let count = |prose: &Prose| -> usize {
        let all = prose.paragraphs();
        all.map(|(_, text)| linchpin_text::prose::sentences(text).len())
            .sum()
    };
    let rows = || {
        found
            .rows
            .iter()
            .filter(|row| row.kind != SentenceRowKind::MovedFrom)
    };
    assert_eq!(rows().map(|row| row.before.len()).sum::<usize>(), count(a));
    assert_eq!(rows().map(|row| row.after.len()).sum::<usize>(), count(b));
    assert_eq!(
        found.count(SentenceRowKind::Moved),
        found.count(SentenceRowKind::MovedFrom)
    );
}
