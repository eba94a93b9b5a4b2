//! Ratios: what some records of a group state, by what others do.

use super::super::error::{
    ChannelName, ChartError, ChartErrorKind, ChartNote, DerivedGap, Formula,
};
use super::super::fields::{DataField, group_name};
use super::super::groups::{RecordGroup, RecordGroups};
use super::super::measure::{self, Measure, MeasuredValue};
use super::super::plan::{ChartPlan, find_field, passes_filter};
use super::{DerivedGroups, DerivedNumber, Deriving, printed, unit_of, unit_text};
use crate::captions::{display_name, with_capital};
use crate::picture::NumberFormat;
use linchpin_register::chart::ChartFilter;
use linchpin_register::english::list_with_and;
use linchpin_register::query::facet::NONE_KEY;
use linchpin_register::{Figure, RecordRef};
use std::collections::{HashMap, HashSet};

/// One side of a ratio.
struct RatioSide<'r> {
    filters: Vec<(DataField, &'r ChartFilter)>,
}

impl<'r> RatioSide<'r> {
    fn new(
        deriving: &Deriving<'_, 'r>,
        filters: &'r [ChartFilter],
    ) -> Result<RatioSide<'r>, ChartError> {
        let kind = deriving.plan.single_kind()?;
        let field = |filter: &'r ChartFilter| {
            Ok((find_field(kind, &filter.field, deriving.channel)?, filter))
        };
        let filters: Result<Vec<_>, ChartError> = filters.iter().map(field).collect();
        Ok(RatioSide { filters: filters? })
    }

    fn records(&self, plan: &ChartPlan<'_>, all: &[RecordRef]) -> Vec<RecordRef> {
        let passes = |at: &RecordRef| {
            let mut filters = self.filters.iter();
            filters.all(|(field, filter)| passes_filter(plan.register, field, filter, *at))
        };
        all.iter().copied().filter(passes).collect()
    }

    /// The same without the field, where that says enough: "disbursement".
    fn short_words(&self, plan: &ChartPlan<'_>) -> String {
        match self.filters.as_slice() {
            [(field, filter)]
                if !filter.not
                    && filter.from.is_none()
                    && filter.to.is_none()
                    && !filter.is.is_empty() =>
            {
                let names = filter.is.iter();
                let names = names.map(|key| group_name(plan.register, field, key, false));
                display_name(&names.collect::<Vec<_>>().join(" or "))
            }
            _ => display_name(&self.words(plan)),
        }
    }

    /// "flow disbursement", "flow not pledge"; "all" where it has no filter.
    fn words(&self, plan: &ChartPlan<'_>) -> String {
        let words = |(field, filter): &(DataField, &ChartFilter)| {
            let name = |key: &String| match key == NONE_KEY {
                true => "none".to_owned(),
                false => group_name(plan.register, field, key, false),
            };
            let mut parts: Vec<String> = Vec::new();
            if !filter.is.is_empty() {
                let names: Vec<String> = filter.is.iter().map(name).collect();
                parts.push(names.join(" or "));
            }
            parts.extend(
                filter
                    .from
                    .map(|date| format!("from {}", date.to_long_form())),
            );
            parts.extend(filter.to.map(|date| format!("to {}", date.to_long_form())));
            let not = if filter.not { "not " } else { "" };
            format!("{} {not}{}", field.name_in_text(), parts.join(" "))
        };
        match self.filters.as_slice() {
            [] => "all".into(),
            filters => list_with_and(&filters.iter().map(words).collect::<Vec<_>>()),
        }
    }
}

