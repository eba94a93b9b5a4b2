//! Tasks that panic, and tasks that are cancelled: the user is told, and everything goes on.

use crate::desk::{Desk, Folder};
use crate::editing::text;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::App;
use linchpin_app::attach::AttachCommand;
use linchpin_app::clipboard::CopyAs;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::compare::{CompareMode, SeriesSubjectKind};
use linchpin_app::compare_versions::{SaveChangesForm, VersionSource, VersionsCommand};
use linchpin_app::dialog::{Dialog, LeaveAction, UnsavedAnswer};
use linchpin_app::export_task::{ExportForm, ExportSubject};
use linchpin_app::open_file::preload_bundled;
use linchpin_app::page::Page;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::UndoGrouping;
use linchpin_edit::{Edit, EditTarget};
use linchpin_files::sibling_texts::ExistingTextPolicy;
use linchpin_register::schema::PathStep;
use linchpin_register::{RecordKind, load};
use linchpin_render::export::Format;
use linchpin_render::export::HouseStyle;
use linchpin_render::export::house_style::HouseStyleFile;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_task::child::ChildProgram;
use linchpin_task::fault_injection::{hold, inject_panic, pending};
use linchpin_text::extract::DocumentReader;
use ron_lossless::{RonValue, Span, TextEdit};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FAILED: &str = "failed because of a fault in the program";
/// More than are edited within a frame.
const PARTIES: usize = 120;
/// More than are read, or looked through, within a frame.
const MANY_PARTIES: usize = 5_100;
/// Longer than its lines are counted within a frame.
const LONG_TEXT_BYTES: usize = 4_100_000;
const CHART: &str = "offices";

fn register(parties: usize) -> String {
    let mut text = "(format: 1, title: \"Many\", documents: [\n".to_owned();
    for number in 1..3 {
        text += &format!(
            "(id: \"talks-{number}\", title: \"Talks {number}\", short: \"T {number}\", \
            kind: Communique, legal_character: PoliticalInferred, \
            date: (date: \"200{number}-05-01\", basis: Stated), \
            url: \"https://example.org/{number}\", text: \"{number}.txt\", \
            series: Some(\"Talks\"), number: Some({number})),\n"
        );
    }
    text += &format!(
        "], charts: [(id: \"{CHART}\", title: \"Offices\", records: [Parties], mark: Bar, \
        x: (aggregate: Count), y: (field: \"kind\"), \
        filter: [(field: \"kind\", is: [\"State\"], not: true)])], parties: [\n"
    );
    for number in 0..parties {
        text += &format!("    (id: \"p{number}\", name: \"Party {number}\", kind: Office),\n");
    }
    text + "])\n"
}

fn rename(number: usize, to: &str) -> Edit {
    Edit::set(
        EditTarget::Record(format!("p{number}")),
        vec![PathStep::Field("name")],
        Some(RonValue::text(to)),
    )
}

fn rename_all() -> TransactionRequest {
    TransactionRequest::Edit(Edit::Batch {
        label: "Rename all".into(),
        edits: (0..PARTIES).map(|number| rename(number, "Same")).collect(),
    })
}

fn typed(desk: &Desk, at: u32, words: &str) -> TransactionRequest {
    TransactionRequest::TextEdits {
        label: "Type".into(),
        edits: vec![TextEdit::new(Span::new(at, at), words)],
        run: UndoGrouping::Separate,
        version: desk.app().file.draft.version(),
    }
}

fn queue(desk: &mut Desk, request: TransactionRequest) {
    desk.harness.state_mut().queue_transaction(request);
}

/// Edits a record and waits until that is on screen.
fn edit(desk: &mut Desk, number: usize, to: &str) {
    queue(desk, TransactionRequest::Edit(rename(number, to)));
    desk.wait_for("the edit", |desk| {
        let app = desk.app();
        app.file.is_up_to_date() && app.register().parties[number].name == to
    });
}

fn run(desk: &mut Desk, command: Command) {
    let ctx = desk.harness.ctx.clone();
    desk.harness.state_mut().apply(vec![command], &ctx);
    desk.run();
}

fn go_to(desk: &mut Desk, page: Page) {
    run(desk, Command::GoToPage(page));
}

fn wait_for_tasks(desk: &mut Desk) {
    desk.wait_for("the tasks", |desk| desk.app().tasks.running().is_empty());
    desk.run();
}

fn dismiss_notices(desk: &mut Desk) {
    let ids: Vec<u64> = desk.app().notices.all().iter().map(|n| n.id).collect();
    for id in ids {
        run(desk, Command::DismissNotice(id));
    }
}

/// The message is on screen, and is taken away.
fn told(desk: &mut Desk, task: &str) {
    desk.wait_for_words(&format!("“{task}” {FAILED}"));
    dismiss_notices(desk);
}

