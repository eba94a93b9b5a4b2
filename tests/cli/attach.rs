//! `attach`: out of files and the standard input, beside files and folders, there and away again.

use crate::program::{self, at, linchpin, linchpin_reads, refusal};
use linchpin_reading::{TextLibrary, TextState, VerificationOutcome, verify_citations};
use linchpin_register::load;
use linchpin_text::prose::sha256;
use std::fs;
use std::path::{Path, PathBuf};

const REGISTER: &str = "// Ours\n(\n    format: 1,\n    title: \"Small\",\n    parties: \
    [(id: \"rok\", name: \"Republic of Korea\", kind: State)],\n    documents: [\n        \
    (\n            id: \"joint-2023\", // the one\n            title: \"Joint \
    statement\",\n            short: \"JS 2023\",\n            kind: JointStatement,\n            \
    issuers: [\"rok\"],\n            legal_character: PoliticalInferred,\n            date: \
    (date: \"2023-04-26\", basis: Stated),\n            \
    url: \"https://example.org/joint\",\n        ),\n        (\n            \
    id: \"brief-2023\",\n            title: \"Brief\",\n            short: \"Brief\",\n            \
    kind: NewsReport,\n            legal_character: PoliticalInferred,\n            date: \
    (date: \"2023\", basis: Stated),\n            citations: [(document: \"joint-2023\", \
    paragraph: 2, phrase: \"will work to enable\")],\n        ),\n    ],\n)\n";
const SOURCE: &str = "Joint statement\n\nThe “U.S.” side – as it said – will work to\nenable the \
    talks… and 양국은 this.\n";
const TEXT: &str = "Joint statement\nThe “U.S.” side – as it said – will work to enable the talks… \
    and 양국은 this.\n";

