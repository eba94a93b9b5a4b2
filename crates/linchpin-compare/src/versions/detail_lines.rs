//! What stands below a headline: the words before and after, with where they stand.

use super::version_change::{
    CitationSnapshot, MAX_HEADLINE_DIFFS, MAX_INLINE_CHARS, RecordSnapshot, ValueDiff,
    VersionChange, VersionChangeKind,
};
use linchpin_report::DiffSign;

/// One line below a headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailLine {
    pub sign: DiffSign,
    pub text: String,
}

impl VersionChange {
    /// What the headline could not say in full: long words before and after, then the cited words
    /// of the document.
    pub fn detail_lines(&self) -> Vec<DetailLine> {
        let mut lines = Vec::new();
        let fits_headline =
            self.value_diffs.len() <= MAX_HEADLINE_DIFFS && self.value_diffs.iter().all(is_short);
        let by_headline = matches!(
            self.kind,
            VersionChangeKind::Weakened
                | VersionChangeKind::Strengthened
                | VersionChangeKind::StepChanged
                | VersionChangeKind::Renamed
        );
        if !by_headline && !fits_headline {
            for pair in &self.value_diffs {
                let mut add = |sign, words: &Option<String>| {
                    if let Some(words) = words {
                        let words = format!("{}: {words}", pair.field);
                        lines.push(DetailLine { sign, text: words });
                    }
                };
                add(DiffSign::Old, &pair.old);
                add(DiffSign::New, &pair.new);
            }
        }
        if matches!(
            self.kind,
            VersionChangeKind::Removed | VersionChangeKind::Added
        ) {
            let mut add = |sign, side: &Option<RecordSnapshot>| {
                if let Some(statement) = side.as_ref().and_then(|side| side.statement.clone()) {
                    let words = statement;
                    lines.push(DetailLine { sign, text: words });
                }
            };
            add(DiffSign::Old, &self.old);
            add(DiffSign::New, &self.new);
        }
        if self.shows_quotations() {
            self.add_quotations(&mut lines);
        }
        lines
    }

    /// Whether the cited words belong to what has changed.
    fn shows_quotations(&self) -> bool {
        matches!(
            self.kind,
            VersionChangeKind::Removed
                | VersionChangeKind::Added
                | VersionChangeKind::Weakened
                | VersionChangeKind::Strengthened
                | VersionChangeKind::StepChanged
                | VersionChangeKind::Reworded
        )
    }

    fn add_quotations(&self, lines: &mut Vec<DetailLine>) {
        let cited =
            |side: &Option<RecordSnapshot>| side.as_ref().map_or(Vec::new(), |s| s.cited.clone());
        let (old, new) = (cited(&self.old), cited(&self.new));
        let mut add = |sign, cited: &[CitationSnapshot]| {
            for words in cited.iter().map(CitationSnapshot::quotation) {
                lines.push(DetailLine { sign, text: words });
            }
        };
        if old == new {
            return add(DiffSign::Both, &new);
        }
        add(DiffSign::Old, &old);
        add(DiffSign::New, &new);
    }
}

impl CitationSnapshot {
    /// "“will hold” (Defense Vision ¶5)"
    pub fn quotation(&self) -> String {
        match &self.phrase {
            Some(phrase) => format!("“{phrase}” ({})", self.location_text),
            None => self.location_text.clone(),
        }
    }
}

fn is_short(pair: &ValueDiff) -> bool {
    let short = |words: &Option<String>| {
        words
            .as_ref()
            .is_none_or(|words| words.chars().count() <= MAX_INLINE_CHARS && !words.contains('\n'))
    };
    short(&pair.old) && short(&pair.new)
}
