//! What lengths stand for: how many records there are, or the numbers that they state.

use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Extent, Numbers};
use linchpin_register::chart::Channel;
use linchpin_register::chart_words::Aggregate;
use linchpin_register::english::list_with_and;
use linchpin_register::tables::words;
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{Amount, Figure, RecordKind, RecordRef, Register};

/// What an axis of numbers measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// How many records.
    Count,
    /// Stated numbers: each by itself, or made one.
    Amounts(Option<Aggregate>),
}

/// A number with its bound, as it is drawn and as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub extent: Extent,
    pub text: String,
}

impl Measure {
    /// What a channel measures. `name` is the channel's.
    ///
    /// # Errors
    /// Where its field holds no numbers.
    pub fn of(
        plan: &Plan<'_>,
        channel: Option<&Channel>,
        name: &'static str,
    ) -> Result<Measure, Refusal> {
        let aggregate = channel.and_then(|channel| channel.aggregate);
        let field = channel.and_then(|channel| channel.field.as_deref());
        match (field, aggregate) {
            (None, None | Some(Aggregate::Count)) | (Some(_), Some(Aggregate::Count)) => {
                Ok(Measure::Count)
            }
            (None, Some(aggregate)) => Err(Refusal::new(
                name,
                format!(
                    "Nothing says of what the {} is to be taken.",
                    aggregate.label()
                ),
                "Add field: \"amount\", or count the records.",
            )),
            (Some("amount"), aggregate) if plan.kind()? == RecordKind::Figure => {
                Ok(Measure::Amounts(aggregate))
            }
            (Some(field), _) => Err(Refusal::new(
                name,
                format!(
                    "“{field}” of {} is no stated number.",
                    plan.kind()?.noun().many
                ),
                "Count the records (aggregate: Count), or draw the list of figures by their amount.",
            )),
        }
    }

    /// The number of some records.
    ///
    /// # Errors
    /// Where they cannot be made one number: bounds, several units, several numbers without a way
    /// to make them one.
    pub fn number(
        self,
        register: &Register,
        group: &str,
        records: &[RecordRef],
        name: &'static str,
    ) -> Result<Number, Refusal> {
        let Measure::Amounts(aggregate) = self else {
            return Ok(count(records.len()));
        };
        let figures: Vec<&Figure> = figures(register, records);
        match (figures.as_slice(), aggregate) {
            ([], _) => Ok(count(0)),
            ([one], _) => Ok(Number {
                extent: Extent::of(&one.amount).unwrap_or(Extent::exactly(0.0)),
                text: compact(&words::amount(one)),
            }),
            (several, None) => Err(Refusal::new(
                name,
                format!(
                    "{} stand under “{group}”, and nothing says how they become one.",
                    share::many(several.len(), "number", "numbers")
                ),
                "Group by title, so that each stands by itself, or choose sum, mean, median, least \
                or greatest.",
            )),
            (several, Some(aggregate)) => made_one(several, aggregate, name),
        }
    }
}

fn count(count: usize) -> Number {
    Number {
        extent: Extent::exactly(count as f64),
        text: words::number(count as f64),
    }
}

fn made_one(
    figures: &[&Figure],
    aggregate: Aggregate,
    name: &'static str,
) -> Result<Number, Refusal> {
    let mut values = Vec::new();
    let mut about = false;
    for figure in figures {
        match figure.amount {
            Amount::Exactly(value) => values.push(value),
            Amount::About(value) => {
                about = true;
                values.push(value);
            }
            _ => {
                return Err(Refusal::new(
                    name,
                    format!(
                        "“{}” is {}: a bound has no {}.",
                        share::name(&figure.title),
                        words::amount(figure),
                        aggregate.label()
                    ),
                    "Leave bounds out with a filter, or draw each number by itself.",
                ));
            }
        }
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let value = match aggregate {
        Aggregate::Count => values.len() as f64,
        Aggregate::Sum => values.iter().sum(),
        Aggregate::Mean => values.iter().sum::<f64>() / values.len() as f64,
        Aggregate::Median if values.len().is_multiple_of(2) => {
            (values[middle - 1] + values[middle]) / 2.0
        }
        Aggregate::Median => values[middle],
        Aggregate::Min => values[0],
        Aggregate::Max => values[values.len() - 1],
    };
    let sign = if about { "about " } else { "" };
    let printed = match (figures[0].kind, figures[0].currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => words::money(value, currency),
        _ => words::number((value * 100.0).round() / 100.0),
    };
    Ok(Number {
        extent: Extent::exactly(value),
        text: format!("{sign}{printed}"),
    })
}

fn figures<'r>(register: &'r Register, records: &[RecordRef]) -> Vec<&'r Figure> {
    records
        .iter()
        .filter(|at| at.kind == RecordKind::Figure)
        .filter_map(|at| register.figures.get(at.index as usize))
        .filter(|figure| figure.is_chartable() && Extent::of(&figure.amount).is_some())
        .collect()
}

