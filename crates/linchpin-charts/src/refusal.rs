//! What cannot be drawn: the reason, and the way out.

/// Why a chart cannot be drawn, and what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A sentence.
    pub why: String,
    /// A sentence that begins with a verb.
    pub way_out: String,
    /// The field of the chart that is to blame, such as "x".
    pub field: &'static str,
}

impl Refusal {
    pub fn new(field: &'static str, why: impl Into<String>, way_out: impl Into<String>) -> Refusal {
        Refusal {
            why: why.into(),
            way_out: way_out.into(),
            field,
        }
    }

    /// Both in one line.
    pub fn words(&self) -> String {
        format!("{} {}", self.why, self.way_out)
    }
}
