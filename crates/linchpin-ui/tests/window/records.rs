//! From a row to its words, and along its links.

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::command::{Action, Command};
use linchpin_register::{Body, Commitment, RecordKind, RegisterRecord as _};

fn open_commitment(desk: &mut Desk, title: &str) {
    desk.go("Commitments");
    desk.search(&format!("\"{title}\""));
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, title)
        .next()
        .unwrap();

    row.click();
    desk.run();
}

#[test]
fn a_row_opens_the_words_it_came_from() {
    let mut desk = Desk::bundled();
    let first = desk.app().register().commitments[0].clone();
    open_commitment(&mut desk, &first.title);
    assert!(desk.says(first.citations[0].phrase.as_deref().unwrap()));
    assert!(desk.says(&first.statement));
    assert!(desk.says("Open at source"));
}

#[test]
fn open_at_source_asks_for_the_page_at_the_phrase() {
    let mut desk = Desk::bundled();
    let first = desk.app().register().commitments[0].clone();
    open_commitment(&mut desk, &first.title);
    desk.harness
        .get_all_by_role_and_label(Role::Button, "Open at source")
        .next()
        .unwrap()
        .click();
    let mut urls = Vec::new();
    for _ in 0..4 {
        desk.harness.step();
        urls.extend(
            desk.harness
                .output()
                .platform_output
                .commands
                .iter()
                .filter_map(|c| match c {
                    egui::OutputCommand::OpenUrl(open) => Some(open.url.clone()),
                    _ => None,
                }),
        );
    }
    assert_eq!(urls.len(), 1);
    assert!(
        urls[0].starts_with("https://www.safia.hq.af.mil/"),
        "{urls:?}"
    );
    assert!(urls[0].contains("#:~:text="), "{urls:?}");
}

#[test]
fn copy_citation_copies_document_paragraph_and_phrase() {
    let mut desk = Desk::bundled();
    let first = desk.app().register().commitments[0].clone();
    open_commitment(&mut desk, &first.title);
    desk.harness
        .get_all_by_role_and_label(Role::Button, "Copy citation")
        .next()
        .unwrap()
        .click();
    let mut copied = String::new();
    for _ in 0..4 {
        desk.harness.step();
        for command in &desk.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    let citation = &first.citations[0];
    assert!(
        copied.contains(citation.phrase.as_deref().unwrap()),
        "{copied}"
    );
    assert!(
        copied.contains(&format!("para. {}", citation.paragraph.unwrap())),
        "{copied}"
    );
}

#[test]
fn a_commitment_leads_to_its_body_and_the_body_to_all_its_commitments() {
    let mut desk = Desk::bundled();
    let register = desk.app().register().clone();
    let (commitment, body) = Commitment::list(&register)
        .iter()
        .find_map(|c| Some((c, register.get::<Body>(c.bodies.first()?.as_str())?)))
        .unwrap();
    open_commitment(&mut desk, &commitment.title);
    let short = body.abbreviation.as_deref().unwrap_or(&body.name);
    desk.choose(Role::Link, short);
    assert!(
        desk.harness
            .query_by_role_and_label(Role::Tab, "Bodies")
            .is_some()
    );
    assert_eq!(desk.app().view.selected.as_deref(), Some(body.id.as_str()));
    let backlinks = register.linked_from_kind(
        register.find(body.id.as_str()).unwrap(),
        linchpin_register::RecordKind::Commitment,
    );
    for at in backlinks {
        assert!(desk.says(register.record(*at).unwrap().title()));
    }
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(
        desk.app().view.selected.as_deref(),
        Some(commitment.id.as_str())
    );
}

#[test]
fn show_in_file_names_the_line() {
    let mut desk = Desk::bundled();
    let first = desk.app().register().commitments[0].clone();
    open_commitment(&mut desk, &first.title);
    desk.choose(Role::Link, "Show in file");
    let text = linchpin_register::bundled::ALLIANCE_TEXT;
    let needle = format!("id: \"{}\"", first.id.as_str());
    let at = text.find(&needle).unwrap();
    let line_of_id = text[..at].matches('\n').count() + 1;
    // The record opens on the line above its id.
    assert!(desk.says(&format!("Line {}, column 9", line_of_id - 1)));
    let title: String = first.title.chars().take(20).collect();
    desk.harness
        .query_all_by_role(Role::Link)
        .find(|node| crate::desk::label(node).starts_with(&format!("Show “{title}")))
        .unwrap()
        .click();
    desk.run();
    assert_eq!(desk.app().view.selected.as_deref(), Some(first.id.as_str()));
    assert_eq!(desk.app().view.page, linchpin_app::page::Page::Commitments);
}

#[test]
fn a_mark_of_a_chart_filters_the_table_to_its_records() {
    let mut desk = Desk::bundled();
    desk.go("Charts");
    let app = desk.app();
    let picture = app.derived.picture("commitments-by-theme").unwrap().clone();
    let (_, mark) = picture.marks().find(|(_, m)| m.records.len() > 1).unwrap();
    let (label, count) = (mark.label.clone(), mark.records.len());
    desk.choose(Role::Button, "Enlarge Commitments by theme");
    desk.harness.get_by_label(&label).click_accesskit();
    desk.run();
    let (_, selection) = desk
        .app()
        .derived
        .table(linchpin_register::RecordKind::Commitment)
        .unwrap();
    assert_eq!(selection.rows.len(), count);
    assert!(desk.says(&label));
}

#[test]
fn on_a_narrow_window_the_details_are_a_page() {
    let mut desk = Desk::sized([900.0, 600.0]);
    let first = desk.app().register().commitments[0].clone();
    open_commitment(&mut desk, &first.title);
    assert!(desk.says(&first.statement));
    assert!(desk.rows().is_empty());
    desk.click(Role::Button, "← Back to the table");
    assert!(!desk.rows().is_empty());
}

#[test]
fn back_returns_to_the_same_table_of_terms() {
    let mut desk = Desk::bundled();
    desk.go("Ladder and terms");
    desk.click(Role::Button, "Themes");
    assert_eq!(desk.app().table(), Some(RecordKind::Theme));
    let step = desk.app().register().ladder[0].id.to_string();
    let ctx = desk.harness.ctx.clone();
    let show = vec![Command::ShowRecordById(step)];
    desk.harness.state_mut().apply(show, &ctx);
    desk.run();
    assert_eq!(desk.app().table(), Some(RecordKind::LadderStep));
    desk.click(Role::Button, "Priorities");
    let mut back = |wanted| {
        let back = vec![Command::RunAction(Action::Back)];
        desk.harness.state_mut().apply(back, &ctx);
        desk.run();
        assert_eq!(desk.app().table(), Some(wanted));
    };
    back(RecordKind::LadderStep);
    back(RecordKind::Theme);
    back(RecordKind::LadderStep);
}
