//! One thing done to many records, as one step: what it would do to each, before it is done.

use super::draft::Draft;
use super::messages::bulk_label;
use super::new_diagnostics::{DiagnosticCounts, diagnostic_key, enclosing_record, records_by_span};
use super::record_matching::record_id;
use super::{Edit, EditRefusal, EditTarget, plan_edit, record_edits, value_at};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind, RecordRef, load_joined_files};
use ron_lossless::{Diagnostic, RonValue, Severity, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Ids of records. Shared, since there may be a hundred thousand.
pub type RecordIds = Arc<HashSet<Box<str>>>;

/// What is done to each record.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkOperation {
    /// Replaces the value at a path, or takes it out.
    SetValue {
        /// From the record to the value.
        path: Vec<PathStep>,
        /// The value; `None` removes it.
        value: Option<RonValue>,
    },
    /// Adds an item to the list at a path, whatever is in it already.
    AppendItem { path: Vec<PathStep>, item: RonValue },
    /// Adds an item to the list at a path, where it is not in it already.
    IncludeItem { path: Vec<PathStep>, item: RonValue },
    /// Takes an item out of the list at a path, where it is in it.
    ExcludeItem { path: Vec<PathStep>, item: RonValue },
}

/// A record that stays as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRecord {
    /// The record's id.
    pub id: String,
    /// The record's name on screen.
    pub title: String,
    /// Why it stays as it is.
    pub reason: SkipReason,
}

/// Why a record stays as it is. As text it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// The edit cannot be made.
    Refused(EditRefusal),
    /// The checks would find this error in the record.
    Invalid(Diagnostic),
    /// The checks would find this error in another record.
    BreaksOther {
        /// That record; empty outside of records.
        id: String,
        /// The error.
        diagnostic: Diagnostic,
    },
}

/// What an operation would do to many records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkPlan {
    /// Does it to every record that it can be done to; `None` where there is none.
    pub edit: Option<Edit>,
    /// How many records change.
    pub changed: usize,
    /// How many are so already.
    pub unchanged: usize,
    /// Those that cannot change.
    pub skipped: Vec<SkippedRecord>,
    /// How many records the checks would find new warnings in.
    pub warning_count: usize,
    /// The first of these warnings.
    pub first_warning: Option<String>,
}

/// What an operation would do to the records of a type with these ids. Looks at the text as it
/// would be, so that no record is made wrong.
pub fn plan_bulk_edit(
    loaded: &LoadedRegister,
    kind: RecordKind,
    ids: &HashSet<Box<str>>,
    operation: &BulkOperation,
) -> BulkPlan {
    let mut out = BulkPlan::default();
    let mut edits: Vec<(String, Edit)> = Vec::new();
    for id in existing_ids(loaded, kind, ids) {
        match record_edit(loaded, &id, operation) {
            None => out.unchanged += 1,
            Some(edit) => match plan_edit(loaded, &edit) {
                Ok(_) => edits.push((id, edit)),
                Err(why) => {
                    let reason = SkipReason::Refused(why);
                    out.skipped.push(skipped_record(loaded, &id, reason));
                }
            },
        }
    }
    retain_valid(loaded, &mut edits, &mut out);
    out.changed = edits.len();
    let label = bulk_label(kind, operation, edits.len());
    let edits: Vec<Edit> = edits.into_iter().map(|(_, edit)| edit).collect();
    out.edit = (!edits.is_empty()).then_some(Edit::Batch { label, edits });
    out
}

/// The ids of those records that there are, in the order of the file.
fn existing_ids(loaded: &LoadedRegister, kind: RecordKind, ids: &HashSet<Box<str>>) -> Vec<String> {
    let register = &loaded.register;
    let found = ids.iter().filter_map(|id| Some((register.find(id)?, id)));
    let mut found: Vec<_> = found.filter(|(at, _)| at.kind == kind).collect();
    found.sort_by_key(|(at, _)| at.index);
    found.into_iter().map(|(_, id)| id.to_string()).collect()
}

fn skipped_record(loaded: &LoadedRegister, id: &str, reason: SkipReason) -> SkippedRecord {
    SkippedRecord {
        id: id.to_owned(),
        title: record_edits::record_title(loaded, id),
        reason,
    }
}

