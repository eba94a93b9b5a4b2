//! What the documents' texts say of a register, as diagnostics with their quick fixes: phrases
//! that stand elsewhere or nowhere or are too long, texts that have changed, sentences that nobody
//! has looked at.

use super::messages::shortening_label;
use super::symbol::symbol_at;
use super::{Edit, EditTarget, plan_edit, value_at};
use linchpin_reading::{
    CheckedCitation, CoverageIndex, DocumentText, SentenceCoverage, SentenceState, TextLibrary,
    TextState, VerificationOutcome, verify_citations,
};
use linchpin_register::citation::MAX_PHRASE_WORDS;
use linchpin_register::document::is_relative_inside_folder;
use linchpin_register::schema::PathStep;
use linchpin_register::vocabulary::CodingExtent;
use linchpin_register::{Commitment, Document, LoadedRegister, RecordKind, RecordRef, codes};
use linchpin_text::prose::{PhraseMatch, Prose, closest_passage};
use ron_lossless::{Diagnostic, RonValue, SourceChange, Span, TextEdit, write_like};
use std::collections::{HashMap, HashSet};

pub use super::messages::{MAX_EXCERPT_WORDS, first_words};

/// So many bytes of paragraphs are looked through for the nearest words, for all broken phrases
/// together: the search is quadratic in places, and a changed text may break every citation at
/// once.
const MAX_SEARCH_BYTES: usize = 4 << 20;

/// Something that a text says of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct TextDiagnostic {
    /// The diagnostic, at its place in the register.
    pub diagnostic: Diagnostic,
    /// What it is about.
    pub subject: TextDiagnosticSubject,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextDiagnosticSubject {
    /// A citation: its number among those that were looked into.
    Citation(usize),
    /// The text of the document with this id.
    Text(String),
    /// The sentences of the document with this id.
    Sentences(String),
}

/// The same register with everything that its documents' texts say, where there are any.
pub fn with_text_diagnostics(loaded: LoadedRegister, library: &TextLibrary) -> LoadedRegister {
    match library.is_empty() {
        true => loaded,
        false => {
            let checked = verify_citations(&loaded.register, library);
            with_checked_texts(loaded, library, &checked)
        }
    }
}

/// The same, of citations that have been looked into.
pub fn with_checked_texts(
    loaded: LoadedRegister,
    library: &TextLibrary,
    checked: &[CheckedCitation],
) -> LoadedRegister {
    let found = text_diagnostics(&loaded, library, checked);
    let loaded = with_shortening_fixes(loaded, library);
    loaded.with_added_diagnostics(found.into_iter().map(|found| found.diagnostic).collect())
}

/// Everything that the texts say, in the order of the register's text.
pub fn text_diagnostics(
    loaded: &LoadedRegister,
    library: &TextLibrary,
    checked: &[CheckedCitation],
) -> Vec<TextDiagnostic> {
    if library.is_empty() {
        return Vec::new();
    }
    let coverages = CoverageIndex::new(library, checked);
    let mut checker = TextChecker {
        loaded,
        library,
        search_budget: MAX_SEARCH_BYTES,
    };
    let mut all = Vec::new();
    for (index, one) in checked.iter().enumerate() {
        if let Some(diagnostic) = checker.check_citation(one) {
            let subject = TextDiagnosticSubject::Citation(index);
            all.push(TextDiagnostic {
                diagnostic,
                subject,
            });
        }
    }
    // A text that has changed may be accepted with one key only where no citation of it broke.
    let is_found = |one: &CheckedCitation| match &one.outcome {
        VerificationOutcome::Searched(PhraseMatch::Moved { .. } | PhraseMatch::Broken) => false,
        VerificationOutcome::Searched(_) | VerificationOutcome::NoText => true,
    };
    let with_broken_citations = checked.iter().filter(|one| !is_found(one));
    let with_broken_citations: HashSet<&str> = with_broken_citations
        .filter_map(|one| Some(library.get(&one.document)?.document.as_str()))
        .collect();
    for (index, document) in (0..).zip(&loaded.register.documents) {
        let at = RecordRef {
            kind: RecordKind::Document,
            index,
        };
        let id = document.id.as_str();
        let Some(text) = library.get(id) else {
            continue;
        };
        // A document that borrows the text of another has no text of its own to be changed.
        if text.document == id
            && let Some(diagnostic) =
                checker.check_text(at, document, text, !with_broken_citations.contains(id))
        {
            let subject = TextDiagnosticSubject::Text(id.to_owned());
            all.push(TextDiagnostic {
                diagnostic,
                subject,
            });
        }
        // Only where somebody has declared that all of it is coded is an open sentence a mistake.
        if document.coded == Some(CodingExtent::Whole)
            && let Some(diagnostic) = checker.check_sentences(at, document, &coverages)
        {
            let subject = TextDiagnosticSubject::Sentences(id.to_owned());
            all.push(TextDiagnostic {
                diagnostic,
                subject,
            });
        }
    }
    all.sort_by_key(|found| (found.diagnostic.span.start, found.diagnostic.span.end));
    all
}

