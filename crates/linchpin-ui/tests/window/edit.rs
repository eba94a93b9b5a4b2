//! Fields of a record edited in their place in the details.

use crate::desk::{Desk, Folder};
use crate::editing::{choose_in, field, fill, first_open, open, text, type_over, undo, with_step};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::UndoGrouping;
use linchpin_register::{Commitment, Date, RecordKind, RegisterRecord as _};
use ron_lossless::{Span, TextEdit};

#[test]
fn a_title_is_edited_in_its_place() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    let first = first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Another name");
    assert_eq!(text(&desk), before, "nothing is written while typing");
    desk.press(Modifiers::NONE, Key::Enter);
    let want = before.replacen(
        &format!("title: \"{}\"", first.title),
        "title: \"Another name\"",
        1,
    );
    assert_eq!(text(&desk), want);
    assert!(desk.rows().contains(&"Another name".to_owned()));
    assert!(field(&desk, "Title").is_none());
    undo(&mut desk);
    assert_eq!(text(&desk), before);
    assert!(desk.rows().contains(&first.title));
}

#[test]
fn a_field_is_left_by_a_click_or_taken_back_by_escape() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Not this");
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(text(&desk), before);
    assert!(field(&desk, "Title").is_none());
    assert!(desk.app().selected().is_some());

    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "But this");
    let second = Commitment::list(desk.app().register())[1].clone();
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, &second.title);
    let row = row.into_iter().next().unwrap();
    row.click();
    desk.run();
    let selected = desk.app().view.selected.clone();
    assert_eq!(selected.as_deref(), Some(second.id.as_str()));
    assert!(text(&desk).contains("title: \"But this\""));
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn undo_belongs_to_the_field_while_something_is_typed_there() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "One");
    desk.press(Modifiers::NONE, Key::Enter);
    let one = text(&desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Two");
    undo(&mut desk);
    assert_eq!(text(&desk), one, "the step before stays");
    desk.press(Modifiers::NONE, Key::Escape);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_word_of_a_vocabulary_is_chosen() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Edit mode");
        choose_in(desk, "Mode", "practice");
        let now = Commitment::list(desk.app().register())[0].clone();
        assert_ne!(now.mode, first.mode);
        assert_eq!(now.mode.label(), "practice");
    });
}

#[test]
fn a_date_is_typed_in_words_and_a_wrong_one_is_not_written() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    desk.choose(Role::Button, "Edit the register");
    fill(&mut desk, "Compiled", "31 June 2025");
    assert!(desk.says("June 2025 has 30 days"));
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(text(&desk), before, "what is wrong is not written");
    assert!(desk.says("June 2025 has 30 days"), "and stays to be fixed");
    fill(&mut desk, "Compiled", "30 June 2025");
    assert!(desk.says("30 June 2025"));
    desk.press(Modifiers::NONE, Key::Enter);
    let compiled = desk.app().register().compiled;
    assert_eq!(compiled, Date::parse("2025-06-30").ok());
    with_step(&mut desk, |desk| {
        choose_in(desk, "How exact: Compiled", "month");
        let compiled = desk.app().register().compiled;
        assert_eq!(compiled, Date::parse("2025-06").ok());
    });
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_date_of_any_kind_is_typed_and_said_in_words() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    desk.choose(Role::Button, "Edit the register");
    for (typed, words, code) in [
        ("c. 1953", "about 1953", "1953~"),
        ("2024-Q3", "third quarter of 2024", "2024-35"),
        ("1953 to 1955", "1953 to 1955", "1953/1955"),
        ("since 1953", "1953 or later", "1953/.."),
        ("432 BC", "432 BCE", "-0431"),
        ("1953%", "about 1953 (uncertain)", "1953%"),
    ] {
        fill(&mut desk, "Compiled", typed);
        assert!(desk.says(words), "{typed}");
        desk.press(Modifiers::NONE, Key::Enter);
        assert!(
            text(&desk).contains(&format!("compiled: \"{code}\"")),
            "{typed}"
        );
        assert!(desk.says(words), "{typed}");
        undo(&mut desk);
        assert_eq!(text(&desk), before, "{typed}");
    }
}

#[test]
fn a_link_is_found_by_a_few_letters() {
    let mut desk = Desk::bundled();
    let register = desk.app().register().clone();
    let all = Commitment::list(&register);
    let first = all.iter().find(|c| c.priority.is_some()).unwrap();
    let other = register.priorities.iter().rev();
    let mut other = other.filter(|p| first.priority.as_ref().unwrap().as_str() != p.id.as_str());
    let other = other.next().unwrap();
    open(&mut desk, "Commitments", &first.title);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Edit priority");
        choose_in(desk, "Priority", &other.name);
        let register = desk.app().register();
        let now = register.get::<Commitment>(first.id.as_str()).unwrap();
        assert_eq!(now.priority.as_ref().unwrap().as_str(), other.id.as_str());
    });
}