fn open(folder: &Folder, parties: usize) -> Desk {
    folder.file("1.txt", "They will keep the light ship manned.\n");
    folder.file("2.txt", "They intend to keep the light ship manned.\n");
    let mut desk = Desk::open(folder.file("many.ron", &register(parties)));
    desk.wait("first reading", |app| app.register().title == "Many");
    desk.wait_for("the texts", |desk| {
        desk.app().reading.texts.library.get("talks-2").is_some()
    });
    wait_for_tasks(&mut desk);
    desk
}

/// Edits, a save and an export still work.
fn goes_on(desk: &mut Desk, folder: &Folder) {
    desk.harness.state_mut().dialog = Dialog::None;
    edit(desk, 0, "Edited");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait_for("the save", |desk| !desk.app().is_dirty());
    assert!(on_disk(&folder.0.join("many.ron")).contains("Edited"));
    let out = folder.0.join("out.csv");
    export(desk, ExportSubject::Table(RecordKind::Party), &out);
    wait_for_tasks(desk);
    assert!(on_disk(&out).contains("Edited"));
}

fn on_disk(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn export(desk: &mut Desk, what: ExportSubject, to: &Path) {
    let mut form = ExportForm::new(what, Path::new(""), false);
    form.path = to.display().to_string();
    run(desk, Command::Export(Box::new(form)));
}

/// What the user learns of a panic.
enum Told {
    /// The task has failed by a fault in the program.
    Fault,
    /// Other words, from where the task is a part of something else.
    Words(&'static str),
    /// Nothing: nobody waits for what it does.
    Nothing,
}

fn survives_panic(
    test: &str,
    name: &str,
    parties: usize,
    told_by: Told,
    start: fn(&mut Desk, &Folder),
) {
    let folder = Folder::new(test);
    let mut desk = open(&folder, parties);
    inject_panic(name);
    start(&mut desk, &folder);
    desk.wait_for("the fault", |_| pending().is_empty());
    match told_by {
        Told::Fault => told(&mut desk, name),
        Told::Words(words) => {
            desk.wait_for_words(words);
            dismiss_notices(&mut desk);
        }
        Told::Nothing => {}
    }
    wait_for_tasks(&mut desk);
    goes_on(&mut desk, &folder);
    assert!(!desk.says(FAILED), "it is not tried again by itself");
}

/// A test for every task: its name, how many parties the register has, what the user is told, how
/// it is started.
macro_rules! panics {
    ($($test:ident: $name:literal, $parties:expr, $told:expr, $start:expr;)*) => {
        /// The tasks that these tests make panic.
        const PANICKED: &[&str] = &[$($name),*];
        $(#[test]
        fn $test() {
            survives_panic(stringify!($test), $name, $parties, $told, $start);
        })*
    };
}

panics! {
    saving_may_panic: "Saving", 2, Told::Fault, start_save;
    editing_may_panic: "Editing", PARTIES, Told::Fault, |desk, _| queue(desk, rename_all());
    reading_may_panic: "Reading", MANY_PARTIES, Told::Fault, |desk, _| {
        let request = typed(desk, 0, "// one\n");
        queue(desk, request);
    };
    following_the_file_may_panic: "Following the file", 2, Told::Fault, |desk, folder| {
        let open = LeaveAction::Open(folder.0.join("many.ron"));
        run(desk, Command::ResolveUnsaved(UnsavedAnswer::Discard, open));
        desk.wait_for("reading again", |desk| desk.app().register().title == "Many");
    };
    saving_unsaved_work_may_panic: "Saving unsaved work", 2, Told::Fault, start_autosave;
    looking_for_unsaved_work_may_panic: "Looking for unsaved work", 2, Told::Fault, start_autosave;
    reading_texts_may_panic: "Reading the texts", 2, Told::Fault, |desk, _| {
        desk.harness.state_mut().rescan_texts();
        desk.run();
    };
    exporting_may_panic: "Exporting", 2, Told::Fault, |desk, folder| {
        export(desk, ExportSubject::Table(RecordKind::Party), &folder.0.join("first.csv"));
    };
    copying_may_panic: "Copying the chart", 2, Told::Fault, start_copy;
    reading_an_image_may_panic: "Reading the image", 2, Told::Fault, start_image;
    a_house_style_may_panic: "Reading the house style", 2, Told::Fault, |desk, folder| {
        let subject = ExportSubject::Chart(CHART.into());
        let mut form = ExportForm::new(subject, Path::new(""), false);
        form.house_style_path = folder.file("house.ron", "()").display().to_string();
        run(desk, Command::LoadHouseStyle(Box::new(form)));
    };
    drawing_with_the_fonts_of_a_house_style_may_panic: "Drawing with the fonts of a house style", 2,
        Told::Words("a font of the house style is damaged (body.otf)"), |desk, folder| {
        let subject = ExportSubject::Chart(CHART.into());
        let mut form = ExportForm::new(subject, Path::new(""), false);
        let body = HouseStyleFile {
            name: "body.otf".into(),
            bytes: linchpin_render::theme::SANS.into(),
        };
        form.image.house = Some(HouseStyle {
            regular: Some(body),
            ..HouseStyle::default()
        });
        form.path = folder.0.join("house.svg").display().to_string();
        run(desk, Command::Export(Box::new(form)));
    };
    finding_records_may_panic: "Finding the records", MANY_PARTIES, Told::Fault, start_finding;
    comparing_versions_may_panic: "Comparing", 2, Told::Fault, start_versions;
    asking_git_may_panic: "Asking git", 2, Told::Fault, show_versions;
    saving_changes_may_panic: "Saving the changes", 2, Told::Fault, start_saving_changes;
    reading_a_text_may_panic: "Reading the text", 2, Told::Fault, start_extracting;
    // A file that its reader cannot bear is the more likely cause, and the way out the same.
    extracting_may_panic: "Reading a document", 2, Told::Words("The file is damaged"), start_extracting;
    // The other end of a pipe that breaks off: a shell stands in for the program.
    writing_to_a_child_may_panic: "Writing to a child", 2, Told::Words("holds another program"), |desk, folder| {
        read_by(desk, "exec cat");
        start_extracting(desk, folder);
    };
    reading_from_a_child_may_panic: "Reading from a child", 2, Told::Words("holds another program"), |desk, folder| {
        read_by(desk, "exit 0");
        start_extracting(desk, folder);
    };
    saving_a_text_may_panic: "Saving the text", 2, Told::Fault, |desk, folder| {
        start_extracting(desk, folder);
        wait_for_tasks(desk);
        run(desk, Command::Attach(AttachCommand::SaveText(ExistingTextPolicy::AddNumber)));
    };
    a_dialog_for_a_file_may_panic: "Choosing a file", 2, Told::Fault, |desk, _| {
        run(desk, Command::PickFileToOpen);
    };
    a_dialog_for_a_folder_may_panic: "Choosing a folder", 2, Told::Fault, |desk, _| {
        run(desk, Command::RunAction(Action::OpenFolder));
    };
    a_dialog_for_a_place_may_panic: "Choosing a place", 2, Told::Fault, |desk, _| {
        let subject = ExportSubject::Chart(CHART.into());
        let form = ExportForm::new(subject, Path::new(""), false);
        run(desk, Command::PickExportPath(Box::new(form)));
    };
    searching_may_panic: "Searching the table", 2, Told::Fault, |desk, _| {
        go_to(desk, Page::Parties);
    };
    drawing_may_panic: "Drawing a chart", 2, Told::Fault, |desk, _| edit(desk, 1, "Drawn");
    counting_values_may_panic: "Counting values", 2, Told::Fault, |desk, _| {
        run(desk, Command::ShowChartBuilder(CHART.into(), true));
    };
    suggesting_may_panic: "Suggesting charts", 2, Told::Fault, |desk, _| {
        run(desk, Command::RunAction(Action::Chart(ChartAction::New)));
    };
    preparing_a_text_may_panic: "Preparing the text", 2, Told::Fault, |desk, _| {
        run(desk, Command::OpenReader {
            document: "talks-1".into(),
            paragraph: None,
            phrase: None,
        });
    };
    listing_assessments_may_panic: "Listing assessments", 2, Told::Fault, |desk, _| {
        go_to(desk, Page::Assessments);
    };
    comparing_documents_may_panic: "Comparing documents", 2, Told::Fault, |desk, _| {
        let comparing = &mut desk.harness.state_mut().view.comparing;
        comparing.before = Some("talks-1".into());
        comparing.after = Some("talks-2".into());
        go_to(desk, Page::Compare);
    };
    following_a_series_may_panic: "Following the series", 2, Told::Fault, |desk, _| {
        let comparing = &mut desk.harness.state_mut().view.comparing;
        comparing.mode = CompareMode::Time;
        comparing.follow = SeriesSubjectKind::Phrase;
        comparing.phrase = "light ship".into();
        go_to(desk, Page::Compare);
    };
    a_preview_may_panic: "Previewing", 2, Told::Fault, start_preview;
    a_long_preview_may_panic: "Previewing", PARTIES, Told::Fault, start_preview;
    counting_lines_may_panic: "Counting lines", 2, Told::Fault, |desk, _| {
        let line = "// A line of a long text, of which there are very many.\n";
        let request = typed(desk, 0, &line.repeat(LONG_TEXT_BYTES / line.len()));
        queue(desk, request);
        go_to(desk, Page::DataFile);
    };
    waiting_for_a_lock_may_panic: "Waiting for a lock", 2, Told::Words("kept it locked"), |desk, folder| {
        let held = std::fs::File::open(folder.0.join("many.ron")).unwrap();
        held.lock().unwrap();
        start_save(desk, folder);
        wait_for_tasks(desk);
    };
    freeing_memory_may_panic: "Freeing memory", PARTIES, Told::Nothing, |desk, _| {
        queue(desk, rename_all());
        wait_for_tasks(desk);
    };
    preloading_may_panic: "Reading the bundled register", 2, Told::Nothing, |_, _| preload_bundled();
}

fn start_save(desk: &mut Desk, _: &Folder) {
    edit(desk, 1, "Renamed");
    desk.press(Modifiers::COMMAND, Key::S);
}

fn start_autosave(desk: &mut Desk, folder: &Folder) {
    let state = folder.0.join("state");
    desk.harness.state_mut().enable_autosave(state);
    desk.run();
}

fn start_copy(desk: &mut Desk, _: &Folder) {
    run(desk, Command::CopyChart(CHART.into(), CopyAs::Csv));
}

fn start_image(desk: &mut Desk, folder: &Folder) {
    let loaded = load(register(2), Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, CHART).unwrap();
    let rule = desk.app().view.rule;
    let image = Studio::default()
        .chart(
            (&loaded, "many.ron"),
            chart,
            rule,
            Format::Png,
            &ImageOptions::default(),
        )
        .unwrap();
    let path = folder.0.join("chart.png");
    std::fs::write(&path, image.bytes).unwrap();
    run(desk, Command::OpenFile(path));
}

fn start_finding(desk: &mut Desk, _: &Folder) {
    run(desk, Command::ShowChart(Some(CHART.into())));
    let show = Action::Chart(ChartAction::ShowRecords);
    run(desk, Command::RunAction(show));
}

fn show_versions(desk: &mut Desk, _: &Folder) {
    desk.harness.state_mut().view.comparing.mode = CompareMode::Versions;
    go_to(desk, Page::Compare);
}

fn start_versions(desk: &mut Desk, folder: &Folder) {
    show_versions(desk, folder);
    let compare = VersionsCommand::Compare(VersionSource::Bundled);
    run(desk, Command::Versions(compare));
}

fn start_saving_changes(desk: &mut Desk, folder: &Folder) {
    start_versions(desk, folder);
    desk.wait_for("the comparison", |desk| {
        desk.app().versions.result.is_some()
    });
    desk.harness.state_mut().versions.save_form = Some(SaveChangesForm {
        path: folder.0.join("changes.md").display().to_string(),
        ..SaveChangesForm::default()
    });
    run(desk, Command::Versions(VersionsCommand::SaveChanges));
}

fn start_extracting(desk: &mut Desk, folder: &Folder) {
    let page = folder.file("page.html", "<p>They will keep the light ship manned.</p>");
    run(desk, Command::OpenAttachDialog("talks-1".into()));
    match &mut desk.harness.state_mut().dialog {
        Dialog::Attach(form) => form.path = page.display().to_string(),
        other => panic!("{other:?}"),
    }
    run(desk, Command::Attach(AttachCommand::ExtractTypedPath));
}

/// Makes a shell read documents, as the program does as a child.
fn read_by(desk: &mut Desk, script: &str) {
    let shell = ChildProgram::at("/bin/sh", &["-c", script]);
    desk.harness.state_mut().platform.document_reader = DocumentReader::Child(shell);
}

fn start_preview(desk: &mut Desk, _: &Folder) {
    let parties = desk.app().register().parties.iter();
    let ids = parties.map(|party| party.id.as_str().into()).collect();
    desk.harness.state_mut().dialog = Dialog::BulkRemove {
        kind: RecordKind::Party,
        ids: Arc::new(ids),
    };
    desk.run();
}

/// Every task is named where it is started, by a literal. Gives the names, and those of the tasks
/// that the window shows.
fn tasks_in_the_source() -> (BTreeSet<String>, BTreeSet<String>) {
    const STARTS: [&str; 5] = [
        "Task::new(",
        ".start(",
        ".start_or_recover(",
        "AsyncMemo::new(",
        "run_caught(",
    ];
    let (mut all, mut visible) = (BTreeSet::new(), BTreeSet::new());
    for text in sources() {
        for start in STARTS {
            for (at, _) in text.match_indices(start) {
                let arguments = text[at + start.len()..].trim_start();
                let Some((name, rest)) = arguments
                    .strip_prefix('"')
                    .and_then(|literal| literal.split_once('"'))
                else {
                    continue;
                };
                all.insert(name.to_owned());
                let after = rest.trim_start_matches([',', ' ', '\n']);
                if after.starts_with("true") {
                    visible.insert(name.to_owned());
                }
            }
        }
    }
    (all, visible)
}

/// The code of every crate but the one that defines tasks. The language server is a program of its
/// own, and its tests send it what makes it panic.
fn sources() -> Vec<String> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                out.push(path);
            }
        }
    }
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut paths = Vec::new();
    walk(&crates.parent().unwrap().join("src"), &mut paths);
    for entry in std::fs::read_dir(crates).unwrap() {
        walk(&entry.unwrap().path().join("src"), &mut paths);
    }
    paths.retain(|path| !path.ends_with("linchpin-task/src/tests.rs"));
    paths.retain(|path| !path.components().any(|part| part.as_os_str() == "lsp"));
    let library = crates.join("linchpin-task/src/lib.rs");
    paths.retain(|path| *path != library && !path.ends_with("fault_injection.rs"));
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    paths
        .iter()
        .map(read)
        .chain([freeing_task(&library)])
        .collect()
}

