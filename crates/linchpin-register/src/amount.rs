//! What a stated number says: a value, a bound, a range, a date or a name.

use super::FieldType;
use super::date::Date;
use super::messages::{Problem, SWAP_BOUNDS_FIX, UNGROUP_DIGITS_FIX, write_fix};
use super::query::fold::{fold, natural_order};
use super::schema::{PathStep, SchemaField, VisitFn, Visitable, VisitedValue};
use ron_lossless::{
    Decode, Decoder, NodeId, NodeKind, SourceChange, TextEdit, digit_groups, nearest,
    only_near_match,
};
use serde::Serialize;
use std::cmp::Ordering;

/// A stated number with its bound. "More than 1,000" is a lower bound and never 1,000.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    Exactly(f64),
    About(f64),
    MoreThan(f64),
    AtLeast(f64),
    LessThan(f64),
    AtMost(f64),
    Between(f64, f64),
    On(Date),
    Named(String),
}

/// The place of an amount among others: numbers first, then dates, then names.
#[derive(Clone, Debug, PartialEq)]
pub enum AmountOrder {
    /// By the number that is stated. Where two state the same, what is below it comes before the
    /// number itself, and what is above it after.
    Number {
        /// The number; of a range, its lower end.
        value: f64,
        /// Below the number, the number itself, above it: by how much the bound leaves out.
        side: i8,
        /// The upper end of a range.
        upper: f64,
    },
    /// A date is no number, and stands among dates.
    Date(Date),
    /// Folded.
    Name(String),
}

impl AmountOrder {
    /// Which of two comes first.
    pub fn compare(&self, other: &AmountOrder) -> Ordering {
        let class = |order: &AmountOrder| match order {
            AmountOrder::Number { .. } => 0,
            AmountOrder::Date(_) => 1,
            AmountOrder::Name(_) => 2,
        };
        match (self, other) {
            (AmountOrder::Date(a), AmountOrder::Date(b)) => a.cmp(b),
            (AmountOrder::Name(a), AmountOrder::Name(b)) => natural_order(a, b),
            (
                AmountOrder::Number { value, side, upper },
                AmountOrder::Number {
                    value: other_value,
                    side: other_side,
                    upper: other_upper,
                },
            ) => value
                .total_cmp(other_value)
                .then(side.cmp(other_side))
                .then(upper.total_cmp(other_upper)),
            (a, b) => class(a).cmp(&class(b)),
        }
    }
}

/// A form of an amount, as it stands in the file.
pub struct AmountForm {
    /// "Exactly"
    pub name: &'static str,
    /// The form with its values: "Exactly(28500)".
    pub example: &'static str,
    /// What it says, in a few words.
    pub meaning: &'static str,
    /// How many values stand in its brackets.
    pub arity: usize,
}

const fn form(
    name: &'static str,
    arity: usize,
    example: &'static str,
    meaning: &'static str,
) -> AmountForm {
    AmountForm {
        name,
        example,
        meaning,
        arity,
    }
}

/// The forms of an amount.
pub const AMOUNT_FORMS: &[AmountForm] = &[
    form("Exactly", 1, "Exactly(28500)", "the number itself"),
    form("About", 1, "About(28500)", "an approximation"),
    form(
        "MoreThan",
        1,
        "MoreThan(1000)",
        "a lower bound that is not included",
    ),
    form(
        "AtLeast",
        1,
        "AtLeast(1000)",
        "a lower bound that is included",
    ),
    form(
        "LessThan",
        1,
        "LessThan(1000)",
        "an upper bound that is not included",
    ),
    form(
        "AtMost",
        1,
        "AtMost(1000)",
        "an upper bound that is included",
    ),
    form("Between", 2, "Between(1000, 2000)", "both bounds, included"),
    form("On", 1, "On(\"2009-08-07\")", "a date"),
    form("Named", 1, "Named(\"B-21\")", "a number that is a name"),
];

