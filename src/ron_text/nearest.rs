//! "Did you mean …?"

/// The word of `among` that `word` was most likely meant to be, or `None` where nothing is close.
///
/// Case, spaces, hyphens and underscores do not count as differences. Very long words are near to nothing.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const MAX_BYTES: usize = 64;
    if word.is_empty() || word.len() > MAX_BYTES {
        return None;
    }
    let wanted = folded(word);
    among
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_BYTES)
        .filter_map(|candidate| {
            let other = folded(candidate);
            let longer = wanted.chars().count().max(other.chars().count());
            let distance = strsim::damerau_levenshtein(&wanted, &other);
            (distance <= (longer / 3).max(1) && distance < longer).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspelt_words_find_their_way() {
        let names = ["title", "established", "FutureAction", "id"];
        assert_eq!(nearest("tilte", names), Some("title"));
        assert_eq!(nearest("estabilshed", names), Some("established"));
        assert_eq!(nearest("future action", names), Some("FutureAction"));
        assert_eq!(nearest("ID", names), Some("id"));
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
