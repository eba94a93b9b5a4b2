//! What cannot be drawn: the reason, and the way out.

/// Why a chart cannot be drawn, and what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartError {
    /// A sentence.
    pub reason: String,
    /// A sentence that begins with a verb.
    pub help: String,
    /// The field of the chart that is to blame, such as "x".
    pub chart_field: &'static str,
}

impl ChartError {
    pub fn new(
        chart_field: &'static str,
        why: impl Into<String>,
        way_out: impl Into<String>,
    ) -> ChartError {
        ChartError {
            reason: why.into(),
            help: way_out.into(),
            chart_field,
        }
    }

    /// Both in one line.
    pub fn message(&self) -> String {
        format!("{} {}", self.reason, self.help)
    }
}
