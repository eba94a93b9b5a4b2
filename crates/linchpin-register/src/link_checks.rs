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
    Diagnostic, NearBudget, NearIndex, NodeId, NodeKind, SourceChange, Span, TextEdit, Tree,
};
use std::collections::{HashMap, HashSet};

/// How much is compared to find the ids that broken links may have meant, for all of them together:
/// well under a second. Thousands of them among thousands of similar ids would take minutes, and
/// the language server looks at every letter that is typed.
const MAX_COMPARISONS: u64 = 4_000_000;

/// Looks for the ids that links that lead nowhere may have meant.
pub(super) struct MeantIds<'a> {
    /// The ids of each type that was asked for.
    by_kind: HashMap<RecordKind, NearIndex<'a>>,
    /// Those of records that could not be read.
    unread: Option<NearIndex<'a>>,
    budget: NearBudget,
    /// What was found: an id that was changed is missing at each link to it.
    found: HashMap<(RecordKind, String), (MeantId<'a>, Option<&'a str>)>,
}

impl Default for MeantIds<'_> {
    fn default() -> Self {
        MeantIds {
            by_kind: HashMap::new(),
            unread: None,
            budget: NearBudget::new(MAX_COMPARISONS),
            found: HashMap::new(),
        }
    }
}

impl<'a> MeantIds<'a> {
    /// How much was compared.
    pub fn comparisons(&self) -> u64 {
        self.budget.spent()
    }