impl Amount {
    /// The bounds (lower, upper), where there are any.
    pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
        match *self {
            Amount::Exactly(v) | Amount::About(v) => (Some(v), Some(v)),
            Amount::MoreThan(v) | Amount::AtLeast(v) => (Some(v), None),
            Amount::LessThan(v) | Amount::AtMost(v) => (None, Some(v)),
            Amount::Between(a, b) => (Some(a), Some(b)),
            Amount::On(_) | Amount::Named(_) => (None, None),
        }
    }

    /// The place of the amount among others.
    pub fn order(&self) -> AmountOrder {
        let number = |value: f64, side: i8, upper: f64| AmountOrder::Number { value, side, upper };
        match self {
            Amount::LessThan(value) => number(*value, -2, *value),
            Amount::AtMost(value) => number(*value, -1, *value),
            Amount::Exactly(value) => number(*value, 0, *value),
            Amount::About(value) => number(*value, 1, *value),
            Amount::Between(low, high) => number(*low, 2, *high),
            Amount::AtLeast(value) => number(*value, 3, f64::INFINITY),
            Amount::MoreThan(value) => number(*value, 4, f64::INFINITY),
            Amount::On(date) => AmountOrder::Date(*date),
            Amount::Named(name) => AmountOrder::Name(fold(name)),
        }
    }

    /// The sign that goes before the number: ">", "≥", "about "…
    pub fn bound_prefix(&self) -> &'static str {
        match self {
            Amount::About(_) => "about ",
            Amount::MoreThan(_) => "> ",
            Amount::AtLeast(_) => "≥ ",
            Amount::LessThan(_) => "< ",
            Amount::AtMost(_) => "≤ ",
            _ => "",
        }
    }
}

impl Decode for Amount {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let (name, args) = parse_form(d, node)?;
        let amount = match name {
            "On" => Amount::On(Date::decode(d, args[0])?),
            "Named" => Amount::Named(String::decode(d, args[0])?),
            "Between" => {
                // Both are read before either is given up, so that the problems of both are
                // reported.
                let (low, high) = (f64::decode(d, args[0]), f64::decode(d, args[1]));
                let (low, high) = (low?, high?);
                if low > high {
                    let problem = Problem::SwappedBounds { low, high }.at(d.span(node));
                    d.report(problem.with_fix_if_any(swap_bounds_fix(d, args[0], args[1])));
                    return None;
                }
                Amount::Between(low, high)
            }
            _ => {
                let value = f64::decode(d, args[0])?;
                match name {
                    "Exactly" => Amount::Exactly(value),
                    "About" => Amount::About(value),
                    "MoreThan" => Amount::MoreThan(value),
                    "AtLeast" => Amount::AtLeast(value),
                    "LessThan" => Amount::LessThan(value),
                    _ => Amount::AtMost(value),
                }
            }
        };
        Some(amount)
    }
}

/// The form of an amount and its values, as many as the form needs.
fn parse_form<'s>(d: &mut Decoder<'s>, node: NodeId) -> Option<(&'s str, Vec<NodeId>)> {
    let (span, text) = (d.span(node), d.text(node));
    let problem = match d.tree().kind(node) {
        NodeKind::Error => return None,
        NodeKind::Word | NodeKind::Record => {
            let (name, name_span, args) = d.call(node)?;
            match AMOUNT_FORMS.iter().find(|form| form.name == name) {
                Some(form) if args.len() == form.arity => return Some((name, args)),
                Some(form) => {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    let problem = match form.arity == 1 && args.len() > 1 && !digits.is_empty() {
                        true => Problem::GroupedDigits {
                            form: name,
                            digits: &digits,
                        },
                        false => Problem::AmountArity {
                            form: name,
                            arity: form.arity,
                            example: form.example,
                        },
                    };
                    let fix = ungroup_digits_fix(d, &args, form.arity);
                    problem.at(span).with_fix_if_any(fix)
                }
                None => {
                    let names = || AMOUNT_FORMS.iter().map(|form| form.name);
                    let near = nearest(name, names());
                    let problem = Problem::UnknownAmountForm { form: name, near }.at(name_span);
                    match only_near_match(name, names()) {
                        Some(near) => {
                            problem.with_fix(write_fix(&format!("`{near}`")), name_span, near)
                        }
                        None => problem,
                    }
                }
            }
        }
        NodeKind::Number => Problem::BareNumber { number: text }.at(span),
        _ => Problem::NotAnAmount.at(span),
    };
    d.report(problem);
    None
}

/// The two values, each in the place of the other.
fn swap_bounds_fix(d: &Decoder<'_>, low: NodeId, high: NodeId) -> Option<SourceChange> {
    let edits = vec![
        TextEdit::new(d.span(low), d.text(high)),
        TextEdit::new(d.span(high), d.text(low)),
    ];
    SourceChange::new(SWAP_BOUNDS_FIX, edits)
}

