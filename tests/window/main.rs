//! The window as its users have it: every control is found by the name that a screen reader speaks.

mod cells;
mod charts;
mod compare;
mod conflict;
mod desk;
mod edit;
mod edit_records;
mod editing;
mod export;
mod exports;
mod files;
mod folder;
mod images;
mod many;
mod problems;
mod records;
mod saving;
mod states;
mod tables;
mod twin;