/// The figures among some records that have a length, and what to say of the others.
///
/// # Errors
/// Where none has a length.
pub fn drawable(
    plan: &Plan<'_>,
    name: &'static str,
) -> Result<(Vec<RecordRef>, Vec<String>), Refusal> {
    let is_drawn = |at: &RecordRef| !figures(plan.register, std::slice::from_ref(at)).is_empty();
    let (drawn, others): (Vec<RecordRef>, Vec<RecordRef>) =
        plan.records.iter().copied().partition(is_drawn);
    if drawn.is_empty() {
        return Err(if others.is_empty() {
            nothing(plan)
        } else {
            Refusal::new(
                name,
                "None of these numbers is a quantity: ranks, dates and names have no length.",
                "Draw them as a table, or leave other figures in.",
            )
        });
    }
    Ok((drawn, not_drawn(plan.register, &others)))
}

/// Says that no record is left, and why.
pub fn nothing(plan: &Plan<'_>) -> Refusal {
    let kind = plan.kinds[0];
    let all: usize = plan.kinds.iter().map(|k| plan.register.count(*k)).sum();
    let lists: Vec<&str> = plan.kinds.iter().map(|k| k.noun().many).collect();
    let lists = list_with_and(&lists);
    if all == 0 {
        Refusal::new(
            "records",
            format!("The register has no {lists} yet."),
            format!(
                "Add the first one to the list “{}” in the file.",
                kind.list()
            ),
        )
    } else if plan.chart.filter.is_empty() && plan.chart.search.is_none() {
        Refusal::new(
            "count",
            format!("The counting rule leaves no {}.", kind.what()),
            "Count all records and all voices to see them.",
        )
    } else {
        Refusal::new(
            "filter",
            format!("The chart's filters leave none of the {lists}."),
            "Take a filter out, or widen it.",
        )
    }
}

/// The unit and the currency of a figure.
pub fn unit(figure: &Figure) -> (&str, &str) {
    (
        figure.unit.as_deref().unwrap_or_default().trim(),
        figure.currency.as_deref().unwrap_or_default(),
    )
}

/// A unit in words.
pub fn unit_words((unit, currency): (&str, &str)) -> String {
    match (unit, currency) {
        ("", "") => "no unit stated".into(),
        ("", currency) => share::name(currency),
        (unit, _) => share::name(unit),
    }
}

/// The one unit of these records, in words, and how its numbers are written. `None` where no record
/// is a figure.
///
/// # Errors
/// Where there are several units: they cannot share an axis.
pub fn one_unit(
    register: &Register,
    records: &[RecordRef],
    name: &'static str,
) -> Result<Option<(String, Numbers)>, Refusal> {
    let figures = figures(register, records);
    let Some(first) = figures.first() else {
        return Ok(None);
    };
    if let Some(other) = figures.iter().find(|figure| unit(figure) != unit(first)) {
        return Err(Refusal::new(
            name,
            format!(
                "Two units cannot share an axis: {} and {}.",
                unit_words(unit(first)),
                unit_words(unit(other))
            ),
            "Draw a small chart for each (facet: (field: \"unit\")), or leave one unit in with a \
            filter.",
        ));
    }
    let numbers = match (first.kind, first.currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => Numbers::Money(currency.to_owned()),
        _ => Numbers::Plain,
    };
    Ok(Some((unit_words(unit(first)), numbers)))
}

/// A number of a hundred digits is no reading matter.
pub fn compact(amount: &str) -> String {
    const MAX_CHARS: usize = 44;
    if amount.chars().count() <= MAX_CHARS {
        return amount.to_owned();
    }
    let head: String = amount.chars().take(12).collect();
    format!(
        "{head}… ({} digits)",
        amount.chars().filter(char::is_ascii_digit).count()
    )
}

/// "Not drawn, because they have no length: 2 ranks and 5 dates."
fn not_drawn(register: &Register, others: &[RecordRef]) -> Vec<String> {
    let kinds = [
        (FigureKind::Rank, "rank", "ranks"),
        (FigureKind::Date, "date", "dates"),
        (
            FigureKind::Identifier,
            "number in a name",
            "numbers in names",
        ),
        (FigureKind::Ordinal, "anniversary", "anniversaries"),
    ];
    let mut by_kind = [0_usize; 4];
    let mut rest = 0_usize;
    for at in others {
        let figure = register.figures.get(at.index as usize);
        match figure.and_then(|f| kinds.iter().position(|(kind, ..)| *kind == f.kind)) {
            Some(place) => by_kind[place] += 1,
            None => rest += 1,
        }
    }
    let mut sentences = Vec::new();
    let counted: Vec<String> = kinds
        .iter()
        .zip(by_kind)
        .filter(|(_, count)| *count > 0)
        .map(|((_, one, more), count)| share::many(count, one, more))
        .collect();
    if !counted.is_empty() {
        sentences.push(format!(
            "Not drawn, because they have no length: {}.",
            list_with_and(&counted)
        ));
    }
    if rest > 0 {
        sentences.push(format!(
            "Not drawn, because the register says that they measure nothing: {}.",
            share::many(rest, "other number", "other numbers")
        ));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_numbers_are_shortened_with_their_length() {
        assert_eq!(compact("> $140 billion"), "> $140 billion");
        let long = compact(&words::number(1e300));
        assert!(
            long.starts_with("1,000,000,00…") && long.ends_with("(301 digits)"),
            "{long}"
        );
    }
}
