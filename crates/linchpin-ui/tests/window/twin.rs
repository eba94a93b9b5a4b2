//! Charts for those who read rather than look: their data in their place, and copies of them.

use crate::desk::Desk;
use arboard::Error;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linchpin_app::clipboard::{ChartSource, Clipboard, ClipboardContent, CopyAs, render_chart};
use linchpin_app::command::{Action, Command};
use linchpin_charts as charts;
use linchpin_register::bundled;
use linchpin_render::export::image::ImageOptions;

const THEMES: &str = "Commitments by theme";

/// The page of a chart by itself.
fn by_itself() -> Desk {
    let mut desk = Desk::bundled();
    desk.go("Charts");
    desk.choose(Role::Button, &format!("Enlarge {THEMES}"));
    desk
}

/// The words of what has the keyboard.
fn at_keyboard(desk: &Desk) -> String {
    let all = desk.harness.root().children_recursive();
    let mut focused = all.filter(|node| node.accesskit_node().is_focused());
    focused.next().map_or_else(String::new, |node| {
        node.accesskit_node().label().unwrap_or_default()
    })
}

/// Steps through the page with Tab until something has the keyboard whose words begin so.
fn tab_to(desk: &mut Desk, words: &str) {
    for _ in 0..200 {
        if at_keyboard(desk).starts_with(words) {
            return;
        }
        desk.press(Modifiers::NONE, Key::Tab);
    }
    panic!("Tab does not lead to {words}");
}

#[test]
fn a_key_shows_the_data_in_place_of_the_chart_and_the_chart_again() {
    let mut desk = by_itself();
    tab_to(&mut desk, &format!("{THEMES}. "));
    desk.press(Modifiers::NONE, Key::T);
    let table = format!("{THEMES}, as a table of 14 rows and 2 columns");
    assert_eq!(at_keyboard(&desk), table);
    let cells: Vec<String> = desk
        .harness
        .query_all_by_role(Role::Cell)
        .map(|cell| cell.accesskit_node().label().unwrap_or_default())
        .collect();
    assert_eq!(
        cells[..4],
        ["Extended deterrence", "20", "Nuclear forces", "17"]
    );
    assert_eq!(cells.len(), 28);
    desk.press(Modifiers::NONE, Key::T);
    assert!(at_keyboard(&desk).starts_with(&format!("{THEMES}. ")));
    assert!(desk.harness.query_by_role(Role::Cell).is_none());
}

#[test]
fn a_button_shows_the_data_too() {
    let mut desk = by_itself();
    desk.choose(Role::Button, &format!("Table of {THEMES}"));
    desk.harness
        .get_by_role_and_label(Role::ColumnHeader, "commitments");
    desk.choose(Role::Button, &format!("Chart of {THEMES}"));
    assert!(desk.harness.query_by_role(Role::ColumnHeader).is_none());
}

#[test]
fn enter_on_a_mark_opens_its_records() {
    let mut desk = by_itself();
    tab_to(&mut desk, &format!("{THEMES}. "));
    desk.press(Modifiers::NONE, Key::End);
    desk.press(Modifiers::NONE, Key::Enter);
    // The last theme has one commitment.
    assert_eq!(
        desk.app().selected().map(|at| at.kind.what()),
        Some("commitment")
    );
}

#[test]
fn without_a_clipboard_a_notice_says_so_and_what_to_do() {
    for form in [Action::CopyImage, Action::CopySvg, Action::CopyMarkdown] {
        let mut desk = by_itself();
        let none = Clipboard::with_opener(|| Err(Error::ClipboardNotSupported));
        desk.harness.state_mut().platform.clipboard = none;
        let ctx = desk.harness.ctx.clone();
        desk.harness
            .state_mut()
            .apply(vec![Command::RunAction(form)], &ctx);
        desk.wait("the copy", |app| !app.notices.all().is_empty());
        let notice = desk.app().notices.all().last().unwrap().clone();
        assert!(notice.is_error);
        assert!(
            notice
                .text
                .starts_with("Nothing was copied: no clipboard can be reached"),
            "{}",
            notice.text
        );
        assert!(desk.says("Export the chart to a file instead"));
    }
}

#[test]
fn what_is_copied_is_the_chart() {
    let subject = ChartSource {
        loaded: linchpin_register::load(bundled::ALLIANCE_TEXT, Vec::new()),
        name: "register.ron".into(),
        rule: Default::default(),
    };
    let register = &subject.loaded.register;
    let chart = charts::by_id(register, "commitments-by-theme").unwrap();
    let options = ImageOptions::default();
    let copied = |form| render_chart(&subject, chart, form, &options).unwrap();
    match copied(CopyAs::Image) {
        ClipboardContent::Image {
            width_px,
            height_px,
            rgba,
        } => {
            assert_eq!(width_px, 1600);
            assert_eq!(rgba.len(), width_px * height_px * 4);
        }
        ClipboardContent::Text(text) => panic!("{text}"),
    }
    let text = |form| match copied(form) {
        ClipboardContent::Text(text) => text,
        ClipboardContent::Image { .. } => panic!("an image"),
    };
    let svg = text(CopyAs::Svg);
    assert!(svg.starts_with("<svg ") && svg.contains(THEMES));
    let markdown = text(CopyAs::Markdown);
    for words in [
        "### Commitments by theme",
        "| Nuclear forces | 17 |",
        "Sources: ",
        "<https://",
    ] {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }
    assert!(text(CopyAs::Csv).starts_with("name,commitments,records\r\n"));
}
