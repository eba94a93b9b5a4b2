//! What the rules of a register report: each problem with its arguments, and the words for it.
//!
//! Nothing else in this crate puts diagnostics into words, and nobody tells one from another by
//! its words: a problem is known by its code.

use super::amount::Amount;
use super::citation::MAX_PHRASE_WORDS;
use super::english::{capitalize, with_article};
use super::link::{MAX_ID_CHARS, slug, to_nfc};
use super::unseen::{is_unseen, windows_sign};
use super::vocabulary::{FigureKind, FigureMeasure, FulfillmentStatus};
use super::{DateError, FORMAT_VERSION, LadderStep, RecordKind, codes};
use ron_lossless::{Diagnostic, NodeKind, Severity, Span, codes as ron};

/// Declares the problems: name, arguments, severity, code, message, help.
macro_rules! problems {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident $({ $($field:ident: $type:ty),* })? =
            $severity:ident $code:expr, $message:expr, $help:expr;
    )*) => {
        /// A problem of a register.
        pub(crate) enum Problem<'a> {
            $( $(#[doc = $doc])* $name $({ $($field: $type),* })?, )*
        }

        impl Problem<'_> {
            /// The problem at its place, in words.
            pub(crate) fn at(&self, span: Span) -> Diagnostic {
                let (severity, code, message, help): (_, _, String, String) = match self {
                    $( Problem::$name $({ $($field),* })? => {
                        (Severity::$severity, $code, $message.into(), $help.into())
                    } )*
                };
                let diagnostic = Diagnostic::error(span, code, message);
                // In the list below an empty text stands for a problem without help.
                let diagnostic = match help.is_empty() {
                    true => diagnostic,
                    false => diagnostic.with_help(help),
                };
                Diagnostic { severity, ..diagnostic }
            }
        }
    };
}