/// The one task that the crate of tasks starts itself.
fn freeing_task(library: &Path) -> String {
    let text = on_disk(library);
    let at = text.find("pub fn drop_in_background").unwrap();
    text[at..].to_owned()
}

#[test]
fn every_task_is_made_to_panic_and_every_shown_one_is_cancelled() {
    let names = |tested: &[&str]| tested.iter().map(|name| (*name).to_owned()).collect();
    let (all, visible) = tasks_in_the_source();
    let mut panicked: BTreeSet<String> = names(PANICKED);
    panicked.insert("Writing to git".into());
    panicked.insert("Reading from git".into());
    // Only a child has it, which is a process of its own.
    panicked.insert("Waiting for the parent".into());
    assert_eq!(panicked, all);
    let cancelled: BTreeSet<String> = names(CANCELLED);
    assert!(
        visible.len() > 5 && visible.is_subset(&cancelled),
        "{visible:?}"
    );
}

/// Cancels a task before it has done anything: the user is told, and nothing has been done.
fn survives_cancel(
    test: &str,
    name: &str,
    parties: usize,
    start: fn(&mut Desk, &Folder),
    is_undone: fn(&Desk, &Folder) -> bool,
) {
    let folder = Folder::new(test);
    let mut desk = open(&folder, parties);
    let held = hold(name);
    start(&mut desk, &folder);
    desk.wait_for("the task", |desk| {
        desk.app()
            .tasks
            .running()
            .iter()
            .any(|task| task.label == name)
    });
    dismiss_notices(&mut desk);
    let running = desk.app().tasks.running();
    let task = running.iter().find(|task| task.label == name).unwrap();
    assert!(task.can_cancel());
    let (id, is_visible) = (task.id, task.is_visible);
    desk.run();
    if is_visible {
        desk.click(Role::Button, "Cancel");
    } else {
        run(&mut desk, Command::CancelTask(id));
    }
    drop(held);
    wait_for_tasks(&mut desk);
    assert!(desk.says("Cancelled"));
    assert!(is_undone(&desk, &folder));
    goes_on(&mut desk, &folder);
}

