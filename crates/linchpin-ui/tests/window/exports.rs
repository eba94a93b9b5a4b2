//! Many images and reports, ordered in the window.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::path::Path;

const TWO: &str = "#![enable(implicit_some)]
(format: 1, title: \"Two\", parties: [
    (id: \"us\", name: \"United States\", kind: State),
    (id: \"rok\", name: \"Republic of Korea\", kind: State),
], charts: [
    (id: \"kinds\", title: \"Kinds\", records: [Parties], mark: Bar, y: (field: \"kind\")),
    (id: \"names\", title: \"Names\", records: [Parties], mark: Table),
], recipes: [(id: \"paper\", title: \"For the paper\", charts: [\"kinds\"], formats: [Svg], size: \"90 mm\")])";

fn fill_path(desk: &mut Desk, path: &Path) {
    let field = |desk: &mut Desk| {
        desk.harness
            .get_by_role_and_label(Role::TextInput, "Path")
            .click()
    };
    field(desk);
    desk.run();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(&path.display().to_string());
    desk.run();
}

fn export(desk: &mut Desk, to: &Path) {
    fill_path(desk, to);
    desk.click(Role::Button, "Export");
    desk.wait("export", |app| app.tasks.running().is_empty());
}

#[test]
fn all_charts_are_exported_and_the_next_time_only_what_has_changed() {
    let folder = Folder::new("export-all");
    let mut desk = Desk::open(folder.file("two.ron", TWO));
    desk.wait("first reading", |app| app.register().title == "Two");
    let out = folder.0.join("out");
    let all = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    desk.press(all, Key::E);
    export(&mut desk, &out);
    assert!(desk.says("2 images: 2 written"));
    assert!(out.join("kinds.png").exists() && out.join("names.png").exists());

    std::fs::remove_file(out.join("names.png")).unwrap();
    desk.press(all, Key::E);
    export(&mut desk, &out);
    assert!(desk.says("2 images: 1 written, 1 unchanged"));
}

#[cfg(unix)]
#[test]
fn no_export_takes_the_place_of_the_register_or_of_another_file() {
    let folder = Folder::new("export-foreign");
    let register = folder.file("two.ron", TWO);
    let out = folder.0.join("out");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("kinds.png"), "mine").unwrap();
    let mut desk = Desk::open(register.clone());
    desk.wait("first reading", |app| app.register().title == "Two");
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    export(&mut desk, &out);
    assert!(desk.says("2 images: 1 written, 1 not made"));
    assert!(desk.says("left as it is: it is not known to be a file that Linchpin has made"));
    assert_eq!(std::fs::read(out.join("kinds.png")).unwrap(), b"mine");

    desk.click(Role::Button, "File");
    desk.click(Role::Button, "Export report…");
    // Asked for twice, as one does who agrees to a replacement.
    let link = folder.0.join("report.html");
    std::os::unix::fs::symlink(&register, &link).unwrap();
    export(&mut desk, &link);
    assert!(desk.says("This is the register itself"));
    export(&mut desk, &link);
    assert_eq!(std::fs::read_to_string(&register).unwrap(), TWO);
}

#[test]
fn a_recipe_is_chosen_in_the_dialog() {
    let folder = Folder::new("export-recipe");
    let mut desk = Desk::open(folder.file("two.ron", TWO));
    desk.wait("first reading", |app| app.register().title == "Two");
    let out = folder.0.join("out");
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    desk.click(Role::ComboBox, "Charts");
    desk.click(Role::Button, "For the paper");
    assert!(desk.says("The images of a recipe, one file each"));
    export(&mut desk, &out);
    assert!(desk.says("1 image: 1 written"));
    assert!(out.join("kinds.svg").exists() && !out.join("names.svg").exists());
}

#[test]
fn a_report_is_exported_as_a_page_and_on_paper() {
    let folder = Folder::new("export-report");
    let mut desk = Desk::open(folder.file("two.ron", TWO));
    desk.wait("first reading", |app| app.register().title == "Two");
    for (format, name, start) in [
        ("Page for the web", "report.html", &b"<!DOCTYPE html>"[..]),
        ("PDF on A4", "report.pdf", &b"%PDF-"[..]),
    ] {
        desk.click(Role::Button, "File");
        desk.click(Role::Button, "Export report…");
        desk.click(Role::Button, format);
        let to = folder.0.join(name);
        export(&mut desk, &to);
        assert!(desk.says("Exported:"));
        assert!(std::fs::read(&to).unwrap().starts_with(start), "{name}");
    }
}
