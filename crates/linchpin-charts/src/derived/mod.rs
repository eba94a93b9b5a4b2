//! What a chart works out from its numbers before it draws them: shares, changes, running totals,
//! averages, ratios. Each says how; what cannot be worked out is refused or named.

mod printed;
mod ratio;
mod sequence;

pub use ratio::{GroupSides, sides_of_groups};

use super::captions::{unit_of, unit_text};
use super::encoding::ChartEncoding;
use super::error::{
    ChannelName, ChartError, ChartErrorKind, ChartNote, DerivedObstacle, Formula, Joining,
};
use super::fields::{DataField, FieldDataType};
use super::groups::{RecordGroup, RecordGroups};
use super::measure::{self, Measure, MeasuredValue};
use super::plan::ChartPlan;
use crate::picture::{Extent, PlotPoint, TickFormat};
use linchpin_register::chart::Derivation;
use linchpin_register::chart_vocabulary::{Aggregate, DerivedMeasure};
use linchpin_register::date::year_words;
use linchpin_register::tables::formatting;
use linchpin_register::{Date, RecordRef};
use sequence::{PeriodNumber, PeriodSpan};
use std::collections::HashMap;

/// The numbers of some groups, worked out.
pub struct DerivedGroups {
    numbers: HashMap<String, DerivedNumber>,
    /// How, and for which groups not.
    pub notes: Vec<ChartNote>,
    /// What the numbers are: "share of the total, in percent".
    pub unit: String,
}

/// A number that was worked out, with the records that it follows from.
struct DerivedNumber {
    value: MeasuredValue,
    records: Vec<RecordRef>,
}

impl DerivedGroups {
    /// The number of a group; that of none where it could not be worked out.
    pub fn number(&self, group: &RecordGroup) -> MeasuredValue {
        let number = self.numbers.get(&group.key);
        number.map_or_else(
            || MeasuredValue {
                extent: Extent::exact(0.0),
                text: "".into(),
            },
            |number| number.value.clone(),
        )
    }

    /// Leaves the groups whose number could be worked out, with the records behind it, and the
    /// places along time at which nothing is stated.
    pub fn keep_known(&self, groups: &mut Vec<RecordGroup>) {
        groups.retain_mut(|group| match self.numbers.get(&group.key) {
            Some(number) => {
                group.records.clone_from(&number.records);
                true
            }
            None => group.records.is_empty() && group.number.is_some(),
        });
    }
}

/// What is worked out, of what, and where the chart says so.
struct Deriving<'p, 'r> {
    plan: &'p ChartPlan<'r>,
    channel: ChannelName,
    derivation: &'r Derivation,
    measure: Measure,
}

impl<'p, 'r> Deriving<'p, 'r> {
    /// `None` where the chart works nothing out.
    ///
    /// # Errors
    /// Where the derivation says too little, or what it has no use for.
    fn new(
        plan: &'p ChartPlan<'r>,
        measure: Measure,
    ) -> Result<Option<Deriving<'p, 'r>>, ChartError> {
        let Some((channel, derivation)) = plan.derivation() else {
            return Ok(None);
        };
        let deriving = Deriving {
            plan,
            channel,
            derivation,
            measure,
        };
        let is_average = derivation.how == DerivedMeasure::MovingAverage;
        let is_ratio = derivation.how == DerivedMeasure::Ratio;
        let obstacle = match () {
            () if is_average && derivation.periods.is_none_or(|periods| periods < 2) => {
                DerivedObstacle::Needs("periods")
            }
            () if !is_average && derivation.periods.is_some() => {
                DerivedObstacle::HasNoUseFor("periods")
            }
            () if is_ratio && derivation.of.is_empty() => DerivedObstacle::Needs("of"),
            () if !is_ratio && !derivation.of.is_empty() => DerivedObstacle::HasNoUseFor("of"),
            () if !is_ratio && !derivation.by.is_empty() => DerivedObstacle::HasNoUseFor("by"),
            () => return Ok(Some(deriving)),
        };
        Err(deriving.error(obstacle))
    }

    fn error(&self, obstacle: DerivedObstacle) -> ChartError {
        let how = self.derivation.how;
        ChartErrorKind::NotDerived { how, obstacle }.at(self.channel)
    }

