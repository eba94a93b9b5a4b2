//! The command line. A new command is one new file and its line in the list below.

mod assessments;
mod attach;
mod candidates;
mod check;
mod compare;
mod coverage;
mod diagnostic_json;
mod diff;
mod documents;
mod export;
mod export_batch;
mod extract_child;
mod filter;
mod fix;
mod fmt;
mod image_args;
mod input;
mod inspect;
mod list;
pub mod lsp;
mod merge;
mod new;
mod output;
mod render;
#[cfg(feature = "window")]
mod screenshot;
mod series;
mod split;
mod table;
mod texts;
mod unknown;
mod verify;
mod version_input;
#[cfg(feature = "window")]
mod window;
#[cfg(not(feature = "window"))]
#[path = "no_window.rs"]
mod window;

use clap::{CommandFactory as _, Parser};
use linchpin_report::visible::visible;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Declares the commands: `Variant module Arguments`. The text of `--help` is above each command's
/// arguments.
macro_rules! commands {
    ($( $(#[$meta:meta])* $variant:ident $module:ident $args:ident; )*) => {
        #[derive(clap::Subcommand)]
        enum Subcommand { $( $(#[$meta])* $variant($module::$args) ),* }

        impl Subcommand {
            fn run(self) -> CliResult {
                match self { $( $(#[$meta])* Subcommand::$variant(args) => $module::run(args) ),* }
            }
        }
    };
}

commands! {
    Check check CheckArgs;
    Fix fix FixArgs;
    Verify verify VerifyArgs;
    Coverage coverage CoverageArgs;
    Candidates candidates CandidatesArgs;
    List list ListArgs;
    Export export ExportArgs;
    Inspect inspect InspectArgs;
    Table table TableArgs;
    Compare compare CompareArgs;
    Series series SeriesArgs;
    #[cfg(feature = "window")]
    Screenshot screenshot ScreenshotArgs;
    New new NewArgs;
    Lsp lsp LspArgs;
    Merge merge MergeArgs;
    Split split SplitArgs;
    Fmt fmt FmtArgs;
    Attach attach AttachArgs;
    ExtractChild extract_child ExtractChildArgs;
    Diff diff DiffArgs;
    Assessments assessments AssessmentsArgs;
}

impl Subcommand {
    /// Whether the command saves into files that are there already.
    fn saves_registers(&self) -> bool {
        use Subcommand::*;
        matches!(self, Fix(_) | Fmt(_) | Attach(_) | Merge(_))
    }
}

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitStatus {
    Success,
    /// The register has problems; an editor ended without its last message.
    Problems,
}

/// Light or dark, for whatever is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ThemeArg {
    Light,
    Dark,
}

impl ThemeArg {
    fn is_dark(self) -> bool {
        self == ThemeArg::Dark
    }
}

/// Why a command cannot run: a message for the user.
#[derive(Debug)]
struct CliError(String);

type CliResult = Result<ExitStatus, CliError>;

const ABOUT: &str = "A register of what allies have promised each other: tables, charts and the \
    words they came from.";

const EXIT_CODES: &str = "\
FILE is a register: a file (.ron), or a folder whose .ron files form one register. Left out, it is \
the register that comes with the program; `-` is the standard input.
Results go to the standard output, messages to the standard error.

Exit codes:
  0  done; no problems
  1  `check` found problems or `fix` left some, `verify` found phrases or texts that are not as \
they should be,
     `coverage` less than is required, `diff` and `compare` found changes, `fmt --check` found a \
file to lay out,
     `merge` found records that differ, `inspect` found nothing in an image, `export` met charts
     that cannot be drawn
  2  could not run: a wrong option, a file that cannot be read or written, no window";

/// The whole command line.
#[derive(Parser)]
#[command(
    name = "linchpin",
    version,
    about = ABOUT,
    long_about = ABOUT,
    after_help = EXIT_CODES,
    override_usage = "linchpin [FILE]\n       linchpin COMMAND [OPTIONS]",
    args_conflicts_with_subcommands = true,
    subcommand_value_name = "COMMAND"
)]
struct Cli {
    /// What to open in the window: a register (a file, or a folder of files), or an image that
    /// Linchpin has made [default: the last file, else the bundled register]
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Subcommand>,
}

/// Runs the program with these arguments, the first of which is its own name.
///
/// The exit code is 0 when all went well, 1 when a check found problems, 2 when the command could
/// not run.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            // It repeats arguments: the same is said of arguments without control characters.
            let shown = args
                .iter()
                .map(|arg| visible(&arg.to_string_lossy()).into_owned());
            // Help is an error of this kind too, with the exit code 0.
            match Cli::try_parse_from(shown) {
                Err(shown) => output::print_usage(&shown),
                Ok(_) => output::print_message(&error.kind().to_string()),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match (cli.command, cli.file) {
        (Some(command), _) => {
            let saves = command.saves_registers();
            let outcome = command.run();
            if saves {
                output::clear_old_copies();
            }
            outcome
        }
        (None, file) => match file.as_deref().and_then(suggest_command) {
            Some(failure) => Err(failure),
            None => return window::run(file),
        },
    };
    match outcome {
        Ok(ExitStatus::Success) => ExitCode::SUCCESS,
        Ok(ExitStatus::Problems) => ExitCode::from(1),
        Err(CliError(message)) => {
            output::print_message(&message);
            ExitCode::from(2)
        }
    }
}

/// A misspelt command looks like a file; where there is no such file, say what may have been meant.
fn suggest_command(file: &std::path::Path) -> Option<CliError> {
    let word = file.to_str().filter(|_| !file.exists())?;
    let cli = Cli::command();
    // What is hidden is a command that only the program itself gives.
    let shown = cli.get_subcommands().filter(|c| !c.is_hide_set());
    let names = shown.map(|c| c.get_name());
    let near = ron_lossless::nearest(word, names)?;
    Some(CliError(format!(
        "There is no file and no command `{word}`. Did you mean `linchpin {near}`?"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_misspelt_command_is_no_file() {
        let message = suggest_command(std::path::Path::new("chek")).map(|f| f.0);
        assert_eq!(
            message.as_deref(),
            Some("There is no file and no command `chek`. Did you mean `linchpin check`?")
        );
        assert!(suggest_command(std::path::Path::new("register.ron")).is_none());
        // What is not for users is not suggested to them.
        let message = suggest_command(std::path::Path::new("extract-chld")).map(|f| f.0);
        assert_eq!(message, None);
    }
}
