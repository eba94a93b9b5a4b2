//! The texts of documents: as prose that can be searched and counted, and extracted out of the
//! formats in which they come.

pub mod extract;
pub mod prose;
