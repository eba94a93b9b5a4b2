//! The shipped registers are whole and sound, and coded by the rules of the house.

use linchpin_register::bundled;
use linchpin_register::schema::VisitedValue;
use linchpin_register::vocabulary::{
    CodingExtent, FigureKind, MoneyFlow, StatementMode, WordingChange,
};
use linchpin_register::{
    Amount, Chartable, Citation, Commitment, Document, Figure, LadderStep, LoadedRegister, Party,
    Priority, Register, load,
};
use std::cmp::Ordering;
use std::path::Path;

fn loaded() -> LoadedRegister {
    load(bundled::ALLIANCE_TEXT, Vec::new())
}

fn figure<'r>(register: &'r Register, id: &str) -> &'r Figure {
    register.get(id).unwrap_or_else(|| panic!("no figure {id}"))
}

/// Every citation of every record, wherever it stands in it, with the record's id.
fn citations(register: &Register) -> Vec<(&str, &Citation)> {
    let mut all = Vec::new();
    for (_, record) in register.iter_records() {
        record.walk(&mut Vec::new(), &mut |_, visit| {
            if let VisitedValue::Citation(citation) = visit {
                all.push((record.id(), citation));
            }
        });
    }
    all
}

#[test]
fn they_have_no_problems() {
    for shipped in bundled::BUNDLED_REGISTERS {
        let loaded = load(shipped.text, Vec::new()).checked_with_ron();
        let lines = ron_lossless::LineIndex::new(shipped.text);
        let problems: Vec<String> = loaded
            .diagnostics
            .iter()
            .map(|p| {
                let at = lines.position(shipped.text, p.span.start);
                let name = shipped.name;
                format!(
                    "{name}:{}:{}: [{}] {}",
                    at.line, at.column, p.code, p.message
                )
            })
            .collect();
        assert_eq!(problems, Vec::<String>::new());
        assert!(!loaded.is_broken);
        assert_eq!(
            (loaded.unloaded_records, loaded.omitted_diagnostics),
            (0, 0)
        );
    }
}

#[test]
fn it_holds_what_the_texts_state() {
    let register = loaded().register;
    let counts: Vec<String> = linchpin_register::RecordKind::ALL
        .iter()
        .map(|&kind| format!("{} {}", register.count(kind), kind.list()))
        .collect();
    assert_eq!(
        counts.join(", "),
        "3 priorities, 15 themes, 10 ladder, 0 cues, 34 parties, 17 documents, 73 commitments, 8 \
        bodies, 16 instruments, 28 figures, 15 events, 16 concerns, 8 dismissals, 8 charts, 2 \
        recipes"
    );
    let named = |name: &str| {
        register
            .iter_records()
            .any(|(_, r)| r.title().contains(name) || r.short_title().contains(name))
    };
    for name in [
        "NCG",
        "EDSCG",
        "CMWG",
        "RCWG",
        "Mutual Defense Treaty",
        "Washington Declaration",
        "Camp David",
        "Tailored Deterrence Strategy",
        "Nuclear Posture Review",
        "Nonproliferation Treaty",
        "3K",
        "U.S. Forces Korea",
        "United Nations Command",
        "Combined Forces Command",
        "ROK Strategic Command",
        "Global Strike Command",
        "Strategic Command",
        "Indo-Pacific Command",
        "NC3",
        "United States",
        "Korea",
        "Japan",
        "Russia",
        "Southeast Asia",
        "Pacific Island",
        "Biden",
        "Yoon",
        "Austin",
        "Shin",
        "Blinken",
        "Putin",
    ] {
        assert!(named(name), "{name} has no record");
    }
}

#[test]
fn every_commitment_is_cited_and_somebody_s() {
    let register = loaded().register;
    for commitment in &register.commitments {
        let id = commitment.id.as_str();
        assert!(
            commitment.citations.iter().any(|c| !c.external),
            "{id} cites no coded text"
        );
        assert!(!commitment.committers.is_empty(), "{id}");
        for party in &commitment.committers {
            assert!(register.get::<Party>(party.as_str()).is_some(), "{id}");
        }
        assert!(
            commitment.effective_step(&register).is_some(),
            "{id} has no step of the ladder"
        );
    }
}

