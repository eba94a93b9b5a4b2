//! Files as they were at a revision of a git repository, by asking git itself. Nothing is written,
//! and no shell is involved.
//!
//! Git is asked by plumbing commands, whose exit codes and formats stay the same in every version
//! and language. Its messages are passed on at most, never understood.

use crate::folder::{MAX_FILES, check_total_size};
use crate::read::{MAX_BYTES, ReadError};
use crate::system_error::SystemError;
use linchpin_task::Task;
use std::fmt;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Git answers every question of this program in seconds. One that waits for longer hangs: on a
/// folder of a network, on a lock, on a program that its settings name.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How often it is asked whether a program that has said all has ended.
const END_INTERVAL: Duration = Duration::from_millis(5);

/// What stands at a path of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevisionContent {
    /// The bytes of a file.
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
    /// Who made it.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

/// Why a file at a revision cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// There is no git here.
    NotInstalled,
    /// Git cannot be run.
    NotStarted(SystemError),
    /// The folder to ask in does not exist.
    NoFolder(PathBuf),
    /// The folder is in no repository.
    NoRepository,
    /// The path cannot be named to git: it has no last part, or one that is no Unicode text.
    UnusablePath(PathBuf),
    /// What was typed looks like an option of git.
    InvalidRevision(String),
    /// Git knows no revision of this name.
    UnknownRevision(String),
    /// What the revision names holds no files.
    NotARevision(String),
    /// The repository names it, and does not have it: it was cloned in part.
    MissingObject {
        /// The path; empty for all files of the revision.
        path: String,
        /// The revision; empty for what is staged.
        revision: String,
    },
    /// Git did not answer in this time, and was ended.
    TimedOut(Duration),
    /// Nothing stands at the path.
    NotFound {
        /// The path, as it was typed.
        path: String,
        /// The revision; empty for what is staged.
        revision: String,
    },
    /// The file is larger than what is read.
    TooLarge(String),
    /// The folder holds more files than a register may have.
    TooManyFiles(String),
    /// The folder holds no file of a register.
    NoRegisterFile(String),
    /// The files of the folder are too large together.
    FolderTooLarge(ReadError),
    /// Git lists a file, but does not give it.
    NotGiven(String),
    /// Git fails for another reason: the first line that it prints.
    Failed(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => f.write_str(
                "git is not installed here, or not to be found. Install it, or compare files",
            ),
            Self::NotStarted(error) => write!(f, "git cannot be run: {error}"),
            Self::NoFolder(folder) => write!(f, "there is no folder {}", folder.display()),
            Self::NoRepository => f.write_str("this folder is in no git repository"),
            Self::UnusablePath(path) => write!(
                f,
                "{} is no name of a file that git can be asked for",
                path.display()
            ),
            Self::InvalidRevision(revision) => {
                write!(f, "`{revision}` is no name of a revision")
            }
            Self::UnknownRevision(revision) => {
                write!(f, "git knows no revision `{revision}` here")
            }
            Self::NotARevision(revision) => {
                write!(f, "`{revision}` is no revision: it holds no files")
            }
            Self::MissingObject { path, revision } => {
                let what = match path.as_str() {
                    "" => "the files".to_owned(),
                    path => format!("the content of `{path}`"),
                };
                let at = match revision.as_str() {
                    "" => "among what is staged".to_owned(),
                    revision => format!("at the revision `{revision}`"),
                };
                write!(
                    f,
                    "{what} {at} is not in this repository, which was cloned in part, and nothing \
                     is fetched here; fetch it first, such as by `git fetch --refetch`"
                )
            }
            Self::TimedOut(limit) => write!(
                f,
                "git has not answered within {} seconds, and was ended",
                limit.as_secs()
            ),
            Self::NotFound { path, revision } if revision.is_empty() => {
                write!(f, "there is no `{path}` among what is staged")
            }
            Self::NotFound { path, revision } => {
                write!(f, "there is no `{path}` at the revision `{revision}`")
            }
            Self::TooLarge(name) => write!(f, "{name} is too large"),
            Self::TooManyFiles(name) => write!(f, "{name} holds too many files"),
            Self::NoRegisterFile(name) => write!(
                f,
                "{name} holds no file that ends in .ron, so it is no register"
            ),
            Self::FolderTooLarge(error) => error.fmt(f),
            Self::NotGiven(path) => write!(f, "git does not give {path}"),
            Self::Failed(line) => write!(f, "git says: {line}"),
        }
    }
}

