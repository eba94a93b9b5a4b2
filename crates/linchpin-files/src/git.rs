//! Files as they were at a revision of a git repository, by asking git itself. Nothing is written, and no shell is involved.

use super::folder::{MAX_FILES, limit};
use super::{MAX_BYTES, in_words};
use linchpin_task::Task;
use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What stands at a path of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtRevision {
    File(Vec<u8>),
    /// The files of a register in a folder: the name of each below the folder, and its bytes.
    Folder(Vec<(String, Vec<u8>)>),
}

/// A revision in which a file changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The whole name of the commit.
    pub hash: String,
    /// As much of it as tells it from others.
    pub short: String,
    /// "2024-05-03"
    pub date: String,
    pub author: String,
    pub subject: String,
}

/// Why git cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// There is no git here.
    Missing,
    /// The folder is in no repository.
    NoRepository,
    /// Anything else, in words.
    Trouble(String),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoAnswer::Missing => {
                "git is not installed here, or not to be found. Install it, or compare files"
            }
            NoAnswer::NoRepository => "this folder is in no git repository",
            NoAnswer::Trouble(words) => words,
        })
    }
}

/// What stands at `path` in the revision `rev`, asked for in `folder`. As git has it, the path counts from the top of the repository, or from
/// `folder` where it begins with `./`; where there is nothing at the top, it is looked for from `folder` as well. An empty `rev` is what is
/// staged.
///
/// # Errors
/// Where git is missing, there is no repository, no such revision or no such path, or the file is too large.
pub fn at_revision(folder: &Path, rev: &str, path: &str) -> Result<AtRevision, NoAnswer> {
    let trouble = |words: String| Err(NoAnswer::Trouble(words));
    if rev.starts_with('-') {
        return trouble(format!("`{rev}` is no name of a revision"));
    }
    let path = path.trim_end_matches('/');
    ask(folder, &["rev-parse", "--git-dir"])?;
    if !rev.is_empty() {
        let tree = format!("{rev}^{{tree}}");
        let known = run(folder, &["rev-parse", "--verify", "--quiet", &tree], None)?;
        if !known.ok {
            return trouble(format!("git knows no revision `{rev}` here"));
        }
    }
    let from_here = format!("./{path}");
    let tries = match path {
        "" | "." => vec!["./"],
        _ if path.starts_with("./") || path.starts_with("../") => vec![path],
        _ => vec![path, &from_here],
    };
    for path in tries {
        let name = format!("{rev}:{path}");
        let kind = run(folder, &["cat-file", "-t", &name], None)?;
        match kind.words().trim() {
            "blob" if kind.ok => return Ok(AtRevision::File(file(folder, &name)?)),
            "tree" if kind.ok => return Ok(AtRevision::Folder(all_in(folder, &name)?)),
            _ => {}
        }
    }
    let at = match rev {
        "" => "among what is staged".to_owned(),
        rev => format!("at the revision `{rev}`"),
    };
    trouble(format!("there is no `{path}` {at}"))
}

/// What `path`, a file or a folder on this machine, was at the revision `rev`.
///
/// # Errors
/// As [`at_revision`].
pub fn was(path: &Path, rev: &str) -> Result<AtRevision, NoAnswer> {
    let (folder, name) = place(path)?;
    at_revision(&folder, rev, &format!("./{name}"))
}

/// The last revisions in which a file or a folder changed, the newest first.
///
/// # Errors
/// Where git is missing or the file is in no repository.
pub fn log(path: &Path, most: usize) -> Result<Vec<Revision>, NoAnswer> {
    let (folder, name) = place(path)?;
    ask(&folder, &["rev-parse", "--git-dir"])?;
    let (count, path) = (format!("-n{most}"), format!("./{name}"));
    let said = run(
        &folder,
        &[
            "log",
            &count,
            "--no-color",
            "--no-show-signature",
            "--date=short",
            "--format=%H%x1f%h%x1f%ad%x1f%an%x1f%s",
            "--",
            &path,
        ],
        None,
    )?;
    // Before the first commit there is nothing to tell.
    if !said.ok {
        return Ok(Vec::new());
    }
    let line = |line: &str| {
        let mut parts = line.split('\u{1f}').map(str::to_owned);
        Some(Revision {
            hash: parts.next().filter(|hash| !hash.is_empty())?,
            short: parts.next()?,
            date: parts.next()?,
            author: parts.next()?,
            subject: parts.next()?,
        })
    };
    Ok(said.words().lines().filter_map(line).collect())
}

/// The folder to ask in, and the name in it; empty for the folder itself.
fn place(path: &Path) -> Result<(std::path::PathBuf, String), NoAnswer> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if whole.is_dir() {
        return Ok((whole, String::new()));
    }
    let name = whole.file_name().and_then(|name| name.to_str());
    match (whole.parent(), name) {
        (Some(folder), Some(name)) => Ok((folder.to_owned(), name.to_owned())),
        _ => Err(NoAnswer::Trouble(format!(
            "{} is no name of a file that git can be asked for",
            path.display()
        ))),
    }
}

