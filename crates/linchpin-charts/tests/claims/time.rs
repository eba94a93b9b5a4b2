//! Time is never dropped silently: years keep their places, what is too much becomes coarser, and
//! what is not drawn is named, with numbers that add up.

use super::{refused, text};
use linchpin_charts::picture::{Picture, PictureBody};
use linchpin_charts::{ChartPlan, build, charts_of, standard};
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, RecordKind, RecordRef, Register, bundled, load};
use std::collections::BTreeSet;

/// Troops at a date.
fn troops(date: &str) -> String {
    format!(
        "kind: Count, amount: Exactly(5), unit: \"troops\", subjects: [\"alba\"], as_of: (date: \
        \"{date}\", basis: Stated)"
    )
}

/// The picture of troops at these dates as text.
fn of_dates(dates: &[&str], chart: &str) -> String {
    let figures: Vec<String> = dates.iter().map(|date| troops(date)).collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    text(&figures, &format!("records: [Figures], {chart}"))
}

/// The same of one figure in each of some years.
fn of_years(years: impl Iterator<Item = i32>, chart: &str) -> String {
    let dates: Vec<String> = years.map(|year| year.to_string()).collect();
    let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
    of_dates(&dates, chart)
}

/// The lines that begin with a word, without it.
fn lines<'t>(shown: &'t str, word: &str) -> Vec<&'t str> {
    let lines = shown.lines().map(str::trim_start);
    lines.filter_map(|line| line.strip_prefix(word)).collect()
}

/// The names and numbers of bars: "2020 = 1".
fn bars(shown: &str) -> Vec<String> {
    let lines = shown.lines().filter(|line| line.contains(" = "));
    lines
        .filter_map(|line| Some(line.trim().split_once(" (")?.0.to_owned()))
        .collect()
}

const BY_YEAR: &str = "mark: Bar, y: (field: \"as_of\")";

#[test]
fn years_between_others_keep_their_places() {
    let gap = ["2020", "2023"];
    let all = ["2020 = 1", "2021 = 0", "2022 = 0", "2023 = 1"];
    assert_eq!(bars(&of_dates(&gap, BY_YEAR)), all);
    let asked = BY_YEAR.replace("as_of\"", "as_of\", empty: true");
    assert_eq!(bars(&of_dates(&gap, &asked)), all);
    // In the other direction too.
    let down = format!("{BY_YEAR}, sort: (by: Register, descending: true)");
    assert_eq!(
        bars(&of_dates(&gap, &down)),
        all.map(str::to_owned).into_iter().rev().collect::<Vec<_>>()
    );
    // A number that nobody has stated is no zero.
    let amounts = "mark: Bar, x: (field: \"as_of\"), y: (field: \"amount\")";
    assert_eq!(
        bars(&of_dates(&gap, amounts)),
        ["2020 = 5", "2021 = –", "2022 = –", "2023 = 5"]
    );
    // By their numbers years are a ranking, in which nothing lies between two of them.
    let ranked = format!("{BY_YEAR}, sort: (by: Value, descending: true)");
    assert_eq!(
        bars(&of_dates(&["2020", "2023", "2023"], &ranked)),
        ["2023 = 2", "2020 = 1"]
    );
    // What is as long as several years, or not sure, stands by itself.
    let unsure = of_dates(&["2020", "2021~", "2022", "2020s"], BY_YEAR);
    assert_eq!(
        bars(&unsure),
        ["2020 = 1", "the 2020s = 1", "about 2021 = 1", "2022 = 1"]
    );
    // Nobody knows that nothing is of 2014.
    let covered = of_dates(&["2010", "2013/2015", "2017"], BY_YEAR);
    assert_eq!(
        bars(&covered),
        [
            "2010 = 1",
            "2011 = 0",
            "2012 = 0",
            "2013 to 2015 = 1",
            "2016 = 0",
            "2017 = 1"
        ]
    );
}

