//! Numbers in words as an axis writes them.

use super::plot::TickFormat;
use linchpin_register::tables::formatting;

impl TickFormat {
    /// One number, complete: "28,500", "$140 billion", "45%", "10⁻⁹".
    pub fn format(&self, value: f64) -> String {
        if let Some(power) = format_power_of_ten(value) {
            return self.with_unit(power);
        }
        match self {
            TickFormat::Plain => format_small_or(value, formatting::format_scaled_number),
            TickFormat::Money(code) => {
                format_small_or(value, |v| formatting::format_money(v, code))
            }
            TickFormat::Percent => {
                format!("{}%", format_small_or(value, formatting::format_number))
            }
        }
    }

    /// Numbers at the ticks of a linear axis, `step` apart: all of one scale and one number of
    /// decimals; the greatest alone says the scale and the unit.
    pub(super) fn format_ticks(&self, values: &[f64], step: f64) -> Vec<String> {
        let most = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if !(1e-4..1e16).contains(&most) {
            return values.iter().map(|value| self.format(*value)).collect();
        }
        let scales = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
        let scale = scales.into_iter().find(|(scale, _)| most >= *scale);
        let (scale, word) = scale.unwrap_or((1.0, ""));
        let decimals = decimal_places(step / scale);
        let last = values.len().saturating_sub(1);
        let label = |(at, value): (usize, &f64)| {
            let text = format_fixed(value / scale, decimals);
            if at == last {
                self.with_unit(format!("{text}{word}"))
            } else {
                text
            }
        };
        values.iter().enumerate().map(label).collect()
    }

    fn with_unit(&self, text: String) -> String {
        match self {
            TickFormat::Plain => text,
            TickFormat::Percent => format!("{text}%"),
            TickFormat::Money(code) => {
                // The currency's sign stands where it stands before any amount.
                let one = formatting::format_money(1.0, code);
                let sign = one.strip_suffix('1').unwrap_or_default();
                match text.strip_prefix('−') {
                    Some(digits) => format!("−{sign}{digits}"),
                    None => format!("{sign}{text}"),
                }
            }
        }
    }
}

/// How many decimals tell numbers apart that are `step` apart.
fn decimal_places(step: f64) -> usize {
    let places = -(step.abs().max(1e-12).log10() + 1e-9).floor();
    places.clamp(0.0, 12.0) as usize
}

/// A number with thousands separators and so many decimals; zero has none.
fn format_fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if text.bytes().all(|b| matches!(b, b'0' | b'.')) {
        return "0".into();
    }
    let whole = formatting::format_number(whole.parse().unwrap_or_default());
    let sign = if value < 0.0 { "−" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// A number below a millionth, which would be rounded away.
fn format_small_or(value: f64, words: impl Fn(f64) -> String) -> String {
    if value != 0.0 && value.abs() < 1e-3 {
        let digits = format!("{:.9}", value.abs());
        let sign = if value < 0.0 { "−" } else { "" };
        return format!("{sign}{}", digits.trim_end_matches('0'));
    }
    words(value)
}

/// Numbers that no reader counts the zeros of, as a factor and a power of ten: "3×10⁻⁹".
fn format_power_of_ten(value: f64) -> Option<String> {
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
        factor => format!("{sign}{factor}×10{raised}"),
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
        let plain = |value: f64| TickFormat::Plain.format(value);
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(0.0005), "0.0005");
        assert_eq!(plain(-3e-9), "−3×10⁻⁹");
        assert_eq!(plain(1e300), "10³⁰⁰");
        assert_eq!(plain(1.25e15), "1,250 trillion");
        assert_eq!(TickFormat::Percent.format(12.5), "12.5%");
        assert_eq!(TickFormat::Money("KRW".into()).format(-2e9), "−₩2 billion");
        assert_eq!(TickFormat::Money("SEK".into()).format(1e18), "SEK 10¹⁸");
    }

    #[test]
    fn ticks_have_as_many_decimals_as_their_step() {
        let ticks = |numbers: &TickFormat, values: &[f64], step| numbers.format_ticks(values, step);
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
