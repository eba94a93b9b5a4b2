//! A text set in lines anew: the same values and comments, in the customs of a [`House`].

use super::layout_house::{FormatRules, put_in_order};
use super::layout_print::print;
use super::layout_read::pieces;
use super::layout_same::difference_in_meaning;
use super::ron_itself::sum;
use super::{Diagnostic, check_with_ron, parse};
use std::fmt;

/// Why a text was not laid out.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatError {
    /// The text is not sound RON, and nothing is guessed. The first thing that is wrong.
    Broken(Box<Diagnostic>),
    /// What came out would not have said the same; a fault of this program. In a few words, what
    /// differed.
    Changed(&'static str),
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Broken(problem) => f.write_str(&problem.message),
            FormatError::Changed(what) => write!(
                f,
                "the layout would have changed {what}. This is a fault of the program: please \
                report it, with the file"
            ),
        }
    }
}

impl std::error::Error for FormatError {}

/// The text in the layout of a house: its values byte for byte, all its comments, its byte order
/// mark and its kind of line ends.
///
/// What comes out is read again, by this module and by the `ron` crate, and held against what went
/// in. Laying it out once more changes nothing.
///
/// # Errors
/// Where the text breaks the rules of RON. What its values are does not matter.
pub fn format_text<H: FormatRules>(text: &str, house: &H) -> Result<String, FormatError> {
    let tree = parse(text);
    if let Some(problem) = tree.problems.first() {
        return Err(FormatError::Broken(problem.clone().into()));
    }
    let sum = sum(text);
    if sum.is_none()
        && let Some(problem) = check_with_ron(text)
    {
        return Err(FormatError::Broken(problem.into()));
    }
    let mut document = pieces(text).ok_or(FormatError::Changed("the order of the signs"))?;
    put_in_order(house, house.root(), &mut document.value.value);
    let out = print(house, &document, line_end(text), text.len());
    match difference_in_meaning((text, &tree, sum), &out) {
        None => Ok(out),
        Some(what) => Err(FormatError::Changed(what)),
    }
}

/// The line end that most lines of the text have.
fn line_end(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    let (mut all, mut windows) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(b'\n', bytes) {
        all += 1;
        windows += usize::from(bytes[..at].ends_with(b"\r"));
    }
    if windows * 2 > all { "\r\n" } else { "\n" }
}
