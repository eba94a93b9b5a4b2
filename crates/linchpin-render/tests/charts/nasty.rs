//! Registers that try to break a chart.

use std::fmt::Write as _;

/// No records at all.
pub fn empty() -> String {
    "(format: 1, title: \"Empty\")".into()
}

/// One record of each kind that is drawn.
pub fn single() -> String {
    whole(
        "",
        "(id: \"t\", name: \"Only theme\")",
        &commitment("c", "\"p\"", "themes: [\"t\"], bodies: [\"b\"],"),
        "(id: \"b\", name: \"Only body\", kind: Dialogue, themes: [\"t\"]),",
        &figure("f", "Exactly(0)", "Count", "pieces"),
        &event("e", "Only event", "2023"),
    )
}

/// A body, a commitment and a priority, and no theme.
pub fn without_themes() -> String {
    whole(
        "(id: \"first\", name: \"First priority\", rank: 1)",
        "",
        &commitment("c", "\"p\"", "priority: \"first\", bodies: [\"b\"],"),
        "(id: \"b\", name: \"Nuclear Consultative Group\", abbreviation: \"NCG\", kind: Dialogue),
         (id: \"o\", name: \"Other body\", kind: Dialogue, priority: \"first\"),",
        "",
        "",
    )
}

/// More of everything than a picture holds: 300 themes, 50 bodies, 200 figures of 50 units, 500
/// events on one day.
pub fn huge() -> String {
    let mut parts: [String; 5] = Default::default();
    let [themes, commitments, bodies, figures, events] = &mut parts;
    for i in 0..300 {
        let _ = write!(
            themes,
            "(id: \"t{i}\", name: \"Theme number {i} with a name of some length\"),"
        );
        let links = format!("themes: [\"t{i}\"], bodies: [\"b{}\"],", i % 50);
        commitments.push_str(&commitment(
            &format!("c{i}"),
            &format!("\"party-{}\"", i % 40),
            &links,
        ));
    }
    for i in 0..50 {
        let _ = write!(
            bodies,
            "(id: \"b{i}\", name: \"Consultative body number {i} of the alliance\", kind: \
            Dialogue, themes: [\"t{}\"]),",
            i + 50
        );
    }
    for i in 0..200 {
        let amount = format!("MoreThan({})", i * i * 1000);
        figures.push_str(&figure(
            &format!("f{i}"),
            &amount,
            "Count",
            &format!("unit {}", i % 50),
        ));
    }
    for i in 0..500 {
        events.push_str(&event(
            &format!("e{i}"),
            &format!("Event {i} of the same day"),
            "2023-11-13",
        ));
    }
    whole("", themes, commitments, bodies, figures, events)
}

/// Names of 10,000 characters, with and without spaces, in Korean and right to left; line breaks
/// inside.
pub fn long() -> String {
    let mut parts: [String; 5] = Default::default();
    let [themes, commitments, bodies, figures, events] = &mut parts;
    let words = "measure ".repeat(1250);
    let one_word = "x".repeat(10_000);
    let korean = "확장억제전략협의체".repeat(1200);
    let arabic = "سلام عليكم ".repeat(900);
    for (i, name) in [
        words,
        one_word,
        korean,
        arabic,
        "tab\\tand\\nbreak".into(),
        "핵협의그룹".into(),
    ]
    .iter()
    .enumerate()
    {
        let _ = write!(themes, "(id: \"t{i}\", name: \"{name}\"),");
        let _ = write!(
            bodies,
            "(id: \"b{i}\", name: \"{name}\", kind: Dialogue, themes: [\"t{i}\"]),"
        );
        let links = format!("themes: [\"t{i}\"], bodies: [\"b{i}\"],");
        commitments.push_str(&commitment(&format!("c{i}"), &format!("\"p{i}\""), &links));
        let _ = write!(
            figures,
            "(id: \"f{i}\", title: \"{name}\", statement: \"{name}\", kind: Count, amount: \
            Between({i}, 1234567.891), unit: \"{name}\", chartable: Yes, {CITED}),"
        );
        let _ = write!(
            figures,
            "(id: \"g{i}\", title: \"{name}\", statement: \"{name}\", kind: Count, amount: \
            AtMost({i}), unit: \"pieces\", chartable: Yes, {CITED}),"
        );
        events.push_str(&event(&format!("e{i}"), name, "2023"));
    }
    whole("", themes, commitments, bodies, figures, events)
}

/// Numbers from one end of the scale to the other, and dates at both ends of the calendar.
pub fn extreme() -> String {
    let mut figures = String::new();
    for (i, amount) in [
        "Exactly(1e300)",
        "MoreThan(1e300)",
        "Exactly(-1e300)",
        "LessThan(-5)",
        "Between(-1e9, 2e12)",
        "About(0)",
        "AtLeast(0)",
        "LessThan(1e-12)",
        "Exactly(0.000001)",
        "MoreThan(-7)",
    ]
    .iter()
    .enumerate()
    {
        let _ = write!(
            figures,
            "(id: \"m{i}\", title: \"Money {i} under a name that is long enough to stand below the \
            number of another\", statement: \"s\", kind: Money, amount: {amount}, \
            unit: \"dollars\", currency: \"USD\", chartable: Yes, {CITED}),"
        );
        let _ = write!(
            figures,
            "(id: \"n{i}\", title: \"Alone {i}\", statement: \"s\", kind: Money, amount: {amount}, \
            unit: \"coin {i}\", currency: \"SEK\", chartable: Yes, {CITED}),"
        );
    }
    let mut events = String::new();
    for (i, date) in [
        "0001-01-01",
        "0001",
        "9999-12-31",
        "9990s",
        "1950s",
        "1453-05-29",
        "2023-02",
        "0800s",
        "1800",
        "1600",
        "1200-03",
        "600s",
    ]
    .iter()
    .enumerate()
    {
        events.push_str(&event(
            &format!("e{i}"),
            &format!("Event at the end of a calendar, number {i}"),
            date,
        ));
    }
    let _ = write!(
        events,
        "(id: \"span\", title: \"All of it\", date: (date: \"0001\", basis: Stated), end: \
        (date: \"9999\", basis: Stated), {CITED}),"
    );
    whole("", "", "", "", &figures, &events)
}

const CITED: &str = "citations: [(document: \"d\", paragraph: 1, phrase: \"words\")]";

fn commitment(id: &str, committer: &str, more: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"Commitment\", statement: \"s\", committers: [{committer}], \
        verb: \"will\", strength: \"firm\", mode: FutureAction, {more} {CITED}),"
    )
}

fn figure(id: &str, amount: &str, kind: &str, unit: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"Figure {id}\", statement: \"s\", kind: {kind}, amount: {amount}, \
        unit: \"{unit}\", chartable: Yes, {CITED}),"
    )
}

fn event(id: &str, title: &str, date: &str) -> String {
    format!("(id: \"{id}\", title: \"{title}\", date: (date: \"{date}\", basis: Stated), {CITED}),")
}

fn whole(
    priorities: &str,
    themes: &str,
    commitments: &str,
    bodies: &str,
    figures: &str,
    events: &str,
) -> String {
    format!(
        "#![enable(implicit_some)]
        (
            format: 1, title: \"Nasty\", compiled: \"2026-11-22\",
            priorities: [{priorities}],
            themes: [{themes}],
            ladder: [(id: \"firm\", rank: 4, label: \"firm\", verbs: [\"will\"])],
            documents: [(id: \"d\", title: \"Document\", short: \"Document\", kind: Treaty, legal_character: Undetermined,
                date: (date: \"2023\", basis: Stated), url: \"https://example.org\")],
            commitments: [{commitments}],
            bodies: [{bodies}],
            figures: [{figures}],
            events: [{events}],
        )"
    )
}
