//! From the tree to typed values. Decoding goes on after every error, so that one run reports all
//! of them.

use crate::cursor::shortened;
use crate::tree::{key_text, unraw};
use crate::{
    Diagnostic, MAX_DIAGNOSTICS, NodeId, NodeKind, SourceChange, Span, Tree, codes, nearest,
    only_near_match, quick_fix,
};

/// A value that can be read from a node.
pub trait Decode: Sized {
    /// Reads `node`. `None` means that it cannot be, and that this has been reported (by the
    /// parser, where the node is an [`NodeKind::Error`]).
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self>;
}

/// What a program has to say of a text that is read, beyond the rules of RON: it may report, and
/// gives the text back or another one in its place.
pub type TextRule = fn(&mut Decoder<'_>, NodeId, String) -> String;

/// Reads values from one tree and collects the diagnostics.
pub struct Decoder<'s> {
    text: &'s str,
    tree: &'s Tree,
    diagnostics: Vec<Diagnostic>,
    /// More are only counted.
    max_diagnostics: usize,
    omitted: usize,
    text_rule: Option<TextRule>,
}

impl<'s> Decoder<'s> {
    /// A decoder for the tree that was parsed from this `text`.
    pub fn new(text: &'s str, tree: &'s Tree) -> Self {
        Decoder {
            text,
            tree,
            diagnostics: Vec::new(),
            max_diagnostics: MAX_DIAGNOSTICS,
            omitted: 0,
            text_rule: None,
        }
    }

    /// The same with a rule for every text that is read as a [`String`].
    pub fn with_text_rule(self, rule: TextRule) -> Self {
        Decoder {
            text_rule: Some(rule),
            ..self
        }
    }

    /// The same with another limit than [`MAX_DIAGNOSTICS`], for who goes through all of them.
    pub fn with_max_diagnostics(self, max_diagnostics: usize) -> Self {
        Decoder {
            max_diagnostics,
            ..self
        }
    }

    /// The node as it is written.
    pub fn text(&self, id: NodeId) -> &'s str {
        self.slice(self.span(id))
    }

    /// Where the node stands.
    pub fn span(&self, id: NodeId) -> Span {
        self.tree.span(id)
    }

    /// The tree.
    pub fn tree(&self) -> &'s Tree {
        self.tree
    }

    /// Adds a diagnostic; those beyond the first [`MAX_DIAGNOSTICS`] are only counted.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.report_with(|_| diagnostic);
    }

    /// The diagnostics reported while decoding, in that order; those of the tree are not among
    /// them.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// How many diagnostics were only counted.
    pub fn diagnostics_omitted(&self) -> usize {
        self.omitted
    }

    /// The same, where making the diagnostic takes time.
    pub(crate) fn report_with(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
        if self.diagnostics.len() < self.max_diagnostics {
            let diagnostic = make(self);
            self.diagnostics.push(diagnostic);
        } else {
            self.omitted += 1;
        }
    }

    pub(crate) fn text_rule(&self) -> Option<TextRule> {
        self.text_rule
    }

    pub(crate) fn slice(&self, span: Span) -> &'s str {
        span.of(self.text)
    }

    /// The text that is read.
    pub fn whole_text(&self) -> &'s str {
        self.text
    }

    /// Whether the syntax is in order in the node and right behind it: then it is all of its value.
    pub fn is_whole(&self, node: NodeId) -> bool {
        let end = self.span(node).end;
        let next = self
            .tree
            .diagnostics
            .partition_point(|p| p.span.start < end);
        let is_behind = self
            .tree
            .diagnostics
            .get(next)
            .is_some_and(|p| p.span.start == end);
        let rest = self.text.as_bytes().get(end as usize);
        !self.tree.is_broken(node) && !is_behind && rest != Some(&b'"')
    }

    /// A field's name, without `r#` or quotation marks.
    pub(crate) fn key(&self, key: Span) -> &'s str {
        key_text(self.text, key)
    }

    /// Reports that `wanted` ("a list", "text") belongs here. Reports nothing about what the parser
    /// could not read.
    pub(crate) fn wrong_type(&mut self, node: NodeId, wanted: &str, help: Option<String>) {
        self.wrong_type_with_fix(node, wanted, help, None);
    }

    /// The same, with a quick fix.
    pub(crate) fn wrong_type_with_fix(
        &mut self,
        node: NodeId,
        wanted: &str,
        help: Option<String>,
        fix: Option<SourceChange>,
    ) {
        let kind = self.tree.kind(node);
        if kind == NodeKind::Error {
            return;
        }
        let message = format!("{wanted} belongs here, not {kind}");
        let mut diagnostic = Diagnostic::error(self.span(node), codes::WRONG_TYPE, message);
        diagnostic.help = help;
        diagnostic.fix = fix;
        self.report(diagnostic);
    }
}

