//! Cells edited in their place in the table.

use crate::desk::Desk;
use crate::editing::{break_text, field, fill, text, type_over, undo, with_step};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::form_state::OpenCell;
use linchpin_register::tables::{self, CellEditing};
use linchpin_register::{Commitment, RecordKind, RegisterRecord as _};

/// The table of a page with its first row selected.
fn table(page: &str) -> Desk {
    let mut desk = Desk::bundled();
    desk.go(page);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    if desk.app().view.detail_open {
        desk.press(Modifiers::COMMAND, Key::D);
    }
    desk
}

fn first(desk: &Desk) -> Commitment {
    Commitment::list(desk.app().register())[0].clone()
}

/// The key of the column whose cell is open.
fn open_column(desk: &Desk) -> Option<&'static str> {
    let cell: Option<&OpenCell> = desk.app().window.form_state.open_cell.as_ref();
    cell.map(|cell| cell.column)
}

/// Where a cell of the selected row is, scrolled into view.
fn cell(desk: &mut Desk, starts: &str) -> egui::Rect {
    let find = |desk: &Desk| {
        let mut cells = desk.harness.query_all_by_role(Role::Cell);
        let cell = cells.find(|cell| crate::desk::label(cell).starts_with(starts));
        cell.map(|cell| cell.rect())
    };
    for _ in 0..12 {
        match find(desk).filter(|rect| rect.right() < 1270.0) {
            Some(rect) => return rect,
            None => desk.press(Modifiers::NONE, Key::ArrowRight),
        }
    }
    panic!("no cell says {starts}");
}

/// Clicks twice where a cell of the selected row is.
fn click_twice(desk: &mut Desk, starts: &str) {
    let at = cell(desk, starts).center();
    // Whatever was clicked before was clicked long ago.
    desk.harness.run_steps(60);
    desk.harness.ctx.options_mut(|options| {
        options.input_options.max_double_click_delay = 6.0;
    });
    for _ in 0..2 {
        desk.harness.hover_at(at);
        desk.harness.drag_at(at);
        desk.harness.drop_at(at);
        desk.run();
    }
}

#[test]
fn enter_opens_a_cell_writes_it_and_stays() {
    let mut desk = table("Commitments");
    let before = text(&desk);
    let old = first(&desk);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(open_column(&desk), Some("title"));
    type_over(&mut desk, "Title", "Another name");
    assert_eq!(text(&desk), before, "nothing is written while typing");
    desk.press(Modifiers::NONE, Key::Enter);
    let title = |title: &str| format!("title: \"{title}\"");
    let want = before.replacen(&title(&old.title), &title("Another name"), 1);
    assert_eq!(text(&desk), want);
    assert_eq!(open_column(&desk), None);
    assert_eq!(desk.app().view.selected.as_deref(), Some(old.id.as_str()));
    undo(&mut desk);
    assert_eq!(text(&desk), before);
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(
        field(&desk, "Title").is_some(),
        "the keyboard is still there"
    );
}

#[test]
fn escape_gives_up_what_was_typed() {
    let mut desk = table("Commitments");
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::F2);
    type_over(&mut desk, "Title", "Not this");
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(open_column(&desk), None);
    assert_eq!(text(&desk), before);
    assert!(desk.app().window.form_state.pending_inputs.is_empty());
    assert!(desk.app().selected().is_some());
}

#[test]
fn tab_writes_and_goes_to_the_next_cell() {
    let mut desk = table("Bodies");
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::F2);
    type_over(&mut desk, "Name", "A new name");
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(open_column(&desk), Some("abbreviation"));
    assert!(text(&desk).contains("name: \"A new name\""));
    type_over(&mut desk, "Abbreviation", "ANN");
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(open_column(&desk), Some("kind"));
    assert!(text(&desk).contains("abbreviation: \"ANN\""));
    desk.press(Modifiers::SHIFT, Key::Tab);
    assert_eq!(open_column(&desk), Some("abbreviation"));
    desk.press(Modifiers::NONE, Key::Escape);
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_double_click_opens_the_list_of_a_vocabulary_over_its_cell() {
    let mut desk = table("Commitments");
    let old = first(&desk);
    with_step(&mut desk, |desk| {
        click_twice(desk, "Mode:");
        assert_eq!(open_column(desk), Some("mode"));
        desk.choose(Role::ListBoxOption, "practice");
        assert_eq!(first(desk).mode.label(), "practice");
        assert_ne!(first(desk).mode, old.mode);
        assert_eq!(open_column(desk), None);
    });
}

