//! Texts of documents: written for these tests, with the typography that texts have.

mod compare;
