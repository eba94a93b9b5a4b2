//! The dialog of an export: sizes, styles, house styles, and what cannot be drawn.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::dialog::Dialog;
use linchpin_register::chart_vocabulary::{EvidenceScope, ImageStyle};
use linchpin_render::export::ImageOptions;

fn ask(desk: &mut Desk, page: &str) {
    desk.go(page);
    desk.press(Modifiers::COMMAND, Key::E);
}

fn fill(desk: &mut Desk, name: &str, text: &str) {
    let field = |desk: &Desk| {
        desk.harness
            .get_by_role_and_label(Role::TextInput, name)
            .click();
    };
    field(desk);
    desk.run();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.harness
        .get_by_role_and_label(Role::TextInput, name)
        .type_text(text);
    desk.run();
    desk.press(Modifiers::NONE, Key::Tab);
}

fn export(desk: &mut Desk) {
    desk.click(Role::Button, "Export");
    desk.wait("export", |app| app.tasks.running().is_empty());
}

fn options(desk: &Desk) -> ImageOptions {
    match &desk.app().dialog {
        Dialog::Export(form) => form.image.clone(),
        _ => panic!("the dialog is closed"),
    }
}

#[test]
fn a_preset_brings_what_suits_it_and_says_how_large_the_image_will_be() {
    let folder = Folder::new("export-preset");
    let mut desk = Desk::bundled();
    ask(&mut desk, "Timeline");
    desk.choose(Role::ComboBox, "Size: Web page · 800 px");
    desk.choose(Role::Button, "Slide, 16:9 · 13.333 x 7.5 in");
    let chosen = options(&desk);
    assert_eq!((chosen.style, chosen.dpi), (ImageStyle::Slide, 144.0));
    assert!(desk.says("1920 × 1080 pixels, 338.7 × 190.5 mm"));
    desk.choose(Role::Button, "Dark");
    desk.choose(Role::CheckBox, "Greys only");
    desk.choose(Role::ComboBox, "Unit: in");
    desk.choose(Role::Button, "cm");
    assert_eq!(options(&desk).size.to_string(), "33.87 x 19.05 cm");
    let target = folder.0.join("slide.png");
    fill(&mut desk, "Path", &target.display().to_string());
    export(&mut desk);
    let bytes = std::fs::read(target).unwrap();
    let info = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = info.info();
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    assert_eq!((info.width, info.height), (1920, 1080));
}

#[test]
fn the_dialog_asks_what_the_image_carries() {
    let folder = Folder::new("export-carries");
    let mut desk = Desk::bundled();
    ask(&mut desk, "Timeline");
    assert_eq!(options(&desk).evidence, EvidenceScope::Full);
    desk.choose(Role::Button, "Citations");
    assert_eq!(options(&desk).evidence, EvidenceScope::Citations);
    let target = folder.0.join("light.svg");
    desk.choose(Role::Button, "SVG");
    fill(&mut desk, "Path", &target.display().to_string());
    export(&mut desk);
    let svg = std::fs::read_to_string(target).unwrap();
    assert!(svg.contains("the image was exported with its citations alone"));
}

