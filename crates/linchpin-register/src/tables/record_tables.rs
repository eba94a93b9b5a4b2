//! One table for each record type: its columns, and what it is narrowed by.

use super::builder::{derived, field, table};
use super::formatting::format_amount;
use super::{CellMark, CellValue, TableCell, TableSpec};
use crate::schema::PathStep::Field;
use crate::vocabulary::{FigureMeasure, FulfillmentStatus};
use crate::{
    Body, Chart, Commitment, Concern, Cue, Dismissal, Document, Event, FieldType, Figure,
    Instrument, LadderStep, Party, Priority, Recipe, Record as _, RecordKind, RecordRef, Register,
    Theme,
};
use std::sync::LazyLock;

pub static COMMITMENTS: LazyLock<TableSpec> =
    LazyLock::new(|| {
        table::<Commitment>(
        "Commitments",
        "One committer, one operative verb, one trackable action.",
    )
    .cell(
        field(
            &[Field("title")],
            "Commitment",
            "What is promised. An arrow marks a part of another commitment.",
            330.0,
        ),
        |c, _| {
            let is_part = c.parent.is_some();
            TableCell::new(c.title.as_str()).with_mark(if is_part {
                CellMark::Child
            } else {
                CellMark::Name
            })
        },
    )
    .cell(
        field(
            &[Field("strength")],
            "Strength",
            "The step of the ladder that the governing verb stands on, 6 (firmest) to 0. A dash: a \
            kind without a rank.",
            205.0,
        ),
        |c, register| match c.effective_step(register) {
            Some(step) => {
                let value = CellValue::Ranked(step.ranked_label(), step.rank.map(f64::from));
                TableCell::new(value).with_mark(CellMark::LadderRank(step.rank))
            }
            None => TableCell::muted(CellValue::Missing),
        },
    )
    .text(
        field(
            &[Field("verb")],
            "Verb",
            "The governing verb as it stands in the text.",
            140.0,
        ),
        |c| &c.verb,
    )
    .links(
        field(&[Field("committers")], "Committer", "Who promises.", 180.0).key("committer"),
        |c| &c.committers,
    )
    .cell(
        field(
            &[Field("priority")],
            "Priority",
            "The priority under which it stands.",
            150.0,
        ),
        |c, register| {
            let link = c.priority.as_ref();
            match link.and_then(|link| register.get::<Priority>(link.as_str())) {
                Some(priority) => TableCell::new(CellValue::Ranked(
                    priority.short_title().to_owned(),
                    Some(f64::from(priority.rank)),
                )),
                None => TableCell::muted(CellValue::Missing),
            }
        },
    )
    .term(
        field(
            &[Field("mode")],
            "Mode",
            "What kind of statement it is.",
            120.0,
        ),
        |c| c.mode,
    )
    .cell(
        field(
            &[Field("status")],
            "Status",
            "How far it has been met, as last assessed.",
            130.0,
        ),
        |c, _| {
            let status = c.current_status();
            // What nobody has assessed is quiet; what was found missing is not.
            TableCell {
                muted: status == FulfillmentStatus::NotAssessed,
                ..TableCell::new(CellValue::Term(status.term())).with_mark(CellMark::Status(status))
            }
        },
    )
    .sources()
    .facet_links("priority", "Priority", |c| c.priority.as_slice())
    .facet_links("theme", "Theme", |c| &c.themes)
    .facet(
        "strength",
        "Strength",
        FieldType::Link(RecordKind::LadderStep),
        |c, register, add| {
            if let Some(step) = c.effective_step(register) {
                add(step.id.as_str(), &step.ranked_label());
            }
        },
    )
    .facet_links("committer", "Committer", |c| &c.committers)
    .facet_documents()
    .facet_terms("mode", "Mode", |c| [c.mode])
    .facet_terms("voice", "Voice", |c| {
        let voices = c.citations.iter().map(|citation| citation.effective_voice());
        voices.collect::<Vec<_>>()
    })
    .facet_terms("status", "Status", |c| [c.current_status()])
    .build()
    });