impl std::error::Error for GitError {}

/// What stands at `path` in the revision `rev`, asked for in `folder`. As git has it, the path
/// counts from the top of the repository, or from `folder` where it begins with `./`; where there
/// is nothing at the top, it is looked for from `folder` as well. An empty `rev` is what is staged.
///
/// # Errors
/// Where git is missing, there is no repository, no such revision or no such path, or the file is
/// too large.
pub fn content_at_revision(
    folder: &Path,
    rev: &str,
    path: &str,
) -> Result<RevisionContent, GitError> {
    if rev.starts_with('-') {
        return Err(GitError::InvalidRevision(rev.to_owned()));
    }
    let path = path.trim_end_matches('/');
    check_repository(folder)?;
    if !rev.is_empty() {
        let tree = format!("{rev}^{{tree}}");
        let known = run_git(folder, &["rev-parse", "--verify", "--quiet", &tree], None)?;
        if !known.is_success {
            return Err(unusable_revision(folder, rev)?);
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
        let kind = run_git(folder, &["cat-file", "-t", &name], None)?;
        match kind.stdout_text().trim() {
            "blob" if kind.is_success => return Ok(RevisionContent::File(blob(folder, &name)?)),
            "tree" if kind.is_success => {
                return Ok(RevisionContent::Folder(register_files(folder, path, rev)?));
            }
            _ => {}
        }
        // The name of an object is found in its folder, whether the object is there or not.
        let named = run_git(folder, &["rev-parse", "--verify", "--quiet", &name], None)?;
        if !kind.is_success && named.is_success {
            return Err(missing_object(path, rev));
        }
    }
    Err(GitError::NotFound {
        path: path.to_owned(),
        revision: rev.to_owned(),
    })
}

/// What `path`, a file or a folder on this machine, was at the revision `rev`.
///
/// # Errors
/// As [`content_at_revision`].
pub fn path_at_revision(path: &Path, rev: &str) -> Result<RevisionContent, GitError> {
    let (folder, name) = folder_and_name(path)?;
    content_at_revision(&folder, rev, &format!("./{name}"))
}

/// The last revisions in which a file or a folder changed, the newest first.
///
/// # Errors
/// Where git is missing or the file is in no repository.
pub fn log(path: &Path, most: usize) -> Result<Vec<Revision>, GitError> {
    let (folder, name) = folder_and_name(path)?;
    check_repository(&folder)?;
    let (count, path) = (format!("-n{most}"), format!("./{name}"));
    let output = run_git(
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
    if !output.is_success {
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
    Ok(output.stdout_text().lines().filter_map(line).collect())
}

/// Why a name stands for no files.
fn unusable_revision(folder: &Path, rev: &str) -> Result<GitError, GitError> {
    let commit = format!("{rev}^{{commit}}");
    let is_commit = run_git(folder, &["rev-parse", "--verify", "--quiet", &commit], None)?;
    if is_commit.is_success {
        return Ok(missing_object("", rev));
    }
    let is_object = run_git(folder, &["cat-file", "-e", rev], None)?;
    Ok(match is_object.is_success {
        true => GitError::NotARevision(rev.to_owned()),
        false => GitError::UnknownRevision(rev.to_owned()),
    })
}

fn missing_object(path: &str, rev: &str) -> GitError {
    GitError::MissingObject {
        path: path.strip_prefix("./").unwrap_or(path).to_owned(),
        revision: rev.to_owned(),
    }
}

/// The folder to ask in, and the name in it; empty for the folder itself.
fn folder_and_name(path: &Path) -> Result<(PathBuf, String), GitError> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if whole.is_dir() {
        return Ok((whole, String::new()));
    }
    let name = whole.file_name().and_then(|name| name.to_str());
    match (whole.parent(), name) {
        (Some(folder), Some(name)) => Ok((folder.to_owned(), name.to_owned())),
        _ => Err(GitError::UnusablePath(path.to_owned())),
    }
}

fn blob(folder: &Path, name: &str) -> Result<Vec<u8>, GitError> {
    let size = run_checked(folder, &["cat-file", "-s", name])?;
    let size = size.stdout_text().trim().parse::<u64>();
    let size = size.map_err(|_| GitError::NotGiven(name.to_owned()))?;
    if size > MAX_BYTES {
        return Err(GitError::TooLarge(name.to_owned()));
    }
    Ok(run_checked(folder, &["cat-file", "blob", name])?.stdout)
}

/// The files of a register below a folder of a revision, as
/// [`find_files`](crate::folder::find_files) chooses them.
fn register_files(
    folder: &Path,
    path: &str,
    rev: &str,
) -> Result<Vec<(String, Vec<u8>)>, GitError> {
    let name = &format!("{rev}:{path}");
    let args = ["ls-tree", "-r", "-z", "-l", "--full-tree", name];
    let tree = match run_checked(folder, &args) {
        // The sizes are those of the objects; the names are there without them.
        Err(GitError::Failed(_))
            if run_git(folder, &["ls-tree", "-r", "--full-tree", name], None)?.is_success =>
        {
            return Err(missing_object(path, rev));
        }
        tree => tree?.stdout_text(),
    };
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
        // Git writes this where it names an object and does not have it.
        if *size == "BAD" {
            return Err(missing_object(path, rev));
        }
        let size = size.parse::<u64>();
        total += size.map_err(|_| GitError::NotGiven(path.to_owned()))?;
        found.push((path, hash));
    }
    if found.is_empty() {
        return Err(GitError::NoRegisterFile(name.to_owned()));
    }
    if found.len() > MAX_FILES {
        return Err(GitError::TooManyFiles(name.to_owned()));
    }
    check_total_size(folder, total).map_err(GitError::FolderTooLarge)?;
    found.sort_unstable();
    let asked: String = found.iter().map(|(_, hash)| format!("{hash}\n")).collect();
    let output = run_git(folder, &["cat-file", "--batch"], Some(asked.into_bytes()))?;
    let mut rest = &output.stdout[..];
    let mut files = Vec::new();
    for (path, hash) in found {
        if rest.starts_with(format!("{hash} missing\n").as_bytes()) {
            return Err(missing_object(path, rev));
        }
        let Some((bytes, after)) = next_object(rest) else {
            return Err(GitError::NotGiven(path.to_owned()));
        };
        files.push((path.to_owned(), bytes.to_vec()));
        rest = after;
    }
    Ok(files)
}

/// The next object of `git cat-file --batch`: a line that ends with its size, its bytes, a line
/// break.
fn next_object(out: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = out.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(out.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = out.get(end + 1..end + 1 + size)?;
    Some((bytes, out.get(end + 2 + size..).unwrap_or(&[])))
}

/// What git has answered.
struct GitOutput {
    stdout: Vec<u8>,
    stderr: String,
    is_success: bool,
}

impl GitOutput {
    fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}

/// Checks that git finds a repository from `folder`.
fn check_repository(folder: &Path) -> Result<(), GitError> {
    match run_checked(folder, &["rev-parse", "--git-dir"]) {
        // The exit code is the same where there is none and where git refuses one (another user's,
        // a damaged one): then its `.git` lies in some folder above.
        Err(GitError::Failed(line)) => {
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            let has_repository = absolute
                .ancestors()
                .any(|above| above.join(".git").exists());
            Err(match has_repository {
                true => GitError::Failed(line),
                false => GitError::NoRepository,
            })
        }
        other => other.map(drop),
    }
}

/// Asks git for something that it has to know.
fn run_checked(folder: &Path, args: &[&str]) -> Result<GitOutput, GitError> {
    let output = run_git(folder, args, None)?;
    if output.is_success {
        return Ok(output);
    }
    let first = output.stderr.lines().next().unwrap_or("nothing");
    let first = first.strip_prefix("fatal: ").unwrap_or(first);
    Err(GitError::Failed(first.to_owned()))
}

fn run_git(folder: &Path, args: &[&str], input: Option<Vec<u8>>) -> Result<GitOutput, GitError> {
    if !folder.is_dir() {
        return Err(GitError::NoFolder(folder.to_owned()));
    }
    let mut command = Command::new("git");
    // Nothing that a repository configures is run (a file system monitor is a program of its
    // choice), nothing is fetched, nothing is written.
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
    run_within(command, input, TIME_LIMIT)
}

/// Runs a program to its end; one that takes longer than `limit` is killed.
fn run_within(
    mut command: Command,
    input: Option<Vec<u8>>,
    limit: Duration,
) -> Result<GitOutput, GitError> {
    let end = Instant::now() + limit;
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => GitError::NotInstalled,
        _ => GitError::NotStarted(error.into()),
    };
    let mut child = command.spawn().map_err(failed)?;
    // Written and read by tasks: git answers while it is being asked, and with both pipes full each
    // would wait for the other.
    if let Some((mut stdin, input)) = child.stdin.take().zip(input) {
        Task::new("Writing to git")
            .spawn(move |_| {
                // What git does not read it does not need; what could not be written shows in the
                // answer.
                let _ = stdin.write_all(&input);
            })
            .detach();
    }
    let (wake, woken) = channel();
    let reading = |pipe: Option<Box<dyn Read + Send>>| {
        let wake = wake.clone();
        // Asked again after each: where the receiver is gone, nobody waits.
        let wake = move || {
            let _ = wake.send(());
        };
        let task = Task::new("Reading from git").wake(Arc::new(wake));
        task.spawn(move |_| {
            let mut bytes = Vec::new();
            match pipe {
                Some(mut pipe) => pipe.read_to_end(&mut bytes).map(|_| bytes),
                None => Ok(bytes),
            }
        })
    };
    let stdout = reading(child.stdout.take().map(|pipe| Box::new(pipe) as _));
    let stderr = reading(child.stderr.take().map(|pipe| Box::new(pipe) as _));
    let (Some(stdout), Some(stderr)) = (
        answer_until(stdout, &woken, end),
        answer_until(stderr, &woken, end),
    ) else {
        return Err(kill(&mut child, limit));
    };
    let status = loop {
        match child.try_wait().map_err(failed)? {
            Some(status) => break status,
            None if Instant::now() >= end => return Err(kill(&mut child, limit)),
            // It has closed its pipes, and is about to end.
            None => {
                let _ = woken.recv_timeout(END_INTERVAL);
            }
        }
    };
    Ok(GitOutput {
        stdout: stdout.map_err(failed)?,
        stderr: String::from_utf8_lossy(&stderr.map_err(failed)?).into_owned(),
        is_success: status.success(),
    })
}

type PipeBytes = std::io::Result<Vec<u8>>;

/// What a pipe gave until its end; `None` where that takes too long. A task that panicked has read
/// nothing.
fn answer_until(
    mut task: Task<PipeBytes>,
    woken: &Receiver<()>,
    end: Instant,
) -> Option<PipeBytes> {
    loop {
        if let Some(answer) = task.poll() {
            return Some(answer.unwrap_or_else(|why| Err(std::io::Error::other(why.to_string()))));
        }
        let left = end.checked_duration_since(Instant::now())?;
        // The other task wakes as well.
        let _ = woken.recv_timeout(left);
    }
}

/// Ends a program that takes too long.
fn kill(child: &mut Child, limit: Duration) -> GitError {
    // One that cannot be ended is left to itself: nobody waits for it any more.
    let _ = child.kill();
    let _ = child.try_wait();
    GitError::TimedOut(limit)
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

    #[test]
    #[cfg(unix)]
    fn a_program_that_hangs_is_ended() {
        let run = |program: &str, args: &[&str], limit| {
            let mut command = Command::new(program);
            command
                .args(args)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            run_within(command, Some(vec![b'x'; 1 << 20]), limit)
        };
        let short = Duration::from_millis(20);
        let hangs = run("sh", &["-c", "exec sleep 1000"], short);
        assert_eq!(hangs.err(), Some(GitError::TimedOut(short)));
        // One that closes its pipes and goes on.
        let silent = run("sh", &["-c", "exec sleep 1000 <&- >&- 2>&-"], short);
        assert_eq!(silent.err(), Some(GitError::TimedOut(short)));
        // A megabyte through both pipes at once.
        let copied = run("cat", &[], TIME_LIMIT).unwrap();
        assert_eq!((copied.stdout.len(), copied.is_success), (1 << 20, true));
        let missing = run("no-such-program-here", &[], TIME_LIMIT);
        assert_eq!(missing.err(), Some(GitError::NotInstalled));
    }
}
