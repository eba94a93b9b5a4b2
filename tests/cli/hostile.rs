//! Files made to harm: whatever a document or an image holds, the command ends with words, and the
//! next one works. Documents are read by a process of its own, which the program starts here as it
//! does everywhere.

use crate::program::{self, at, linchpin, linchpin_reads, program};
use flate2::Compression;
use flate2::read::ZlibEncoder;
use std::fs;
use std::io::{Read, Write as _};
use std::path::PathBuf;
use std::process::Stdio;

const REGISTER: &str = "(format: 1, title: \"Small\", documents: [(id: \"joint-2023\", title: \"Joint\", \
    short: \"JS 2023\", kind: JointStatement, legal_character: PoliticalInferred, \
    date: (date: \"2023-04-26\", basis: Stated), url: \"https://example.org/joint\")])\n";
/// More than a process is given to read a document.
const TOO_MUCH: u64 = 1_300 << 20;

const NEEDS_TOO_MUCH: &str = "This PDF holds more than any document needs";
const MEMORY: &str = "took more than 1 GB of memory, so it was stopped";
const TOO_DEEP: &str = "nests things in things more deeply than can be read";

fn folder(name: &str) -> PathBuf {
    at(&program::folder(name, &[("register.ron", REGISTER)]))
}

/// What `attach` says of a document that it refuses, with nothing left behind; afterwards another
/// one is attached.
fn refusal_of(name: &str, bytes: &[u8]) -> String {
    let folder = folder(&format!("hostile-{}", name.replace('.', "-")));
    fs::write(folder.join(name), bytes).unwrap();
    let (register, file) = (folder.join("register.ron"), folder.join(name));
    let (register, file) = (register.to_str().unwrap(), file.to_str().unwrap());
    let attach = ["attach", register, "--document", "joint-2023"];
    let output = linchpin(&[&attach[..], &["--from", file]].concat());
    assert_eq!(
        (output.out.as_str(), output.code),
        ("", Some(2)),
        "{name}: {}",
        output.err
    );
    let start = format!("linchpin: {file}: ");
    assert!(output.err.starts_with(&start), "{name}: {}", output.err);
    assert_eq!(output.err.lines().count(), 1, "{name}: {}", output.err);
    let said = output.err;
    assert!(!folder.join("texts").exists());
    assert_eq!(fs::read_to_string(register).unwrap(), REGISTER);
    let output = linchpin_reads(
        "<p>One.</p><p>Two.</p>",
        &[&attach[..], &["--kind", "html"]].concat(),
    );
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)), "{name}");
    let text = fs::read(folder.join("texts/joint-2023.txt")).unwrap();
    assert_eq!(text, b"One.\nTwo.\n", "{name}");
    said[start.len()..].to_owned()
}

fn is_refused(name: &str, bytes: &[u8], words: &[&str]) {
    let said = refusal_of(name, bytes);
    assert!(
        words.iter().any(|words| said.contains(words)),
        "{name}: {said}"
    );
}

fn packed(data: impl Read) -> Vec<u8> {
    let mut all = Vec::new();
    ZlibEncoder::new(data, Compression::best())
        .read_to_end(&mut all)
        .unwrap();
    all
}

fn zeros(count: u64) -> impl Read {
    std::io::repeat(0).take(count)
}

fn repeated(piece: &[u8], count: usize) -> Vec<u8> {
    piece.repeat(count)
}

/// A PDF out of its objects, the first of which is its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    write!(file, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file
}

fn object(words: &str) -> Vec<u8> {
    words.as_bytes().to_vec()
}

fn stream(head: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {head} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

/// One page with these contents; more objects follow from number 5.
fn page(contents: &str, drawn: Vec<u8>, font: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} \
             /Resources << /Font << /F {font} >> >> >>"
        )),
        drawn,
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// A page whose contents are packed in these ways, the outermost first.
fn packed_page(filters: &str, data: &[u8]) -> Vec<u8> {
    let drawn = stream(&format!("/Filter [{filters}]"), data);
    page("4 0 R", drawn, FONT, &[])
}

/// Zeros, packed by LZW: each word is one letter longer than the last, until there is no room for
/// more words.
fn lzw(rounds: usize) -> Vec<u8> {
    let (mut out, mut buffer, mut buffered) = (Vec::new(), 0_u64, 0);
    let mut put = |code: u64, width: u32| {
        buffer = (buffer << width) | code;
        buffered += width;
        while buffered >= 8 {
            buffered -= 8;
            out.push((buffer >> buffered) as u8);
            buffer &= (1 << buffered) - 1;
        }
    };
    let mut width_of_clear = 9;
    for _ in 0..rounds {
        put(256, width_of_clear);
        width_of_clear = 12;
        put(0, 9);
        for code in 258..4094 {
            let width = match code {
                ..511 => 9,
                511..1023 => 10,
                1023..2047 => 11,
                _ => 12,
            };
            put(code, width);
        }
    }
    out
}

