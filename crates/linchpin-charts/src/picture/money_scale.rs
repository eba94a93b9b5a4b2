//! Money in one picture has one scale: "$0.77 billion" next to "$2.4 billion", not "$770 million".

use super::plot::{PlotAxis, TickFormat};
use super::value::{NumberFormat, PrintedNumber, PrintedValue};
use super::{PictureBody, SmallMultiples};
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::tables::formatting::{self, SCALE_WORDS};

/// The most decimals that a number gets so that it has the scale of the others.
const MAX_DECIMALS: usize = 3;

impl PictureBody {
    /// Gives all money of one currency one scale, where it had several.
    pub fn share_money_scales(&mut self) {
        let mut codes: Vec<String> = Vec::new();
        self.each_number(&mut |number| {
            if let NumberFormat::Money(code) = &number.format
                && !codes.contains(code)
            {
                codes.push(code.clone());
            }
        });
        for code in codes {
            let mut values = Vec::new();
            self.each_number(&mut |number| {
                if number.format == NumberFormat::Money(code.clone()) {
                    values.push(number.value.abs());
                }
            });
            let Some(zeros) = common_zeros(&values, &code) else {
                continue;
            };
            self.each_number(&mut |number| {
                if number.format == NumberFormat::Money(code.clone()) {
                    let code = code.clone();
                    number.format = NumberFormat::ScaledMoney { code, zeros };
                }
            });
            self.scale_axes(&code, zeros);
        }
    }

    /// Gives the axes of plots the scale of their numbers.
    fn scale_axes(&mut self, code: &str, zeros: u8) {
        match self {
            PictureBody::Plot(plot) => {
                for axis in [&mut plot.x, &mut plot.y] {
                    scale_axis(axis, code, zeros);
                }
            }
            PictureBody::Dumbbell(dumbbell) => scale_axis(&mut dumbbell.x, code, zeros),
            PictureBody::SmallMultiples(SmallMultiples { panels, .. }) => {
                let bodies = panels.iter_mut().map(|panel| &mut panel.body);
                bodies.for_each(|body| body.scale_axes(code, zeros));
            }
            _ => {}
        }
    }

    /// Calls something for each number that is printed at a mark.
    fn each_number(&mut self, call: &mut dyn FnMut(&mut PrintedNumber)) {
        let mut value = |value: &mut PrintedValue| match value {
            PrintedValue::Text(_) => {}
            PrintedValue::Number(number) => call(number),
            PrintedValue::Range(low, high) => {
                call(low);
                call(high);
            }
        };
        match self {
            PictureBody::Bars(it) => {
                let bars = it.panels.iter_mut().flat_map(|panel| &mut panel.bars);
                bars.for_each(|bar| value(&mut bar.text));
            }
            PictureBody::Stacked(it) => {
                // Side by side the parts count, and what they add up to is drawn nowhere.
                let has_totals = it.arrangement != Arrangement::Grouped;
                for bar in &mut it.bars {
                    if has_totals {
                        value(&mut bar.text);
                    }
                    bar.segments
                        .iter_mut()
                        .for_each(|part| value(&mut part.text));
                }
            }
            PictureBody::Plot(it) => {
                let points = it.series.iter_mut().flat_map(|series| &mut series.points);
                points.for_each(|point| value(&mut point.text));
            }
            PictureBody::Dumbbell(it) => {
                let dots = it.rows.iter_mut().flat_map(|row| &mut row.dots);
                dots.for_each(|dot| value(&mut dot.point.text));
            }
            PictureBody::Bullet(it) => {
                for row in &mut it.rows {
                    let values = [&mut row.delivered, &mut row.target];
                    let values = values.into_iter().flatten();
                    values.for_each(|number| value(&mut number.text));
                }
            }
            PictureBody::Matrix(it) => {
                let numbers = it.cells.iter_mut().filter_map(|cell| cell.number.as_mut());
                numbers.for_each(|number| value(&mut number.text));
            }
            PictureBody::Waffle(it) => {
                let groups = it.groups.iter_mut();
                groups.for_each(|group| value(&mut group.text));
            }
            PictureBody::SmallMultiples(SmallMultiples { panels, .. }) => {
                let bodies = panels.iter_mut().map(|panel| &mut panel.body);
                bodies.for_each(|body| body.each_number(call));
            }
            _ => {}
        }
    }
}

fn scale_axis(axis: &mut PlotAxis, code: &str, zeros: u8) {
    if axis.tick_format == TickFormat::Money(code.to_owned()) {
        let code = code.to_owned();
        axis.tick_format = TickFormat::ScaledMoney { code, zeros };
    }
}

/// How many zeros one scale word for all these numbers stands for: the largest one before which
/// none of them gets a long fraction. `None` where they have one scale by themselves.
fn common_zeros(values: &[f64], code: &str) -> Option<u8> {
    let own = |value: &f64| {
        let printed = formatting::format_money(*value, code);
        let word = |(_, word): &&(u8, &str)| printed.ends_with(word);
        SCALE_WORDS.iter().find(word).map_or(0, |(zeros, _)| *zeros)
    };
    // Nothing is nothing in every scale.
    let some = || values.iter().filter(|value| **value != 0.0);
    let most = some().map(own).max()?;
    if some().all(|value| own(value) == most) {
        return None;
    }
    let fits =
        |zeros: u8| some().all(|value| formatting::scaled_decimals(*value, zeros) <= MAX_DECIMALS);
    let words = SCALE_WORDS.iter().map(|(zeros, _)| *zeros);
    let word = words
        .filter(|zeros| *zeros <= most)
        .find(|zeros| fits(*zeros));
    Some(word.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::common_zeros;

    #[test]
    fn the_largest_word_is_taken_that_costs_no_digit_and_no_long_fraction() {
        let zeros = |values: &[f64]| common_zeros(values, "USD");
        assert_eq!(zeros(&[119.2e9, 0.77e9]), Some(9));
        assert_eq!(zeros(&[331.2e9, 4.5e6]), Some(6));
        assert_eq!(zeros(&[331.2e9, 72_000.0]), Some(6));
        assert_eq!(zeros(&[331.2e9, 500.0]), Some(0));
        assert_eq!(zeros(&[331.2e9, 4.0e9, 0.0]), None);
        assert_eq!(zeros(&[500.0, 2.5]), None);
        assert_eq!(zeros(&[]), None);
    }
}
