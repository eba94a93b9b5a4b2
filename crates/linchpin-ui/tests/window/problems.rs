//! The page of problems: each with its repair, all that is sure at once, and the way to its lines.

use crate::desk::Desk;
use crate::editing::{text, undo};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use linchpin_app::page::Page;

/// The bundled register with two words of the vocabulary misspelt.
fn misspelt() -> (String, Desk) {
    let sound = linchpin_register::bundled::ALLIANCE_TEXT;
    let text = sound.replacen("mode: Continuing", "mode: Continuign", 2);
    assert_ne!(text, sound);
    let mut desk = Desk::with(&text);
    desk.go("Problems");
    (text, desk)
}

fn repairs(desk: &Desk) -> Vec<String> {
    let problems = desk.app().file.latest.diagnostics.iter();
    problems
        .filter_map(|problem| Some(problem.fix.as_ref()?.label.clone()))
        .collect()
}

#[test]
fn one_problem_is_repaired_by_its_button() {
    let (before, mut desk) = misspelt();
    let words = repairs(&desk);
    assert_eq!(words.len(), 2);
    let mut buttons = desk
        .harness
        .get_all_by_role_and_label(Role::Button, &words[0]);
    buttons.next().unwrap().click_accesskit();
    drop(buttons);
    desk.run();
    assert_eq!(desk.app().file.latest.diagnostics.len(), 1);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn all_that_is_sure_is_repaired_at_once() {
    let (before, mut desk) = misspelt();
    desk.choose(Role::Button, "Fix all safe problems");
    assert_eq!(text(&desk), linchpin_register::bundled::ALLIANCE_TEXT);
    assert_eq!(desk.app().file.latest.diagnostics.len(), 0);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_repair_that_loses_something_is_offered_alone() {
    let long = "a".repeat(299);
    let party = format!("(id: \"{long}\", name: \"B\", kind: State)");
    let mut desk = Desk::with(&format!("(format: 1, title: \"A\", parties: [{party}])"));
    desk.go("Problems");
    let all = desk
        .harness
        .query_all_by_role_and_label(Role::Button, "Fix all safe problems");
    assert_eq!(all.count(), 0);
    let label = repairs(&desk).remove(0);
    desk.choose(Role::Button, &label);
    assert!(text(&desk).contains(&format!("\"{}\"", &long[..80])));
}

#[test]
fn a_problem_leads_to_its_lines() {
    let (text, mut desk) = misspelt();
    let problem = desk.app().file.latest.diagnostics[0].clone();
    let start = problem.span.start as usize;
    let line = text[..start].matches('\n').count() + 1;
    let column = text[..start].rsplit('\n').next().unwrap().chars().count() + 1;
    let name = format!("Show in text: line {line}, column {column}");
    desk.choose(Role::Link, &name);
    assert_eq!(desk.app().view.page, Page::DataFile);
    assert!(desk.says(&format!("Line {line}, column {column}")));
}