pub fn of_groups(
    deriving: &Deriving<'_, '_>,
    groups: &RecordGroups,
) -> Result<DerivedGroups, ChartError> {
    let plan = deriving.plan;
    let of = RatioSide::new(deriving, &deriving.derivation.of)?;
    let by = RatioSide::new(deriving, &deriving.derivation.by)?;
    let all: Vec<RecordRef> = groups
        .list
        .iter()
        .flat_map(|it| &it.records)
        .copied()
        .collect();
    let (measured, dividing) = (of.records(plan, &all), by.records(plan, &all));
    let unit = RatioUnit::new(deriving, &measured, &dividing)?;
    let mut numbers = HashMap::new();
    let mut gaps: Vec<(DerivedGap, Vec<String>)> = Vec::new();
    for group in &groups.list {
        match ratio(deriving, group, [&of, &by], &unit)? {
            Ok(number) => drop(numbers.insert(group.key.clone(), number)),
            Err(gap) => match gaps.iter_mut().find(|(other, _)| *other == gap) {
                Some((_, names)) => names.push(group.name.clone()),
                None => gaps.push((gap, vec![group.name.clone()])),
            },
        }
    }
    let words = |side: &RatioSide<'_>| display_name(&side.words(plan));
    let formula = Formula::Ratio {
        of: words(&of),
        by: words(&by),
    };
    let mut notes = vec![ChartNote::Formula(formula)];
    let gap_note = |(gap, names)| ChartNote::WithoutDerived { names, gap };
    notes.extend(gaps.into_iter().map(gap_note));
    notes.extend(outside_note(deriving, [&of, &by], &all)?);
    Ok(DerivedGroups {
        numbers,
        notes,
        unit: unit.words,
    })
}

/// What a group states of both sides of a ratio.
pub struct GroupSides {
    pub delivered: Option<MeasuredValue>,
    pub target: Option<MeasuredValue>,
    /// `None` where a side is missing or a bound, or the target is not above zero.
    pub share: Option<MeasuredValue>,
    /// The records behind both.
    pub records: Vec<RecordRef>,
}

/// Both sides of the ratio of each group, by the key of the group.
pub struct RatioSides {
    pub rows: HashMap<String, GroupSides>,
    /// What is delivered, and what is the target, in words.
    pub names: (String, String),
    pub unit: String,
    pub notes: Vec<ChartNote>,
}

/// What the groups state of both sides, each by itself: both stand on one scale.
///
/// # Errors
/// Where a side is no one number, or they have several units.
pub fn sides_of_groups(
    plan: &ChartPlan<'_>,
    measure: Measure,
    groups: &RecordGroups,
) -> Result<RatioSides, ChartError> {
    let Some(deriving) = Deriving::new(plan, measure)? else {
        let channel = ChannelName::X;
        return Err(ChartErrorKind::NoTarget.at(channel));
    };
    let of = RatioSide::new(&deriving, &deriving.derivation.of)?;
    let by = RatioSide::new(&deriving, &deriving.derivation.by)?;
    let all: Vec<RecordRef> = groups
        .list
        .iter()
        .flat_map(|it| &it.records)
        .copied()
        .collect();
    let mut used = of.records(plan, &all);
    used.extend(by.records(plan, &all));
    let unit = deriving.stated_unit(&used)?;
    let mut rows = HashMap::new();
    for group in &groups.list {
        let sides = group_sides(&deriving, group, [&of, &by])?;
        if !sides.records.is_empty() {
            rows.insert(group.key.clone(), sides);
        }
    }
    let formula = Formula::Ratio {
        of: display_name(&of.words(plan)),
        by: display_name(&by.words(plan)),
    };
    let mut notes = vec![ChartNote::Formula(formula)];
    notes.extend(outside_note(&deriving, [&of, &by], &all)?);
    Ok(RatioSides {
        rows,
        names: (of.short_words(plan), by.short_words(plan)),
        unit,
        notes,
    })
}

fn group_sides(
    deriving: &Deriving<'_, '_>,
    group: &RecordGroup,
    [of, by]: [&RatioSide<'_>; 2],
) -> Result<GroupSides, ChartError> {
    let plan = deriving.plan;
    let side = |side: &RatioSide<'_>| {
        let records = side.records(plan, &group.records);
        if records.is_empty() && deriving.measure != Measure::Count {
            return Ok::<_, ChartError>((None, records));
        }
        let (register, channel) = (plan.register, deriving.channel);
        let value = deriving
            .measure
            .value_of(register, &group.name, &records, channel)?;
        Ok((Some(value), records))
    };
    let ((delivered, mut records), (target, others)) = (side(of)?, side(by)?);
    let exact = |value: &Option<MeasuredValue>| {
        let value = value.as_ref()?;
        let number = value
            .extent
            .low
            .filter(|low| value.extent.high == Some(*low));
        Some((number?, printed::is_about(&value.text)))
    };
    let share = exact(&delivered).zip(exact(&target));
    let share = share.filter(|(_, (target, _))| *target > 0.0);
    let share = share
        .map(|((delivered, a), (target, b))| printed::percent(delivered / target * 100.0, a || b));
    let known: HashSet<RecordRef> = records.iter().copied().collect();
    records.extend(others.into_iter().filter(|at| !known.contains(at)));
    Ok(GroupSides {
        delivered,
        target,
        share,
        records,
    })
}

