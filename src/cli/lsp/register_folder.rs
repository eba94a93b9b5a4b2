//! A register in a folder: its files say what belongs together, also while only one of them is
//! open.

use linchpin_files::folder::{FoundFile, find_files, read_found_file};
use linchpin_register::{RecordKind, RegisterFileText};
use lsp_types::Uri;
use ron_lossless::{NodeKind, Tree, decode_bytes, parse};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// How many folders above a file are looked at for the rest of its register.
const MAX_ABOVE: usize = 2;
/// A folder with more files than this is taken for something else.
const MAX_FILES: usize = 200;
/// The most bytes that are read from a folder at every change.
const MAX_BYTES: usize = 64 << 20;

/// A folder whose files form one register.
#[derive(Debug)]
pub(super) struct RegisterFolder {
    pub path: PathBuf,
    /// The files in it, as they were found last.
    found: Vec<FoundFile>,
    /// The address of every file, in their order.
    pub uris: Vec<Uri>,
    /// Which of them is the document itself.
    pub own: usize,
}

/// The files of a folder with their texts.
pub(super) struct FolderMembers {
    pub folder: RegisterFolder,
    pub files: Vec<RegisterFileText>,
}

/// The text of a file that is open in the editor.
pub(super) type OpenTexts<'a> = &'a dyn Fn(&Path) -> Option<String>;

/// What a file is, by its fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileRole {
    /// It has the title of a register.
    Head,
    /// It has lists of a register.
    Part,
    Other,
}

impl FolderMembers {
    /// The files that form one register with the file at `path`: exactly one of them has the title.
    /// `before` is the folder in which it was found last: it stays there while it is broken.
    pub fn find(
        path: &Path,
        text: &str,
        before: Option<&RegisterFolder>,
        open: OpenTexts,
    ) -> Option<FolderMembers> {
        let own = file_role(text);
        // A file with a title has the rest next to it or below.
        let above = if own == FileRole::Head { 0 } else { MAX_ABOVE };
        let above = path.ancestors().skip(1).take(1 + above);
        // The root of the file system is never looked through.
        let mut above = above.filter(|folder| folder.parent().is_some());
        above.find_map(|folder| {
            let was_there = before.is_some_and(|before| before.path == folder);
            if own == FileRole::Other && !was_there {
                return None;
            }
            let found = find_files(folder).ok()?;
            FolderMembers::collect(folder, found, path, text, was_there, open)
        })
    }

    /// The same files as before, with their texts as they are now.
    pub fn reload(
        path: &Path,
        text: &str,
        before: &RegisterFolder,
        open: OpenTexts,
    ) -> Option<FolderMembers> {
        FolderMembers::collect(&before.path, before.found.clone(), path, text, true, open)
    }

    fn collect(
        folder: &Path,
        found: Vec<FoundFile>,
        path: &Path,
        text: &str,
        was_there: bool,
        open: OpenTexts,
    ) -> Option<FolderMembers> {
        if found.len() > MAX_FILES {
            return None;
        }
        let (mut files, mut uris) = (Vec::new(), Vec::new());
        let (mut own, mut heads, mut bytes) = (None, 0, 0);
        for file in &found {
            let is_own = file.path == path;
            let here = is_own.then(|| text.to_owned());
            // What is open in the editor goes before the file, which may be older.
            let source = match here.or_else(|| open(&file.path)) {
                Some(text) => RegisterFileText {
                    name: file.name.as_str().into(),
                    text,
                    diagnostics: Vec::new(),
                },
                // Gone since, or not to be read.
                None => match read_found_file(file) {
                    Ok(Some(bytes)) => {
                        RegisterFileText::from_decoded(&file.name, decode_bytes(bytes))
                    }
                    Ok(None) | Err(_) => continue,
                },
            };
            bytes += source.text.len();
            if bytes > MAX_BYTES {
                return None;
            }
            let role = file_role(&source.text);
            if role == FileRole::Other && !(is_own && was_there) {
                continue;
            }
            heads += usize::from(role == FileRole::Head);
            if is_own {
                own = Some(files.len());
            }
            uris.push(uri_from_path(&file.path)?);
            files.push(source);
        }
        let is_one = files.len() > 1 && (heads == 1 || was_there);
        let folder = RegisterFolder {
            path: folder.to_owned(),
            own: own.filter(|_| is_one)?,
            found,
            uris,
        };
        Some(FolderMembers { folder, files })
    }
}

fn file_role(text: &str) -> FileRole {
    let tree = parse(text);
    let root = tree.value().filter(|_| is_register(text, &tree));
    match root.map(|root| tree.field(text, root, "title")) {
        Some(Some(_)) => FileRole::Head,
        Some(None) => FileRole::Part,
        None => FileRole::Other,
    }
}

/// Whether a text says that it is a register: by its format and a title or a list, or by several
/// lists. Other programs keep RON files as well.
pub(super) fn is_register(text: &str, tree: &Tree) -> bool {
    let kind = |name: &str| {
        let root = tree
            .value()
            .filter(|root| tree.kind(*root) == NodeKind::Record)?;
        Some(tree.kind(tree.field(text, root, name)?))
    };
    let lists = RecordKind::ALL.iter();
    let lists = lists
        .filter(|k| kind(k.list()) == Some(NodeKind::List))
        .count();
    let has_title = matches!(kind("title"), Some(NodeKind::Text | NodeKind::EscapedText));
    lists > 1 || (kind("format") == Some(NodeKind::Number) && (lists > 0 || has_title))
}

/// The file that an address names; `None` where it names none.
pub(super) fn path_from_uri(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // A host may stand before the path, such as `localhost`.
    let path = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%');
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    let path = String::from_utf8(bytes).ok()?;
    // `/C:/folder`
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive && cfg!(windows) {
        &path[1..]
    } else {
        &path
    }))
}

fn uri_from_path(path: &Path) -> Option<Uri> {
    let path = path
        .to_str()?
        .replace('\\', if cfg!(windows) { "/" } else { "\\" });
    let mut uri = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri::from_str(&uri).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_lead_to_each_other() {
        for path in ["/tmp/a b/한국 100%.ron", "/a/b-c_d~e.ron", "/x\\y.ron"] {
            let uri = uri_from_path(Path::new(path)).unwrap();
            assert_eq!(
                path_from_uri(uri.as_str()).as_deref(),
                Some(Path::new(path)),
                "{}",
                uri.as_str()
            );
        }
        assert_eq!(path_from_uri("untitled:Untitled-1"), None);
        assert_eq!(
            path_from_uri("file:///a%2").as_deref(),
            Some(Path::new("/a%2"))
        );
        assert_eq!(path_from_uri("file:///%FF"), None);
    }
}
