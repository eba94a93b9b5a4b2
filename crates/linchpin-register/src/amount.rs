//! What a stated number says: a value, a bound, a range, a date or a name.

use super::FieldType;
use super::codes;
use super::date::Date;
use super::schema::{PathStep, SchemaField, Visitable, VisitedValue};
use ron_lossless::{
    Decode, Decoder, Diagnostic, NodeId, NodeKind, SourceChange, TextEdit, digit_groups, nearest,
    only_near_match,
};
use serde::Serialize;

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

/// The forms in the file, with a line for each.
pub const AMOUNT_FORMS: &[[&str; 2]] = &[
    ["Exactly(28500)", "the number itself"],
    ["About(28500)", "an approximation"],
    ["MoreThan(1000)", "a lower bound that is not included"],
    ["AtLeast(1000)", "a lower bound that is included"],
    ["LessThan(1000)", "an upper bound that is not included"],
    ["AtMost(1000)", "an upper bound that is included"],
    ["Between(1000, 2000)", "both bounds, included"],
    ["On(\"2009-08-07\")", "a date"],
    ["Named(\"B-21\")", "a number that is a name"],
];

const BAD: &str = codes::BAD_AMOUNT;

const FORM_NAMES: &[&str] = &[
    "Exactly", "About", "MoreThan", "AtLeast", "LessThan", "AtMost", "Between", "On", "Named",
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

    /// A number to sort by.
    pub fn sort_key(&self) -> f64 {
        match self {
            Amount::On(date) => date.start_decimal_year(),
            Amount::Named(_) => f64::INFINITY,
            other => match other.bounds() {
                (Some(v), _) | (None, Some(v)) => v,
                (None, None) => f64::INFINITY,
            },
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
        let span = d.span(node);
        let amount = match name {
            "On" => Amount::On(Date::decode(d, args[0])?),
            "Named" => Amount::Named(String::decode(d, args[0])?),
            "Between" => {
                let (low, high) = (f64::decode(d, args[0]), f64::decode(d, args[1]));
                let (low, high) = (low?, high?);
                if low > high {
                    d.report(
                        Diagnostic::error(span, BAD, "The lower bound is above the upper bound")
                            .with_help(format!("write Between({high}, {low})"))
                            .with_fix_if_any(swap_bounds_fix(d, args[0], args[1])),
                    );
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
    let bad = |message: String, help: String| Diagnostic::error(span, BAD, message).with_help(help);
    let problem = match d.tree().kind(node) {
        NodeKind::Error => return None,
        NodeKind::Word | NodeKind::Record => {
            let (name, name_span, args) = d.call(node)?;
            let example = AMOUNT_FORMS
                .iter()
                .find(|f| f[0].split('(').next() == Some(name));
            let arity = if name == "Between" { 2 } else { 1 };
            match example {
                Some(_) if args.len() == arity => return Some((name, args)),
                Some([example, _]) => {
                    let takes = if arity == 1 {
                        "one value"
                    } else {
                        "two values"
                    };
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    // 28,500 reads as two values.
                    let help = if arity == 1 && args.len() > 1 && !digits.is_empty() {
                        format!("write {name}({digits}), without a comma inside the number")
                    } else {
                        format!("write for instance {example}")
                    };
                    bad(format!("`{name}` takes {takes} in its brackets"), help)
                        .with_fix_if_any(ungroup_digits_fix(d, &args, arity))
                }
                None => {
                    let help = match nearest(name, FORM_NAMES.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("write one of {}", all_forms()),
                    };
                    let problem = Diagnostic {
                        span: name_span,
                        ..bad(format!("`{name}` is no known form of an amount"), help)
                    };
                    match only_near_match(name, FORM_NAMES.iter().copied()) {
                        Some(near) => problem.with_fix(format!("Write `{near}`"), name_span, near),
                        None => problem,
                    }
                }
            }
        }
        NodeKind::Number => bad(
            "Nothing says whether this number is exact or a bound".into(),
            format!("write Exactly({text}), or MoreThan({text}) for a lower bound"),
        ),
        _ => bad(
            "This is no amount".into(),
            format!("write one of {}", all_forms()),
        ),
    };
    d.report(problem);
    None
}

/// The two values, each in the place of the other.
fn swap_bounds_fix(d: &Decoder<'_>, low: NodeId, high: NodeId) -> Option<SourceChange> {
    let splices = vec![
        TextEdit::new(d.span(low), d.text(high)),
        TextEdit::new(d.span(high), d.text(low)),
    ];
    SourceChange::new("Swap the bounds", splices)
}

/// `Exactly(28,500)`: numbers whose digits are grouped by commas, where as many numbers are left as
/// the form needs.
fn ungroup_digits_fix(d: &Decoder<'_>, args: &[NodeId], arity: usize) -> Option<SourceChange> {
    let is_number = |node: &&NodeId| d.tree().kind(**node) == NodeKind::Number;
    if args.iter().filter(is_number).count() != args.len() {
        return None;
    }
    let mut splices = Vec::new();
    let mut numbers = 0;
    let mut end = 0;
    for &node in args {
        // A later group of the number before.
        if d.span(node).start < end {
            continue;
        }
        numbers += 1;
        if let Some(change) = digit_groups(d.whole_text(), d.span(node)) {
            end = change.edits.last().map_or(0, |last| last.span.end + 3);
            splices.extend(change.edits);
        }
    }
    let is_unambiguous = numbers == arity && !splices.is_empty();
    is_unambiguous.then(|| SourceChange::new("Delete the commas inside numbers", splices))?
}

fn all_forms() -> String {
    let forms: Vec<&str> = AMOUNT_FORMS.iter().map(|f| f[0]).collect();
    forms.join(", ")
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
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            s.serialize_i64(self.0 as i64)
        } else {
            s.serialize_f64(self.0)
        }
    }
}

impl Visitable for Amount {
    fn walk<'a>(
        &'a self,
        path: &mut Vec<PathStep>,
        visit: &mut dyn FnMut(&[PathStep], VisitedValue<'a>),
    ) {
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
                let problem = Diagnostic::error(
                    d.span(node),
                    codes::BAD_VALUE,
                    "Here belongs Yes, or No with a reason",
                )
                .with_help("write Yes or No(\"a rank is not a quantity\")");
                let word = d.text(node).trim_matches('"').to_ascii_lowercase();
                d.report(match word.as_str() {
                    "yes" | "true" | "yes()" => {
                        problem.with_fix("Write `Yes`", d.span(node), "Yes")
                    }
                    _ => problem,
                });
                None
            }
        }
    }
}

impl Visitable for Chartable {
    fn walk<'a>(
        &'a self,
        path: &mut Vec<PathStep>,
        visit: &mut dyn FnMut(&[PathStep], VisitedValue<'a>),
    ) {
        if let Chartable::No(reason) = self {
            visit(path, VisitedValue::Text(reason));
        }
    }
}

impl SchemaField for Chartable {
    const SHAPE: &'static str = "Yes or No(\"reason\")";
    const FIELD_TYPE: FieldType = FieldType::Chartable;
}
