//! `linchpin merge`: two registers made into one.

use super::input::{RegisterInput, open};
use super::output::OverwriteArgs;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::merge_registers::{
    MergeRegistersError, MergedRegisters, RecordConflict, RegisterSide, merge_registers,
};
use linchpin_register::RecordRef;
use linchpin_register::english::count_noun;
use linchpin_report::text::{self, TextStyle};
use linchpin_report::{Block, ListItem, Report};
use std::path::{Path, PathBuf};

/// Make one register of two: what the second has and the first lacks is added to the first
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct MergeArgs {
    /// The first register: a file, or a folder of files; `-` for the standard input
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The second register
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Write to this file [default: the standard output]
    #[arg(long, value_name = "FILE", group = output::WRITTEN)]
    to: Option<PathBuf>,
    #[command(flatten)]
    overwrite: OverwriteArgs,
    /// Whose record counts where the two differ
    #[arg(long, value_enum, value_name = "WHOSE")]
    prefer: Option<PreferArg>,
}

const AFTER: &str = "\
The result is one file. Its head (title, summary, license) is that of A, and so are its layout and \
its remarks; records of B
that A lacks come at the end of A's lists, each with the remarks above it and behind it on its \
line. Where a list is taken
over record by record, remarks that stand apart from every record stay behind. A record that means \
the same in both is kept
once. Where two records with the same id differ, nothing is written: they are named field by \
field, unless --prefer says
whose record counts.

Examples:
  linchpin merge register.ron colleague.ron --to both.ron
  linchpin merge folder-of-files extra.ron --prefer a > both.ron

Exit codes: 0 done; 1 records differ, nothing is written; 2 a register cannot be read in full, or \
the file exists already or
cannot be written.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum PreferArg {
    /// That of A
    A,
    /// That of B
    B,
}

/// Runs the command.
pub fn run(args: MergeArgs) -> CliResult {
    if let Some(to) = &args.to {
        refuse_existing(to, args.overwrite.force)?;
    }
    let stdin = Path::new("-");
    if args.a == stdin && args.b == stdin {
        let words = "The standard input can be one of the two registers, not both";
        return Err(CliError(words.into()));
    }
    let (a, b) = (open(Some(&args.a))?, open(Some(&args.b))?);
    let prefer = args.prefer.map(|whose| match whose {
        PreferArg::A => RegisterSide::A,
        PreferArg::B => RegisterSide::B,
    });
    let joined = match merge_registers(&a.loaded, &b.loaded, prefer) {
        Ok(joined) => joined,
        Err(MergeRegistersError::Conflicts(conflicts)) => {
            output::print_message(&report(&a, &b, &conflicts));
            return Ok(ExitStatus::Problems);
        }
        Err(MergeRegistersError::Unreadable(side)) => {
            let name = match side {
                RegisterSide::A => &a.name,
                RegisterSide::B => &b.name,
            };
            return Err(CliError(format!(
                "{name} cannot be read in full, and something of it might be lost. Fix it first: \
                `linchpin check {name}` says where"
            )));
        }
        Err(MergeRegistersError::NoInsertionPoint) => {
            return Err(CliError(format!(
                "The records of {} find no place in the text of {}. Lay both out with `linchpin \
                fmt` and merge again",
                b.name, a.name
            )));
        }
    };
    match &args.to {
        // Not `write_result`: the result may well take the place of A or B.
        Some(to) => output::write_replacing(to, joined.loaded.text.as_bytes(), args.overwrite)?,
        None => output::print_register(&joined.loaded.text)?,
    }
    output::print_message(&summary(&joined, &a, &b, prefer, args.to.as_deref()));
    Ok(ExitStatus::Success)
}

/// A file is replaced only where that is wanted; checked before anything is read.
pub fn refuse_existing(to: &Path, force: bool) -> Result<(), CliError> {
    let name = to.display();
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty());
    let why = if to.is_dir() {
        format!("{name} is a folder. Add the name of a file")
    } else if !force && to.symlink_metadata().is_ok() {
        // Not `exists`, which follows a link: one that leads nowhere is something that stands
        // there, too.
        format!(
            "{name} exists already and is left as it is. Choose another name, or add --force to \
            replace it"
        )
    } else if folder.is_some_and(|folder| !folder.is_dir()) {
        format!("Cannot write {name}: its folder does not exist")
    } else {
        return Ok(());
    };
    Err(CliError(why))
}