/// How many fields a kind of record can have.
pub const MAX_FIELDS: usize = 40;

/// The fields of a record as [`Decoder::record`] found them. Indexes are those of the names given
/// there.
#[derive(Clone, Debug)]
pub struct FieldNodes {
    node: NodeId,
    what: &'static str,
    names: &'static [&'static str],
    values: [NodeId; MAX_FIELDS],
}

/// The root is no field's value.
///
/// Two node numbers in place of an enum: the whole array is written for each record.
const ABSENT: NodeId = 0;
/// The field is there, but its value could not be read; the parser has reported that.
const UNREAD: NodeId = NodeId::MAX;

impl FieldNodes {
    pub(crate) fn new(node: NodeId, what: &'static str, names: &'static [&'static str]) -> Self {
        assert!(
            names.len() <= MAX_FIELDS,
            "{what} has more than {MAX_FIELDS} fields"
        );
        FieldNodes {
            node,
            what,
            names,
            values: [ABSENT; MAX_FIELDS],
        }
    }

    /// Stores the field's value; `false` where the field had one already.
    pub(crate) fn set(&mut self, index: usize, value: Option<NodeId>) -> bool {
        match self.values.get_mut(index) {
            Some(extent) if *extent == ABSENT => *extent = value.unwrap_or(UNREAD),
            _ => return false,
        }
        true
    }

    /// The record's node.
    pub fn record(&self) -> NodeId {
        self.node
    }

    /// The field's value, where there is one.
    pub fn node(&self, index: usize) -> Option<NodeId> {
        let value = self.values.get(index).copied();
        value.filter(|id| *id != ABSENT && *id != UNREAD)
    }

    /// The value of a field that must be there. Its absence is reported, except where the record's
    /// syntax is broken, since the field may be in the broken part. `None` means reported.
    pub fn required<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Option<T> {
        if let Some(node) = self.node(index) {
            return T::decode(d, node);
        }
        let is_absent = self.values.get(index) == Some(&ABSENT);
        if is_absent && !d.tree().is_broken(self.node) {
            self.report_missing(d, index);
        }
        None
    }

    /// The value of a field that may be left out, or be `None`. What cannot be read is reported and
    /// left out as well.
    pub fn optional<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Option<T> {
        Option::<T>::decode(d, self.node(index)?).flatten()
    }

    /// The valid items of a list that may be left out.
    pub fn list<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Vec<T> {
        let decoded = self.node(index).and_then(|node| Vec::decode(d, node));
        decoded.unwrap_or_default()
    }

    fn report_missing(&self, d: &mut Decoder<'_>, index: usize) {
        let name = self.names.get(index).copied().unwrap_or("?");
        let span = d.tree().name_span(self.node).unwrap_or_else(|| {
            let start = d.span(self.node).start;
            Span::new(start, start + 1)
        });
        d.report_with(|_| {
            let message = format!("This {} lacks the field `{name}`", self.what);
            Diagnostic::error(span, codes::MISSING_FIELD, message)
                .with_help(format!("add `{name}: …,`"))
        });
    }
}

impl<'s> Decoder<'s> {
    /// The fields of a record, `( … )` or `what( … )`. Unknown and repeated fields, a wrong name
    /// before the bracket and values without a field name are reported, and the rest is read.
    /// `None` where the node is no record; then that is reported.
    ///
    /// # Panics With more than [`MAX_FIELDS`](crate::MAX_FIELDS) `fields`.
    pub fn record(
        &mut self,
        node: NodeId,
        what: &'static str,
        fields: &'static [&'static str],
    ) -> Option<FieldNodes> {
        let tree = self.tree();
        let kind = tree.kind(node);
        if kind != NodeKind::Record {
            let help = match kind {
                NodeKind::List | NodeKind::Map => "write `(` and `)` around the fields",
                _ => "write `(`, its fields as `name: value`, and `)`",
            };
            let fix = self.as_record(node);
            let wanted = format!("A record ({what})");
            self.wrong_type_with_fix(node, &wanted, Some(help.to_string()), fix);
            return None;
        }
        if let Some(span) = tree.name_span(node) {
            self.check_name(span, what);
        }
        let mut found = FieldNodes::new(node, what, fields);
        let mut expected = 0;
        let mut bare = None;
        // The names that misspelt fields were most likely meant to be.
        let mut intended = Vec::new();
        let mut has_fields = false;
        for child in tree.children(node) {
            match tree.kind(child) {
                NodeKind::Field => has_fields = true,
                NodeKind::Error => continue,
                _ => {
                    bare = bare.or(Some(child));
                    continue;
                }
            }
            let key = tree.key(child);
            let name = self.key(key);
            // Fields mostly come in the order of their list.
            let index = match fields.get(expected) {
                Some(next) if *next == name => Some(expected),
                _ => fields.iter().position(|field| *field == name),
            };
            match index {
                Some(index) => {
                    expected = index + 1;
                    if !found.set(index, tree.field_value(child)) {
                        self.report_duplicate(node, child, name);
                    }
                }
                None => {
                    self.report_unknown(node, child, what, fields, &intended);
                    intended.extend(nearest(name, fields.iter().copied()));
                }
            }
        }
        // A field that was misspelt is not missing as well.
        for (index, field) in fields.iter().enumerate() {
            if intended.contains(field) && found.node(index).is_none() {
                found.set(index, None);
            }
        }
        // Among fields, the parser has reported them.
        if let Some(bare) = bare.filter(|_| !has_fields && !tree.is_broken(node)) {
            let span = self.span(bare);
            let example = fields.first().copied().unwrap_or("name");
            self.report_with(|_| {
                let message = format!(
                    "The values of {} {what} need their field names",
                    article(what).to_lowercase()
                );
                Diagnostic::error(span, codes::EXPECTED_FIELD, message)
                    .with_help(format!("write `{example}: …,`"))
            });
        }
        Some(found)
    }

