//! `linchpin extract-child`: what the program starts itself with to read a document that anybody
//! may have made. Not for users, and so not in the help.
//!
//! Its bytes come over the standard input, its text goes over the standard output, both as
//! `linchpin_task::child` has it. A file of another kind that needs the same care gets a job of its
//! own here.

use super::{CliError, CliResult, ExitStatus};
use linchpin_render::theme::SANS;
use linchpin_text::extract::{SourceFormat, serve_child};

/// Read a document for another process of this program
#[derive(clap::Args)]
#[command(hide = true)]
pub struct ExtractChildArgs {
    /// What it is
    #[arg(value_name = "KIND", value_parser = super::attach::parse_kind)]
    kind: SourceFormat,
}

/// Runs the command.
pub fn run(args: ExtractChildArgs) -> CliResult {
    // Before the first byte of the document is read.
    limits::set().map_err(|why| CliError(format!("The system sets no limits: {why}")))?;
    memory::set_limit().map_err(|why| CliError(why.to_owned()))?;
    serve_child(args.kind, SANS).map_err(|why| CliError(why.to_string()))?;
    Ok(ExitStatus::Success)
}

/// What this process may take of the system, for good: it cannot raise a limit again.
#[cfg(unix)]
mod limits {
    use linchpin_task::child::CHILD_MEMORY_BYTES;
    use linchpin_text::extract::CHILD_SECONDS;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Addresses that are taken without memory behind them: the program itself, the stack that
    /// documents are read on, what the allocator sets aside.
    const ADDRESSES_BYTES: u64 = 640 << 20;
    /// Standard input, output and error are open; nothing else can be opened any more.
    const OPEN_FILES: u64 = 3;

    #[cfg(not(target_os = "openbsd"))]
    const MEMORY: Resource = Resource::As;
    // OpenBSD has no limit on addresses.
    #[cfg(target_os = "openbsd")]
    const MEMORY: Resource = Resource::Data;

    pub fn set() -> std::io::Result<()> {
        let all = [
            (MEMORY, CHILD_MEMORY_BYTES + ADDRESSES_BYTES),
            (Resource::Cpu, CHILD_SECONDS),
            (Resource::Fsize, 0),
            (Resource::Nofile, OPEN_FILES),
            // A crash leaves no image of the document on the disk.
            (Resource::Core, 0),
        ];
        for (resource, most) in all {
            // Where the user is given less, that stays.
            let now = getrlimit(resource).maximum;
            let most = now.map_or(most, |now| now.min(most));
            let limit = Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            setrlimit(resource, limit)?;
        }
        Ok(())
    }
}

/// Other systems have no limits that a process sets itself: time, output and being killed are in
/// the hands of the one that waits.
#[cfg(not(unix))]
mod limits {
    pub fn set() -> std::io::Result<()> {
        Ok(())
    }
}

/// Where the system does not limit the memory of a process, its allocator does.
#[cfg(not(target_os = "linux"))]
mod memory {
    use cap::Cap;
    use linchpin_task::child::CHILD_MEMORY_BYTES;
    use std::alloc::System;

    #[global_allocator]
    static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

    pub fn set_limit() -> Result<(), &'static str> {
        let limit = usize::try_from(CHILD_MEMORY_BYTES).unwrap_or(usize::MAX);
        let refused = "more memory is taken already than a document may take";
        ALLOCATOR.set_limit(limit).map_err(|()| refused)
    }
}

#[cfg(target_os = "linux")]
mod memory {
    /// The system's limit of addresses is enough.
    pub fn set_limit() -> Result<(), &'static str> {
        Ok(())
    }
}