#[test]
fn children_inherit_strength() {
    let register = loaded().register;
    let mut children = 0;
    for child in &register.commitments {
        let Some(parent) = &child.parent else {
            assert_ne!(
                child.mode,
                StatementMode::Inclusion,
                "{} is a part of nothing",
                child.id.as_str()
            );
            continue;
        };
        children += 1;
        let parent: &Commitment = register.get(parent.as_str()).unwrap();
        assert_eq!(
            child.strength,
            None,
            "{} has a strength of its own",
            child.id.as_str()
        );
        let id = |step: Option<&LadderStep>| step.map(|s| s.id.as_str().to_owned());
        assert_eq!(
            id(child.effective_step(&register)),
            id(parent.effective_step(&register))
        );
    }
    assert_eq!(children, 8);
}

#[test]
fn the_vision_s_priorities_keep_their_order() {
    let register = loaded().register;
    let ranks: Vec<u8> = register.priorities.iter().map(|p| p.rank).collect();
    assert_eq!(ranks, [1, 2, 3]);
    // The paragraphs of the Vision that state them, in the same order.
    for (priority, paragraph) in register.priorities.iter().zip(5..) {
        assert_eq!(
            priority.citations[0].paragraph,
            Some(paragraph),
            "{}",
            priority.id.as_str()
        );
    }
    // A commitment stands under the priority of its paragraph.
    for commitment in &register.commitments {
        let vision = commitment
            .citations
            .iter()
            .find(|c| c.document.as_str() == "defense-vision-2023");
        let paragraph = vision.and_then(|c| c.paragraph);
        let rank = commitment
            .priority
            .as_ref()
            .and_then(|p| register.get::<Priority>(p.as_str()))
            .map(|p| u32::from(p.rank) + 4);
        assert_eq!(
            rank,
            paragraph.filter(|p| (5..=7).contains(p)),
            "{}",
            commitment.id.as_str()
        );
    }
}

#[test]
fn numbers_are_never_misquoted() {
    let register = loaded().register;
    let personnel = figure(&register, "service-personnel-in-south-korea");
    assert_eq!(personnel.amount, Amount::Exactly(28_500.0));
    assert_eq!(
        (personnel.kind, personnel.flow),
        (FigureKind::Count, Some(MoneyFlow::Stock))
    );

    let investment = figure(&register, "south-korean-investment-since-2021");
    assert_eq!(investment.amount, Amount::MoreThan(140e9));
    assert_eq!(
        (investment.currency.as_deref(), investment.flow),
        (Some("USD"), Some(MoneyFlow::Commitment))
    );
    let ends = [&investment.from, &investment.to].map(|p| p.as_ref().map(|p| p.as_str()));
    assert_eq!(ends, [Some("rok"), Some("us")]);

    let casualties = figure(&register, "north-korean-casualties");
    assert_eq!(casualties.amount, Amount::MoreThan(1_000.0));
    let unit = casualties.unit.as_deref().unwrap_or_default();
    assert!(
        unit.contains("killed") && unit.contains("wounded"),
        "{unit}"
    );

    for figure in &register.figures {
        let id = figure.id.as_str();
        if matches!(
            figure.kind,
            FigureKind::Rank | FigureKind::Identifier | FigureKind::Date
        ) {
            assert_ne!(figure.chartable, Chartable::Yes, "{id} is no quantity");
        }
    }
    // Two statements of seventy years and one of seven decades are three figures.
    let durations = register
        .figures
        .iter()
        .filter(|f| f.kind == FigureKind::Duration && f.chartable == Chartable::Yes);
    assert_eq!(durations.count(), 3);
    let centennial = figure(&register, "centennial-year");
    assert!(matches!(centennial.amount, Amount::On(date) if date.first_year() == 2053));
}

#[test]
fn no_adversary_promises_and_the_other_voice_stays_apart() {
    let register = loaded().register;
    for commitment in &register.commitments {
        for party in &commitment.committers {
            assert!(
                !["dprk", "russia"].contains(&party.as_str()),
                "{}",
                commitment.id.as_str()
            );
        }
    }
    for (id, citation) in citations(&register) {
        let eleventh = citation.paragraph == Some(11);
        let boilerplate = citation.document.as_str() == "afgsc-boilerplate";
        assert_eq!(eleventh, boilerplate, "{id}");
    }
}