#[test]
fn a_chart_that_wants_no_empty_years_names_them() {
    let without = BY_YEAR.replace("as_of\"", "as_of\", empty: false");
    let shown = of_dates(&["2015", "2020", "2022"], &without);
    assert_eq!(bars(&shown), ["2015 = 1", "2020 = 1", "2022 = 1"]);
    let said = "The axis leaves out 5 years in which nothing is recorded: 2016 to 2019 and 2021.";
    for part in ["note: ", "description: "] {
        assert!(lines(&shown, part)[0].contains(said), "{shown}");
    }
    // Numbers along a plot have no years that could be left out.
    let plot = "records: [Figures], mark: Dot, x: (field: \"as_of\", empty: false)";
    assert!(refused(&[&troops("2020")], plot).contains("“empty” is not for dates"));
}

#[test]
fn a_long_time_without_records_is_one_place_that_is_named() {
    let years = ["1953", "2022", "2023", "2026"];
    let shown = of_dates(&years, BY_YEAR);
    assert_eq!(
        bars(&shown),
        [
            "1953 = 1",
            "1954–2021 = 0",
            "2022 = 1",
            "2023 = 1",
            "2024 = 0",
            "2025 = 0",
            "2026 = 1"
        ]
    );
    let said = "The axis is broken: 1954 to 2021, when nothing is recorded, takes one place.";
    for part in ["note: ", "description: "] {
        assert!(lines(&shown, part)[0].contains(said), "{shown}");
    }
    // A chart that asks for all years gets them, coarser where they are too many.
    let asked = BY_YEAR.replace("as_of\"", "as_of\", empty: true");
    let shown = of_dates(&years, &asked);
    assert!(!shown.contains("broken"), "{shown}");
    assert_eq!(bars(&shown).len(), 16, "{shown}");
    // A year that was misread does not make a thousand places.
    let shown = of_dates(&["0202", "2022", "2023"], BY_YEAR);
    assert_eq!(
        bars(&shown),
        ["0202 = 1", "0203–2021 = 0", "2022 = 1", "2023 = 1"]
    );
}

#[test]
fn what_is_too_much_becomes_coarser() {
    let shown = of_years(1953..=2026, BY_YEAR);
    let found = bars(&shown);
    assert_eq!(found.len(), 16, "{shown}");
    // At both ends only the years that there are.
    assert_eq!(
        (found[0].as_str(), found[1].as_str(), found[15].as_str()),
        ("1953–54 = 2", "1955–59 = 5", "2025–26 = 2"),
        "{shown}"
    );
    let said = "Years stand together by 5: from 1953 to 2026 there are 74 years";
    for part in ["note: ", "description: "] {
        assert!(lines(&shown, part)[0].contains(said), "{shown}");
    }
    let decades = bars(&of_years(1853..=2026, BY_YEAR));
    assert_eq!(decades.len(), 18);
    assert_eq!((&*decades[0], &*decades[1]), ("1853–59 = 7", "1860s = 10"));
    // A limit that is set is obeyed, in both directions.
    let limit = |most: u32| BY_YEAR.replace("as_of\"", &format!("as_of\", limit: {most}"));
    assert_eq!(bars(&of_years(1953..=2026, &limit(100))).len(), 74);
    assert_eq!(bars(&of_years(1953..=2026, &limit(10))).len(), 8);
    let one = bars(&of_years(1953..=2026, &limit(1)));
    assert_eq!(one, ["1953–2026 = 74"]);
    // A place of years can be named by any of them.
    let noted = format!("{BY_YEAR}, annotations: [(text: \"Here\", y: \"1957\")]");
    assert!(of_years(1953..=2026, &noted).contains("Here"));
}

