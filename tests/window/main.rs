//! The window as its users have it: every control is found by the name that a screen reader speaks.

mod cells;
mod conflict;
mod desk;
mod edit;
mod edit_records;
mod editing;
mod export;
mod files;
mod folder;
mod many;
mod problems;
mod records;
mod saving;
mod states;
mod tables;
