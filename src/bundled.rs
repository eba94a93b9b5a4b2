//! What comes with the program: a register, its charts, a face.

/// Its name, in messages and as a title.
pub const NAME: &str = "us-rok-alliance.ron";

/// The charts of a register that states none.
pub const CHARTS: &str = include_str!("../data/charts.ron");

/// Its text.
pub const TEXT: &str = include_str!("../data/us-rok-alliance.ron");

/// The regular face of the window and of images, an OpenType font.
pub static SANS: &[u8] = include_bytes!("../assets/fonts/LinchpinSans-Regular.otf");
