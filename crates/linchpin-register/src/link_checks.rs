//! The rules for ids, links and citations, the same for records of every type, and what sets ids
//! and links right: that takes knowing the whole register.

use super::check::CheckContext;
use super::citation::{Citation, MAX_PHRASE_WORDS};
use super::codes;
use super::link::{MAX_ID_CHARS, slug, to_nfc};
use super::messages::{MeantId, Problem, rename_id_fix, write_fix};
use super::record_spans::text_value;
use super::schema::{AnyLink, FieldSpec, PathStep, VisitedValue};
use super::vocabulary::Voice;
use super::{AnyRecord, FieldType, RecordKind, RecordRef, Register};
use ron_lossless::{
    Diagnostic, NodeId, NodeKind, SourceChange, Span, TextEdit, Tree, nearest, only_near_match,
};
use std::collections::{HashMap, HashSet};

/// Distances to a hundred thousand ids for each of a thousand broken links would take minutes: in a
/// register of more ids than this …
const MAX_IDS_FOR_NEAREST: usize = 20_000;
/// … only the first broken links get a suggestion.
const MAX_DIAGNOSTICS_FOR_NEAREST: usize = 20;

impl<'a> CheckContext<'a> {
    /// Every link of the record leads somewhere of the right type, and every citation is in order.
    pub fn check_links(&mut self, record: &'a dyn AnyRecord) {
        // What is found is reported after the walk, which borrows the path.
        let mut found: Vec<(Vec<PathStep>, LinkError<'a>)> = Vec::new();
        let register = self.register;
        let unloaded_ids = self.input.unloaded_ids;
        let mut path = std::mem::take(&mut self.path);
        record.walk(&mut path, &mut |path, visit| match visit {
            VisitedValue::Link(link) => {
                let error = match register.find(link.id()) {
                    Some(at) if at.kind != link.kind() => LinkError::WrongKind(link, at.kind),
                    Some(_) if link.id() == record.id() => LinkError::SelfLink,
                    Some(_) => return,
                    // Its record is there, and its own problems have been reported.
                    None if unloaded_ids.contains(link.id()) => return,
                    None => LinkError::Dangling(link),
                };
                found.push((path.to_vec(), error));
            }
            VisitedValue::Citation(citation) => check_citation(citation, |error, field| {
                let mut at = path.to_vec();
                at.extend(field.map(PathStep::Field));
                found.push((at, error));
            }),
            _ => {}
        });
        self.path = path;
        for (path, error) in found {
            if let Some(problem) = self.diagnostic(&path, &error) {
                self.push(problem);
            }
        }
    }

    fn diagnostic(&self, path: &[PathStep], error: &LinkError<'_>) -> Option<Diagnostic> {
        let problem = match *error {
            LinkError::SelfLink => Problem::SelfLink,
            LinkError::WrongKind(link, found) => Problem::WrongLink {
                id: link.id(),
                found,
                wanted: link.kind(),
            },
            LinkError::Dangling(link) => return Some(self.dangling_link(path, link)),
            LinkError::LongPhrase(words) => Problem::LongPhrase { words },
            LinkError::MissingField(field) => {
                if !self.is_missing(path, field) {
                    return None;
                }
                Problem::NoCitationField { field }
            }
            LinkError::EmptyPhrase => Problem::EmptyPhrase,
            LinkError::ParagraphZero => Problem::ParagraphZero,
            LinkError::NoSpeaker => {
                let citation = path.split_last().map_or(path, |(_, citation)| citation);
                if !self.is_missing(citation, "speaker") {
                    return None;
                }
                Problem::NoSpeaker
            }
        };
        Some(problem.at(self.span(path)))
    }

    /// A link that leads nowhere: what it may have been meant to be, and the fix where that is
    /// sure.
    fn dangling_link(&self, path: &[PathStep], link: &dyn AnyLink) -> Diagnostic {
        let (register, id, wanted) = (self.register, link.id(), link.kind());
        let composed_id = to_nfc(id);
        let is_same = register
            .find(&composed_id)
            .is_some_and(|at| at.kind == wanted);
        let (meant, replacement) = match is_same {
            true => (
                MeantId::OtherCharacters(&composed_id),
                Some(composed_id.as_str()),
            ),
            false => self.nearest_ids(id, wanted),
        };
        let problem = Problem::DanglingLink { id, wanted, meant }.at(self.span(path));
        match replacement {
            Some(replacement) => self.with_replacement(problem, id, replacement),
            None => problem,
        }
    }

    /// The id of a type that is nearest to one, and the one that is surely meant.
    fn nearest_ids(&self, id: &str, wanted: RecordKind) -> (MeantId<'a>, Option<&'a str>) {
        let register = self.register;
        if register.index.len() > MAX_IDS_FOR_NEAREST
            && self.diagnostic_count() >= MAX_DIAGNOSTICS_FOR_NEAREST
        {
            return (MeantId::Unknown, None);
        }
        let known = register.index.iter().filter(|(_, at)| at.kind == wanted);
        let mut known: Vec<&'a str> = known.map(|(id, _)| &**id).collect();
        // Ties are broken by the alphabet, so that the same file gives the same words.
        known.sort_unstable();
        // It may mean a record that could not be read: then no other one is surely meant.
        let unread = self.input.unloaded_ids.iter().map(String::as_str);
        let sure = only_likely_id(id, known.iter().copied().chain(unread))
            .filter(|id| register.find(id).is_some());
        let near = nearest(id, known).map_or(MeantId::Unknown, MeantId::Near);
        (near, sure)
    }
}

/// What is wrong with a link or a citation of a record.
enum LinkError<'a> {
    SelfLink,
    /// It leads to a record of this type.
    WrongKind(&'a dyn AnyLink, RecordKind),
    Dangling(&'a dyn AnyLink),
    LongPhrase(usize),
    MissingField(&'static str),
    EmptyPhrase,
    ParagraphZero,
    NoSpeaker,
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

/// The most records of a circle that are named.
const MAX_CYCLE_NAMES: usize = 6;

impl CheckContext<'_> {
    /// Reports each circle of parents once, at the first of its records.
    pub fn check_parent_cycles(&mut self) {
        let register = self.register;
        // The number of the walk that saw a record. A record of this walk closes a circle; one of
        // an earlier walk leads where that one ended, so each record is entered once.
        let mut seen: HashMap<RecordRef, u32> = HashMap::new();
        let mut walk = 0;
        for (start, record) in register.iter_records() {
            if record.parent().is_none() || seen.contains_key(&start) {
                continue;
            }
            walk += 1;
            let mut at = start;
            loop {
                match seen.insert(at, walk) {
                    None => {}
                    Some(earlier) if earlier == walk => {
                        self.report_parent_cycle(at);
                        break;
                    }
                    Some(_) => break,
                }
                match parent_of(register, at) {
                    Some(parent) => at = parent,
                    None => break,
                }
            }
        }
    }

    fn report_parent_cycle(&mut self, start: RecordRef) {
        let register = self.register;
        let name = |at| register.record(at).map_or("", |r| r.id());
        let mut cycle = vec![name(start)];
        let mut at = start;
        while let Some(parent) = parent_of(register, at) {
            at = parent;
            if cycle.len() == MAX_CYCLE_NAMES && at != start {
                cycle.push("…");
            }
            if cycle.len() > MAX_CYCLE_NAMES || at == start {
                break;
            }
            cycle.push(name(at));
        }
        cycle.push(name(start));
        self.enter_record(start);
        self.report(&["parent"], Problem::ParentCycle { ids: &cycle });
    }
}

/// The record above, other than the record itself: that is reported with its links.
fn parent_of(register: &Register, record: RecordRef) -> Option<RecordRef> {
    let (kind, id) = register.record(record)?.parent()?;
    let up = register.find(id)?;
    (up.kind == kind && up != record).then_some(up)
}

/// Gives the problems of ids their fixes: a bad id becomes its slug, together with the links to
/// it, and the second of two records with one id gets another, while links go on to the first.
/// `unloaded_ids` are those of records that could not be read.
pub(super) fn attach_id_fixes(
    text: &str,
    tree: &Tree,
    register: &Register,
    unloaded_ids: &HashSet<String>,
    problems: &mut [Diagnostic],
) {
    let is_bad = |p: &Diagnostic| p.code == codes::BAD_ID && plain_id_at(text, p.span).is_some();
    let bad = problems.iter().filter(|p| is_bad(p));
    let bad: Vec<&str> = bad.filter_map(|p| plain_id_at(text, p.span)).collect();
    let links = match bad.is_empty() {
        true => IdReferences::default(),
        false => IdReferences::collect(&bad, text, tree),
    };
    // Two bad ids may have one slug: then neither can have it.
    let mut slugs: HashMap<String, usize> = HashMap::new();
    for id in &bad {
        *slugs.entry(slug(id)).or_default() += 1;
    }
    let is_taken = |id: &str| register.find(id).is_some() || unloaded_ids.contains(id);
    let mut reserved: HashSet<String> = slugs.keys().cloned().collect();
    for problem in problems.iter_mut() {
        let Some(id) = plain_id_at(text, problem.span) else {
            continue;
        };
        if problem.code == codes::BAD_ID {
            let slug_id = slug(id);
            let is_free =
                !slug_id.is_empty() && !is_taken(&slug_id) && slugs.get(&slug_id) == Some(&1);
            if is_free {
                problem.fix = rename_fix(problem.span, &slug_id, &links, text);
                problem.is_fix_lossy = !has_all_letters(&slug_id, id);
            }
        } else if problem.code == codes::DUPLICATE_ID {
            let next = (2..1000).map(|number| format!("{id}-{number}"));
            let mut free = next.filter(|next| !is_taken(next) && !reserved.contains(next));
            if let Some(other) = free.next().filter(|o| o.chars().count() <= MAX_ID_CHARS) {
                let source = format!("\"{other}\"");
                let edit = TextEdit::new(problem.span, source.as_str());
                problem.fix = SourceChange::new(write_fix(&source), vec![edit]);
                reserved.insert(other);
            }
        }
    }
}

/// Whether the slug of an id has all its letters and digits: a long one is cut.
fn has_all_letters(slug: &str, id: &str) -> bool {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    count(slug) >= count(&to_nfc(id))
}

/// The one id that a link was surely meant to lead to: the same but for case and hyphens, or with
/// one slip of the keyboard in one long word, and the same digits.
fn only_likely_id<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = only_near_match(id, known)?;
    let letters = |id: &str| -> String {
        let signs = id.chars().filter(|c| c.is_alphanumeric());
        signs.flat_map(char::to_lowercase).collect()
    };
    if letters(id) == letters(near) {
        return Some(near);
    }
    // A fix is written without being asked about, so it must not turn one record into another:
    // "us-army" is one letter from "uk-army", and "vision-2023" one digit from "vision-2024".
    let (one, other) = (id.to_lowercase(), near.to_lowercase());
    let digits = |id: &str| -> String { id.chars().filter(|c| c.is_numeric()).collect() };
    let (words, right): (Vec<&str>, Vec<&str>) =
        (one.split('-').collect(), other.split('-').collect());
    let differ = words.iter().zip(&right).filter(|(a, b)| a != b);
    let differ: Vec<_> = differ.collect();
    let [(word, right_word)] = differ.as_slice() else {
        return None;
    };
    let length = word.chars().count().min(right_word.chars().count());
    let edit_distance = strsim::damerau_levenshtein(word, right_word);
    let is_slip = words.len() == right.len()
        && digits(id) == digits(near)
        && length >= 4
        && edit_distance <= 1 + usize::from(length >= 10);
    is_slip.then_some(near)
}

fn rename_fix(
    span: Span,
    new_id: &str,
    links: &IdReferences<'_>,
    text: &str,
) -> Option<SourceChange> {
    let literal = format!("\"{new_id}\"");
    let kind = links.id_kinds.get(&span.start)?;
    let to = links.link_spans.get(&(*kind, plain_id_at(text, span)?));
    let links = to.into_iter().flatten();
    let spans = std::iter::once(&span).chain(links);
    let edits: Vec<TextEdit> = spans
        .map(|span| TextEdit::new(*span, literal.as_str()))
        .collect();
    SourceChange::new(rename_id_fix(&literal, edits.len() - 1), edits)
}

/// An id that stands at `span` as plain text in quotation marks.
fn plain_id_at(text: &str, span: Span) -> Option<&str> {
    let inside = span.of(text).strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains(['\\', '"'])).then_some(inside)
}

/// Links in the text, of sound records and others, to some ids.
#[derive(Default)]
struct IdReferences<'s> {
    /// By the type of record that they lead to and the id, however it is written.
    link_spans: HashMap<(RecordKind, &'s str), Vec<Span>>,
    /// The type of the record whose id begins at a place.
    id_kinds: HashMap<u32, RecordKind>,
}

impl<'s> IdReferences<'s> {
    /// Walks the text rather than the register: records that could not be loaded link as well, and
    /// a link that was left behind would lead nowhere.
    fn collect(ids: &[&'s str], text: &'s str, tree: &Tree) -> Self {
        let wanted: HashSet<&str> = ids.iter().copied().collect();
        let mut found = IdReferences::default();
        for (root, &kind) in tree
            .values()
            .flat_map(|r| RecordKind::ALL.iter().map(move |k| (r, k)))
        {
            let list = tree.field(text, root, kind.list());
            for record in list.into_iter().flat_map(|list| tree.children(list)) {
                found.collect_fields(kind, record, kind.fields(), text, tree, &wanted);
            }
        }
        found
    }

    fn collect_fields(
        &mut self,
        kind: RecordKind,
        record: NodeId,
        fields: &[FieldSpec],
        text: &'s str,
        tree: &Tree,
        wanted: &HashSet<&'s str>,
    ) {
        for field in fields {
            let Some(value) = tree.field(text, record, field.name) else {
                continue;
            };
            let is_some = tree.name(text, value) == Some("Some");
            let items: Vec<NodeId> = match tree.kind(value) == NodeKind::List || is_some {
                true => tree.children(value).collect(),
                false => vec![value],
            };
            for item in items {
                let span = tree.span(item);
                let id = || wanted.get(&*text_value(text, tree, item)?).copied();
                match field.field_type {
                    FieldType::Id if id().is_some() => {
                        self.id_kinds.insert(span.start, kind);
                    }
                    FieldType::Link(to) => {
                        if let Some(id) = id() {
                            self.link_spans.entry((to, id)).or_default().push(span);
                        }
                    }
                    FieldType::Record { fields, .. } => {
                        self.collect_fields(kind, item, fields, text, tree, wanted);
                    }
                    _ => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{codes, load};
    use super::*;

    fn fixed(text: &str, code: &str) -> Option<String> {
        let loaded = load(text, Vec::new());
        let problem = loaded.diagnostics.iter().find(|p| p.code == code).unwrap();
        problem.fix.as_ref()?.apply_edits(text)
    }

    fn register(parties: &str) -> String {
        format!("(format: 1, title: \"A\", parties: [{parties}])")
    }

    #[test]
    fn a_bad_id_becomes_its_slug_and_links_follow() {
        let text = register(
            "(id: \"U S\", name: \"A\", kind: State), (id: \"b\", name: \"B\", kind: Grouping, \
            members: [\"U S\"], parent: Some(\"U S\"))",
        );
        assert_eq!(
            fixed(&text, codes::BAD_ID),
            Some(text.replace("U S", "u-s"))
        );
        // An id of that name is there already; two would get the same.
        let taken = register(
            "(id: \"US\", name: \"A\", kind: State), (id: \"us\", name: \"B\", kind: State)",
        );
        assert_eq!(fixed(&taken, codes::BAD_ID), None);
        let both = register(
            "(id: \"US\", name: \"A\", kind: State), (id: \"Us\", name: \"B\", kind: State)",
        );
        assert_eq!(fixed(&both, codes::BAD_ID), None);
        let none = register("(id: \"?\", name: \"A\", kind: State)");
        assert_eq!(fixed(&none, codes::BAD_ID), None);
    }

    #[test]
    fn of_two_records_with_one_id_the_second_gets_another() {
        let party = |id: &str| format!("(id: \"{id}\", name: \"A\", kind: State),");
        let text = register(&(party("us") + &party("us-2") + &party("us") + &party("us")));
        let loaded = load(text.as_str(), Vec::new());
        let fixes = loaded.diagnostics.iter().filter_map(|p| p.fix.as_ref());
        let words: Vec<&str> = fixes.map(|r| r.label.as_str()).collect();
        assert_eq!(words, ["Write \"us-3\"", "Write \"us-4\""]);
    }

    #[test]
    fn a_link_is_set_right_where_one_id_only_can_be_meant() {
        let sure = |id, known: &[&'static str]| only_likely_id(id, known.iter().copied());
        for (id, right) in [
            ("Rok-Army", "rok-army"),
            ("nuclear-consultatve-group", "nuclear-consultative-group"),
            ("japna", "japan"),
            ("visio-n-2023", "vision-2023"),
        ] {
            assert_eq!(sure(id, &[right, "else"]), Some(right), "{id}");
        }
        for (id, known) in [
            ("uk", &["us"][..]),
            ("uk-army", &["us-army"]),
            ("north-korea", &["south-korea"]),
            ("vision-2024", &["vision-2023"]),
            ("japna", &["japan", "japna-2", "japona"]),
            ("budget", &["army"]),
        ] {
            assert_eq!(sure(id, known), None, "{id}");
        }
    }
}