/// What a document's text says of the register, before it is put into words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TextFinding<'a> {
    /// The words stand there in another spelling, which this is.
    PhraseNormalized { words: &'a str },
    /// The phrase stands in one other paragraph.
    PhraseMoved { phrase: &'a str, from: u32, to: u32 },
    /// The phrase stands in several other paragraphs.
    PhraseAmbiguous {
        phrase: &'a str,
        from: u32,
        first: u32,
        count: usize,
    },
    /// The phrase stands nowhere.
    PhraseBroken(PhraseHint<'a>),
    /// The text cannot be read from this path.
    TextMissing { why: &'a str, path: &'a str },
    /// The text is not the one that was attached.
    TextChanged { citations_hold: bool },
    /// Sentences of a document that is coded whole have no record and no dismissal.
    OpenSentences {
        open: usize,
        all: usize,
        /// The first of them: its number, its paragraph, its words.
        sentence: u32,
        paragraph: u32,
        words: &'a str,
    },
}

/// What may be right where a phrase stands nowhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PhraseHint<'a> {
    /// The citation names no paragraph.
    NoParagraph,
    /// The text has fewer paragraphs.
    OutOfRange { paragraph: u32, count: u32 },
    /// The nearest words of the paragraph.
    Passage { paragraph: u32, words: &'a str },
    /// The paragraph has nothing like it, or the search became too long.
    NoPassage { paragraph: u32 },
}

impl TextFinding<'_> {
    fn code(&self) -> &'static str {
        match self {
            TextFinding::PhraseNormalized { .. } => codes::PHRASE_NORMALIZED,
            TextFinding::PhraseMoved { .. } | TextFinding::PhraseAmbiguous { .. } => {
                codes::PHRASE_MOVED
            }
            TextFinding::PhraseBroken(_) => codes::PHRASE_BROKEN,
            TextFinding::TextMissing { .. } => codes::TEXT_MISSING,
            TextFinding::TextChanged { .. } => codes::TEXT_CHANGED,
            TextFinding::OpenSentences { .. } => codes::OPEN_SENTENCES,
        }
    }

    /// The diagnostic; `fix` are the text edits of its quick fix.
    fn into_diagnostic(self, span: Span, fix: Option<Vec<TextEdit>>) -> Diagnostic {
        let fix = fix.and_then(|edits| SourceChange::new(self.fix_label(), edits));
        let diagnostic = match self {
            TextFinding::PhraseBroken(_) => Diagnostic::error(span, self.code(), self.message()),
            _ => Diagnostic::warning(span, self.code(), self.message()),
        };
        diagnostic.with_help(self.help()).with_fix_if_any(fix)
    }
}

struct TextChecker<'a> {
    loaded: &'a LoadedRegister,
    library: &'a TextLibrary,
    search_budget: usize,
}