#[test]
fn a_list_grows_is_ordered_and_shrinks() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    let other = |taken: &[&str], register: &linchpin_register::Register| {
        let free = register
            .themes
            .iter()
            .find(|t| !taken.contains(&t.id.as_str()));
        free.unwrap().clone()
    };
    let had: Vec<&str> = first.themes.iter().map(|t| t.as_str()).collect();
    let theme = other(&had, desk.app().register());
    let themes = |desk: &Desk| -> Vec<String> {
        let first = &Commitment::list(desk.app().register())[0];
        first.themes.iter().map(|t| t.as_str().to_owned()).collect()
    };
    desk.choose(Role::Button, "Edit themes");
    with_step(&mut desk, |desk| {
        desk.harness
            .get_by_role_and_label(Role::ComboBox, "Add to Themes")
            .click_accesskit();
        desk.run();
        desk.harness
            .get_by_label("Search the list")
            .type_text(&theme.name);
        desk.run();
        desk.press(Modifiers::NONE, Key::Enter);
        assert_eq!(
            themes(desk).last().map(String::as_str),
            Some(theme.id.as_str())
        );
    });
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let count = had.len() + 1;
    assert_eq!(themes(&desk).len(), count);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, &format!("Move Themes {count} up"));
        assert_eq!(themes(desk)[count - 2], theme.id.as_str());
    });
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Take out Themes 1");
        assert_eq!(themes(desk).len(), count - 1);
    });
    desk.choose(Role::Link, "Done");
    assert!(desk.harness.query_by_label("Add to Themes").is_none());
}

#[test]
fn a_citation_is_mended_and_one_is_added() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Edit citation 1");
        fill(desk, "Phrase of citation 1", "other words");
        desk.press(Modifiers::NONE, Key::Enter);
        let now = &Commitment::list(desk.app().register())[0];
        assert_eq!(now.citations[0].phrase.as_deref(), Some("other words"));
        desk.choose(Role::Link, "Done");
    });
    desk.choose(Role::Link, "Add citation to citations");
    fill(&mut desk, "Phrase of new citation", "more words");
    let before = text(&desk);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Add this citation");
        let now = Commitment::list(desk.app().register())[0].clone();
        let (old, new) = (
            first.citations.last().unwrap(),
            now.citations.last().unwrap(),
        );
        assert_eq!(now.citations.len(), first.citations.len() + 1);
        assert_eq!(new.phrase.as_deref(), Some("more words"));
        assert_eq!(new.document.as_str(), old.document.as_str());
    });
    assert_eq!(text(&desk), before);
}

#[test]
fn what_the_file_says_wrongly_stands_below_its_field() {
    let mut desk = Desk::bundled();
    first_open(&mut desk);
    desk.choose(Role::Button, "Edit citation 1");
    let phrase = "one two three four five six seven eight nine ten eleven";
    fill(&mut desk, "Phrase of citation 1", phrase);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.choose(Role::Button, "Edit all fields");
    let problem = desk.app().file.latest.diagnostics[0].message.clone();
    assert!(desk.says(&problem), "{problem}");
    desk.choose(Role::Link, "Add citation to citations");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(
        desk.app().window.form_state.pick_list.is_some(),
        "the new citation has the keyboard"
    );
    desk.press(Modifiers::NONE, Key::Escape);
    undo(&mut desk);
    assert!(!desk.says(&problem));
}

#[test]
fn an_amount_changes_its_bound_and_its_number() {
    let mut desk = Desk::bundled();
    let figure = desk.app().register().figures.iter().find(|f| {
        matches!(
            f.amount,
            linchpin_register::Amount::MoreThan(_) | linchpin_register::Amount::Exactly(_)
        )
    });
    let figure = figure.unwrap().clone();
    open(&mut desk, "Figures", &figure.title);
    let amount = |desk: &Desk| {
        let figures = &desk.app().register().figures;
        figures
            .iter()
            .find(|f| f.id == figure.id)
            .unwrap()
            .amount
            .clone()
    };
    desk.choose(Role::Button, "Edit amount");
    with_step(&mut desk, |desk| {
        choose_in(desk, "Bound of amount", "between");
        let (low, high) = figure.amount.bounds();
        let number = low.or(high).unwrap();
        assert_eq!(
            amount(desk),
            linchpin_register::Amount::Between(number, number)
        );
        fill(desk, "Lower bound of amount", "99,999,999,999");
        assert!(desk.says("The lower bound is above the upper bound"));
        desk.press(Modifiers::NONE, Key::Escape);
    });
    with_step(&mut desk, |desk| {
        choose_in(desk, "Bound of amount", "about");
        desk.harness
            .get_by_role_and_label(Role::TextInput, "Amount")
            .focus();
        desk.run();
        undo(desk);
        choose_in(desk, "Bound of amount", "about");
        assert!(matches!(amount(desk), linchpin_register::Amount::About(_)));
    });
}