macro_rules! cancels {
    ($($test:ident: $name:literal, $parties:expr, $start:expr, $is_undone:expr;)*) => {
        /// The tasks that these tests cancel.
        const CANCELLED: &[&str] = &[$($name),*];
        $(#[test]
        fn $test() {
            survives_cancel(stringify!($test), $name, $parties, $start, $is_undone);
        })*
    };
}

cancels! {
    saving_may_be_cancelled: "Saving", 2, start_save, |desk, folder| {
        desk.says("Nothing was saved")
            && desk.app().is_dirty()
            && !on_disk(&folder.0.join("many.ron")).contains("Renamed")
    };
    editing_may_be_cancelled: "Editing", PARTIES, |desk, _| queue(desk, rename_all()), |desk, _| {
        !desk.app().editing.transactions.is_running && text(desk) == register(PARTIES)
    };
    comparing_versions_may_be_cancelled: "Comparing", 2, start_versions, |desk, _| {
        !desk.app().versions.is_loading && desk.app().versions.result.is_none()
    };
    exporting_a_table_may_be_cancelled: "Exporting", 2, |desk, folder| {
        export(desk, ExportSubject::Table(RecordKind::Party), &folder.0.join("first"));
    }, has_no_export;
    exporting_a_chart_may_be_cancelled: "Exporting", 2, |desk, folder| {
        export(desk, ExportSubject::Chart(CHART.into()), &folder.0.join("first"));
    }, has_no_export;
    exporting_all_charts_may_be_cancelled: "Exporting", 2, |desk, folder| {
        export(desk, ExportSubject::AllCharts, &folder.0.join("first"));
    }, has_no_export;
    exporting_a_report_may_be_cancelled: "Exporting", 2, |desk, folder| {
        export(desk, ExportSubject::Report, &folder.0.join("first"));
    }, has_no_export;
    copying_may_be_cancelled: "Copying the chart", 2, start_copy, |desk, _| !desk.says("Copied");
    reading_an_image_may_be_cancelled: "Reading the image", 2, start_image, |desk, _| {
        desk.app().view.page != Page::Charts
    };
    finding_records_may_be_cancelled: "Finding the records", MANY_PARTIES, start_finding, |desk, _| {
        desk.app().view.page == Page::Charts
    };
    saving_changes_may_be_cancelled: "Saving the changes", 2, start_saving_changes, |_, folder| {
        !folder.0.join("changes.md").exists()
    };
}