#[test]
fn the_editor_lies_over_its_cell() {
    let mut desk = table("Bodies");
    let cell = cell(&mut desk, "Short:");
    click_twice(&mut desk, "Short:");
    let editor = field(&desk, "Abbreviation").unwrap().rect();
    assert!((editor.left() - cell.left()).abs() < 4.0, "{editor} {cell}");
    assert!(
        (editor.center().y - cell.center().y).abs() < 4.0,
        "{editor} {cell}"
    );
}

#[test]
fn a_link_is_chosen_by_a_few_letters() {
    let mut desk = table("Commitments");
    let register = desk.app().register().clone();
    let old = first(&desk).priority;
    let other = register.priorities.iter();
    let mut other = other.filter(|p| old.as_ref().map(|l| l.as_str()) != Some(p.id.as_str()));
    let other = other.next_back().unwrap().clone();
    with_step(&mut desk, |desk| {
        click_twice(desk, "Priority:");
        desk.choose(Role::ListBoxOption, &other.name);
        let now = first(desk).priority;
        assert_eq!(now.as_ref().map(|l| l.as_str()), Some(other.id.as_str()));
    });
}

#[test]
fn what_is_wrong_is_refused_in_words_and_stays_to_be_mended() {
    let mut desk = table("Ladder and terms");
    desk.choose(Role::Button, "Priorities");
    desk.press(Modifiers::NONE, Key::ArrowDown);
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::F2);
    assert_eq!(open_column(&desk), Some("rank"));
    fill(&mut desk, "Rank", "many");
    for key in [Key::Enter, Key::Tab] {
        desk.press(Modifiers::NONE, key);
        assert!(desk.says("Write a whole number, such as 3"));
        assert_eq!(open_column(&desk), Some("rank"));
        assert!(field(&desk, "Rank").unwrap().is_focused());
        assert_eq!(text(&desk), before);
    }
    fill(&mut desk, "Rank", "300");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(text(&desk), before, "a rank goes to 255");
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_list_opens_in_a_popup_that_closes_when_it_is_done() {
    let mut desk = table("Commitments");
    let register = desk.app().register().clone();
    let old = first(&desk);
    let free = register.parties.iter();
    let mut free = free.filter(|p| old.committers.iter().all(|l| l.as_str() != p.id.as_str()));
    let party = free.next().unwrap().clone();
    with_step(&mut desk, |desk| {
        click_twice(desk, "Committer:");
        assert_eq!(open_column(desk), Some("committer"));
        crate::editing::choose_in(desk, "Add to Committers", &party.name);
        assert_eq!(first(desk).committers.len(), old.committers.len() + 1);
        assert_eq!(open_column(desk), Some("committer"), "more can be added");
        desk.choose(Role::Link, "Done");
        assert_eq!(open_column(desk), None);
    });
}

#[test]
fn a_new_assessment_is_written_in_the_cell_of_the_status() {
    let mut desk = table("Commitments");
    let old = first(&desk);
    with_step(&mut desk, |desk| {
        click_twice(desk, "Status:");
        fill(desk, "Assessor of new assessment", "A. Reader");
        crate::editing::choose_in(desk, "Status of new assessment", "no evidence found");
        desk.choose(Role::Button, "Add this assessment");
        assert_eq!(first(desk).status.len(), old.status.len() + 1);
        assert_eq!(open_column(desk), None);
    });
}

#[test]
fn what_is_counted_says_what_to_edit_instead() {
    let mut desk = table("Bodies");
    let before = text(&desk);
    click_twice(&mut desk, "Commitments:");
    assert_eq!(open_column(&desk), None);
    assert!(desk.says("To change it, edit the bodies of a commitment."));
    assert_eq!(text(&desk), before);
}

