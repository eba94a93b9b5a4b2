//! `linchpin attach`: gives a document its text, out of a file or the standard input.

use super::input::{RegisterInput, open};
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::draft::Draft;
use linchpin_edit::text_attachment::{attach_text, detach_text};
use linchpin_edit::{Edit, plan_edit};
use linchpin_files::sibling_texts::{
    ExistingTextPolicy, StoreTextError, StoredText, default_text_path, store_text,
};
use linchpin_files::{SavePrecondition, io_error_message, read, read_stream, save};
use linchpin_register::Document;
use linchpin_register::english::count_noun;
use linchpin_text::extract::{self, DocumentReader, ExtractWatcher, Extraction, SourceFormat};
use linchpin_text::prose::{Prose, sentences, sha256};
use ron_lossless::codes;
use std::path::{Path, PathBuf};

/// Attach a text to a document: taken out of a file, put beside the register, and noted there with
/// its hash
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct AttachArgs {
    /// The register, a file or a folder of files
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The id of the document
    #[arg(long, value_name = "ID")]
    document: String,
    /// Where the text comes from: a file; `-` for the standard input
    #[arg(long, value_name = "PATH", default_value = "-")]
    from: PathBuf,
    /// What it is [default: as the file's name ends; `pasted` from the standard input]
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    kind: Option<SourceFormat>,
    /// Replace another text that stands in the place already
    #[arg(long)]
    replace: bool,
    /// Take the text out of the register instead; its file stays
    #[arg(long, conflicts_with_all = ["from", "kind", "replace"])]
    detach: bool,
}

const AFTER: &str = "\
The text becomes plain UTF-8 with one paragraph on each line, in texts/ID.txt beside the register, \
and the document gets
the fields `text` and `text_sha256`. Kinds: txt, md, html, pdf, pasted. What should be looked at \
is told as a remark. Texts
belong to their publishers: mind that when you pass a register on together with them.

Examples:
  linchpin attach register.ron --document vision-2013 --from vision.pdf
  pdftotext odd.pdf - | linchpin attach register.ron --document vision-2013
  linchpin attach register.ron --document vision-2013 --detach

Exit codes: 0 done; 2 there is no such document, no text, another text stands there, or a file \
cannot be read or written.";

/// Runs the command.
pub fn run(args: AttachArgs) -> CliResult {
    if args.file == Path::new("-") {
        return Err(CliError(
            "A text is saved next to a register, and the standard input has no folder. Give a file"
                .into(),
        ));
    }
    let input = open(Some(&args.file))?;
    let id = args.document.as_str();
    let documents = &input.loaded.register.documents;
    let Some(document) = documents.iter().find(|document| document.id.as_str() == id) else {
        input.warn_about_problems()?;
        let names = documents
            .iter()
            .map(|d| (d.id.as_str().to_owned(), Some(d.short.clone())));
        return Err(unknown_name(
            "document",
            id,
            "Documents",
            &names.collect::<Vec<_>>(),
        ));
    };
    // Before the document is read, which may take a minute: what cannot be written is refused at
    // once.
    check_writable(&input)?;
    if args.detach {
        let edit =
            detach_text(&input.loaded.register, id).map_err(|why| CliError(why.to_string()))?;
        apply_edit(&args.file, &input, &edit)?;
        let path = document.text.as_deref().unwrap_or("its text");
        output::print_result(&format!(
            "Detached the text of {id}; {path} stays where it is\n"
        ))?;
        return Ok(ExitStatus::Success);
    }
    let found = extract(&args)?;
    let folder = match args.file.is_dir() {
        true => args.file.as_path(),
        false => args.file.parent().unwrap_or(Path::new("")),
    };
    let taken = if args.replace {
        ExistingTextPolicy::Replace
    } else {
        ExistingTextPolicy::Keep
    };
    let hash = sha256(found.text.as_bytes());
    let own = document.text.as_deref();
    let edit_for = |path: &str| {
        let edit = attach_text(&input.loaded.register, id, path, &hash);
        edit.map_err(|why| CliError(why.to_string()))
    };
    // Before anything is written: what the register does not take leaves no text behind.
    let path = default_text_path(id, own);
    plan_edit(&input.loaded, &edit_for(&path)?)
        .map_err(|why| CliError(format!("{}: {why}", input.name)))?;
    let before = TextPlace::read(folder, &path);
    let put = store_text(folder, id, own, &found.text, taken);
    let put = put.map_err(|why| {
        // Folders for it may have been made, even where the text itself was not written.
        before.restore(found.text.as_bytes());
        match why {
            StoreTextError::PathTaken(path) => CliError(format!(
                "Another text stands in {path} already and is left as it is. Add --replace to \
                replace it"
            )),
            error => CliError(error.to_string()),
        }
    })?;
    if let Some(notice) = &put.notice {
        output::print_message(notice);
    }
    if let Err(why) = apply_edit(&args.file, &input, &edit_for(&put.path)?) {
        // A text that stood there before is not taken away.
        if !put.already_existed {
            before.restore(found.text.as_bytes());
        }
        return Err(why);
    }
    output::print_result(&report(document, &put, &found, &hash))?;
    Ok(ExitStatus::Success)
}

/// What stood where a text goes, for the case that the register cannot be written.
struct TextPlace {
    file: PathBuf,
    /// `None` where there was no file.
    bytes: Option<Vec<u8>>,
    /// The folders on the way to it that were not there, the innermost first.
    missing_folders: Vec<PathBuf>,
}