fn has_no_export(_: &Desk, folder: &Folder) -> bool {
    !folder.0.join("first").exists()
}

#[test]
fn a_merge_that_panics_or_is_cancelled_is_made_at_the_next_save() {
    let folder = Folder::new("panic-merge");
    let mut desk = open(&folder, 2);
    inject_panic("Comparing");
    start_merge(&mut desk, &folder, "Ours", ("Many", "Theirs"));
    told(&mut desk, "Comparing");
    save_and_merge(&mut desk, "Ours", "Theirs");
    goes_on(&mut desk, &folder);

    let held = hold("Comparing");
    start_merge(&mut desk, &folder, "Mine", ("Theirs", "Others"));
    desk.wait_for("the task", |_| pending().is_empty());
    desk.run();
    desk.click(Role::Button, "Cancel");
    drop(held);
    wait_for_tasks(&mut desk);
    assert!(desk.says("Cancelled") && !text(&desk).contains("Others"));
    save_and_merge(&mut desk, "Mine", "Others");
    goes_on(&mut desk, &folder);
}

/// Another program changes the title while there are edits that are not saved.
fn start_merge(desk: &mut Desk, folder: &Folder, ours: &str, title: (&str, &str)) {
    edit(desk, 1, ours);
    let theirs = on_disk(&folder.0.join("many.ron")).replacen(title.0, title.1, 1);
    folder.file("many.ron", &theirs);
}