/// Says which records stand on neither side: of the whole chart where it has small ones, since
/// a note that all of them share stands once.
fn outside_note(
    deriving: &Deriving<'_, '_>,
    sides: [&RatioSide<'_>; 2],
    grouped: &[RecordRef],
) -> Result<Option<ChartNote>, ChartError> {
    let plan = deriving.plan;
    let all = match (plan.chart.facet.is_some(), deriving.measure) {
        (false, _) => grouped.to_vec(),
        (true, Measure::Count) => plan.records.clone(),
        (true, _) => measure::drawable_figures(plan, deriving.channel)?.0,
    };
    let used = sides.iter().flat_map(|side| side.records(plan, &all));
    let used: HashSet<RecordRef> = used.collect();
    let mut seen = HashSet::new();
    let unused = all
        .iter()
        .filter(|at| !used.contains(at) && seen.insert(**at));
    let unused: Vec<RecordRef> = unused.copied().collect();
    let kind = plan.single_kind()?;
    Ok((!unused.is_empty()).then(|| ChartNote::OutsideRatio {
        left_out: unused.into(),
        kind,
    }))
}

/// The ratio of a group; why it has none.
fn ratio(
    deriving: &Deriving<'_, '_>,
    group: &RecordGroup,
    [of, by]: [&RatioSide<'_>; 2],
    unit: &RatioUnit,
) -> Result<Result<DerivedNumber, DerivedGap>, ChartError> {
    let plan = deriving.plan;
    let (measured, dividing) = (
        of.records(plan, &group.records),
        by.records(plan, &group.records),
    );
    // Where records are counted, none is zero; where they state numbers, nobody has stated it.
    let counts = deriving.measure == Measure::Count;
    if measured.is_empty() && !counts {
        return Ok(Err(DerivedGap::NothingMeasured));
    }
    if dividing.is_empty() {
        return Ok(Err(DerivedGap::NothingToDivideBy));
    }
    let number = |records: &[RecordRef]| {
        let (register, channel) = (plan.register, deriving.channel);
        let value = deriving
            .measure
            .value_of(register, &group.name, records, channel)?;
        let exact = deriving.exact(&group.name, &value)?;
        Ok::<_, ChartError>((exact, printed::is_about(&value.text)))
    };
    let ((measured_number, a), (divisor, b)) = (number(&measured)?, number(&dividing)?);
    if divisor == 0.0 {
        return Ok(Err(DerivedGap::DividedByZero));
    }
    let quotient = measured_number / divisor;
    let value = match unit.is_percent {
        true => printed::percent(quotient * 100.0, a || b),
        false => printed::quotient(quotient, NumberFormat::Full, a || b),
    };
    let mut records = measured;
    let known: HashSet<RecordRef> = records.iter().copied().collect();
    records.extend(dividing.into_iter().filter(|at| !known.contains(at)));
    Ok(Ok(DerivedNumber { value, records }))
}

/// What the ratios are in.
struct RatioUnit {
    /// Both sides have one unit.
    is_percent: bool,
    words: String,
}

impl RatioUnit {
    /// # Errors
    /// Where a side has several units.
    fn new(
        deriving: &Deriving<'_, '_>,
        measured: &[RecordRef],
        dividing: &[RecordRef],
    ) -> Result<RatioUnit, ChartError> {
        let (plan, channel) = (deriving.plan, deriving.channel);
        let percent = RatioUnit {
            is_percent: true,
            words: "ratio, in percent".into(),
        };
        if deriving.measure == Measure::Count {
            return Ok(percent);
        }
        measure::common_unit(plan, measured, channel)?;
        measure::common_unit(plan, dividing, channel)?;
        let first = |records: &[RecordRef]| -> Option<Figure> {
            let figure = records.first()?;
            plan.register.figures.get(figure.index as usize).cloned()
        };
        Ok(match (first(measured), first(dividing)) {
            (Some(one), Some(other)) if unit_of(&one) != unit_of(&other) => RatioUnit {
                is_percent: false,
                words: with_capital(&format!(
                    "{} by {}",
                    unit_text(unit_of(&one)),
                    unit_text(unit_of(&other))
                )),
            },
            _ => percent,
        })
    }
}
