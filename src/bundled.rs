//! The register that comes with the program.

/// Its name, in messages and as a title.
pub const NAME: &str = "us-rok-alliance.ron";

/// The charts of a register that states none.
pub const CHARTS: &str = include_str!("../data/charts.ron");

/// Its text.
pub const TEXT: &str = include_str!("../data/us-rok-alliance.ron");
