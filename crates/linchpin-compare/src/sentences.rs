//! Two documents sentence by sentence, with the words that differ.

use super::align::{Pair, align};
use super::words::{Lexicon, Piece, PieceKind, Token, differences};
use linchpin_text::prose::{Prose, sentences};
use std::ops::Range;

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// The same words and marks; only quotation marks, dashes, case or white space may differ.
    Same,
    /// In other words.
    Changed,
    /// In the text after alone.
    New,
    /// In the text before alone.
    Gone,
    /// It stands elsewhere in the text before: shown where it stands now.
    Moved,
    /// The place in the text before that a moved sentence has left.
    MovedAway,
}

/// A sentence's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its paragraph, from 1.
    pub paragraph: u32,
    /// Its place in the paragraph, from 1.
    pub number: u32,
    /// Its bytes in the whole text.
    pub range: Range<usize>,
}

/// Sentences side by side: one on each side, two where one was split, none where there is no
/// partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    pub before: Vec<Place>,
    pub after: Vec<Place>,
    /// 0 to 1.
    pub similarity: f64,
    /// Which words differ, where both sides have some.
    pub pieces: Vec<Piece>,
}

/// Two texts sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentences {
    /// In the order of the text after; what is gone stands where it stood.
    pub rows: Vec<Row>,
}

impl Sentences {
    /// How many rows there are of a kind.
    pub fn count(&self, kind: RowKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }

    /// Whether every sentence of one text stands in the other, in the same words and order.
    pub fn is_same(&self) -> bool {
        self.rows.iter().all(|row| row.kind == RowKind::Same)
    }
}

/// Lays two texts side by side, sentence by sentence. The other way round it gives the same pairs.
pub fn documents(before: &Prose, after: &Prose) -> Sentences {
    let mut lexicon = Lexicon::default();
    let left = Text::read(before, &mut lexicon);
    let right = Text::read(after, &mut lexicon);
    // Equally good pairs are told apart by where they stand. So that both directions tell alike,
    // one of them is worked out.
    let turned = before.text() > after.text();
    let mut pairs = match turned {
        true => align(&right.tokens, &left.tokens)
            .into_iter()
            .map(turn)
            .collect(),
        false => align(&left.tokens, &right.tokens),
    };
    pairs.sort_by_key(|pair| (pair.after.start, pair.before.start));
    Sentences {
        rows: rows(&left, &right, &pairs, turned),
    }
}

fn turn(pair: Pair) -> Pair {
    Pair {
        before: pair.after,
        after: pair.before,
        ..pair
    }
}

/// A text's sentences with their words.
struct Text {
    places: Vec<Place>,
    tokens: Vec<Vec<Token>>,
}

impl Text {
    fn read(prose: &Prose, lexicon: &mut Lexicon) -> Self {
        let mut text = Text {
            places: Vec::new(),
            tokens: Vec::new(),
        };
        for (paragraph, words) in prose.paragraphs() {
            let start = prose.span(paragraph).map_or(0, |span| span.start);
            for (number, range) in (1..).zip(sentences(words)) {
                let stretch = words.get(range.clone()).unwrap_or_default();
                let range = start + range.start..start + range.end;
                text.tokens.push(lexicon.tokens(stretch, range.start));
                text.places.push(Place {
                    paragraph,
                    number,
                    range,
                });
            }
        }
        text
    }

    fn held(&self, range: &Range<usize>) -> (Vec<Place>, Vec<Token>) {
        let places = self.places.get(range.clone()).unwrap_or_default();
        let tokens = self.tokens.get(range.clone()).unwrap_or_default();
        (places.to_vec(), tokens.concat())
    }
}

fn rows(left: &Text, right: &Text, pairs: &[Pair], turned: bool) -> Vec<Row> {
    let mut away = vec![false; left.places.len()];
    for pair in pairs.iter().filter(|pair| pair.moved) {
        for at in pair.before.clone() {
            if let Some(away) = away.get_mut(at) {
                *away = true;
            }
        }
    }
    let mut rows = Vec::new();
    let (mut i, mut j) = (0, 0);
    let lone = |kind, before: Vec<Place>, after: Vec<Place>| Row {
        kind,
        before,
        after,
        similarity: 0.0,
        pieces: Vec::new(),
    };
    let until = |rows: &mut Vec<Row>, i: usize, end: usize| {
        for at in i..end {
            let kind = match away.get(at) {
                Some(true) => RowKind::MovedAway,
                _ => RowKind::Gone,
            };
            rows.push(lone(kind, left.held(&(at..at + 1)).0, Vec::new()));
        }
    };
    let added = |rows: &mut Vec<Row>, j: usize, end: usize| {
        for at in j..end {
            rows.push(lone(RowKind::New, Vec::new(), right.held(&(at..at + 1)).0));
        }
    };
    for pair in pairs {
        if !pair.moved {
            until(&mut rows, i, pair.before.start);
            i = pair.before.end;
        }
        added(&mut rows, j, pair.after.start);
        j = pair.after.end;
        rows.push(row(left, right, pair, turned));
    }
    until(&mut rows, i, left.places.len());
    added(&mut rows, j, right.places.len());
    rows
}

fn row(left: &Text, right: &Text, pair: &Pair, turned: bool) -> Row {
    let (before, a) = left.held(&pair.before);
    let (after, b) = right.held(&pair.after);
    let pieces = match turned {
        true => turn_pieces(differences(&b, &a)),
        false => differences(&a, &b),
    };
    let is_same = pieces.iter().all(|piece| piece.kind == PieceKind::Same)
        && pair.before.len() == pair.after.len();
    Row {
        kind: match (pair.moved, is_same) {
            (true, _) => RowKind::Moved,
            (_, true) => RowKind::Same,
            _ => RowKind::Changed,
        },
        before,
        after,
        similarity: if is_same { 1.0 } else { pair.similarity },
        pieces,
    }
}

/// The same differences the other way round, what goes before what comes.
fn turn_pieces(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut turned: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let kind = match piece.kind {
            PieceKind::Same => PieceKind::Same,
            PieceKind::Gone => PieceKind::New,
            PieceKind::New => PieceKind::Gone,
        };
        let piece = Piece {
            kind,
            before: piece.after,
            after: piece.before,
        };
        let last = turned.last().map(|last| last.kind);
        match (kind, last) {
            (PieceKind::Gone, Some(PieceKind::New)) => turned.insert(turned.len() - 1, piece),
            _ => turned.push(piece),
        }
    }
    turned
}
