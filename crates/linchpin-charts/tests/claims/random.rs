//! Random charts of random numbers: what a picture prints stands in its data table, its keys and
//! its marks agree, and no word of a vocabulary is printed as the file writes it.

use super::BASE;
use linchpin_charts::DataField;
use linchpin_charts::build;
use linchpin_charts::picture::{LegendKey, Picture, PictureBody, PrintedValue};
use linchpin_register::chart_vocabulary::{MarkKind, NumberStyle, RecordList};
use linchpin_register::load;
use linchpin_register::query::CountingRule;
use std::collections::{BTreeMap, BTreeSet};

const REGISTERS: u64 = 60;
const CHARTS: usize = 150;

/// Numbers that look random and never change (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// One in so many times.
    fn rarely(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const NUMBERS: [&str; 14] = [
    "0",
    "1",
    "2",
    "3.5",
    "17",
    "99.9",
    "1000",
    "28500",
    "331200000000",
    "999999999",
    "0.1",
    "1234567.891",
    "5e9",
    "0.0000001",
];

fn amount(dice: &mut Dice) -> String {
    let number = dice.one_of(&NUMBERS);
    match dice.below(9) {
        0 => format!("MoreThan({number})"),
        1 => format!("LessThan({number})"),
        2 => format!("About({number})"),
        3 => "Between(3, 5)".into(),
        4 => format!("AtLeast({number})"),
        _ => format!("Exactly({number})"),
    }
}

/// A figure, often one that goes with few others.
fn figure(dice: &mut Dice, at: usize, is_plain: bool) -> String {
    let amount = match is_plain {
        true => format!("Exactly({})", dice.one_of(&NUMBERS)),
        false => amount(dice),
    };
    let what = match if is_plain { 0 } else { dice.below(5) } {
        0 | 1 => "kind: Count, unit: \"troops\"",
        2 => "kind: Money, unit: \"dollars\", currency: \"USD\", flow: Pledge",
        3 => "kind: Money, unit: \"won\", currency: \"KRW\", flow: Disbursement",
        _ => "kind: Count, unit: \"percent\", measure: Percent, base: (what: \"all\")",
    };
    let party = dice.one_of(&["alba", "breva", "league"]);
    let theme = dice.one_of(&["ships", "grain"]);
    let year = 1953 + dice.below(72);
    let time = match dice.below(3) {
        0 => String::new(),
        _ => format!("as_of: (date: \"{year}\", basis: Stated), "),
    };
    format!(
        "(id: \"f{at}\", title: \"Number {at}\", statement: \"A number.\", amount: {amount}, {what}, \
        {time}subjects: [\"{party}\"], themes: [\"{theme}\"], certainty: Derived, chartable: Yes, \
        citations: [(document: \"paper\", external: true)]),"
    )
}

fn channel(dice: &mut Dice, fields: &[DataField]) -> String {
    let field = fields[dice.below(fields.len())].name;
    let mut out = match dice.below(6) {
        0 => "(aggregate: Count".to_owned(),
        1 => "(field: \"amount\", aggregate: Sum".to_owned(),
        2 => {
            let aggregate = dice.one_of(&["Mean", "Median", "Min", "Max"]);
            format!("(field: \"amount\", aggregate: {aggregate}")
        }
        _ => format!("(field: \"{field}\""),
    };
    if dice.rarely(8) {
        out.push_str(", limit: 2");
    }
    if dice.rarely(8) {
        out.push_str(", empty: true");
    }
    if dice.rarely(10) {
        out.push_str(", scale: Log");
    }
    out + ")"
}

fn chart(dice: &mut Dice, at: usize) -> String {
    let list = match dice.below(3) {
        0 => RecordList::Commitments,
        1 => RecordList::Figures,
        _ => RecordList::ALL[dice.below(RecordList::ALL.len())],
    };
    let fields = DataField::all(list.kind());
    let mark = MarkKind::ALL[dice.below(MarkKind::ALL.len())];
    let mut out = format!(
        "(id: \"c{at}\", title: \"C\", records: [{}], mark: {}",
        list.name(),
        mark.name()
    );
    let mut asked = vec![("x", 2), ("y", 2), ("color", 3), ("facet", 5)];
    // By chance alone, hardly any of these is drawn.
    let usual = match (mark, list) {
        (MarkKind::Line | MarkKind::Step | MarkKind::Dot, RecordList::Figures) => {
            ", x: (field: \"as_of\"), y: (field: \"amount\")"
        }
        (MarkKind::Matrix, RecordList::Figures) => {
            ", x: (field: \"themes\"), y: (field: \"subjects\")"
        }
        (MarkKind::Matrix, RecordList::Commitments) => {
            ", x: (field: \"themes\"), y: (field: \"committers\")"
        }
        _ => "",
    };
    if !usual.is_empty() && dice.rarely(2) {
        out.push_str(usual);
        asked.retain(|(name, _)| !["x", "y"].contains(name));
    }
    for (name, times) in asked {
        if dice.rarely(times) {
            out.push_str(&format!(", {name}: {}", channel(dice, &fields)));
        }
    }
    if dice.rarely(4) {
        let how = dice.one_of(&["Grouped", "Stacked", "Share"]);
        out.push_str(&format!(", arrangement: {how}"));
    }
    out + "),"
}

fn register(dice: &mut Dice) -> String {
    let count = [0, 1, 3, 9, 40][dice.below(5)];
    let is_plain = dice.rarely(2);
    let figures: String = (0..count).map(|at| figure(dice, at, is_plain)).collect();
    let charts: String = (0..CHARTS).map(|at| chart(dice, at)).collect();
    BASE.replace("// money", &figures)
        .replace("// charts", &format!("charts: [{charts}],"))
}

/// What is printed at the marks of a body.
fn printed(body: &PictureBody) -> Vec<&PrintedValue> {
    match body {
        PictureBody::Bars(it) => {
            let bars = it.panels.iter().flat_map(|panel| &panel.bars);
            bars.map(|bar| &bar.text).collect()
        }
        PictureBody::Stacked(it) => {
            let segments = it.bars.iter().flat_map(|bar| &bar.segments);
            segments.map(|segment| &segment.text).collect()
        }
        PictureBody::Plot(it) => {
            let points = it.series.iter().flat_map(|series| &series.points);
            points.map(|point| &point.text).collect()
        }
        PictureBody::Matrix(it) => {
            let numbers = it.cells.iter().filter_map(|cell| cell.number.as_ref());
            numbers.map(|number| &number.text).collect()
        }
        PictureBody::Waffle(it) => it.groups.iter().map(|group| &group.text).collect(),
        PictureBody::SmallMultiples(it) => {
            let bodies = it.panels.iter().map(|panel| &panel.body);
            bodies.flat_map(printed).collect()
        }
        _ => Vec::new(),
    }
}

/// The numbers in words such as "> $331.2 billion", each with half of its last place.
fn numbers_in(words: &str) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let is_negative = rest[..start].ends_with(['-', '−']);
        rest = &rest[start..];
        let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let digits = rest[..end].trim_end_matches(['.', ',']).replace(',', "");
        rest = &rest[end..];
        let scale = [
            (" thousand", 1e3),
            (" million", 1e6),
            (" billion", 1e9),
            (" trillion", 1e12),
        ];
        let scale = scale.iter().find(|(word, _)| rest.starts_with(word));
        let scale = scale.map_or(1.0, |(_, scale)| *scale);
        let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
        let half = scale * 0.5 / 10_f64.powi(i32::try_from(decimals).unwrap());
        let value: f64 = digits.parse().unwrap();
        let sign = if is_negative { -1.0 } else { 1.0 };
        found.push((sign * value * scale, half));
    }
    found
}

