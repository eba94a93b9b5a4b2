//! What is printed at a mark: a number with its bound and unit, or words.
//!
//! Numbers become text last, where a picture is set: each country writes them in its own way, and
//! names that look like numbers stay as they are.

use super::plot::TickFormat;
use linchpin_register::chart_vocabulary::NumberStyle;
use linchpin_register::tables::formatting::{self, format_number_in};
use linchpin_register::vocabulary::{FigureKind, FigureMeasure};
use linchpin_register::{Amount, Figure};
use std::fmt;

/// What is printed at a mark, a tick or in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum PrintedValue {
    /// Words: a name, a date.
    Text(String),
    Number(PrintedNumber),
    /// From a number to a number.
    Range(PrintedNumber, PrintedNumber),
}

/// A number with what is printed around it.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedNumber {
    pub value: f64,
    pub bound: PrintedBound,
    pub format: NumberFormat,
    /// It was worked out, and has fewer digits than the calculation gave.
    pub is_rounded: bool,
}

/// What a stated number says of the real one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintedBound {
    #[default]
    Exact,
    About,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

/// How a number is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// With all its digits: 28,500.
    Full,
    /// The same without separators, as tables write counts and places in an order: 28500.
    Ungrouped,
    /// By its scale word: 140 billion.
    Scaled,
    /// By the ISO 4217 code of its currency: $140 billion.
    Money(String),
    /// Money in so many zeros, whatever its size: $0.77 billion.
    ScaledMoney { code: String, zeros: u8 },
    /// By itself at an axis, whatever its size.
    Axis(TickFormat),
    /// Among other ticks: so many decimals of so many zeros, and the unit at one of them only.
    Tick {
        zeros: u8,
        decimals: u8,
        unit: Option<TickFormat>,
    },
}

impl PrintedBound {
    fn of(amount: &Amount) -> PrintedBound {
        match amount {
            Amount::About(_) => PrintedBound::About,
            Amount::MoreThan(_) => PrintedBound::MoreThan,
            Amount::AtLeast(_) => PrintedBound::AtLeast,
            Amount::LessThan(_) => PrintedBound::LessThan,
            Amount::AtMost(_) => PrintedBound::AtMost,
            _ => PrintedBound::Exact,
        }
    }

    /// As it is printed before a number, and as it is read out.
    fn prefixes(self) -> (&'static str, &'static str) {
        match self {
            PrintedBound::Exact => ("", ""),
            PrintedBound::About => ("about ", "about "),
            PrintedBound::MoreThan => ("> ", "more than "),
            PrintedBound::AtLeast => ("≥ ", "at least "),
            PrintedBound::LessThan => ("< ", "less than "),
            PrintedBound::AtMost => ("≤ ", "at most "),
        }
    }
}

impl PrintedNumber {
    fn digits(&self, style: NumberStyle) -> String {
        match &self.format {
            NumberFormat::Full => format_number_in(style, self.value),
            NumberFormat::Ungrouped => self.value.to_string(),
            NumberFormat::Scaled => formatting::format_scaled_number_in(style, self.value),
            NumberFormat::Money(code) => formatting::format_money_in(style, self.value, code),
            NumberFormat::ScaledMoney { code, zeros } => {
                formatting::format_money_at(style, self.value, code, *zeros)
            }
            NumberFormat::Axis(unit) => unit.write(style, self.value),
            NumberFormat::Tick {
                zeros,
                decimals,
                unit,
            } => TickFormat::write_tick(style, self.value, (*zeros, *decimals), unit.as_ref()),
        }
    }
}

impl PrintedValue {
    /// An exact number.
    pub fn number(value: f64, format: NumberFormat) -> PrintedValue {
        PrintedValue::Number(PrintedNumber {
            value,
            bound: PrintedBound::Exact,
            format,
            is_rounded: false,
        })
    }

    /// A number of things.
    pub fn count(count: usize) -> PrintedValue {
        PrintedValue::number(count as f64, NumberFormat::Full)
    }

    /// A figure's amount, never without its bound.
    pub fn of_figure(figure: &Figure) -> PrintedValue {
        let format = match (figure.kind, figure.currency.as_deref()) {
            (FigureKind::Money, Some(currency)) => NumberFormat::Money(currency.to_owned()),
            // "2nd" is a word.
            (FigureKind::Rank | FigureKind::Ordinal, _)
                if figure.effective_measure() == FigureMeasure::Level =>
            {
                return PrintedValue::Text(formatting::format_amount(figure));
            }
            _ => NumberFormat::Full,
        };
        let number = |value: f64| PrintedNumber {
            value,
            bound: PrintedBound::of(&figure.amount),
            format: format.clone(),
            is_rounded: false,
        };
        match (&figure.amount, figure.amount.bounds()) {
            (Amount::Between(low, high), _) => PrintedValue::Range(number(*low), number(*high)),
            (_, (Some(value), _) | (None, Some(value))) => PrintedValue::Number(number(value)),
            (_, (None, None)) => PrintedValue::Text(formatting::format_amount(figure)),
        }
    }

    /// The value as a style writes it. Words are the same in all.
    pub fn write(&self, style: NumberStyle) -> String {
        match self {
            PrintedValue::Text(text) => text.clone(),
            PrintedValue::Number(number) => {
                format!("{}{}", number.bound.prefixes().0, number.digits(style))
            }
            PrintedValue::Range(low, high) => {
                let dash = formatting::range_dash(low.value, high.value);
                format!("{}{dash}{}", low.digits(style), high.digits(style))
            }
        }
    }