#[test]
fn a_house_style_is_taken_or_its_mistake_is_shown() {
    let folder = Folder::new("export-house");
    let wrong = folder.file("wrong.ron", "(\n  colors: (accent: \"crimson\"),\n)");
    let sound = folder.file(
        "gazette.ron",
        "(name: \"The Gazette\", width: \"120 mm\", colors: (ground: \"#FFF1E5\"))",
    );
    let mut desk = Desk::bundled();
    ask(&mut desk, "Timeline");
    fill(&mut desk, "House style", &wrong.display().to_string());
    desk.wait_for_words("wrong.ron:2:20: \"crimson\" is no color: write six hexadecimal digits");
    assert_eq!(options(&desk).house, None);
    // Not even then is anything written.
    let target = folder.0.join("out.svg");
    desk.choose(Role::Button, "SVG");
    fill(&mut desk, "Path", &target.display().to_string());
    export(&mut desk);
    desk.wait_for_words("\"crimson\" is no color");
    assert!(!target.exists());

    fill(&mut desk, "House style", &sound.display().to_string());
    desk.wait_for_words("The Gazette brings colors, a width");
    assert_eq!(options(&desk).size.to_string(), "120 mm");
    export(&mut desk);
    let svg = std::fs::read_to_string(target).unwrap();
    assert!(svg.contains("#fff1e5"));

    // What has gone since is said in the form, which is still as it was filled in.
    ask(&mut desk, "Timeline");
    fill(&mut desk, "House style", &sound.display().to_string());
    desk.wait_for_words("The Gazette brings colors, a width");
    std::fs::remove_file(&sound).unwrap();
    let second = folder.0.join("second.svg");
    fill(&mut desk, "Path", &second.display().to_string());
    export(&mut desk);
    desk.wait_for_words("gazette.ron");
    assert!(matches!(&desk.app().dialog, Dialog::Export(form) if form.error.is_some()));
    assert!(!second.exists());
}

#[test]
fn a_character_without_a_glyph_is_said_and_nothing_is_written() {
    let folder = Folder::new("export-missing");
    let mut desk = Desk::foreign(
        "(format: 1, title: \"Private\", parties: [(id: \"us\", name: \"United States\", kind: State)], charts: [
            (id: \"commitments-by-priority\", title: \"Parties \u{E000}\", records: [Parties], mark: Bar, y: (field: \"kind\")),
        ])",
    );
    ask(&mut desk, "Charts");
    let target = folder.0.join("odd.png");
    fill(&mut desk, "Path", &target.display().to_string());
    export(&mut desk);
    let said = desk.app().notices.all().last().map(|n| n.text.clone());
    assert_eq!(
        said.as_deref(),
        Some(
            "no font has a character of the picture: U+E000 in \"Parties \u{E000}\". Write other characters there, or name \
             a font with these characters in a house style, such as fonts: (fallback: [\"Font.otf\"])"
        )
    );
    assert!(!target.exists());
}

#[test]
fn images_whose_letters_nobody_could_read_are_named_before_and_not_made() {
    let folder = Folder::new("export-small");
    let mut desk = Desk::bundled();
    ask(&mut desk, "Timeline");
    assert!(!desk.says("Too small"));
    desk.choose(Role::ComboBox, "Size: Web page · 800 px");
    desk.choose(Role::Button, "Wide post · 1200 x 675 px");
    assert!(desk.says("Too small: its smallest letters have 11."));
    let target = folder.0.join("wide.png");
    fill(&mut desk, "Path", &target.display().to_string());
    export(&mut desk);
    let said = desk.app().notices.all().last().map(|n| n.text.clone());
    let said = said.unwrap_or_default();
    assert!(
        said.contains("points, and a slide needs 12: slide would do"),
        "{said}"
    );
    assert!(!target.exists());

    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    desk.choose(Role::ComboBox, "Size: Web page · 800 px");
    desk.choose(Role::Button, "Wide post · 1200 x 675 px");
    assert!(desk.says("Too small for “Instruments, bodies and events”: its smallest letters"));
}

#[test]
fn an_image_is_offered_as_light_or_dark_as_the_window() {
    for (theme, style) in [
        (egui::Theme::Dark, ImageStyle::Dark),
        (egui::Theme::Light, ImageStyle::Light),
    ] {
        let mut desk = Desk::bundled();
        desk.harness.ctx.set_theme(theme);
        ask(&mut desk, "Timeline");
        assert_eq!(options(&desk).style, style);
        desk.press(Modifiers::NONE, Key::Escape);
        // Its charts have no choice of a style: they are those of a page, which is light.
        desk.click(Role::Button, "File");
        desk.click(Role::Button, "Export report…");
        assert_eq!(options(&desk).style, ImageStyle::Light);
    }
}