    fn check_name(&mut self, span: Span, what: &str) {
        let name = unraw(self.slice(span));
        if name != what {
            self.report_with(|_| {
                let message = format!("`{name}` stands here where {what} belongs");
                let near = only_near_match(name, [what]);
                Diagnostic::error(span, codes::WRONG_NAME, message)
                    .with_help(format!("write `{what}`, or nothing before the bracket"))
                    .with_fix_if_any(
                        near.and_then(|_| {
                            quick_fix::replace(format!("Write `{what}`"), span, what)
                        }),
                    )
            });
        }
    }

    /// `taken` are the names that other misspelt fields of the record are closest to.
    fn report_unknown(
        &mut self,
        node: NodeId,
        field: NodeId,
        what: &str,
        fields: &[&str],
        taken: &[&str],
    ) {
        self.report_with(|d| {
            let tree = d.tree();
            let key = tree.key(field);
            let name = d.key(key);
            // A name that another field has, or is closer to, was not meant here: no quick fix.
            let is_free = |near: &&str| {
                let mut others = tree.children(node).filter(|id| *id != field);
                !taken.contains(near) && others.all(|id| d.key(tree.key(id)) != *near)
            };
            let sure = only_near_match(name, fields.iter().copied()).filter(is_free);
            let help = match nearest(name, fields.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields are {}", listed(fields)),
            };
            let shown = shortened(name);
            Diagnostic::error(
                key,
                codes::UNKNOWN_FIELD,
                format!("{} {what} has no field `{shown}`", article(what)),
            )
            .with_help(help)
            .with_fix_if_any(
                sure.and_then(|near| quick_fix::replace(format!("Write `{near}`"), key, near)),
            )
        });
    }

