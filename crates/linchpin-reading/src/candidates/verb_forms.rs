//! The forms of an English verb: from "intends", or any other of its forms, to all of them.

/// How a form of a verb stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbForm {
    /// "will", "is": with any subject, and never a noun.
    Invariant,
    /// "intend": may be an infinitive, or a noun such as "plan".
    Base,
    /// "intends": may be the plural of a noun.
    ThirdPerson,
    /// "intending"
    Gerund,
    /// "intended"
    Past,
    /// Written so in the data, in a form that is kept: "pledging to".
    Fixed,
}

const MODALS: [&str; 12] = [
    "will", "shall", "must", "should", "may", "can", "could", "would", "might", "ought", "cannot",
    "'s",
];
const BE: [&str; 8] = ["is", "are", "am", "be", "was", "were", "remain", "remains"];
const IRREGULAR: [(&str, &str); 10] = [
    ("seek", "sought"),
    ("stand", "stood"),
    ("undertake", "undertook"),
    ("hold", "held"),
    ("keep", "kept"),
    ("make", "made"),
    ("give", "gave"),
    ("think", "thought"),
    ("understand", "understood"),
    ("swear", "swore"),
];

/// All forms of the verb that a word is one of, the word itself among them.
pub(super) fn verb_forms(word: &str) -> Vec<(String, VerbForm)> {
    if MODALS.contains(&word) || !word.is_ascii() {
        return vec![(word.to_owned(), VerbForm::Invariant)];
    }
    if BE.contains(&word) {
        let all = BE.iter().map(|form| match *form {
            "be" => ("be".to_owned(), VerbForm::Base),
            form => (form.to_owned(), VerbForm::Invariant),
        });
        return all.collect();
    }
    if word.ends_with("ing") || word.ends_with("ed") || word.len() < 3 {
        return vec![(word.to_owned(), VerbForm::Fixed)];
    }
    let base = base_form(word);
    let stem = base.strip_suffix('e').unwrap_or(&base).to_owned();
    let past = IRREGULAR.iter().find(|(known, _)| *known == base);
    let third = match base.as_bytes() {
        [.., b's' | b'x' | b'z' | b'o'] | [.., b'c' | b's', b'h'] => format!("{base}es"),
        [.., c, b'y'] if !is_vowel(*c) => format!("{}ies", base.trim_end_matches('y')),
        _ => format!("{base}s"),
    };
    let doubled = match doubles_consonant(&base) {
        true => base
            .chars()
            .next_back()
            .map(String::from)
            .unwrap_or_default(),
        false => String::new(),
    };
    let past = match (past, base.as_bytes()) {
        (Some((_, past)), _) => (*past).to_owned(),
        (None, [.., c, b'y']) if !is_vowel(*c) => format!("{}ied", base.trim_end_matches('y')),
        _ => format!("{stem}{doubled}ed"),
    };
    let ing = match base.ends_with("ee") {
        true => format!("{base}ing"),
        false => format!("{stem}{doubled}ing"),
    };
    vec![
        (base, VerbForm::Base),
        (third, VerbForm::ThirdPerson),
        (ing, VerbForm::Gerund),
        (past, VerbForm::Past),
    ]
}

fn base_form(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(ending) {
            return word.trim_end_matches("es").to_owned();
        }
    }
    let plain = word.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    plain.unwrap_or(word).to_owned()
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// "plan", "commit": the last letter comes twice before an ending.
fn doubles_consonant(base: &str) -> bool {
    let [.., a, b, c] = base.as_bytes() else {
        return false;
    };
    let closed = !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && !matches!(c, b'w' | b'x' | b'y');
    let is_short = base.bytes().filter(|b| is_vowel(*b)).count() == 1;
    closed
        && (is_short
            || ["mit", "fer", "cur", "pel"]
                .iter()
                .any(|end| base.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_form_gives_all() {
        for (word, all) in [
            ("intends", "intend intends intending intended"),
            ("commits", "commit commits committing committed"),
            ("recognize", "recognize recognizes recognizing recognized"),
            ("agrees", "agree agrees agreeing agreed"),
            ("seeks", "seek seeks seeking sought"),
            ("plan", "plan plans planning planned"),
            ("reaffirm", "reaffirm reaffirms reaffirming reaffirmed"),
            ("maintains", "maintain maintains maintaining maintained"),
            ("wishes", "wish wishes wishing wished"),
            ("relies", "rely relies relying relied"),
            ("will", "will"),
            ("pledging", "pledging"),
            ("할", "할"),
        ] {
            let found: Vec<String> = verb_forms(word).into_iter().map(|(form, _)| form).collect();
            assert_eq!(found.join(" "), all, "{word}");
        }
        assert!(verb_forms("am").iter().any(|(form, _)| form == "remain"));
    }
}
