//! A register in one file made into a folder of files: the head in one, each list in its own.

use super::merge_registers::{has_same_head, is_fully_read};
use linchpin_register::{LoadedRegister, RecordKind, RegisterFileText, load_files};
use ron_lossless::edit::{attributes, copy, first_line_ending, remove};
use ron_lossless::{NodeKind, apply};

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
    let mut numbers = Vec::new();
    let mut files = Vec::new();
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
        let field = copy(text, tree, root, &[number])?.pop()?;
        let indent = match field.indent() {
            "" => "    ",
            indent => indent,
        };
        let mut lines: Vec<String> = attributes(text).into_iter().map(str::to_owned).collect();
        // Each file is a register of its own to whoever opens it alone, hence attributes and
        // format.
        lines.push("(".into());
        lines.push(format!(
            "{indent}format: {},",
            linchpin_register::FORMAT_VERSION
        ));
        lines.push(String::new());
        lines.push(format!("{indent}{}", field.render(indent, eol)));
        lines.push(")".into());
        numbers.push(number);
        files.push(SplitFile {
            name: format!("{name}.ron"),
            text: lines.join(eol) + eol,
        });
    }
    let head = apply(text, &remove(text, tree, root, &numbers)?)?;
    files.push(SplitFile {
        name: HEAD_FILE.into(),
        text: head,
    });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    // Read again and compared: a folder that lost something is worse than no folder.
    is_equivalent(loaded, &files).then_some(files)
}

/// Whether the files say together what the one says.
fn is_equivalent(loaded: &LoadedRegister, files: &[SplitFile]) -> bool {
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
