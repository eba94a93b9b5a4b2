//! Ticks of an axis: round values or dates with their words, from close together to far apart.

use super::nice::{
    MAX_TICKS, Tick, is_round_year, multiple_of_step, nice_step, times_power_of_ten,
};
use super::plot::{AxisScale, PlotAxis, TickFormat};
use super::value::{NumberFormat, PrintedValue};
use linchpin_register::chart_vocabulary::NumberStyle;
use linchpin_register::date::year_words;
use linchpin_register::tables::formatting;
use linchpin_register::tables::formatting::group_digits;
use linchpin_register::{Date, MONTHS};

/// Sets of ticks for an axis, the closest together first; the last may have only one. None of an
/// axis of bands. Where all values are whole numbers, so are the ticks.
pub fn tick_sets(axis: &PlotAxis, are_whole: bool) -> Vec<Vec<Tick>> {
    let least = if are_whole { 1.0 } else { 0.0 };
    match axis.scale {
        AxisScale::Linear { from, to } => linear_tick_sets(from, to, least, &axis.tick_format),
        AxisScale::Log { from, to } => log_tick_sets(from, to, &axis.tick_format),
        AxisScale::Dates { from, to } => date_tick_sets(from, to),
        AxisScale::Bands(_) => Vec::new(),
    }
}

fn linear_tick_sets(from: f64, to: f64, least: f64, numbers: &TickFormat) -> Vec<Vec<Tick>> {
    let mut sets = Vec::new();
    let mut step = nice_step((to - from) / MAX_TICKS as f64).max(least);
    if !(to - from).is_finite() || to <= from {
        return sets;
    }
    loop {
        // A tick that rounding puts a hair beyond an end is still at that end.
        let (first, last) = ((from / step - 1e-6).ceil(), (to / step + 1e-6).floor());
        let count = last - first + 1.0;
        if count < 2.0 {
            return sets;
        }
        if count <= MAX_TICKS as f64 + 1.0 {
            let values: Vec<f64> = (0..count as usize)
                .map(|i| multiple_of_step(first + i as f64, step))
                .collect();
            let labels = numbers.ticks(&values, step);
            sets.push(label_ticks(values, labels));
        }
        // More than the step itself, and less than twice: no round step is passed over.
        step = nice_step(step * 1.5);
    }
}

fn label_ticks(values: Vec<f64>, labels: Vec<PrintedValue>) -> Vec<Tick> {
    let ticks = values.into_iter().zip(labels);
    ticks.map(|(value, label)| Tick { value, label }).collect()
}

fn log_tick_sets(from: f64, to: f64, numbers: &TickFormat) -> Vec<Vec<Tick>> {
    if !(from > 0.0 && to > from && to.is_finite()) {
        return Vec::new();
    }
    let (first, last) = (
        (from.log10() - 1e-9).ceil() as i32,
        (to.log10() + 1e-9).floor() as i32,
    );
    let within = |value: &f64| *value >= from * (1.0 - 1e-9) && *value <= to * (1.0 + 1e-9);
    let mut sets = Vec::new();
    for rounds in [&[1, 2, 5][..], &[1, 3], &[1]] {
        let decades = (first - 1)..=last;
        let values: Vec<f64> = decades
            .flat_map(|power| {
                let values = rounds.iter();
                values.map(move |round| times_power_of_ten(*round, power))
            })
            .filter(within)
            .collect();
        sets.push(values);
    }
    for every in [2, 3, 4, 6, 8, 12, 24, 48, 96, 192] {
        let powers = (first..=last).filter(|power| (power - first) % every == 0);
        sets.push(powers.map(|power| times_power_of_ten(1, power)).collect());
    }
    let mut sets: Vec<Vec<Tick>> = sets
        .into_iter()
        .filter(|values| (2..=MAX_TICKS).contains(&values.len()))
        .map(|values| {
            let labels = values.iter().map(|value| numbers.tick(*value)).collect();
            label_ticks(values, labels)
        })
        .collect();
    if sets.is_empty() {
        // Between two neighboring round numbers.
        sets = linear_tick_sets(from, to, 0.0, numbers);
    }
    sets
}

impl TickFormat {
    /// One number, complete: "28,500", "$140 billion", "45%", "10⁻⁹".
    pub(super) fn write(&self, style: NumberStyle, value: f64) -> String {
        // Nobody counts so many zeros.
        if value != 0.0 && value.is_finite() && !(0.99e-4..1e16).contains(&value.abs()) {
            return self.with_unit(style, formatting::format_power_of_ten(style, value));
        }
        match self {
            TickFormat::Plain => formatting::format_scaled_number_in(style, value),
            TickFormat::Money(code) => formatting::format_money_in(style, value, code),
            TickFormat::ScaledMoney { code, zeros } => {
                formatting::format_money_at(style, value, code, *zeros)
            }
            TickFormat::Percent => {
                let number = formatting::format_number_in(style, value);
                format!("{number}{}", percent_sign(style))
            }
        }
    }

