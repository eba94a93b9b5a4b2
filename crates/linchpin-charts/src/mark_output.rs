//! What a mark gives back: the body, and what belongs to it.

use super::error::ChartNote;
use super::groups::RecordGroup;
use crate::picture::{AxisPosition, PictureBody};
use linchpin_register::chart_vocabulary::AxisName;
use linchpin_register::{Date, DateCertainty, RecordRef, Register};

/// A body with what belongs to it.
pub struct MarkOutput {
    pub body: PictureBody,
    /// What was left out, and how to read it.
    pub notes: Vec<ChartNote>,
    /// Notes that hold of a whole chart only, not of one of several small ones: what nothing
    /// stands for.
    pub whole_chart_notes: Vec<ChartNote>,
    /// The groups of the axes, for lines and annotations.
    pub axis_groups: AxisGroups,
    /// The unit of its numbers, where they have one. Empty where it has dates and no numbers; left
    /// out where it counts records.
    pub unit: Option<String>,
    /// A record may count more than once.
    pub has_overlap: bool,
}

/// The groups of the axes, by which a place can be named. An axis without groups has numbers or
/// dates.
#[derive(Clone, Debug, Default)]
pub struct AxisGroups {
    pub x: Vec<AxisGroup>,
    pub y: Vec<AxisGroup>,
}

/// How a group can be named.
#[derive(Clone, Debug)]
pub struct AxisGroup {
    pub key: String,
    pub name: String,
    /// Its record, where it has but one.
    pub single_record: Option<RecordRef>,
}

/// The group of several years in which a date lies.
fn place_of_date(groups: &[AxisGroup], words: &str) -> Option<usize> {
    let date = Date::parse(words).ok()?;
    groups.iter().position(|group| {
        let years = Date::parse(&group.key).ok().filter(Date::is_range);
        years.is_some_and(|years| {
            years.first_year() <= date.first_year() && date.last_year() <= years.last_year()
        })
    })
}

impl AxisGroups {
    /// Axes of which one has groups: x where bars are vertical.
    pub fn from_groups(groups: &[RecordGroup], is_vertical: bool) -> AxisGroups {
        let names = groups
            .iter()
            .map(|group| AxisGroup {
                key: group.key.clone(),
                name: group.name.clone(),
                single_record: match group.records.as_slice() {
                    [one] => Some(*one),
                    _ => None,
                },
            })
            .collect();
        if is_vertical {
            AxisGroups {
                x: names,
                y: Vec::new(),
            }
        } else {
            AxisGroups {
                x: Vec::new(),
                y: names,
            }
        }
    }

    /// The place that words name on an axis: a group by its id or name, or by the id of its one
    /// record; else a number, else a date.
    pub fn resolve_position(
        &self,
        register: &Register,
        axis: AxisName,
        words: &str,
    ) -> Option<AxisPosition> {
        let words = words.trim();
        let groups = match axis {
            AxisName::X => &self.x,
            AxisName::Y => &self.y,
        };
        if let Some(at) = groups
            .iter()
            .position(|group| group.key == words || group.name == words)
            .or_else(|| {
                let record = register.find(words)?;
                groups
                    .iter()
                    .position(|group| group.single_record == Some(record))
            })
            .or_else(|| place_of_date(groups, words))
        {
            return Some(AxisPosition::Group(at));
        }
        // An axis of groups has no numbers, and a misspelled name must not become one.
        if !groups.is_empty() {
            return None;
        }
        // A year alone is a number and a date: both have the same position.
        let number = words.replace([',', '_'], "").parse::<f64>();
        if let Ok(number) = number
            && number.is_finite()
        {
            return Some(AxisPosition::Value(number));
        }
        let date = Date::parse(words).ok()?;
        // A range, or what is not sure, is no one place.
        (!date.is_range() && date.certainty() == DateCertainty::Sure).then(|| {
            let middle = (date.start_decimal_year() + date.end_decimal_year()) / 2.0;
            AxisPosition::Value(middle)
        })
    }
}