/// The edit of one record; `None` where it is so already.
fn record_edit(loaded: &LoadedRegister, id: &str, operation: &BulkOperation) -> Option<Edit> {
    let target = EditTarget::Record(id.to_owned());
    let items = |path: &[PathStep]| match value_at(loaded, &target, path) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    match operation {
        BulkOperation::SetValue { path, value } => (value_at(loaded, &target, path) != *value)
            .then(|| Edit::set(target.clone(), path.clone(), value.clone())),
        BulkOperation::IncludeItem { path, item } if items(path).contains(item) => None,
        BulkOperation::AppendItem { path, item } | BulkOperation::IncludeItem { path, item } => {
            Some(Edit::append(target, path.clone(), item.clone()))
        }
        BulkOperation::ExcludeItem { path, item } => {
            let before = items(path);
            let mut rest = before.clone();
            rest.retain(|other| other != item);
            // A list that would be empty goes as a whole. It is set without the item, and
            // the planner sees that only one has to go.
            (rest.len() < before.len()).then(|| {
                Edit::set(
                    target.clone(),
                    path.clone(),
                    (!rest.is_empty()).then_some(RonValue::List(rest)),
                )
            })
        }
    }
}

/// How often the rest is looked at again without those that cannot be changed. The checks do not
/// name every mistake of a large file at once.
const MAX_ROUNDS: usize = 4;

/// Takes out the edits that would leave a record worse than it is, and says so.
fn retain_valid(loaded: &LoadedRegister, edits: &mut Vec<(String, Edit)>, out: &mut BulkPlan) {
    for round in 1.. {
        if edits.is_empty() {
            return;
        }
        // All edits together and not each alone: loading takes the time of the whole register, and
        // two sound changes may make an unsound pair, as with two records that name each other as
        // their parent.
        let after = match load_with_edits(loaded, edits) {
            Ok(after) => after,
            Err(why) => return skip_all(loaded, edits, out, &SkipReason::Refused(why)),
        };
        let new = new_diagnostics_by_record(loaded, &after);
        let is_own = |id: &String| edits.iter().any(|(own, _)| own == id);
        let errors: HashMap<&String, &Diagnostic> = new
            .iter()
            .filter(|(_, diagnostic)| diagnostic.severity == Severity::Error)
            .map(|(id, diagnostic)| (id, *diagnostic))
            .collect();
        let Some((first, diagnostic)) = errors
            .iter()
            .min_by_key(|(_, diagnostic)| diagnostic.span.start)
        else {
            let warned: HashSet<&String> = new.iter().map(|(id, _)| id).collect();
            out.warning_count = warned.len();
            out.first_warning = new
                .first()
                .map(|(_, diagnostic)| diagnostic.message.clone());
            return;
        };
        // What goes wrong elsewhere, or is not found in some rounds, is the doing of all of them
        // together: then none can be left out so that the others are sound.
        if round == MAX_ROUNDS || !errors.keys().any(|id| is_own(id)) {
            let diagnostic = (*diagnostic).clone();
            let reason = match is_own(first) {
                true => SkipReason::Invalid(diagnostic),
                false => SkipReason::BreaksOther {
                    id: (*first).clone(),
                    diagnostic,
                },
            };
            return skip_all(loaded, edits, out, &reason);
        }
        edits.retain(|(id, _)| match errors.get(id) {
            Some(diagnostic) => {
                let reason = SkipReason::Invalid((*diagnostic).clone());
                out.skipped.push(skipped_record(loaded, id, reason));
                false
            }
            None => true,
        });
    }
}

fn skip_all(
    loaded: &LoadedRegister,
    edits: &mut Vec<(String, Edit)>,
    out: &mut BulkPlan,
    reason: &SkipReason,
) {
    let refused = edits.drain(..);
    out.skipped
        .extend(refused.map(|(id, _)| skipped_record(loaded, &id, reason.clone())));
}

/// The register as it would be.
fn load_with_edits(
    loaded: &LoadedRegister,
    edits: &[(String, Edit)],
) -> Result<LoadedRegister, EditRefusal> {
    let mut draft = Draft::new(loaded.text.clone(), loaded.files.clone());
    let edits = edits.iter().map(|(_, edit)| edit.clone()).collect();
    let many = Edit::Batch {
        label: String::new(),
        edits,
    };
    draft.apply_edit(loaded, &many)?;
    Ok(load_joined_files(
        draft.text().clone(),
        draft.parts().clone(),
    ))
}

