//! What stands below a headline: the words before and after, with where they stand.

use super::entry::{Cited, Entry, Pair, SHORT, Side, What};

/// Which version a line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Old,
    New,
    /// Both have it.
    Both,
}

impl Sign {
    /// `−`, `+`, a blank.
    pub fn mark(self) -> char {
        match self {
            Sign::Old => '−',
            Sign::New => '+',
            Sign::Both => ' ',
        }
    }
}

/// One line below a headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub sign: Sign,
    pub words: String,
}

impl Entry {
    /// What the headline could not say in full: long words before and after, then the cited words
    /// of the document.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let is_told = self.pairs.len() <= 3 && self.pairs.iter().all(is_short);
        let by_headline = matches!(
            self.what,
            What::Weakened | What::Strengthened | What::OtherStep | What::Renamed
        );
        if !by_headline && !is_told {
            for pair in &self.pairs {
                let mut add = |sign, words: &Option<String>| {
                    if let Some(words) = words {
                        let words = format!("{}: {words}", pair.label);
                        lines.push(Line { sign, words });
                    }
                };
                add(Sign::Old, &pair.old);
                add(Sign::New, &pair.new);
            }
        }
        if matches!(self.what, What::Gone | What::Added) {
            let mut add = |sign, side: &Option<Side>| {
                if let Some(statement) = side.as_ref().and_then(|side| side.statement.clone()) {
                    let words = statement;
                    lines.push(Line { sign, words });
                }
            };
            add(Sign::Old, &self.old);
            add(Sign::New, &self.new);
        }
        if self.quotes_words() {
            self.quoted(&mut lines);
        }
        lines
    }

    /// Whether the cited words belong to what has changed.
    fn quotes_words(&self) -> bool {
        matches!(
            self.what,
            What::Gone
                | What::Added
                | What::Weakened
                | What::Strengthened
                | What::OtherStep
                | What::Reworded
        )
    }

    fn quoted(&self, lines: &mut Vec<Line>) {
        let cited = |side: &Option<Side>| side.as_ref().map_or(Vec::new(), |s| s.cited.clone());
        let (old, new) = (cited(&self.old), cited(&self.new));
        let mut add = |sign, cited: &[Cited]| {
            for words in cited.iter().map(Cited::words) {
                lines.push(Line { sign, words });
            }
        };
        if old == new {
            return add(Sign::Both, &new);
        }
        add(Sign::Old, &old);
        add(Sign::New, &new);
    }
}

impl Cited {
    /// "“will hold” (Defense Vision ¶5)"
    pub fn words(&self) -> String {
        match &self.phrase {
            Some(phrase) => format!("“{phrase}” ({})", self.place),
            None => self.place.clone(),
        }
    }
}

fn is_short(pair: &Pair) -> bool {
    let short = |words: &Option<String>| {
        words
            .as_ref()
            .is_none_or(|words| words.chars().count() <= SHORT && !words.contains('\n'))
    };
    short(&pair.old) && short(&pair.new)
}
