//! A document is read: its paragraphs, its coded phrases, what stands in the margin, finding and
//! copying.

use crate::desk::{Desk, label};
use crate::texts::{copied, copied_by, long, opened, settle};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::page::Page;

fn read(desk: &mut Desk, short: &str) {
    desk.go("Reader");
    desk.choose(Role::Button, &format!("Read {short}"));
    settle(desk);
}

fn selected(desk: &Desk) -> &str {
    desk.app().view.selected.as_deref().unwrap_or_default()
}

fn link(desk: &mut Desk, starts: &str) {
    let all = desk.harness.query_all_by_role(Role::Link);
    let name = all
        .map(|node| label(&node))
        .find(|name| name.starts_with(starts));
    let name = name.unwrap_or_else(|| panic!("no link begins with {starts}"));
    desk.click(Role::Link, &name);
}

#[test]
fn documents_with_a_text_come_first_and_the_others_say_how_to_attach_one() {
    let (_folder, mut desk) = opened("reader-list", "One.");
    desk.go("Reader");
    assert!(desk.says("3 of 5 documents with a text. Texts belong to their publishers"));
    let top = |desk: &Desk, name: &str| {
        let node = desk.harness.get_by_role_and_label(Role::Button, name);
        node.rect().top()
    };
    let talks = top(&desk, "Read Talks, 2024");
    assert!(talks < top(&desk, "Attach a text to Untold paper"));
    assert!(desk.harness.query_by_label("Read Untold paper").is_none());
    assert!(
        desk.harness
            .query_by_label("Attach a text to Gone page")
            .is_some()
    );
    read(&mut desk, "Blank page");
    assert!(desk.says("This text is empty"));
    assert!(desk.says("Attach a text…"));
    desk.click(Role::Button, "← All documents");
    assert!(desk.says("3 of 5 documents"));
}

#[test]
fn every_sentence_says_how_it_stands() {
    let (_folder, mut desk) = opened("reader-margin", "One.");
    read(&mut desk, "Talks, 2024");
    assert!(desk.says("5 of 10 sentences coded or dismissed"));
    for words in [
        "Sentence 1 of paragraph 1: not looked at",
        "Sentence 2 of paragraph 1: coded: Hold a review; Once a year is rare",
        "Sentence 3 of paragraph 1: dismissed as description: an open question",
        "Sentence 1 of paragraph 3: coded: Strengthen deterrence",
        "양국은 확장억제를 강화할 것이다. 회의는 서울에서 열렸다.",
        "Commitment, step 5: Hold a review",
        "Commitment, without a rank: Strengthen deterrence",
        "Figure: People who came (found but for quotation marks, dashes, case or spaces)",
        "Concern: Too small a circle (the citation says paragraph 1)",
        "“nobody ever wrote this” does not stand in this text: Lost words",
        "2 phrases not in place",
    ] {
        assert!(desk.says(words), "{words}");
    }
    let coded = "Sentence 3 of paragraph 1: dismissed as description: an open question";
    desk.click(Role::Button, coded);
    assert_eq!(selected(&desk), "no-date");
}

#[test]
fn a_click_on_a_phrase_shows_its_record_and_asks_which_where_there_are_several() {
    let (_folder, mut desk) = opened("reader-click", "One.");
    read(&mut desk, "Talks, 2024");
    link(&mut desk, "Commitment, without a rank");
    assert_eq!(selected(&desk), "deter");
    assert!(desk.says("Deterrence grows."));
    // Its middle belongs to two records.
    link(&mut desk, "Commitment, step 5");
    assert!(desk.says("Several records stand here"));
    assert_eq!(selected(&desk), "deter");
    desk.click(Role::Button, "Concern: Once a year is rare");
    assert_eq!(selected(&desk), "yearly");
    assert!(!desk.says("Several records stand here"));
}