fn file(folder: &Path, name: &str) -> Result<Vec<u8>, NoAnswer> {
    let size = ask(folder, &["cat-file", "-s", name])?;
    let size: u64 = size.words().trim().parse().unwrap_or(0);
    if size > MAX_BYTES {
        return Err(NoAnswer::Trouble(format!("{name} is too large")));
    }
    Ok(ask(folder, &["show", name])?.out)
}

/// The files of a register below a folder of a revision, as `folder::find` chooses them.
fn all_in(folder: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>, NoAnswer> {
    let tree = ask(folder, &["ls-tree", "-r", "-z", "-l", "--full-tree", name])?;
    let tree = tree.words();
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut total = 0;
    for line in tree.split('\0') {
        let Some((about, path)) = line.split_once('\t') else {
            continue;
        };
        let about: Vec<&str> = about.split_whitespace().collect();
        let [mode, "blob", hash, size] = about.as_slice() else {
            continue;
        };
        let is_hidden = path.split('/').any(|piece| piece.starts_with('.'));
        let is_ron = path
            .rsplit_once('.')
            .is_some_and(|(_, end)| end.eq_ignore_ascii_case("ron"));
        // A link, not a file.
        if is_hidden || !is_ron || *mode == "120000" {
            continue;
        }
        total += size.parse::<u64>().unwrap_or(0);
        found.push((path, hash));
    }
    if found.is_empty() {
        return Err(NoAnswer::Trouble(format!(
            "{name} holds no file that ends in .ron, so it is no register"
        )));
    }
    if found.len() > MAX_FILES {
        return Err(NoAnswer::Trouble(format!("{name} holds too many files")));
    }
    limit(folder, total).map_err(|e| NoAnswer::Trouble(e.to_string()))?;
    found.sort_unstable();
    let asked: String = found.iter().map(|(_, hash)| format!("{hash}\n")).collect();
    let said = run(folder, &["cat-file", "--batch"], Some(asked.into_bytes()))?;
    let mut rest = &said.out[..];
    let mut files = Vec::new();
    for (path, _) in found {
        let Some((bytes, after)) = next_object(rest) else {
            return Err(NoAnswer::Trouble(format!("git does not give {path}")));
        };
        files.push((path.to_owned(), bytes.to_vec()));
        rest = after;
    }
    Ok(files)
}

/// The next object of `git cat-file --batch`: a line that ends with its size, its bytes, a line break.
fn next_object(out: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = out.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(out.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = out.get(end + 1..end + 1 + size)?;
    Some((bytes, out.get(end + 2 + size..).unwrap_or(&[])))
}

/// What git has said.
struct Said {
    out: Vec<u8>,
    err: String,
    ok: bool,
}

impl Said {
    fn words(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

/// Asks git for something that it has to know.
fn ask(folder: &Path, args: &[&str]) -> Result<Said, NoAnswer> {
    let said = run(folder, args, None)?;
    if said.ok {
        return Ok(said);
    }
    if said.err.contains("not a git repository") {
        return Err(NoAnswer::NoRepository);
    }
    let first = said.err.lines().next().unwrap_or("nothing");
    let first = first.strip_prefix("fatal: ").unwrap_or(first);
    Err(NoAnswer::Trouble(format!("git says: {first}")))
}

fn run(folder: &Path, args: &[&str], input: Option<Vec<u8>>) -> Result<Said, NoAnswer> {
    if !folder.is_dir() {
        let words = format!("there is no folder {}", folder.display());
        return Err(NoAnswer::Trouble(words));
    }
    let mut command = Command::new("git");
    // Nothing that a repository says is run, nothing is fetched, nothing is written.
    command
        .args(["--no-pager", "-c", "core.fsmonitor=false"])
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(if input.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => NoAnswer::Missing,
        _ => NoAnswer::Trouble(format!("git cannot be run: {}", in_words(&error))),
    };
    let mut child = command.spawn().map_err(failed)?;
    // Written by a task: git answers while it is being asked.
    let writer = child.stdin.take().zip(input).map(|(mut stdin, input)| {
        Task::new("Writing to git").spawn(move |_| {
            // What git does not read it does not need.
            let _ = stdin.write_all(&input);
        })
    });
    let output = child.wait_with_output().map_err(failed)?;
    if let Some(writer) = writer {
        // What it could not write shows in the answer.
        let _ = writer.wait();
    }
    Ok(Said {
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        ok: output.status.success(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_told_apart_by_their_sizes() {
        let out = b"aa blob 3\nx\ny\nbb blob 0\n\n";
        let (first, rest) = next_object(out).unwrap();
        assert_eq!(first, b"x\ny");
        assert_eq!(next_object(rest), Some((&b""[..], &b""[..])));
        assert_eq!(next_object(b"aa missing\n"), None);
        assert_eq!(next_object(b"aa blob 9\nx"), None);
    }
}
