//! English as it is put together: counts, lists, capitals. Words come from here and from the places
//! that say them; nothing takes a finished sentence apart.

/// A noun in its two forms, as they stand in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// "commitment"
    pub one: &'static str,
    /// "commitments"
    pub many: &'static str,
}

impl Noun {
    /// "1 commitment", "12 commitments", without separators between thousands.
    pub fn count(self, count: usize) -> String {
        count_of(count, self.one, self.many)
    }

    /// The form for so many.
    pub fn form(self, count: usize) -> &'static str {
        if count == 1 { self.one } else { self.many }
    }
}

/// "1 problem", "3 problems": for nouns with a plain plural.
pub fn count_noun(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// "1 party", "3 parties".
pub fn count_of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The plural of a noun that is not known beforehand: "modes", "certainties", "statuses".
pub fn plural_of(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with('s') => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

/// A label as it stands inside a sentence: "Lower bound" → "lower bound". For labels of the program
/// alone; names that users give stay as they are.
pub fn in_sentence(label: &str) -> String {
    label.to_lowercase()
}

/// "a party", "an event".
pub fn with_article(noun: &str) -> String {
    let has_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if has_vowel { "an" } else { "a" })
}

/// "A", "A and B", "A, B and C".
pub fn list_with_and<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(S::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The same text with a capital letter at its start.
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// The text as a sentence: with a period, where it ends without one.
pub fn with_period(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some('.' | '!' | '?' | '…' | '。') | None => text.to_owned(),
        _ => format!("{text}."),
    }
}

/// The text in English quotation marks.
pub fn in_quotes(text: &str) -> String {
    format!("“{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        let party = Noun {
            one: "party",
            many: "parties",
        };
        assert_eq!(party.count(1), "1 party");
        assert_eq!(party.count(0), "0 parties");
        assert_eq!(count_noun(2, "problem"), "2 problems");
        assert_eq!(plural_of("certainty"), "certainties");
        assert_eq!(plural_of("status"), "statuses");
        assert_eq!(with_article("event"), "an event");
    }

    #[test]
    fn lists_and_sentences_read_well() {
        let names: Vec<String> = ["A", "B", "C"].map(str::to_owned).to_vec();
        assert_eq!(list_with_and(&names), "A, B and C");
        assert_eq!(list_with_and(&names[..2]), "A and B");
        assert_eq!(capitalize("état"), "État");
        assert_eq!(with_period("It stands"), "It stands.");
        assert_eq!(with_period("It stands。"), "It stands。");
    }
}
