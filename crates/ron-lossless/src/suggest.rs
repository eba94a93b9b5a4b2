//! "Did you mean …?"

/// The word of `among` that `word` was most likely meant to be, or `None` where nothing is close.
///
/// Case, spaces, hyphens and underscores do not count as differences. Words of more than 64 bytes
/// are near to nothing: the distance takes time and memory by the product of both lengths.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = near(word, among).min_by_key(|(distance, _)| *distance);
    near.map(|(_, candidate)| candidate)
}

/// The same, where no second word is as near: then there is no doubt which one was meant.
pub fn only_near_match<'a>(
    word: &str,
    among: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut near: Vec<_> = near(word, among).collect();
    near.sort_by_key(|(distance, _)| *distance);
    match near.as_slice() {
        [(_, one)] => Some(one),
        [(first, one), (second, _), ..] if first < second => Some(one),
        _ => None,
    }
}

/// Every word that is near, with its distance.
fn near<'a>(
    word: &str,
    among: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let wanted = fits(word).then(|| FoldedWord::new(word));
    among.into_iter().filter_map(move |candidate| {
        let wanted = wanted.as_ref().filter(|_| fits(candidate))?;
        let distance = wanted.distance(&FoldedWord::new(candidate))?;
        Some((distance, candidate))
    })
}

fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words among which near ones are looked for many times: what can be known of each is found once.
#[derive(Debug, Default)]
pub struct NearIndex<'a> {
    /// By length, then in the order in which they were given.
    words: Vec<IndexedWord<'a>>,
}

#[derive(Debug)]
struct IndexedWord<'a> {
    word: &'a str,
    folded: FoldedWord,
}

/// The words that are nearest to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearWords<'a> {
    /// How many letters differ.
    pub distance: usize,
    /// All words at that distance, in the order of the alphabet; at least one.
    pub words: Vec<&'a str>,
}

/// How much may be compared, over all questions together: thousands of misspelt words among
/// thousands of similar ones would take minutes.
#[derive(Debug)]
pub struct NearBudget {
    left: u64,
    spent: u64,
}

impl NearBudget {
    /// A budget of so many steps: one for a word that is passed over by its letters, and one more
    /// for every eight pairs of letters where the distance is measured.
    pub fn new(steps: u64) -> Self {
        NearBudget {
            left: steps,
            spent: 0,
        }
    }

    /// The steps that were taken so far.
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// Whether a search found too little left, and was given up.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// `None` where too little is left; then nothing is.
    fn take(&mut self, steps: u64) -> Option<()> {
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        self.spent += if left.is_some() { steps } else { 0 };
        left.map(drop)
    }
}

impl<'a> NearIndex<'a> {
    /// Prepares words to be looked for.
    pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words = words.into_iter().filter(|word| fits(word));
        let mut words: Vec<IndexedWord<'a>> = words
            .map(|word| IndexedWord {
                word,
                folded: FoldedWord::new(word),
            })
            .collect();
        words.sort_by_key(|word| word.folded.length);
        NearIndex { words }
    }

    /// The words that are nearest to `word`, by the same rule as [`nearest`]; `None` where none is
    /// near, or the budget is spent.
    pub fn nearest(&self, word: &str, budget: &mut NearBudget) -> Option<NearWords<'a>> {
        if !fits(word) {
            return None;
        }
        let wanted = FoldedWord::new(word);
        let length = wanted.length;
        // Words of other lengths are too far away, whatever their letters.
        let shortest = length - (length / 3).max(1).min(length);
        let longest = (length + 1).max(length + length / 2);
        let first = self.words.partition_point(|w| w.folded.length < shortest);
        let after = self.words.partition_point(|w| w.folded.length <= longest);
        let candidates = self.words.get(first..after).unwrap_or(&[]);
        budget.take(candidates.len() as u64)?;
        let mut likely: Vec<(usize, &IndexedWord<'a>)> = candidates
            .iter()
            .map(|candidate| (wanted.least_distance(&candidate.folded), candidate))
            .filter(|(least, candidate)| *least <= wanted.slip_limit(&candidate.folded))
            .collect();
        likely.sort_by_key(|(least, _)| *least);
        let mut near = NearWords {
            distance: usize::MAX,
            words: Vec::new(),
        };
        for (least, candidate) in likely {
            // Those that follow cannot be nearer.
            if least > near.distance {
                break;
            }
            budget.take((length * candidate.folded.length / 8 + 1) as u64)?;
            let Some(distance) = wanted.distance(&candidate.folded) else {
                continue;
            };
            if distance < near.distance {
                near.distance = distance;
                near.words.clear();
            }
            if distance == near.distance {
                near.words.push(candidate.word);
            }
        }
        near.words.sort_unstable();
        (!near.words.is_empty()).then_some(near)
    }
}