/// The save is refused, since another program has written the file; both are merged.
fn save_and_merge(desk: &mut Desk, ours: &str, theirs: &str) {
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait_for("both", |desk| {
        text(desk).contains(ours) && text(desk).contains(theirs)
    });
    wait_for_tasks(desk);
}

#[test]
fn reading_a_text_to_attach_may_be_stopped() {
    let folder = Folder::new("cancel-attach");
    let mut desk = open(&folder, 2);
    let held = hold("Reading the text");
    start_extracting(&mut desk, &folder);
    desk.click(Role::Button, "Stop");
    drop(held);
    wait_for_tasks(&mut desk);
    assert!(desk.harness.query_by_label("Look at the text").is_some());
    goes_on(&mut desk, &folder);
}

/// A child that tells its number and then hangs. Gives the number as soon as it is there.
fn hanging_reader(desk: &mut Desk, folder: &Folder) -> impl Fn() -> Option<String> + use<> {
    let file = folder.0.join("pid");
    let _ = std::fs::remove_file(&file);
    read_by(
        desk,
        &format!("echo $$ > '{}'; exec sleep 1000", file.display()),
    );
    move || {
        let text = std::fs::read_to_string(&file).ok()?;
        text.ends_with('\n').then(|| text.trim().to_owned())
    }
}

fn is_running(process: &str) -> bool {
    let script = format!("kill -0 {process} 2>&-");
    let shell = std::process::Command::new("/bin/sh")
        .args(["-c", &script])
        .status();
    shell.unwrap().success()
}

#[cfg(unix)]
#[test]
fn stopping_a_text_kills_the_process_that_reads_it() {
    let folder = Folder::new("cancel-child");
    let mut desk = open(&folder, 2);
    let ways: [fn(&mut Desk); 3] = [
        |desk| desk.click(Role::Button, "Stop"),
        // Closed without a word, nobody waits for it any more.
        |desk| desk.press(Modifiers::NONE, Key::Escape),
        |desk| start_extracting_another(desk),
    ];
    for stop in ways {
        let process = hanging_reader(&mut desk, &folder);
        start_extracting(&mut desk, &folder);
        desk.wait_for("the process", |_| process().is_some());
        let process = process().unwrap();
        assert!(is_running(&process));
        stop(&mut desk);
        wait_for_tasks(&mut desk);
        assert!(!is_running(&process), "it is still there");
        desk.harness.state_mut().dialog = Dialog::None;
    }
    let page = DocumentReader::InProcess(linchpin_render::theme::SANS);
    desk.harness.state_mut().platform.document_reader = page;
    goes_on(&mut desk, &folder);
}

/// Another text is asked for while one is read.
fn start_extracting_another(desk: &mut Desk) {
    read_by(desk, "exit 0");
    run(desk, Command::Attach(AttachCommand::ExtractTypedPath));
}

#[test]
fn a_program_that_was_removed_while_it_ran_says_so() {
    let folder = Folder::new("child-gone");
    let mut desk = open(&folder, 2);
    let gone = ChildProgram::at(folder.0.join("linchpin"), &[]);
    desk.harness.state_mut().platform.document_reader = DocumentReader::Child(gone);
    start_extracting(&mut desk, &folder);
    desk.wait_for_words("is gone: it was moved or removed while it ran. Start the program again");
    assert!(desk.harness.query_by_label("Look at the text").is_some());
    goes_on(&mut desk, &folder);
}

