//! What the checks of all records share: their place in the text, links, citations, circles.

use super::citation::{Citation, Dated, MAX_PHRASE_WORDS};
use super::declare::{PathStep, Visit};
use super::vocabulary::{Basis, Voice};
use super::{AnyRecord, RecordRef, Register};
use crate::ron_text::{NodeId, Problem, Severity, Span, Tree, nearest};

/// The most problems that are kept; the rest are counted.
pub const MAX_PROBLEMS: usize = 1000;
/// The longest text of one field, in characters, that is not remarked on.
const LONG_TEXT_CHARS: usize = 5000;

/// Collects problems while the records are checked.
pub struct Check<'a> {
    register: &'a Register,
    text: &'a str,
    tree: &'a Tree,
    sites: &'a [Vec<NodeId>],
    node: NodeId,
    problems: Vec<Problem>,
    left_out: usize,
}

impl<'a> Check<'a> {
    /// `sites`: the node of every record, by type.
    pub fn new(
        register: &'a Register,
        text: &'a str,
        tree: &'a Tree,
        sites: &'a [Vec<NodeId>],
    ) -> Self {
        Check {
            register,
            text,
            tree,
            sites,
            node: 0,
            problems: Vec::new(),
            left_out: 0,
        }
    }

    /// The problems, and how many more there were than are kept.
    pub fn finish(self) -> (Vec<Problem>, usize) {
        (self.problems, self.left_out)
    }

    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// Everything from here on concerns this record.
    pub fn enter(&mut self, at: RecordRef) {
        self.node = self.site(at);
    }

    fn site(&self, at: RecordRef) -> NodeId {
        self.sites
            .get(at.kind as usize)
            .and_then(|s| s.get(at.index as usize))
            .copied()
            .unwrap_or(0)
    }

    /// Reports an error at a field of the record, or at its id where the field is not given.
    pub fn error(
        &mut self,
        path: &[&'static str],
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(path, Severity::Error, code, message, help);
    }

    /// Reports something that is probably not meant so.
    pub fn warning(
        &mut self,
        path: &[&'static str],
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(path, Severity::Warning, code, message, help);
    }

    fn report(
        &mut self,
        path: &[&'static str],
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let steps: Vec<PathStep> = path.iter().map(|f| PathStep::Field(f)).collect();
        self.push(Problem {
            severity,
            ..Problem::error(self.span(&steps), code, message).help(help)
        });
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem)
        } else {
            self.left_out += 1
        }
    }

    fn span(&self, path: &[PathStep]) -> Span {
        span_of(self.text, self.tree, self.node, path)
    }

    /// A text that must say something.
    pub fn text(&mut self, field: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.error(
                &[field],
                "empty-text",
                format!("{field} is empty"),
                "write something, or remove the record",
            );
        } else if text.len() > LONG_TEXT_CHARS && text.chars().count() > LONG_TEXT_CHARS {
            self.warning(
                &[field],
                "long-text",
                format!("{field} has {} characters", text.chars().count()),
                "shorten it to what a reader needs",
            );
        }
    }

    /// At least one citation.
    pub fn cited(&mut self, citations: &[Citation]) {
        if citations.is_empty() {
            self.error(
                &["citations"],
                "no-citation",
                "This record cites nothing",
                "add citations: [(document: \"…\", paragraph: 1, phrase: \"…\")]",
            );
        }
    }