#[test]
fn an_assessment_is_added_with_its_evidence() {
    let mut desk = Desk::bundled();
    desk.harness.state_mut().platform.today = || Date::parse("2025-01-31").unwrap();
    let first = first_open(&mut desk);
    let before = first.status.len();
    desk.choose(Role::Link, "Add an assessment…");
    fill(&mut desk, "Assessor of new assessment", "Somebody");
    assert!(desk.says("Status is still to be filled in"));
    desk.choose(Role::RadioButton, "stalled: Steps have stopped.");
    assert!(desk.says("Cite the evidence"));
    let none = "no evidence found: Somebody looked and found none.";
    desk.choose(Role::RadioButton, none);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Add this assessment");
        let now = &Commitment::list(desk.app().register())[0];
        assert_eq!(now.status.len(), before + 1);
        let last = now.status.last().unwrap();
        assert_eq!(
            (last.date.to_code().as_str(), last.assessor.as_str()),
            ("2025-01-31", "Somebody")
        );
    });
    assert_eq!(desk.app().view.preferences.assessor, "Somebody");
}

#[test]
fn all_fields_open_as_a_form_and_close_again() {
    let mut desk = Desk::bundled();
    first_open(&mut desk);
    desk.press(Modifiers::ALT, Key::Enter);
    for spec in RecordKind::Commitment.fields() {
        let name = linchpin_register::tables::record_detail::field_label(spec.name);
        assert!(desk.says(&name), "{name}");
    }
    with_step(&mut desk, |desk| {
        fill(desk, "Note", "A remark");
        desk.press(Modifiers::NONE, Key::Enter);
        let now = &Commitment::list(desk.app().register())[0];
        assert_eq!(now.note.as_deref(), Some("A remark"));
    });
    desk.choose(Role::Button, "Done");
    assert!(desk.says("Add an assessment…"));
}

#[test]
fn a_broken_text_is_not_edited_in_forms() {
    let mut desk = Desk::bundled();
    first_open(&mut desk);
    let version = desk.app().file.draft.version();
    desk.harness
        .state_mut()
        .queue_transaction(TransactionRequest::TextEdits {
            label: "Break it".into(),
            edits: vec![TextEdit::new(Span::new(0, 0), "[")],
            run: UndoGrouping::Separate,
            version,
        });
    desk.run();
    assert!(desk.app().file.latest.is_broken);
    let before = text(&desk);
    desk.choose(Role::Button, "Edit title");
    assert!(field(&desk, "Title").is_none());
    desk.press(Modifiers::NONE, Key::Delete);
    assert!(desk.says("The file has syntax errors"));
    assert_eq!(text(&desk), before);
    undo(&mut desk);
    desk.choose(Role::Button, "Edit title");
    assert!(field(&desk, "Title").is_some());
}

#[test]
fn what_is_being_typed_is_part_of_what_is_saved() {
    let folder = Folder::new("typed-and-saved");
    let path = folder.file("register.ron", linchpin_register::bundled::ALLIANCE_TEXT);
    let mut desk = Desk::open(path.clone());
    desk.wait("read", |app| !app.file.is_loading);
    first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Typed before saving");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    let saved = std::fs::read_to_string(path).unwrap();
    assert!(saved.contains("title: \"Typed before saving\""));
}

#[test]
fn a_figure_becomes_a_change_with_its_base() {
    let mut desk = Desk::bundled();
    let figures = &desk.app().register().figures;
    let is_plain = |f: &&linchpin_register::Figure| {
        f.kind.name() == "Count" && matches!(f.amount, linchpin_register::Amount::Exactly(_))
    };
    let figure = figures.iter().find(is_plain).unwrap().clone();
    open(&mut desk, "Figures", &figure.title);
    let now = |desk: &Desk| {
        let figures = &desk.app().register().figures;
        figures.iter().find(|f| f.id == figure.id).unwrap().clone()
    };
    let problems = |desk: &Desk| {
        let all = desk.app().file.latest.diagnostics.iter();
        all.map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let before = text(&desk);
    desk.choose(Role::Button, "Edit amount");
    choose_in(&mut desk, "Measure", "change");
    assert_eq!(now(&desk).measure.map(|it| it.name()), Some("Change"));
    assert_eq!(
        problems(&desk),
        ["Nothing says since when this change is counted"]
    );
    desk.choose(Role::Link, "Add base to base");
    fill(&mut desk, "From of new base", "2019");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.choose(Role::Button, "Add this base");
    assert_eq!(problems(&desk), [""; 0]);
    let base = now(&desk).base.and_then(|base| base.from);
    assert_eq!(base, Date::parse("2019").ok());
    fill(&mut desk, "Amount", "-2,000");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(now(&desk).amount.bounds().0, Some(-2000.0));
    assert!(!problems(&desk).contains(&"A count cannot be below zero".to_owned()));
    for _ in 0..3 {
        undo(&mut desk);
    }
    assert_eq!(text(&desk), before);
}

#[test]
fn a_problem_of_the_whole_record_stands_below_no_empty_field() {
    let mut desk = Desk::with(
        "(format: 1, title: \"One\", instruments: \
         [(id: \"pact\", name: \"Pact\", kind: Treaty)])",
    );
    let problem = desk.app().file.latest.diagnostics[0].message.clone();
    open(&mut desk, "Instruments", "Pact");
    desk.press(Modifiers::ALT, Key::Enter);
    assert!(field(&desk, "Native name").is_some());
    let shown = desk.harness.query_all_by_label_contains(&problem).count();
    assert_eq!(shown, 1, "{problem}");
}