#[test]
fn a_save_of_several_files_stops_between_two_and_says_which_are_saved() {
    let folder = Folder::new("cancel-files");
    let part = |id: &str, name: &str| {
        format!(
            "(format: 1, title: \"Parts\", parties: [(id: \"{id}\", name: \"{name}\", kind: Office)])\n"
        )
    };
    folder.file("a.ron", &part("p0", "A"));
    // The title stands in one file alone.
    folder.file("b.ron", &part("p1", "B").replace("title: \"Parts\", ", ""));
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| app.register().parties.len() == 2);
    edit(&mut desk, 0, "Edited A");
    edit(&mut desk, 1, "Edited B");
    // The second file waits for its lock until the save has been cancelled.
    let lock = std::fs::File::open(folder.0.join("a.ron")).unwrap();
    lock.lock().unwrap();
    let held = hold("Waiting for a lock");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait_for("the first file", |_| pending().is_empty());
    desk.run();
    desk.click(Role::Button, "Cancel");
    drop((held, lock));
    wait_for_tasks(&mut desk);
    assert!(desk.says("Cancelled. Saved: a.ron. Not saved: b.ron"));
    assert!(on_disk(&folder.0.join("a.ron")).contains("Edited A"));
    assert!(!on_disk(&folder.0.join("b.ron")).contains("Edited B"));
    assert!(desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait_for("the save", |desk| !desk.app().is_dirty());
    assert!(on_disk(&folder.0.join("b.ron")).contains("Edited B"));
}

#[test]
fn a_cancelled_save_is_not_begun_again_by_itself() {
    let folder = Folder::new("cancel-each");
    let mut desk = open(&folder, 2);
    desk.harness.state_mut().view.preferences.save_each_change = true;
    let held = hold("Saving");
    edit(&mut desk, 1, "Renamed");
    desk.wait_for("the save", |desk| !desk.app().tasks.running().is_empty());
    desk.run();
    desk.click(Role::Button, "Cancel");
    drop(held);
    wait_for_tasks(&mut desk);
    assert!(desk.app().is_dirty() && desk.says("Nothing was saved"));
    // The next change is saved, and this one with it.
    edit(&mut desk, 0, "Edited");
    desk.wait_for("the save", |desk| !desk.app().is_dirty());
    assert!(on_disk(&folder.0.join("many.ron")).contains("Renamed"));
}

#[test]
fn a_save_that_fails_is_not_followed_by_leaving() {
    let folder = Folder::new("panic-leave");
    let mut desk = open(&folder, 2);
    edit(&mut desk, 1, "Renamed");
    inject_panic("Saving");
    let quit = Command::ResolveUnsaved(UnsavedAnswer::Save, LeaveAction::Quit);
    run(&mut desk, quit);
    told(&mut desk, "Saving");
    goes_on(&mut desk, &folder);
    edit(&mut desk, 1, "Again");
    assert!(!desk.harness.state_mut().can_close(), "it is not leaving");
}

#[test]
#[ignore = "needs git"]
fn needs_git_writing_to_git_may_panic() {
    comparing_with_a_revision_panics_in("Writing to git");
}

#[test]
#[ignore = "needs git"]
fn needs_git_reading_from_git_may_panic() {
    comparing_with_a_revision_panics_in("Reading from git");
}

fn comparing_with_a_revision_panics_in(task: &str) {
    let folder = Folder::new(&format!("panic-{}", task.replace(' ', "-")));
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Kim", "-c", "user.email=kim@example.org"];
        let mut command = std::process::Command::new("git");
        command.args(identity).args(args).current_dir(&folder.0);
        assert!(command.output().expect("git runs").status.success());
    };
    folder.file("many.ron", &register(2).replace("text: ", "access: "));
    git(&["init", "-q"]);
    git(&["add", "many.ron"]);
    git(&["-c", "commit.gpgsign=false", "commit", "-qm", "First"]);
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| app.register().title == "Many");
    show_versions(&mut desk, &folder);
    wait_for_tasks(&mut desk);
    let linchpin_app::compare_versions::GitLog::Loaded(all) = &desk.app().versions.log else {
        panic!("no revision");
    };
    let (hash, short) = (all[0].hash.clone(), all[0].short.clone());
    inject_panic(task);
    let compare = VersionsCommand::Compare(VersionSource::Revision { hash, short });
    run(&mut desk, Command::Versions(compare));
    desk.wait_for_words("Cannot read");
    assert!(pending().is_empty());
    goes_on(&mut desk, &folder);
}

#[test]
fn an_edit_that_panics_or_is_cancelled_is_made_when_it_is_asked_for_again() {
    let folder = Folder::new("task-editing");
    let mut desk = open(&folder, PARTIES);
    inject_panic("Editing");
    queue(&mut desk, rename_all());
    told(&mut desk, "Editing");
    assert_eq!(text(&desk), register(PARTIES));
    queue(&mut desk, rename_all());
    desk.wait("the edit", |app| app.register().parties[7].name == "Same");
}