/// `Exactly(28,500)`: numbers whose digits are grouped by commas, where as many numbers are left as
/// the form needs.
fn ungroup_digits_fix(d: &Decoder<'_>, args: &[NodeId], arity: usize) -> Option<SourceChange> {
    let is_number = |node: &&NodeId| d.tree().kind(**node) == NodeKind::Number;
    if args.iter().filter(is_number).count() != args.len() {
        return None;
    }
    let mut edits = Vec::new();
    let mut numbers = 0;
    let mut end = 0;
    for &node in args {
        // A later group of the number before.
        if d.span(node).start < end {
            continue;
        }
        numbers += 1;
        if let Some(change) = digit_groups(d.whole_text(), d.span(node)) {
            // Behind the last comma stand three digits more.
            end = change.edits.last().map_or(0, |last| last.span.end + 3);
            edits.extend(change.edits);
        }
    }
    let is_unambiguous = numbers == arity && !edits.is_empty();
    is_unambiguous.then(|| SourceChange::new(UNGROUP_DIGITS_FIX, edits))?
}

impl Serialize for Amount {
    /// As an object that says which bounds there are: `{"form", "lower", "lower_inclusive",
    /// "upper", "upper_inclusive"}`, `{"form", "date"}` or `{"form", "name"}`.
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let (form, lower_in, upper_in) = match self {
            Amount::Exactly(_) => ("Exactly", true, true),
            Amount::About(_) => ("About", true, true),
            Amount::MoreThan(_) => ("MoreThan", false, false),
            Amount::AtLeast(_) => ("AtLeast", true, false),
            Amount::LessThan(_) => ("LessThan", false, false),
            Amount::AtMost(_) => ("AtMost", false, true),
            Amount::Between(..) => ("Between", true, true),
            Amount::On(_) => ("On", false, false),
            Amount::Named(_) => ("Named", false, false),
        };
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("form", form)?;
        match self {
            Amount::On(date) => map.serialize_entry("date", date)?,
            Amount::Named(name) => map.serialize_entry("name", name)?,
            _ => {
                let (lower, upper) = self.bounds();
                map.serialize_entry("lower", &lower.map(JsonNumber))?;
                map.serialize_entry("lower_inclusive", &lower_in)?;
                map.serialize_entry("upper", &upper.map(JsonNumber))?;
                map.serialize_entry("upper_inclusive", &upper_in)?;
            }
        }
        map.end()
    }
}

/// Whole numbers are written without ".0".
struct JsonNumber(f64);

impl Serialize for JsonNumber {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        // Up to here an f64 has every whole number, so that the cast loses nothing.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            s.serialize_i64(self.0 as i64)
        } else {
            s.serialize_f64(self.0)
        }
    }
}

impl Visitable for Amount {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        if let Amount::Named(name) = self {
            visit(path, VisitedValue::Text(name));
        }
    }
}

impl SchemaField for Amount {
    const SHAPE: &'static str = "amount";
    const FIELD_TYPE: FieldType = FieldType::Amount;
}

/// Whether a figure may become a mark on a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Chartable {
    Yes,
    /// Not, for this reason.
    No(String),
}

impl Decode for Chartable {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        match d.call(node) {
            Some(("Yes", _, args)) if args.is_empty() => Some(Chartable::Yes),
            Some(("No", _, args)) if args.len() == 1 => {
                String::decode(d, args[0]).map(Chartable::No)
            }
            _ => {
                let problem = Problem::NotYesOrNo.at(d.span(node));
                let word = d.text(node).trim_matches('"').to_ascii_lowercase();
                d.report(match word.as_str() {
                    "yes" | "true" | "yes()" => {
                        problem.with_fix(write_fix("`Yes`"), d.span(node), "Yes")
                    }
                    _ => problem,
                });
                None
            }
        }
    }
}

impl Visitable for Chartable {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        if let Chartable::No(reason) = self {
            visit(path, VisitedValue::Text(reason));
        }
    }
}

impl SchemaField for Chartable {
    const SHAPE: &'static str = "Yes or No(\"reason\")";
    const FIELD_TYPE: FieldType = FieldType::Chartable;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_stand_around_their_number_and_dates_apart() {
        let date = |code: &str| Amount::On(Date::parse(code).unwrap());
        let sorted = [
            Amount::Exactly(-3.0),
            Amount::LessThan(5.0),
            Amount::AtMost(5.0),
            Amount::Exactly(5.0),
            Amount::About(5.0),
            Amount::Between(5.0, 6.0),
            Amount::Between(5.0, 9.0),
            Amount::AtLeast(5.0),
            Amount::MoreThan(5.0),
            Amount::LessThan(5000.0),
            date("0007"),
            date("2009-08-07"),
            Amount::Named("B-2".into()),
            Amount::Named("b-10".into()),
        ];
        for (at, pair) in sorted.windows(2).enumerate() {
            let order = pair[0].order().compare(&pair[1].order());
            assert_eq!(order, Ordering::Less, "{at}: {pair:?}");
        }
    }
}
