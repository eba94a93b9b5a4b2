//! Characters that no font has, in words.

/// The most characters that are named.
const MAX_NAMED: usize = 5;
/// The most characters of a text that are quoted.
const MAX_QUOTED: usize = 60;

/// Names the characters, and where each stands.
pub(super) fn words(missing: &[(char, String)]) -> String {
    let named: Vec<String> = missing
        .iter()
        .take(MAX_NAMED)
        .map(|(sign, text)| format!("{} in \"{}\"", name(*sign), quoted(text, *sign)))
        .collect();
    let more = missing.len().saturating_sub(MAX_NAMED);
    let more = match more {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        n => format!(" and {n} more"),
    };
    let what = if missing.len() == 1 {
        "a character"
    } else {
        "characters"
    };
    format!(
        "no font has {what} of the picture: {}{more}. Write other characters there, or name a font \
        that has them in a house style",
        named.join(", ")
    )
}

/// The code point, and the character where it can be seen.
fn name(sign: char) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let is_private = matches!(sign, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    if sign.is_control() || sign.is_whitespace() || is_private {
        code
    } else {
        format!("{code} ({sign})")
    }
}

/// The text around a character, on one line.
fn quoted(text: &str, sign: char) -> String {
    let line = text
        .lines()
        .find(|line| line.contains(sign))
        .unwrap_or(text)
        .trim();
    let at = line.chars().position(|c| c == sign).unwrap_or(0);
    let from = at.saturating_sub(MAX_QUOTED / 2);
    let shown: String = line.chars().skip(from).take(MAX_QUOTED).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if line.chars().count() > from + MAX_QUOTED {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_is_named_with_its_text() {
        let one = [('\u{E000}', "Promises \u{E000} kept".to_owned())];
        assert_eq!(
            words(&one),
            "no font has a character of the picture: U+E000 in \"Promises \u{E000} kept\". Write other characters there, or \
             name a font that has them in a house style"
        );
        let many: Vec<(char, String)> = "字漢語文章題目"
            .chars()
            .map(|c| (c, format!("{}{c}", "a".repeat(90))))
            .collect();
        let said = words(&many);
        assert!(said.contains("U+5B57 (字) in \"…aaa"), "{said}");
        assert!(said.contains("and 2 more."), "{said}");
    }
}
