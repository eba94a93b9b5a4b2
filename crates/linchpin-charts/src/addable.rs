//! Which stated numbers may become one, and which may not: a pledge and its payment, the troops of
//! two years, percentages, a part and its whole have no sum, whatever their unit says.

use super::captions::display_name;
use super::error::{ChannelName, ChartError, ChartErrorKind, Joining, SumObstacle};
use linchpin_register::chart_vocabulary::Aggregate;
use linchpin_register::vocabulary::{FigureKind, MoneyFlow};
use linchpin_register::{Date, Figure, Link, Party, Period, Register};
use std::collections::{HashMap, HashSet};

/// Whether figures may be made one number.
///
/// # Errors
/// Where they may not; with the two that stand against each other.
pub fn check_addable(
    register: &Register,
    figures: &[&Figure],
    joining: Joining,
    channel: ChannelName,
) -> Result<(), ChartError> {
    let found = match joining {
        Joining::Parts | Joining::Aggregate(Aggregate::Sum) => sum_obstacle(register, figures),
        // The mean of percentages, or of what was there at several times, is one of its kind; a
        // mean of promises and payments is neither.
        Joining::Aggregate(Aggregate::Mean | Aggregate::Median) => kind_obstacle(figures),
        // One of them, as it is stated.
        Joining::Aggregate(Aggregate::Min | Aggregate::Max | Aggregate::Count) => None,
    };
    let Some((obstacle, one, other)) = found else {
        return Ok(());
    };
    let figures = Box::new([one.clone(), other.clone()]);
    let kind = ChartErrorKind::NotAddable {
        figures,
        obstacle,
        joining,
    };
    Err(kind.at(channel))
}

type Obstacle<'f> = (SumObstacle, &'f Figure, &'f Figure);

/// What stands against a sum and a mean alike.
fn kind_obstacle<'f>(figures: &[&'f Figure]) -> Option<Obstacle<'f>> {
    let (first, rest) = figures.split_first()?;
    let other_flow = rest.iter().find(|figure| figure.flow != first.flow);
    if let Some(other) = other_flow {
        return Some((SumObstacle::Flows, first, other));
    }
    let measure = first.effective_measure();
    let other_measure = rest.iter().find(|it| it.effective_measure() != measure);
    if let Some(other) = other_measure {
        return Some((SumObstacle::Measures, first, other));
    }
    let is_place = |figure: &&&Figure| !is_quantity(figure.kind);
    let place = figures.iter().find(is_place)?;
    let other = figures.iter().find(|other| !std::ptr::eq(**other, *place));
    Some((SumObstacle::Order, place, other?))
}

fn sum_obstacle<'f>(register: &Register, figures: &[&'f Figure]) -> Option<Obstacle<'f>> {
    let (first, rest) = figures.split_first()?;
    if let Some(found) = kind_obstacle(figures) {
        return Some(found);
    }
    let second = rest.first()?;
    if figures.iter().any(|figure| is_ratio(figure)) {
        return Some((SumObstacle::Ratios, first, second));
    }
    times_obstacle(figures).or_else(|| overlap(register, figures))
}

/// Whether numbers of a kind measure something.
fn is_quantity(kind: FigureKind) -> bool {
    match kind {
        FigureKind::Count | FigureKind::Money | FigureKind::Duration => true,
        FigureKind::Rank | FigureKind::Date | FigureKind::Ordinal | FigureKind::Identifier => false,
    }
}

/// Words by which a unit is one of ratios, of money too, and those that money may have for other
/// reasons: "dollars at the rate of the day".
const PERCENT_WORDS: [&str; 5] = ["percent", "percentage", "percentages", "permille", "퍼센트"];
const RATIO_WORDS: [&str; 6] = ["ratio", "ratios", "share", "rate", "index", "비율"];