#[test]
fn what_is_typed_during_a_long_edit_is_kept_and_so_is_an_undo() {
    let mut desk = Desk::with(&register(PARTIES));
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Before")));
    desk.run();
    queue(&mut desk, rename_all());
    assert!(desk.app().editing.transactions.is_running);
    let end = desk.app().file.draft.text().len() as u32;
    let request = typed(&desk, end, "// typed meanwhile\n");
    queue(&mut desk, request);
    let is_done = |app: &App| !app.editing.transactions.is_running && app.file.is_up_to_date();
    desk.wait("both", |app| {
        is_done(app) && app.register().parties[7].name == "Same"
    });
    assert!(text(&desk).ends_with("// typed meanwhile\n"));
    for _ in 0..3 {
        queue(&mut desk, TransactionRequest::Undo);
        desk.run();
    }
    assert_eq!(text(&desk), register(PARTIES));

    // An undo meanwhile is not lost either.
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Again")));
    desk.run();
    queue(&mut desk, rename_all());
    queue(&mut desk, TransactionRequest::Undo);
    desk.wait("both", |app| {
        is_done(app) && app.register().parties[7].name == "Same"
    });
    let steps = desk.app().file.draft.transactions();
    let words: Vec<&str> = steps.0.iter().map(|step| step.label.as_str()).collect();
    assert_eq!(words, ["Rename all"]);
}

#[test]
fn a_save_that_ends_during_a_long_edit_counts() {
    let folder = Folder::new("task-saved-meanwhile");
    let mut desk = open(&folder, PARTIES);
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Saved")));
    desk.press(Modifiers::COMMAND, Key::S);
    queue(&mut desk, rename_all());
    desk.wait("both", |app| {
        !app.editing.transactions.is_running
            && app.tasks.running().is_empty()
            && app.register().parties[7].name == "Same"
    });
    assert!(on_disk(&folder.0.join("many.ron")).contains("Saved"));
    assert!(desk.app().is_dirty());
    queue(&mut desk, TransactionRequest::Undo);
    desk.run();
    // Whichever of the two ended first, one step leads back to what was saved.
    assert_eq!(text(&desk), on_disk(&folder.0.join("many.ron")));
}

#[test]
fn a_reading_that_panics_does_not_keep_edits_waiting() {
    let folder = Folder::new("task-reading");
    let mut desk = open(&folder, MANY_PARTIES);
    inject_panic("Reading");
    let request = typed(&desk, 0, "// one\n");
    queue(&mut desk, request);
    queue(&mut desk, TransactionRequest::Edit(rename(1, "Waits")));
    told(&mut desk, "Reading");
    assert!(!text(&desk).contains("Waits"));
    assert!(!desk.app().editing.transactions.is_running);
    goes_on(&mut desk, &folder);
    assert!(text(&desk).starts_with("// one\n"));
}

#[test]
fn texts_that_cannot_be_read_are_read_again_after_the_next_edit() {
    let folder = Folder::new("task-texts");
    let mut desk = open(&folder, 2);
    folder.file("1.txt", "Another joint statement\n");
    inject_panic("Reading the texts");
    desk.harness.state_mut().rescan_texts();
    desk.run();
    told(&mut desk, "Reading the texts");
    assert!(
        desk.app().tasks.running().is_empty(),
        "it is not tried again"
    );
    goes_on(&mut desk, &folder);
    desk.wait_for("the text", |desk| {
        let text = desk.app().reading.texts.library.get("talks-1");
        text.is_some_and(|text| text.prose.text().starts_with("Another"))
    });
}

#[test]
fn an_edit_that_still_runs_is_saved_before_the_window_closes() {
    let folder = Folder::new("edit-leave");
    let mut desk = open(&folder, PARTIES);
    let held = hold("Editing");
    queue(&mut desk, rename_all());
    assert!(held.wait_until_reached());
    assert!(!desk.app().is_dirty(), "it is not in the draft yet");
    assert!(!desk.harness.state_mut().can_close());
    desk.run();
    assert!(desk.says("Save your edits?"));
    desk.click(Role::Button, "Save");
    drop(held);
    wait_for_tasks(&mut desk);
    let saved = on_disk(&folder.0.join("many.ron"));
    assert_eq!(saved.matches("name: \"Same\"").count(), PARTIES);
    assert!(desk.harness.state_mut().can_close());
}

#[test]
fn an_edit_that_fails_keeps_the_window_open() {
    let folder = Folder::new("edit-leave-panic");
    let mut desk = open(&folder, PARTIES);
    let held = hold("Editing");
    queue(&mut desk, rename_all());
    assert!(held.wait_until_reached());
    assert!(!desk.harness.state_mut().can_close());
    desk.run();
    desk.click(Role::Button, "Save");
    let running = desk.app().tasks.running().first().map(|task| task.id);
    run(&mut desk, Command::CancelTask(running.unwrap()));
    drop(held);
    wait_for_tasks(&mut desk);
    edit(&mut desk, 1, "Again");
    assert!(!desk.harness.state_mut().can_close(), "it is not leaving");
}
