//! Every kind of diagnostic that this crate can report, in one place.

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $name: &str = $code;)*

        /// Each code with its meaning, in the order of reading: bytes, tokens, structure, values.
        pub const ALL: &[(&str, &str)] = &[$(($code, $meaning)),*];
    };
}

codes! {
    // Bytes.
    NOT_UTF8 = "not-utf8", "The file holds bytes that are not UTF-8 text.";
    UTF16 = "utf-16", "The file is saved as UTF-16; UTF-8 is needed.";
    BINARY = "binary", "The file is not text at all (an archive, a picture, a program).";
    NUL = "nul", "The text holds NUL characters.";
    TOO_LARGE = "too-large", "The file is larger than can be read (4 GB).";

    // Tokens.
    INVISIBLE = "invisible-character", "An invisible character stands where RON allows none, often \
        pasted along with text.";
    UNEXPECTED = "unexpected-character", "A character has no meaning at this place.";
    CURLY_QUOTES = "curly-quotes", "Text stands in curly quotation marks, or those of another \
        language, instead of straight ones.";
    UNQUOTED = "unquoted-text", "Text stands without quotation marks.";
    UNCLOSED_TEXT = "unclosed-text", "Text lacks its closing quotation mark.";
    STRAY_QUOTE = "stray-quote", "Text goes on after its closing quotation mark.";
    BAD_CHARACTER = "bad-character", "Single quotation marks hold more or less than one character.";
    UNCLOSED_COMMENT = "unclosed-comment", "A comment that begins with /* never ends.";
    ATTRIBUTE = "attribute", "A line such as #![enable(...)] at the top cannot be understood.";

    // Structure.
    MERGE_CONFLICT = "merge-conflict", "Two versions stand in the file, left by a merge that was \
        not finished.";
    EMPTY = "empty", "The file holds no value.";
    LEADING = "leading", "Words stand before the opening bracket of the document.";
    TRAILING = "trailing", "Something stands after the end of the document.";
    UNCLOSED = "unclosed", "A bracket is never closed.";
    MISMATCHED = "mismatched", "A closing bracket does not fit the one that is open.";
    TOO_DEEP = "too-deep", "Brackets are nested too deeply.";
    MISSING_COMMA = "missing-comma", "Two values stand side by side without a comma.";
    EXTRA_COMMA = "extra-comma", "A comma stands where a value belongs.";
    MISSING_COLON = "missing-colon", "The colon between a name and its value is missing.";
    MISSING_VALUE = "missing-value", "A field or a key has no value.";
    EXPECTED_VALUE = "expected-value", "Something else stands where a value belongs.";
    EXPECTED_FIELD = "expected-field", "A value stands in a record without a field name.";
    QUOTED_NAME = "quoted-name", "A field name stands in quotation marks.";
    NOT_RON = "not-ron", "The ron library, which reads the text a second time, does not accept it.";

    // Meaning.
    UNKNOWN_FIELD = "unknown-field", "A record has no field of this name.";
    DUPLICATE_FIELD = "duplicate-field", "A field is given twice.";
    MISSING_FIELD = "missing-field", "A field that is needed is not given.";
    WRONG_NAME = "wrong-name", "A record bears the name of another kind of record.";
    WRONG_TYPE = "wrong-type", "A value is of another kind than its field needs.";
    UNKNOWN_NAME = "unknown-name", "A name is none of those allowed here.";
    BAD_TEXT = "bad-text", "Text holds an escape that means nothing.";
    BAD_NUMBER = "bad-number", "A number is written in a way that cannot be read.";
    NOT_WHOLE = "not-whole", "A whole number is needed.";
    OUT_OF_RANGE = "out-of-range", "A number is too large or too small for its field.";
    ROUNDED = "rounded", "A number has more digits than are kept when it is read.";
    NOT_FINITE = "not-finite", "A number is infinite or not a number.";
}

/// Whether the parser reports this code: the text is not well-formed there, and
/// what follows may be misread.
pub fn is_syntax(code: &str) -> bool {
    let place = |code: &str| ALL.iter().position(|(other, _)| *other == code);
    place(code).is_some_and(|at| place(UNKNOWN_FIELD).is_some_and(|first| at < first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_is_no_syntax() {
        assert!(is_syntax("missing-comma") && is_syntax("not-ron"));
        assert!(!is_syntax("unknown-field") && !is_syntax("bad-id"));
        assert!(!is_syntax("not-finite") && !is_syntax("no-code"));
    }

    #[test]
    fn codes_are_distinct_kebab_case_words_in_documented_form() {
        for (i, (code, meaning)) in ALL.iter().enumerate() {
            assert!(
                code.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{code}"
            );
            assert!(meaning.ends_with('.'), "{code}");
            assert!(
                ALL[..i].iter().all(|other| other.0 != *code),
                "{code} twice"
            );
        }
    }
}