fn summary(
    joined: &MergedRegisters,
    a: &RegisterInput,
    b: &RegisterInput,
    prefer: Option<RegisterSide>,
    to: Option<&Path>,
) -> String {
    let mut words = format!(
        "Added {} of {} to those of {}",
        count_noun(joined.added, "record"),
        b.name,
        a.name
    );
    if joined.identical > 0 {
        words.push_str(&format!("; {} the same in both", joined.identical));
    }
    if joined.resolved > 0 {
        let preferred = match prefer {
            Some(RegisterSide::B) => &b.name,
            _ => &a.name,
        };
        words.push_str(&format!(
            "; {} differed, and {preferred} counted",
            joined.resolved
        ));
    }
    if let Some(to) = to {
        words.push_str(&format!(". Wrote {}", to.display()));
    }
    match joined.loaded.diagnostic_count() {
        0 => words,
        count => format!(
            "{words}. The result has {}: see `linchpin check`",
            count_noun(count, "problem")
        ),
    }
}

/// How much of a long value is shown, in characters.
const VALUE_CHARS: usize = 100;

fn report(a: &RegisterInput, b: &RegisterInput, conflicts: &[RecordConflict]) -> String {
    let count = count_noun(conflicts.len(), "record");
    let verb = match conflicts.len() {
        1 => "differs",
        _ => "differ",
    };
    let mut blocks = vec![Block::paragraph(format!(
        "{count} {verb}, and nothing was written"
    ))];
    let places = [a, b].map(|input| input.loaded.source_locator());
    let place = |side: usize, input: &RegisterInput, at: RecordRef| {
        let loaded = &input.loaded;
        let place = places[side].locate(&loaded.text, &loaded.files, loaded.record_span(at));
        format!("{}:{}", input.files().name(place.file), place.start().line)
    };
    for conflict in conflicts {
        let (of_a, of_b) = (place(0, a, conflict.a), place(1, b, conflict.b));
        let both = |a: String, b: String| vec![ListItem::new(a), ListItem::new(b)];
        let items = match conflict.differing_kinds() {
            Some((kind_a, kind_b)) => {
                let mut items = both(
                    format!("a {of_a}: {}", kind_a.what()),
                    format!("b {of_b}: {}", kind_b.what()),
                );
                items.push(ListItem::new("give one of the two another id"));
                items
            }
            None => {
                let fields = conflict.field_conflicts.iter().map(|field| {
                    let (a, b) = value_pair(field.a.as_deref(), field.b.as_deref());
                    let values = both(format!("a: {a}"), format!("b: {b}"));
                    ListItem::new(field.name.to_string()).with_items(values)
                });
                let places = both(format!("a {of_a}"), format!("b {of_b}"));
                places.into_iter().chain(fields).collect()
            }
        };
        let record = format!("{} \"{}\"", conflict.a.kind.what(), conflict.id);
        blocks.push(Block::List(vec![ListItem::new(record).with_items(items)]));
    }
    if conflicts.iter().any(|c| c.differing_kinds().is_none()) {
        let (them, count) = match conflicts.len() {
            1 => ("it", "counts"),
            _ => ("them", "count"),
        };
        blocks.push(Block::paragraph(format!(
            "Set {them} right in one of the two, or say whose {count}: --prefer a, --prefer b"
        )));
    }
    let report = text::write(&Report::untitled(blocks), TextStyle::default());
    report.trim_end().to_owned()
}

/// Two values, each on one line; long ones from a little before they part.
fn value_pair(a: Option<&str>, b: Option<&str>) -> (String, String) {
    let line = |value: Option<&str>| {
        value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (a, b) = (line(a), line(b));
    let skip = match (&a, &b) {
        (Some(a), Some(b)) => {
            let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
            // So that where they part stands in the middle of what is shown.
            same.count().saturating_sub(VALUE_CHARS / 2)
        }
        _ => 0,
    };
    let shown = |value: Option<String>| {
        let Some(value) = value else {
            return "not given".to_owned();
        };
        let mut rest = value.chars().skip(skip);
        let words: String = rest.by_ref().take(VALUE_CHARS).collect();
        let start = if skip > 0 { "…" } else { "" };
        let end = if rest.next().is_some() { "…" } else { "" };
        format!("{start}{words}{end}")
    };
    (shown(a), shown(b))
}