    fn report_duplicate(&mut self, node: NodeId, field: NodeId, name: &str) {
        self.report_with(|d| {
            let key = d.tree().key(field);
            let diagnostic = Diagnostic::error(
                key,
                codes::DUPLICATE_FIELD,
                format!("The field `{name}` is given twice"),
            )
            .with_help("keep one of them");
            let tree = d.tree();
            let first = tree
                .children(node)
                .find(|id| tree.kind(*id) == NodeKind::Field && d.key(tree.key(*id)) == name);
            let Some(first) = first else {
                return diagnostic;
            };
            let value = |field| tree.field_value(field).map(|value| d.text(value));
            let is_same = value(field).is_some() && value(field) == value(first);
            let extra = quick_fix::with_its_comma(d.whole_text(), tree.span(field))
                .filter(|_| is_same && !tree.is_broken(field));
            diagnostic
                .with_label(tree.key(first), "given here first")
                .with_fix_if_any(
                    extra.and_then(|span| quick_fix::replace("Delete one of them", span, "")),
                )
        });
    }
}

/// The article before the name of a record type, by its first letter.
fn article(what: &str) -> &'static str {
    match what.bytes().next() {
        Some(b'A' | b'E' | b'I' | b'O') => "An",
        _ => "A",
    }
}

pub(crate) fn listed(names: &[&str]) -> String {
    const MAX_NAMES: usize = 24;
    let mut list = names
        .iter()
        .take(MAX_NAMES)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MAX_NAMES {
        list.push_str(", …");
    }
    list
}

impl<'s> Decoder<'s> {
    /// The index in `names` of a name that stands alone. `what` names their kind in the message
    /// ("strength").
    pub fn variant(&mut self, node: NodeId, what: &str, names: &[&str]) -> Option<usize> {
        let kind = self.tree().kind(node);
        let (word, help) = match kind {
            NodeKind::Word => (unraw(self.text(node)), ""),
            NodeKind::Text => (
                self.text(node).trim_matches('"'),
                " without quotation marks",
            ),
            NodeKind::Record => (
                self.tree()
                    .name_span(node)
                    .map_or("", |span| unraw(self.slice(span))),
                " without brackets",
            ),
            NodeKind::Error => return None,
            _ => ("", ""),
        };
        let index = names.iter().position(|name| *name == word);
        if kind == NodeKind::Word && index.is_some() {
            return index;
        }
        let span = self.span(node);
        self.report_with(|d| {
            let near = index.and_then(|index| names.get(index)).copied();
            let help = match near.or_else(|| nearest(word, names.iter().copied())) {
                Some(name) if index.is_some() || kind != NodeKind::Word => {
                    format!("write `{name}`{help}")
                }
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("it is one of {}", listed(names)),
            };
            let shown = shortened(d.slice(span));
            let has_values = kind == NodeKind::Record && d.tree().children(node).next().is_some();
            let sure = near
                .or_else(|| only_near_match(word, names.iter().copied()))
                .filter(|_| !has_values && !d.tree().is_broken(node));
            Diagnostic::error(
                span,
                codes::UNKNOWN_NAME,
                format!("`{shown}` is no known {what}"),
            )
            .with_help(help)
            .with_fix_if_any(
                sure.and_then(|name| quick_fix::replace(format!("Write `{name}`"), span, name)),
            )
        });
        None
    }