pub static BODIES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Body>(
        "Bodies",
        "A consultative body, dialogue, working group or command arrangement.",
    )
    .name(
        field(&[Field("name")], "Body", "Its full name.", 380.0),
        |x| &x.name,
    )
    .optional(
        field(&[Field("abbreviation")], "Short", "Its abbreviation.", 80.0),
        |x| x.abbreviation.as_ref(),
    )
    .term(field(&[Field("kind")], "Kind", "What it is.", 150.0), |x| {
        x.kind
    })
    .links(
        field(&[Field("members")], "Members", "Who sits in it.", 190.0),
        |x| &x.members,
    )
    .links(
        field(&[Field("parent")], "Under", "The body above it.", 150.0),
        |x| x.parent.as_slice(),
    )
    .date(
        field(
            &[Field("established")],
            "Established",
            "When it was set up or first met.",
            150.0,
        ),
        |x| Some(x.established.as_ref()?.date),
    )
    .count(
        derived(
            "commitments",
            "Commitments",
            "How many commitments work through it.",
            110.0,
            "Counted. To change it, edit the bodies of a commitment.",
        ),
        commitment_count,
    )
    .optional(
        field(&[Field("mandate")], "Mandate", "What it is for.", 320.0).muted(),
        |x| x.mandate.as_ref(),
    )
    .sources()
    .facet_terms("kind", "Kind", |x| [x.kind])
    .facet_links("priority", "Priority", |x| x.priority.as_slice())
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_links("member", "Member", |x| &x.members)
    .facet_documents()
    .build()
});

/// How many commitments work through a body.
fn commitment_count(register: &Register, index: usize) -> usize {
    let body = RecordRef {
        kind: RecordKind::Body,
        index: index as u32,
    };
    register
        .linked_from_kind(body, RecordKind::Commitment)
        .len()
}

pub static FIGURES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Figure>(
        "Figures",
        "A number that somebody states, with its bound, its unit and its date.",
    )
    .name(
        field(
            &[Field("title")],
            "Figure",
            "What the number counts.",
            330.0,
        ),
        |x| &x.title,
    )
    .cell(
        field(
            &[Field("amount")],
            "Amount",
            "The number with its bound: > 1,000 is a lower bound, not 1,000.",
            150.0,
        )
        .right(),
        |x, _| TableCell::new(CellValue::Amount(format_amount(x), x.amount.order())),
    )
    .optional(
        field(&[Field("unit")], "Unit", "What is counted.", 160.0),
        |x| x.unit.as_ref(),
    )
    .term(
        field(
            &[Field("kind")],
            "Kind",
            "What kind of number it is.",
            100.0,
        ),
        |x| x.kind,
    )
    .cell(
        field(
            &[Field("measure")],
            "Measure",
            "Whether it is a level or a change, a share, a rate, an index, and against what.",
            150.0,
        ),
        |x, _| TableCell {
            muted: x.effective_measure() == FigureMeasure::Level,
            ..TableCell::new(x.measure_text())
        },
    )
    .date(
        field(
            &[Field("as_of")],
            "As of",
            "The date at which it holds.",
            150.0,
        ),
        |x| Some(x.as_of.as_ref()?.date),
    )
    .links(
        field(
            &[Field("subjects")],
            "About",
            "Whom or what it is about.",
            150.0,
        ),
        |x| &x.subjects,
    )
    .links(
        field(&[Field("stated_by")], "Stated by", "Who states it.", 150.0),
        |x| x.stated_by.as_slice(),
    )
    .sources()
    .facet_terms("kind", "Kind", |x| [x.kind])
    .facet_terms("measure", "Measure", |x| [x.effective_measure()])
    .facet("unit", "Unit", FieldType::Text, |x, _, add| {
        if let Some(unit) = &x.unit {
            add(unit, unit);
        }
    })
    .facet_links("subject", "About", |x| &x.subjects)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});

pub static INSTRUMENTS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Instrument>(
        "Instruments",
        "A treaty, declaration, strategy, plan or process that a document names.",
    )
    .name(
        field(&[Field("name")], "Instrument", "Its full name.", 330.0),
        |x| &x.name,
    )
    .optional(
        field(&[Field("short")], "Short", "Its short name.", 120.0),
        |x| x.short.as_ref(),
    )
    .term(field(&[Field("kind")], "Kind", "What it is.", 120.0), |x| {
        x.kind
    })
    .links(
        field(&[Field("parties")], "Parties", "Whose it is.", 170.0),
        |x| &x.parties,
    )
    .date(
        field(
            &[Field("signed")],
            "Signed",
            "When it was signed or adopted.",
            150.0,
        ),
        |x| Some(x.signed.as_ref()?.date),
    )
    .date(
        field(
            &[Field("in_force")],
            "In force",
            "When it came into force.",
            150.0,
        ),
        |x| Some(x.in_force.as_ref()?.date),
    )
    .links(
        field(&[Field("themes")], "Themes", "Its subjects.", 190.0).muted(),
        |x| &x.themes,
    )
    .sources()
    .facet_terms("kind", "Kind", |x| [x.kind])
    .facet_links("party", "Party", |x| &x.parties)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});

