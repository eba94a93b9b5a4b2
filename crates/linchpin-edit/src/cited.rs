//! What the documents' texts say of a register, as problems with their repairs: phrases that stand
//! elsewhere or nowhere, texts that have changed, sentences that nobody has looked at.

use super::phrase::shortened_by;
use super::{Edit, Target, plan, value_at};
use linchpin_reading::{
    CheckedCitation, CoverageIndex, DocumentText, SentenceState, TextLibrary, TextState,
    VerificationOutcome, verify_citations,
};
use linchpin_register::declare::PathStep;
use linchpin_register::document::is_relative_inside_folder;
use linchpin_register::vocabulary::CodingExtent;
use linchpin_register::{Document, LoadedRegister, RecordKind, RecordRef, codes};
use linchpin_text::prose::{Found, Prose, nearest};
use ron_lossless::{Diagnostic, RonValue, SourceChange};

/// So many bytes of paragraphs are looked through for the nearest words, for all broken phrases
/// together.
const MAX_NEAR_BYTES: usize = 4 << 20;
/// The most words of a sentence or a paragraph that are shown.
pub const SHOWN_WORDS: usize = 10;

/// Something that a text says of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub problem: Diagnostic,
    pub about: About,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A citation: its number among those that were looked into.
    Citation(usize),
    /// The text of the document with this id.
    Text(String),
    /// The sentences of the document with this id.
    Sentences(String),
}

/// The same register with everything that its documents' texts say, where there are any.
pub fn with_texts(loaded: LoadedRegister, library: &TextLibrary) -> LoadedRegister {
    match library.is_empty() {
        true => loaded,
        false => {
            let checked = verify_citations(&loaded.register, library);
            with_findings(loaded, library, &checked)
        }
    }
}

/// The same, of citations that have been looked into.
pub fn with_findings(
    loaded: LoadedRegister,
    library: &TextLibrary,
    checked: &[CheckedCitation],
) -> LoadedRegister {
    let found = findings(&loaded, library, checked);
    let loaded = shortened_by(loaded, library);
    loaded.with_added_diagnostics(found.into_iter().map(|found| found.problem).collect())
}

/// Everything that the texts say, in the order of the register's text.
pub fn findings(
    loaded: &LoadedRegister,
    library: &TextLibrary,
    checked: &[CheckedCitation],
) -> Vec<Finding> {
    if library.is_empty() {
        return Vec::new();
    }
    let coverages = CoverageIndex::new(library, checked);
    let mut finder = Finder {
        loaded,
        library,
        near_bytes: MAX_NEAR_BYTES,
    };
    let mut all = Vec::new();
    for (index, one) in checked.iter().enumerate() {
        if let Some(problem) = finder.citation(one) {
            let about = About::Citation(index);
            all.push(Finding { problem, about });
        }
    }
    let is_found = |one: &CheckedCitation| match &one.outcome {
        VerificationOutcome::Searched(Found::Moved { .. } | Found::Broken) => false,
        VerificationOutcome::Searched(_) | VerificationOutcome::NoText => true,
    };
    let unsound = checked.iter().filter(|one| !is_found(one));
    let unsound: std::collections::HashSet<&str> = unsound
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
            && let Some(problem) = finder.text(at, document, text, !unsound.contains(id))
        {
            let about = About::Text(id.to_owned());
            all.push(Finding { problem, about });
        }
        if document.coded == Some(CodingExtent::Whole)
            && let Some(problem) = finder.sentences(at, document, &coverages)
        {
            let about = About::Sentences(id.to_owned());
            all.push(Finding { problem, about });
        }
    }
    all.sort_by_key(|found| (found.problem.span.start, found.problem.span.end));
    all
}

struct Finder<'a> {
    loaded: &'a LoadedRegister,
    library: &'a TextLibrary,
    near_bytes: usize,
}

