//! A register in one file made into a folder of files: the head in one, each list in its own.

use super::merge_registers::{has_same_head, is_fully_read};
use linchpin_register::{LoadedRegister, RecordKind, RegisterFileText, load_files};
use ron_lossless::edit::{attributes, first_line_ending, take_out};
use ron_lossless::{NodeKind, Span, TokenKind, apply, comments, tokens};

/// The file that keeps the head, and remarks that belong to no list.
pub const HEAD_FILE: &str = "register.ron";

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitFile {
    /// Its name in the folder.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Splits a register into the files of a folder, in the order of their names. Every remark goes
/// with what it stands by. `None` where it stands in several files already, cannot be read in full,
/// or its layout does not allow it.
pub fn split_register(loaded: &LoadedRegister) -> Option<Vec<SplitFile>> {
    if loaded.files.len() != 1 || !is_fully_read(loaded) {
        return None;
    }
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let root = tree.value()?;
    let eol = first_line_ending(text);
    // Each file is a register of its own to whoever opens it alone, hence attributes and format. A
    // comment in an attribute stays in the head.
    let attributes: Vec<String> = attributes(text).into_iter().map(without_comments).collect();
    let mut numbers = Vec::new();
    let mut names = Vec::new();
    for kind in RecordKind::ALL {
        let name = kind.list();
        let Some(list) = tree.field(text, root, name) else {
            continue;
        };
        if tree.kind(list) != NodeKind::List || tree.children(list).next().is_none() {
            continue;
        }
        let key = tree.field_key(text, root, name)?;
        let number = tree
            .children(root)
            .position(|field| tree.span(field).start == key.start)?;
        numbers.push(number);
        names.push(name);
    }
    // In one go, so that each comment goes with one list, or stays in the head.
    let (fields, edits) = take_out(text, tree, root, &numbers)?;
    let mut files = Vec::new();
    for (name, field) in names.into_iter().zip(fields) {
        let indent = match field.indent() {
            "" => "    ",
            indent => indent,
        };
        let mut lines = attributes.clone();
        lines.push("(".into());
        lines.push(format!(
            "{indent}format: {},",
            linchpin_register::FORMAT_VERSION
        ));
        lines.push(String::new());
        lines.push(format!("{indent}{}", field.render(indent, eol)));
        lines.push(")".into());
        files.push(SplitFile {
            name: format!("{name}.ron"),
            text: lines.join(eol) + eol,
        });
    }
    files.push(SplitFile {
        name: HEAD_FILE.into(),
        text: apply(text, &edits)?,
    });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    // Read again and compared: a folder that lost something is worse than no folder.
    is_equivalent(loaded, &files).then_some(files)
}

fn without_comments(attribute: &str) -> String {
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let stays = tokens(attribute).filter(|token| !is_comment(token.kind));
    stays.map(|token| token.span.of(attribute)).collect()
}

/// The comments of all texts, in an order that does not depend on where they stand.
fn sorted_comments<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let of_text = |text: &'t str| comments(text, Span::new(0, text.len() as u32));
    let mut all: Vec<&str> = texts.flat_map(of_text).collect();
    all.sort_unstable();
    all
}

/// Whether the files say together what the one says.
fn is_equivalent(loaded: &LoadedRegister, files: &[SplitFile]) -> bool {
    let texts = files.iter().map(|file| file.text.as_str());
    if sorted_comments(texts) != sorted_comments([&*loaded.text].into_iter()) {
        return false;
    }
    let files = files.iter().map(|file| RegisterFileText {
        name: file.name.as_str().into(),
        text: file.text.clone(),
        diagnostics: Vec::new(),
    });
    let folder = load_files(files.collect());
    let records = |loaded: &LoadedRegister| -> Vec<_> {
        let all = loaded.register.iter_records();
        all.map(|(at, record)| (at, record.json())).collect()
    };
    folder.diagnostic_count() == loaded.diagnostic_count()
        && has_same_head(&folder.register, &loaded.register)
        && records(&folder) == records(loaded)
}