impl TextChecker<'_> {
    /// What is wrong with a citation's phrase.
    fn check_citation(&mut self, one: &CheckedCitation) -> Option<Diagnostic> {
        let VerificationOutcome::Searched(found) = &one.outcome else {
            return None;
        };
        let prose = self.library.prose(&one.document)?;
        let span = |field: &'static str| {
            let path = field_path(&one.path, field);
            self.loaded.field_span(one.record, &path)
        };
        let (phrase, from) = (&*one.phrase, one.paragraph.unwrap_or_default());
        Some(match *found {
            PhraseMatch::Exact(_) => return None,
            PhraseMatch::Normalized(ref range) => {
                let words = prose.text().get(range.clone()).unwrap_or_default();
                let fix = self.field_fix(one, "phrase", RonValue::text(words));
                TextFinding::PhraseNormalized { words }.into_diagnostic(span("phrase"), fix)
            }
            PhraseMatch::Moved {
                paragraph: to,
                others: 0,
                ..
            } => {
                let fix = self.field_fix(one, "paragraph", RonValue::bare(to.to_string()));
                TextFinding::PhraseMoved { phrase, from, to }
                    .into_diagnostic(span("paragraph"), fix)
            }
            PhraseMatch::Moved {
                paragraph: first,
                others,
                ..
            } => TextFinding::PhraseAmbiguous {
                phrase,
                from,
                first,
                count: others + 1,
            }
            .into_diagnostic(span("paragraph"), None),
            PhraseMatch::Broken => {
                let span = span("phrase");
                TextFinding::PhraseBroken(self.phrase_hint(one, prose)).into_diagnostic(span, None)
            }
        })
    }

    fn phrase_hint<'p>(&mut self, one: &CheckedCitation, prose: &'p Prose) -> PhraseHint<'p> {
        let Some(number) = one.paragraph else {
            return PhraseHint::NoParagraph;
        };
        let Some(paragraph) = prose.paragraph(number) else {
            return PhraseHint::OutOfRange {
                paragraph: number,
                count: prose.len(),
            };
        };
        let nearest_words = match self.search_budget.checked_sub(paragraph.len()) {
            Some(left) => {
                self.search_budget = left;
                closest_passage(paragraph, &one.phrase).and_then(|range| paragraph.get(range))
            }
            None => None,
        };
        match nearest_words {
            Some(words) => PhraseHint::Passage {
                paragraph: number,
                words,
            },
            None => PhraseHint::NoPassage { paragraph: number },
        }
    }

    /// The text edits that give a field of a citation another value, where the text of the register
    /// has there what was looked for.
    fn field_fix(
        &self,
        one: &CheckedCitation,
        field: &'static str,
        value: RonValue,
    ) -> Option<Vec<TextEdit>> {
        let record = self.loaded.register.record(one.record)?;
        let target = EditTarget::Record(record.id().to_owned());
        // A quick fix must be safe: two records may have one id, and items that could not be read
        // are not counted, so that the path may lead to another citation than the one that was
        // checked.
        let is_same = self.loaded.register.find(record.id()) == Some(one.record)
            && value_at(self.loaded, &target, &field_path(&one.path, "phrase"))
                == Some(RonValue::text(&*one.phrase))
            && value_at(self.loaded, &target, &field_path(&one.path, "document"))
                == Some(RonValue::text(&*one.document));
        if !is_same {
            return None;
        }
        let edit = Edit::set(target, field_path(&one.path, field), Some(value));
        Some(plan_edit(self.loaded, &edit).ok()?.edits)
    }

    /// What is wrong with a document's text. `citations_hold`: every phrase stands where it should.
    fn check_text(
        &self,
        at: RecordRef,
        document: &Document,
        text: &DocumentText,
        citations_hold: bool,
    ) -> Option<Diagnostic> {
        let span = |field| self.loaded.field_span(at, &[PathStep::Field(field)]);
        match &text.state {
            TextState::Unchanged | TextState::NoHash => None,
            TextState::Missing(_) if !is_relative_inside_folder(&text.path) => None,
            TextState::Missing(why) => {
                let path = &text.path;
                let finding = TextFinding::TextMissing { why, path };
                Some(finding.into_diagnostic(span("text"), None))
            }
            TextState::Changed => {
                let id = document.id.as_str();
                let edit = Edit::set(
                    EditTarget::Record(id.to_owned()),
                    vec![PathStep::Field("text_sha256")],
                    Some(RonValue::text(&*text.sha256)),
                );
                let is_own = self.loaded.register.find(id) == Some(at);
                // Accepting the new text would hide what broke; so it is offered only where nothing
                // did.
                let fix = plan_edit(self.loaded, &edit).map(|change| change.edits);
                let fix = fix.ok().filter(|_| is_own && citations_hold);
                let finding = TextFinding::TextChanged { citations_hold };
                Some(finding.into_diagnostic(span("text_sha256"), fix))
            }
        }
    }

    /// The sentences of a document that is marked as coded whole, and that nobody has looked at.
    fn check_sentences(
        &self,
        at: RecordRef,
        document: &Document,
        coverages: &CoverageIndex<'_>,
    ) -> Option<Diagnostic> {
        let id = document.id.as_str();
        let coverage = coverages.coverage_of(id)?;
        let is_open = |s: &&SentenceCoverage| s.state == SentenceState::Open;
        let mut open_sentences = coverage.sentences.iter().filter(is_open);
        let first = open_sentences.next()?;
        let text = self.library.prose(id)?.text();
        let finding = TextFinding::OpenSentences {
            open: 1 + open_sentences.count(),
            all: coverage.sentences.len(),
            sentence: first.number,
            paragraph: first.paragraph,
            words: text.get(first.range.clone())?,
        };
        let span = self.loaded.field_span(at, &[PathStep::Field("coded")]);
        Some(finding.into_diagnostic(span, None))
    }
}