#[test]
fn what_is_packed_again_and_again_is_refused() {
    let mut data = packed(zeros(TOO_MUCH));
    for _ in 0..3 {
        data = packed(&*data);
    }
    let file = packed_page("/FlateDecode /FlateDecode /FlateDecode /FlateDecode", &data);
    // The one that took 8 GB had 883 bytes.
    assert!(file.len() < 2_000, "{}", file.len());
    is_refused("flate.pdf", &file, &[NEEDS_TOO_MUCH]);
    let names = "/Fl ".repeat(400);
    is_refused("names.pdf", &packed_page(&names, &data), &[NEEDS_TOO_MUCH]);
}

#[test]
fn every_other_way_of_packing_is_measured_as_well() {
    let runs = packed(&*repeated(&[129, 0], 3 << 20));
    let file = packed_page("/FlateDecode /RunLengthDecode", &runs);
    is_refused("runs.pdf", &file, &[NEEDS_TOO_MUCH]);
    let words = packed(&*lzw(40));
    let file = packed_page("/FlateDecode /LZWDecode", &words);
    is_refused("lzw.pdf", &file, &[NEEDS_TOO_MUCH]);
    // What says elsewhere how it is packed is not found out before it takes its memory.
    let runs = packed(&*packed(&*repeated(&[129, 0], 12 << 20)));
    let drawn = stream("/Filter 5 0 R", &runs);
    let filters = object("[/FlateDecode /FlateDecode /RunLengthDecode]");
    is_refused(
        "elsewhere.pdf",
        &page("4 0 R", drawn, FONT, &[filters]),
        &[MEMORY],
    );
}

#[test]
fn a_stream_that_is_named_a_thousand_times_is_refused() {
    let drawn = stream("/Filter /FlateDecode", &packed(zeros(4 << 20)));
    let named = format!("[{}]", "4 0 R ".repeat(1_000));
    is_refused(
        "named.pdf",
        &page(&named, drawn, FONT, &[]),
        &[NEEDS_TOO_MUCH],
    );
}

#[test]
fn shared_and_deep_trees_of_pages_are_stopped() {
    // Each of ten levels names the next one ten times: ten thousand million pages.
    let catalog = object("<< /Type /Catalog /Pages 2 0 R >>");
    let mut shared = vec![catalog.clone()];
    for level in 0..10 {
        let kids = format!("{} 0 R ", level + 3).repeat(10);
        shared.push(object(&format!(
            "<< /Type /Pages /Kids [{kids}] /Count 1 >>"
        )));
    }
    shared.push(object("<< /Type /Page /MediaBox [0 0 9 9] >>"));
    is_refused("shared.pdf", &pdf(&shared), &[MEMORY]);
    let mut deep = vec![catalog.clone()];
    for level in 0..100_000 {
        deep.push(object(&format!(
            "<< /Type /Pages /Kids [{} 0 R] /Count 1 >>",
            level + 3
        )));
    }
    deep.push(object("<< /Type /Page /MediaBox [0 0 9 9] >>"));
    is_refused("deep.pdf", &pdf(&deep), &[MEMORY, TOO_DEEP]);
    let own = object("<< /Type /Pages /Kids [2 0 R] /Count 1 >>");
    is_refused(
        "circle.pdf",
        &pdf(&[catalog, own]),
        &["There is no text in this PDF"],
    );
}

#[test]
fn a_page_of_twenty_million_instructions_is_refused() {
    let drawn = stream(
        "/Filter /FlateDecode",
        &packed(&*repeated(b"q Q ", 10_000_000)),
    );
    let file = page("4 0 R", drawn, FONT, &[]);
    is_refused(
        "instructions.pdf",
        &file,
        &["A page of this PDF draws too much to be a text"],
    );
}

#[test]
fn maps_of_letters_without_end_are_stopped() {
    let map = |lines: &str| {
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>";
        let map = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange \
             <00> <FF> endcodespacerange {lines} endcmap end end"
        );
        let map = stream("/Filter /FlateDecode", &packed(map.as_bytes()));
        let drawn = stream("", b"BT /F 12 Tf 50 700 Td (A) Tj ET");
        page("4 0 R", drawn, font, &[map])
    };
    let many = format!(
        "2000000 beginbfchar {} endbfchar",
        "<41> <0042>\n".repeat(2_000_000)
    );
    is_refused("letters.pdf", &map(&many), &[NEEDS_TOO_MUCH]);
    let long = format!(
        "1 beginbfchar <41> <{}> endbfchar",
        "0042".repeat(20_000_000)
    );
    is_refused(
        "long.pdf",
        &map(&long),
        &["so it was stopped", "more letters than a text has"],
    );
}