/// What a rate over time is for each of: pledges of dollars per year add up, those of dollars per
/// head do not.
const TIME_WORDS: [&str; 12] = [
    "year", "annum", "month", "week", "day", "hour", "quarter", "decade", "years", "months",
    "days", "fiscal",
];

/// Whether a figure says how much there is for each of something: by its measure, else by the words
/// of its unit.
pub fn is_ratio(figure: &Figure) -> bool {
    if let Some(measure) = figure.measure {
        return !measure.is_additive();
    }
    let Some(unit) = &figure.unit else {
        return false;
    };
    let unit = unit.to_lowercase();
    if unit.contains(['%', '‰']) {
        return true;
    }
    let is_mark = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = unit
        .split(is_mark)
        .filter(|word| !word.is_empty())
        .collect();
    let is_per = |(at, word): (usize, &&str)| {
        let next = words.get(at + 1);
        *word == "per" && next.is_some_and(|next| !TIME_WORDS.contains(next))
    };
    let is_money = figure.kind == FigureKind::Money;
    let is_word =
        |word: &&str| PERCENT_WORDS.contains(word) || (!is_money && RATIO_WORDS.contains(word));
    words.iter().any(is_word) || words.iter().enumerate().any(is_per)
}

/// What is there at two times: the same troops, counted twice.
fn times_obstacle<'f>(figures: &[&'f Figure]) -> Option<Obstacle<'f>> {
    let stocks: Vec<&&Figure> = figures.iter().filter(|figure| is_stock(figure)).collect();
    let (first, rest) = stocks.split_first()?;
    let at = |figure: &Figure| figure.as_of.as_ref().map(|as_of| as_of.date);
    let other = rest.iter().find(|figure| at(figure) != at(first))?;
    Some((SumObstacle::Times, first, other))
}

/// Whether a figure says what is there, rather than what has come or gone in a time: by its flow,
/// or as a count that holds at a date.
fn is_stock(figure: &Figure) -> bool {
    match figure.flow {
        Some(flow) => flow == MoneyFlow::Stock,
        None => {
            figure.kind == FigureKind::Count && figure.period.is_none() && figure.as_of.is_some()
        }
    }
}

/// How what one figure covers lies to what another does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    Apart,
    Same,
    Shared,
}

/// Two figures that count some of the same.
fn overlap<'f>(register: &Register, figures: &[&'f Figure]) -> Option<Obstacle<'f>> {
    let hierarchy = parties_in_hierarchies(register);
    for group in comparable_figures(figures, &hierarchy) {
        for (at, (one, span)) in group.iter().enumerate() {
            // They are sorted by their beginnings: who begins after this one's end shares nothing.
            let near = group[at + 1..]
                .iter()
                .take_while(|(_, other)| other.0 < span.1 || other == span);
            for (other, _) in near {
                if covers(register, one, other) == Cover::Shared {
                    return Some((SumObstacle::Part, one, other));
                }
            }
        }
    }
    repeated(figures)
}

/// A figure with the decimal years of its time; the same for all where it says none.
type FigureSpan<'f> = (&'f Figure, (f64, f64));

/// The figures that can be a part of one another, one of each that cover the same, by their
/// beginnings: comparing all with all would take the square of their number.
fn comparable_figures<'f>(
    figures: &[&'f Figure],
    hierarchy: &HashSet<&str>,
) -> Vec<Vec<FigureSpan<'f>>> {
    let mut place_of: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<FigureSpan<'f>>> = Vec::new();
    let mut seen: HashSet<(String, u64, u64)> = HashSet::new();
    for &figure in figures {
        let parties = figure.from.iter().map(|link| (0, link.as_str()));
        let parties = parties.chain(figure.to.iter().map(|link| (1, link.as_str())));
        let parties = parties.chain(figure.subjects.iter().map(|link| (2, link.as_str())));
        let parties: Vec<(u8, &str)> = parties.collect();
        let is_linked = parties.iter().any(|(_, id)| hierarchy.contains(id));
        if figure.period.is_none() && !is_linked {
            continue;
        }
        let span = figure
            .period
            .as_ref()
            .map_or((0.0, f64::INFINITY), |period| time_span(figure, period));
        // A party of a hierarchy may stand for any other of one.
        let mut alike: Vec<(u8, &str)> = parties.clone();
        for (_, id) in &mut alike {
            if hierarchy.contains(id) {
                *id = "";
            }
        }
        alike.dedup();
        let themes = &figure.themes;
        let kind = format!("{:?} {themes:?} {alike:?}", figure.period.is_some());
        let (from, to) = (span.0.to_bits(), span.1.to_bits());
        if seen.insert((format!("{themes:?} {parties:?}"), from, to)) {
            let place = *place_of.entry(kind).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push((figure, span));
        }
    }
    for group in &mut groups {
        group.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
    }
    groups
}

