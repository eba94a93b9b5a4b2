//! Squares that can be counted: one for each record, or for so many people.

use super::{ChartMark, ColorRole, Extent, PrintedValue};
use linchpin_register::chart_vocabulary::NumberStyle;
use linchpin_register::tables::formatting;

/// Groups of squares, all squares worth the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Waffle {
    /// How many a square stands for.
    pub units_per_square: f64,
    /// What is counted: "personnel", "commitments".
    pub unit: String,
    pub groups: Vec<WaffleGroup>,
}

/// The squares of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct WaffleGroup {
    pub name: String,
    /// Its number as it is printed, with its bound.
    pub text: PrintedValue,
    /// A line for whoever wants to know more: "as of January 2025".
    pub detail: Option<String>,
    /// How many squares; the last may be a part of one.
    pub squares: f64,
    /// More than what is drawn, or possibly more.
    pub is_lower_bound: bool,
    /// The greatest number that it may be, where that is stated.
    pub upper: Option<f64>,
    pub color: ColorRole,
    pub mark: ChartMark,
}

impl Waffle {
    /// What a square stands for: "One square is 100 personnel".
    pub fn legend_text(&self) -> String {
        let unit = if self.units_per_square == 1.0 {
            singular(&self.unit)
        } else {
            self.unit.clone()
        };
        // In the scale of the numbers next to the squares.
        let mut scales = self
            .groups
            .iter()
            .filter_map(|group| group.text.scale_zeros());
        let worth = match scales.next() {
            Some(zeros) => {
                formatting::format_number_at(NumberStyle::English, self.units_per_square, zeros)
            }
            None => formatting::format_scaled_number(self.units_per_square),
        };
        format!("One square is {worth} {unit}")
    }
}

impl WaffleGroup {
    /// What is known of its number, where a square is worth `units_per_square`.
    pub fn extent(&self, units_per_square: f64) -> Extent {
        let value = self.value(units_per_square);
        Extent {
            low: Some(value),
            high: match self.is_lower_bound {
                true => self.upper,
                false => Some(value),
            },
        }
    }

    /// The number that its squares stand for, where one is worth `units_per_square`.
    pub fn value(&self, units_per_square: f64) -> f64 {
        let product = self.squares * units_per_square;
        // The number was divided to get the squares. Of those next to the product that give the
        // same squares, the one with the fewest digits is what was stated.
        let shorter = (14..16).filter_map(|decimals| format!("{product:.decimals$e}").parse().ok());
        shorter
            .into_iter()
            .find(|value: &f64| value / units_per_square == self.squares)
            .unwrap_or(product)
    }
}

/// One of what a unit counts: "years" makes "year".
fn singular(unit: &str) -> String {
    if matches!(unit, "series" | "species") {
        return unit.to_owned();
    }
    if let Some(stem) = unit.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match unit.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => unit.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_square_is_one_of_them() {
        for (several, one) in [
            ("years", "year"),
            ("countries", "country"),
            ("personnel", "personnel"),
            ("U.S. dollars", "U.S. dollar"),
            ("glass", "glass"),
        ] {
            assert_eq!(singular(several), one);
        }
    }
}
