//! The register that comes with the program.

/// Its name, in messages and as a title.
pub const NAME: &str = "us-rok-alliance.ron";

/// Its text.
pub const TEXT: &str = include_str!("../data/us-rok-alliance.ron");