problems! {
    // The file as a whole.
    NotARegister { found: NodeKind } = Error codes::NOT_A_REGISTER,
        match found {
            NodeKind::Map => "A register stands in `( )`, not in `{ }`",
            NodeKind::List => "A register stands in `( )`, not in `[ ]`",
            _ => "This is no register: a register begins with `(`",
        },
        match found {
            NodeKind::Map => "this looks like JSON; write `(title: \"…\", …)`, with field names \
                that have no quotation marks",
            NodeKind::List => "write `(format: 1, title: \"…\", parties: [ … ])` around the \
                records",
            _ => "choose another file, or write a register to begin with by `linchpin new FILE`",
        };
    OtherFormat { format: u32 } = Error codes::FORMAT,
        format!(
            "This register has format {format}, and this program reads format {FORMAT_VERSION}"
        ),
        match *format > FORMAT_VERSION {
            true => "use a newer version of Linchpin",
            false => "write format: 1",
        };
    /// Another file says it otherwise.
    SecondHead { what: &'a str } = Warning codes::SECOND_HEAD,
        format!("Another file gives this register another {what}"),
        "the first one counts; write the same here, or delete this field";
    TooLarge { bytes: usize } = Error ron::TOO_LARGE,
        format!("The files are too large to read together: {bytes} bytes"),
        "";
    NotARecordList { found: NodeKind } = Error ron::WRONG_TYPE,
        "A list of records belongs here",
        match found {
            NodeKind::Record | NodeKind::Map => "put `[` before it and `]` after it",
            _ => "write `[`, the records with a comma after each, and `]`",
        };
    NotARecord { a_what: &'a str, example: &'a str } = Error ron::WRONG_TYPE,
        format!("{a_what} belongs here, written as a record in `( )`"),
        format!("write for instance {example}");

    // Ids and links.
    BadId { id: &'a str } = Error codes::BAD_ID,
        id_message(id),
        match slug(id) {
            slug if slug.is_empty() => "write lower-case letters, digits and single hyphens, such \
                as \"nuclear-consultative-group\"".to_owned(),
            slug => format!("write \"{slug}\""),
        };
    DuplicateId { id: &'a str, kind: RecordKind, owner: RecordKind } = Error codes::DUPLICATE_ID,
        match kind == owner {
            true => format!("The id \"{id}\" is taken: another {} has it", owner.what()),
            false => format!("The id \"{id}\" is taken: {} has it", with_article(owner.what())),
        },
        "ids are unique in the whole register; give one of the two another id";
    SelfLink = Error codes::CIRCLE,
        "This record links to itself",
        "name another record, or leave the field out";
    WrongLink { id: &'a str, found: RecordKind, wanted: RecordKind } = Error codes::WRONG_LINK,
        format!(
            "\"{id}\" is {}, and {} belongs here",
            with_article(found.what()),
            with_article(wanted.what())
        ),
        format!("write the id of {}", with_article(wanted.what()));
    DanglingLink { id: &'a str, wanted: RecordKind, meant: MeantId<'a> } =
        Error codes::DANGLING_LINK,
        format!("There is no {} with the id \"{}\"", wanted.what(), shown_id(id)),
        match meant {
            MeantId::OtherCharacters(id) => format!(
                "type it again: \"{id}\" looks the same, but is stored in other characters"
            ),
            MeantId::Near(id) => format!("did you mean \"{id}\"?"),
            MeantId::Unknown => format!(
                "add a record with this id to `{}`, or correct the id", wanted.list()
            ),
            MeantId::NotLookedFor => format!(
                "so many links lead nowhere that similar ids were looked for only at the first of \
                them; add a record with this id to `{}`, or correct the id",
                wanted.list()
            ),
        };
    ParentCycle { ids: &'a [&'a str] } = Error codes::CIRCLE,
        format!(
            "\"{}\" is above itself: its parents are {}",
            ids.first().copied().unwrap_or_default(),
            ids.join(" → ")
        ),
        "take away the parent that is wrong";

    // Texts and values.
    EmptyText { field: &'a str } = Error codes::EMPTY_TEXT,
        format!("The field `{field}` is empty"),
        "write something here";
    LongText { field: &'a str, chars: usize, limit: usize } = Warning codes::LONG_TEXT,
        format!("The field `{field}` has {chars} characters, more than fit on a screen"),
        format!("shorten it to {limit} characters at most");
    Controls { chars: &'a [char] } = Warning codes::CONTROL_CHARACTER,
        // `is_control` does not count the characters that change the direction of text: they
        // deceive in another way, which the message says.
        match chars.iter().all(|c| c.is_control()) {
            true => format!(
                "This text holds {}: {}",
                characters(chars, "control ", ""),
                code_points(chars)
            ),
            false => format!(
                "This text holds {} that cannot be seen and may change the direction of what \
                follows: {}",
                characters(chars, "", ""),
                code_points(chars)
            ),
        },
        match chars.len() {
            _ if chars.iter().any(|c| windows_sign(*c).is_some()) => {
                "write the quotation marks and dashes that Windows has in their places; until \
                    then, they are shown as their escapes in RON"
            }
            1 => "delete it; until then, it is shown as its escape in RON",
            _ => "delete them; until then, they are shown as their escapes in RON",
        };
    ZeroWidth { chars: &'a [char] } = Warning codes::ZERO_WIDTH,
        format!(
            "This name holds {}, so that it looks like another name: {}",
            characters(chars, "", " without width"),
            code_points(chars)
        ),
        match chars.len() {
            1 => "delete it",
            _ => "delete them",
        };
    BlankCueWord = Error codes::EMPTY_TEXT,
        "A cue has a word that is blank",
        "write the word, or take it out";
    UnquotedDate { code: &'a str } = Error codes::BAD_DATE,
        "This date has no quotation marks",
        format!("write \"{code}\"");
    BadDate { error: &'a DateError } = Error codes::BAD_DATE,
        error.to_string(),
        "write the year first, such as \"2023-11-13\", \"2023-11\", \"2023\" or \"1950s\", as \
            exact as the source is: \"2024-35\" for the third quarter, \"1953~\" for about 1953, \
            \"1953/1955\" for a range";
    BadCountryCode = Error codes::BAD_CODE,
        "A country code has three capital letters (ISO 3166-1 alpha-3)",
        "write the code, such as \"KOR\"";
    BadCurrencyCode = Error codes::BAD_CODE,
        "A currency code has three capital letters (ISO 4217)",
        "write the code, such as \"USD\"";
    BadUrl = Error codes::BAD_URL,
        "This is no web address; only http and https are opened",
        "write the address in full, without spaces, such as \"https://example.org/page\"";
    /// The message does not repeat the address.
    UrlWithPassword = Error codes::BAD_URL,
        "This address carries a user or a password, and everybody who gets the register would read \
            it",
        "write the address without what stands before the `@`";
    ReservedPath = Warning codes::BAD_PATH,
        "Windows keeps a name in this path for itself: the register could not be copied there",
        "give the file another name, and no name that ends with a dot or a space";
    ReservedId { id: &'a str } = Warning codes::BAD_PATH,
        format!(
            "Files are named after this record, and Windows keeps the name \"{id}\" for itself"
        ),
        "give the record another id; no file is written under this one";
    PathOutside = Error codes::BAD_PATH,
        "This path leads out of the register's folder",
        "put the text next to the register, and write its path from there, without `..`";
    BadHash = Error codes::BAD_VALUE,
        "A SHA-256 has 64 hexadecimal digits",
        "attach the text again, or leave the field out";
    BadRank = Error codes::BAD_VALUE,
        "The steps of the ladder are 0 to 6",
        "write a number from 0 to 6, or leave rank out for a kind that has none";
    NotYesOrNo = Error codes::BAD_VALUE,
        "Here belongs Yes, or No with a reason",
        "write Yes or No(\"a rank is not a quantity\")";

    // Amounts.
    SwappedBounds { low: f64, high: f64 } = Error codes::BAD_AMOUNT,
        "The lower bound is above the upper bound",
        format!("write Between({high}, {low})");
    /// 28,500 reads as two values.
    GroupedDigits { form: &'a str, digits: &'a str } = Error codes::BAD_AMOUNT,
        format!("`{form}` takes one value in its brackets"),
        format!("write {form}({digits}), without a comma inside the number");
    AmountArity { form: &'a str, arity: usize, example: &'a str } = Error codes::BAD_AMOUNT,
        match arity {
            1 => format!("`{form}` takes one value in its brackets"),
            _ => format!("`{form}` takes two values in its brackets"),
        },
        format!("write for instance {example}");
    UnknownAmountForm { form: &'a str, near: Option<&'a str> } = Error codes::BAD_AMOUNT,
        format!("`{form}` is no known form of an amount"),
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => amount_forms(),
        };
    BareNumber { number: &'a str } = Error codes::BAD_AMOUNT,
        "Nothing says whether this number is exact or a bound",
        format!("write Exactly({number}), or MoreThan({number}) for a lower bound");
    NotAnAmount = Error codes::BAD_AMOUNT, "This is no amount", amount_forms();
    AmountMisfit { kind: FigureKind } = Error codes::BAD_AMOUNT,
        format!("This amount does not fit a figure of kind {}", kind.name()),
        match kind {
            FigureKind::Date => "write On(\"2009-08-07\")",
            FigureKind::Identifier => "write Named(\"B-21\")",
            _ => "write Exactly(…), MoreThan(…) or another number",
        };
    NegativeAmount { kind: FigureKind } = Error codes::BAD_AMOUNT,
        format!("{} cannot be below zero", capitalize(&with_article(kind.label()))),
        "check the sign; where the number is by how much something fell, write measure: Change";
    NoBase { measure: FigureMeasure } = Error codes::MISSING_BASE,
        match measure {
            FigureMeasure::Change | FigureMeasure::PercentChange => {
                "Nothing says since when this change is counted"
            }
            FigureMeasure::Percent => "Nothing says of what this is a percentage",
            FigureMeasure::Rate => "Nothing says per what this rate is",
            FigureMeasure::Ratio => "Nothing says to which number this ratio is",
            FigureMeasure::Index => "Nothing says on what base this index is 100",
            FigureMeasure::Level => "Nothing says against what this number is measured",
        },
        match measure {
            FigureMeasure::Change | FigureMeasure::PercentChange => {
                "add base: (from: \"2014\"), or the period"
            }
            FigureMeasure::Rate => "add base: (of: \"100,000 inhabitants\")",
            FigureMeasure::Index => "add base: (from: \"2015\"), or base: (of: \"…\") for a place",
            _ => "add base: (of: \"…\"), such as \"GDP\"",
        };
    BaseOfLevel = Warning codes::MISSING_BASE,
        "This number has a base, but nothing says what it is against it",
        "add measure: Change, PercentChange, Percent, Rate, Ratio or Index, or delete the base";
    MissingBound { qualifier: &'a str } = Warning codes::BOUND,
        format!("The qualifier \"{qualifier}\" states a bound, but the amount is none"),
        "write MoreThan(…), AtLeast(…), LessThan(…) or AtMost(…)";
    NoUnit = Error codes::MISSING_UNIT,
        "Nothing says what this number counts",
        "add unit: \"…\", such as \"personnel\" or \"years\"";
    NoCurrency = Error ron::MISSING_FIELD,
        "Nothing says in which currency this amount is",
        "add currency: \"…\", such as \"USD\"";
    NoQuantity { kind: FigureKind } = Error codes::NOT_CHARTABLE,
        format!(
            "{} is no quantity and never a mark on a chart",
            capitalize(&with_article(kind.label()))
        ),
        "write chartable: No(\"…\") with the reason in words";
    NoLength = Error codes::NOT_CHARTABLE,
        "A date or a name has no length and cannot be a mark on a chart",
        "write chartable: No(\"…\") with the reason in words";
    /// `numbers`: what the one cited phrase states instead.
    NotInPhrase { amount: &'a Amount, missing: &'a str, phrases: usize, numbers: &'a [&'a str] } =
        Error codes::NOT_IN_PHRASE,
        format!(
            "The {} {missing} does not stand in {}",
            match amount {
                Amount::On(_) => "date",
                Amount::Named(_) => "name",
                _ => "number",
            },
            match phrases {
                1 => "the phrase that this figure cites",
                _ => "any of the phrases that this figure cites",
            }
        ),
        format!(
            "{}cite the words that hold {missing}, or write certainty: Derived where it is worked \
            out",
            match numbers {
                [] => String::new(),
                some => format!("the phrase says {}: correct the amount, ", some.join(", ")),
            }
        );

    // Sources.
    NoCitation = Error codes::NO_CITATION,
        "This record does not say where it comes from",
        "add citations: [(document: \"…\", paragraph: 1, phrase: \"…\")]";
    NoDateSource = Error codes::NO_CITATION,
        "This date comes from elsewhere, but nothing says where from",
        "add citations: [(document: \"…\", external: true)]";
    NoArithmetic = Error codes::NO_ARITHMETIC,
        "This date is derived, but nothing says how",
        "add arithmetic: \"…\", such as \"1953 + 100\"";
    NoDocumentSource = Warning codes::NO_SOURCE,
        "Nothing says where this document can be read",
        "add url: \"https://…\", or citations";
    LongPhrase { words: usize } = Error codes::LONG_PHRASE,
        format!("The phrase has {words} words; at most {MAX_PHRASE_WORDS} may be quoted"),
        "keep the words that carry the verb or the number";
    EmptyPhrase = Error codes::EMPTY_TEXT,
        "The phrase of this citation is empty",
        "write words that stand in the paragraph, or external: true where the document does not \
            state the fact";
    NoCitationField { field: &'a str } = Error ron::MISSING_FIELD,
        format!("This citation has no {field}"),
        format!("add {field}: …, or external: true where the document does not state the fact");
    ParagraphZero = Error codes::BAD_PARAGRAPH,
        "There is no paragraph 0",
        "count paragraphs from 1";
    NoSpeaker = Error codes::NO_SPEAKER,
        "Somebody is quoted or paraphrased here, but nothing says who",
        "add speaker: \"…\" with the id of a party";

    // The rules of each record type.
    NoCommitter = Error ron::MISSING_FIELD,
        "Nothing says who makes this commitment",
        "add committers: [\"…\"] with the ids of parties";
    NoStrength = Error ron::MISSING_FIELD,
        "This commitment has neither a strength nor a parent to take it from",
        "add strength: \"…\" with the id of a step of the ladder";
    NoEvidence { status: FulfillmentStatus } = Error codes::NO_EVIDENCE,
        format!("Nothing shows that this commitment is {}", status.label()),
        "add citations: [(document: \"…\", external: true)] with the evidence";
    AssessmentOrder = Warning codes::ORDER,
        "The assessments are not in the order of their dates, and the last one holds",
        "put the latest one last";
    OtherLadderStep { verb: &'a str, step: &'a LadderStep } = Warning codes::LADDER,
        format!(
            "The verb \"{verb}\" stands on another step of the ladder: {}",
            step.ranked_label()
        ),
        format!("write strength: \"{}\", or say why in strength_note", step.id);
    NoLadderStep { verb: &'a str, strength: &'a str } = Warning codes::LADDER,
        format!("The verb \"{verb}\" stands on no step of the ladder"),
        format!(
            "say in strength_note why it counts as \"{strength}\", or add it to the verbs of a step"
        );
    NoDismissalNote = Error ron::MISSING_FIELD,
        "Nothing says why this sentence yields no record",
        "add note: \"…\" with the reason";
    ExternalDismissal = Error codes::NO_CITATION,
        "A dismissal names a sentence of a document, and an external citation names none",
        "give the document, the paragraph and a phrase of the sentence";
    NoCodedSubjects = Error ron::MISSING_FIELD,
        "Nothing says for which subjects this document has been coded through",
        "add coded_for: [\"…\"] with the ids of themes";
    EventOrder = Error codes::ORDER, "This event ends before it begins", "swap date and end";
    PeriodOrder = Error codes::ORDER, "The period ends before it begins", "swap from and to";
    SigningOrder = Warning codes::ORDER,
        "This instrument came into force before it was signed",
        "check both dates";
    NoMembers = Warning codes::NO_MEMBERS,
        "This grouping names no members",
        "add members: [\"…\"] with the ids of parties";

    // Charts.
    NoChartRecords = Error ron::MISSING_FIELD,
        "Nothing says which records this chart draws",
        "add records: [Commitments], or another list";
    /// `kind`: the type of record that the chart draws, where it is one.
    UnknownChartField { name: &'a str, kind: Option<RecordKind>, near: Option<&'a str> } =
        Warning codes::CHART_FIELD,
        match kind {
            Some(kind) => format!(
                "{} has no field “{name}”",
                capitalize(&with_article(kind.what()))
            ),
            None => format!("A record of these lists has no field “{name}”"),
        },
        chart_help(*near);
    UnknownFilterId { id: &'a str, kind: RecordKind, near: Option<&'a str> } =
        Warning codes::CHART_FIELD,
        format!("No {} has the id “{id}”", kind.what()),
        chart_help(*near);
    UnknownFilterTerm { name: &'a str, what: &'a str, near: Option<&'a str> } =
        Warning codes::CHART_FIELD,
        format!("“{name}” is no {what}"),
        chart_help(*near);
}

/// "a control character", "3 characters without width": `before` and `behind` say of what kind.
fn characters(chars: &[char], before: &str, behind: &str) -> String {
    match chars.len() {
        1 => format!("a {before}character{behind}"),
        count => format!("{count} {before}characters{behind}"),
    }
}

/// "U+001B, U+0007": each once, and not too many.
fn code_points(chars: &[char]) -> String {
    const MAX_NAMED: usize = 4;
    let mut named: Vec<String> = Vec::new();
    for c in chars {
        let name = format!("U+{:04X}", u32::from(*c));
        if named.len() == MAX_NAMED {
            break;
        }
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let more = chars.iter().collect::<std::collections::HashSet<_>>().len() - named.len();
    match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// What a link that leads nowhere may have been meant to be.
#[derive(Clone, Copy)]
pub(crate) enum MeantId<'a> {
    /// This id, which looks the same.
    OtherCharacters(&'a str),
    /// One that is written much the same.
    Near(&'a str),
    Unknown,
    /// Too many links lead nowhere.
    NotLookedFor,
}

/// What is wrong with an id.
fn id_message(id: &str) -> String {
    let chars = id.chars().count();
    if id.trim().is_empty() {
        "This id is empty".into()
    } else if chars > MAX_ID_CHARS {
        format!("This id has {chars} characters; at most {MAX_ID_CHARS} are allowed")
    } else if id.contains(is_unseen) {
        // Before the cases below: their messages show the id as it is, and it would look sound.
        format!(
            "The id \"{}\" has characters that cannot be seen",
            shown_id(id)
        )
    } else if to_nfc(id) != id && to_nfc(id) == slug(id) {
        "This id is stored in characters that look the same as others, so that links to it may \
        miss it"
            .into()
    } else if slug(id) == id.to_lowercase() {
        format!("The id \"{id}\" has capital letters")
    } else {
        format!(
            "The id \"{id}\" has characters other than letters, digits and single hyphens \
            between them"
        )
    }
}

/// An id for a message: what cannot be seen is written as RON writes it.
fn shown_id(id: &str) -> String {
    let shown = |c: char| match is_unseen(c) {
        true => format!("\\u{{{:x}}}", u32::from(c)),
        false => c.to_string(),
    };
    id.chars().map(shown).collect()
}

fn amount_forms() -> String {
    let forms = super::amount::AMOUNT_FORMS.iter().map(|form| form.example);
    format!("write one of {}", forms.collect::<Vec<_>>().join(", "))
}

fn chart_help(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("write \"{near}\""),
        None => "name a field as the records of the list have it, such as \"themes\"".to_owned(),
    }
}

/// The label at the record that has an id already.
pub(crate) const ID_TAKEN_HERE: &str = "taken here";
/// The label at the value of the head that counts.
pub(crate) const THIS_ONE_COUNTS: &str = "this one counts";

// What quick fixes are called.

/// Writes a text in quotation marks, or a bare word, in place of what stands there.
pub(crate) fn write_fix(source: &str) -> String {
    format!("Write {source}")
}

/// Gives a record another id, and its links with it.
pub(crate) fn rename_id_fix(source: &str, links: usize) -> String {
    match links {
        0 => write_fix(source),
        _ => format!("Write {source}, here and in its links"),
    }
}

pub(crate) const DELETE_UNSEEN_FIX: &str = "Delete what cannot be seen";
pub(crate) const WRITE_WINDOWS_SIGNS_FIX: &str =
    "Write the quotation marks and dashes that Windows has in these places";
pub(crate) const QUOTE_DATE_FIX: &str = "Put it in quotation marks";
pub(crate) const SWAP_BOUNDS_FIX: &str = "Swap the bounds";
pub(crate) const UNGROUP_DIGITS_FIX: &str = "Delete the commas inside numbers";