    /// # Errors
    /// Where the aggregate makes numbers that have no total.
    fn check_aggregate(&self) -> Result<(), ChartError> {
        let needs_sum = matches!(
            self.derivation.how,
            DerivedMeasure::ShareOfTotal | DerivedMeasure::RunningTotal
        );
        match self.measure {
            Measure::Amounts(Some(aggregate)) if needs_sum && aggregate != Aggregate::Sum => {
                Err(self.error(DerivedObstacle::Aggregate(aggregate)))
            }
            _ => Ok(()),
        }
    }

    /// # Errors
    /// Where the numbers of these records may not be added up, or compared with each other.
    fn check_figures(&self, records: &[RecordRef]) -> Result<(), ChartError> {
        let aggregate = match self.derivation.how {
            DerivedMeasure::ShareOfTotal | DerivedMeasure::RunningTotal => Aggregate::Sum,
            _ => Aggregate::Mean,
        };
        match self.measure {
            Measure::Count => Ok(()),
            Measure::Amounts(_) => {
                let joining = Joining::Aggregate(aggregate);
                measure::check_joinable(self.plan, records, joining, self.channel)
            }
        }
    }

    /// # Errors
    /// Where a number is a bound.
    fn exact(&self, name: &str, value: &MeasuredValue) -> Result<f64, ChartError> {
        let extent = value.extent;
        extent
            .low
            .filter(|low| extent.high == Some(*low))
            .ok_or_else(|| {
                self.error(DerivedObstacle::Bound {
                    name: name.to_owned(),
                    value: Box::new(value.text.clone()),
                })
            })
    }

    /// What the numbers are, in words, by the unit of what is stated or counted.
    fn unit(&self, stated: &str) -> String {
        let periods = self.derivation.periods.unwrap_or_default();
        match self.derivation.how {
            DerivedMeasure::ShareOfTotal => format!("share of the total of {stated}, in percent"),
            DerivedMeasure::ChangeFromPrevious => {
                format!("change from the period before, {}", difference_unit(stated))
            }
            DerivedMeasure::PercentChange => {
                format!("change of {stated} from the period before, in percent")
            }
            DerivedMeasure::RunningTotal => format!("running total of {stated}"),
            DerivedMeasure::MovingAverage => {
                format!("moving average of {stated} over {periods} periods")
            }
            DerivedMeasure::Ratio => "ratio".into(),
        }
    }

    /// What is stated or counted.
    fn stated_unit(&self, records: &[RecordRef]) -> Result<String, ChartError> {
        let unit = match self.measure {
            Measure::Count => None,
            Measure::Amounts(_) => measure::common_unit(self.plan, records, self.channel)?,
        };
        Ok(match unit {
            Some((words, _)) => words,
            None => self.plan.record_kinds[0].noun().many.to_owned(),
        })
    }
}

/// The difference of two percentages is no percentage.
fn difference_unit(stated: &str) -> &str {
    match ["percent", "per cent", "%"].contains(&stated.to_lowercase().as_str()) {
        true => "percentage points",
        false => stated,
    }
}

/// Whether the chart draws numbers of several units, divided by each other.
pub fn is_ratio(plan: &ChartPlan<'_>) -> bool {
    let derivation = plan.derivation();
    derivation.is_some_and(|(_, derivation)| derivation.how == DerivedMeasure::Ratio)
}

/// Says that no number could be worked out, where the chart asks for some.
pub fn nothing_left(plan: &ChartPlan<'_>) -> Option<ChartError> {
    let (channel, derivation) = plan.derivation()?;
    let (how, obstacle) = (derivation.how, DerivedObstacle::Nothing);
    Some(ChartErrorKind::NotDerived { how, obstacle }.at(channel))
}

/// Whether what the chart says of numbers to be worked out makes sense by itself.
///
/// # Errors
/// Where it says too little, or what it has no use for.
pub fn check(plan: &ChartPlan<'_>, measure: Measure) -> Result<(), ChartError> {
    Deriving::new(plan, measure).map(drop)
}