pub static EVENTS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Event>("Events", "Something dated.")
        .sorted_by("date", false)
        .date(field(&[Field("date")], "Date", "When.", 175.0), |x| {
            Some(x.date.date)
        })
        .name(
            field(&[Field("title")], "Event", "What happened.", 360.0),
            |x| &x.title,
        )
        .term(
            field(
                &[Field("date"), Field("basis")],
                "Basis",
                "Where the date comes from.",
                100.0,
            ),
            |x| x.date.basis,
        )
        .links(
            field(&[Field("parties")], "Parties", "Who took part.", 200.0),
            |x| &x.parties,
        )
        .links(
            field(&[Field("themes")], "Themes", "Its subjects.", 190.0).muted(),
            |x| &x.themes,
        )
        .sources()
        .facet_terms("basis", "Basis", |x| [x.date.basis])
        .facet_links("party", "Party", |x| &x.parties)
        .facet_links("theme", "Theme", |x| &x.themes)
        .facet_documents()
        .build()
});

pub static CONCERNS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Concern>(
        "Concerns",
        "A threat or worry that a document states. Never a commitment.",
    )
    .name(
        field(&[Field("title")], "Concern", "What is feared.", 340.0),
        |x| &x.title,
    )
    .links(
        field(
            &[Field("actors")],
            "Whose conduct",
            "Whose conduct worries.",
            150.0,
        ),
        |x| &x.actors,
    )
    .links(
        field(
            &[Field("targets")],
            "Threatened",
            "Who is threatened.",
            150.0,
        ),
        |x| &x.targets,
    )
    .optional(
        field(
            &[Field("hedge")],
            "Hedge",
            "The text's own words for how sure it is.",
            150.0,
        ),
        |x| x.hedge.as_ref(),
    )
    .links(
        field(&[Field("themes")], "Themes", "Its subjects.", 190.0).muted(),
        |x| &x.themes,
    )
    .sources()
    .facet_links("actor", "Whose conduct", |x| &x.actors)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});

pub static DISMISSALS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Dismissal>(
        "Dismissed sentences",
        "A sentence that somebody has looked at and that yields no record, with the reason.",
    )
    .name(
        derived(
            "phrase",
            "Sentence with",
            "A phrase of the sentence.",
            380.0,
            "The first cited phrase names the sentence. Edit the citation in the details of the \
            dismissal.",
        ),
        |x| x.title(),
    )
    .term(
        field(
            &[Field("reason")],
            "Reason",
            "Why it yields no record.",
            150.0,
        ),
        |x| x.reason,
    )
    .optional(
        field(
            &[Field("note")],
            "In words",
            "The reason in own words.",
            360.0,
        )
        .muted(),
        |x| x.note.as_ref(),
    )
    .sources()
    .facet_terms("reason", "Reason", |x| [x.reason])
    .facet_documents()
    .build()
});

pub static DOCUMENTS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Document>(
        "Documents",
        "A source: a treaty, a statement, an editorial, a page.",
    )
    .name(
        field(&[Field("title")], "Document", "Its full title.", 350.0),
        |x| &x.title,
    )
    .term(field(&[Field("kind")], "Kind", "What it is.", 140.0), |x| {
        x.kind
    })
    .links(
        field(&[Field("issuers")], "Issuers", "Who issued it.", 170.0),
        |x| &x.issuers,
    )
    .date(
        field(
            &[Field("date")],
            "Date",
            "When it was adopted or published.",
            150.0,
        ),
        |x| Some(x.date.date),
    )
    .term(
        field(
            &[Field("legal_character")],
            "Legal character",
            "What law says of it.",
            180.0,
        ),
        |x| x.legal_character,
    )
    .count(
        derived(
            "records",
            "Records",
            "How many records cite it.",
            90.0,
            "Counted. To change it, edit the citations of a record.",
        ),
        citing_record_count,
    )
    .optional(
        field(&[Field("url")], "Address", "The official copy.", 260.0).muted(),
        |x| x.url.as_ref(),
    )
    .facet_terms("kind", "Kind", |x| [x.kind])
    .facet_links("issuer", "Issuer", |x| &x.issuers)
    .facet_terms(
        "legal_character",
        "Legal character",
        |x| [x.legal_character],
    )
    .build()
});

/// How many records cite a document.
fn citing_record_count(register: &Register, index: usize) -> usize {
    let document = RecordRef {
        kind: RecordKind::Document,
        index: index as u32,
    };
    register.citing_records(document).len()
}

pub static PARTIES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Party>("Parties", "Whoever promises, receives, meets or commands.")
        .name(
            field(&[Field("name")], "Party", "Its full name.", 340.0),
            |x| &x.name,
        )
        .optional(
            field(&[Field("short")], "Short", "Its short name.", 140.0),
            |x| x.short.as_ref(),
        )
        .term(field(&[Field("kind")], "Kind", "What it is.", 140.0), |x| {
            x.kind
        })
        .optional(
            field(
                &[Field("code")],
                "Code",
                "ISO 3166-1 alpha-3 code of a state.",
                70.0,
            ),
            |x| x.code.as_ref(),
        )
        .optional(
            field(
                &[Field("native_name")],
                "Native name",
                "Its name in its own language.",
                170.0,
            ),
            |x| x.native_name.as_ref(),
        )
        .optional(
            field(
                &[Field("role")],
                "Role",
                "A person's post at the time.",
                220.0,
            ),
            |x| x.role.as_ref(),
        )
        .links(
            field(
                &[Field("parent")],
                "Belongs to",
                "The party it belongs to.",
                160.0,
            ),
            |x| x.parent.as_slice(),
        )
        .facet_terms("kind", "Kind", |x| [x.kind])
        .build()
});