/// The diagnostics that were not there before, with the ids of the records they stand in.
fn new_diagnostics_by_record<'a>(
    before: &LoadedRegister,
    after: &'a LoadedRegister,
) -> Vec<(String, &'a Diagnostic)> {
    if after.diagnostics.is_empty() {
        return Vec::new();
    }
    let before = diagnostics_by_record(before);
    let before = before.iter().map(|(id, one)| diagnostic_key(id, one));
    let mut known = DiagnosticCounts::of(before);
    let mut new = diagnostics_by_record(after);
    new.retain(|(id, one)| !known.take(&diagnostic_key(id, one)));
    new
}

/// Diagnostics with the ids of the records they stand in; an empty one outside of records.
fn diagnostics_by_record(loaded: &LoadedRegister) -> Vec<(String, &Diagnostic)> {
    if loaded.diagnostics.is_empty() {
        return Vec::new();
    }
    let records = records_by_span(loaded);
    let id_of = |diagnostic: &Diagnostic| {
        let start = Span::new(diagnostic.span.start, diagnostic.span.start);
        let record = enclosing_record(&records, start);
        record.map_or_else(String::new, |node| record_id(loaded, node))
    };
    let all = loaded.diagnostics.iter();
    all.map(|diagnostic| (id_of(diagnostic), diagnostic))
        .collect()
}

/// How many records that link to them are named.
const MAX_LINKING_RECORDS: usize = 200;

/// What taking out many records would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovalPlan {
    /// Those that there are, in the order of the file.
    pub ids: Vec<String>,
    /// The first of the records that stay and link to them.
    pub linking_records: Vec<RecordRef>,
    /// How many there are.
    pub linking_count: usize,
    /// Why what links to them cannot be unlinked.
    pub unlink_error: Option<EditRefusal>,
}