#[test]
fn a_citation_leads_to_its_words_far_down_a_long_text() {
    let (_folder, mut desk) = opened("reader-long", &long(3_000));
    read(&mut desk, "Long report");
    assert!(desk.says("Paragraph 1 says"));
    assert!(!desk.says("Paragraph 2900 says"));
    desk.go("Commitments");
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, "Keep the far promise");
    row.last().unwrap().click();
    desk.run();
    desk.choose(Role::Button, "Show in the text");
    settle(&mut desk);
    assert_eq!(desk.app().view.page, Page::Reader);
    assert!(desk.says("Paragraph 2900 says"));
    assert!(!desk.says("Paragraph 1 says"));
    // Only what is in view is laid out.
    let blocks = desk
        .harness
        .query_all_by_label_contains("quiet days")
        .count();
    assert!(blocks < 40, "{blocks}");
    let phrase = "Commitment, step 5: Keep the far promise";
    let rect = desk
        .harness
        .get_by_role_and_label(Role::Link, phrase)
        .rect();
    assert!((120.0..780.0).contains(&rect.center().y), "{rect:?}");
    // Up and down again, the same words stand at the same place.
    desk.press(Modifiers::NONE, Key::PageUp);
    desk.press(Modifiers::NONE, Key::PageDown);
    let again = desk
        .harness
        .get_by_role_and_label(Role::Link, phrase)
        .rect();
    assert!((again.top() - rect.top()).abs() < 1.0, "{again:?} {rect:?}");
    desk.press(Modifiers::NONE, Key::Home);
    assert!(desk.says("Paragraph 1 says"));
    desk.press(Modifiers::NONE, Key::End);
    assert!(desk.says("Paragraph 3000 says"));
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.app().view.page, Page::Commitments);
}

#[test]
fn one_enormous_paragraph_is_read_like_any_other() {
    let text = long(2_500).replace('\n', " ");
    assert!(text.len() > 200_000);
    let (_folder, mut desk) = opened("reader-enormous", &text);
    read(&mut desk, "Long report");
    assert!(desk.says("0 of 5000 sentences coded or dismissed"));
    desk.press(Modifiers::NONE, Key::End);
    assert!(desk.says("Paragraph 2500 says"));
    assert!(!desk.says("Paragraph 1 says"));
}

#[test]
fn keys_go_from_phrase_to_phrase_and_to_open_sentences() {
    let (_folder, mut desk) = opened("reader-keys", "One.");
    read(&mut desk, "Talks, 2024");
    let mut walked = Vec::new();
    for _ in 0..4 {
        desk.press(Modifiers::NONE, Key::J);
        walked.push(selected(&desk).to_owned());
    }
    assert_eq!(walked, ["review", "yearly", "people", "circle"]);
    desk.press(Modifiers::NONE, Key::K);
    assert_eq!(selected(&desk), "people");
    desk.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(selected(&desk), "circle");
    let at = |desk: &Desk| {
        let byte = desk.app().view.reading.cursor.unwrap();
        crate::texts::TALKS[byte..]
            .chars()
            .take(12)
            .collect::<String>()
    };
    desk.press(Modifiers::NONE, Key::N);
    assert_eq!(at(&desk), "A storm of p");
    desk.click(Role::Button, "Next open sentence");
    assert_eq!(at(&desk), "회의는 서울에서 열렸다");
    desk.press(Modifiers::NONE, Key::O);
    assert!(desk.app().view.reading.only_open);
    // Letters that are typed somewhere else are letters.
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::O);
    assert!(desk.app().view.reading.only_open);
}