/// Every number at a mark stands in the data table: exactly, or to the last digit that is printed
/// where the picture says that it is rounded.
fn numbers_stand_in_the_table(picture: &Picture) {
    let table = picture.data_table();
    let numbers: Vec<f64> = table
        .rows
        .iter()
        .flat_map(|row| row.numbers.iter().flatten().copied())
        .collect();
    for value in printed(&picture.body) {
        if matches!(value, PrintedValue::Text(_)) {
            continue;
        }
        let words = value.write(NumberStyle::English);
        // A bound in a matrix stands in its cell as it is printed.
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        if is_matrix(&picture.body) && cells.any(|cell| *cell == words) {
            continue;
        }
        for (number, half) in numbers_in(&words) {
            // What a floating-point number can hold.
            let exact = number.abs() * 1e-12;
            let room = exact + if value.is_rounded() { half } else { 0.0 };
            assert!(
                numbers.iter().any(|there| (there - number).abs() <= room),
                "{words} of {} is not in {numbers:?}",
                picture.to_text()
            );
        }
        if value.is_rounded() {
            let note = picture.note.as_deref().unwrap_or("");
            assert!(note.contains("ounded"), "{}", picture.to_text());
        }
    }
}

fn is_matrix(body: &PictureBody) -> bool {
    match body {
        PictureBody::Matrix(_) => true,
        PictureBody::SmallMultiples(it) => it.panels.iter().any(|panel| is_matrix(&panel.body)),
        _ => false,
    }
}