/// What taking out the records of a type with these ids would do.
pub fn plan_removal(
    loaded: &LoadedRegister,
    kind: RecordKind,
    ids: &HashSet<Box<str>>,
) -> RemovalPlan {
    let register = &loaded.register;
    let ids = existing_ids(loaded, kind, ids);
    // Records that link to each other may all go; only what stays is a reason to ask.
    let removed: HashSet<RecordRef> = ids.iter().filter_map(|id| register.find(id)).collect();
    let mut linked = HashSet::new();
    for at in &removed {
        let from = register.linked_from(*at).iter().copied();
        linked.extend(from.filter(|at| !removed.contains(at)));
    }
    let mut linked: Vec<RecordRef> = linked.into_iter().collect();
    linked.sort_by_key(|at| (at.kind, at.index));
    let linked_count = linked.len();
    linked.truncate(MAX_LINKING_RECORDS);
    let edit = Edit::RemoveRecords {
        ids: ids.clone(),
        unlink: true,
    };
    RemovalPlan {
        ids,
        linking_records: linked,
        linking_count: linked_count,
        unlink_error: plan_edit(loaded, &edit).err(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::{Commitment, RegisterRecord as _, load};
    use ron_lossless::apply;

    fn ids(of: &[&str]) -> HashSet<Box<str>> {
        of.iter().map(|id| Box::from(*id)).collect()
    }

    fn all(loaded: &LoadedRegister) -> HashSet<Box<str>> {
        let all = Commitment::list(&loaded.register).iter();
        all.map(|c| Box::from(c.id.as_str())).collect()
    }

    fn field(name: &'static str) -> Vec<PathStep> {
        vec![PathStep::Field(name)]
    }

    fn done(loaded: &LoadedRegister, plan: &BulkPlan) -> LoadedRegister {
        let change = plan_edit(loaded, plan.edit.as_ref().unwrap()).unwrap();
        load(apply(&loaded.text, &change.edits).unwrap(), Vec::new())
    }

    #[test]
    fn what_is_so_already_is_counted_and_left_alone() {
        let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let everyone = all(&loaded);
        let list = Commitment::list(&loaded.register);
        let theme = loaded.register.themes[0].id.as_str().to_owned();
        let has_it = |c: &&Commitment| c.themes.iter().any(|link| link.as_str() == theme);
        let had = list.iter().filter(has_it).count();
        assert!(had > 0 && had < list.len());
        let item = RonValue::text(&theme);
        let path = field("themes");
        let include = BulkOperation::IncludeItem { path, item };
        let plan = plan_bulk_edit(&loaded, RecordKind::Commitment, &everyone, &include);
        assert_eq!((plan.unchanged, plan.changed), (had, list.len() - had));
        assert!(
            plan.skipped.is_empty() && plan.warning_count == 0,
            "{plan:?}"
        );
        let after = done(&loaded, &plan);
        assert_eq!(after.diagnostics.len(), loaded.diagnostics.len());
        assert!(Commitment::list(&after.register).iter().all(|c| has_it(&c)));

        let (path, item) = (field("themes"), RonValue::text(&theme));
        let exclude = BulkOperation::ExcludeItem { path, item };
        let plan = plan_bulk_edit(&after, RecordKind::Commitment, &everyone, &exclude);
        let after = done(&after, &plan);
        assert!(!Commitment::list(&after.register).iter().any(|c| has_it(&c)));
    }

    #[test]
    fn a_record_that_would_be_wrong_stays_as_it_is_and_the_others_change() {
        let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let list = Commitment::list(&loaded.register);
        let committer = list[0].committers[0].as_str().to_owned();
        let alone =
            |c: &Commitment| c.committers.len() == 1 && c.committers[0].as_str() == committer;
        let shared = |c: &Commitment| {
            c.committers.len() > 1 && c.committers.iter().any(|link| link.as_str() == committer)
        };
        let count = |of: &dyn Fn(&Commitment) -> bool| list.iter().filter(|c| of(c)).count();
        let operation = BulkOperation::ExcludeItem {
            path: field("committers"),
            item: RonValue::text(&committer),
        };
        let plan = plan_bulk_edit(&loaded, RecordKind::Commitment, &all(&loaded), &operation);
        assert_eq!(plan.skipped.len(), count(&alone));
        assert_eq!(plan.changed, count(&shared));
        assert!(plan.changed > 0 && !plan.skipped.is_empty());
        assert!(
            plan.skipped[0]
                .reason
                .to_string()
                .contains("Nothing says who makes this commitment")
        );
        assert_eq!(
            done(&loaded, &plan).diagnostics.len(),
            loaded.diagnostics.len()
        );
    }

    #[test]
    fn nothing_becomes_a_part_of_itself() {
        let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let list = Commitment::list(&loaded.register);
        let (a, b) = (list[0].id.as_str(), list[1].id.as_str());
        let operation = BulkOperation::SetValue {
            path: field("parent"),
            value: Some(RonValue::text(a)),
        };
        let plan = plan_bulk_edit(&loaded, RecordKind::Commitment, &ids(&[a, b]), &operation);
        assert_eq!(plan.skipped.len(), 1, "{plan:?}");
        assert_eq!(plan.skipped[0].id, a);
    }

    #[test]
    fn many_are_taken_out_with_the_links_to_them() {
        let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let register = &loaded.register;
        let themes: Vec<&str> = register
            .themes
            .iter()
            .map(|t| t.id.as_str())
            .take(3)
            .collect();
        let plan = plan_removal(&loaded, RecordKind::Theme, &ids(&themes));
        assert_eq!(plan.ids, themes);
        assert!(plan.linking_count > 0 && plan.unlink_error.is_none());
        let ids_going = plan.ids.clone();
        let edit = Edit::RemoveRecords {
            ids: ids_going,
            unlink: true,
        };
        let change = plan_edit(&loaded, &edit).unwrap();
        let after = load(apply(&loaded.text, &change.edits).unwrap(), Vec::new());
        assert_eq!(after.diagnostics.len(), loaded.diagnostics.len());
        assert_eq!(after.register.themes.len(), register.themes.len() - 3);
        let documents: Vec<&str> = register.documents.iter().map(|d| d.id.as_str()).collect();
        let plan = plan_removal(&loaded, RecordKind::Document, &ids(&documents[..1]));
        let Some(EditRefusal::RequiredLink { to, .. }) = plan.unlink_error else {
            panic!("{plan:?}")
        };
        assert_eq!(to, RecordKind::Document);
    }
}
