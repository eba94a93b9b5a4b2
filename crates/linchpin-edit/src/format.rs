//! The standard format of a register: fields in the order in which they are documented, one a line,
//! a blank line between records.

use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, ROOT_FIELDS, RecordKind};
use ron_lossless::{FormatError, FormatRules, LineBreaks, format_text};

/// The text of a register, or of one file of a register, in the standard format.
///
/// Values, comments, line ends and the meaning stay as they are; what comes out is checked before
/// it is returned.
///
/// # Errors
/// Where the text breaks the rules of RON: nothing is guessed. Diagnostics of other kinds do not
/// matter.
pub fn format_register(text: &str) -> Result<String, FormatError> {
    format_text(text, &RegisterFormatRules)
}

/// Records that always stand on one line, by what they are.
const SINGLE_LINE_RECORDS: &[&str] = &["Citation"];

/// The order and line breaks of a register's fields.
struct RegisterFormatRules;

/// What a stretch of a register's text holds, as far as its format depends on it.
#[derive(Clone, Copy)]
enum RegisterNode {
    /// The register itself.
    Register,
    /// A list of records, and each of them.
    RecordList(RecordKind),
    /// A record inside a record, or a list of such.
    NestedRecord(&'static str, &'static [FieldSpec]),
    Other,
}

impl FormatRules for RegisterFormatRules {
    type Context = RegisterNode;

    fn root(&self) -> RegisterNode {
        RegisterNode::Register
    }

    fn unknown(&self) -> RegisterNode {
        RegisterNode::Other
    }

    fn field(&self, of: RegisterNode, name: &str) -> Option<(usize, RegisterNode)> {
        let fields = match of {
            RegisterNode::Register => return root_field_node(name),
            RegisterNode::RecordList(kind) => kind.fields(),
            RegisterNode::NestedRecord(_, fields) => fields,
            RegisterNode::Other => return None,
        };
        let number = fields.iter().position(|field| field.name == name)?;
        let node = match fields.get(number)?.field_type {
            FieldType::Record { what, fields } => RegisterNode::NestedRecord(what, fields),
            _ => RegisterNode::Other,
        };
        Some((number, node))
    }

    fn list(&self, node: RegisterNode) -> LineBreaks {
        match node {
            RegisterNode::RecordList(_) => LineBreaks::EachItemSpaced,
            _ => LineBreaks::IfTooLong,
        }
    }

    fn record(&self, node: RegisterNode) -> LineBreaks {
        match node {
            RegisterNode::Register | RegisterNode::RecordList(_) => LineBreaks::EachItem,
            RegisterNode::NestedRecord(what, _) if SINGLE_LINE_RECORDS.contains(&what) => {
                LineBreaks::Never
            }
            _ => LineBreaks::IfTooLong,
        }
    }
}