    /// The value as it is read out: "more than 1,000".
    pub fn spoken(&self) -> String {
        match self {
            PrintedValue::Number(number) => {
                let digits = number.digits(NumberStyle::English);
                format!("{}{digits}", number.bound.prefixes().1)
            }
            value => value.to_string(),
        }
    }

    /// The number, where it is printed exactly and in full.
    pub fn exact_number(&self) -> Option<f64> {
        match self {
            PrintedValue::Number(PrintedNumber {
                value,
                bound: PrintedBound::Exact,
                format: NumberFormat::Full | NumberFormat::Ungrouped,
                is_rounded: false,
            }) => Some(*value).filter(|number| number.is_finite()),
            _ => None,
        }
    }

    /// How many zeros its scale word stands for, where that is the picture's and not its own.
    pub fn scale_zeros(&self) -> Option<u8> {
        match self {
            PrintedValue::Number(number) | PrintedValue::Range(number, _) => match number.format {
                NumberFormat::ScaledMoney { zeros, .. } => Some(zeros),
                _ => None,
            },
            PrintedValue::Text(_) => None,
        }
    }

    /// Whether it was worked out and rounded.
    pub fn is_rounded(&self) -> bool {
        matches!(self, PrintedValue::Number(number) if number.is_rounded)
    }

    /// Whether nothing is printed.
    pub fn is_blank(&self) -> bool {
        matches!(self, PrintedValue::Text(text) if text.trim().is_empty())
    }
}

/// What a painter can set: words as they are, numbers as a style writes them.
pub trait PrintedText {
    /// The text in a style.
    fn written(&self, style: NumberStyle) -> String;
}

impl PrintedText for PrintedValue {
    fn written(&self, style: NumberStyle) -> String {
        self.write(style)
    }
}

impl PrintedText for str {
    fn written(&self, _: NumberStyle) -> String {
        self.to_owned()
    }
}

impl<T: PrintedText + ?Sized> PrintedText for &T {
    fn written(&self, style: NumberStyle) -> String {
        (**self).written(style)
    }
}

impl PrintedText for String {
    fn written(&self, _: NumberStyle) -> String {
        self.clone()
    }
}

/// As English writes it.
impl fmt::Display for PrintedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write(NumberStyle::English))
    }
}

impl From<String> for PrintedValue {
    fn from(text: String) -> PrintedValue {
        PrintedValue::Text(text)
    }
}

impl From<&str> for PrintedValue {
    fn from(text: &str) -> PrintedValue {
        PrintedValue::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, bound: PrintedBound, format: NumberFormat) -> PrintedNumber {
        PrintedNumber {
            value,
            bound,
            format,
            is_rounded: false,
        }
    }

    #[test]
    fn numbers_are_written_as_a_style_has_them_and_words_are_not() {
        use PrintedBound::{About, Exact, MoreThan};
        let dollars = || NumberFormat::Money("USD".into());
        let exact = |value| number(value, Exact, NumberFormat::Full);
        let percent = NumberFormat::Axis(TickFormat::Percent);
        let number = |value, bound, format| PrintedValue::Number(number(value, bound, format));
        for (value, texts) in [
            (
                number(28_500.0, Exact, NumberFormat::Full),
                ["28,500", "28.500", "28\u{a0}500", "28’500"],
            ),
            (
                number(1.5e9, MoreThan, dollars()),
                [
                    "> $1.5 billion",
                    "> $1,5 billion",
                    "> $1,5 billion",
                    "> $1.5 billion",
                ],
            ),
            (
                number(-1_234.5, Exact, NumberFormat::Full),
                ["−1,234.5", "−1.234,5", "−1\u{a0}234,5", "−1’234.5"],
            ),
            (
                PrintedValue::Range(exact(1_000.0), exact(2_000.0)),
                [
                    "1,000–2,000",
                    "1.000–2.000",
                    "1\u{a0}000–2\u{a0}000",
                    "1’000–2’000",
                ],
            ),
            (
                number(12.5, Exact, percent),
                ["12.5%", "12,5\u{a0}%", "12,5\u{a0}%", "12.5%"],
            ),
            (number(300.0, About, NumberFormat::Full), ["about 300"; 4]),
            ("7 August 2009".into(), ["7 August 2009"; 4]),
            ("Article 3.2".into(), ["Article 3.2"; 4]),
            ("0.1.0".into(), ["0.1.0"; 4]),
            ("3.5".into(), ["3.5"; 4]),
            ("".into(), [""; 4]),
        ] {
            let styles = [
                NumberStyle::English,
                NumberStyle::Continental,
                NumberStyle::French,
                NumberStyle::Swiss,
            ];
            assert_eq!(styles.map(|style| value.write(style)), texts);
        }
    }

    #[test]
    fn bounds_are_said_in_words() {
        let more = number(1000.0, PrintedBound::MoreThan, NumberFormat::Full);
        assert_eq!(PrintedValue::Number(more).spoken(), "more than 1,000");
        assert_eq!(PrintedValue::from("> as written").spoken(), "> as written");
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        let full = |value| PrintedValue::number(value, NumberFormat::Full);
        assert_eq!(full(1e300).to_string(), "10³⁰⁰");
        assert_eq!(full(1e-7).to_string(), "0.0000001");
        assert_eq!(full(0.123_456_789).exact_number(), Some(0.123_456_789));
        let won = PrintedValue::number(1_038_900_000_000.0, NumberFormat::Money("KRW".into()));
        assert_eq!(won.to_string(), "₩1.0389 trillion");
    }
}