/// A folder of its own with the register in it.
fn folder(name: &str) -> PathBuf {
    at(&program::folder(name, &[("register.ron", REGISTER)]))
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_text_is_put_beside_the_register_and_noted_there() {
    let folder = folder("attach-file");
    fs::write(folder.join("source.txt"), SOURCE).unwrap();
    let args = [
        "attach",
        "attach-file/register.ron",
        "--document",
        "joint-2023",
        "--from",
        "attach-file/source.txt",
    ];
    let output = linchpin(&args);
    let hash = sha256(TEXT.as_bytes());
    let end = format!(
        "2 paragraphs, 2 sentences\nRemark: 3 lines were joined into 2 paragraphs: look whether \
        they break where the document does\nSHA-256 {hash}\n"
    );
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    assert_eq!(
        output.out,
        format!("Attached to joint-2023: texts/joint-2023.txt (written)\n{end}")
    );
    assert_eq!(read(folder.join("texts/joint-2023.txt")), TEXT);
    let fields = format!(
        "            text: \"texts/joint-2023.txt\",\n            text_sha256: \"{hash}\",\n"
    );
    let after = read(folder.join("register.ron"));
    assert!(after.contains(&fields), "{after}");
    assert_eq!(after.replace(&fields, ""), REGISTER);

    // Once more: the same bytes everywhere, and the same is found.
    let found = || {
        let loaded = load(read(folder.join("register.ron")), Vec::new());
        let library = TextLibrary::from_bytes(&loaded.register, &mut |document| {
            let path = document.text.clone()?;
            let bytes = fs::read(folder.join(&path)).map_err(|e| e.to_string());
            Some(linchpin_reading::text_library::TextFileBytes { path, bytes })
        });
        let state = library.get("joint-2023").map(|text| text.state.clone());
        assert_eq!(state, Some(TextState::Unchanged));
        verify_citations(&loaded.register, &library)
    };
    let first = found();
    assert!(matches!(first[0].outcome, VerificationOutcome::Searched(_)));
    for from in ["attach-file/source.txt", "attach-file/texts/joint-2023.txt"] {
        let output = linchpin(&[&args[..5], &[from]].concat());
        assert!(
            output
                .out
                .starts_with("Attached to joint-2023: texts/joint-2023.txt (was there already)\n"),
            "{}",
            output.out
        );
        assert_eq!(read(folder.join("register.ron")), after);
        assert_eq!(read(folder.join("texts/joint-2023.txt")), TEXT);
        assert_eq!(found(), first);
    }
}

#[test]
fn another_text_is_replaced_only_where_that_is_wanted() {
    let folder = folder("attach-other");
    fs::create_dir_all(folder.join("texts")).unwrap();
    fs::write(folder.join("texts/joint-2023.txt"), "Somebody's\n").unwrap();
    let args = [
        "attach",
        "attach-other/register.ron",
        "--document",
        "joint-2023",
    ];
    let output = linchpin_reads(SOURCE, &args);
    assert_eq!(
        (output.err.as_str(), output.code),
        (
            "linchpin: Another text stands in texts/joint-2023.txt already and is left as it is. \
            Add --replace to replace it\n",
            Some(2)
        )
    );
    assert_eq!(read(folder.join("texts/joint-2023.txt")), "Somebody's\n");
    assert_eq!(read(folder.join("register.ron")), REGISTER);
    let output = linchpin_reads(SOURCE, &[&args[..], &["--replace"]].concat());
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    assert_eq!(read(folder.join("texts/joint-2023.txt")), TEXT);
}

#[test]
fn a_text_can_be_detached_and_its_file_stays() {
    let folder = folder("attach-away");
    let base = [
        "attach",
        "attach-away/register.ron",
        "--document",
        "joint-2023",
    ];
    assert_eq!(linchpin_reads(SOURCE, &base).code, Some(0));
    let detach = [&base[..], &["--detach"]].concat();
    let output = linchpin(&detach);
    assert_eq!(
        (output.out.as_str(), output.code),
        (
            "Detached the text of joint-2023; texts/joint-2023.txt stays where it is\n",
            Some(0)
        )
    );
    assert_eq!(read(folder.join("register.ron")), REGISTER);
    assert_eq!(read(folder.join("texts/joint-2023.txt")), TEXT);
    assert_eq!(
        refusal(&detach),
        "linchpin: “JS 2023” has no text of its own\n"
    );
}

#[test]
fn a_register_in_a_folder_keeps_its_texts_in_it() {
    let folder = folder("attach-folder");
    let head = "(format: 1, title: \"Head\")\n";
    fs::write(folder.join("a.ron"), head).unwrap();
    let output = linchpin_reads(
        "<p>One</p><p>Two",
        &[
            "attach",
            "attach-folder",
            "--document",
            "joint-2023",
            "--kind",
            "html",
        ],
    );
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    assert_eq!(read(folder.join("texts/joint-2023.txt")), "One\nTwo\n");
    assert!(read(folder.join("register.ron")).contains("text: \"texts/joint-2023.txt\""));
    assert_eq!(read(folder.join("a.ron")), head);
}

#[test]
fn what_cannot_be_attached_says_why() {
    let folder = folder("attach-not");
    let attach =
        |more: &[&str]| refusal(&[&["attach", "attach-not/register.ron"][..], more].concat());
    let output = attach(&["--document", "joint-2032"]);
    assert!(
        output
            .starts_with("linchpin: There is no document `joint-2032`. Did you mean `joint-2023`?"),
        "{output}"
    );
    fs::write(folder.join("scan.pdf"), "%PDF-1.4 broken").unwrap();
    let output = attach(&["--document", "joint-2023", "--from", "attach-not/scan.pdf"]);
    assert!(
        output.starts_with("linchpin: attach-not/scan.pdf: This PDF is damaged"),
        "{output}"
    );
    let output = attach(&["--document", "joint-2023", "--from", "attach-not/none.txt"]);
    assert_eq!(
        output,
        "linchpin: Cannot read attach-not/none.txt: there is no such file\n"
    );
    let output = attach(&["--document", "joint-2023", "--kind", "docx"]);
    assert!(
        output.contains("write one of txt, md, html, pdf, pasted"),
        "{output}"
    );
    assert!(!folder.join("texts").exists());
    assert_eq!(read(folder.join("register.ron")), REGISTER);
}

#[cfg(unix)]
#[test]
fn no_text_is_written_or_read_through_a_link_that_leads_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = folder("attach-links");
    let outside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("attach-links-outside");
    let _ = fs::remove_dir_all(&outside);
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("secret.txt"), "A secret.\n").unwrap();
    let (texts, text) = (folder.join("texts"), folder.join("texts/joint-2023.txt"));
    let args = [
        "attach",
        "attach-links/register.ron",
        "--document",
        "joint-2023",
    ];
    let refused = |what: &str| {
        for more in [&[][..], &["--replace"]] {
            let output = linchpin_reads(SOURCE, &[&args[..], more].concat());
            assert_eq!((output.out.as_str(), output.code), ("", Some(2)), "{what}");
            let words = "a link leads out of the folder";
            assert!(output.err.contains(words), "{what}: {}", output.err);
        }
        assert_eq!(read(folder.join("register.ron")), REGISTER, "{what}");
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 1, "{what}");
        assert_eq!(read(outside.join("secret.txt")), "A secret.\n", "{what}");
    };
    symlink(&outside, &texts).unwrap();
    refused("the folder of texts is a link");
    fs::remove_file(&texts).unwrap();
    symlink("../attach-links-nowhere/deep", &texts).unwrap();
    refused("that link leads nowhere");
    fs::remove_file(&texts).unwrap();
    fs::create_dir(&texts).unwrap();
    symlink(outside.join("new.txt"), &text).unwrap();
    refused("a text is a link to nothing yet");
    fs::remove_file(&text).unwrap();
    symlink(outside.join("secret.txt"), &text).unwrap();
    refused("a text is a link to a file");

    // A link that stays inside is as good as a file.
    fs::remove_file(&text).unwrap();
    symlink("../own.txt", &text).unwrap();
    assert_eq!(linchpin_reads(SOURCE, &args).code, Some(0));
    assert!(text.is_symlink());
    assert_eq!(read(folder.join("own.txt")), TEXT);

    // Nor is one read, unless the user names its folder.
    fs::rename(folder.join("own.txt"), outside.join("joint-2023.txt")).unwrap();
    fs::remove_file(&text).unwrap();
    symlink(outside.join("joint-2023.txt"), &text).unwrap();
    let verify = ["verify", "attach-links/register.ron"];
    let output = linchpin(&verify);
    let said = format!("{}{}", output.out, output.err);
    assert!(said.contains("leads out of the folder"), "{said}");
    assert!(said.contains("--texts"), "{said}");
    assert_ne!(output.code, Some(0));
    let checked = linchpin(&["check", "attach-links/register.ron"]);
    let said = format!("{}{}", checked.out, checked.err);
    assert!(said.contains("leads out of the folder"), "{said}");
    let named = linchpin(&[&verify[..], &["--texts", outside.to_str().unwrap()]].concat());
    assert!(!named.out.contains("leads out"), "{}", named.out);
    assert_eq!(named.code, Some(0), "{}{}", named.out, named.err);
}

