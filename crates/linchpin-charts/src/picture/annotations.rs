//! Lines and words that a chart's maker puts at values, beside what the records say.

use linchpin_register::chart_vocabulary::AxisName;

/// A line across a picture at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedReferenceLine {
    pub axis: AxisName,
    pub position: AxisPosition,
    pub label: String,
}

/// Words at a place. What is not given is up to the painter.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedAnnotation {
    pub text: String,
    pub x: Option<AxisPosition>,
    pub y: Option<AxisPosition>,
}

/// A place on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AxisPosition {
    /// A number, or a date in years with a fraction.
    Value(f64),
    /// The place of a group among the rows, bars or bands.
    Group(usize),
}
