//! Lengths as people write them: "89 mm", "6.5 in", "1200 px".

use std::fmt;
use std::str::FromStr;

/// What a length is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A 96th of an inch, as on the web: a pixel of an image at 96 dpi.
    #[default]
    Px,
    /// A millimeter.
    Mm,
    /// A centimeter.
    Cm,
    /// An inch.
    In,
    /// A 72nd of an inch, as in print.
    Pt,
}

impl Unit {
    /// Every unit, in the order menus list them.
    pub const ALL: [Unit; 5] = [Unit::Px, Unit::Mm, Unit::Cm, Unit::In, Unit::Pt];

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Unit::Px => "px",
            Unit::Mm => "mm",
            Unit::Cm => "cm",
            Unit::In => "in",
            Unit::Pt => "pt",
        }
    }

    /// How many points of egui, 96ths of an inch, it is.
    pub fn layout_pt(self) -> f64 {
        match self {
            Unit::Px => 1.0,
            Unit::Mm => 96.0 / 25.4,
            Unit::Cm => 96.0 / 2.54,
            Unit::In => 96.0,
            Unit::Pt => 96.0 / 72.0,
        }
    }

    fn from_sign(sign: &str) -> Option<Unit> {
        Some(match sign.to_ascii_lowercase().as_str() {
            "px" | "pixel" | "pixels" => Unit::Px,
            "mm" => Unit::Mm,
            "cm" => Unit::Cm,
            "in" | "inch" | "inches" | "\"" | "\u{2033}" => Unit::In,
            "pt" | "point" | "points" => Unit::Pt,
            _ => return None,
        })
    }
}

/// A length of paper or screen: not negative, and finite.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Length {
    /// How many units.
    pub value: f64,
    /// What is counted.
    pub unit: Unit,
}

impl Length {
    /// A length; what is negative, infinite or no number becomes 0.
    pub const fn new(value: f64, unit: Unit) -> Length {
        let value = if value.is_finite() && value > 0.0 {
            value
        } else {
            0.0
        };
        Length { value, unit }
    }

    /// In points of egui, 96ths of an inch.
    ///
    /// ```
    /// use egui_export::{Length, Unit};
    ///
    /// assert_eq!(Length::new(25.4, Unit::Mm).layout_pt(), 96.0);
    /// assert_eq!("72 pt".parse::<Length>()?.layout_pt(), 96.0);
    /// # Ok::<(), egui_export::LengthError>(())
    /// ```
    pub fn layout_pt(self) -> f64 {
        self.value * self.unit.layout_pt()
    }

    /// The same length in another unit, to a hundredth.
    pub fn in_unit(self, unit: Unit) -> Length {
        let value = self.layout_pt() / unit.layout_pt();
        Length::new((value * 100.0).round() / 100.0, unit)
    }

    /// Read a number and perhaps a unit.
    ///
    /// ```
    /// use egui_export::{Length, Unit};
    ///
    /// assert_eq!(Length::parse_number("90 mm"), Ok((90.0, Some(Unit::Mm))));
    /// assert_eq!(Length::parse_number("90"), Ok((90.0, None)));
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn parse_number(text: &str) -> Result<(f64, Option<Unit>), LengthError> {
        let text = text.trim();
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')))
            .unwrap_or(text.len());
        let (number, sign) = text.split_at(end);
        let sign = sign.trim();
        if number.is_empty() {
            return Err(LengthError::NotALength(text.to_owned()));
        }
        if number.contains(',') {
            return Err(LengthError::Comma(number.to_owned()));
        }
        let value = number.parse::<f64>().ok().filter(|v| v.is_finite());
        let Some(value) = value else {
            return Err(LengthError::NotANumber(number.to_owned()));
        };
        if value < 0.0 {
            return Err(LengthError::Negative(text.to_owned()));
        }
        if sign.is_empty() {
            return Ok((value, None));
        }
        match Unit::from_sign(sign) {
            Some(unit) => Ok((value, Some(unit))),
            None => Err(LengthError::UnknownUnit(sign.to_owned())),
        }
    }
}

