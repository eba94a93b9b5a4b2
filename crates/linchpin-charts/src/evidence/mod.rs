//! What an image carries beside its pixels: the chart's definition, its data and citations, and the
//! part of the register that it shows, so that it can be read again years later.
//!
//! The same text, as JSON, stands in all kinds of image files: see [`PNG_KEYWORD`],
//! [`SVG_NAMESPACE`] and [`PDF_ATTACHMENT`]. [`read()`] finds it again.

mod drawing;
mod excerpt;
pub mod read;

use crate::picture::Picture;
use linchpin_register::chart_vocabulary::EvidenceScope;
use linchpin_register::query::CountingRule;
use linchpin_register::tables::formatting;
use linchpin_register::{Chart, ExcerptOrigin, LoadedRegister, Register, load};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

pub use drawing::{
    Alteration, DrawingFingerprint, DrawingState, MAX_COUNTED_COLORS, UncheckedReason,
    check_drawing, drawing_fingerprint, pixel_fingerprint,
};
pub use excerpt::excerpt;
pub use read::{EvidenceContainer, EvidenceError, read};

/// The version of what is carried.
pub const EVIDENCE_VERSION: u32 = 1;
/// The keyword of the text chunk (iTXt) of a PNG.
pub const PNG_KEYWORD: &str = "linchpin";
/// The namespace of the element `evidence` inside an SVG's `<metadata>`.
pub const SVG_NAMESPACE: &str = "urn:linchpin:evidence:1";
/// The name of the file that is attached to a PDF.
pub const PDF_ATTACHMENT: &str = "linchpin.json";

/// The largest excerpt that an image carries, in bytes.
pub const MAX_EXCERPT_BYTES: usize = 8 << 20;
/// The most citations that are carried.
const MAX_CITATIONS: usize = 500;

/// Everything that an image carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// [`EVIDENCE_VERSION`].
    pub linchpin: u32,
    pub chart: EvidenceChart,
    /// How commitments were counted.
    pub rule: CountingRule,
    pub register: EvidenceRegister,
    /// How the image was made, as the export has it.
    #[serde(default)]
    pub image: serde_json::Value,
    /// What the image drew when it was exported, as the export has it.
    #[serde(default)]
    pub drawing: Option<DrawingFingerprint>,
    /// The text for those who cannot see the picture.
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub data: EvidenceData,
    /// Where the words behind the records stand, each place once.
    #[serde(default)]
    pub citations: Vec<EvidenceCitation>,
    /// A small register: the chart, the records behind it and whatever they link to, as they stand
    /// in the register's text.
    #[serde(default)]
    pub excerpt: Option<String>,
    /// Why there is no excerpt.
    #[serde(default)]
    pub left_out: Option<String>,
}

/// Which chart it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceChart {
    pub id: String,
    pub title: String,
    /// Its record, as it stands in the register; empty where it stands in none.
    #[serde(default)]
    pub definition: String,
}

/// Which register it was drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRegister {
    pub title: String,
    /// The date to which it had been brought, as the file writes it.
    #[serde(default)]
    pub compiled: Option<String>,
    /// The name of its file or folder, without the folders above.
    #[serde(default)]
    pub name: String,
    /// The SHA-256 of its whole text, in hexadecimal digits. The first eight stand in the picture.
    #[serde(default)]
    pub sha256: String,
    /// Who has compiled it.
    #[serde(default)]
    pub compilers: Vec<String>,
    /// The license of its data, by its SPDX name.
    #[serde(default)]
    pub license: Option<String>,
}

/// What is drawn, as a table; the last column has the ids of the records behind each row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceData {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Where words stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceCitation {
    /// Document, date, paragraph, phrase.
    pub words: String,
    /// The address, at the words where the browser can find them.
    #[serde(default)]
    pub link: Option<String>,
}

/// What an image of a chart carries. `name` is the name of the register's file or folder; an
/// excerpt keeps the name of the register from which it was cut. How the image is made is added
/// when it is written.
pub fn evidence_of_chart(
    loaded: &LoadedRegister,
    name: &str,
    chart: &Chart,
    rule: CountingRule,
    picture: &Picture,
) -> Evidence {
    let evidence_chart = EvidenceChart {
        id: chart.id.to_string(),
        title: chart.title.clone(),
        definition: excerpt::chart_definition(loaded, chart).unwrap_or_default(),
    };
    let checked_excerpt = check_excerpt(loaded, excerpt(loaded, chart));
    assemble(
        (loaded, name),
        evidence_chart,
        rule,
        picture,
        checked_excerpt,
    )
}