#[test]
fn phrases_are_short() {
    let register = loaded().register;
    let all = citations(&register);
    assert!(all.len() > 220, "{}", all.len());
    for (id, citation) in all {
        assert!(
            register
                .get::<Document>(citation.document.as_str())
                .is_some(),
            "{id}"
        );
        let words = citation
            .phrase
            .as_deref()
            .map_or(0, |p| p.split_whitespace().count());
        assert!(words <= 10, "{id} quotes {words} words");
        assert!(citation.external || words > 0, "{id} quotes nothing");
    }
}

#[test]
fn the_coded_texts_are_coded_through() {
    let register = loaded().register;
    let whole = register.documents.iter();
    let whole = whole.filter(|d| d.coded == Some(CodingExtent::Whole));
    let whole: Vec<&str> = whole.map(|d| d.id.as_str()).collect();
    assert_eq!(
        whole,
        [
            "defense-vision-2023",
            "afgsc-boilerplate",
            "voa-editorial-2025",
            "washington-declaration-2023"
        ]
    );
    for (id, citation) in citations(&register) {
        let coded = whole.contains(&citation.document.as_str());
        assert_eq!(coded, !citation.external, "{id}");
    }
}

#[test]
fn the_vision_is_compared_with_the_declaration_by_the_steps() {
    let register = loaded().register;
    let cites = |c: &Commitment, document: &str| {
        c.citations.iter().any(|c| c.document.as_str() == document)
    };
    let rank = |c: &Commitment| c.effective_step(&register).and_then(|step| step.rank);
    for commitment in &register.commitments {
        let id = commitment.id.as_str();
        for entry in &commitment.continuity {
            let against = entry.against.as_str();
            assert!(!cites(commitment, against), "{id}");
            // What was dropped stands at the words of April; all else at those of November.
            let is_of_april = cites(commitment, "washington-declaration-2023");
            assert_eq!(is_of_april, entry.change == WordingChange::Dropped, "{id}");
            let Some(earlier) = &entry.earlier else {
                assert!(
                    matches!(entry.change, WordingChange::New | WordingChange::Dropped),
                    "{id}"
                );
                continue;
            };
            let earlier: &Commitment = register.get(earlier.as_str()).unwrap();
            assert!(cites(earlier, against), "{id}");
            let change = match rank(commitment).cmp(&rank(earlier)) {
                Ordering::Less => WordingChange::Weakened,
                Ordering::Equal => WordingChange::Reworded,
                Ordering::Greater => WordingChange::Strengthened,
            };
            assert_eq!(entry.change, change, "{id}");
        }
    }
    let ranks = [
        "will-enable-conventional-support",
        "enable-conventional-support-to-nuclear-operations",
    ]
    .map(|id| register.get::<Commitment>(id).and_then(rank));
    assert_eq!(ranks, [Some(4), Some(3)]);
}

/// Every phrase stands in its paragraph, letter for letter.
#[test]
#[ignore = "needs the texts in ../shared/sources"]
fn needs_texts_phrases_stand_in_their_paragraphs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sources");
    let vision = std::fs::read_to_string(folder.join("defense-vision-2023.txt")).unwrap();
    let editorial = std::fs::read_to_string(folder.join("voa-editorial-2025.txt")).unwrap();
    let declaration = std::fs::read_to_string(folder.join("washington-declaration-2023.txt")).ok();
    let register = loaded().register;
    let mut wrong = Vec::new();
    let mut found = 0;
    for (id, citation) in citations(&register)
        .into_iter()
        .filter(|(_, c)| !c.external)
    {
        let text = match citation.document.as_str() {
            "defense-vision-2023" | "afgsc-boilerplate" => &vision,
            "voa-editorial-2025" => &editorial,
            "washington-declaration-2023" => match &declaration {
                Some(text) => text,
                None => continue,
            },
            other => {
                wrong.push(format!("{id} cites {other}, whose text is not coded"));
                continue;
            }
        };
        let (Some(paragraph), Some(phrase)) = (citation.paragraph, &citation.phrase) else {
            wrong.push(format!("{id} does not say where"));
            continue;
        };
        match text.lines().nth(paragraph as usize - 1) {
            Some(line) if line.contains(phrase.as_str()) => found += 1,
            _ => wrong.push(format!("{id}: paragraph {paragraph} has no {phrase:?}")),
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(found > 100, "{found}");
}
