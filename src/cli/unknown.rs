//! The message for a name that stands for nothing.

use super::CliError;
use ron_lossless::nearest;

/// The most names that are listed.
const MAX_LISTED: usize = 40;

/// "There is no table `x`. Did you mean `y`?", then the names that there are.
///
/// `what` is what was asked for; `names` are ids with an optional label, `heading` stands before
/// their list.
pub fn unknown_name(
    what: &str,
    typed: &str,
    heading: &str,
    names: &[(String, Option<String>)],
) -> CliError {
    let mut text = format!("There is no {what} `{typed}`.");
    let all = names
        .iter()
        .flat_map(|(id, label)| [Some(id.as_str()), label.as_deref()])
        .flatten();
    if let Some(near) = nearest(typed, all) {
        text.push_str(&format!(" Did you mean `{near}`?"));
    }
    if !names.is_empty() {
        let listed: Vec<String> = names
            .iter()
            .take(MAX_LISTED)
            .map(|(id, label)| match label {
                Some(label) if label != id => format!("{id} ({label})"),
                _ => id.clone(),
            })
            .collect();
        let more = names.len().saturating_sub(MAX_LISTED);
        let tail = if more > 0 {
            format!(", and {more} more")
        } else {
            String::new()
        };
        text.push_str(&format!("\n{heading}: {}{tail}", listed.join(", ")));
    }
    CliError(text)
}

#[cfg(test)]
mod tests {
    use super::unknown_name;

    #[test]
    fn the_nearest_name_and_all_others_are_said() {
        let names = [
            ("rok".to_owned(), Some("South Korea".to_owned())),
            ("us".to_owned(), None),
        ];
        assert_eq!(
            unknown_name("party", "south koria", "Parties", &names).0,
            "There is no party `south koria`. Did you mean `South Korea`?\nParties: rok (South \
            Korea), us"
        );
        assert_eq!(
            unknown_name("party", "zzz", "Parties", &[]).0,
            "There is no party `zzz`."
        );
    }
}