#[test]
fn words_are_found_whatever_their_case_and_accents() {
    let (_folder, mut desk) = opened("reader-find", "One.");
    read(&mut desk, "Talks, 2024");
    desk.press(Modifiers::COMMAND, Key::F);
    let field = |desk: &mut Desk, text: &str| {
        let field = desk
            .harness
            .get_by_role_and_label(Role::TextInput, "Find in the text");
        field.focus();
        desk.run();
        let field = desk
            .harness
            .get_by_role_and_label(Role::TextInput, "Find in the text");
        field.type_text(text);
        desk.run();
    };
    field(&mut desk, "WILL");
    assert!(desk.says("1 of 3"));
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.says("2 of 3"));
    desk.press(Modifiers::SHIFT, Key::Enter);
    desk.click(Role::Button, "Previous hit");
    assert!(desk.says("3 of 3"));
    field(&mut desk, "zz");
    assert!(desk.says("Nothing found"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.says("Nothing found"));
    assert_eq!(desk.app().view.page, Page::Reader);
}

#[test]
fn citations_are_copied_in_the_style_that_was_chosen_last() {
    let (_folder, mut desk) = opened("reader-cite", "One.");
    read(&mut desk, "Talks, 2024");
    desk.choose(Role::Button, "Copy citation");
    assert_eq!(desk.app().view.preferences.citation_style, "plain");
    desk.choose(Role::Button, "Copy citation as…");
    desk.harness
        .get_by_role_and_label(Role::Button, "BibTeX")
        .click();
    assert!(copied(&mut desk).starts_with("@misc{talks,"));
    assert_eq!(desk.app().view.preferences.citation_style, "bibtex");
    desk.run();
    // The words of the selected record, from now on in this style.
    link(&mut desk, "Commitment, without a rank");
    let button = desk
        .harness
        .get_all_by_role_and_label(Role::Button, "Copy citation");
    button.into_iter().next().unwrap().click();
    let text = copied(&mut desk);
    assert!(
        text.contains("para. 3, ``확장억제를 강화할 것이다''"),
        "{text}"
    );
    let keys = Modifiers::COMMAND | Modifiers::SHIFT;
    assert_eq!(copied_by(&mut desk, keys, Key::C), text);
}

#[test]
fn selected_words_are_copied_with_the_place_where_they_stand() {
    let (_folder, mut desk) = opened("reader-select", "One.");
    read(&mut desk, "Talks, 2024");
    let korean = "양국은 확장억제를 강화할 것이다. 회의는 서울에서 열렸다.";
    let rect = desk.harness.get_by_label(korean).rect();
    let (from, to) = (rect.left_center(), rect.right_center());
    desk.harness.drag_at(from);
    desk.run();
    for step in 1..=4 {
        desk.harness
            .hover_at(from + (to - from) * (step as f32 / 4.0));
        desk.run();
    }
    desk.harness.drop_at(to);
    desk.run();
    assert!(desk.says("words selected"));
    desk.harness.event(egui::Event::Copy);
    assert_eq!(copied(&mut desk), korean);
    desk.harness
        .get_by_role_and_label(Role::Button, "Copy with citation")
        .click();
    let expected = format!(
        "“{korean}” (United States, Partner, “Talks of the two sides”, 3 June 2024, para. 3. https://example.org/talks)"
    );
    assert_eq!(copied(&mut desk), expected);
    let keys = Modifiers::COMMAND | Modifiers::SHIFT;
    assert_eq!(copied_by(&mut desk, keys, Key::C), expected);
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.says("words selected"));
}

#[test]
fn the_signs_of_sentences_stand_at_their_lines_whatever_letter_they_begin_with() {
    let first = "The two sides looked back on many years ".repeat(12);
    let text = format!("{first}of work. “Words” were found for it. 양국은 만났다. They left.");
    let (_folder, mut desk) = opened("reader-lines", &text);
    read(&mut desk, "Long report");
    let height = |desk: &Desk, number: usize| {
        let name = format!("Sentence {number} of paragraph 1: not looked at");
        let sign = desk.harness.get_by_role_and_label(Role::Button, &name);
        sign.rect().center().y
    };
    let first = height(&desk, 1);
    for number in 2..=4 {
        let below = height(&desk, number) - first;
        assert!(below > 40.0, "sentence {number}: {below}");
    }
}