#[test]
fn numbers_that_do_not_become_one_have_more_room_or_are_refused() {
    let amounts = "mark: Bar, x: (field: \"as_of\"), y: (field: \"amount\")";
    // What is there at several dates makes no sum, and no number of five years.
    let sums = amounts.replace("amount\"", "amount\", aggregate: Sum");
    for chart in [amounts, &sums] {
        let shown = of_years(1953..=2026, chart);
        assert_eq!(bars(&shown).len(), 74, "{shown}");
        assert!(!shown.contains("Not drawn"), "{shown}");
    }
    let greatest = amounts.replace("amount\"", "amount\", aggregate: Max");
    assert_eq!(bars(&of_years(1953..=2026, &greatest)).len(), 16);
    // Where nothing is recorded, less.
    let sparse = [
        "1953", "1960", "1978", "1980", "1997", "2009", "2016", "2022", "2026",
    ];
    let shown = of_dates(&sparse, amounts);
    assert_eq!(
        &bars(&shown)[..7],
        [
            "1953 = 5",
            "1954–59 = –",
            "1960 = 5",
            "1961–77 = –",
            "1978 = 5",
            "1979 = –",
            "1980 = 5"
        ]
    );
    assert!(
        shown.contains("The axis is broken: 1954 to 1959, 1961 to 1977, "),
        "{shown}"
    );
    let figures: Vec<String> = (1800..=2026)
        .map(|year| troops(&year.to_string()))
        .collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let said = refused(&figures, &format!("records: [Figures], {amounts}"));
    assert!(
        said.contains("There is no room for 227 years, 1800 to 2026"),
        "{said}"
    );
    assert!(said.contains("write empty: false in x"), "{said}");
    let cells = "mark: Matrix, x: (field: \"as_of\"), y: (field: \"subjects\"), color: (field: \
        \"amount\", aggregate: Sum)";
    let said = refused(&figures, &format!("records: [Figures], {cells}"));
    assert!(said.contains("There is no room for 227 years"), "{said}");
    // A limit is obeyed, and what is beyond it is named.
    let limit = amounts.replace("as_of\"", "as_of\", limit: 50");
    let shown = text(&figures, &format!("records: [Figures], {limit}"));
    assert_eq!(bars(&shown).len(), 50);
    let said = "Not drawn: 177 more years with 177 figures (1850 to 2026).";
    for part in ["note: ", "description: "] {
        assert!(lines(&shown, part)[0].contains(said), "{shown}");
    }
}

#[test]
fn every_axis_of_time_has_its_years() {
    let gap = ["2020", "2023"];
    let matrix = "mark: Matrix, x: (field: \"as_of\"), y: (field: \"subjects\")";
    let shown = of_dates(&gap, matrix);
    assert_eq!(lines(&shown, "columns: "), ["2020 | 2021 | 2022 | 2023"]);
    let shown = of_years(1953..=2026, matrix);
    assert_eq!(
        lines(&shown, "columns: ")[0].split(" | ").count(),
        16,
        "{shown}"
    );
    let squares = "mark: Waffle, y: (field: \"as_of\")";
    assert_eq!(of_dates(&gap, squares).matches("2021").count(), 2);
    let stacked = format!("{BY_YEAR}, color: (field: \"subjects\")");
    let shown = of_dates(&gap, &stacked);
    assert_eq!(
        lines(&shown, "row: "),
        ["2020, 1", "2021, 0", "2022, 0", "2023, 1"]
    );
    // Colors are few: none stands for "68 others".
    let colors = "mark: Bar, y: (field: \"subjects\"), color: (field: \"as_of\")";
    let shown = of_years(1953..=2026, colors);
    assert_eq!(lines(&shown, "key: ").len(), 5, "{shown}");
    assert!(!shown.contains("others"), "{shown}");
    // A small chart of a year in which nothing is recorded keeps its place.
    let panels = "mark: Bar, y: (field: \"subjects\"), facet: (field: \"as_of\")";
    let shown = of_dates(&gap, panels);
    assert_eq!(
        shown.matches("empty: Nothing is recorded.").count(),
        2,
        "{shown}"
    );
    // Small charts have the same years at the same places.
    let (alba, breva) = (troops("2020"), troops("2023").replace("alba", "breva"));
    let panels =
        "records: [Figures], mark: Bar, x: (field: \"as_of\"), facet: (field: \"subjects\")";
    let shown = text(&[&alba, &breva], panels);
    assert_eq!(shown.matches("2021 = 0").count(), 2, "{shown}");
    assert_eq!(shown.matches("2023 = ").count(), 2, "{shown}");
}

