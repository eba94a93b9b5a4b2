//! Through a series of documents.

use super::Chance;
use super::talks::{PROMISES, library, talks};
use linchpin_charts::picture::PictureBody;
use linchpin_compare::series_picture as charts;
use linchpin_compare::{
    DocumentTrace, Presence, PresenceSource, StepChange, TraceSubject, series_documents,
    series_names, sort_documents, trace_documents,
};
use linchpin_reading::TextLibrary;
use linchpin_register::{Document, LoadedRegister};

fn all(loaded: &LoadedRegister) -> Vec<&Document> {
    sort_documents(series_documents(&loaded.register, "Talks"))
}

fn through(
    loaded: &LoadedRegister,
    library: &TextLibrary,
    what: TraceSubject<'_>,
) -> DocumentTrace {
    trace_documents(&loaded.register, library, &all(loaded), what)
}

/// "First said lights-1 Coded First", "Second not said"
fn told(series: &DocumentTrace) -> Vec<String> {
    let rows = series.rows.iter().map(|row| match &row.presence {
        Presence::Present(said) => format!(
            "{} said {} {:?} {:?}{}",
            row.short,
            said.id.as_deref().unwrap_or("-"),
            said.source,
            row.step_change.unwrap_or(StepChange::Same),
            if row.is_resumed { " back" } else { "" }
        ),
        other => format!("{} {}", row.short, other.label()),
    });
    rows.collect()
}

#[test]
fn a_commitment_is_followed_both_ways_and_proposals_stand_apart() {
    let entry = " continuity: [(against: \"talks-1\", change: Weakened, earlier: \"lights-1\")],";
    let loaded = talks(PROMISES, &[("lights-2", entry)]);
    for start in ["lights-1", "lights-2"] {
        let found = through(
            &loaded,
            &TextLibrary::default(),
            TraceSubject::Commitment(start),
        );
        let (one, two) = match start {
            "lights-1" => ("Coded", "Confirmed"),
            _ => ("Confirmed", "Coded"),
        };
        assert_eq!(
            told(&found),
            [
                format!("First said lights-1 {one} First"),
                format!("Second said lights-2 {two} Weaker"),
                "Third said lights-3 Proposed Same".into(),
                "Fourth not known".into(),
            ]
        );
    }
}

#[test]
fn a_gap_is_known_only_where_the_document_is_coded_for_it() {
    let loaded = talks(PROMISES, &[]);
    let none = TextLibrary::default();
    let pier = through(&loaded, &none, TraceSubject::Commitment("pier-3"));
    assert_eq!(
        told(&pier),
        [
            "First said pier-1 Proposed First",
            "Second not said",
            "Third said pier-3 Coded Same back",
            "Fourth not known",
        ]
    );
    let gaps: Vec<&str> = pier.gaps().iter().map(|row| row.short.as_str()).collect();
    assert_eq!(gaps, ["Second"]);
    assert_eq!(pier.first().map(|row| row.short.as_str()), Some("First"));
    assert_eq!(pier.last().map(|row| row.short.as_str()), Some("Third"));
    let ferry = through(&loaded, &none, TraceSubject::Commitment("ferry-1"));
    assert_eq!(
        told(&ferry)[1..],
        ["Second not known", "Third not said", "Fourth not known"]
    );
    let entry = " continuity: [(against: \"talks-2\", change: Dropped)],";
    let dropped = talks(PROMISES, &[("ferry-1", entry)]);
    let ferry = through(&dropped, &none, TraceSubject::Commitment("ferry-1"));
    assert_eq!(told(&ferry)[1], "Second not said");
}