    /// A date with what it rests on.
    pub fn dated(&mut self, path: &[&'static str], dated: &Dated) {
        match dated.basis {
            Basis::Derived if dated.arithmetic.is_none() => {
                self.error(
                    path,
                    "no-arithmetic",
                    "A derived date without its arithmetic",
                    "add arithmetic: \"1953 + 100\"",
                );
            }
            Basis::External if dated.citations.is_empty() => {
                self.error(
                    path,
                    "no-citation",
                    "A date from elsewhere without its citation",
                    "add citations: [(document: \"…\", external: true)]",
                );
            }
            _ => {}
        }
    }

    /// Every link of the record leads somewhere of the right type, and every citation is in order.
    pub fn links(&mut self, record: &dyn AnyRecord) {
        let mut found = Vec::new();
        let register = self.register;
        record.walk(&mut Vec::new(), &mut |path, visit| match visit {
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
        for (path, fault) in found {
            let problem = self.problem(&path, fault);
            self.push(problem);
        }
    }

    fn problem(&self, path: &[PathStep], fault: Fault<'_>) -> Problem {
        let span = self.span(path);
        match fault {
            Fault::Itself => Problem::error(span, "circle", "This record links to itself")
                .help("name another record, or leave the field out"),
            Fault::WrongKind(id, want, is) => Problem::error(
                span,
                "wrong-link",
                format!("\"{id}\" is a {is}, but a {want} is needed here"),
            )
            .help(format!("write the id of a {want}")),
            Fault::Dangling(id, what, list) => {
                let problem = Problem::error(
                    span,
                    "dangling-link",
                    format!("There is no {what} with the id \"{id}\""),
                );
                // Distances to a hundred thousand ids for each of a thousand faults would take minutes.
                let known = self
                    .register
                    .index
                    .iter()
                    .filter(|(_, at)| at.kind.list() == list)
                    .map(|(id, _)| id.as_str());
                let near = if self.register.index.len() <= 20_000 || self.problems.len() < 20 {
                    nearest_sorted(id, known)
                } else {
                    None
                };
                match near {
                    Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                    None => problem.help(format!("add the record to {list}, or correct the id")),
                }
            }
            Fault::Phrase(words) => Problem::error(
                span,
                "long-phrase",
                format!("The phrase has {words} words; at most {MAX_PHRASE_WORDS} may be quoted"),
            )
            .help("keep the words that carry the verb or the number"),
            Fault::Missing(field) => Problem::error(
                span,
                "missing-field",
                format!("The citation has no {field}"),
            )
            .help("add it, or external: true where the document does not state the fact"),
            Fault::Paragraph => {
                Problem::error(span, "bad-paragraph", "Paragraphs are counted from 1")
                    .help("write 1 for the first paragraph")
            }
            Fault::Speaker => Problem::error(span, "no-speaker", "Somebody's words, but not whose")
                .help("add speaker: \"…\" with the id of a party"),
        }
    }

    /// No record is above itself.
    pub fn circles(&mut self) {
        let register = self.register;
        // 0: not seen; otherwise the number of the walk that saw it.
        let mut seen: std::collections::HashMap<RecordRef, u32> = std::collections::HashMap::new();
        let mut walk = 0;
        for (start, record) in register.all() {
            if record.parent().is_none() || seen.contains_key(&start) {
                continue;
            }
            walk += 1;
            let mut at = start;
            loop {
                match seen.insert(at, walk) {
                    None => {}
                    Some(earlier) if earlier == walk => {
                        self.enter(at);
                        let name = register.record(at).map_or("", |r| r.id());
                        self.error(
                            &["parent"],
                            "circle",
                            format!("\"{name}\" is above itself: its parents go round in a circle"),
                            "take one parent of the circle away",
                        );
                        break;
                    }
                    Some(_) => break,
                }
                let up = register
                    .record(at)
                    .and_then(|r| r.parent())
                    .and_then(|(kind, id)| register.find(id).filter(|up| up.kind == kind));
                match up {
                    // A record that names itself is reported with its links.
                    Some(up) if up != at => at = up,
                    _ => break,
                }
            }
        }
    }
}

enum Fault<'a> {
    Itself,
    WrongKind(&'a str, &'static str, &'static str),
    Dangling(&'a str, &'static str, &'static str),
    Phrase(usize),
    Missing(&'static str),
    Paragraph,
    Speaker,
}

/// Ties are broken by the alphabet, so that the same file gives the same words.
fn nearest_sorted<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    nearest(id, known)
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
                fault(Fault::Missing("phrase"), Some("phrase"));
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

/// Where a value of a record stands: the deepest part of the path that the text has. For a missing field of the record, its id.
pub fn span_of(text: &str, tree: &Tree, record: NodeId, path: &[PathStep]) -> Span {
    let mut node = record;
    for (depth, step) in path.iter().enumerate() {
        let next = match *step {
            PathStep::Field(name) => tree.field(text, node, name),
            PathStep::Index(index) => tree.children(node).nth(index),
        };
        match next {
            Some(next) => node = next,
            None if depth == 0 => {
                return tree
                    .field(text, record, "id")
                    .map_or(tree.span(record), |id| tree.span(id));
            }
            None => break,
        }
    }
    tree.span(node)
}
