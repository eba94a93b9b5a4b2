//! One folded buffer over all records of a type, searched by `memchr::memmem`: a single pass over
//! memory in a row is faster than a pass over each record, and needs no index of words, which could
//! not find parts of words.

use super::fold::{fold_into, match_ranges, search_forms};
use crate::schema::VisitedValue;
use crate::{RecordKind, RecordRef, Register};
use memchr::memmem;

/// Between the texts of one record: a character that nobody types, so that no word is found across
/// two of them.
const TEXT_SEPARATOR: char = '\u{1}';

/// The folded words of every record of one type: its own texts and the names of what it links to.
#[derive(Debug, Default)]
pub struct SearchIndex {
    folded: String,
    /// Start of each record in `folded`; one more entry than records.
    starts: Vec<usize>,
}

impl SearchIndex {
    /// Folds all records of a type.
    pub fn build(register: &Register, kind: RecordKind) -> Self {
        let count = register.count(kind);
        let mut index = SearchIndex {
            folded: String::new(),
            starts: Vec::with_capacity(count + 1),
        };
        let mut path = Vec::new();
        for i in 0..count {
            index.starts.push(index.folded.len());
            let Some(record) = register.record(RecordRef {
                kind,
                index: i as u32,
            }) else {
                continue;
            };
            let folded = &mut index.folded;
            let mut add = |text: &str| {
                fold_into(text, folded);
                folded.push(TEXT_SEPARATOR);
            };
            record.walk(&mut path, &mut |_, visit| match visit {
                VisitedValue::Text(text) => add(text),
                VisitedValue::Term(term) => add(term.label),
                VisitedValue::Link(link) => {
                    let target = register.find(link.id());
                    if let Some(target) = target.and_then(|at| register.record(at)) {
                        add(target.title());
                        if target.short_title() != target.title() {
                            add(target.short_title());
                        }
                    }
                }
                VisitedValue::Citation(_) | VisitedValue::Date(_) | VisitedValue::Number(_) => {}
            });
        }
        index.starts.push(index.folded.len());
        index
    }

    /// The records, in order, in which every word of `search` occurs.
    pub fn matching_records(&self, search: &SearchQuery) -> Vec<u32> {
        let mut found: Option<Vec<u32>> = None;
        for word in &search.words {
            let mut word_matches = Vec::new();
            for needle in word {
                word_matches.extend(self.records_with(needle));
            }
            // One form alone gives its records in order, and each once.
            if word.len() > 1 {
                word_matches.sort_unstable();
                word_matches.dedup();
            }
            found = Some(match found {
                None => word_matches,
                Some(before) => intersect_sorted(&before, &word_matches),
            });
        }
        found.unwrap_or_else(|| (0..self.starts.len().saturating_sub(1) as u32).collect())
    }

    fn records_with(&self, needle: &str) -> Vec<u32> {
        let mut out = Vec::new();
        let finder = memmem::Finder::new(needle.as_bytes());
        let haystack = self.folded.as_bytes();
        let mut at = 0;
        let mut record = 0;
        while let Some(found) = finder.find(&haystack[at..]) {
            let here = at + found;
            // Hits come in order, and mostly close together.
            while self.starts[record + 1] <= here {
                record += 1;
            }
            out.push(record as u32);
            // One hit in a record is enough.
            at = self.starts[record + 1];
            if at >= haystack.len() {
                break;
            }
        }
        out
    }
}

fn intersect_sorted(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len().min(b.len()));
    let mut b = b.iter().copied().peekable();
    for &x in a {
        while b.peek().is_some_and(|y| *y < x) {
            b.next();
        }
        if b.peek() == Some(&x) {
            out.push(x);
        }
    }
    out
}

/// What a user typed, as folded words. Words in double quotes belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuery {
    /// For each word the forms under which it is looked for.
    words: Vec<Vec<String>>,
}

impl SearchQuery {
    /// Reads what a user typed.
    pub fn new(typed: &str) -> Self {
        let mut words = Vec::new();
        for (i, part) in typed.split('"').enumerate() {
            // Every second part stands in quotes.
            if i % 2 == 1 {
                words.push(part.split_whitespace().collect::<Vec<_>>().join(" "));
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        SearchQuery {
            words: words
                .iter()
                .map(|w| search_forms(w))
                .filter(|n| !n[0].is_empty())
                .collect(),
        }
    }

    /// Whether nothing is looked for, so that every record matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The byte ranges of `text` to highlight.
    pub fn match_ranges(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        // Every form by which a record is found: a hit that is not marked looks like none.
        let all_forms: Vec<String> = self.words.iter().flatten().cloned().collect();
        match_ranges(text, &all_forms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(records: &[&str]) -> SearchIndex {
        let mut index = SearchIndex::default();
        for record in records {
            index.starts.push(index.folded.len());
            fold_into(record, &mut index.folded);
            index.folded.push(TEXT_SEPARATOR);
        }
        index.starts.push(index.folded.len());
        index
    }

    #[test]
    fn every_word_must_occur() {
        let i = index(&["the quick fox", "the slow Fox", "nothing"]);
        assert_eq!(i.matching_records(&SearchQuery::new("fox THE")), [0, 1]);
        assert_eq!(i.matching_records(&SearchQuery::new("slow fox")), [1]);
        assert_eq!(i.matching_records(&SearchQuery::new("")), [0, 1, 2]);
        assert_eq!(i.matching_records(&SearchQuery::new("absent")), [0u32; 0]);
    }

    #[test]
    fn quotes_keep_words_together() {
        let i = index(&["fight tonight", "tonight we fight"]);
        assert_eq!(
            i.matching_records(&SearchQuery::new("\"fight  tonight\"")),
            [0]
        );
        assert_eq!(
            i.matching_records(&SearchQuery::new("fight tonight")),
            [0, 1]
        );
        // An open quote is a phrase that is still being typed.
        assert_eq!(i.matching_records(&SearchQuery::new("\"fight to")), [0]);
    }

    #[test]
    fn korean_is_found_while_it_is_typed() {
        let i = index(&["대한민국", "하나"]);
        // 민 begins with ㅁ.
        assert_eq!(i.matching_records(&SearchQuery::new("대한ㅁ")), [0]);
        assert_eq!(i.matching_records(&SearchQuery::new("대한ㄱ")), [0u32; 0]);
        assert_eq!(i.matching_records(&SearchQuery::new("대한")), [0]);
        assert_eq!(i.matching_records(&SearchQuery::new("한")), [0, 1]);
    }

    #[test]
    fn what_is_found_while_a_syllable_is_half_typed_is_marked() {
        let marked = |typed: &str, text: &'static str| {
            let ranges = SearchQuery::new(typed).match_ranges(text);
            let words = ranges.into_iter().map(|range| &text[range]);
            words.collect::<Vec<&str>>()
        };
        // On the way to 대하다, the field holds 대핟.
        assert_eq!(marked("대핟", "이에 대하다"), ["대하"]);
        assert_eq!(marked("한", "하나, 한국"), ["하", "한"]);
        assert_eq!(marked("대한ㅁ", "대한민국"), ["대한민"]);
        assert_eq!(marked("한", "나라"), [""; 0]);
    }
}