    /// Numbers at the ticks of a linear axis, `step` apart: all of one scale and one number of
    /// decimals; the greatest alone says the scale and the unit.
    pub(super) fn ticks(&self, values: &[f64], step: f64) -> Vec<PrintedValue> {
        let most = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if !(1e-4..1e16).contains(&most) {
            return values.iter().map(|value| self.tick(*value)).collect();
        }
        let (scale, zeros) = match self {
            TickFormat::ScaledMoney { zeros, .. } => (10_f64.powi(i32::from(*zeros)), *zeros),
            _ if most >= 1e12 => (1e12, 12),
            _ if most >= 1e9 => (1e9, 9),
            _ if most >= 1e6 => (1e6, 6),
            _ => (1.0, 0),
        };
        let decimals = match (decimal_places(step / scale), self) {
            // Fifty cents are $0.50.
            (1, TickFormat::Money(code) | TickFormat::ScaledMoney { code, .. })
                if zeros == 0 && formatting::has_cents(code) =>
            {
                2
            }
            (decimals, _) => decimals,
        };
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
            Some(unit) => unit.with_unit(style, format!("{text}{word}")),
            None => text,
        }
    }

    fn with_unit(&self, style: NumberStyle, text: String) -> String {
        match self {
            TickFormat::Plain => text,
            TickFormat::Percent => format!("{text}{}", percent_sign(style)),
            TickFormat::Money(code) | TickFormat::ScaledMoney { code, .. } => {
                // The minus stands before the sign of a currency and behind a code, as it does
                // wherever else money is written.
                match (formatting::currency_sign(code), text.strip_prefix('−')) {
                    (Some(sign), Some(digits)) => format!("−{sign}{digits}"),
                    (Some(sign), None) => format!("{sign}{text}"),
                    (None, _) => format!("{code} {text}"),
                }
            }
        }
    }
}

/// The sign of percent as a style sets it: English and Swiss right behind the number, others with a
/// space that does not break.
fn percent_sign(style: NumberStyle) -> &'static str {
    match style {
        NumberStyle::English | NumberStyle::Swiss => "%",
        NumberStyle::Continental | NumberStyle::French => "\u{a0}%",
    }
}

/// How many decimals tell numbers apart that are `step` apart.
fn decimal_places(step: f64) -> u8 {
    // A step of 0.1 may be a little less in binary: without the margin it would get two decimals.
    let places = -(step.abs().max(1e-20).log10() + 1e-9).floor();
    places.clamp(0.0, 20.0) as u8
}

/// A number with thousands separators and so many decimals; zero has none.
fn format_fixed(style: NumberStyle, value: f64, decimals: u8) -> String {
    let text = format!("{value:.*}", usize::from(decimals));
    if text.bytes().all(|b| matches!(b, b'0' | b'.' | b'-')) {
        return "0".into();
    }
    group_digits(style, &text)
}

