//! The texts of documents: out of files of all kinds, beside a register, held against it.

mod compare;
mod paper;
mod pdf;
mod plain;
mod web;
