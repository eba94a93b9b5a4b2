//! Every kind of problem that the register's own rules can report, in one place. Those of the text
//! are in `ron_text::codes`.

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $name: &str = $code;)*

        /// Each code with a line that says what it stands for.
        pub const ALL: &[(&str, &str)] = &[$(($code, $meaning)),*];
    };
}

codes! {
    // The file as a whole.
    NOT_A_REGISTER = "not-a-register", "The file holds something other than a register.";
    FORMAT = "format", "The file has a format that this program does not read.";
    SECOND_HEAD = "second-head", "Two files of one register give it different titles, summaries, \
        dates or licenses.";

    // Ids and links.
    BAD_ID = "bad-id", "An id is empty, too long, or has characters that ids cannot have.";
    DUPLICATE_ID = "duplicate-id", "Two records have the same id.";
    DANGLING_LINK = "dangling-link", "A link names an id that no record has.";
    WRONG_LINK = "wrong-link", "A link leads to a record of another type than its field needs.";
    CIRCLE = "circle", "A record links to itself, or its parents lead back to it.";

    // Values.
    BAD_DATE = "bad-date", "A date is written in another way, or never was.";
    BAD_AMOUNT = "bad-amount", "An amount has no known form, or does not fit the kind of its \
        figure.";
    MISSING_BASE = "missing-base", "A change, a percentage, a rate, a ratio or an index has no \
        base, or a level has one.";
    BAD_VALUE = "bad-value", "A value is none of those that its field can have.";
    BAD_CODE = "bad-code", "A country or currency code is not three capital letters.";
    BAD_URL = "bad-url", "An address is no web address, or carries a password.";
    BAD_PATH = "bad-path", "A path leads out of the register's folder, or no file can have \
        its name on Windows.";
    BAD_PARAGRAPH = "bad-paragraph", "A citation names paragraph 0.";
    EMPTY_TEXT = "empty-text", "A text that must say something is blank.";
    CONTROL_CHARACTER = "control-character", "A text holds a control character, or one that \
        changes the direction of what follows.";
    ZERO_WIDTH = "zero-width", "A name holds a character that takes no room, so that it looks \
        like another name.";
    LONG_TEXT = "long-text", "A text is longer than a reader takes in.";

    // Sources.
    NO_CITATION = "no-citation", "A record or a date does not say where it comes from.";
    LONG_PHRASE = "long-phrase", "A quoted phrase has more than ten words.";
    NO_SPEAKER = "no-speaker", "Somebody is quoted or paraphrased, but nothing says who.";
    NO_SOURCE = "no-source", "Nothing says where a document can be read.";
    NO_ARITHMETIC = "no-arithmetic", "A date is derived, but nothing says how.";
    NO_EVIDENCE = "no-evidence", "A status is claimed without evidence.";

    // The documents' texts, where they are at hand.
    PHRASE_NORMALIZED = "phrase-normalized", "A quoted phrase stands in its paragraph, but for \
        quotation marks, dashes, case or white space.";
    PHRASE_MOVED = "phrase-moved", "A quoted phrase stands in another paragraph than its citation \
        says.";
    PHRASE_BROKEN = "phrase-broken", "A quoted phrase stands nowhere in the text of its document.";
    TEXT_CHANGED = "text-changed", "The text of a document is another one than the one that was \
        attached.";
    TEXT_MISSING = "text-missing", "The text of a document cannot be read.";
    OPEN_SENTENCES = "open-sentences", "A document is said to be coded whole, and sentences of its \
        text are neither coded nor dismissed.";

    // Charts.
    CHART_FIELD = "chart-field", "A chart names a field, a group or a word that its records do not \
        have.";
    CHART_NOT_DRAWN = "chart-not-drawn", "A chart cannot be drawn.";

    // Rules of coding.
    LADDER = "ladder", "A verb stands on another step of the ladder than the commitment, or on \
        none, and nothing says why.";
    MISSING_UNIT = "missing-unit", "Nothing says what a number counts.";
    NOT_IN_PHRASE = "not-in-phrase", "A figure's number does not stand in the words that it cites.";
    NOT_CHARTABLE = "not-chartable", "A rank, a name or a date is marked as fit for a chart.";
    BOUND = "bound", "The text's words state a bound, and the amount does not.";
    ORDER = "order", "Something ends before it begins, or a list is not in the order of its dates.";
    NO_MEMBERS = "no-members", "A grouping names no members.";
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use ron_lossless::codes;

    #[test]
    fn codes_are_distinct_words() {
        let all: Vec<&str> = ALL
            .iter()
            .chain(codes::ALL)
            .map(|(code, _)| *code)
            .collect();
        for (i, code) in all.iter().enumerate() {
            let is_word = code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(is_word && !all[..i].contains(code), "{code}");
        }
    }
}