impl Finder<'_> {
    /// What is wrong with a citation's phrase.
    fn citation(&mut self, one: &CheckedCitation) -> Option<Diagnostic> {
        let VerificationOutcome::Searched(found) = &one.outcome else {
            return None;
        };
        let prose = self.library.prose(&one.document)?;
        let span = |field: &'static str| {
            let path = field_of(&one.path, field);
            self.loaded.field_span(one.record, &path)
        };
        let paragraph = one.paragraph.unwrap_or_default();
        Some(match found {
            Found::Exact(_) => return None,
            Found::Normalized(range) => {
                let words = prose.text().get(range.clone()).unwrap_or_default();
                let change = self.set(
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
                .with_help(format!("write \"{}\", as the text has it", shown(words)))
                .with_fix_if_any(change)
            }
            Found::Moved {
                paragraph: now,
                others: 0,
                ..
            } => {
                let words = format!("Write paragraph {now}");
                let change = self.set(one, "paragraph", RonValue::bare(now.to_string()), &words);
                Diagnostic::warning(
                    span("paragraph"),
                    codes::PHRASE_MOVED,
                    format!(
                        "The phrase \"{}\" stands in paragraph {now}, not in {paragraph}",
                        shown(&one.phrase)
                    ),
                )
                .with_help(format!("write paragraph: {now}"))
                .with_fix_if_any(change)
            }
            Found::Moved {
                paragraph: now,
                others,
                ..
            } => Diagnostic::warning(
                span("paragraph"),
                codes::PHRASE_MOVED,
                format!(
                    "The phrase \"{}\" does not stand in paragraph {paragraph}, but in {} others",
                    shown(&one.phrase),
                    others + 1
                ),
            )
            .with_help(format!(
                "write the paragraph that is meant; the first is {now}. More words would \
                make it the only place"
            )),
            Found::Broken => {
                let span = span("phrase");
                Diagnostic::error(
                    span,
                    codes::PHRASE_BROKEN,
                    "Citation broken: these words stand \
                    nowhere in the text",
                )
                .with_help(self.way_out(one, prose))
            }
        })
    }

    /// What may be right where a phrase stands nowhere.
    fn way_out(&mut self, one: &CheckedCitation, prose: &Prose) -> String {
        let Some(number) = one.paragraph else {
            return "write words that stand in the text, and their paragraph".into();
        };
        let Some(paragraph) = prose.paragraph(number) else {
            let count = prose.len();
            return format!("there is no paragraph {number}: the text has {count}");
        };
        let near = match self.near_bytes.checked_sub(paragraph.len()) {
            Some(left) => {
                self.near_bytes = left;
                nearest(paragraph, &one.phrase).and_then(|range| paragraph.get(range))
            }
            None => None,
        };
        match near {
            Some(words) => format!("paragraph {number} has \"{}\"", shown(words)),
            None => format!(
                "write words that stand in paragraph {number}, or the paragraph where these stand \
                in the document"
            ),
        }
    }

    /// Gives a field of a citation anew, where the text of the register says there what was looked
    /// for.
    fn set(
        &self,
        one: &CheckedCitation,
        field: &'static str,
        value: RonValue,
        words: &str,
    ) -> Option<SourceChange> {
        let record = self.loaded.register.record(one.record)?;
        let target = Target::Record(record.id().to_owned());
        // Two records may have one id, and items that could not be read are not counted.
        let is_same = self.loaded.register.find(record.id()) == Some(one.record)
            && value_at(self.loaded, &target, &field_of(&one.path, "phrase"))
                == Some(RonValue::text(&*one.phrase))
            && value_at(self.loaded, &target, &field_of(&one.path, "document"))
                == Some(RonValue::text(&*one.document));
        if !is_same {
            return None;
        }
        let path = field_of(&one.path, field);
        let value = Some(value);
        let edit = Edit::set(target, path, value);
        let change = plan(self.loaded, &edit).ok()?;
        SourceChange::new(words, change.edits)
    }

    /// What is wrong with a document's text. `is_sound`: every phrase stands where it should.
    fn text(
        &self,
        at: RecordRef,
        document: &Document,
        text: &DocumentText,
        is_sound: bool,
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
                    Target::Record(document.id.as_str().to_owned()),
                    vec![PathStep::Field("text_sha256")],
                    Some(RonValue::text(&*text.sha256)),
                );
                let is_own = self.loaded.register.find(document.id.as_str()) == Some(at);
                let change = plan(self.loaded, &edit).ok().filter(|_| is_own && is_sound);
                let help = match is_sound {
                    true => {
                        "every phrase stands in it as it is now: take it as the text that is \
                        meant, or attach the one that was"
                    }
                    false => {
                        "mend the citations that no longer stand in it first, or attach the text \
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
    fn sentences(
        &self,
        at: RecordRef,
        document: &Document,
        coverages: &CoverageIndex<'_>,
    ) -> Option<Diagnostic> {
        let coverage = coverages.coverage_of(document.id.as_str())?;
        let mut open = coverage
            .sentences
            .iter()
            .filter(|s| s.state == SentenceState::Open);
        let first = open.next()?;
        let (count, all) = (1 + open.count(), coverage.sentences.len());
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
            shown(words)
        )))
    }
}

fn field_of(path: &[PathStep], field: &'static str) -> Vec<PathStep> {
    let mut path = path.to_vec();
    path.push(PathStep::Field(field));
    path
}

/// The first words of a text, with "…" where there are more.
pub fn shown(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(SHOWN_WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", first.join(" "))
}