/// Why a text is not a [`Length`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LengthError {
    /// It does not begin with a number: the text.
    NotALength(String),
    /// Its number has a comma: the number.
    Comma(String),
    /// Its number cannot be read: the number.
    NotANumber(String),
    /// It is less than 0: the text.
    Negative(String),
    /// Its unit is not known: the unit.
    UnknownUnit(String),
    /// It has no unit: the number.
    NoUnit {
        /// As it was written.
        text: String,
        /// What was read.
        value: f64,
    },
}

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LengthError::NotALength(text) => write!(
                f,
                "\"{text}\" is no length: write a number and a unit, such as \"90 mm\""
            ),
            LengthError::Comma(number) => write!(
                f,
                "\"{number}\" has a comma: write decimals with a point, such as \"6.5\", and \
                 thousands without a sign"
            ),
            LengthError::NotANumber(number) => {
                write!(f, "\"{number}\" is no number: write for instance \"6.5\"")
            }
            LengthError::Negative(text) => write!(f, "\"{text}\" is less than nothing"),
            LengthError::UnknownUnit(sign) => write!(
                f,
                "\"{sign}\" is no unit: write px, mm, cm, in or pt, such as \"90 mm\""
            ),
            LengthError::NoUnit { text, value } => write!(
                f,
                "\"{text}\" has no unit: write for instance \"{value} mm\" or \"{value} px\""
            ),
        }
    }
}

impl std::error::Error for LengthError {}

impl FromStr for Length {
    type Err = LengthError;

    fn from_str(text: &str) -> Result<Length, LengthError> {
        match Length::parse_number(text)? {
            (value, Some(unit)) => Ok(Length::new(value, unit)),
            (0.0, None) => Ok(Length::new(0.0, Unit::Mm)),
            (value, None) => Err(LengthError::NoUnit {
                text: text.trim().to_owned(),
                value,
            }),
        }
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;

    fn try_from(text: String) -> Result<Length, LengthError> {
        text.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> String {
        length.to_string()
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit.sign())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        let pt = |text: &str| text.parse::<Length>().map(Length::layout_pt);
        assert_eq!(pt("1 in"), Ok(96.0));
        assert_eq!(pt("25.4mm"), Ok(96.0));
        assert_eq!(pt(" 2.54 CM "), Ok(96.0));
        assert_eq!(pt("72pt"), Ok(96.0));
        assert_eq!(pt("96 px"), Ok(96.0));
        assert_eq!(pt("1\""), Ok(96.0));
        assert_eq!(pt("0"), Ok(0.0));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        let error = |text: &str| text.parse::<Length>().unwrap_err().to_string();
        assert_eq!(
            error("90"),
            "\"90\" has no unit: write for instance \"90 mm\" or \"90 px\""
        );
        assert_eq!(
            error("9 furlongs"),
            "\"furlongs\" is no unit: write px, mm, cm, in or pt, such as \"90 mm\""
        );
        assert_eq!(
            error("6,5 in"),
            "\"6,5\" has a comma: write decimals with a point, such as \"6.5\", and thousands \
            without a sign"
        );
        assert_eq!(error("-3 mm"), "\"-3 mm\" is less than nothing");
        assert_eq!(
            error("1.2.3 mm"),
            "\"1.2.3\" is no number: write for instance \"6.5\""
        );
        assert_eq!(
            error("wide"),
            "\"wide\" is no length: write a number and a unit, such as \"90 mm\""
        );
    }

    #[test]
    fn a_length_is_written_as_it_is_read() {
        for text in ["89 mm", "6.5 in", "1200 px", "0 mm", "13.333 in"] {
            let length: Length = text.parse().unwrap();
            assert_eq!(length.to_string(), text);
            #[cfg(feature = "serde")]
            assert_serde(length, text);
        }
        let inch = Length::new(1.0, Unit::In);
        assert_eq!(inch.in_unit(Unit::Mm).to_string(), "25.4 mm");
        assert_eq!(Length::new(f64::NAN, Unit::Mm).value, 0.0);
    }

    #[cfg(feature = "serde")]
    fn assert_serde(length: Length, text: &str) {
        let json = serde_json::to_string(&length).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Length>(&json).unwrap(), length);
    }
}
