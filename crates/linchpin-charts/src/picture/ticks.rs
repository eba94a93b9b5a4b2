//! Ticks of an axis: round values with their words, from close together to far apart.

use super::date_ticks;
use super::nice::{MAX_TICKS, Tick, nice_step};
use super::plot::{AxisScale, PlotAxis, TickFormat};
use super::value::PrintedValue;

/// Sets of ticks for an axis, the closest together first; the last may have only one. None of an
/// axis of bands. Where all values are whole numbers, so are the ticks.
pub fn tick_sets(axis: &PlotAxis, are_whole: bool) -> Vec<Vec<Tick>> {
    let least = if are_whole { 1.0 } else { 0.0 };
    match axis.scale {
        AxisScale::Linear { from, to } => linear_tick_sets(from, to, least, &axis.tick_format),
        AxisScale::Log { from, to } => log_tick_sets(from, to, &axis.tick_format),
        AxisScale::Dates { from, to } => date_ticks::date_tick_sets(from, to),
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
                .map(|i| (first + i as f64) * step + 0.0)
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
    for rounds in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let decades = (first - 1)..=last;
        let values: Vec<f64> = decades
            .flat_map(|power| rounds.iter().map(move |round| round * 10_f64.powi(power)))
            .filter(within)
            .collect();
        sets.push(values);
    }
    for every in [2, 3, 4, 6, 8, 12, 24, 48, 96, 192] {
        let powers = (first..=last).filter(|power| (power - first) % every == 0);
        sets.push(powers.map(|power| 10_f64.powi(power)).collect());
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
}
