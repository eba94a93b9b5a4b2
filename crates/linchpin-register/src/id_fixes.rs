//! What sets ids and links right: that takes knowing the whole register.

use super::codes;
use super::link::{MAX_ID_CHARS, slug};
use super::schema::FieldSpec;
use super::{FieldType, RecordKind, Register};
use ron_lossless::{
    Diagnostic, NodeId, NodeKind, SourceChange, Span, TextEdit, Tree, only_near_match,
};
use std::collections::{HashMap, HashSet};

/// Gives the problems of ids their repairs: a bad id becomes its slug, together with the links to
/// it, and the second of two records with one id gets another, while links go on to the first.
/// `left_out` are the ids of records that could not be read.
pub(super) fn attach_id_fixes(
    text: &str,
    tree: &Tree,
    register: &Register,
    unloaded_ids: &HashSet<String>,
    problems: &mut [Diagnostic],
) {
    let is_bad = |p: &Diagnostic| p.code == codes::BAD_ID && plain_id_at(text, p.span).is_some();
    let bad = problems.iter().filter(|p| is_bad(p));
    let bad: Vec<&str> = bad.map(|p| p.span.of(text)).collect();
    let links = match bad.is_empty() {
        true => IdReferences::default(),
        false => IdReferences::collect(&bad, text, tree),
    };
    let mut slugs: HashMap<String, usize> = HashMap::new();
    for literal in &bad {
        *slugs.entry(slug(unquoted(literal))).or_default() += 1;
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
            }
        } else if problem.code == codes::DUPLICATE_ID {
            let next = (2..1000).map(|number| format!("{id}-{number}"));
            let mut free = next.filter(|next| !is_taken(next) && !reserved.contains(next));
            if let Some(other) = free.next().filter(|o| o.chars().count() <= MAX_ID_CHARS) {
                let words = format!("Write \"{other}\"");
                let splice = TextEdit::new(problem.span, format!("\"{other}\""));
                problem.fix = SourceChange::new(words, vec![splice]);
                reserved.insert(other);
            }
        }
    }
}

/// The one id that a link was surely meant to lead to: the same but for case and hyphens, or with
/// one slip of the keyboard in one long word, and the same digits.
pub(super) fn only_likely_id<'a>(
    id: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let near = only_near_match(id, known)?;
    let letters = |id: &str| -> String {
        let signs = id.chars().filter(|c| c.is_alphanumeric());
        signs.flat_map(char::to_lowercase).collect()
    };
    if letters(id) == letters(near) {
        return Some(near);
    }
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
    let to = links.link_spans.get(&(*kind, span.of(text)));
    let mut splices = vec![TextEdit::new(span, literal.as_str())];
    splices.extend(
        to.into_iter()
            .flatten()
            .map(|link| TextEdit::new(*link, literal.as_str())),
    );
    let words = match splices.len() {
        1 => format!("Write {literal}"),
        _ => format!("Write {literal}, here and in its links"),
    };
    SourceChange::new(words, splices)
}

/// An id that stands at `span` as plain text in quotation marks.
fn plain_id_at(text: &str, span: Span) -> Option<&str> {
    let inside = span.of(text).strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains(['\\', '"'])).then_some(inside)
}

fn unquoted(literal: &str) -> &str {
    literal.trim_matches('"')
}

/// Links in the text, of sound records and others, to some ids.
#[derive(Default)]
struct IdReferences<'s> {
    /// By the type of record that they lead to and the id as it is written.
    link_spans: HashMap<(RecordKind, &'s str), Vec<Span>>,
    /// The type of the record whose id begins at a place.
    id_kinds: HashMap<u32, RecordKind>,
}

impl<'s> IdReferences<'s> {
    fn collect(literals: &[&'s str], text: &'s str, tree: &Tree) -> Self {
        let wanted: HashSet<&str> = literals.iter().copied().collect();
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
        wanted: &HashSet<&str>,
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
                let literal = span.of(text);
                match field.field_type {
                    FieldType::Id if wanted.contains(literal) => {
                        self.id_kinds.insert(span.start, kind);
                    }
                    FieldType::Link(to) if wanted.contains(literal) => {
                        self.link_spans.entry((to, literal)).or_default().push(span);
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
    use super::super::load;
    use super::*;

    fn mended(text: &str, code: &str) -> Option<String> {
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
            mended(&text, codes::BAD_ID),
            Some(text.replace("U S", "u-s"))
        );
        // An id of that name is there already; two would get the same.
        let taken = register(
            "(id: \"US\", name: \"A\", kind: State), (id: \"us\", name: \"B\", kind: State)",
        );
        assert_eq!(mended(&taken, codes::BAD_ID), None);
        let both = register(
            "(id: \"US\", name: \"A\", kind: State), (id: \"Us\", name: \"B\", kind: State)",
        );
        assert_eq!(mended(&both, codes::BAD_ID), None);
        let none = register("(id: \"?\", name: \"A\", kind: State)");
        assert_eq!(mended(&none, codes::BAD_ID), None);
    }

    #[test]
    fn of_two_records_with_one_id_the_second_gets_another() {
        let party = |id: &str| format!("(id: \"{id}\", name: \"A\", kind: State),");
        let text = register(&(party("us") + &party("us-2") + &party("us") + &party("us")));
        let loaded = load(text.as_str(), Vec::new());
        let repairs = loaded.diagnostics.iter().filter_map(|p| p.fix.as_ref());
        let words: Vec<&str> = repairs.map(|r| r.label.as_str()).collect();
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