fn picture(charts: &str, events: impl Iterator<Item = (i32, u32)>) -> Picture {
    let event = |(year, month): (i32, u32)| {
        format!(
            "(id: \"e-{year}-{month}\", title: \"E {year}-{month}\", date: (date: \
            \"{year}-{month:02}\", basis: Stated)),"
        )
    };
    let events: String = events.map(event).collect();
    let text = format!(
        "(format: 1, title: \"Many\", events: [{events}], charts: [(id: \"c\", title: \"C\", \
        records: [Events], mark: Timeline, {charts})])"
    );
    let loaded = load(text.as_str(), Vec::new());
    build(
        &loaded.register,
        &loaded.register.charts[0],
        CountingRule::default(),
    )
    .unwrap()
}

#[test]
fn a_full_timeline_counts_and_cuts_nothing_off() {
    let eighty = || (2010..2020).flat_map(|year| (1..=8).map(move |month| (year, month)));
    let entries = |picture: &Picture| match &picture.body {
        PictureBody::Timeline(timeline) => timeline.lanes[0].entries.len(),
        _ => 0,
    };
    let full = picture("", eighty());
    assert_eq!(entries(&full), 10);
    let shown = full.to_text();
    assert!(shown.contains("8 events, 2019: E 2019-1; "), "{shown}");
    assert!(shown.contains("80 dated records"), "{shown}");
    assert!(
        full.description.starts_with("Timeline of 80 events"),
        "{shown}"
    );
    let said = "Where a row would have more than 60, those that begin in the same year are drawn";
    assert!(full.description.contains(said), "{shown}");
    assert!(full.note.unwrap().contains(said), "{shown}");
    // A limit that is set is obeyed, in both directions.
    assert_eq!(entries(&picture("x: (limit: 100)", eighty())), 80);
    assert_eq!(entries(&picture("x: (limit: 4)", eighty())), 2);
    // As many years as there are events.
    let sparse = picture("", (1900..2020).map(|year| (year, 1)));
    assert_eq!(entries(&sparse), 24);
    assert_eq!(entries(&picture("", eighty().take(60))), 60);
}

/// A made register of bodies and of figures, over some years: some have no date, no theme, no
/// parent.
fn made(count: usize, span: i32, charts: &str) -> std::sync::Arc<Register> {
    let year = |at: usize| 1900 + (at as i32 * 7919 + 13 * (at as i32 / 3)) % span;
    let body = |at: usize| {
        let date = match at % 5 {
            4 if at > 4 => String::new(),
            3 => format!("established: (date: \"{}/..\", basis: Stated), ", year(at)),
            2 => format!(
                "established: (date: \"{}s\", basis: Stated), ",
                year(at) / 10 * 10
            ),
            1 => format!("established: (date: \"{}?\", basis: Stated), ", year(at)),
            _ => format!(
                "established: (date: \"{}-03-04\", basis: Stated), ",
                year(at)
            ),
        };
        let themes = match at % 4 {
            0 => "themes: [\"ships\", \"grain\"], ".to_owned(),
            1 => String::new(),
            _ => format!("themes: [\"t{}\"], ", at % 37),
        };
        let parent = match at % 3 {
            2 => format!("parent: \"b{}\", ", at - 1),
            _ => String::new(),
        };
        format!(
            "(id: \"b{at}\", name: \"Body {at}\", kind: WorkingGroup, {date}{themes}{parent}\
            citations: [(document: \"paper\", external: true)]),"
        )
    };
    let figure = |at: usize| {
        let date = match at % 6 {
            5 => String::new(),
            _ => format!(", as_of: (date: \"{}\", basis: Stated)", year(at)),
        };
        let kind = match at % 11 {
            10 => "kind: Rank, amount: Exactly(2)",
            _ => "kind: Count, amount: Exactly(5), unit: \"troops\"",
        };
        format!(
            "(id: \"f{at}\", title: \"Number {at}\", statement: \"A number.\", certainty: Derived, \
            chartable: Yes, subjects: [\"{}\"], {kind}{date}, citations: [(document: \"paper\", \
            external: true)]),",
            ["alba", "breva"][at % 2]
        )
    };
    let themes: String = (0..37)
        .map(|at| format!("(id: \"t{at}\", name: \"Theme {at}\"),"))
        .collect();
    let bodies: String = (0..count).map(body).collect();
    let figures: String = (0..count).map(figure).collect();
    let text = super::BASE
        .replace("// money", &figures)
        .replace("themes: [\n", &format!("themes: [{themes}\n"))
        .replace(
            "// charts",
            &format!("bodies: [{bodies}], charts: [{charts}],"),
        );
    load(text.as_str(), Vec::new()).register
}