fn field_path(path: &[PathStep], field: &'static str) -> Vec<PathStep> {
    let mut path = path.to_vec();
    path.push(PathStep::Field(field));
    path
}

/// The register, in which phrases that are too long have a quick fix where the document's own text
/// has them: whatever stays of such a phrase stands there, too.
fn with_shortening_fixes(loaded: LoadedRegister, library: &TextLibrary) -> LoadedRegister {
    if !loaded.diagnostics.iter().any(needs_fix) {
        return loaded;
    }
    let mut texts = CollapsedTexts {
        library,
        collapsed: HashMap::new(),
    };
    let mut diagnostics: Vec<Diagnostic> = loaded.diagnostics.to_vec();
    for diagnostic in diagnostics.iter_mut().filter(|p| needs_fix(p)) {
        diagnostic.fix = shortening_fix(&loaded, diagnostic, &mut texts);
    }
    loaded.with_diagnostics(diagnostics)
}

fn needs_fix(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == codes::LONG_PHRASE && diagnostic.fix.is_none()
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
    diagnostic: &Diagnostic,
    texts: &mut CollapsedTexts<'_>,
) -> Option<SourceChange> {
    let (register, text) = (&loaded.register, &*loaded.text);
    let symbol = symbol_at(loaded, diagnostic.span.start);
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
    // Only what stands there for sure is shortened. Another phrase may be misquoted, and a short
    // wrong one is harder to find in the text than a long one.
    if !texts.contains(document, phrase) {
        return None;
    }
    let verb = register
        .get::<Commitment>(record.id())
        .map_or("", |c| c.verb.as_str());
    let phrase_words = shorten_phrase(phrase, verb);
    let written = write_like(diagnostic.span.of(text), &RonValue::text(phrase_words), 0);
    let edit = TextEdit::new(diagnostic.span, written);
    SourceChange::new(shortening_label(), vec![edit])
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
    // Words are slices of the phrase, so their addresses say where they stand in it.
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
        documents: [(id: "d", title: "D", short: "D", kind: Treaty,
            legal_character: LegallyBinding, date: (date: "2020", basis: Stated),
                url: "https://example.org", text: "d.txt")],
        commitments: [(id: "c", title: "C", statement: "S", committers: ["us"], verb: "will",
            strength: "firm", mode: FutureAction, citations: [
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