/// One document in every layout that people write.
fn layouts() -> Vec<String> {
    let fields = "id: \"joint-2023\", title: \"Joint\", short: \"JS 2023\", kind: JointStatement, \
        legal_character: PoliticalInferred, url: \"https://example.org/joint\", \
        date: (date: \"2023-04-26\", basis: Stated)";
    let around = |document: &str, end: &str| {
        format!("(format: 1, title: \"Small\", documents: [{document}], events: [],){end}")
    };
    let of_lines = fields
        .replace(", ", ",\n        ")
        .replace("2023-04-26\",\n        ", "2023-04-26\", ");
    let mut all = Vec::new();
    for end in ["", "\n", "\r\n"] {
        all.push(around(&format!("({fields})"), end));
        all.push(around(&format!("({fields},)"), end));
        all.push(around(&format!("( {fields} , )"), end));
        all.push(around(
            &format!("\n    (id: \"x\"), ({fields}), // x\n"),
            end,
        ));
        all.push(around(
            &format!("\n    (\n        {of_lines}\n    )\n"),
            end,
        ));
        all.push(around(
            &format!("\n    (\n        {of_lines},  \n    ),  \n"),
            end,
        ));
        all.push(around(
            &format!("\n    (\n        {of_lines} // last\n    ),\n"),
            end,
        ));
        all.push(around(&format!("\n    ({of_lines})\n"), end));
        all.push(around(&format!("\n    ({of_lines},)\n"), end));
        // Blanks at the ends of lines are not beautiful, and not ours.
        let of_lines = of_lines.replace('\n', "  \n");
        all.push(around(
            &format!("\n    (  \n        {of_lines},  \n    ),  \n"),
            end,
        ));
        all.push(around(&format!("\n    ({of_lines})  \n"), end));
        all.push(around(
            &format!("\n    ({of_lines},  \n        coded: Whole)\n"),
            end,
        ));
    }
    let with_returns: Vec<String> = all.iter().map(|text| text.replace('\n', "\r\n")).collect();
    all.extend(
        with_returns
            .into_iter()
            .map(|text| text.replace("\r\r", "\r")),
    );
    all
}

