//! Networks: what is linked, where it stands, and texts that keep apart.

use super::boxes::{Screen, whole_and_apart};
use super::samples::{keys, korean, picture};
use super::shipped;
use egui::vec2;
use linchpin_charts::picture::{
    ChartMark, ColorRole, Network, NetworkEdge, NetworkNode, Picture, PictureBody,
};
use linchpin_register::query::CountingRule;
use linchpin_register::{Register, load};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Records on a grid, every one a little off it, with these links.
fn network(id: &str, names: &[String], links: &[(usize, usize)]) -> Picture {
    let across = (names.len() as f32).sqrt().ceil();
    let place = |i: usize| {
        (
            i as f32 % across / across,
            (i as f32 / across).floor() / across + 0.003 * i as f32 % 0.05,
        )
    };
    let nodes = names.iter().enumerate().map(|(i, name)| NetworkNode {
        name: name.clone(),
        key: i % 7,
        x: place(i).0,
        y: place(i).1,
        mark: ChartMark {
            label: name.clone(),
            records: Vec::new(),
        },
    });
    let says = [
        "members",
        "parent",
        "parties",
        "instruments",
        "part of",
        "follows",
    ];
    let links = links.iter().map(|&(from, to)| NetworkEdge {
        from,
        to,
        label: says[to % says.len()].into(),
    });
    let body = Network {
        keys: keys(
            &["One", "Two", "Three", "Four", "Five", "Six", "Seven"],
            ColorRole::Category,
        ),
        nodes: nodes.collect(),
        edges: links.collect(),
    };
    picture(id, PictureBody::Network(body))
}

fn numbered(name: &str, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{name} {i}")).collect()
}

fn chain(from: usize, to: usize) -> Vec<(usize, usize)> {
    (from + 1..to).map(|i| (i - 1, i)).collect()
}

fn star(count: usize) -> Vec<(usize, usize)> {
    (1..count).map(|i| (0, i)).collect()
}

fn check(picture: &Picture, sizes: &[(f32, Option<f32>)]) {
    let (screen, fine) = (Screen::new(1.0), Screen::new(8.0));
    for &(width, height) in sizes {
        let size = vec2(
            width,
            height.unwrap_or_else(|| screen.height(picture, width)),
        );
        whole_and_apart("network", &Register::default(), picture, size, &fine);
    }
}

const SIZES: [(f32, Option<f32>); 6] = [
    (200.0, None),
    (480.0, None),
    (1000.0, None),
    (300.0, Some(200.0)),
    (1200.0, Some(240.0)),
    (400.0, Some(1200.0)),
];

#[test]
fn texts_of_networks_keep_apart() {
    check(&network("one", &[korean()], &[]), &SIZES);
    check(&network("none", &[], &[]), &SIZES);
    check(
        &network("star", &numbered("Body of the alliance", 30), &star(30)),
        &SIZES,
    );
    check(
        &network("chain", &numbered("Body", 24), &chain(0, 24)),
        &SIZES,
    );
    let mut two = chain(0, 6);
    two.extend(chain(6, 12));
    check(&network("two", &numbered(&korean(), 12), &two), &SIZES);
}

#[test]
fn a_hundred_and_fifty_records_have_room() {
    let names = numbered("Consultative body", 150);
    check(&network("star", &names, &star(150)), &[(1000.0, None)]);
}

#[test]
fn records_in_one_place_part() {
    let mut picture = network("heap", &numbered("Body", 20), &star(20));
    if let PictureBody::Network(network) = &mut picture.body {
        for node in &mut network.nodes {
            (node.x, node.y) = (f32::NAN, 7.0);
        }
        network.edges.push(NetworkEdge {
            from: 3,
            to: 900,
            label: "nowhere".into(),
        });
    }
    check(&picture, &SIZES[..3]);
}

/// What a chart with these fields draws of a register.
fn draw(register: &Register, fields: &str) -> Picture {
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"T\", charts: [(id: \"c\", title: \"C\", \
        mark: Network, {fields})])"
    );
    let loaded = load(text, Vec::new());
    assert_eq!(loaded.register.charts.len(), 1, "{:#?}", loaded.diagnostics);
    linchpin_charts::build_or_explain(
        register,
        &loaded.register.charts[0],
        CountingRule::default(),
    )
}

fn drawn(picture: &Picture) -> &Network {
    match &picture.body {
        PictureBody::Network(network) => network,
        _ => panic!("{}", picture.to_text()),
    }
}

fn refused(register: &Register, fields: &str) -> String {
    match draw(register, fields).body {
        PictureBody::Empty(words) => words,
        body => panic!("{fields} is drawn: {body:?}"),
    }
}

const ALL: &str = "records: [Bodies, Parties, Instruments]";

