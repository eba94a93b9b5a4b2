//! The rules for links and citations, the same for records of every type.

use super::check::CheckContext;
use super::citation::{Citation, MAX_PHRASE_WORDS};
use super::codes;
use super::id_fixes::only_likely_id;
use super::link::to_nfc;
use super::schema::{PathStep, VisitedValue};
use super::vocabulary::Voice;
use super::{AnyRecord, RecordKind};
use crate::english::with_article;
use ron_lossless::codes as ron;
use ron_lossless::{Diagnostic, nearest};

/// Distances to a hundred thousand ids for each of a thousand faults would take minutes.
const MAX_IDS_FOR_NEAREST: usize = 20_000;
const MAX_DIAGNOSTICS_FOR_NEAREST: usize = 20;

impl<'a> CheckContext<'a> {
    /// Every link of the record leads somewhere of the right type, and every citation is in order.
    pub fn check_links(&mut self, record: &'a dyn AnyRecord) {
        let mut found: Vec<(Vec<PathStep>, LinkError<'a>)> = Vec::new();
        let register = self.register;
        let left_out = self.input.unloaded_ids;
        let mut path = std::mem::take(&mut self.path);
        record.walk(&mut path, &mut |path, visit| match visit {
            VisitedValue::Link(link) => match register.find(link.id()) {
                Some(at) if at.kind.list() == link.list_name() => {
                    if link.id() == record.id() {
                        found.push((path.to_vec(), LinkError::SelfLink));
                    }
                }
                Some(at) => found.push((
                    path.to_vec(),
                    LinkError::WrongKind(link.id(), link.kind_name(), at.kind.what()),
                )),
                None if left_out.contains(link.id()) => {}
                None => found.push((
                    path.to_vec(),
                    LinkError::Dangling(link.id(), link.kind_name(), link.list_name()),
                )),
            },
            VisitedValue::Citation(citation) => check_citation(citation, |error, field| {
                let mut at = path.to_vec();
                at.extend(field.map(PathStep::Field));
                found.push((at, error));
            }),
            VisitedValue::Text(_) | VisitedValue::Date(_) | VisitedValue::Number(_) => {}
        });
        self.path = path;
        for (path, error) in found {
            if let Some(problem) = self.diagnostic(&path, error) {
                self.push(problem);
            }
        }
    }

    fn diagnostic(&self, path: &[PathStep], error: LinkError<'_>) -> Option<Diagnostic> {
        let span = self.span(path);
        Some(match error {
            LinkError::SelfLink => {
                Diagnostic::error(span, codes::CIRCLE, "This record links to itself")
                    .with_help("name another record, or leave the field out")
            }
            LinkError::WrongKind(id, want, is) => Diagnostic::error(
                span,
                codes::WRONG_LINK,
                format!(
                    "\"{id}\" is {}, and {} belongs here",
                    with_article(is),
                    with_article(want)
                ),
            )
            .with_help(format!("write the id of {}", with_article(want))),
            LinkError::Dangling(id, what, list) => {
                let message = format!("There is no {what} with the id \"{id}\"");
                let (help, right) = self.suggest_link(id, list);
                let problem =
                    Diagnostic::error(span, codes::DANGLING_LINK, message).with_help(help);
                match right {
                    Some(right) => self.with_replacement(problem, id, &right),
                    None => problem,
                }
            }
            LinkError::LongPhrase(words) => Diagnostic::error(
                span,
                codes::LONG_PHRASE,
                format!("The phrase has {words} words; at most {MAX_PHRASE_WORDS} may be quoted"),
            )
            .with_help("keep the words that carry the verb or the number"),
            LinkError::MissingField(field) => {
                if !self.is_missing(path, field) {
                    return None;
                }
                Diagnostic::error(
                    span,
                    ron::MISSING_FIELD,
                    format!("This citation has no {field}"),
                )
                .with_help(format!(
                    "add {field}: …, or external: true where the document does not state the fact"
                ))
            }
            LinkError::EmptyPhrase => Diagnostic::error(
                span,
                codes::EMPTY_TEXT,
                "The phrase of this citation \
                is empty",
            )
            .with_help(
                "write words that stand in the paragraph, or external: true where the \
                    document does not state the fact",
            ),
            LinkError::ParagraphZero => {
                Diagnostic::error(span, codes::BAD_PARAGRAPH, "There is no paragraph 0")
                    .with_help("count paragraphs from 1")
            }
            LinkError::NoSpeaker
                if !self.is_missing(path.get(..path.len() - 1).unwrap_or(path), "speaker") =>
            {
                return None;
            }
            LinkError::NoSpeaker => Diagnostic::error(
                span,
                codes::NO_SPEAKER,
                "Somebody is quoted or paraphrased here, but nothing says who",
            )
            .with_help("add speaker: \"…\" with the id of a party"),
        })
    }

    /// What a link that leads nowhere may have been meant to be, in words; and the id where it is
    /// sure.
    fn suggest_link(&self, id: &str, list: &str) -> (String, Option<String>) {
        let register = self.register;
        let composed_id = to_nfc(id);
        if register
            .find(&composed_id)
            .is_some_and(|at| at.kind.list() == list)
        {
            let help = format!(
                "type it again: \"{composed_id}\" looks the same, but is stored in other characters"
            );
            return (help, Some(composed_id));
        }
        let mut replacement = None;
        let near = if register.index.len() <= MAX_IDS_FOR_NEAREST
            || self.diagnostic_count() < MAX_DIAGNOSTICS_FOR_NEAREST
        {
            let known = register.index.iter();
            let mut known: Vec<&str> = known
                .filter(|(_, at)| at.kind.list() == list)
                .map(|(id, _)| &**id)
                .collect();
            // Ties are broken by the alphabet, so that the same file gives the same words.
            known.sort_unstable();
            // It may mean a record that could not be read.
            let unread = self.input.unloaded_ids.iter().map(String::as_str);
            replacement = only_likely_id(id, known.iter().copied().chain(unread))
                .filter(|id| register.find(id).is_some());
            nearest(id, known)
        } else {
            None
        };
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("add a record with this id to `{list}`, or correct the id"),
        };
        (help, replacement.map(str::to_owned))
    }
}