/// Between two ticks.
#[derive(Clone, Copy)]
enum TickInterval {
    Years(i32),
    Months(u8),
    /// Days of the month after the first that are named too.
    Days(&'static [u8]),
}

const TICK_INTERVALS: [TickInterval; 19] = [
    TickInterval::Days(&[
        2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
        27, 28, 29, 30, 31,
    ]),
    TickInterval::Days(&[3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]),
    TickInterval::Days(&[5, 10, 15, 20, 25]),
    TickInterval::Days(&[10, 20]),
    TickInterval::Months(1),
    TickInterval::Months(3),
    TickInterval::Months(6),
    TickInterval::Years(1),
    TickInterval::Years(2),
    TickInterval::Years(5),
    TickInterval::Years(10),
    TickInterval::Years(20),
    TickInterval::Years(50),
    TickInterval::Years(100),
    TickInterval::Years(200),
    TickInterval::Years(500),
    TickInterval::Years(1000),
    TickInterval::Years(2000),
    TickInterval::Years(5000),
];

/// Sets of ticks from a year to a year, the closest together first; each has at least one.
pub(super) fn date_tick_sets(from: f64, to: f64) -> Vec<Vec<Tick>> {
    if !(from.is_finite() && to > from && to < 1e6 && from > -1e6) {
        return Vec::new();
    }
    let sets = TICK_INTERVALS.iter().filter_map(|step| {
        // Estimated first: days over ten thousand years would be millions of ticks, made only to be
        // thrown away.
        let about = (to - from)
            * match step {
                TickInterval::Years(years) => 1.0 / f64::from(*years),
                TickInterval::Months(months) => 12.0 / f64::from(*months),
                TickInterval::Days(days) => 12.0 * (days.len() + 1) as f64,
            };
        (about < MAX_TICKS as f64 + 2.0).then(|| ticks_at_interval(*step, from, to))
    });
    sets.filter(|set| !set.is_empty()).collect()
}

fn ticks_at_interval(step: TickInterval, from: f64, to: f64) -> Vec<Tick> {
    let within = |value: f64| value >= from - 1e-6 && value <= to + 1e-6;
    let (first, last) = (from.floor() as i32, to.floor() as i32);
    if let TickInterval::Years(every) = step {
        return (first..=last)
            .filter(|year| is_round_year(*year, every))
            .map(|year| Tick {
                value: f64::from(year),
                label: year_words(year).into(),
            })
            .filter(|tick| within(tick.value))
            .collect();
    }
    let mut ticks: Vec<Tick> = Vec::new();
    for year in first.max(-9_999)..=last.min(10_000) {
        for month in 1..=12_u8 {
            let days: &[u8] = match step {
                TickInterval::Days(days) => days,
                _ => &[],
            };
            if let TickInterval::Months(every) = step
                && (month - 1) % every != 0
            {
                continue;
            }
            for day in [1].iter().chain(days) {
                let Some(value) = day_start_year(year, month, *day).filter(|value| within(*value))
                else {
                    continue;
                };
                let label = date_label(step, ticks.is_empty(), year, month, *day);
                ticks.push(Tick {
                    value,
                    label: label.into(),
                });
            }
        }
    }
    ticks
}

/// The first instant of a day; `None` where there is no such day.
fn day_start_year(year: i32, month: u8, day: u8) -> Option<f64> {
    if year == 10_000 {
        return (month == 1 && day == 1).then_some(10_000.0);
    }
    let date = Date::of_day(i16::try_from(year).ok()?, month, day)?;
    Some(date.start_decimal_year())
}

/// A month or a day, and below it what it belongs to, where that begins.
fn date_label(step: TickInterval, is_first: bool, year: i32, month: u8, day: u8) -> String {
    let name = MONTHS.get(usize::from(month) - 1).copied().unwrap_or("");
    let mut short: String = name.chars().take(3).collect();
    if let Some(initial) = short.get_mut(..1) {
        initial.make_ascii_uppercase();
    }
    match step {
        TickInterval::Days(_) if is_first || (month == 1 && day == 1) => {
            format!("{day}\n{short} {}", year_words(year))
        }
        TickInterval::Days(_) if day == 1 => format!("{day}\n{short}"),
        TickInterval::Days(_) => day.to_string(),
        _ if is_first || month == 1 => format!("{short}\n{}", year_words(year)),
        _ => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(scale: AxisScale, numbers: TickFormat) -> PlotAxis {
        PlotAxis {
            title: String::new(),
            scale,
            tick_format: numbers,
        }
    }

    fn labels(ticks: &[Tick]) -> Vec<String> {
        ticks.iter().map(|tick| tick.label.to_string()).collect()
    }

    #[test]
    fn numbers_are_round_and_their_unit_stands_once() {
        let money = axis(
            AxisScale::Linear {
                from: 0.0,
                to: 150e9,
            },
            TickFormat::Money("USD".into()),
        );
        let sets = tick_sets(&money, false);
        let few = sets.iter().find(|set| set.len() <= 4).unwrap();
        assert_eq!(labels(few), ["0", "50", "100", "$150 billion"]);
        assert!(sets.windows(2).all(|w| w[0].len() > w[1].len()));
        let small = axis(
            AxisScale::Linear {
                from: -0.5,
                to: 1.0,
            },
            TickFormat::Percent,
        );
        assert_eq!(labels(&tick_sets(&small, true)[0]), ["0", "1%"]);
        let few = tick_sets(&small, false)
            .into_iter()
            .find(|s| s.len() <= 4)
            .unwrap();
        assert_eq!(labels(&few), ["−0.5", "0", "0.5", "1.0%"]);
    }

    #[test]
    fn decades_are_thinned_until_they_fit() {
        let wide = axis(
            AxisScale::Log {
                from: 1e-9,
                to: 1e15,
            },
            TickFormat::Plain,
        );
        let sets = tick_sets(&wide, false);
        assert!(sets[0].len() <= MAX_TICKS && sets.last().unwrap().len() == 2);
        let every_third: Vec<_> = sets.iter().filter(|s| s.len() == 9).collect();
        assert_eq!(
            labels(every_third[0]),
            [
                "10⁻⁹",
                "10⁻⁶",
                "0.001",
                "1",
                "1,000",
                "1 million",
                "1 billion",
                "1 trillion",
                "1,000 trillion"
            ]
        );
        let one = axis(
            AxisScale::Log {
                from: 10.0,
                to: 100.0,
            },
            TickFormat::Plain,
        );
        assert_eq!(
            labels(&tick_sets(&one, false)[0]),
            ["10", "20", "50", "100"]
        );
    }

    #[test]
    fn ranges_that_are_none_have_no_ticks() {
        for scale in [
            AxisScale::Linear { from: 1.0, to: 1.0 },
            AxisScale::Linear {
                from: f64::NAN,
                to: 1.0,
            },
            AxisScale::Linear {
                from: -1.7e308,
                to: 1.7e308,
            },
            AxisScale::Log { from: 0.0, to: 1.0 },
            AxisScale::Bands(vec!["a".into()]),
        ] {
            assert_eq!(
                tick_sets(&axis(scale, TickFormat::Plain), true),
                Vec::<Vec<Tick>>::new()
            );
        }
    }

    #[test]
    fn numbers_from_the_smallest_to_the_greatest_are_short() {
        let english = |format: TickFormat, value: f64| format.tick(value).to_string();
        let plain = |value: f64| english(TickFormat::Plain, value);
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(0.0005), "0.0005");
        assert_eq!(plain(-3e-9), "−3×10⁻⁹");
        assert_eq!(plain(1e300), "10³⁰⁰");
        assert_eq!(plain(1.25e15), "1,250 trillion");
        assert_eq!(plain(1.234567e18), "1.234567×10¹⁸");
        assert_eq!(plain(0.000_123_456_789_012), "0.000123456789012");
        assert_eq!(plain(999_999_999.0), "999,999,999");
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
            ticks(&TickFormat::Money("USD".into()), &[0.0, 0.5, 1.0], 0.5),
            ["0", "0.50", "$1.00"]
        );
        assert_eq!(
            ticks(&TickFormat::Plain, &[0.0, 50_000.0, 100_000.0], 50_000.0),
            ["0", "50,000", "100,000"]
        );
    }

