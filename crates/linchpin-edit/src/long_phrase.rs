//! Phrases that are too long, shortened where the document's own text is at hand: whatever stays of
//! such a phrase stands there, too.

use super::symbol::symbol_at;
use super::{EditTarget, value_at};
use linchpin_reading::TextLibrary;
use linchpin_register::citation::MAX_PHRASE_WORDS;
use linchpin_register::{Commitment, LoadedRegister, codes};
use ron_lossless::{Diagnostic, RonValue, SourceChange, TextEdit, write_like};
use std::collections::HashMap;

/// The same register, in which phrases that are too long can be repaired where a text says that
/// they stand there.
pub(super) fn with_shortening_fixes(
    loaded: LoadedRegister,
    library: &TextLibrary,
) -> LoadedRegister {
    if !loaded.diagnostics.iter().any(needs_fix) {
        return loaded;
    }
    let mut texts = CollapsedTexts {
        library,
        collapsed: HashMap::new(),
    };
    let mut problems: Vec<Diagnostic> = loaded.diagnostics.to_vec();
    for problem in problems.iter_mut().filter(|p| needs_fix(p)) {
        problem.fix = shortening_fix(&loaded, problem, &mut texts);
    }
    loaded.with_diagnostics(problems)
}

fn needs_fix(problem: &Diagnostic) -> bool {
    problem.code == codes::LONG_PHRASE && problem.fix.is_none()
}

/// The texts with one space between words.
struct CollapsedTexts<'l> {
    library: &'l TextLibrary,
    collapsed: HashMap<String, String>,
}

impl CollapsedTexts<'_> {
    fn contains(&mut self, document: &str, phrase: &str) -> bool {
        let Some(prose) = self.library.prose(document) else {
            return false;
        };
        let spaced_text = self.collapsed.entry(document.to_owned());
        let text = spaced_text.or_insert_with(|| collapse_whitespace(prose.text()));
        text.contains(&collapse_whitespace(phrase))
    }
}

fn shortening_fix(
    loaded: &LoadedRegister,
    problem: &Diagnostic,
    texts: &mut CollapsedTexts<'_>,
) -> Option<SourceChange> {
    let (register, text) = (&loaded.register, &*loaded.text);
    let symbol = symbol_at(loaded, problem.span.start);
    let record = register.record(symbol.record?)?;
    let citation = symbol.path.split_last()?.1;
    let target = EditTarget::Record(record.id().to_owned());
    let RonValue::Record(fields) = value_at(loaded, &target, citation)? else {
        return None;
    };
    let given = |name: &str| {
        let field = fields.iter().find(|(field, _)| field == name)?;
        match &field.1 {
            RonValue::Text(text) => Some(text.as_str()),
            _ => None,
        }
    };
    let (document, phrase) = (given("document")?, given("phrase")?);
    // Only what stands there for sure is shortened: the rest may be misquoted.
    if !texts.contains(document, phrase) {
        return None;
    }
    let verb = register
        .get::<Commitment>(record.id())
        .map_or("", |c| c.verb.as_str());
    let phrase_words = shorten_phrase(phrase, verb);
    let written = write_like(problem.span.of(text), &RonValue::text(phrase_words), 0);
    let edit = TextEdit::new(problem.span, written);
    SourceChange::new(format!("Keep {MAX_PHRASE_WORDS} words"), vec![edit])
}

/// As many words as may be quoted: the first ones, or those from the verb on where it stands
/// further behind.
fn shorten_phrase<'p>(phrase: &'p str, verb: &str) -> &'p str {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let verb: Vec<String> = verb.split_whitespace().map(str::to_lowercase).collect();
    let is_verb = |window: &[&str]| {
        window
            .iter()
            .zip(&verb)
            .all(|(a, b)| a.to_lowercase() == *b)
    };
    let found = match verb.len() {
        0 => None,
        count => words.windows(count).position(is_verb),
    };
    let last = words.len().saturating_sub(MAX_PHRASE_WORDS);
    let fits = |at: &usize| at + verb.len() <= MAX_PHRASE_WORDS;
    let first = found.filter(|at| !fits(at)).unwrap_or(0).min(last);
    let offset = |word: &str| word.as_ptr().addr() - phrase.as_ptr().addr();
    let start = words.get(first).map_or(0, |word| offset(word));
    let end = words.get(first + MAX_PHRASE_WORDS - 1);
    let end = end.map_or(phrase.len(), |word| offset(word) + word.len());
    phrase.get(start..end).unwrap_or(phrase)
}

/// The same words with one space between them.
fn collapse_whitespace(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_reading::text_library::TextFileBytes;
    use linchpin_register::load;

    const TEXT: &str = r#"(format: 1, title: "T",
        parties: [(id: "us", name: "U", kind: State)],
        ladder: [(id: "firm", rank: 4, label: "firm", verbs: ["will"])],
        documents: [(id: "d", title: "D", short: "D", kind: Treaty, legal_character: LegallyBinding, date: (date: "2020", basis: Stated), url: "https://example.org", text: "d.txt")],
        commitments: [(id: "c", title: "C", statement: "S", committers: ["us"], verb: "will", strength: "firm", mode: FutureAction, citations: [
            (document: "d", paragraph: 1, phrase: "PHRASE"), // kept
        ])])"#;

    fn repaired(phrase: &str, text: Option<&str>) -> Option<String> {
        let source = TEXT.replace("PHRASE", phrase);
        let loaded = load(source.as_str(), Vec::new());
        let library = TextLibrary::from_bytes(&loaded.register, &mut |document| {
            let path = document.text.clone()?;
            let bytes = Ok(text?.into());
            Some(TextFileBytes { path, bytes })
        });
        let loaded = with_shortening_fixes(loaded, &library);
        let after = loaded.diagnostics[0].fix.as_ref()?.apply_edits(&source)?;
        let after = load(after, Vec::new());
        assert_eq!(after.diagnostics.len(), 0);
        after.register.commitments[0].citations[0].phrase.clone()
    }

    #[test]
    fn a_long_phrase_that_stands_in_the_text_is_shortened() {
        let long = "One two three four five six seven eight nine ten eleven twelve";
        let text = format!("Before. {}\n and after", long.replace(" six", "\n  six"));
        let first = "One two three four five six seven eight nine ten";
        assert_eq!(repaired(long, Some(&text)).as_deref(), Some(first));
        assert_eq!(repaired(long, Some("Something else")), None);
        assert_eq!(repaired(long, None), None);
    }

    #[test]
    fn the_verb_stays_in_a_phrase() {
        let long = "One two three four five six seven eight nine ten will go home";
        let from_verb = "four five six seven eight nine ten will go home";
        assert_eq!(repaired(long, Some(long)).as_deref(), Some(from_verb));
    }
}
