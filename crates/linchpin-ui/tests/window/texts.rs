//! A register with texts written for the purpose, in a folder of its own.

use crate::desk::{Desk, Folder};

/// The statement: curly quotation marks, dashes, "U.S.", three dots, a no-break space, Korean.
pub const TALKS: &str = "\
Both sides met in the U.S. capital on Monday… and agreed to “keep talking.” They will hold a joint review every year. No date was set.\n\
\n\
The ministry said that some 450\u{a0}people came — more than ever. The two sides intend to “widen the circle” and share the costs. A storm of protests is feared.\n\
\n\
양국은 확장억제를 강화할 것이다. 회의는 서울에서 열렸다.\n\
\n\
The United States will not leave the table. The partner will build a new harbor and open a school.\n";

/// The register; `{texts}` stands where a document names its text.
const REGISTER: &str = r#"(
    format: 1, title: "Talks",
    parties: [
        (id: "us", name: "United States", kind: State),
        (id: "partner", name: "Partner", kind: State),
    ],
    ladder: [
        (id: "commit", rank: 5, label: "explicit commitment", verbs: ["will"]),
        (id: "intend", rank: 3, label: "intention", verbs: ["intend to", "intends to"]),
        (id: "practice", label: "practice", verbs: ["강화할 것이다"]),
    ],
    documents: [
        (
            id: "untold", title: "A paper without a text", short: "Untold paper", kind: Speech, issuers: ["us"],
            legal_character: NationalPolicy, date: (date: "2024-05", basis: Stated), url: "https://example.org/untold",
        ),
        (
            id: "talks", title: "Talks of the two sides", short: "Talks, 2024", kind: JointStatement, issuers: ["us", "partner"],
            legal_character: PoliticalInferred, date: (date: "2024-06-03", basis: Stated), url: "https://example.org/talks",
            text: "texts/talks.txt",
        ),
        (
            id: "long", title: "A long report", short: "Long report", kind: Strategy, issuers: ["us"],
            legal_character: NationalPolicy, date: (date: "2023", basis: Stated), url: "https://example.org/long", text: "texts/long.txt",
        ),
        (
            id: "blank", title: "A blank page", short: "Blank page", kind: Speech, issuers: ["us"],
            legal_character: NationalPolicy, date: (date: "2022", basis: Stated), url: "https://example.org/blank", text: "texts/blank.txt",
        ),
        (
            id: "gone", title: "A page whose file is gone", short: "Gone page", kind: Speech, issuers: ["us"],
            legal_character: NationalPolicy, date: (date: "2021", basis: Stated), url: "https://example.org/gone", text: "texts/gone.txt",
        ),
    ],
    commitments: [
        (
            id: "review", title: "Hold a review", statement: "They review each year.", committers: ["us", "partner"], verb: "will",
            strength: "commit", mode: FutureAction,
            citations: [(document: "talks", paragraph: 1, phrase: "will hold a joint review every year")],
        ),
        (
            id: "deter", title: "Strengthen deterrence", statement: "Deterrence grows.", committers: ["us"], verb: "강화할 것이다",
            strength: "practice", mode: FutureAction,
            citations: [(document: "talks", paragraph: 3, phrase: "확장억제를 강화할 것이다")],
        ),
        (
            id: "far", title: "Keep the far promise", statement: "It is far down.", committers: ["us"], verb: "will",
            strength: "commit", mode: FutureAction,
            citations: [(document: "long", paragraph: 2900, phrase: "will keep promise 2900")],
        ),
    ],
    figures: [
        (
            id: "people", title: "People who came", statement: "450 people came.", kind: Count, amount: Exactly(450), unit: "people",
            chartable: Yes, citations: [(document: "talks", paragraph: 2, phrase: "450 people came - more")],
        ),
    ],
    concerns: [
        (
            id: "circle", title: "Too small a circle", statement: "Few take part.",
            citations: [(document: "talks", paragraph: 1, phrase: "widen the circle")],
        ),
        (
            id: "yearly", title: "Once a year is rare", statement: "A year is long.",
            citations: [(document: "talks", paragraph: 1, phrase: "joint review every year")],
        ),
        (
            id: "lost", title: "Lost words", statement: "They are not there.",
            citations: [(document: "talks", paragraph: 4, phrase: "nobody ever wrote this")],
        ),
    ],
    dismissals: [
        (
            id: "no-date", reason: Description, note: "an open question",
            citations: [(document: "talks", paragraph: 1, phrase: "No date was set")],
        ),
    ],
)"#;

/// A long text of so many paragraphs.
pub fn long(paragraphs: usize) -> String {
    let line = |n: usize| {
        format!(
            "Paragraph {n} says that the side will keep promise {n} in full. It also looks back on {n} quiet days.\n"
        )
    };
    (1..=paragraphs).map(line).collect()
}

/// The register in a folder with its texts, as the window opens it; the long text is this one.
pub fn opened(name: &str, long: &str) -> (Folder, Desk) {
    let folder = Folder::new(name);
    std::fs::create_dir(folder.0.join("texts")).unwrap();
    folder.file("texts/talks.txt", TALKS);
    folder.file("texts/long.txt", long);
    folder.file("texts/blank.txt", " \n\n");
    let path = folder.file("talks.ron", REGISTER);
    let mut desk = Desk::open(path);
    settle(&mut desk);
    assert!(!desk.app().file.latest.is_broken);
    (folder, desk)
}

/// Waits until the texts have been read for the register on screen.
pub fn settle(desk: &mut Desk) {
    desk.wait("the texts", |app| {
        let texts = &app.reading.texts;
        let document = app.view.reading.document.as_deref();
        let reads = app.view.page == linchpin_app::page::Page::Reader;
        let wanted = document.filter(|id| reads && texts.library.prose(id).is_some());
        let opened = wanted.is_none() || app.reader_document().is_some_and(|o| o.is_current(texts));
        !app.file.is_loading
            && !texts.library.is_empty()
            && texts.revision == app.file.revision
            && opened
    });
    desk.run();
}

/// Presses a key and returns what that copied.
pub fn copied_by(desk: &mut Desk, modifiers: egui::Modifiers, key: egui::Key) -> String {
    desk.harness.event(egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    });
    copied(desk)
}

/// What was copied in the next frames.
pub fn copied(desk: &mut Desk) -> String {
    let mut all = String::new();
    for _ in 0..4 {
        desk.harness.step();
        for command in &desk.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                all.clone_from(text);
            }
        }
    }
    all
}
