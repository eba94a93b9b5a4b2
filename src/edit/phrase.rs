//! Phrases that are too long, shortened where the document's own text is at hand: whatever stays of such a phrase stands there, too.

use super::at::at;
use super::{Target, value_at};
use crate::register::citation::MAX_PHRASE_WORDS;
use crate::register::{Commitment, Document, Loaded, codes};
use crate::ron_text::{Change, Problem, Splice, Value, like};
use std::collections::HashMap;

/// The same register, in which phrases that are too long can be repaired. `text_of` gives the text at a document's path, if there is one.
pub fn with_texts(loaded: Loaded, text_of: &dyn Fn(&str) -> Option<String>) -> Loaded {
    if !wants_texts(&loaded) {
        return loaded;
    }
    let mut texts: HashMap<String, Option<String>> = HashMap::new();
    let mut problems: Vec<Problem> = loaded.problems.to_vec();
    for problem in problems.iter_mut().filter(|p| is_open(p)) {
        problem.repair = shortened(&loaded, problem, &mut |path| {
            let text = texts.entry(path.to_owned());
            text.or_insert_with(|| text_of(path).map(|text| spaced(&text)))
                .clone()
        });
    }
    loaded.with_problems(problems)
}

/// Whether there is a phrase that a text could shorten.
pub fn wants_texts(loaded: &Loaded) -> bool {
    let has_text = |document: &Document| document.text.is_some();
    loaded.problems.iter().any(is_open) && loaded.register.documents.iter().any(has_text)
}

fn is_open(problem: &Problem) -> bool {
    problem.code == codes::LONG_PHRASE && problem.repair.is_none()
}

fn shortened(
    loaded: &Loaded,
    problem: &Problem,
    text_of: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<Change> {
    let (register, text) = (&loaded.register, &*loaded.text);
    let here = at(loaded, problem.span.start);
    let record = register.record(here.record?)?;
    let citation = here.path.split_last()?.1;
    let target = Target::Record(record.id().to_owned());
    let Value::Record(fields) = value_at(loaded, &target, citation)? else {
        return None;
    };
    let given = |name: &str| {
        let field = fields.iter().find(|(field, _)| field == name)?;
        match &field.1 {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    };
    let (document, phrase) = (given("document")?, given("phrase")?);
    let path = register.get::<Document>(document)?.text.as_deref()?;
    let path = Some(path).filter(|path| crate::register::document::stays_inside(path))?;
    // Only what stands there for sure is shortened: the rest may be misquoted.
    if !text_of(path)?.contains(&spaced(phrase)) {
        return None;
    }
    let verb = register
        .get::<Commitment>(record.id())
        .map_or("", |c| c.verb.as_str());
    let words = kept(phrase, verb);
    let written = like(problem.span.of(text), &Value::text(words), 0);
    let splice = Splice::new(problem.span, written);
    Change::new(format!("Keep {MAX_PHRASE_WORDS} words"), vec![splice])
}

/// As many words as may be quoted: the first ones, or those from the verb on where it stands further behind.
fn kept<'p>(phrase: &'p str, verb: &str) -> &'p str {
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
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::load;

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
        let loaded = with_texts(loaded, &|path| {
            assert_eq!(path, "d.txt");
            text.map(str::to_owned)
        });
        let after = loaded.problems[0].repair.as_ref()?.apply(&source)?;
        let after = load(after, Vec::new());
        assert_eq!(after.problems.len(), 0);
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
