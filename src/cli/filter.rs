//! `--where FIELD=VALUE`: which rows a user asks for.

use super::CliError;
use super::unknown::unknown_name;
use linchpin_register::document_fields::DocumentField;
use linchpin_register::query::fold::{fold, fold_into};
use linchpin_register::query::{Facet, facet};
use linchpin_register::schema::{FieldSpec, PathStep, VisitedValue};
use linchpin_register::tables::{CellValue, ColumnSpec, TableSpec, formatting};
use linchpin_register::{FieldType, LadderStep, RecordKind, RecordRef, Register};

/// One field with the values of which a row must have one.
pub struct WhereFilter {
    name: &'static str,
    facet: Option<&'static Facet>,
    column: Option<&'static ColumnSpec>,
    field: Option<&'static FieldSpec>,
    document_field: Option<&'static DocumentField>,
    wanted: Vec<String>,
}

/// Every name that `--where` and `--sort` know for a table.
pub fn field_names(table: &'static TableSpec) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = table.facets.iter().map(|f| f.key).collect();
    names.extend(table.columns.iter().map(|c| c.key));
    names.extend(table.kind.fields().iter().map(|f| f.name));
    names.extend(DocumentField::of_kind(table.kind).iter().map(|f| f.name));
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

/// The field that a user means: case, hyphens and underscores do not matter.
///
/// # Errors
/// Where the table has none of that name.
pub fn field_named(table: &'static TableSpec, typed: &str) -> Result<&'static str, CliError> {
    let normalized = |name: &str| fold(name).replace(['-', '_', ' '], "");
    let names = field_names(table);
    let found = names
        .iter()
        .find(|name| normalized(name) == normalized(typed));
    found.copied().ok_or_else(|| {
        let names: Vec<_> = names.iter().map(|n| ((*n).to_owned(), None)).collect();
        unknown_name(&format!("field of {}", table.id), typed, "Fields", &names)
    })
}

/// Reads the conditions: the same field twice is one filter with two values.
///
/// # Errors
/// Where a condition has no `=`, or the table no such field.
pub fn parse_conditions(
    table: &'static TableSpec,
    conditions: &[String],
) -> Result<Vec<WhereFilter>, CliError> {
    let mut filters: Vec<WhereFilter> = Vec::new();
    for condition in conditions {
        let Some((typed, value)) = condition.split_once('=') else {
            return Err(CliError(format!(
                "`{condition}` is no condition. Write --where FIELD=VALUE, such as --where \
                theme=extended-deterrence"
            )));
        };
        let name = field_named(table, typed)?;
        let value = value.trim().to_owned();
        match filters.iter_mut().find(|f| f.name == name) {
            Some(filter) => filter.wanted.push(value),
            None => filters.push(WhereFilter::new(table, name, value)),
        }
    }
    Ok(filters)
}

/// Keeps the rows that pass every filter.
///
/// # Errors
/// Where a value is not one that the field can have.
pub fn retain_matching(
    register: &Register,
    table: &TableSpec,
    filters: &[WhereFilter],
    rows: &mut Vec<u32>,
) -> Result<(), CliError> {
    for filter in filters {
        let passes = filter.passes(register, table)?;
        rows.retain(|row| passes.get(*row as usize).copied().unwrap_or_default());
    }
    Ok(())
}

impl WhereFilter {
    fn new(table: &'static TableSpec, name: &'static str, value: String) -> Self {
        // A facet for one of several bears the singular of its field.
        let many = format!("{name}s");
        let fields = table.kind.fields();
        WhereFilter {
            name,
            facet: table.facets.iter().find(|f| f.key == name),
            column: table.column(name),
            field: fields
                .iter()
                .find(|f| f.name == name)
                .or_else(|| fields.iter().find(|f| f.name == many)),
            document_field: DocumentField::find(table.kind, name),
            wanted: vec![value],
        }
    }

    /// For each record of the table whether it has one of the values.
    fn passes(&self, register: &Register, table: &TableSpec) -> Result<Vec<bool>, CliError> {
        let wanted: Vec<String> = self.wanted.iter().map(|w| fold(w)).collect();
        let mut seen = vec![false; wanted.len()];
        let mut passes = Vec::new();
        let mut folded = String::new();
        for row in 0..register.count(table.kind) {
            let mut pass = false;
            self.values(register, table.kind, row, &mut |value| {
                folded.clear();
                fold_into(value, &mut folded);
                if let Some(at) = wanted.iter().position(|w| *w == folded) {
                    pass = true;
                    if let Some(seen) = seen.get_mut(at) {
                        *seen = true;
                    }
                }
            });
            passes.push(pass);
        }
        // A value that no record has may be misspelt, which an empty table would not say.
        let unmatched = self.wanted.iter().zip(&seen).filter(|(_, seen)| !**seen);
        for (typed, _) in unmatched {
            if !self.is_possible_value(register, typed) {
                let names = self.known_values(register, table.kind);
                return Err(unknown_name(
                    &format!("{} in {} that is", self.name, table.id),
                    typed,
                    "Values",
                    &names,
                ));
            }
        }
        Ok(passes)
    }

    /// Every form of every value of a record: ids, names, labels, dates, numbers; "none" where
    /// there is no value.
    fn values(&self, register: &Register, kind: RecordKind, row: usize, add: &mut dyn FnMut(&str)) {
        let mut any = false;
        if let Some(facet) = self.facet {
            (facet.values)(register, row, &mut |key, label| {
                any = true;
                add(key);
                add(label);
                if let FieldType::Link(_) = facet.value_type {
                    add_record_names(register, key, add);
                }
            });
        }
        if let Some(column) = self.column {
            let cell = (column.cell)(register, row);
            let text = cell.text();
            if cell.value != CellValue::Missing && !text.is_empty() {
                any = true;
                add(&text);
            }
        }
        let at = RecordRef {
            kind,
            index: row as u32,
        };
        if let (Some(field), Some(record)) = (self.field, register.record(at)) {
            let first = PathStep::Field(field.name);
            record.walk(&mut Vec::new(), &mut |path, visit| {
                if path.first() != Some(&first) {
                    return;
                }
                any = true;
                add_value(register, &visit, add);
            });
            // The names of vocabularies, dates and numbers as the file writes them.
            if any && let Some(value) = record.json().get(field.name) {
                json_leaves(value, add);
            }
        }
        if let Some(field) = self.document_field {
            field.visit(register, at, &mut |visit| {
                any = true;
                add_value(register, &visit, add);
                match visit {
                    VisitedValue::Term(term) => add(term.name),
                    VisitedValue::Date(date) => add(&date.to_code()),
                    VisitedValue::Number(number) => add(&number.to_string()),
                    _ => {}
                }
            });
        }
        if !any {
            add(facet::NONE_KEY);
        }
    }

    /// Whether a value that no record has is one that a record could have.
    fn is_possible_value(&self, register: &Register, typed: &str) -> bool {
        let typed = fold(typed);
        let same = |text: &str| fold(text) == typed;
        if same(facet::NONE_KEY) {
            return true;
        }
        let facet_type = self.facet.map(|facet| facet.value_type);
        let of_document = self.document_field.and_then(DocumentField::spec);
        let specs = self.field.into_iter().chain(of_document);
        let field_types = specs.map(|field| field.field_type);
        let mut types = facet_type.into_iter().chain(field_types);
        types.any(|value_type| match value_type {
            FieldType::Vocabulary { terms, .. } => {
                terms.iter().any(|term| same(term.name) || same(term.label))
            }
            FieldType::Link(kind) => register
                .iter_records()
                .filter(|(at, _)| at.kind == kind)
                .any(|(_, r)| same(r.id()) || same(r.title()) || same(r.short_title())),
            _ => false,
        })
    }

    /// The values that there are, for a message.
    fn known_values(&self, register: &Register, kind: RecordKind) -> Vec<(String, Option<String>)> {
        let mut names: Vec<(String, Option<String>)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for row in 0..register.count(kind) {
            if let Some(facet) = self.facet {
                (facet.values)(register, row, &mut |key, label| {
                    if seen.insert(key.to_owned()) {
                        names.push((key.to_owned(), Some(label.to_owned())));
                    }
                });
            } else {
                self.values(register, kind, row, &mut |value| {
                    if seen.insert(value.to_owned()) {
                        names.push((value.to_owned(), None));
                    }
                });
            }
        }
        names
    }
}

/// A value as people write it.
fn add_value(register: &Register, value: &VisitedValue<'_>, add: &mut dyn FnMut(&str)) {
    match value {
        VisitedValue::Text(text) => add(text),
        VisitedValue::Term(term) => add(term.label),
        VisitedValue::Number(number) => add(&formatting::format_number(*number)),
        VisitedValue::Date(date) => add(&date.to_long_form()),
        VisitedValue::Link(link) => {
            add(link.id());
            add_record_names(register, link.id(), add);
        }
        VisitedValue::Citation(_) => {}
    }
}

/// What else a linked record is called: its title, its short one, the rank of a step.
fn add_record_names(register: &Register, id: &str, add: &mut dyn FnMut(&str)) {
    if let Some(record) = register.find(id).and_then(|at| register.record(at)) {
        add(record.title());
        add(record.short_title());
    }
    if let Some(rank) = register.get::<LadderStep>(id).and_then(|step| step.rank) {
        add(&rank.to_string());
    }
}

fn json_leaves(value: &serde_json::Value, add: &mut dyn FnMut(&str)) {
    use serde_json::Value;
    match value {
        Value::String(text) => add(text),
        Value::Number(number) => add(&number.to_string()),
        Value::Bool(flag) => add(if *flag { "true" } else { "false" }),
        Value::Array(items) => items.iter().for_each(|item| json_leaves(item, add)),
        Value::Object(fields) => fields.values().for_each(|item| json_leaves(item, add)),
        Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;
    use linchpin_register::tables::by_id;

    fn kept(conditions: &[&str]) -> Result<usize, String> {
        let table = by_id("commitments").ok_or("no table")?;
        let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let conditions: Vec<String> = conditions.iter().map(|c| (*c).to_owned()).collect();
        let filters = parse_conditions(table, &conditions).map_err(|f| f.0)?;
        let mut rows = (0..loaded.register.count(table.kind) as u32).collect();
        retain_matching(&loaded.register, table, &filters, &mut rows).map_err(|f| f.0)?;
        Ok(rows.len())
    }

    #[test]
    fn a_value_is_found_by_id_name_and_label() {
        let by_id = kept(&["priority=deterrence-priority"]);
        assert!(by_id.as_ref().is_ok_and(|n| *n > 0));
        assert_eq!(kept(&["Priority=DETERRENCE"]), by_id);
        assert_eq!(
            kept(&["priority=deter strategic attacks and aggression"]),
            by_id
        );
        assert_eq!(kept(&["mode=FutureAction"]), kept(&["mode=future action"]));
    }

    #[test]
    fn the_same_field_twice_is_either_and_two_fields_are_both() {
        let (a, b) = (kept(&["mode=Practice"]), kept(&["mode=Recital"]));
        let either = kept(&["mode=Practice", "mode=Recital"]);
        assert_eq!(either.ok(), a.ok().zip(b.ok()).map(|(a, b)| a + b));
        let both = kept(&["mode=Practice", "committer=rok"]);
        assert!(both.ok() < kept(&["mode=Practice"]).ok());
    }

    #[test]
    fn what_could_be_but_is_not_is_no_mistake() {
        assert_eq!(kept(&["status=Fulfilled"]), Ok(0));
        let wrong = kept(&["priority=deterence"]).unwrap_err();
        assert!(wrong.starts_with(
            "There is no priority in commitments that is `deterence`. Did you mean \
            `Deterrence`?\nValues: "
        ));
        assert!(kept(&["prioritty=x"]).unwrap_err().starts_with(
            "There is no field of commitments `prioritty`. Did you mean \
                `priority`?\nFields: priority, theme, "
        ));
        assert!(kept(&["priority"]).unwrap_err().contains("is no condition"));
    }
}