/// What an image carries of a picture that no chart of the register gives: its data, its citations,
/// and the records behind its marks.
pub fn evidence_of_picture(loaded: &LoadedRegister, name: &str, picture: &Picture) -> Evidence {
    let chart = EvidenceChart {
        id: picture.id.clone(),
        title: picture.title.clone(),
        definition: String::new(),
    };
    let checked_excerpt = check_excerpt(loaded, excerpt::picture_excerpt(loaded, picture));
    assemble(
        (loaded, name),
        chart,
        CountingRule::default(),
        picture,
        checked_excerpt,
    )
}

fn assemble(
    (loaded, name): (&LoadedRegister, &str),
    chart: EvidenceChart,
    rule: CountingRule,
    picture: &Picture,
    (excerpt, left_out): (Option<String>, Option<String>),
) -> Evidence {
    let register = &loaded.register;
    let name = register
        .excerpt_origin()
        .map_or(name, |origin| &origin.name);
    Evidence {
        linchpin: EVIDENCE_VERSION,
        chart,
        rule,
        register: EvidenceRegister {
            title: register.title.clone(),
            compiled: register.compiled.map(|date| date.to_code()),
            name: name.to_owned(),
            sha256: register.sha256().unwrap_or_default().to_owned(),
            compilers: register.compilers.clone(),
            license: register.license.clone(),
        },
        image: serde_json::Value::Null,
        drawing: None,
        alt: picture.description.clone(),
        data: evidence_data(register, picture),
        citations: evidence_citations(register, picture),
        excerpt,
        left_out,
    }
}

/// The excerpt, or why there is none.
fn check_excerpt(loaded: &LoadedRegister, text: String) -> (Option<String>, Option<String>) {
    if text.len() > MAX_EXCERPT_BYTES {
        let why = format!(
            "the records behind the chart are too many to be carried: {} MB, and {} MB is the most",
            text.len().div_ceil(1 << 20),
            MAX_EXCERPT_BYTES >> 20
        );
        return (None, Some(why));
    }
    // A syntax error outside of the records is not cut out with them, but one inside may reach
    // beyond.
    if loaded.is_broken && load(text.as_str(), Vec::new()).is_broken {
        let why = "the register's text was broken where the records stand".to_owned();
        return (None, Some(why));
    }
    (Some(text), None)
}

fn evidence_data(register: &Register, picture: &Picture) -> EvidenceData {
    let data = picture.data_table().with_record_ids(register);
    EvidenceData {
        columns: data.columns,
        rows: data.rows.into_iter().map(|row| row.cells).collect(),
    }
}

fn evidence_citations(register: &Register, picture: &Picture) -> Vec<EvidenceCitation> {
    let mut seen = HashSet::new();
    let marks = picture.marks().flat_map(|(_, mark)| &mark.records);
    let all = marks
        .filter_map(|at| register.record(*at))
        .flat_map(|record| record.citations())
        .map(|citation| EvidenceCitation {
            words: formatting::format_citation(register, citation),
            link: formatting::citation_url(register, citation),
        });
    all.filter(|citation| seen.insert(citation.words.clone()))
        .take(MAX_CITATIONS)
        .collect()
}

impl Evidence {
    /// So much of it as an image of this scope carries; `None` where it carries nothing.
    pub fn reduced_to(mut self, scope: EvidenceScope) -> Option<Evidence> {
        match scope {
            EvidenceScope::Full => Some(self),
            EvidenceScope::Citations => {
                self.chart.definition.clear();
                self.data = EvidenceData::default();
                self.excerpt = None;
                self.left_out = Some("the image was exported with its citations alone".into());
                Some(self)
            }
            EvidenceScope::Nothing => None,
        }
    }

    /// As it stands in an image file: JSON on one line, with every character escaped that XML
    /// cannot hold, or that turns the direction of what follows.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_odd =
            |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') || turns(c);
        if !json.contains(is_odd) {
            return json;
        }
        let mut out = String::with_capacity(json.len() + 64);
        for c in json.chars() {
            match is_odd(c) {
                true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                false => out.push(c),
            }
        }
        out
    }

    /// The excerpt as a register of its own, whose pictures show the fingerprint of the register
    /// from which it was cut; `None` where the image carries none.
    pub fn load_excerpt(&self) -> Option<LoadedRegister> {
        let text = self.excerpt.as_deref()?;
        let loaded = load(text, Vec::new());
        Some(match self.register.sha256.as_str() {
            "" => loaded,
            sha256 => loaded.as_excerpt_of(ExcerptOrigin {
                name: self.register.name.clone(),
                sha256: sha256.to_owned(),
            }),
        })
    }

    /// The chart as it is defined in a register; `None` where that has no such chart.
    pub fn chart_in<'r>(&self, register: &'r Register) -> Option<&'r Chart> {
        crate::by_id(register, &self.chart.id)
    }
}
