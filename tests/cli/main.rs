//! The command line from outside: words, formats, exit codes.

mod assessments;
mod attach;
mod batch;
mod candidates;
mod check;
mod compare;
mod coverage;
mod data;
mod diff;
mod export;
mod export_house;
mod files;
mod fix;
mod fmt;
mod folder;
mod harmless;
mod hostile;
mod inspect;
mod merge;
mod numbers;
mod program;
mod series;
mod split;
mod table;
mod verify;
mod writers;