    /// The id of a type that is nearest to one, and the one that is surely meant.
    fn nearest(
        &mut self,
        id: &str,
        wanted: RecordKind,
        register: &'a Register,
        unloaded_ids: &'a HashSet<String>,
    ) -> (MeantId<'a>, Option<&'a str>) {
        if self.budget.is_spent() {
            return (MeantId::NotLookedFor, None);
        }
        let key = (wanted, id.to_owned());
        if let Some(found) = self.found.get(&key) {
            return *found;
        }
        let of_kind = self.by_kind.entry(wanted).or_insert_with(|| {
            let known = register.index.iter().filter(|(_, at)| at.kind == wanted);
            NearIndex::new(known.map(|(id, _)| &**id))
        });
        let unread = self
            .unread
            .get_or_insert_with(|| NearIndex::new(unloaded_ids.iter().map(String::as_str)));
        let near = of_kind.nearest(id, &mut self.budget);
        let near_unread = unread.nearest(id, &mut self.budget);
        let found = match near {
            _ if self.budget.is_spent() => (MeantId::NotLookedFor, None),
            None => (MeantId::Unknown, None),
            Some(near) => {
                // It may mean a record that could not be read: then no other one is surely meant.
                let is_nearest = near_unread.is_none_or(|other| near.distance < other.distance);
                let sure = match near.words.as_slice() {
                    [one] if is_nearest && is_slip_of(id, one) => Some(*one),
                    _ => None,
                };
                // Of several the first of the alphabet, so that the same file gives the same words.
                let first = near.words.first();
                (
                    first.map_or(MeantId::Unknown, |first| MeantId::Near(first)),
                    sure,
                )
            }
        };
        self.found.insert(key, found);
        found
    }
}

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

    fn diagnostic(&mut self, path: &[PathStep], error: &LinkError<'_>) -> Option<Diagnostic> {
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
    fn dangling_link(&mut self, path: &[PathStep], link: &dyn AnyLink) -> Diagnostic {
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
            // One that is only counted needs no words.
            false if self.is_full() => (MeantId::Unknown, None),
            false => {
                let unloaded_ids = self.input.unloaded_ids;
                self.meant_ids.nearest(id, wanted, register, unloaded_ids)
            }
        };
        let problem = Problem::DanglingLink { id, wanted, meant }.at(self.span(path));
        match replacement {
            Some(replacement) => self.with_replacement(problem, id, replacement),
            None => problem,
        }
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
    // Where the search for a free number goes on, by id: hundreds of records may share one.
    let mut next_numbers: HashMap<&str, u32> = HashMap::new();
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
            let next_number = next_numbers.entry(id).or_insert(2);
            let next = (*next_number..1000).map(|number| (number, format!("{id}-{number}")));
            let mut free = next.filter(|(_, next)| !is_taken(next) && !reserved.contains(next));
            let found = free.next();
            *next_number = found.as_ref().map_or(1000, |(number, _)| number + 1);
            let found = found.map(|(_, id)| id);
            if let Some(other) = found.filter(|o| o.chars().count() <= MAX_ID_CHARS) {
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

/// Whether a link to `id` was surely meant to lead to `near`, the only id that is near: the same
/// but for case and hyphens, or with one slip of the keyboard in one long word, and the same
/// digits.
fn is_slip_of(id: &str, near: &str) -> bool {
    let letters = |id: &str| -> String {
        let signs = id.chars().filter(|c| c.is_alphanumeric());
        signs.flat_map(char::to_lowercase).collect()
    };
    if letters(id) == letters(near) {
        return true;
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
        return false;
    };
    let length = word.chars().count().min(right_word.chars().count());
    let edit_distance = strsim::damerau_levenshtein(word, right_word);
    words.len() == right.len()
        && digits(id) == digits(near)
        // In a short word one letter more makes another word.
        && length >= 4
        && edit_distance <= 1 + usize::from(length >= 10)
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
        let sure = |id: &str, known: &[&'static str]| {
            let index = NearIndex::new(known.iter().copied());
            match index
                .nearest(id, &mut NearBudget::new(1000))?
                .words
                .as_slice()
            {
                [one] => is_slip_of(id, one).then_some(*one),
                _ => None,
            }
        };
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

    /// A register of this many parties, and as many groupings with one member each that is none.
    fn with_dangling_links(count: usize, member: &dyn Fn(usize) -> String) -> String {
        let parties = (0..count).map(|i| format!("(id: \"party-{i}\", name: \"A\", kind: State),"));
        let groups = (0..count).map(|i| {
            let member = member(i);
            format!("(id: \"group-{i}\", name: \"B\", kind: Grouping, members: [\"{member}\"]),")
        });
        register(&(parties.collect::<String>() + &groups.collect::<String>()))
    }

    fn help_of(loaded: &super::super::LoadedRegister, at: usize) -> String {
        let dangling = loaded.diagnostics.iter();
        let mut dangling = dangling.filter(|p| p.code == codes::DANGLING_LINK);
        let help = dangling.nth(at).and_then(|p| p.help.as_deref());
        help.unwrap_or_default().to_owned()
    }

    #[test]
    fn thousands_of_links_that_lead_nowhere_take_bounded_work() {
        let comparisons = |count, member: &dyn Fn(usize) -> String| {
            let loaded = load(with_dangling_links(count, member), Vec::new());
            assert_eq!(help_of(&loaded, 0), "did you mean \"party-0\"?");
            loaded.comparisons
        };
        // One id that was changed, with a thousand links to it: looked for once.
        let same = |_: usize| "party0".to_owned();
        let (few, many) = (comparisons(1000, &same), comparisons(4000, &same));
        assert!(few > 0 && many <= 5 * few, "{few}, {many}");
        // Each another one: never more than the limit.
        let others = |i: usize| format!("prty-{i}");
        let (few, many) = (comparisons(250, &others), comparisons(4000, &others));
        assert!(few > 0 && many <= MAX_COMPARISONS, "{few}, {many}");
        // What is behind the problems that are listed is not looked for at all.
        let loaded = load(with_dangling_links(4000, &others), Vec::new());
        assert_eq!(loaded.diagnostic_count(), 4000);
        assert_eq!(
            help_of(&loaded, 999),
            "so many links lead nowhere that similar ids were looked for only at the first of \
            them; add a record with this id to `parties`, or correct the id"
        );
    }
}
