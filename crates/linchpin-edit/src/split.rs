//! A register in one file made into a folder of files: the head in one, each list in its own.

use super::join::{has_head, is_read};
use linchpin_register::{FileText, Loaded, RecordKind, load_parts};
use ron_lossless::edit::{attributes, copy, line_break, remove};
use ron_lossless::{NodeKind, apply};

/// The file that keeps the head, and remarks that belong to no list.
pub const HEAD_FILE: &str = "register.ron";

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    pub name: String,
    pub text: String,
}

/// Splits a register into the files of a folder, in the order of their names. Every remark goes
/// with what it stands by. `None` where it stands in several files already, cannot be read in full,
/// or its layout does not allow it.
pub fn split(loaded: &Loaded) -> Option<Vec<NewFile>> {
    if loaded.parts.len() != 1 || !is_read(loaded) {
        return None;
    }
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let root = tree.value()?;
    let eol = line_break(text);
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
        lines.push("(".into());
        lines.push(format!("{indent}format: {},", linchpin_register::FORMAT));
        lines.push(String::new());
        lines.push(format!("{indent}{}", field.laid(indent, eol)));
        lines.push(")".into());
        numbers.push(number);
        files.push(NewFile {
            name: format!("{name}.ron"),
            text: lines.join(eol) + eol,
        });
    }
    let head = apply(text, &remove(text, tree, root, &numbers)?)?;
    files.push(NewFile {
        name: HEAD_FILE.into(),
        text: head,
    });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    is_same(loaded, &files).then_some(files)
}

/// Whether the files say together what the one says.
fn is_same(loaded: &Loaded, files: &[NewFile]) -> bool {
    let files = files.iter().map(|file| FileText {
        name: file.name.as_str().into(),
        text: file.text.clone(),
        problems: Vec::new(),
    });
    let folder = load_parts(files.collect());
    let records = |loaded: &Loaded| -> Vec<_> {
        let all = loaded.register.all();
        all.map(|(at, record)| (at, record.json())).collect()
    };
    folder.problem_count() == loaded.problem_count()
        && has_head(&folder.register, &loaded.register)
        && records(&folder) == records(loaded)
}