/// The keys of a body, and the places of those that a mark has.
fn keys(body: &PictureBody) -> (Vec<&LegendKey>, BTreeSet<usize>) {
    match body {
        PictureBody::Stacked(it) => {
            let segments = it.bars.iter().flat_map(|bar| &bar.segments);
            let used = segments.map(|segment| segment.key).collect();
            (it.keys.iter().collect(), used)
        }
        PictureBody::Network(it) => {
            let used = it.nodes.iter().map(|node| node.key).collect();
            (it.keys.iter().collect(), used)
        }
        PictureBody::Plot(it) => {
            let full = |(_, series): &(usize, &_)| is_full(series);
            let used = it.series.iter().enumerate().filter(full);
            let used = used.map(|(at, _)| at).collect();
            (it.series.iter().map(|series| &series.key).collect(), used)
        }
        _ => (Vec::new(), BTreeSet::new()),
    }
}

fn is_full(series: &linchpin_charts::picture::PlotSeries) -> bool {
    !series.points.is_empty()
}

/// No two keys look alike, and each is that of a mark: in small charts, of a mark in one of them.
fn keys_and_marks_agree(picture: &Picture) {
    let bodies: Vec<&PictureBody> = match &picture.body {
        PictureBody::SmallMultiples(it) => it.panels.iter().map(|panel| &panel.body).collect(),
        body => vec![body],
    };
    let mut is_used: BTreeMap<&str, bool> = BTreeMap::new();
    for (all, used) in bodies.into_iter().map(keys) {
        assert!(used.iter().all(|at| *at < all.len()));
        for (at, key) in all.iter().enumerate() {
            let same = all.iter().filter(|other| other.color == key.color).count();
            assert_eq!(same, 1, "{}", picture.to_text());
            *is_used.entry(&key.name).or_default() |= used.contains(&at);
        }
    }
    assert!(is_used.values().all(|used| *used), "{}", picture.to_text());
}

/// "NotAssessed" and its like: words that only the file has.
fn names_of_vocabularies() -> BTreeSet<&'static str> {
    let kinds = RecordList::ALL.iter().map(|list| list.kind());
    let fields = kinds.flat_map(DataField::all);
    let terms = fields.flat_map(|field| field.terms());
    let is_compound = |name: &&str| name[1..].contains(char::is_uppercase);
    terms.map(|term| term.name).filter(is_compound).collect()
}

#[test]
fn what_a_picture_prints_can_be_worked_out_again() {
    let names = names_of_vocabularies();
    assert!(names.len() > 20, "{names:?}");
    let mut drawn: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..REGISTERS {
        let mut dice = Dice(seed);
        let loaded = load(register(&mut dice).as_str(), Vec::new());
        let register = &loaded.register;
        assert_eq!(register.charts.len(), CHARTS);
        for chart in &register.charts {
            let Ok(picture) = build(register, chart, CountingRule::default()) else {
                continue;
            };
            let words = picture.to_text();
            let raw = names.iter().find(|name| words.contains(**name));
            assert_eq!(raw, None, "{words}");
            numbers_stand_in_the_table(&picture);
            keys_and_marks_agree(&picture);
            *drawn.entry(chart.mark.name()).or_default() += 1;
        }
    }
    // What is drawn by chance is drawn often enough to say something.
    for mark in MarkKind::ALL {
        let count = drawn.get(mark.name()).copied().unwrap_or(0);
        assert!(count >= 3, "{}: {drawn:?}", mark.name());
    }
}
