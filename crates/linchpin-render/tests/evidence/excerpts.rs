//! What is cut out of a register stands for itself.

use crate::registers::{all, folder, shipped, with_charts};
use linchpin_charts::evidence::{self, MAX_EXCERPT_BYTES, excerpt};
use linchpin_register::query::CountingRule;
use linchpin_register::{RecordKind, load};

#[test]
fn an_excerpt_is_a_sound_register_and_its_own_excerpt() {
    for (name, loaded, all) in all() {
        for chart in all {
            let what = format!("{name} {}", chart.id);
            let text = excerpt(&loaded, &chart);
            let cut = load(text.as_str(), Vec::new()).checked_with_ron();
            assert_eq!(
                cut.diagnostic_count(),
                0,
                "{what}: {:?}\n{text}",
                cut.diagnostics
            );
            let again = linchpin_charts::by_id(&cut.register, chart.id.as_str()).expect(&what);
            assert_eq!(*again, chart, "{what}");
            assert_eq!(excerpt(&cut, again), text, "{what}");
        }
    }
}

#[test]
fn records_stand_in_an_excerpt_byte_for_byte_with_their_comments() {
    for (name, loaded, all) in all() {
        for chart in all {
            let cut = load(excerpt(&loaded, &chart), Vec::new());
            let words = |of: &linchpin_register::LoadedRegister, id: &str| {
                let at = of.register.find(id)?;
                Some(of.record_span(at).of(&of.text).to_owned())
            };
            let mut records = 0;
            for (_, record) in cut.register.iter_records() {
                records += 1;
                if let Some(before) = words(&loaded, record.id()) {
                    assert_eq!(words(&cut, record.id()), Some(before), "{name}");
                }
            }
            assert!(records > 1, "{name} {}", chart.id);
        }
    }
    let of_folder = folder();
    let text = excerpt(
        &of_folder,
        linchpin_charts::by_id(&of_folder.register, "commitments-by-committer").unwrap(),
    );
    for comment in [
        "        // who\r\n",
        "kind: State), /* on one line */\r\n",
        "        /* a comment\n over two lines */\r\n        // and another\r\n",
        "%20\"), // after\r\n",
        "        // two\r\n",
        ", /* three */\r\n",
    ] {
        assert!(text.contains(comment), "{comment:?} in\n{text}");
    }
    assert!(text.contains("compilers: [\"가\", \"나\"]"), "{text}");
    let own = with_charts();
    let text = excerpt(
        &own,
        linchpin_charts::by_id(&own.register, "narrowed").unwrap(),
    );
    assert!(text.contains("        // Only what is dated: \"a remark\", and a [bracket.\n"));
    assert!(text.contains("        ), // behind it\n"), "{text}");
    assert_eq!(load(text, Vec::new()).register.charts.len(), 1);
}

#[test]
fn a_picture_of_an_excerpt_is_the_picture_of_the_register() {
    for (name, loaded, all) in all() {
        for chart in all {
            let cut = load(excerpt(&loaded, &chart), Vec::new());
            let text_of = |register| {
                let mut picture =
                    linchpin_charts::build_or_explain(register, &chart, CountingRule::default());
                // The fingerprints differ: nobody has said what it was cut from.
                picture.source.clear();
                // Records stand at other places.
                without_places(&picture.to_text())
            };
            assert_eq!(
                text_of(&cut.register),
                text_of(&loaded.register),
                "{name} {}",
                chart.id
            );
        }
    }
}

#[test]
fn only_what_a_chart_needs_is_cut_out() {
    let loaded = shipped();
    let figures = linchpin_charts::by_id(&loaded.register, "figures").unwrap();
    let cut = load(excerpt(&loaded, figures), Vec::new());
    let count = |kind| (loaded.register.count(kind), cut.register.count(kind));
    let (before, after) = count(RecordKind::Commitment);
    assert!(before > 40 && after == 0, "{before} {after}");
    let (before, after) = count(RecordKind::Figure);
    assert_eq!(before, after);
    assert_eq!(cut.register.charts.len(), 1);
    assert_eq!(cut.register.license, loaded.register.license);
}

