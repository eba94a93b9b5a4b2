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

fn done(loaded: &LoadedRegister, outlook: &BulkPlan) -> LoadedRegister {
    let change = plan_edit(loaded, outlook.edit.as_ref().unwrap()).unwrap();
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
    let ahead = plan_bulk_edit(&loaded, RecordKind::Commitment, &everyone, &include);
    assert_eq!((ahead.unchanged, ahead.changed), (had, list.len() - had));
    assert!(
        ahead.skipped.is_empty() && ahead.warning_count == 0,
        "{ahead:?}"
    );
    let after = done(&loaded, &ahead);
    assert_eq!(after.diagnostics.len(), loaded.diagnostics.len());
    assert!(Commitment::list(&after.register).iter().all(|c| has_it(&c)));

    let (path, item) = (field("themes"), RonValue::text(&theme));
    let exclude = BulkOperation::ExcludeItem { path, item };
    let ahead = plan_bulk_edit(&after, RecordKind::Commitment, &everyone, &exclude);
    let after = done(&after, &ahead);
    assert!(!Commitment::list(&after.register).iter().any(|c| has_it(&c)));
}

#[test]
fn a_record_that_would_be_wrong_stays_as_it_is_and_the_others_change() {
    let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
    let list = Commitment::list(&loaded.register);
    let committer = list[0].committers[0].as_str().to_owned();
    let alone = |c: &Commitment| c.committers.len() == 1 && c.committers[0].as_str() == committer;
    let shared = |c: &Commitment| {
        c.committers.len() > 1 && c.committers.iter().any(|link| link.as_str() == committer)
    };
    let count = |of: &dyn Fn(&Commitment) -> bool| list.iter().filter(|c| of(c)).count();
    let task = BulkOperation::ExcludeItem {
        path: field("committers"),
        item: RonValue::text(&committer),
    };
    let ahead = plan_bulk_edit(&loaded, RecordKind::Commitment, &all(&loaded), &task);
    assert_eq!(ahead.skipped.len(), count(&alone));
    assert_eq!(ahead.changed, count(&shared));
    assert!(ahead.changed > 0 && !ahead.skipped.is_empty());
    assert!(
        ahead.skipped[0]
            .reason
            .to_string()
            .contains("Nothing says who makes this commitment")
    );
    assert_eq!(
        done(&loaded, &ahead).diagnostics.len(),
        loaded.diagnostics.len()
    );
}

#[test]
fn nothing_becomes_a_part_of_itself() {
    let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
    let list = Commitment::list(&loaded.register);
    let (a, b) = (list[0].id.as_str(), list[1].id.as_str());
    let task = BulkOperation::SetValue {
        path: field("parent"),
        value: Some(RonValue::text(a)),
    };
    let ahead = plan_bulk_edit(&loaded, RecordKind::Commitment, &ids(&[a, b]), &task);
    assert_eq!(ahead.skipped.len(), 1, "{ahead:?}");
    assert_eq!(ahead.skipped[0].id, a);
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
    let ahead = plan_removal(&loaded, RecordKind::Theme, &ids(&themes));
    assert_eq!(ahead.ids, themes);
    assert!(ahead.linking_count > 0 && ahead.unlink_error.is_none());
    let ids_going = ahead.ids.clone();
    let edit = Edit::RemoveRecords {
        ids: ids_going,
        unlink: true,
    };
    let change = plan_edit(&loaded, &edit).unwrap();
    let after = load(apply(&loaded.text, &change.edits).unwrap(), Vec::new());
    assert_eq!(after.diagnostics.len(), loaded.diagnostics.len());
    assert_eq!(after.register.themes.len(), register.themes.len() - 3);
    let documents: Vec<&str> = register.documents.iter().map(|d| d.id.as_str()).collect();
    let ahead = plan_removal(&loaded, RecordKind::Document, &ids(&documents[..1]));
    let Some(EditRefusal::RequiredLink { to, .. }) = ahead.unlink_error else {
        panic!("{ahead:?}")
    };
    assert_eq!(to, RecordKind::Document);
}