/// The parties that belong to another one, or have others that belong to them.
fn parties_in_hierarchies(register: &Register) -> HashSet<&str> {
    let mut found = HashSet::new();
    for party in &register.parties {
        let links = party.parent.iter().chain(&party.members);
        found.extend(links.map(|link| link.as_str()));
        if party.parent.is_some() || !party.members.is_empty() {
            found.insert(party.id.as_str());
        }
    }
    found
}

/// A number that stands in two records in the same words.
fn repeated<'f>(figures: &[&'f Figure]) -> Option<Obstacle<'f>> {
    let key = |figure: &Figure| {
        let date = figure.as_of.as_ref().map(|as_of| as_of.date.to_code());
        let period = figure.period.as_ref();
        let to = period.and_then(|period| period.to.as_ref().map(Date::to_code));
        let title = display_name(&figure.title).to_lowercase();
        (title, date, period.map(|period| period.from.to_code()), to)
    };
    let mut seen = HashMap::new();
    for figure in figures {
        let same = seen.entry(key(figure)).or_insert(*figure);
        if !std::ptr::eq(*same, *figure)
            && same.amount == figure.amount
            && same.from == figure.from
            && same.to == figure.to
        {
            return Some((SumObstacle::Twice, same, figure));
        }
    }
    None
}

fn covers(register: &Register, one: &Figure, other: &Figure) -> Cover {
    if one.themes != other.themes {
        return Cover::Apart;
    }
    let parties =
        |list: fn(&Figure) -> Vec<&Link<Party>>| party_cover(register, &list(one), &list(other));
    let all = [
        parties(|figure| figure.from.iter().collect()),
        parties(|figure| figure.to.iter().collect()),
        parties(|figure| figure.subjects.iter().collect()),
        time_cover(one, other),
    ];
    match () {
        () if all.contains(&Cover::Apart) => Cover::Apart,
        () if all.contains(&Cover::Shared) => Cover::Shared,
        () => Cover::Same,
    }
}

fn party_cover(register: &Register, one: &[&Link<Party>], other: &[&Link<Party>]) -> Cover {
    if one == other {
        return Cover::Same;
    }
    let is_within = |parts: &[&Link<Party>], wholes: &[&Link<Party>]| {
        let within = |part: &&Link<Party>| {
            let mut wholes = wholes.iter();
            wholes.any(|whole| whole == part || is_part(register, part, whole))
        };
        !parts.is_empty() && parts.iter().all(within)
    };
    match is_within(one, other) || is_within(other, one) {
        true => Cover::Shared,
        false => Cover::Apart,
    }
}