    #[test]
    fn ticks_say_where_they_are() {
        for (from, to) in [
            (0.0, 1.0),
            (0.0, 3e-7),
            (-0.7, 0.2),
            (0.5, 0.500_000_01),
            (0.0, 1.1e12),
            (7e20, 9e20),
            (999_999_990.0, 999_999_999.0),
        ] {
            for set in linear_tick_sets(from, to, 0.0, &TickFormat::Plain) {
                let greatest = set.last().map_or(0.0, |tick| tick.value);
                for tick in &set {
                    let PrintedValue::Number(number) = &tick.label else {
                        panic!("{tick:?}");
                    };
                    assert_eq!(number.value, tick.value);
                    // A product of binary fractions has sixteen digits or more.
                    let shortest = format!("{:e}", tick.value);
                    let digits = shortest.split('e').next().unwrap_or_default().len();
                    assert!(digits <= 14, "{shortest} of {from} to {to}");
                }
                let last = set.last().map(|tick| tick.label.to_string());
                assert!(
                    greatest != 0.3 || last.as_deref() == Some("0.3"),
                    "{last:?}"
                );
            }
        }
    }

    #[test]
    fn years_months_and_days_are_named_by_what_changes() {
        let years = date_tick_sets(2009.0, 2026.0);
        assert_eq!(labels(years.last().unwrap()), ["2020"]);
        let fives = years.iter().find(|set| set.len() == 4).unwrap();
        assert_eq!(labels(fives), ["2010", "2015", "2020", "2025"]);
        let months = date_tick_sets(2023.49, 2024.5);
        let quarters = months.iter().find(|set| set.len() == 5).unwrap();
        assert_eq!(
            labels(quarters),
            ["Jul\n2023", "Oct", "Jan\n2024", "Apr", "Jul"]
        );
        let days = date_tick_sets(2023.0 + 300.0 / 365.0, 2023.0 + 320.0 / 365.0);
        assert_eq!(days[0][0].label.to_string(), "28\nOct 2023");
        assert_eq!(days[0][4].label.to_string(), "1\nNov");
    }

    #[test]
    fn the_whole_calendar_has_ticks_and_no_year_zero() {
        let sets = date_tick_sets(1.0, 10_000.0);
        assert!(sets.iter().all(|set| set.len() <= MAX_TICKS + 1));
        assert!(sets.iter().flatten().all(|tick| tick.value >= 1.0));
        assert_eq!(labels(sets.last().unwrap()), ["5000", "10000"]);
        assert_eq!(date_tick_sets(f64::NAN, 3.0), Vec::<Vec<Tick>>::new());
        assert_eq!(date_tick_sets(5.0, 5.0), Vec::<Vec<Tick>>::new());
    }
}
