//! The reference: the same text into plain structs by serde, without links, checks or places.

#![allow(dead_code)] // Read into, never read from.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Register {
    format: u32,
    title: String,
    compiled: Option<String>,
    priorities: Vec<Priority>,
    themes: Vec<Theme>,
    ladder: Vec<Step>,
    parties: Vec<Party>,
    documents: Vec<Document>,
    commitments: Vec<Commitment>,
    bodies: Vec<Body>,
    figures: Vec<Figure>,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Priority {
    id: String,
    name: String,
    rank: u8,
}

#[derive(Deserialize)]
struct Theme {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Step {
    id: String,
    rank: Option<u8>,
    label: String,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct Party {
    id: String,
    name: String,
    short: Option<String>,
    kind: Word,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    title: String,
    short: String,
    kind: Word,
    legal_character: Word,
    date: Dated,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Commitment {
    id: String,
    title: String,
    statement: String,
    committers: Vec<String>,
    verb: String,
    strength: Option<String>,
    mode: Word,
    priority: Option<String>,
    themes: Vec<String>,
    obligations: Vec<Word>,
    bodies: Vec<String>,
    citations: Vec<Citation>,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    name: String,
    kind: Word,
    members: Vec<String>,
    citations: Vec<Citation>,
}

#[derive(Deserialize)]
struct Figure {
    id: String,
    title: String,
    statement: String,
    kind: Word,
    amount: Amount,
    unit: Option<String>,
    qualifier: Option<String>,
    subjects: Vec<String>,
    chartable: Chartable,
    citations: Vec<Citation>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    title: String,
    date: Dated,
    parties: Vec<String>,
    citations: Vec<Citation>,
}

#[derive(Deserialize)]
struct Citation {
    document: String,
    paragraph: Option<u32>,
    phrase: Option<String>,
}

#[derive(Deserialize)]
struct Dated {
    date: String,
    basis: Word,
}

/// The words that the generator uses.
#[derive(Deserialize)]
enum Word {
    State,
    JointStatement,
    PoliticalInferred,
    Stated,
    FutureAction,
    Practice,
    Recital,
    Continuing,
    Exercises,
    WorkingGroup,
    Count,
}

#[derive(Deserialize)]
enum Amount {
    Exactly(f64),
    MoreThan(f64),
}

#[derive(Deserialize)]
enum Chartable {
    Yes,
    No(String),
}