#[test]
fn a_phrase_is_looked_for_in_texts_and_else_in_cited_phrases() {
    let loaded = talks(PROMISES, &[]);
    let texts = [
        (
            "talks-1",
            "They will keep the “light\u{a0}ship” manned at night.\nNo. 5 left.",
        ),
        ("talks-2", "The U.S. side said nothing of lamps…"),
    ];
    let library = library(&loaded, &texts);
    let found = through(&loaded, &library, TraceSubject::Phrase("\"light ship\""));
    assert_eq!(
        told(&found),
        [
            "First said - Text First",
            "Second not said",
            "Third said lights-3 Cited NotRanked back",
            "Fourth not known",
        ]
    );
    let first = found.rows[0].presence.mention().unwrap();
    assert_eq!(first.phrase.as_deref(), Some("“light\u{a0}ship”"));
    assert_eq!(first.source, PresenceSource::Text);
    let found = through(
        &loaded,
        &TextLibrary::default(),
        TraceSubject::Phrase("LIGHT SHIP"),
    );
    assert_eq!(found.rows[3].presence.label(), "not known");
    assert_eq!(found.count(|presence| presence.mention().is_some()), 3);
}

#[test]
fn a_theme_has_the_firmest_commitment_of_each_document() {
    let loaded = talks(PROMISES, &[]);
    let found = through(
        &loaded,
        &TextLibrary::default(),
        TraceSubject::Theme("ferries"),
    );
    assert_eq!(
        told(&found),
        [
            "First said ferry-1 Coded First",
            "Second not known",
            "Third not said",
            "Fourth said school-4 Coded Same back",
        ]
    );
    let harbor = through(
        &loaded,
        &TextLibrary::default(),
        TraceSubject::Theme("harbor"),
    );
    let steps: Vec<_> = harbor
        .rows
        .iter()
        .filter_map(|row| row.presence.mention()?.rank)
        .collect();
    assert_eq!(steps, [4, 4, 5]);
    assert_eq!(harbor.rows[2].step_change, Some(StepChange::Firmer));
    assert_eq!(series_names(&loaded.register), ["Talks"]);
}

#[test]
fn the_chart_keeps_said_not_said_and_not_known_apart_and_every_mark_has_its_record() {
    let loaded = talks(PROMISES, &[]);
    let found = through(
        &loaded,
        &TextLibrary::default(),
        TraceSubject::Commitment("pier-3"),
    );
    let picture = charts::series_picture(&loaded.register, &found, "Talks");
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("{picture:?}");
    };
    let names: Vec<&str> = plot.series.iter().map(|s| s.key.name.as_str()).collect();
    assert_eq!(names, ["4 · firm", "not said", "not known"]);
    assert!(picture.marks().all(|(_, mark)| mark.records.len() == 1));
    assert_eq!(picture.marks().count(), 4);
    let text = picture.to_text();
    assert!(
        text.contains("= 1st?: First") && text.contains("= 3rd: Third"),
        "{text}"
    );
    let table = charts::series_table(&found);
    assert_eq!(table.rows.len(), 4);
    assert_eq!(table.rows[1].cells[2], "not said");
    let summary = charts::summary_sentences(&found).join(" ");
    assert_eq!(
        summary,
        "First seen: First (1 May 2001). Last seen: Third (1 May 2003). Not said in between: \
        Second."
    );
    let none = trace_documents(
        &loaded.register,
        &TextLibrary::default(),
        &[],
        TraceSubject::Theme("harbor"),
    );
    assert!(matches!(
        charts::series_picture(&loaded.register, &none, "").body,
        PictureBody::Empty(_)
    ));
}

#[test]
fn nothing_that_is_asked_for_breaks_it() {
    let loaded = talks(
        PROMISES,
        &[(
            "pier-1",
            " continuity: [(against: \"talks-9\", change: New, earlier: \"pier-1\")],",
        )],
    );
    let mut chance = Chance(7);
    let words = [
        "", " ", "“", "pier-1", "talks-1", "harbor", "…", "등대", "nothing",
    ];
    for _ in 0..60 {
        let word = chance.one_of(&words);
        for what in [
            TraceSubject::Phrase(word),
            TraceSubject::Commitment(word),
            TraceSubject::Theme(word),
        ] {
            let found = through(&loaded, &TextLibrary::default(), what);
            assert_eq!(found.rows.len(), 4);
            let picture = charts::series_picture(&loaded.register, &found, "");
            assert!(!picture.description.is_empty());
        }
    }
}
