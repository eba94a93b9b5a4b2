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
    const MAX_BYTES: usize = 64;
    let fits = |word: &str| !word.is_empty() && word.len() <= MAX_BYTES;
    let wanted = folded(
        word.get(..word.len() * usize::from(fits(word)))
            .unwrap_or(""),
    );
    among
        .into_iter()
        .filter(move |candidate| fits(candidate))
        .filter_map(move |candidate| {
            let other = folded(candidate);
            let longer = wanted.chars().count().max(other.chars().count());
            let distance = strsim::damerau_levenshtein(&wanted, &other);
            // A third of the letters wrong is a slip; all of them wrong is another word.
            (distance <= (longer / 3).max(1) && distance < longer).then_some((distance, candidate))
        })
}

fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
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
}
