//! The register that a command works on.

use super::CliError;
use super::render::SourceFiles;
use super::texts::TextFinder;
use linchpin_edit::text_diagnostics::with_text_diagnostics;
use linchpin_files::folder::read_folder;
use linchpin_files::{read, read_stream};
use linchpin_register::bundled;
use linchpin_register::english::count_noun;
use linchpin_register::{LoadedRegister, RecordKind, RegisterFileText, load, load_files};
use ron_lossless::{Severity, decode_bytes};
use std::path::{Path, PathBuf};

/// The argument that most commands begin with.
#[derive(clap::Args)]
pub struct FileArg {
    /// The register: a file, or a folder of files; `-` for the standard input [default: the bundled
    /// register]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// A register with the name under which messages speak of it.
pub struct RegisterInput {
    pub name: String,
    pub loaded: LoadedRegister,
    /// The folder from which the paths of its texts count; `None` of the bundled register.
    pub folder: Option<PathBuf>,
    /// The files that it was read from: no result of a command may replace them.
    pub sources: Vec<PathBuf>,
}

/// Reads and checks a register, and holds it against the texts next to it: the bundled one for
/// `None`, the standard input for `-`, one that comes with the program for its name, where there is
/// no file of that name.
///
/// # Errors
/// Where it cannot be read. A register with problems is no error.
pub fn open(file: Option<&Path>) -> Result<RegisterInput, CliError> {
    Ok(open_without_texts(file)?.with_texts())
}

/// The same without its texts.
///
/// # Errors
/// Where it cannot be read. A register with problems is no error.
pub fn open_without_texts(file: Option<&Path>) -> Result<RegisterInput, CliError> {
    if let Some(path) = file
        && !path.exists()
        && let Some(register) = bundled_named(path)
    {
        return Ok(bundled_input(register));
    }
    let (name, bytes) = match file {
        None => return Ok(bundled_input(&bundled::ALLIANCE)),
        Some(path) if path == Path::new("-") => {
            let bytes = read_stream(std::io::stdin().lock())
                .map_err(|why| CliError(format!("Cannot read the standard input: {why}")))?;
            ("<stdin>".to_owned(), bytes)
        }
        Some(path) if path.is_dir() => {
            let files = read_folder(path).map_err(|e| CliError(e.to_string()))?;
            let files = files
                .into_iter()
                .map(|(name, bytes)| RegisterFileText::from_decoded(&name, decode_bytes(bytes)));
            let loaded = load_files(files.collect());
            let sources = loaded.files.iter().map(|part| path.join(&*part.name));
            return Ok(RegisterInput {
                name: path.display().to_string(),
                sources: sources.collect(),
                loaded,
                folder: Some(path.to_owned()),
            });
        }
        Some(path) => {
            let bytes = read(path).map_err(|e| CliError(e.to_string()))?;
            (path.display().to_string(), bytes)
        }
    };
    let source = decode_bytes(bytes);
    Ok(RegisterInput {
        name,
        loaded: load(source.text, source.diagnostics),
        // The parent of `-` is empty, which is the folder where the command runs.
        folder: file.and_then(Path::parent).map(Path::to_owned),
        sources: file
            .filter(|path| *path != Path::new("-"))
            .map(Path::to_owned)
            .into_iter()
            .collect(),
    })
}

/// The register of this name that comes with the program.
fn bundled_named(path: &Path) -> Option<&'static bundled::BundledRegister> {
    bundled::find_by_name(path.to_str()?)
}

fn bundled_input(register: &bundled::BundledRegister) -> RegisterInput {
    RegisterInput {
        name: register.name.into(),
        loaded: load(register.text, Vec::new()),
        folder: None,
        sources: Vec::new(),
    }
}

impl RegisterInput {
    /// The texts next to the register, and those in another folder.
    ///
    /// # Errors
    /// Where the other folder is none.
    pub fn texts(&self, folder: Option<&Path>) -> Result<TextFinder, CliError> {
        TextFinder::in_folders(self.folder.as_deref(), folder)
    }

