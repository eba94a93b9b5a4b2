//! The window as its users have it: every control is found by the name that a screen reader speaks.

mod assessments;
mod attach;
mod cells;
mod charts;
mod coding;
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
mod reader;
mod records;
mod saving;
mod states;
mod tables;
mod texts;
mod twin;
mod verified;
mod versions;
