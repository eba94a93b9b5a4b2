//! The rules for links and citations, the same for records of every type.

use super::check::Check;
use super::citation::{Citation, MAX_PHRASE_WORDS};
use super::codes;
use super::declare::{PathStep, Visit};
use super::link::composed;
use super::mend::meant_id;
use super::vocabulary::Voice;
use super::{AnyRecord, RecordKind};
use crate::english::with_article;
use ron_lossless::codes as ron;
use ron_lossless::{Diagnostic, nearest};

/// Distances to a hundred thousand ids for each of a thousand faults would take minutes.
const MAX_IDS_FOR_NEAREST: usize = 20_000;
const MAX_FAULTS_FOR_NEAREST: usize = 20;

impl<'a> Check<'a> {
    /// Every link of the record leads somewhere of the right type, and every citation is in order.
    pub fn links(&mut self, record: &'a dyn AnyRecord) {
        let mut found: Vec<(Vec<PathStep>, Fault<'a>)> = Vec::new();
        let register = self.register;
        let left_out = self.reading.left_out;
        let mut path = std::mem::take(&mut self.path);
        record.walk(&mut path, &mut |path, visit| match visit {
            Visit::Link(link) => match register.find(link.id()) {
                Some(at) if at.kind.list() == link.list() => {
                    if link.id() == record.id() {
                        found.push((path.to_vec(), Fault::Itself));
                    }
                }
                Some(at) => found.push((
                    path.to_vec(),
                    Fault::WrongKind(link.id(), link.what(), at.kind.what()),
                )),
                None if left_out.contains(link.id()) => {}
                None => found.push((
                    path.to_vec(),
                    Fault::Dangling(link.id(), link.what(), link.list()),
                )),
            },
            Visit::Citation(citation) => citation_faults(citation, |fault, field| {
                let mut at = path.to_vec();
                at.extend(field.map(PathStep::Field));
                found.push((at, fault));
            }),
            Visit::Text(_) | Visit::Date(_) | Visit::Number(_) => {}
        });
        self.path = path;
        for (path, fault) in found {
            if let Some(problem) = self.problem(&path, fault) {
                self.push(problem);
            }
        }
    }

    fn problem(&self, path: &[PathStep], fault: Fault<'_>) -> Option<Diagnostic> {
        let span = self.span(path);
        Some(match fault {
            Fault::Itself => Diagnostic::error(span, codes::CIRCLE, "This record links to itself")
                .with_help("name another record, or leave the field out"),
            Fault::WrongKind(id, want, is) => Diagnostic::error(
                span,
                codes::WRONG_LINK,
                format!(
                    "\"{id}\" is {}, and {} belongs here",
                    with_article(is),
                    with_article(want)
                ),
            )
            .with_help(format!("write the id of {}", with_article(want))),
            Fault::Dangling(id, what, list) => {
                let message = format!("There is no {what} with the id \"{id}\"");
                let (help, right) = self.meant_link(id, list);
                let problem =
                    Diagnostic::error(span, codes::DANGLING_LINK, message).with_help(help);
                match right {
                    Some(right) => self.meant(problem, id, &right),
                    None => problem,
                }
            }
            Fault::Phrase(words) => Diagnostic::error(
                span,
                codes::LONG_PHRASE,
                format!("The phrase has {words} words; at most {MAX_PHRASE_WORDS} may be quoted"),
            )
            .with_help("keep the words that carry the verb or the number"),
            Fault::Missing(field) => {
                if !self.lacks(path, field) {
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
            Fault::NoWords => Diagnostic::error(
                span,
                codes::EMPTY_TEXT,
                "The phrase of this citation \
                is empty",
            )
            .with_help(
                "write words that stand in the paragraph, or external: true where the \
                    document does not state the fact",
            ),
            Fault::Paragraph => {
                Diagnostic::error(span, codes::BAD_PARAGRAPH, "There is no paragraph 0")
                    .with_help("count paragraphs from 1")
            }
            Fault::Speaker
                if !self.lacks(path.get(..path.len() - 1).unwrap_or(path), "speaker") =>
            {
                return None;
            }
            Fault::Speaker => Diagnostic::error(
                span,
                codes::NO_SPEAKER,
                "Somebody is quoted or paraphrased here, but nothing says who",
            )
            .with_help("add speaker: \"…\" with the id of a party"),
        })
    }

    /// What a link that leads nowhere may have been meant to be, in words; and the id where it is
    /// sure.
    fn meant_link(&self, id: &str, list: &str) -> (String, Option<String>) {
        let register = self.register;
        let same = composed(id);
        if register
            .find(&same)
            .is_some_and(|at| at.kind.list() == list)
        {
            let help = format!(
                "type it again: \"{same}\" looks the same, but is stored in other characters"
            );
            return (help, Some(same));
        }
        let mut sure = None;
        let near = if register.index.len() <= MAX_IDS_FOR_NEAREST
            || self.found() < MAX_FAULTS_FOR_NEAREST
        {
            let known = register.index.iter();
            let mut known: Vec<&str> = known
                .filter(|(_, at)| at.kind.list() == list)
                .map(|(id, _)| &**id)
                .collect();
            // Ties are broken by the alphabet, so that the same file gives the same words.
            known.sort_unstable();
            // It may mean a record that could not be read.
            let unread = self.reading.left_out.iter().map(String::as_str);
            sure = meant_id(id, known.iter().copied().chain(unread))
                .filter(|id| register.find(id).is_some());
            nearest(id, known)
        } else {
            None
        };
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("add a record with this id to `{list}`, or correct the id"),
        };
        (help, sure.map(str::to_owned))
    }
}

enum Fault<'a> {
    Itself,
    WrongKind(&'a str, &'static str, &'static str),
    Dangling(&'a str, &'static str, &'static str),
    Phrase(usize),
    Missing(&'static str),
    NoWords,
    Paragraph,
    Speaker,
}

/// "a party", or what else another record is that has an id already: "another party".
pub fn another(kind: RecordKind, other: RecordKind) -> String {
    if kind == other {
        format!("another {}", other.what())
    } else {
        with_article(other.what())
    }
}

fn citation_faults<'a>(
    citation: &'a Citation,
    mut fault: impl FnMut(Fault<'a>, Option<&'static str>),
) {
    match &citation.phrase {
        Some(phrase) => {
            let words = phrase.split_whitespace().count();
            if words > MAX_PHRASE_WORDS {
                fault(Fault::Phrase(words), Some("phrase"));
            } else if words == 0 && !citation.external {
                fault(Fault::NoWords, Some("phrase"));
            }
        }
        None if !citation.external => fault(Fault::Missing("phrase"), None),
        None => {}
    }
    match citation.paragraph {
        Some(0) => fault(Fault::Paragraph, Some("paragraph")),
        None if !citation.external => fault(Fault::Missing("paragraph"), None),
        _ => {}
    }
    if matches!(citation.voice(), Voice::Quoted | Voice::Paraphrased) && citation.speaker.is_none()
    {
        fault(Fault::Speaker, Some("voice"));
    }
}