/// A word as it is compared, with its letters counted.
#[derive(Debug)]
struct FoldedWord {
    text: String,
    /// In characters.
    length: usize,
    /// How many letters it has of each of these classes.
    letters: [u8; LETTER_CLASSES],
}

/// Letters are counted by their code, so many together in one class.
const LETTER_CLASSES: usize = 32;

impl FoldedWord {
    fn new(word: &str) -> Self {
        let text = folded(word);
        let (mut length, mut letters) = (0, [0_u8; LETTER_CLASSES]);
        for c in text.chars() {
            length += 1;
            if let Some(count) = letters.get_mut(c as usize % LETTER_CLASSES) {
                *count = count.saturating_add(1);
            }
        }
        FoldedWord {
            text,
            length,
            letters,
        }
    }

    /// A distance that the real one is never below: letters that one word has and the other lacks
    /// are wrong wherever they stand.
    fn least_distance(&self, other: &FoldedWord) -> usize {
        let surplus = |a: &[u8; LETTER_CLASSES], b: &[u8; LETTER_CLASSES]| -> u32 {
            let pairs = a.iter().zip(b);
            pairs.map(|(a, b)| u32::from(a.saturating_sub(*b))).sum()
        };
        let (one, two) = (&self.letters, &other.letters);
        surplus(one, two).max(surplus(two, one)) as usize
    }

    /// A third of the letters wrong is a slip.
    fn slip_limit(&self, other: &FoldedWord) -> usize {
        (self.length.max(other.length) / 3).max(1)
    }

    /// The distance of two words that are near; all letters wrong is another word.
    fn distance(&self, other: &FoldedWord) -> Option<usize> {
        let distance = strsim::damerau_levenshtein(&self.text, &other.text);
        let is_near =
            distance <= self.slip_limit(other) && distance < self.length.max(other.length);
        is_near.then_some(distance)
    }
}

/// Longer words are near to nothing: the distance takes time and memory by the product of both
/// lengths.
const MAX_BYTES: usize = 64;

fn fits(word: &str) -> bool {
    !word.is_empty() && word.len() <= MAX_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_words_find_their_way() {
        let names = ["title", "established", "FutureAction", "id"];
        assert_eq!(nearest("tilte", names), Some("title"));
        assert_eq!(nearest("estabilshed", names), Some("established"));
        assert_eq!(nearest("future action", names), Some("FutureAction"));
        assert_eq!(nearest("ID", names), Some("id"));
    }

    #[test]
    fn of_two_words_as_near_none_is_sure() {
        assert_eq!(only_near_match("tilte", ["title", "titled"]), Some("title"));
        assert_eq!(only_near_match("note", ["vote", "mote", "title"]), None);
        assert_eq!(nearest("note", ["vote", "mote"]), Some("vote"));
        assert_eq!(only_near_match("", ["a"]), None);
    }

    #[test]
    fn distant_empty_and_endless_words_find_nothing() {
        let names = ["title", "id", "x"];
        assert_eq!(nearest("budget", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("y", names), None);
        assert_eq!(nearest(&"title".repeat(2000), names), None);
    }

    #[test]
    fn an_index_finds_what_comparing_with_every_word_finds() {
        let words: Vec<String> = (0..600_u32)
            .map(|i| {
                let noun = ["army", "vision", "consultative-group", "한미-동맹", "id"];
                format!("{}-{}", noun[i as usize % 5], i * i % 97)
            })
            .collect();
        let index = NearIndex::new(words.iter().map(String::as_str));
        let mut budget = NearBudget::new(u64::MAX);
        for word in [
            "vison-4",
            "amry-9",
            "consultativ-gruop-16",
            "한마-동맹-1",
            "i",
            "--",
            "",
        ] {
            let all: Vec<_> = near(word, words.iter().map(String::as_str)).collect();
            let distance = all.iter().map(|(distance, _)| *distance).min();
            let nearest = all.iter().filter(|(d, _)| Some(*d) == distance);
            let mut nearest: Vec<&str> = nearest.map(|(_, word)| *word).collect();
            nearest.sort_unstable();
            let found = index.nearest(word, &mut budget);
            assert_eq!(found.as_ref().map(|f| f.distance), distance, "{word}");
            assert_eq!(found.map_or(Vec::new(), |f| f.words), nearest, "{word}");
        }
    }

    #[test]
    fn a_search_ends_with_its_budget() {
        let words: Vec<String> = (0..1000).map(|i| format!("record-{i}")).collect();
        let index = NearIndex::new(words.iter().map(String::as_str));
        let mut budget = NearBudget::new(2500);
        assert!(index.nearest("recrod-17", &mut budget).is_some());
        while index.nearest("recrod-17", &mut budget).is_some() {}
        assert!(budget.is_spent() && budget.spent() <= 2500);
    }
}