#[test]
fn links_say_what_the_fields_say() {
    let register = shipped();
    let picture = draw(&register, ALL);
    let network = drawn(&picture);
    let name = |at: usize| network.nodes[at].name.as_str();
    let said: Vec<_> = network
        .edges
        .iter()
        .map(|link| (name(link.from), link.label.as_str(), name(link.to)))
        .collect();
    for link in [
        ("Nuclear Consultative Group", "members", "United States"),
        ("Camp David Principles", "parties", "Japan"),
        ("Voice of America", "parent", "United States"),
    ] {
        assert!(said.contains(&link), "{link:?} is not among {said:#?}");
    }
    let pairs: Vec<_> = network
        .edges
        .iter()
        .map(|link| (link.from.min(link.to), link.from.max(link.to)))
        .collect();
    let mut once = pairs.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(pairs.len(), once.len(), "one line for a pair");
    let nodes = network.nodes.len();
    assert!((0..nodes).all(|i| {
        network
            .edges
            .iter()
            .any(|link| link.from == i || link.to == i)
    }));
    let all = register.bodies.len() + register.parties.len() + register.instruments.len();
    let note = picture.note.clone().unwrap_or_default();
    assert!(
        note.contains(&format!("not drawn: {} parties.", all - nodes)),
        "{note}"
    );
    let ncg = network
        .nodes
        .iter()
        .find(|node| node.name == "Nuclear Consultative Group")
        .unwrap();
    assert!(
        ncg.mark.label.contains("body: 2 links, "),
        "{}",
        ncg.mark.label
    );
}

/// Where each record stands, by its name.
fn places(picture: &Picture) -> BTreeMap<String, (f32, f32)> {
    let nodes = &drawn(picture).nodes;
    nodes
        .iter()
        .map(|node| (node.name.clone(), (node.x, node.y)))
        .collect()
}

#[test]
fn places_stay_whatever_the_order_and_almost_when_a_record_goes() {
    let register = shipped();
    let whole = places(&draw(&register, ALL));
    assert_eq!(whole, places(&draw(&register, ALL)));
    assert_eq!(
        whole,
        places(&draw(&register, "records: [Instruments, Parties, Bodies]"))
    );
    for gone in [
        "rok-3k-defense",
        "nuclear-consultative-group",
        "voice-of-america",
    ] {
        let without = format!("{ALL}, filter: [(field: \"id\", is: [\"{gone}\"], not: true)]");
        let fewer = places(&draw(&register, &without));
        let moved: Vec<f32> = fewer
            .iter()
            .filter_map(|(name, at)| {
                let before = whole.get(name)?;
                Some(((at.0 - before.0).powi(2) + (at.1 - before.1).powi(2)).sqrt())
            })
            .collect();
        let mean = moved.iter().sum::<f32>() / moved.len() as f32;
        assert!(
            fewer.len() + 2 >= whole.len() && mean < 0.1,
            "without {gone}: {mean}"
        );
    }
}

#[test]
fn the_best_linked_are_drawn_of_too_many() {
    let mut parties = String::new();
    for i in 0..200 {
        let parent = if i == 0 {
            String::new()
        } else {
            format!("parent: \"p{}\",", i / 8)
        };
        let _ = write!(
            parties,
            "(id: \"p{i}\", name: \"Party {i}\", {parent} kind: Office),"
        );
    }
    let text =
        format!("#![enable(implicit_some)]\n(format: 1, title: \"T\", parties: [{parties}])");
    let register = super::register(&text);
    let picture = draw(&register, "records: [Parties]");
    let network = drawn(&picture);
    assert_eq!(network.nodes.len(), 150);
    assert!((0..25).all(|i| {
        network
            .nodes
            .iter()
            .any(|node| node.name == format!("Party {i}"))
    }));
    let note = picture.note.unwrap_or_default();
    assert!(
        note.contains("Not drawn: 50 more linked records."),
        "{note}"
    );
}

#[test]
fn what_is_no_network_is_refused_with_a_way_out() {
    let register = shipped();
    for (fields, why) in [
        ("records: [Parties], x: (field: \"kind\")", "no axes"),
        (
            "records: [Parties, Bodies], y: (field: \"kind\")",
            "no axes",
        ),
        (
            "records: [Parties, Bodies], color: (field: \"kind\")",
            "stand for the lists",
        ),
        ("records: [Parties], color: ()", "what the colors stand for"),
        (
            "records: [Themes]",
            "No link joins any two of these themes.",
        ),
    ] {
        let words = refused(&register, fields);
        assert!(words.contains(why), "{words}");
        assert!(words.matches('.').count() >= 2, "no way out: {words}");
    }
    let picture = draw(&register, "records: [Parties], color: (field: \"kind\")");
    let names: Vec<_> = drawn(&picture)
        .keys
        .iter()
        .map(|key| key.name.as_str())
        .collect();
    assert!(names.contains(&"person") && names.len() <= 6, "{names:?}");
}