/// Works out the numbers of groups. `None` where the chart asks for none.
///
/// # Errors
/// Where they cannot be worked out.
pub fn of_groups(
    plan: &ChartPlan<'_>,
    measure: Measure,
    groups: &RecordGroups,
    field: &DataField,
    has_parts: bool,
) -> Result<Option<DerivedGroups>, ChartError> {
    let Some(deriving) = Deriving::new(plan, measure)? else {
        return Ok(None);
    };
    if has_parts {
        return Err(deriving.error(DerivedObstacle::Parts));
    }
    let found = match deriving.derivation.how {
        DerivedMeasure::Ratio => ratio::of_groups(&deriving, groups)?,
        DerivedMeasure::ShareOfTotal => shares(&deriving, groups)?,
        _ => periods_of_groups(&deriving, groups, field)?,
    };
    match found.numbers.is_empty() {
        true => Err(deriving.error(DerivedObstacle::Nothing)),
        false => Ok(Some(found)),
    }
}

/// Works out the numbers of the points of a line, which are in the order of time. Those that have
/// none are taken out.
///
/// # Errors
/// Where they cannot be worked out.
pub fn of_points(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    points: &mut Vec<PlotPoint>,
    notes: &mut Vec<ChartNote>,
) -> Result<(), ChartError> {
    let Some(deriving) = Deriving::new(plan, encoding.number().1)? else {
        return Ok(());
    };
    let how = deriving.derivation.how;
    if matches!(how, DerivedMeasure::Ratio | DerivedMeasure::ShareOfTotal) {
        let mark = plan.chart.mark;
        return Err(deriving.error(DerivedObstacle::OverTime(mark)));
    }
    deriving.check_aggregate()?;
    let records: Vec<RecordRef> = points
        .iter()
        .flat_map(|it| &it.mark.records)
        .copied()
        .collect();
    deriving.check_figures(&records)?;
    let mut numbers = Vec::new();
    for point in points.iter() {
        let value = MeasuredValue {
            extent: point.y,
            text: point.text.clone(),
        };
        let (Some(from), Some(to)) = (point.x.low, point.x.high) else {
            return Err(deriving.error(DerivedObstacle::NoPeriods));
        };
        let name = point_period(point);
        numbers.push(PeriodNumber {
            value: deriving.exact(&name, &value)?,
            text: value.text,
            period: PeriodSpan { name, from, to },
        });
    }
    let worked_out = sequence::work_out(&deriving, &numbers)?;
    if let Some(gap) = worked_out.inner_gap() {
        let name = numbers.get(gap).map(|number| number.period.name.clone());
        return Err(deriving.error(DerivedObstacle::GapInLine(name.unwrap_or_default())));
    }
    let mut found = worked_out.values.into_iter().zip(numbers);
    points.retain_mut(|point| {
        let Some((Some(value), number)) = found.next() else {
            return false;
        };
        point.y = value.extent;
        point.mark.label = format!("{}: {}", number.period.name, value.text);
        point.name = number.period.name;
        point.text = value.text;
        true
    });
    let new = worked_out
        .notes
        .into_iter()
        .filter(|note| !notes.contains(note));
    let new: Vec<ChartNote> = new.collect();
    notes.extend(new);
    Ok(())
}

/// The unit of a line's numbers.
pub struct PointUnits {
    /// That of the axis.
    pub axis: Option<(String, TickFormat)>,
    /// What the numbers are, in words.
    pub words: Option<String>,
}

/// The unit of a line's numbers, once they have been worked out.
///
/// # Errors
/// Where what is stated has several units.
pub fn units_of_points(
    plan: &ChartPlan<'_>,
    measure: Measure,
    records: &[RecordRef],
    stated: Option<(String, TickFormat)>,
) -> Result<PointUnits, ChartError> {
    let Some(deriving) = Deriving::new(plan, measure)? else {
        let words = stated.as_ref().map(|(words, _)| words.clone());
        return Ok(PointUnits {
            axis: stated,
            words,
        });
    };
    let words = deriving.unit(&deriving.stated_unit(records)?);
    let axis = match deriving.derivation.how {
        DerivedMeasure::PercentChange => Some(("percent".to_owned(), TickFormat::Plain)),
        _ => stated,
    };
    Ok(PointUnits {
        axis,
        words: Some(words),
    })
}

/// When a point is, in words.
fn point_period(point: &PlotPoint) -> String {
    if let Some(date) = point.dates[0] {
        return date.to_long_form();
    }
    match (point.x.low, point.x.high) {
        (Some(low), Some(high)) if low.fract() == 0.0 && high == low + 1.0 => {
            year_words(low as i32)
        }
        _ => point.name.clone(),
    }
}