fn root_field_node(name: &str) -> Option<(usize, RegisterNode)> {
    let number = ROOT_FIELDS.iter().position(|field| *field == name)?;
    let kind = RecordKind::ALL.iter().find(|kind| kind.list() == name);
    let node = kind.map_or(RegisterNode::Other, |kind| RegisterNode::RecordList(*kind));
    Some((number, node))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        let out = format_register(text).unwrap();
        assert_eq!(format_register(&out).as_deref(), Ok(out.as_str()), "twice");
        out
    }

    #[test]
    fn the_shipped_files_have_the_standard_format() {
        for text in [
            include_str!("../../../data/us-rok-alliance.ron"),
            include_str!("../../../data/new-register.ron"),
            linchpin_register::bundled::STANDARD_CUES,
        ] {
            assert_eq!(format_register(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn fields_come_in_order_with_their_comments() {
        let text = r#"(parties: [
  ( // The first.

    // About all of it.

    note: "n", // beside the note
    // Above the kind.
    kind: State, titel: "misspelt", /* before */ id: "a" /* the id */, name: "A"
    // At the end.
  ), (id: "b", name: "B", kind: State)
  // No more.
], title: "T", format: 1)"#;
        let expected = r#"(
    format: 1,
    title: "T",

    parties: [
        ( // The first.
            // About all of it.

            /* before */ id: "a", /* the id */
            name: "A",
            // Above the kind.
            kind: State,
            titel: "misspelt",
            note: "n", // beside the note
            // At the end.
        ),

        (
            id: "b",
            name: "B",
            kind: State,
        ),
        // No more.
    ],
)
"#;
        assert_eq!(formatted(text), expected);
    }

    #[test]
    fn blank_lines_are_kept_singly_and_comments_on_their_lines() {
        let text = r#"(


    format: 1,
    /* above */
    title: "T", // one
    // two


    /* three */ // four

    summary: "S",

    compilers: [
        // The first.
        "a",

        /* The second. */

        "b",

    ],
    license: "x",

    // Last.

)"#;
        let expected = r#"(
    format: 1,
    /* above */
    title: "T", // one
    // two

    /* three */ // four

    summary: "S",

    compilers: [
        // The first.
        "a",

        /* The second. */

        "b",
    ],
    license: "x",

    // Last.
)
"#;
        assert_eq!(formatted(text), expected);
    }

    #[test]
    fn short_values_stand_on_one_line_and_citations_always_do() {
        let long = "long words ".repeat(12);
        let text = format!(
            r#"(events: [(citations: [
  (phrase: "{long}", document: "d",
   paragraph: 1),
], date: (
  basis: Stated,
  date: "2024",
), id: "e", parties: [ "a",

  "b" ], title: Some((x: "{long}")), themes: ["{long}" /* c */, "b"],
  note: Some ( 5 ))], extra: [(a:1)],)"#
        );
        let expected = format!(
            r#"(
    events: [
        (
            id: "e",
            title: Some((
                x: "{long}",
            )),
            date: (date: "2024", basis: Stated),
            parties: ["a", "b"],
            themes: [
                "{long}", /* c */
                "b",
            ],
            note: Some(5),
            citations: [
                (document: "d", paragraph: 1, phrase: "{long}"),
            ],
        ),
    ],

    extra: [(a: 1)],
)
"#
        );
        assert_eq!(formatted(&text), expected);
    }

    #[test]
    fn lines_are_filled_up_to_their_last_column() {
        let list = |chars: usize| {
            format!(
                "(\n    compilers: [\"a\", \"{}\"],\n)\n",
                "가".repeat(chars)
            )
        };
        // 4 + `compilers: ["a", "` + … + `"],`
        let full = list(120 - 4 - 18 - 3);
        assert_eq!(formatted(&full), full);
        let expected = list(120 - 4 - 18 - 2)
            .replace("[\"a\", ", "[\n        \"a\",\n        ")
            .replace("\"],", "\",\n    ],");
        assert_eq!(formatted(&list(120 - 4 - 18 - 2)), expected);
    }

    #[test]
    fn what_stands_around_the_register_stays() {
        let text = "\u{feff}\r\n\r\n// Head.\r\n#![enable(implicit_some)]  // why\r\n// \
            Above.\r\n\r\n\r\n/* left */ Register /* name */ (\r\n  title // key\r\n  : /* colon \
            */ \"two\nlines\",\r\n) // end\r\n\r\n\r\n/* foot */ // foot";
        let expected = "\u{feff}// Head.\r\n#![enable(implicit_some)] // why\r\n\r\n// \
            Above.\r\n\r\n/* left */ Register /* name */ (\r\n    title // key\r\n        : /* \
            colon */ \"two\nlines\",\r\n) // end\r\n\r\n/* foot */ // foot\r\n";
        assert_eq!(formatted(text), expected);
    }

    #[test]
    fn empty_brackets_hold_their_comments() {
        let text = "(compilers: [ ], title: ( /* a */ ), themes: [ // b\n], license: {\n// c\n}, \
            summary: (1,))";
        let expected = "(\n    title: (/* a */),\n    summary: (1,),\n    compilers: [],\n    \
            license: {\n        // c\n    },\n    themes: [ // b\n    ],\n)\n";
        assert_eq!(formatted(text), expected);
        assert_eq!(formatted("()"), "()\n");
        assert_eq!(formatted("// x\n[1,\n2]"), "// x\n[1, 2]\n");
    }

    #[test]
    fn a_broken_text_is_refused() {
        let refused = |text: &str| match format_register(text) {
            Err(FormatError::Syntax(diagnostic)) => diagnostic.code,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused("(title: \"a\" format: 1)"), "missing-comma");
        assert_eq!(refused(""), "empty");
        // Diagnostics of meaning are no concern of the layout.
        assert!(format_register("(format: 99, parties: \"none\", titel: Yes)").is_ok());
    }
}
