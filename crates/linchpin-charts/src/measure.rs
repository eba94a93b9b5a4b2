//! What lengths stand for: how many records there are, or the numbers that they state.

use super::captions;
use super::error::ChartError;
use super::plan::ChartPlan;
use crate::picture::{Extent, TickFormat};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::Aggregate;
use linchpin_register::english::list_with_and;
use linchpin_register::tables::formatting;
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
pub struct MeasuredValue {
    pub extent: Extent,
    pub text: String,
}

impl Measure {
    /// What a channel measures. `name` is the channel's.
    ///
    /// # Errors
    /// Where its field holds no numbers.
    pub fn from_channel(
        plan: &ChartPlan<'_>,
        channel: Option<&Channel>,
        name: &'static str,
    ) -> Result<Measure, ChartError> {
        let aggregate = channel.and_then(|channel| channel.aggregate);
        let field = channel.and_then(|channel| channel.field.as_deref());
        match (field, aggregate) {
            (None, None | Some(Aggregate::Count)) | (Some(_), Some(Aggregate::Count)) => {
                Ok(Measure::Count)
            }
            (None, Some(aggregate)) => Err(ChartError::new(
                name,
                format!(
                    "Nothing says of what the {} is to be taken.",
                    aggregate.label()
                ),
                "Add field: \"amount\", or count the records.",
            )),
            (Some("amount"), aggregate) if plan.single_kind()? == RecordKind::Figure => {
                Ok(Measure::Amounts(aggregate))
            }
            (Some(field), _) => Err(ChartError::new(
                name,
                format!(
                    "“{field}” of {} is no stated number.",
                    plan.single_kind()?.noun().many
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
    pub fn value_of(
        self,
        register: &Register,
        group: &str,
        records: &[RecordRef],
        name: &'static str,
    ) -> Result<MeasuredValue, ChartError> {
        let Measure::Amounts(aggregate) = self else {
            return Ok(count_value(records.len()));
        };
        let figures: Vec<&Figure> = chartable_figures(register, records);
        match (figures.as_slice(), aggregate) {
            ([], _) => Ok(count_value(0)),
            ([one], _) => Ok(MeasuredValue {
                extent: Extent::from_amount(&one.amount).unwrap_or(Extent::exact(0.0)),
                text: shorten_digits(&formatting::format_amount(one)),
            }),
            (several, None) => Err(ChartError::new(
                name,
                format!(
                    "{} stand under “{group}”, and nothing says how they become one.",
                    captions::format_count(several.len(), "number", "numbers")
                ),
                "Group by title, so that each stands by itself, or choose sum, mean, median, least \
                or greatest.",
            )),
            (several, Some(aggregate)) => aggregate_figures(several, aggregate, name),
        }
    }
}

fn count_value(count: usize) -> MeasuredValue {
    MeasuredValue {
        extent: Extent::exact(count as f64),
        text: formatting::format_number(count as f64),
    }
}

fn aggregate_figures(
    figures: &[&Figure],
    aggregate: Aggregate,
    name: &'static str,
) -> Result<MeasuredValue, ChartError> {
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
                return Err(ChartError::new(
                    name,
                    format!(
                        "“{}” is {}: a bound has no {}.",
                        captions::display_name(&figure.title),
                        formatting::format_amount(figure),
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
        (FigureKind::Money, Some(currency)) => formatting::format_money(value, currency),
        _ => formatting::format_number((value * 100.0).round() / 100.0),
    };
    Ok(MeasuredValue {
        extent: Extent::exact(value),
        text: format!("{sign}{printed}"),
    })
}

fn chartable_figures<'r>(register: &'r Register, records: &[RecordRef]) -> Vec<&'r Figure> {
    records
        .iter()
        .filter(|at| at.kind == RecordKind::Figure)
        .filter_map(|at| register.figures.get(at.index as usize))
        .filter(|figure| figure.is_chartable() && Extent::from_amount(&figure.amount).is_some())
        .collect()
}

/// The figures among some records that have a length, and what to say of the others.
///
/// # Errors
/// Where none has a length.
pub fn drawable_figures(
    plan: &ChartPlan<'_>,
    name: &'static str,
) -> Result<(Vec<RecordRef>, Vec<String>), ChartError> {
    let is_drawn =
        |at: &RecordRef| !chartable_figures(plan.register, std::slice::from_ref(at)).is_empty();
    let (drawn, others): (Vec<RecordRef>, Vec<RecordRef>) =
        plan.records.iter().copied().partition(is_drawn);
    if drawn.is_empty() {
        return Err(if others.is_empty() {
            no_records_error(plan)
        } else {
            ChartError::new(
                name,
                "None of these numbers is a quantity: ranks, dates and names have no length.",
                "Draw them as a table, or leave other figures in.",
            )
        });
    }
    Ok((drawn, not_drawn_notes(plan.register, &others)))
}

/// Says that no record is left, and why.
pub fn no_records_error(plan: &ChartPlan<'_>) -> ChartError {
    let kind = plan.record_kinds[0];
    let all: usize = plan
        .record_kinds
        .iter()
        .map(|k| plan.register.count(*k))
        .sum();
    let lists: Vec<&str> = plan.record_kinds.iter().map(|k| k.noun().many).collect();
    let lists = list_with_and(&lists);
    if all == 0 {
        ChartError::new(
            "records",
            format!("The register has no {lists} yet."),
            format!(
                "Add the first one to the list “{}” in the file.",
                kind.list()
            ),
        )
    } else if plan.chart.filter.is_empty() && plan.chart.search.is_none() {
        ChartError::new(
            "count",
            format!("The counting rule leaves no {}.", kind.what()),
            "Count all records and all voices to see them.",
        )
    } else {
        ChartError::new(
            "filter",
            format!("The chart's filters leave none of the {lists}."),
            "Take a filter out, or widen it.",
        )
    }
}

/// The unit and the currency of a figure.
pub fn unit_of(figure: &Figure) -> (&str, &str) {
    (
        figure.unit.as_deref().unwrap_or_default().trim(),
        figure.currency.as_deref().unwrap_or_default(),
    )
}

/// A unit in words.
pub fn unit_text((unit, currency): (&str, &str)) -> String {
    match (unit, currency) {
        ("", "") => "no unit stated".into(),
        ("", currency) => captions::display_name(currency),
        (unit, _) => captions::display_name(unit),
    }
}

/// The one unit of these records, in words, and how its numbers are written. `None` where no record
/// is a figure.
///
/// # Errors
/// Where there are several units: they cannot share an axis.
pub fn common_unit(
    register: &Register,
    records: &[RecordRef],
    name: &'static str,
) -> Result<Option<(String, TickFormat)>, ChartError> {
    let figures = chartable_figures(register, records);
    let Some(first) = figures.first() else {
        return Ok(None);
    };
    if let Some(other) = figures
        .iter()
        .find(|figure| unit_of(figure) != unit_of(first))
    {
        return Err(ChartError::new(
            name,
            format!(
                "Two units cannot share an axis: {} and {}.",
                unit_text(unit_of(first)),
                unit_text(unit_of(other))
            ),
            "Draw a small chart for each (facet: (field: \"unit\")), or leave one unit in with a \
            filter.",
        ));
    }
    let numbers = match (first.kind, first.currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => TickFormat::Money(currency.to_owned()),
        _ => TickFormat::Plain,
    };
    Ok(Some((unit_text(unit_of(first)), numbers)))
}

/// A number of a hundred digits is no reading matter.
pub fn shorten_digits(amount: &str) -> String {
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
fn not_drawn_notes(register: &Register, others: &[RecordRef]) -> Vec<String> {
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
        .map(|((_, one, more), count)| captions::format_count(count, one, more))
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
            captions::format_count(rest, "other number", "other numbers")
        ));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_numbers_are_shortened_with_their_length() {
        assert_eq!(shorten_digits("> $140 billion"), "> $140 billion");
        let long = shorten_digits(&formatting::format_number(1e300));
        assert!(
            long.starts_with("1,000,000,00…") && long.ends_with("(301 digits)"),
            "{long}"
        );
    }
}