/// Each number as a share of all of them.
fn shares(deriving: &Deriving<'_, '_>, groups: &RecordGroups) -> Result<DerivedGroups, ChartError> {
    deriving.check_aggregate()?;
    if groups.share_records() {
        return Err(deriving.error(DerivedObstacle::Shared));
    }
    let known = known_numbers(deriving, groups)?;
    let records: Vec<RecordRef> = groups
        .list
        .iter()
        .flat_map(|it| &it.records)
        .copied()
        .collect();
    deriving.check_figures(&records)?;
    let total = formatting::sum_of_stated(known.iter().map(|(_, value, _)| *value));
    if let Some((group, _, value)) = known.iter().find(|(_, value, _)| *value < 0.0) {
        let kind = ChartErrorKind::NegativeInWhole {
            group: group.name.clone(),
            value: Box::new(value.text.clone()),
        };
        return Err(kind.at(deriving.channel));
    }
    if total <= 0.0 {
        return Err(deriving.error(DerivedObstacle::ZeroTotal));
    }
    let exact: Vec<f64> = known
        .iter()
        .map(|(_, value, _)| value / total * 100.0)
        .collect();
    let texts = known.iter().map(|(_, _, value)| &value.text);
    let is_about = known
        .iter()
        .any(|(_, _, value)| printed::is_about(&value.text));
    let total = measure::total_text(deriving.measure, total, texts);
    let values = printed::shares(&exact, is_about);
    let numbers = known.iter().zip(values);
    let numbers = numbers.map(|((group, ..), value)| {
        let records = group.records.clone();
        (group.key.clone(), DerivedNumber { value, records })
    });
    // Small charts have a total each.
    let total = deriving.plan.chart.facet.is_none().then(|| Box::new(total));
    Ok(DerivedGroups {
        numbers: numbers.collect(),
        notes: vec![ChartNote::Formula(Formula::Share { total })],
        unit: deriving.unit(&deriving.stated_unit(&records)?),
    })
}

/// The groups in which something is stated or counted, with their numbers.
fn known_numbers<'g>(
    deriving: &Deriving<'_, '_>,
    groups: &'g RecordGroups,
) -> Result<Vec<(&'g RecordGroup, f64, MeasuredValue)>, ChartError> {
    let mut known = Vec::new();
    for group in &groups.list {
        // Nobody has stated that it is zero.
        if group.records.is_empty() && deriving.measure != Measure::Count {
            continue;
        }
        let (register, records) = (deriving.plan.register, &group.records);
        let value = deriving
            .measure
            .value_of(register, &group.name, records, deriving.channel)?;
        let exact = deriving.exact(&group.name, &value)?;
        known.push((group, exact, value));
    }
    Ok(known)
}

/// What follows from the groups as periods, one after another.
fn periods_of_groups(
    deriving: &Deriving<'_, '_>,
    groups: &RecordGroups,
    field: &DataField,
) -> Result<DerivedGroups, ChartError> {
    deriving.check_aggregate()?;
    if !matches!(field.data_type, FieldDataType::Dates) {
        return Err(deriving.error(DerivedObstacle::NoPeriods));
    }
    // A number that covers several periods is no number of one of them.
    if groups.share_records() {
        return Err(deriving.error(DerivedObstacle::Shared));
    }
    let known = known_numbers(deriving, groups)?;
    let records: Vec<RecordRef> = groups
        .list
        .iter()
        .flat_map(|it| &it.records)
        .copied()
        .collect();
    deriving.check_figures(&records)?;
    let mut numbers = Vec::new();
    for (group, value, measured) in &known {
        let date = Date::parse(&group.key).ok();
        let Some((Some(from), Some(to))) = date.map(|date| date.decimal_years()) else {
            return Err(deriving.error(DerivedObstacle::NoPeriods));
        };
        numbers.push(PeriodNumber {
            value: *value,
            text: measured.text.clone(),
            period: PeriodSpan {
                name: group.name.clone(),
                from,
                to,
            },
        });
    }
    let worked_out = sequence::work_out(deriving, &numbers)?;
    let mut found = HashMap::new();
    for ((group, ..), value) in known.iter().zip(worked_out.values) {
        if let Some(value) = value {
            let records = group.records.clone();
            found.insert(group.key.clone(), DerivedNumber { value, records });
        }
    }
    Ok(DerivedGroups {
        numbers: found,
        notes: worked_out.notes,
        unit: deriving.unit(&deriving.stated_unit(&records)?),
    })
}