pub static PRIORITIES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Priority>(
        "Priorities",
        "A priority under which the documents group their commitments.",
    )
    .sorted_by("rank", false)
    .cell(
        field(&[Field("rank")], "No.", "Its place in the order.", 60.0).right(),
        |x, _| TableCell::new(CellValue::Count(usize::from(x.rank))),
    )
    .name(
        field(&[Field("name")], "Priority", "Its name.", 380.0),
        |x| &x.name,
    )
    .optional(
        field(&[Field("meaning")], "Meaning", "What it covers.", 420.0).muted(),
        |x| x.meaning.as_ref(),
    )
    .sources()
    .build()
});

pub static THEMES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Theme>("Themes", "A subject that analysts follow.")
        .name(field(&[Field("name")], "Theme", "Its name.", 260.0), |x| {
            &x.name
        })
        .optional(
            field(&[Field("meaning")], "Meaning", "What it covers.", 520.0).muted(),
            |x| x.meaning.as_ref(),
        )
        .build()
});

pub static LADDER: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<LadderStep>(
        "Ladder of strength",
        "A step of the ladder, with the verbs that place a commitment on it.",
    )
    .sorted_by("rank", true)
    .cell(
        field(
            &[Field("rank")],
            "Step",
            "6 is firmest; kinds without a rank have a dash.",
            60.0,
        )
        .right(),
        |x, _| {
            TableCell::new(match x.rank {
                Some(rank) => CellValue::Count(usize::from(rank)),
                None => CellValue::Missing,
            })
        },
    )
    .name(field(&[Field("label")], "Name", "Its name.", 260.0), |x| {
        &x.label
    })
    .cell(
        field(
            &[Field("verbs")],
            "Verbs",
            "The verbs that place a commitment here.",
            420.0,
        ),
        |x, _| TableCell::new(x.verbs.join(", ")),
    )
    .optional(
        field(&[Field("meaning")], "Meaning", "What it says.", 380.0).muted(),
        |x| x.meaning.as_ref(),
    )
    .build()
});

pub static CUES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Cue>(
        "Cues",
        "Words by which a text is read for commitments, besides the verbs of the ladder.",
    )
    .cell(
        field(&[Field("kind")], "Kind", "What the words tell.", 160.0),
        |x, _| TableCell::new(CellValue::Term(x.kind.term())).with_mark(CellMark::Name),
    )
    .cell(
        field(
            &[Field("words")],
            "Words",
            "The words, as they stand in a text.",
            480.0,
        ),
        |x, _| TableCell::new(x.words.join(", ")),
    )
    .links(
        field(
            &[Field("parties")],
            "Whom they mean",
            "Whom the words mean, where they stand for the parties that speak.",
            200.0,
        )
        .muted(),
        |x| &x.parties,
    )
    .build()
});

pub static CHARTS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Chart>("Charts", "What is drawn of which records, and how.")
        .name(
            field(&[Field("title")], "Chart", "What it shows.", 360.0),
            |x| &x.title,
        )
        .term(
            field(
                &[Field("mark")],
                "Mark",
                "How the records are drawn.",
                120.0,
            ),
            |x| x.mark,
        )
        .cell(
            field(
                &[Field("records")],
                "Records",
                "Which lists it draws.",
                240.0,
            ),
            |x, _| {
                let lists: Vec<&str> = x.records.iter().map(|list| list.label()).collect();
                TableCell::new(lists.join(", "))
            },
        )
        .facet_terms("mark", "Mark", |x| [x.mark])
        .build()
});

pub static RECIPES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Recipe>(
        "Recipes",
        "Which charts are made into which images, in one go.",
    )
    .name(
        field(
            &[Field("title")],
            "Recipe",
            "What the images are for.",
            320.0,
        ),
        |x| &x.title,
    )
    .cell(
        field(
            &[Field("charts")],
            "Charts",
            "Which charts; nothing: all.",
            320.0,
        ),
        |x, register| match x.charts.as_slice() {
            [] => TableCell::muted("all"),
            some => TableCell::new(CellValue::links(register, some)),
        },
    )
    .optional(
        field(&[Field("size")], "Size", "The size of the images.", 160.0),
        |x| x.size.as_ref(),
    )
    .build()
});
