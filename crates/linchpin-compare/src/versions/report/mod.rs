//! Changes as a text to hand on: an e-mail, Markdown, JSON.

mod email;
mod json;
mod markdown;

pub use email::email;
pub use json::json;
pub use markdown::escape_inline;
pub use markdown::markdown;

/// What the two versions are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionNames {
    /// What the register is about.
    pub title: String,
    /// "register.ron at HEAD"
    pub old: String,
    pub new: String,
}
