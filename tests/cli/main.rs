//! The command line from outside: words, formats, exit codes.

mod check;
mod files;
mod fix;
mod program;
mod table;
