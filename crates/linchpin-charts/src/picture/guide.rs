//! Lines and words that a chart's maker puts at values, beside what the records say.

use linchpin_register::chart_words::AxisName;

/// A line across a picture at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    pub axis: AxisName,
    pub at: At,
    pub label: String,
}

/// Words at a place. What is not given is up to the painter.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    pub text: String,
    pub x: Option<At>,
    pub y: Option<At>,
}

/// A place on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    /// A number, or a date in years with a fraction.
    Value(f64),
    /// The place of a group among the rows, bars or bands.
    Group(usize),
}