enum LinkError<'a> {
    SelfLink,
    WrongKind(&'a str, &'static str, &'static str),
    Dangling(&'a str, &'static str, &'static str),
    LongPhrase(usize),
    MissingField(&'static str),
    EmptyPhrase,
    ParagraphZero,
    NoSpeaker,
}

/// "a party", or what else another record is that has an id already: "another party".
pub fn article_or_another(kind: RecordKind, other: RecordKind) -> String {
    if kind == other {
        format!("another {}", other.what())
    } else {
        with_article(other.what())
    }
}

fn check_citation<'a>(
    citation: &'a Citation,
    mut report: impl FnMut(LinkError<'a>, Option<&'static str>),
) {
    match &citation.phrase {
        Some(phrase) => {
            let words = phrase.split_whitespace().count();
            if words > MAX_PHRASE_WORDS {
                report(LinkError::LongPhrase(words), Some("phrase"));
            } else if words == 0 && !citation.external {
                report(LinkError::EmptyPhrase, Some("phrase"));
            }
        }
        None if !citation.external => report(LinkError::MissingField("phrase"), None),
        None => {}
    }
    match citation.paragraph {
        Some(0) => report(LinkError::ParagraphZero, Some("paragraph")),
        None if !citation.external => report(LinkError::MissingField("paragraph"), None),
        _ => {}
    }
    if matches!(
        citation.effective_voice(),
        Voice::Quoted | Voice::Paraphrased
    ) && citation.speaker.is_none()
    {
        report(LinkError::NoSpeaker, Some("voice"));
    }
}