    /// The same register with what the texts next to it say.
    pub fn with_texts(mut self) -> Self {
        if let Some(folder) = &self.folder {
            let library = TextFinder::in_register_folder(folder).library(&self.loaded.register);
            self.loaded = with_text_diagnostics(self.loaded, &library);
        }
        self
    }

    /// The files it was read from, each under the name by which a reader finds it.
    pub fn files(&self) -> SourceFiles<'_> {
        let folder = self.name.trim_end_matches('/');
        let name = |part: &str| match part {
            "" => self.name.clone(),
            part => format!("{folder}/{part}"),
        };
        SourceFiles {
            text: &self.loaded.text,
            parts: &self.loaded.files,
            names: self.loaded.files.iter().map(|p| name(&p.name)).collect(),
        }
    }

    /// How many problems there are, in words: "3 problems: 2 errors, 1 warning; 1 record left out".
    /// `None` where there are none.
    pub fn problem_summary(&self) -> Option<String> {
        let loaded = &self.loaded;
        if loaded.diagnostic_count() == 0 {
            return None;
        }
        let errors = loaded
            .diagnostics
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .count();
        let warnings = loaded.diagnostics.len() - errors;
        let mut kinds = Vec::new();
        if errors > 0 {
            kinds.push(count_noun(errors, "error"));
        }
        if warnings > 0 {
            kinds.push(count_noun(warnings, "warning"));
        }
        if loaded.omitted_diagnostics > 0 {
            kinds.push(format!("{} more not shown", loaded.omitted_diagnostics));
        }
        let mut words = format!(
            "{}: {}",
            count_noun(loaded.diagnostic_count(), "problem"),
            kinds.join(", ")
        );
        if loaded.unloaded_records > 0 {
            words.push_str(&format!(
                "; {} left out",
                count_noun(loaded.unloaded_records, "record")
            ));
        }
        Some(words)
    }

    /// How many records of each type there are: "44 commitments, 12 bodies".
    pub fn record_summary(&self) -> String {
        let counts: Vec<String> = RecordKind::ALL
            .iter()
            .map(|&kind| (self.loaded.register.count(kind), kind))
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| match count {
                1 => format!("1 {}", kind.what()),
                _ => format!("{count} {}", kind_plural(kind)),
            })
            .collect();
        if counts.is_empty() {
            "no records".into()
        } else {
            counts.join(", ")
        }
    }

    /// Tells the user of problems that do not stop the command.
    ///
    /// # Errors
    /// Where the text is broken and holds no record at all: there is nothing to work on.
    pub fn warn_about_problems(&self) -> Result<(), CliError> {
        let Some(words) = self.problem_summary() else {
            return Ok(());
        };
        let empty = RecordKind::ALL
            .iter()
            .all(|&kind| self.loaded.register.count(kind) == 0);
        if self.loaded.is_broken && empty {
            let first = self
                .loaded
                .diagnostics
                .first()
                .map_or("", |p| p.message.as_str());
            return Err(CliError(format!(
                "{} is no register that can be read: {first}. `linchpin check {}` says more",
                self.name,
                self.argument()
            )));
        }
        super::output::print_message(&format!(
            "{} has {words}. See `linchpin check {}`",
            self.name,
            self.argument()
        ));
        Ok(())
    }

    /// The name of the file or folder, without the folders above it.
    pub fn file_name(&self) -> String {
        let path = Path::new(&self.name);
        // “.” and “..” are called by what they stand for.
        let whole = match path.file_name() {
            Some(_) => path.to_owned(),
            None => std::fs::canonicalize(path).unwrap_or_default(),
        };
        let name = whole.file_name().map(|name| name.to_string_lossy());
        name.map_or_else(|| self.name.clone(), |name| name.into_owned())
    }

    /// The name as an argument of the command line.
    pub fn argument(&self) -> &str {
        match self.name.as_str() {
            "<stdin>" => "-",
            name => name,
        }
    }
}

fn kind_plural(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::LadderStep => "ladder steps",
        other => other.list(),
    }
}