/// Every mark, with time wherever it can stand.
const CHARTS: [&str; 30] = [
    "[Bodies], mark: Bar, x: (field: \"established\"CH)",
    "[Bodies], mark: Bar, y: (field: \"established\"CH)",
    "[Bodies], mark: Bar, y: (field: \"established\"CH), sort: (by: Value)",
    "[Bodies], mark: Bar, y: (field: \"established\", together: true)",
    "[Bodies], mark: Bar, y: (field: \"established\", missing: \"Undated\"CH)",
    "[Bodies], mark: Bar, x: (field: \"established\"CH), color: (field: \"themes\")",
    "[Bodies], mark: Bar, y: (field: \"themes\"CH), color: (field: \"established\")",
    "[Bodies], mark: Bar, y: (field: \"themes\"), facet: (field: \"established\"CH)",
    "[Bodies], mark: Bar, x: (field: \"established\"CH), facet: (field: \"themes\")",
    "[Bodies], mark: Matrix, x: (field: \"established\"CH), y: (field: \"themes\")",
    "[Bodies], mark: Matrix, x: (field: \"themes\"CH), y: (field: \"established\")",
    "[Bodies], mark: Timeline",
    "[Bodies], mark: Timeline, y: (field: \"themes\"CH)",
    "[Bodies], mark: Timeline, y: (field: \"established\"CH)",
    "[Bodies], mark: Timeline, facet: (field: \"themes\"CH)",
    "[Bodies], mark: Waffle, y: (field: \"established\"CH)",
    "[Bodies], mark: Line, x: (field: \"established\")",
    "[Bodies], mark: Step, x: (field: \"established\"), color: (field: \"themes\"CH)",
    "[Bodies], mark: Line, x: (field: \"established\"), facet: (field: \"themes\"CH)",
    "[Bodies], mark: Dot, x: (field: \"established\"), y: (field: \"name\"CH)",
    "[Bodies], mark: Range, x: (field: \"established\"), y: (field: \"themes\"CH)",
    "[Bodies], mark: Dot, x: (field: \"established\"), y: (field: \"name\"), color: (field: \
        \"established\"CH)",
    "[Bodies], mark: Table, y: (limit: 7)",
    "[Bodies], mark: Table, facet: (field: \"established\"CH)",
    "[Bodies], mark: Network",
    "[Bodies], mark: Network, color: (field: \"established\"CH)",
    "[Figures], mark: Bar, x: (field: \"as_of\"CH), y: (field: \"amount\", aggregate: Max)",
    "[Figures], mark: Bar, y: (field: \"title\"), x: (field: \"amount\"), facet: (field: \"unit\")",
    "[Figures], mark: Dot, x: (field: \"as_of\"), y: (field: \"amount\"), facet: (field: \
        \"subjects\"CH)",
    "[Figures], mark: Waffle, x: (field: \"amount\", aggregate: Max), y: (field: \"as_of\"CH)",
];

