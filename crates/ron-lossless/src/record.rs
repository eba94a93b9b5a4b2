//! Records, variants and calls: what has a name of ours.

use super::cursor::shortened;
use super::tree::unraw;
use super::{
    Decoder, Diagnostic, NodeId, NodeKind, RecordFields, Span, codes, mend, nearest,
    only_near_match,
};

impl<'s> Decoder<'s> {
    /// The fields of a record, `( … )` or `what( … )`. Unknown and repeated fields, a wrong name
    /// before the bracket and values without a field name are reported, and the rest is read.
    /// `None` where the node is no record; then that is reported.
    ///
    /// # Panics
    /// With more than [`MAX_FIELDS`](super::MAX_FIELDS) `fields`.
    pub fn record(
        &mut self,
        node: NodeId,
        what: &'static str,
        fields: &'static [&'static str],
    ) -> Option<RecordFields> {
        let tree = self.tree();
        let kind = tree.kind(node);
        if kind != NodeKind::Record {
            let help = match kind {
                NodeKind::List | NodeKind::Map => "write `(` and `)` around the fields",
                _ => "write `(`, its fields as `name: value`, and `)`",
            };
            let repair = self.as_record(node);
            let wanted = format!("A record ({what})");
            self.wrong_type_mended(node, &wanted, Some(help.to_string()), repair);
            return None;
        }
        if let Some(span) = tree.name_span(node) {
            self.check_name(span, what);
        }
        let mut found = RecordFields::new(node, what, fields);
        let mut expected = 0;
        let mut bare = None;
        let mut meant = Vec::new();
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
                    self.report_unknown(node, child, what, fields, &meant);
                    meant.extend(nearest(name, fields.iter().copied()));
                }
            }
        }
        // A field that was misspelt is not missing as well.
        for (index, field) in fields.iter().enumerate() {
            if meant.contains(field) && found.node(index).is_none() {
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
                        near.and_then(|_| mend::replace(format!("Write `{what}`"), span, what)),
                    )
            });
        }
    }

    /// `taken` are the fields that others of the record were meant to be.
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
                sure.and_then(|near| mend::replace(format!("Write `{near}`"), key, near)),
            )
        });
    }

    fn report_duplicate(&mut self, node: NodeId, field: NodeId, name: &str) {
        self.report_with(|d| {
            let key = d.tree().key(field);
            let problem = Diagnostic::error(
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
                return problem;
            };
            let value = |field| tree.field_value(field).map(|value| d.text(value));
            let is_same = value(field).is_some() && value(field) == value(first);
            let surplus = mend::with_its_comma(d.whole_text(), tree.span(field))
                .filter(|_| is_same && !tree.is_broken(field));
            problem
                .with_label(tree.key(first), "given here first")
                .with_fix_if_any(
                    surplus.and_then(|span| mend::replace("Delete one of them", span, "")),
                )
        });
    }
}

/// The article that a record type's name has by its first sound.
fn article(what: &str) -> &'static str {
    match what.bytes().next() {
        Some(b'A' | b'E' | b'I' | b'O') => "An",
        _ => "A",
    }
}

pub(super) fn listed(names: &[&str]) -> String {
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

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// Message and help of each problem.
    fn problems(text: &str, read: impl FnOnce(&mut Decoder, NodeId)) -> Vec<(String, String)> {
        let tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        read(&mut d, tree.value().unwrap());
        let parts = |p: Diagnostic| (p.message, p.help.unwrap_or_default());
        d.into_problems().into_iter().map(parts).collect()
    }

    fn record(text: &str) -> Vec<(String, String)> {
        problems(text, |d, node| {
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
            problems(text, read).len()
        };
        assert_eq!(read("(titel: \"a\")"), 1);
        assert_eq!(read("(color: \"a\")"), 2);
        assert_eq!(read("(titel: \"a\", title: 1)"), 2);
    }

    #[test]
    fn sound_records_have_no_problems() {
        for text in ["()", "Body()", "(title: 1, id: 2)", "r#Body(r#id: 1)"] {
            assert_eq!(record(text), [], "{text}");
        }
    }

    #[test]
    fn unsound_records_say_what_would_be_right() {
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
    fn the_article_goes_by_the_first_sound() {
        let mut said = problems("(color: 1)", |d, node| {
            d.record(node, "Event", &["id"]);
        });
        said.extend(problems("(1)", |d, node| {
            d.record(node, "Instrument", &["id"]);
        }));
        assert_eq!(said[0].0, "An Event has no field `color`");
        assert_eq!(
            said[1].0,
            "The values of an Instrument need their field names"
        );
    }

    #[test]
    fn variants_are_found_or_guessed() {
        let read = |text: &str| {
            problems(text, |d, node| {
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
        problems("r#Recital", |d, node| {
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
            d.into_problems()[0].message,
            "A name belongs here, not a number"
        );
    }
}
