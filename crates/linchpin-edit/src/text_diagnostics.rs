//! What the documents' texts say of a register, as problems with their repairs: phrases that stand
//! elsewhere or nowhere, texts that have changed, sentences that nobody has looked at.

use super::long_phrase::with_shortening_fixes;
use super::{Edit, EditTarget, plan_edit, value_at};
use linchpin_reading::{
    CheckedCitation, CoverageIndex, DocumentText, SentenceState, TextLibrary, TextState,
    VerificationOutcome, verify_citations,
};
use linchpin_register::document::is_relative_inside_folder;
use linchpin_register::schema::PathStep;
use linchpin_register::vocabulary::CodingExtent;
use linchpin_register::{Document, LoadedRegister, RecordKind, RecordRef, codes};
use linchpin_text::prose::{PhraseMatch, Prose, closest_passage};
use ron_lossless::{Diagnostic, RonValue, SourceChange};

/// So many bytes of paragraphs are looked through for the nearest words, for all broken phrases
/// together.
const MAX_SEARCH_BYTES: usize = 4 << 20;
/// The most words of a sentence or a paragraph that are shown.
pub const MAX_EXCERPT_WORDS: usize = 10;

/// Something that a text says of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct TextDiagnostic {
    pub diagnostic: Diagnostic,
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
        if let Some(problem) = checker.check_citation(one) {
            let about = TextDiagnosticSubject::Citation(index);
            all.push(TextDiagnostic {
                diagnostic: problem,
                subject: about,
            });
        }
    }
    let is_found = |one: &CheckedCitation| match &one.outcome {
        VerificationOutcome::Searched(PhraseMatch::Moved { .. } | PhraseMatch::Broken) => false,
        VerificationOutcome::Searched(_) | VerificationOutcome::NoText => true,
    };
    let with_broken_citations = checked.iter().filter(|one| !is_found(one));
    let with_broken_citations: std::collections::HashSet<&str> = with_broken_citations
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
        if text.document == id
            && let Some(problem) =
                checker.check_text(at, document, text, !with_broken_citations.contains(id))
        {
            let about = TextDiagnosticSubject::Text(id.to_owned());
            all.push(TextDiagnostic {
                diagnostic: problem,
                subject: about,
            });
        }
        if document.coded == Some(CodingExtent::Whole)
            && let Some(problem) = checker.check_sentences(at, document, &coverages)
        {
            let about = TextDiagnosticSubject::Sentences(id.to_owned());
            all.push(TextDiagnostic {
                diagnostic: problem,
                subject: about,
            });
        }
    }
    all.sort_by_key(|found| (found.diagnostic.span.start, found.diagnostic.span.end));
    all
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
        let paragraph = one.paragraph.unwrap_or_default();
        Some(match found {
            PhraseMatch::Exact(_) => return None,
            PhraseMatch::Normalized(range) => {
                let words = prose.text().get(range.clone()).unwrap_or_default();
                let change = self.field_fix(
                    one,
                    "phrase",
                    RonValue::text(words),
                    "Write the text's own \
                    words",
                );
                Diagnostic::warning(
                    span("phrase"),
                    codes::PHRASE_NORMALIZED,
                    "These words stand there but for quotation marks, dashes, case or white space",
                )
                .with_help(format!(
                    "write \"{}\", as the text has it",
                    first_words(words)
                ))
                .with_fix_if_any(change)
            }
            PhraseMatch::Moved {
                paragraph: now,
                others: 0,
                ..
            } => {
                let words = format!("Write paragraph {now}");
                let change =
                    self.field_fix(one, "paragraph", RonValue::bare(now.to_string()), &words);
                Diagnostic::warning(
                    span("paragraph"),
                    codes::PHRASE_MOVED,
                    format!(
                        "The phrase \"{}\" stands in paragraph {now}, not in {paragraph}",
                        first_words(&one.phrase)
                    ),
                )
                .with_help(format!("write paragraph: {now}"))
                .with_fix_if_any(change)
            }
            PhraseMatch::Moved {
                paragraph: now,
                others,
                ..
            } => Diagnostic::warning(
                span("paragraph"),
                codes::PHRASE_MOVED,
                format!(
                    "The phrase \"{}\" does not stand in paragraph {paragraph}, but in {} others",
                    first_words(&one.phrase),
                    others + 1
                ),
            )
            .with_help(format!(
                "write the paragraph that is meant; the first is {now}. More words would \
                make it the only place"
            )),
            PhraseMatch::Broken => {
                let span = span("phrase");
                Diagnostic::error(
                    span,
                    codes::PHRASE_BROKEN,
                    "Citation broken: these words stand \
                    nowhere in the text",
                )
                .with_help(self.broken_phrase_help(one, prose))
            }
        })
    }

    /// What may be right where a phrase stands nowhere.
    fn broken_phrase_help(&mut self, one: &CheckedCitation, prose: &Prose) -> String {
        let Some(number) = one.paragraph else {
            return "write words that stand in the text, and their paragraph".into();
        };
        let Some(paragraph) = prose.paragraph(number) else {
            let count = prose.len();
            return format!("there is no paragraph {number}: the text has {count}");
        };
        let nearest_words = match self.search_budget.checked_sub(paragraph.len()) {
            Some(left) => {
                self.search_budget = left;
                closest_passage(paragraph, &one.phrase).and_then(|range| paragraph.get(range))
            }
            None => None,
        };
        match nearest_words {
            Some(words) => format!("paragraph {number} has \"{}\"", first_words(words)),
            None => format!(
                "write words that stand in paragraph {number}, or the paragraph where these stand \
                in the document"
            ),
        }
    }

    /// Gives a field of a citation anew, where the text of the register says there what was looked
    /// for.
    fn field_fix(
        &self,
        one: &CheckedCitation,
        field: &'static str,
        value: RonValue,
        label: &str,
    ) -> Option<SourceChange> {
        let record = self.loaded.register.record(one.record)?;
        let target = EditTarget::Record(record.id().to_owned());
        // Two records may have one id, and items that could not be read are not counted.
        let is_same = self.loaded.register.find(record.id()) == Some(one.record)
            && value_at(self.loaded, &target, &field_path(&one.path, "phrase"))
                == Some(RonValue::text(&*one.phrase))
            && value_at(self.loaded, &target, &field_path(&one.path, "document"))
                == Some(RonValue::text(&*one.document));
        if !is_same {
            return None;
        }
        let path = field_path(&one.path, field);
        let value = Some(value);
        let edit = Edit::set(target, path, value);
        let change = plan_edit(self.loaded, &edit).ok()?;
        SourceChange::new(label, change.edits)
    }

    /// What is wrong with a document's text. `is_sound`: every phrase stands where it should.
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
            TextState::Missing(why) => Some(
                Diagnostic::warning(
                    span("text"),
                    codes::TEXT_MISSING,
                    format!("The text of this document cannot be read: {why}"),
                )
                .with_help(format!(
                    "put it at \"{}\" next to the register, or attach it again",
                    text.path
                )),
            ),
            TextState::Changed => {
                let edit = Edit::set(
                    EditTarget::Record(document.id.as_str().to_owned()),
                    vec![PathStep::Field("text_sha256")],
                    Some(RonValue::text(&*text.sha256)),
                );
                let is_own = self.loaded.register.find(document.id.as_str()) == Some(at);
                let change = plan_edit(self.loaded, &edit)
                    .ok()
                    .filter(|_| is_own && citations_hold);
                let help = match citations_hold {
                    true => {
                        "every phrase stands in it as it is now: take it as the text that is \
                        meant, or attach the one that was"
                    }
                    false => {
                        "fix the citations that no longer stand in it first, or attach the text \
                        that was"
                    }
                };
                Some(
                    Diagnostic::warning(
                        span("text_sha256"),
                        codes::TEXT_CHANGED,
                        "The text of this document is another one than the one that was attached",
                    )
                    .with_help(help)
                    .with_fix_if_any(
                        change
                            .and_then(|c| SourceChange::new("Take the text as it is now", c.edits)),
                    ),
                )
            }
        }
    }

    /// The sentences of a document that is said to be coded whole, and that nobody has looked at.
    fn check_sentences(
        &self,
        at: RecordRef,
        document: &Document,
        coverages: &CoverageIndex<'_>,
    ) -> Option<Diagnostic> {
        let coverage = coverages.coverage_of(document.id.as_str())?;
        let mut open_sentences = coverage
            .sentences
            .iter()
            .filter(|s| s.state == SentenceState::Open);
        let first = open_sentences.next()?;
        let (count, all) = (1 + open_sentences.count(), coverage.sentences.len());
        let has = if count == 1 { "has" } else { "have" };
        let words = self
            .library
            .prose(document.id.as_str())?
            .text()
            .get(first.range.clone())?;
        let problem = Diagnostic::warning(
            self.loaded.field_span(at, &[PathStep::Field("coded")]),
            codes::OPEN_SENTENCES,
            format!(
                "{count} of the {all} sentences of this document {has} neither a record nor a \
                dismissal"
            ),
        );
        Some(problem.with_help(format!(
            "code or dismiss them, or write how far it is coded. The first is sentence {} of \
            paragraph {}: \"{}\"",
            first.number,
            first.paragraph,
            first_words(words)
        )))
    }
}

fn field_path(path: &[PathStep], field: &'static str) -> Vec<PathStep> {
    let mut path = path.to_vec();
    path.push(PathStep::Field(field));
    path
}

/// The first words of a text, with "…" where there are more.
pub fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(MAX_EXCERPT_WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", first.join(" "))
}