/// How many records the sentences of a picture say are not drawn.
fn named(words: &str, kinds: &[RecordKind]) -> usize {
    let mut nouns: Vec<&str> = vec!["records", "record", "numbers", "number"];
    nouns.extend([
        "rank",
        "ranks",
        "date",
        "dates",
        "anniversary",
        "anniversaries",
    ]);
    for kind in kinds {
        nouns.extend([kind.what(), kind.noun().many]);
    }
    let mut total = 0;
    for sentence in words.split_inclusive(". ") {
        let is_omission = ["ot drawn", "ot shown"]
            .iter()
            .any(|it| sentence.contains(it));
        if !is_omission {
            continue;
        }
        if let Some(names) = sentence
            .trim()
            .strip_prefix("Without a link to another record here, and not drawn: ")
            && !names.starts_with(|c: char| c.is_ascii_digit())
        {
            total += names.split("; ").count();
            continue;
        }
        let words: Vec<&str> = sentence.split([' ', '.', ',', ':', ';']).collect();
        for (at, word) in words.iter().enumerate() {
            let Ok(count) = word.parse::<usize>() else {
                continue;
            };
            let mut next = words.iter().skip(at + 1);
            let next = next.find(|word| !["more", "other", "linked"].contains(word));
            if next.is_some_and(|next| nouns.contains(next)) {
                total += count;
            }
        }
    }
    total
}

/// Checks that what is drawn and what is named as left out make all that is chosen.
fn check_counts(register: &Register, chart: &Chart, what: &str) -> bool {
    let plan = ChartPlan::new(register, chart, CountingRule::default()).unwrap();
    let Ok(picture) = build(register, chart, CountingRule::default()) else {
        return false;
    };
    let chosen: BTreeSet<RecordRef> = plan.records.iter().copied().collect();
    let marks = picture.body.marks().flat_map(|mark| &mark.records);
    let drawn = marks
        .filter(|at| chosen.contains(at))
        .collect::<BTreeSet<_>>()
        .len();
    let note = picture.note.clone().unwrap_or_default();
    for (place, words) in [("note", &note), ("description", &picture.description)] {
        let left_out = named(words, &plan.record_kinds);
        assert_eq!(
            drawn + left_out,
            chosen.len(),
            "{what}: {drawn} drawn, {left_out} named in the {place}: {words}"
        );
    }
    true
}

#[test]
fn what_is_drawn_and_what_is_named_make_all_that_is_chosen() {
    let mut drawn = 0;
    for (count, span) in [
        (1, 2),
        (3, 12),
        (3, 120),
        (80, 2),
        (80, 12),
        (80, 70),
        (200, 120),
    ] {
        for said in [
            "",
            ", limit: 5",
            ", empty: true",
            ", empty: false",
            ", limit: 200",
        ] {
            // What says nothing of groups is the same whatever is said of them.
            let charts = CHARTS.iter();
            let charts = charts.filter(|chart| said.is_empty() || chart.contains("CH"));
            let charts = charts.enumerate().map(|(at, chart)| {
                let chart = chart.replace("CH", said);
                format!("(id: \"c{at}\", title: \"{at}\", records: {chart}),")
            });
            let charts: Vec<String> = charts.collect();
            let register = made(count, span, &charts.concat());
            assert_eq!(
                (register.charts.len(), register.bodies.len()),
                (charts.len(), count)
            );
            for (chart, what) in register.charts.iter().zip(charts) {
                let what = format!("{count} in {span} years, {what}");
                drawn += usize::from(check_counts(&register, chart, &what));
            }
        }
    }
    assert!(drawn > 700, "only {drawn} charts are drawn");
}

#[test]
fn the_counts_of_shipped_charts_add_up() {
    let mut drawn = 0;
    for bundled in bundled::BUNDLED_REGISTERS {
        let register = load(bundled.text, Vec::new()).register;
        for chart in charts_of(&register).iter().chain(&standard().charts) {
            drawn += usize::from(check_counts(&register, chart, chart.id.as_str()));
        }
    }
    assert!(drawn > 15, "only {drawn} charts are drawn");
}
