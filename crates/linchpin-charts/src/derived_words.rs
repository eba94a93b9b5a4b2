//! Words for numbers that are worked out: how, for what not, and why not at all. `messages` says
//! them.

use super::error::{DerivedGap, DerivedObstacle, Formula};
use linchpin_register::chart_vocabulary::DerivedMeasure;
use linchpin_register::english::list_with_and;

/// The most groups or periods that are named.
const MAX_NAMES: usize = 6;

/// What stands in the way, as a sentence.
pub fn reason(how: DerivedMeasure, obstacle: &DerivedObstacle) -> String {
    let what = how.label();
    match obstacle {
        DerivedObstacle::Needs("periods") => {
            "Nothing says over how many periods the average is taken.".into()
        }
        DerivedObstacle::Needs(_) => "Nothing says of what the ratio is.".into(),
        DerivedObstacle::HasNoUseFor(part) => {
            format!("“{part}” has no meaning for a {what}.")
        }
        DerivedObstacle::Parts => {
            format!("These bars have parts, and nothing says of which part the {what} is.")
        }
        DerivedObstacle::NoPeriods => format!(
            "A {what} goes from one period to the next, and these are no periods with a beginning \
            and an end."
        ),
        DerivedObstacle::OverTime(mark) => format!(
            "A {what} is of groups, and a {} goes from date to date.",
            mark.label()
        ),
        DerivedObstacle::Bound { name, value } => {
            format!("{value} under “{name}” is a bound: it has no {what}.")
        }
        DerivedObstacle::Aggregate(aggregate) => format!(
            "A {what} adds numbers up, and each of these is the {} of several.",
            aggregate.label()
        ),
        DerivedObstacle::Shared => {
            format!("A record stands in several groups, so a {what} would count it twice.")
        }
        DerivedObstacle::ZeroTotal => "All of it together is zero, which has no parts.".into(),
        DerivedObstacle::Overlap([one, other]) => format!(
            "“{one}” and “{other}” have some time in common, so neither comes before the other."
        ),
        DerivedObstacle::UnequalPeriods([one, other]) => format!(
            "“{one}” and “{other}” are not equally long, so a {what} would compare what cannot be \
            compared."
        ),
        DerivedObstacle::GapInLine(name) => {
            format!("The {what} of “{name}” is not known, and a line would run over it.")
        }
        DerivedObstacle::Nothing => format!("There is no {what} for any of the groups or periods."),
    }
}

/// What to change, as a sentence that begins with a verb.
pub fn help(how: DerivedMeasure, obstacle: &DerivedObstacle, axis: &str) -> String {
    let fixed = match obstacle {
        DerivedObstacle::Needs("periods") => "Add periods: 3 to derive, or another number from 2.",
        DerivedObstacle::Needs(_) => {
            "Add of: [(field: \"flow\", is: [\"Disbursement\"])] to derive, or another filter."
        }
        DerivedObstacle::HasNoUseFor(part) => return format!("Take {part} out of derive."),
        DerivedObstacle::Parts => "Take color out, or take derive out.",
        DerivedObstacle::NoPeriods => {
            "Choose a field with dates that name years or months, such as \"as_of\", or take \
            derive out."
        }
        DerivedObstacle::OverTime(_) => "Draw bars, with the years as groups.",
        DerivedObstacle::Bound { .. } => "Leave bounds out with a filter, or take derive out.",
        DerivedObstacle::Aggregate(_) => "Choose the sum (aggregate: Sum), or take derive out.",
        DerivedObstacle::Shared => {
            return format!(
                "Choose groups of which each record has one, let those with several values stand \
                together (together: true), or take derive out of {axis}."
            );
        }
        DerivedObstacle::ZeroTotal => "Take derive out.",
        DerivedObstacle::Overlap(_) | DerivedObstacle::UnequalPeriods(_) => {
            "Leave one of them out with a filter, or take derive out."
        }
        DerivedObstacle::GapInLine(_) => "Draw bars, or leave out what comes before with a filter.",
        DerivedObstacle::Nothing if how == DerivedMeasure::Ratio => {
            "Look at the filters of derive: of is what is measured, by what it is divided by."
        }
        DerivedObstacle::Nothing => "Take derive out, or draw more periods.",
    };
    fixed.into()
}

/// How the numbers follow from what is stated or counted.
pub fn formula(formula: &Formula) -> String {
    match formula {
        Formula::Share { total: Some(total) } => {
            format!("Share of the total: each number divided by the sum of all groups, {total}.")
        }
        Formula::Share { total: None } => "Share of the total: each number divided by the sum of \
            all groups of its small chart."
            .into(),
        Formula::Change => "Change: each number less that of the period before.".into(),
        Formula::PercentChange => "Change in percent: each number less that of the period before, \
            divided by that of the period before."
            .into(),
        Formula::RunningTotal => "Running total: each number and all before it, added up.".into(),
        Formula::MovingAverage { periods } => format!(
            "Moving average: the sum of a period and the {} before it, divided by {periods}.",
            periods.saturating_sub(1)
        ),
        Formula::Ratio { of, by } => format!("Ratio: {of}, divided by {by}."),
    }
}

/// For which groups or periods there is no number, and why.
pub fn without(names: &[String], gap: DerivedGap) -> String {
    let why = match gap {
        DerivedGap::First => "nothing comes before it",
        DerivedGap::TooEarly => "too few periods come before",
        DerivedGap::AfterGap => "a period before has no number",
        DerivedGap::ZeroBefore => "the period before has zero or less",
        DerivedGap::NothingMeasured => "nothing is stated of what is measured",
        DerivedGap::NothingToDivideBy => "nothing is stated by which to divide",
        DerivedGap::DividedByZero => "it would be divided by zero",
    };
    format!("Not drawn, because {why}: {}.", list_names(names))
}

/// Over which times a running total goes on without a number.
pub fn over_gaps(names: &[String]) -> String {
    format!(
        "Nothing is stated between {}: the running total adds nothing there.",
        names.join(", between ")
    )
}

fn list_names(names: &[String]) -> String {
    let mut names = names.to_vec();
    let more = names.len().saturating_sub(MAX_NAMES);
    if more > 1 {
        names.truncate(MAX_NAMES);
        names.push(format!("{more} more"));
    }
    list_with_and(&names)
}