    /// `Name(a, b)` or `Name`: the name, where it stands, and what is in its brackets (fields,
    /// where they are named).
    pub fn call(&mut self, node: NodeId) -> Option<(&'s str, Span, Vec<NodeId>)> {
        let span = match self.tree().kind(node) {
            NodeKind::Word => Some(self.span(node)),
            _ => self.tree().name_span(node),
        };
        let Some(span) = span else {
            self.wrong_type(
                node,
                "A name",
                Some("write a name, such as `Name(…)`".to_string()),
            );
            return None;
        };
        let inside = match self.tree().kind(node) {
            NodeKind::Record => self.tree().children(node).collect(),
            _ => Vec::new(),
        };
        Some((unraw(self.slice(span)), span, inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Tree, parse};

    #[test]
    fn problems_beyond_the_limit_are_counted() {
        let tree = parse("1");
        let mut d = Decoder::new("1", &tree);
        for _ in 0..MAX_DIAGNOSTICS + 5 {
            d.report(Diagnostic::error(Span::default(), "x", "x"));
        }
        assert_eq!(d.diagnostics_omitted(), 5);
        assert_eq!(d.into_diagnostics().len(), MAX_DIAGNOSTICS);
    }

    #[test]
    fn a_syntax_error_is_not_reported_again_by_decoding() {
        let text = "[“curly”]";
        let tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        let item = tree.children(tree.value().unwrap()).next().unwrap();
        assert_eq!(String::decode(&mut d, item), None);
        assert_eq!((tree.diagnostics.len(), d.into_diagnostics().len()), (1, 0));
    }

    const NAMES: &[&str] = &["id", "size", "tags"];

    fn with_fields<T>(
        text: &str,
        then: impl FnOnce(&FieldNodes, &mut Decoder) -> T,
    ) -> (T, Vec<String>) {
        let tree: Tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        let fields = d.record(tree.value().unwrap(), "Thing", NAMES).unwrap();
        let value = then(&fields, &mut d);
        (
            value,
            d.into_diagnostics()
                .into_iter()
                .map(|p| p.message)
                .collect(),
        )
    }

    #[test]
    fn fields_are_read_in_any_order() {
        let read = |f: &FieldNodes, d: &mut Decoder| {
            (
                f.required::<String>(d, 0),
                f.optional::<u32>(d, 1),
                f.list::<String>(d, 2),
            )
        };
        let (value, diagnostics) =
            with_fields("(tags: [\"x\", 3, \"y\"], size: Some(7), id: \"a\")", read);
        assert_eq!(
            value,
            (Some("a".into()), Some(7), vec!["x".into(), "y".into()])
        );
        assert_eq!(
            diagnostics,
            ["Text in quotation marks belongs here, not a number"]
        );
        let (value, diagnostics) = with_fields("(id: \"a\", size: None)", read);
        assert_eq!(
            (value, diagnostics.len()),
            ((Some("a".into()), None, vec![]), 0)
        );
    }

    #[test]
    fn a_missing_field_is_reported_unless_the_record_is_broken() {
        let read = |f: &FieldNodes, d: &mut Decoder| f.required::<String>(d, 0);
        assert_eq!(
            with_fields("(size: 1)", read).1,
            ["This Thing lacks the field `id`"]
        );
        assert_eq!(with_fields("(size: 1 tags: [])", read).1.len(), 0);
        assert_eq!(with_fields("(id: , size: 1)", read).1.len(), 0);
    }

    /// Message and help of each problem.
    fn diagnostics(text: &str, read: impl FnOnce(&mut Decoder, NodeId)) -> Vec<(String, String)> {
        let tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        read(&mut d, tree.value().unwrap());
        let parts = |p: Diagnostic| (p.message, p.help.unwrap_or_default());
        d.into_diagnostics().into_iter().map(parts).collect()
    }

    fn record(text: &str) -> Vec<(String, String)> {
        diagnostics(text, |d, node| {
            d.record(node, "Body", &["id", "title"]);
        })
    }

    fn pair(message: &str, help: &str) -> Vec<(String, String)> {
        vec![(message.to_string(), help.to_string())]
    }

    #[test]
    fn a_misspelt_field_is_not_missing_as_well() {
        let read = |text| {
            let read = |d: &mut Decoder, node| {
                let fields = d.record(node, "Body", &["id", "title"]);
                assert_eq!(fields.unwrap().required::<String>(d, 1), None);
            };
            diagnostics(text, read).len()
        };
        assert_eq!(read("(titel: \"a\")"), 1);
        assert_eq!(read("(color: \"a\")"), 2);
        assert_eq!(read("(titel: \"a\", title: 1)"), 2);
    }

    #[test]
    fn valid_records_have_no_problems() {
        for text in ["()", "Body()", "(title: 1, id: 2)", "r#Body(r#id: 1)"] {
            assert_eq!(record(text), [], "{text}");
        }
    }

    #[test]
    fn invalid_records_get_help() {
        assert_eq!(
            record("(titel: 1)"),
            pair("A Body has no field `titel`", "did you mean `title`?")
        );
        assert_eq!(
            record("(color: 1)"),
            pair(
                "A Body has no field `color`",
                "its fields are `id`, `title`"
            )
        );
        assert_eq!(
            record("(id: 1, id: 2)"),
            pair("The field `id` is given twice", "keep one of them")
        );
        assert_eq!(
            record("Boddy(id: 1)"),
            pair(
                "`Boddy` stands here where Body belongs",
                "write `Body`, or nothing before the bracket"
            )
        );
        assert_eq!(
            record("(1, 2)"),
            pair(
                "The values of a Body need their field names",
                "write `id: …,`"
            )
        );
        assert_eq!(
            record("{\"id\": 1}"),
            pair(
                "A record (Body) belongs here, not a map in `{ }`",
                "write `(` and `)` around the fields"
            )
        );
    }

    #[test]
    fn the_article_fits_the_first_letter() {
        let mut reported = diagnostics("(color: 1)", |d, node| {
            d.record(node, "Event", &["id"]);
        });
        reported.extend(diagnostics("(1)", |d, node| {
            d.record(node, "Instrument", &["id"]);
        }));
        assert_eq!(reported[0].0, "An Event has no field `color`");
        assert_eq!(
            reported[1].0,
            "The values of an Instrument need their field names"
        );
    }

    #[test]
    fn variants_are_found_or_guessed() {
        let read = |text: &str| {
            diagnostics(text, |d, node| {
                assert_eq!(d.variant(node, "mode", &["Readiness", "Recital"]), None)
            })
        };
        assert_eq!(
            read("Recitl"),
            pair("`Recitl` is no known mode", "did you mean `Recital`?")
        );
        assert_eq!(
            read("\"Recital\""),
            pair(
                "`\"Recital\"` is no known mode",
                "write `Recital` without quotation marks"
            )
        );
        assert_eq!(
            read("Recital()"),
            pair(
                "`Recital()` is no known mode",
                "write `Recital` without brackets"
            )
        );
        assert_eq!(
            read("17"),
            pair(
                "`17` is no known mode",
                "it is one of `Readiness`, `Recital`"
            )
        );
        diagnostics("r#Recital", |d, node| {
            assert_eq!(d.variant(node, "mode", &["Readiness", "Recital"]), Some(1))
        });
    }

    #[test]
    fn calls_give_their_name_and_what_they_hold() {
        let text = "[Exactly(3, 4), Unknown, 5]";
        let tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        let items: Vec<NodeId> = tree.children(tree.value().unwrap()).collect();
        let (name, span, inside) = d.call(items[0]).unwrap();
        assert_eq!(
            (name, span.of(text), inside.len()),
            ("Exactly", "Exactly", 2)
        );
        assert!(d.call(items[1]).unwrap().2.is_empty());
        assert_eq!(d.call(items[2]), None);
        assert_eq!(
            d.into_diagnostics()[0].message,
            "A name belongs here, not a number"
        );
    }
}
