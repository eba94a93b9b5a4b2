//! Dates of every kind in charts: about a time, uncertain, ranges, open ends, years BCE.

use super::boxes::{Screen, whole_and_apart};
use egui::vec2;
use linchpin_charts::picture::{AxisScale, Extent, Picture, PictureBody, PlotPoint};
use linchpin_register::query::CountingRule;
use linchpin_register::{Register, load};

/// Id, date in the file, date in words.
const EVENTS: [[&str; 3]; 9] = [
    ["treaty", "1953-10-01", "1 October 1953"],
    ["talks", "1953~", "about 1953"],
    ["war", "1950/1953", "1950 to 1953"],
    ["doubt", "1953-07-27?", "27 July 1953 (uncertain)"],
    ["quarter", "1954-35", "third quarter of 1954"],
    ["later", "1955/..", "1955 or later"],
    ["earlier", "../1949", "1949 or earlier"],
    ["decade", "1950s", "the 1950s"],
    ["both", "1954%", "about 1954 (uncertain)"],
];

fn register(events: &[[&str; 3]], chart: &str) -> Register {
    let event = |[id, date, _]: &[&str; 3]| {
        format!(
            "(id: \"{id}\", title: \"The {id}\", date: (date: \"{date}\", basis: Stated), \
             citations: [(document: \"paper\", external: true)]),"
        )
    };
    let figure = |[id, date, _]: &[&str; 3]| {
        format!(
            "(id: \"{id}-figure\", title: \"Troops, {id}\", statement: \"S.\", kind: Count, \
             amount: Exactly(100), unit: \"people\", chartable: Yes, as_of: (date: \"{date}\", \
             basis: Stated), citations: [(document: \"paper\", external: true)]),"
        )
    };
    let figures: String = events.iter().map(figure).collect();
    let events: String = events.iter().map(event).collect();
    let text = format!(
        "#![enable(implicit_some)]
        (
            format: 1, title: \"Dates\",
            documents: [(id: \"paper\", title: \"Paper\", short: \"Paper\", kind: JointStatement, \
            legal_character: PoliticalInferred, date: (date: \"2024-05-14\", basis: Stated), \
            url: \"https://example.org/paper\")],
            figures: [{figures}],
            events: [{events}],
            charts: [(id: \"c\", title: \"C\", {chart})],
        )"
    );
    let loaded = load(text.as_str(), Vec::new());
    assert_eq!(loaded.register.charts.len(), 1, "{:?}", loaded.diagnostics);
    (*loaded.register).clone()
}

fn draw_of(events: &[[&str; 3]], chart: &str) -> Picture {
    let register = register(events, chart);
    let chart = linchpin_charts::by_id(&register, "c").unwrap();
    linchpin_charts::build_or_explain(&register, chart, CountingRule::default())
}

fn draw(chart: &str) -> Picture {
    draw_of(&EVENTS, chart)
}

fn points(picture: &Picture) -> Vec<&PlotPoint> {
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    plot.series.iter().flat_map(|s| &s.points).collect()
}

/// The cells of a column of the picture's data.
fn column(picture: &Picture, head: &str) -> Vec<String> {
    let table = picture.data_table();
    let at = table.columns.iter().position(|column| column == head);
    let at = at.unwrap_or_else(|| panic!("{:?}", table.columns));
    let cells = table.rows.iter().map(|row| row.cells[at].clone());
    cells.collect()
}

fn note(picture: &Picture) -> &str {
    picture.note.as_deref().unwrap_or_default()
}

#[test]
fn a_timeline_draws_each_date_as_long_as_it_may_mean_and_says_it() {
    let picture = draw("records: [Events], mark: Timeline");
    let PictureBody::Timeline(timeline) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    let entries = &timeline.lanes[0].entries;
    for [id, code, words] in EVENTS {
        let name = format!("The {id}");
        let entry = entries.iter().find(|entry| entry.name == name).unwrap();
        assert_eq!(entry.date_text, words);
        assert_eq!(entry.mark.label, format!("{name}, {words}"));
        let [span] = entry.dates.as_slice() else {
            panic!("{entry:?}");
        };
        let is_open = [code.starts_with(".."), code.ends_with("..")];
        assert_eq!(span.is_open, is_open, "{code}");
        let is_day = matches!(id, "treaty" | "doubt");
        assert_eq!(span.is_longer_than_day(), !is_day, "{code}");
    }
    let war = entries.iter().find(|e| e.name == "The war").unwrap();
    assert_eq!(
        (war.dates[0].from_year, war.dates[0].to_year),
        (1950.0, 1954.0)
    );
    let said = note(&picture);
    assert!(
        said.contains("An arrow marks a date whose beginning or end is open."),
        "{said}"
    );
    assert!(
        said.contains(
            "Drawn at the time named: 2 dates are approximate and 2 dates are uncertain."
        ),
        "{said}"
    );
    // The notation in one column, the words in another.
    let mut codes = column(&picture, "date");
    let mut words = column(&picture, "in words");
    let (mut right_codes, mut right_words): (Vec<&str>, Vec<&str>) = EVENTS
        .iter()
        .map(|[_, code, words]| (*code, *words))
        .unzip();
    for list in [&mut codes, &mut words] {
        list.sort();
    }
    for list in [&mut right_codes, &mut right_words] {
        list.sort_unstable();
    }
    assert_eq!(
        (codes, words),
        (to_owned(&right_codes), to_owned(&right_words))
    );
    let spoken = picture.alt_text();
    assert!(
        spoken.contains("The earlier (1949 or earlier) to The later (1955 or later)"),
        "{spoken}"
    );
}

fn to_owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn an_event_that_ends_says_both_of_its_dates() {
    let register = "records: [Events], mark: Timeline";
    let text = format!(
        "(title: \"T\", events: [(id: \"e\", title: \"E\", date: (date: \"1950/1951\", basis: \
         Stated), end: (date: \"1953~\", basis: Stated))], charts: [(id: \"c\", title: \"C\", \
         {register})])"
    );
    let loaded = load(text.as_str(), Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
    assert_eq!(
        column(&picture, "in words"),
        ["(1950 to 1951) to about 1953"]
    );
    assert_eq!(column(&picture, "date, first day"), ["1950-01-01"]);
    assert_eq!(column(&picture, "date, last day"), ["1953-12-31"]);
    assert!(
        note(&picture).contains("1 date is approximate"),
        "{}",
        note(&picture)
    );
}

#[test]
fn dots_lie_over_all_that_a_date_may_mean() {
    let picture = draw("records: [Events], mark: Dot, x: (field: \"date\"), y: (field: \"title\")");
    for point in points(&picture) {
        let id = point.name.trim_start_matches("The ");
        let [_, code, words] = EVENTS.into_iter().find(|[known, ..]| *known == id).unwrap();
        assert_eq!(point.text.to_string(), words);
        assert_eq!(
            point.dates[0].map(|date| date.to_code()).as_deref(),
            Some(code)
        );
        let Extent { low, high } = point.x;
        let ends = match id {
            "talks" => (Some(1953.0), Some(1954.0)),
            "war" => (Some(1950.0), Some(1954.0)),
            "later" => (Some(1955.0), None),
            "earlier" => (None, Some(1950.0)),
            "decade" => (Some(1950.0), Some(1960.0)),
            "both" => (Some(1954.0), Some(1955.0)),
            "quarter" => {
                assert!(low.unwrap() > 1954.49 && high.unwrap() < 1954.75);
                continue;
            }
            _ => {
                assert_eq!(low, high, "{id}");
                continue;
            }
        };
        assert_eq!((low, high), ends, "{id}");
    }
    assert!(note(&picture).contains("2 dates are approximate and 2 dates are uncertain"));
    assert_eq!(column(&picture, "date")[2], "1950/1953");
}

#[test]
fn a_line_of_stated_numbers_says_which_dates_are_ranges() {
    let picture = draw_of(
        &EVENTS[..3],
        "records: [Figures], mark: Line, x: (field: \"as_of\"), y: (field: \"amount\")",
    );
    assert_eq!(
        column(&picture, "date"),
        ["1950/1953", "1953~", "1953-10-01"]
    );
    let labels: Vec<&str> = points(&picture)
        .iter()
        .map(|p| p.mark.label.as_str())
        .collect();
    assert!(
        labels[0].ends_with("100 people, 1950 to 1953"),
        "{labels:?}"
    );
    assert!(labels[1].ends_with("100 people, about 1953"), "{labels:?}");
    let spoken = picture.alt_text();
    assert!(
        spoken.contains("from (1950 to 1953) to 1 October 1953"),
        "{spoken}"
    );
    assert!(
        note(&picture).contains("1 date is approximate"),
        "{}",
        note(&picture)
    );
}

#[test]
fn counts_by_year_say_where_ranges_are_counted() {
    let chart = "records: [Events], mark: Step, x: (field: \"date\")";
    let picture = draw(chart);
    let counts: Vec<String> = points(&picture)
        .iter()
        .map(|point| format!("{} {}", point.name, point.text))
        .collect();
    assert_eq!(
        counts,
        [
            "1949 1", "1950 2", "1951 0", "1952 0", "1953 3", "1954 2", "1955 1"
        ]
    );
    let said = note(&picture);
    assert!(
        said.contains(
            "Counted in the first year that they name: 4 dates of several years, such as 1950 to \
             1953."
        ),
        "{said}"
    );
    assert!(said.contains("2 dates are approximate"), "{said}");
    // Nothing is said where nothing is to say.
    let plain = draw_of(&EVENTS[..1], chart);
    assert_eq!(plain.note, None);
}

#[test]
fn groups_by_year_keep_what_is_no_year_apart() {
    let picture = draw("records: [Events], mark: Bar, y: (field: \"date\")");
    let PictureBody::Bars(bars) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    let groups: Vec<String> = bars
        .panels
        .iter()
        .flat_map(|panel| &panel.bars)
        .map(|bar| format!("{}: {}", bar.name, bar.text))
        .collect();
    assert_eq!(
        groups,
        [
            "1949 or earlier: 1",
            "1950 to 1953: 1",
            "the 1950s: 1",
            "1953: 1",
            "1953 (uncertain): 1",
            "about 1953: 1",
            "1954: 1",
            "about 1954 (uncertain): 1",
            "1955 or later: 1",
        ]
    );
}

#[test]
fn a_filter_lets_in_what_overlaps() {
    let within = |from: &str, to: &str| {
        let picture = draw(&format!(
            "records: [Events], filter: [(field: \"date\", from: \"{from}\", to: \"{to}\")], \
             mark: Table"
        ));
        let mut dates = column(&picture, &picture.data_table().columns[0].clone());
        dates.sort();
        dates
    };
    assert_eq!(
        within("1952", "1952"),
        ["1950 to 1953", "the 1950s"],
        "a range has any of its days there"
    );
    assert_eq!(within("1960", "1970"), ["1955 or later"]);
    assert_eq!(within("-0500", "0100"), ["1949 or earlier"]);
    assert_eq!(
        within("1954-08", "1954-08-31"),
        [
            "about 1954 (uncertain)",
            "the 1950s",
            "third quarter of 1954"
        ]
    );
}

#[test]
fn years_before_the_common_era_have_an_axis() {
    let events = [
        ["marathon", "-0489-09", "September 490 BCE"],
        ["peace", "-0420/-0413", "421 BCE to 414 BCE"],
        ["ides", "-0043-03-15", "15 March 44 BCE"],
        ["rome", "0410", "0410"],
    ];
    let chart = "records: [Events], mark: Dot, x: (field: \"date\"), y: (field: \"title\")";
    let picture = draw_of(&events, chart);
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    let AxisScale::Dates { from, to } = plot.x.scale else {
        panic!("{:?}", plot.x.scale);
    };
    assert!(from <= -489.0 && to >= 411.0, "{from} {to}");
    let sets = linchpin_charts::picture::ticks::tick_sets(&plot.x, false);
    let labels = |count: usize| {
        let set = sets.iter().find(|set| set.len() <= count).unwrap();
        let words = set.iter().map(|tick| tick.label.to_string());
        words.collect::<Vec<_>>()
    };
    assert_eq!(labels(6), ["400 BCE", "200 BCE", "0200", "0400"]);
    assert_eq!(column(&picture, "date"), events.map(|[_, code, _]| code));
    let timeline = draw_of(&events, "records: [Events], mark: Timeline");
    assert_eq!(
        column(&timeline, "in words"),
        events.map(|[_, _, words]| words)
    );
    let spoken = timeline.alt_text();
    assert!(
        spoken.contains("The marathon (September 490 BCE)"),
        "{spoken}"
    );
}

#[test]
fn a_line_across_the_chart_stands_at_one_date() {
    let chart = |at: &str| {
        format!(
            "records: [Events], mark: Dot, x: (field: \"date\"), y: (field: \"title\"), lines: \
             [(axis: X, at: \"{at}\", label: \"Line\")]"
        )
    };
    assert_eq!(draw(&chart("1953-10-01")).reference_lines.len(), 1);
    for at in ["1950/1953", "1953-07~", "1955/.."] {
        let picture = draw(&chart(at));
        assert!(picture.reference_lines.is_empty(), "{at}");
        assert!(matches!(picture.body, PictureBody::Empty(_)), "{at}");
    }
}

#[test]
fn dates_of_every_kind_touch_no_other() {
    let screen = Screen::new(1.0);
    let old = [
        ["old-a", "-9998", "9999 BCE"],
        ["old-b", "-1199", "1200 BCE"],
        ["old-c", "-0043-03-15~", "about 15 March 44 BCE"],
        ["old-d", "../-0431", "432 BCE or earlier"],
        ["old-e", "0950/..", "0950 or later"],
        ["old-f", "9999-12-31/..", "31 December 9999 or later"],
    ];
    for events in [&EVENTS[..], &old] {
        for chart in [
            "records: [Events], mark: Timeline",
            "records: [Events], mark: Dot, x: (field: \"date\"), y: (field: \"title\")",
            "records: [Events], mark: Step, x: (field: \"date\")",
            "records: [Figures], mark: Line, x: (field: \"as_of\"), y: (field: \"amount\")",
        ] {
            let register = register(events, chart);
            let picture = draw_of(events, chart);
            for width in [340.0, 720.0, 1200.0] {
                let size = vec2(width, screen.height(&picture, width));
                whole_and_apart(chart, &register, &picture, size, &screen);
            }
        }
    }
}