#[test]
fn a_document_in_any_layout_takes_a_text_and_gives_it_back() {
    let folder = folder("attach-layouts");
    let register = folder.join("register.ron");
    let args = [
        "attach",
        "attach-layouts/register.ron",
        "--document",
        "joint-2023",
    ];
    for text in layouts() {
        fs::write(&register, &text).unwrap();
        let before = load(text.as_str(), Vec::new());
        let output = linchpin_reads(SOURCE, &args);
        assert_eq!(
            (output.err.as_str(), output.code),
            ("", Some(0)),
            "{text:?}"
        );
        let attached = read(register.clone());
        let after = load(attached.as_str(), Vec::new());
        let document = &after.register.documents[0];
        assert_eq!(document.text.as_deref(), Some("texts/joint-2023.txt"));
        assert_eq!(document.text_sha256, Some(sha256(TEXT.as_bytes())));
        assert_eq!(
            after.diagnostic_count(),
            before.diagnostic_count(),
            "{attached:?}"
        );
        let output = linchpin(&[&args[..], &["--detach"]].concat());
        assert_eq!(
            (output.err.as_str(), output.code),
            ("", Some(0)),
            "{attached:?}"
        );
        let detached = read(register.clone());
        // A last field may have got its comma, and its bracket a line of its own; every other sign
        // is as it was, and so are the line ends.
        let signs = |text: &str| text.replace([',', ' ', '\r', '\n'], "");
        assert_eq!(signs(&detached), signs(&text), "{attached:?}");
        let has_bare_breaks = |text: &str| text.replace("\r\n", "").contains('\n');
        assert_eq!(
            has_bare_breaks(&detached),
            has_bare_breaks(&text),
            "{attached:?}"
        );
        let blanks = |text: &str| text.matches("  \n").count() + text.matches("  \r\n").count();
        assert!(blanks(&detached) >= blanks(&text), "{detached:?}");
        let commas = |text: &str| text.matches(',').count();
        assert!(
            commas(&detached) <= commas(&text) + 1,
            "{text:?} {detached:?}"
        );
    }
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let folder = folder("attach-broken");
    let broken = REGISTER.replace(
        "name: \"Republic of Korea\", ",
        "name: \"Republic of Korea\" ",
    );
    assert_ne!(broken, REGISTER);
    fs::write(folder.join("register.ron"), &broken).unwrap();
    let args = [
        "attach",
        "attach-broken/register.ron",
        "--document",
        "joint-2023",
    ];
    let output = linchpin_reads(SOURCE, &args);
    assert_eq!(output.code, Some(2), "{}", output.err);
    assert!(!folder.join("texts").exists());
    assert_eq!(read(folder.join("register.ron")), broken);
    assert!(output.out.is_empty());
}
