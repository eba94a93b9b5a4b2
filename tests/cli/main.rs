//! The command line from outside: words, formats, exit codes.

mod check;
mod files;
mod fmt;
mod program;
mod table;