impl TextPlace {
    fn read(folder: &Path, path: &str) -> Self {
        let file = folder.join(path);
        let above = file.ancestors().skip(1);
        // The empty path is the folder that the program runs in; asked by this name, it would not
        // exist.
        let missing = above.take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        TextPlace {
            bytes: read(&file).ok(),
            missing_folders: missing.map(Path::to_owned).collect(),
            file,
        }
    }

    /// Makes it so again, where the text that was written still stands there. What cannot be taken
    /// back is told; the reason why the register was not written counts all the same.
    fn restore(&self, written: &[u8]) {
        let stands = read(&self.file).is_ok_and(|now| now == written);
        let restored = match &self.bytes {
            _ if !stands => Ok(()),
            Some(bytes) => save(&self.file, bytes, SavePrecondition::Bytes(written))
                .map(drop)
                .map_err(|why| why.to_string()),
            None => std::fs::remove_file(&self.file).map_err(|error| io_error_message(&error)),
        };
        if let Err(why) = restored {
            output::print_message(&format!(
                "The text in {} cannot be taken back: {why}",
                self.file.display()
            ));
        }
        // A folder in which something else has come to lie is not removed.
        for folder in &self.missing_folders {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

pub(super) fn parse_kind(name: &str) -> Result<SourceFormat, String> {
    SourceFormat::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = extract::SOURCE_FORMATS
            .iter()
            .map(|spec| spec.name)
            .collect();
        format!("write one of {}", names.join(", "))
    })
}

fn extract(args: &AttachArgs) -> Result<Extraction, CliError> {
    let is_stream = args.from == Path::new("-");
    let (name, bytes, usual) = match is_stream {
        true => {
            let bytes = read_stream(std::io::stdin().lock())
                .map_err(|why| CliError(format!("Cannot read the standard input: {why}")))?;
            ("<stdin>".to_owned(), bytes, SourceFormat::Pasted)
        }
        false => {
            let bytes = read(&args.from).map_err(|why| CliError(why.to_string()))?;
            (
                args.from.display().to_string(),
                bytes,
                SourceFormat::from_path(&args.from),
            )
        }
    };
    // The command is ended by its signals, and the child with it.
    let watcher = ExtractWatcher {
        is_cancelled: &|| false,
        progress: &|_| {},
    };
    let kind = args.kind.unwrap_or(usual);
    let found = DocumentReader::own_program().extract_text(bytes, kind, &watcher);
    found.map_err(|why| CliError(format!("{name}: {why}")))
}

/// Whether the register's files can be written as they are.
fn check_writable(input: &RegisterInput) -> Result<(), CliError> {
    let converted = [
        codes::UTF16,
        codes::NOT_UTF8,
        codes::BINARY,
        codes::TOO_LARGE,
    ];
    let mut problems = input.loaded.diagnostics.iter();
    match problems.any(|problem| converted.contains(&problem.code)) {
        true => Err(CliError(format!(
            "{} is not saved as UTF-8, so it is left as it is. `linchpin fix {}` converts it",
            input.name,
            input.argument()
        ))),
        false => Ok(()),
    }
}

/// Makes an edit and writes the files that it has changed.
fn apply_edit(file: &Path, input: &RegisterInput, edit: &Edit) -> Result<(), CliError> {
    let loaded = &input.loaded;
    let mut draft = Draft::new(loaded.text.clone(), loaded.files.clone());
    draft
        .apply_edit(loaded, edit)
        .map_err(|why| CliError(format!("{}: {why}", input.name)))?;
    for (before, after) in loaded.files.iter().zip(draft.parts().iter()) {
        let (old, new) = (before.span.of(&loaded.text), after.span.of(draft.text()));
        if old == new {
            continue;
        }
        let path = match file.is_dir() {
            true => file.join(&*after.name),
            false => file.to_owned(),
        };
        let saved = save(
            &path,
            new.as_bytes(),
            SavePrecondition::Bytes(old.as_bytes()),
        );
        let saved = saved.map_err(|why| CliError(why.to_string()))?;
        if let Some(notice) = saved.notice() {
            output::print_message(&notice);
        }
    }
    Ok(())
}

fn report(document: &Document, put: &StoredText, found: &Extraction, hash: &str) -> String {
    let prose = Prose::new(found.text.as_str());
    let count: usize = prose
        .paragraphs()
        .map(|(_, text)| sentences(text).len())
        .sum();
    let verb = if put.already_existed {
        "was there already"
    } else {
        "written"
    };
    let mut words = format!(
        "Attached to {}: {} ({verb})\n{}, {}\n",
        document.id.as_str(),
        put.path,
        count_noun(prose.len() as usize, "paragraph"),
        count_noun(count, "sentence")
    );
    for note in &found.notes {
        words.push_str(&format!("Remark: {note}\n"));
    }
    words.push_str(&format!("SHA-256 {hash}\n"));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_text_that_no_register_names_is_taken_back() {
        let folder = std::env::temp_dir().join(format!("linchpin-place-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("old")).unwrap();
        fs::write(folder.join("old/a.txt"), "before").unwrap();
        for (path, written) in [("texts/deep/a.txt", "new"), ("old/a.txt", "new")] {
            let place = TextPlace::read(&folder, path);
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), written).unwrap();
            place.restore(written.as_bytes());
        }
        assert!(!folder.join("texts").exists());
        assert_eq!(fs::read(folder.join("old/a.txt")).unwrap(), b"before");
        // Somebody else has written there meanwhile.
        let place = TextPlace::read(&folder, "texts/a.txt");
        fs::create_dir_all(folder.join("texts")).unwrap();
        fs::write(folder.join("texts/a.txt"), "other").unwrap();
        place.restore(b"new");
        assert_eq!(fs::read(folder.join("texts/a.txt")).unwrap(), b"other");
        fs::remove_dir_all(&folder).unwrap();
    }
}
