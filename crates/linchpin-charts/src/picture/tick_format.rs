//! Numbers as an axis writes them.

use super::plot::TickFormat;
use super::value::{NumberFormat, PrintedValue};
use linchpin_register::chart_vocabulary::NumberStyle;
use linchpin_register::tables::formatting::{self, group_digits};

impl TickFormat {
    /// One number, complete: "28,500", "$140 billion", "45%", "10⁻⁹".
    pub(super) fn write(&self, style: NumberStyle, value: f64) -> String {
        if let Some(power) = format_power_of_ten(style, value) {
            return self.with_unit(power);
        }
        if value != 0.0 && value.abs() < 1e-3 {
            // Other formats would round it away.
            let digits = format!("{value:.9}");
            return self.with_unit(group_digits(style, digits.trim_end_matches('0')));
        }
        match self {
            TickFormat::Plain => formatting::format_scaled_number_in(style, value),
            TickFormat::Money(code) => formatting::format_money_in(style, value, code),
            TickFormat::Percent => format!("{}%", formatting::format_number_in(style, value)),
        }
    }

    /// Numbers at the ticks of a linear axis, `step` apart: all of one scale and one number of
    /// decimals; the greatest alone says the scale and the unit.
    pub(super) fn ticks(&self, values: &[f64], step: f64) -> Vec<PrintedValue> {
        let most = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if !(1e-4..1e16).contains(&most) {
            return values.iter().map(|value| self.tick(*value)).collect();
        }
        let (scale, zeros) = match most {
            _ if most >= 1e12 => (1e12, 12),
            _ if most >= 1e9 => (1e9, 9),
            _ if most >= 1e6 => (1e6, 6),
            _ => (1.0, 0),
        };
        let decimals = decimal_places(step / scale);
        let last = values.len().saturating_sub(1);
        let tick = |(at, value): (usize, &f64)| {
            let format = NumberFormat::Tick {
                zeros,
                decimals,
                unit: (at == last).then(|| self.clone()),
            };
            PrintedValue::number(*value, format)
        };
        values.iter().enumerate().map(tick).collect()
    }

    /// A number at a tick that stands by itself.
    pub(super) fn tick(&self, value: f64) -> PrintedValue {
        PrintedValue::number(value, NumberFormat::Axis(self.clone()))
    }

    /// A number among the ticks of an axis, with so many decimals of so many zeros.
    pub(super) fn write_tick(
        style: NumberStyle,
        value: f64,
        (zeros, decimals): (u8, u8),
        unit: Option<&TickFormat>,
    ) -> String {
        let (scale, word) = match zeros {
            12 => (1e12, " trillion"),
            9 => (1e9, " billion"),
            6 => (1e6, " million"),
            _ => (1.0, ""),
        };
        let text = format_fixed(style, value / scale, decimals);
        match unit {
            Some(unit) => unit.with_unit(format!("{text}{word}")),
            None => text,
        }
    }

    fn with_unit(&self, text: String) -> String {
        match self {
            TickFormat::Plain => text,
            TickFormat::Percent => format!("{text}%"),
            TickFormat::Money(code) => {
                let sign = match formatting::currency_sign(code) {
                    Some(sign) => sign.to_owned(),
                    None => format!("{code} "),
                };
                // The minus stands before the sign of the currency.
                match text.strip_prefix('−') {
                    Some(digits) => format!("−{sign}{digits}"),
                    None => format!("{sign}{text}"),
                }
            }
        }
    }
}

/// How many decimals tell numbers apart that are `step` apart.
fn decimal_places(step: f64) -> u8 {
    // A step of 0.1 may be a little less in binary: without the margin it would get two decimals.
    let places = -(step.abs().max(1e-12).log10() + 1e-9).floor();
    places.clamp(0.0, 12.0) as u8
}

/// A number with thousands separators and so many decimals; zero has none.
fn format_fixed(style: NumberStyle, value: f64, decimals: u8) -> String {
    let text = format!("{value:.*}", usize::from(decimals));
    if text.bytes().all(|b| matches!(b, b'0' | b'.' | b'-')) {
        return "0".into();
    }
    group_digits(style, &text)
}

/// Numbers that no reader counts the zeros of, as a factor and a power of ten: "3×10⁻⁹".
fn format_power_of_ten(style: NumberStyle, value: f64) -> Option<String> {
    let size = value.abs();
    if size <= 0.0 || (0.99e-4..1e16).contains(&size) {
        return None;
    }
    let text = format!("{size:.2e}");
    let (factor, exponent) = text.split_once('e')?;
    let factor = if factor.contains('.') {
        factor.trim_end_matches('0').trim_end_matches('.')
    } else {
        factor
    };
    let raised: String = exponent.chars().map(superscript).collect();
    let sign = if value < 0.0 { "−" } else { "" };
    Some(match factor {
        "1" => format!("{sign}10{raised}"),
        factor => format!("{sign}{}×10{raised}", group_digits(style, factor)),
    })
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_the_smallest_to_the_greatest_are_short() {
        let english = |format: TickFormat, value: f64| format.tick(value).to_string();
        let plain = |value: f64| english(TickFormat::Plain, value);
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(0.0005), "0.0005");
        assert_eq!(plain(-3e-9), "−3×10⁻⁹");
        assert_eq!(plain(1e300), "10³⁰⁰");
        assert_eq!(plain(1.25e15), "1,250 trillion");
        assert_eq!(english(TickFormat::Percent, 12.5), "12.5%");
        assert_eq!(
            english(TickFormat::Money("KRW".into()), -2e9),
            "−₩2 billion"
        );
        assert_eq!(english(TickFormat::Money("SEK".into()), 1e18), "SEK 10¹⁸");
    }

    #[test]
    fn ticks_have_as_many_decimals_as_their_step() {
        let ticks = |numbers: &TickFormat, values: &[f64], step| -> Vec<String> {
            let ticks = numbers.ticks(values, step);
            ticks.iter().map(PrintedValue::to_string).collect()
        };
        assert_eq!(
            ticks(&TickFormat::Plain, &[0.0, 0.05, 0.1], 0.05),
            ["0", "0.05", "0.10"]
        );
        assert_eq!(
            ticks(&TickFormat::Money("USD".into()), &[-1e9, 0.0, 1e9], 1e9),
            ["−1", "0", "$1 billion"]
        );
        assert_eq!(
            ticks(&TickFormat::Plain, &[0.0, 50_000.0, 100_000.0], 50_000.0),
            ["0", "50,000", "100,000"]
        );
    }
}