#[test]
fn a_chart_whose_id_a_record_has_is_drawn_all_the_same() {
    let text = "(format: 1, title: \"t\", themes: [(id: \"commitments-by-theme\", name: \"n\")])";
    let loaded = load(text, Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0);
    let chart = linchpin_charts::by_id(&loaded.register, "commitments-by-theme").unwrap();
    let text = excerpt(&loaded, chart);
    let cut = load(text.as_str(), Vec::new());
    assert_eq!(cut.diagnostic_count(), 0, "{:?}", cut.diagnostics);
    assert!(cut.register.charts.is_empty());
    assert_eq!(excerpt(&cut, chart), text);
}

/// Without the numbers in brackets behind lists: "commitments[27]".
fn without_places(text: &str) -> String {
    let mut pieces = text.split('[');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push('[');
        out.push_str(piece.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

#[test]
fn an_excerpt_that_is_too_large_is_left_out_and_said_so() {
    let long = "long ".repeat(MAX_EXCERPT_BYTES / 5);
    let text = format!(
        "(format: 1, title: \"t\", themes: [(id: \"t\", name: \"n\", meaning: \"{long}\")])"
    );
    let loaded = load(text, Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, "commitments-by-theme").unwrap();
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
    let made = evidence::evidence_of_chart(
        &loaded,
        "long.ron",
        chart,
        CountingRule::default(),
        &picture,
    );
    assert_eq!(made.excerpt, None);
    let why = made.left_out.unwrap();
    assert!(why.contains("too many to be carried: 9 MB"), "{why}");
    assert!(made.chart.definition.contains("mark: Bar"));
}

#[test]
fn a_broken_record_does_not_break_an_excerpt() {
    let text = "(format: 1, title: \"t\", themes: [(id: \"t\", name: \"n\")], parties: \
        [(id: \"p\", name \"x\")])";
    let loaded = load(text, Vec::new());
    assert!(loaded.is_broken);
    let chart = linchpin_charts::by_id(&loaded.register, "commitments-by-theme").unwrap();
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
    let made =
        evidence::evidence_of_chart(&loaded, "a.ron", chart, CountingRule::default(), &picture);
    let cut = load(made.excerpt.unwrap(), Vec::new());
    assert_eq!(cut.diagnostic_count(), 0, "{:?}", cut.diagnostics);
    let text = text.replace("name: \"n\"", "name \"n\"");
    let loaded = load(text, Vec::new());
    let made =
        evidence::evidence_of_chart(&loaded, "a.ron", chart, CountingRule::default(), &picture);
    assert_eq!((made.excerpt, loaded.register.themes.len()), (None, 1));
    assert!(made.left_out.unwrap().contains("broken"));
}

#[test]
fn an_image_carries_no_user_and_no_password() {
    let text = linchpin_register::bundled::ALLIANCE_TEXT
        .replace("url: \"https://", "url: \"https://kim:geheim@")
        .replacen(
            "charts: [\n",
            "charts: [\n        // See https://kim:geheim@example.org\n",
            1,
        );
    let (loaded, open) = (load(text.as_str(), Vec::new()), shipped());
    assert!(text.matches("geheim").count() > 5);
    for chart in linchpin_charts::charts_of(&loaded.register) {
        let picture =
            linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
        let carried =
            evidence::evidence_of_chart(&loaded, "a.ron", chart, CountingRule::default(), &picture);
        let json = carried.to_json();
        assert!(
            !json.contains("geheim") && !json.contains("kim:"),
            "{}",
            chart.id
        );
        // What is left is what stands in the register without them.
        let same = linchpin_charts::by_id(&open.register, chart.id.as_str()).unwrap();
        let own = excerpt(&open, same);
        let cut = excerpt(&loaded, chart).replace("        // See https://example.org\n", "");
        assert_eq!(cut, own, "{}", chart.id);
    }
}