/// Whether a party belongs to another, by its parents or as a member.
fn is_part(register: &Register, part: &Link<Party>, whole: &Link<Party>) -> bool {
    /// Longer chains are circles.
    const MAX_STEPS: usize = 16;
    let members = register.get::<Party>(whole.as_str());
    if members.is_some_and(|party| party.members.contains(part)) {
        return true;
    }
    let mut at = part;
    for _ in 0..MAX_STEPS {
        let parent = register.get::<Party>(at.as_str());
        match parent.and_then(|party| party.parent.as_ref()) {
            Some(parent) if parent == whole => return true,
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}

/// When the period of a figure begins and ends, in decimal years.
fn time_span(figure: &Figure, period: &Period) -> (f64, f64) {
    // "Since 2021", as of 2025, ends there as far as the number goes.
    let as_of = figure.as_of.as_ref().map(|as_of| as_of.date);
    let end = period.to.or(as_of);
    let end = end.as_ref().map_or(f64::INFINITY, Date::end_decimal_year);
    (period.from.start_decimal_year(), end)
}

fn time_cover(one: &Figure, other: &Figure) -> Cover {
    let (Some(a), Some(b)) = (&one.period, &other.period) else {
        return match one.period.is_some() || other.period.is_some() {
            // Nobody knows of what time the other is.
            true => Cover::Apart,
            false => Cover::Same,
        };
    };
    let ((from_a, to_a), (from_b, to_b)) = (time_span(one, a), time_span(other, b));
    match () {
        () if (from_a, to_a) == (from_b, to_b) => Cover::Same,
        () if from_a < to_b && from_b < to_a => Cover::Shared,
        () => Cover::Apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    /// A register with two figures that have these fields.
    fn register(fields: [&str; 2]) -> Register {
        let figure = |(id, fields): (&str, &str)| {
            format!(
                "(id: \"{id}\", title: \"{id}\", statement: \"S.\", kind: Count, amount: \
                Exactly(5), chartable: Yes, {fields}),"
            )
        };
        let figures: String = ["a", "b"].into_iter().zip(fields).map(figure).collect();
        let text = format!(
            "#![enable(implicit_some)]\n(format: 1, title: \"T\", parties: [(id: \"all\", name: \
            \"All\", kind: Grouping, members: [\"x\"]), (id: \"x\", name: \"X\", kind: State), \
            (id: \"y\", name: \"Y\", kind: State, parent: \"z\"), (id: \"z\", name: \"Z\", kind: \
            State)], figures: [{figures}])"
        );
        (*load(text, Vec::new()).register).clone()
    }

    #[test]
    fn a_unit_says_whether_it_is_a_ratio() {
        let mut figure = register(["", ""]).figures.remove(0);
        for (unit, is) in [
            ("percent of GDP", true),
            ("per cent", true),
            ("%", true),
            ("percentage points", true),
            ("U.S. dollars per capita", true),
            ("deaths per 100,000", true),
            ("U.S. dollars per year", false),
            ("U.S. dollars", false),
            ("shareholders", false),
            ("personnel", false),
        ] {
            figure.unit = Some(unit.into());
            assert_eq!(is_ratio(&figure), is, "{unit}");
        }
        figure.kind = FigureKind::Money;
        figure.unit = Some("dollars at the rate of the day".into());
        assert!(!is_ratio(&figure));
    }

    #[test]
    fn parts_and_wholes_are_known_by_parties_and_times() {
        let period = |from: &str, to: &str| format!("period: (from: \"{from}\", to: \"{to}\")");
        let (years, year) = (period("2022", "2024"), period("2023", "2023"));
        let (early, late) = (period("2022", "2023"), period("2023", "2024"));
        let before = period("2022", "2022");
        let cases = [
            ("from: \"all\"", "from: \"x\"", true),
            ("subjects: [\"z\"]", "subjects: [\"y\"]", true),
            ("from: \"x\"", "from: \"y\"", false),
            (&years, &year, true),
            (&early, &late, true),
            (&before, &year, false),
            (&year, &year, false),
        ];
        for (one, other, is_part) in cases {
            let register = register([one, other]);
            let figures: Vec<&Figure> = register.figures.iter().collect();
            let found = overlap(&register, &figures).map(|found| found.0);
            assert_eq!(
                found,
                is_part.then_some(SumObstacle::Part),
                "{one}, {other}"
            );
        }
    }
}
