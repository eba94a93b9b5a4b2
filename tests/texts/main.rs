//! The texts of documents: out of files of all kinds, beside a register, held against it.

mod candidates;
mod compare;
mod desk;
mod paper;
mod pdf;
mod plain;
mod problems;
mod random;
mod verify;
mod web;