#[test]
fn a_row_that_the_filters_hide_after_an_edit_can_be_shown() {
    let old = "name: \"Nuclear Consultative Group\"";
    let renamed =
        linchpin_register::bundled::ALLIANCE_TEXT.replacen(old, "name: \"Zebra council\"", 1);
    let mut desk = Desk::with(&renamed);
    let name = "Zebra council".to_owned();
    desk.go("Bodies");
    desk.search("zebra");
    desk.press(Modifiers::NONE, Key::ArrowDown);
    let row = |desk: &Desk, name: &str| desk.rows().contains(&name.to_owned());
    assert!(row(&desk, &name));
    desk.press(Modifiers::NONE, Key::F2);
    type_over(&mut desk, "Name", "Entirely different");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(!row(&desk, "Entirely different"));
    assert!(desk.says("“Entirely different” is selected, and the search or the filters hide it"));
    desk.choose(Role::Link, "Show it");
    assert!(row(&desk, "Entirely different"));
}

#[test]
fn the_arrows_go_from_column_to_column() {
    let mut desk = table("Bodies");
    for _ in 0..3 {
        desk.press(Modifiers::NONE, Key::ArrowRight);
    }
    let at = |desk: &Desk| {
        desk.app()
            .window
            .form_state
            .current_column
            .map(|(_, key)| key)
    };
    assert_eq!(at(&desk), Some("kind"));
    desk.press(Modifiers::NONE, Key::ArrowLeft);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(open_column(&desk), Some("abbreviation"));
}

#[test]
fn every_cell_that_can_be_edited_opens_and_closes_without_a_change() {
    for (page, kind) in [
        ("Commitments", RecordKind::Commitment),
        ("Bodies", RecordKind::Body),
        ("Figures", RecordKind::Figure),
        ("Documents", RecordKind::Document),
        ("Events", RecordKind::Event),
    ] {
        let mut desk = match page {
            "Events" => table("Timeline"),
            page => table(page),
        };
        let before = text(&desk);
        for column in &tables::of_kind(kind).columns {
            desk.press(Modifiers::NONE, Key::ArrowRight);
            if let CellEditing::ReadOnly(_) = column.editing {
                continue;
            }
            desk.press(Modifiers::NONE, Key::F2);
            assert_eq!(open_column(&desk), Some(column.key), "{page}");
            for _ in 0..3 {
                desk.press(Modifiers::NONE, Key::Escape);
            }
            assert_eq!(open_column(&desk), None, "{page} {}", column.key);
        }
        assert_eq!(text(&desk), before, "{page}");
    }
}

#[test]
fn a_broken_file_opens_no_cell() {
    let mut desk = table("Commitments");
    break_text(&mut desk);
    desk.press(Modifiers::NONE, Key::F2);
    assert_eq!(open_column(&desk), None);
    assert!(desk.says("The file has syntax errors"));
}

#[test]
fn rows_move_in_the_order_of_the_file_only() {
    let mut desk = table("Commitments");
    let moved = Modifiers::ALT | Modifiers::SHIFT;
    with_step(&mut desk, |desk| desk.press(moved, Key::ArrowDown));
    desk.click(Role::ColumnHeader, "Mode");
    let before = text(&desk);
    desk.press(moved, Key::ArrowDown);
    assert_eq!(text(&desk), before);
    assert!(desk.says("The rows are sorted, and moving changes the order in the file."));
}

#[test]
fn enter_alone_changes_nothing_in_a_list_to_choose_from() {
    for column in ["Mode:", "Priority:", "Strength:"] {
        let mut desk = table("Commitments");
        let before = text(&desk);
        click_twice(&mut desk, column);
        assert!(desk.app().window.form_state.pick_list.is_some(), "{column}");
        desk.press(Modifiers::NONE, Key::Enter);
        assert_eq!(open_column(&desk), None, "{column}");
        assert_eq!(text(&desk), before, "{column}");
    }
}