#[test]
fn pages_of_the_web_that_nest_without_end_are_refused() {
    let deep = "nests elements in elements more than 1000 deep";
    let menus = "<nav>".repeat(500_000) + &"</aside>".repeat(500_000);
    is_refused("menus.html", menus.as_bytes(), &[deep]);
    let tables = "<table><tr><td>".repeat(400_000);
    is_refused("tables.html", tables.as_bytes(), &[deep]);
    let inner = "- ".repeat(5_000) + "x";
    is_refused("lists.md", inner.as_bytes(), &[deep]);
    let html = format!("<div>\n{}\n", "<nav>".repeat(100_000));
    is_refused("menus.md", html.as_bytes(), &[deep]);
}

#[test]
fn a_million_tags_are_read() {
    let folder = folder("hostile-tags");
    fs::write(folder.join("tags.html"), "<b>x</b> ".repeat(500_000)).unwrap();
    let output = linchpin(&[
        "attach",
        "hostile-tags/register.ron",
        "--document",
        "joint-2023",
        "--from",
        "hostile-tags/tags.html",
    ]);
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    assert_eq!(
        fs::read(folder.join("texts/joint-2023.txt")).unwrap().len(),
        1_000_000
    );
}

#[test]
fn a_child_whose_parent_is_gone_ends() {
    // Half of what was announced, and then nothing.
    let mut child = program()
        .args(["extract-child", "txt"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&9_u64.to_le_bytes()).unwrap();
    stdin.write_all(b"half").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    // It can be started by whoever knows of it, but nobody is told.
    let help = linchpin(&["--help"]);
    assert!(help.out.contains("attach") && !help.out.contains("extract-child"));
}

fn inspected(name: &str, bytes: &[u8], words: &str) {
    let file = folder("hostile-images").with_file_name(format!("hostile-{name}"));
    fs::write(&file, bytes).unwrap();
    let output = linchpin(&["inspect", file.to_str().unwrap()]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(1)), "{name}");
    assert!(output.err.contains(words), "{name}: {}", output.err);
}

fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(*kind);
        file.extend(data);
        file.extend([0; 4]);
    }
    file
}

#[test]
fn images_made_to_harm_are_refused() {
    let bomb = packed(zeros(TOO_MUCH));
    let ours = [&b"linchpin\0\x01\0\0\0"[..], &bomb].concat();
    inspected(
        "itxt.png",
        &png(&[(b"iTXt", ours)]),
        "too large to be read: 64 MB",
    );
    let end = || (b"IEND", Vec::new());
    let other = [&b"linchpin\0\0"[..], &bomb].concat();
    inspected(
        "ztxt.png",
        &png(&[(b"zTXt", other), end()]),
        "carries no chart",
    );
    let huge = [&[0x7f, 0xff, 0xff, 0xff].repeat(2)[..], &[16, 6, 0, 0, 0]].concat();
    let image = png(&[(b"IHDR", huge), (b"IDAT", bomb), end()]);
    inspected("huge.png", &image, "carries no chart");
    let svg = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- urn:linchpin:evidence:1 -->{inner}</svg>"
        )
    };
    let parts = "has them more deeply in one another, than an image has";
    let spaces: String = (0..20_000)
        .map(|at| format!("<g xmlns:n{at}=\"u:{at}\">"))
        .collect();
    let spaces = svg(&(spaces + &"</g>".repeat(20_000)));
    inspected("spaces.svg", spaces.as_bytes(), parts);
    let nested = svg(&("<g>".repeat(20_000) + &"</g>".repeat(20_000)));
    inspected("nested.svg", nested.as_bytes(), parts);
    let named: String = (0..100_000).map(|at| format!(" a{at}=\"\"")).collect();
    inspected("named.svg", svg(&format!("<g{named}/>")).as_bytes(), parts);
    inspected("many.svg", svg(&"<g/>".repeat(1_500_000)).as_bytes(), parts);
    let values = format!(
        "{{\"linchpin\":1,\"image\":[{}0]}}",
        "[],".repeat(3_000_000)
    );
    let carried = svg(&format!(
        "<metadata><evidence xmlns=\"urn:linchpin:evidence:1\">{values}</evidence></metadata>"
    ));
    inspected("values.svg", carried.as_bytes(), parts);
    let entities: String = (1..30)
        .map(|at| format!("<!ENTITY e{at} \"&e{0};&e{0};\">", at - 1))
        .collect();
    let expanding = format!(
        "<!DOCTYPE svg [<!ENTITY e0 \"ha\">{entities}]>{}",
        svg("<text>&e29;</text>")
    );
    inspected("entities.svg", expanding.as_bytes(), "it is no sound XML");
}
