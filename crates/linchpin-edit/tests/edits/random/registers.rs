//! Sound registers in every layout that people write, made at random out of tidy ones.

use super::Random;
use linchpin_register::{LoadedRegister, RegisterFileText, load_files};
use ron_lossless::{Token, TokenKind, tokens};

/// One record of every type at least, with links between most of them.
pub const SMALL: &str = r##"#![enable(implicit_some)]
(
    format: 1, title: "Test \"한미\"", summary: "Two
lines", compilers: ["Kim", "Lee"],
    priorities: [(id: "p-one", name: "First", rank: 1)],
    themes: [(id: "t-one", name: "하나"), (id: "t-two", name: "Two", meaning: "second")],
    ladder: [(id: "firm", rank: 4, label: "firm", verbs: ["will"]), (id: "weak", label: "weak", verbs: ["may", "can"])],
    parties: [
        (id: "a", name: "Alpha", kind: State, code: "USA"),
        (id: "b", name: r"Beta", kind: Grouping, members: ["a", "동맹"]),
        (id: "동맹", name: "동맹국", kind: State, parent: "b", note: "a \"quoted\" \\ note"),
    ],
    documents: [
        (id: "doc", title: "Doc", short: "D", kind: Treaty, issuers: ["a", "b"], legal_character: LegallyBinding,
            date: (date: "2020", basis: Stated), url: "https://example.org", number: 1000),
        (id: "speech", title: "연설", short: "S", kind: Speech, issuers: ["동맹"], legal_character: NationalPolicy,
            date: (date: "2021-03", basis: External, citations: [(document: "doc", external: true)]), follows: "doc", url: "https://example.org/2", note: "x"),
    ],
    commitments: [
        (id: "c-one", title: "First", statement: "Will do it.", committers: ["a", "b"], verb: "will", strength: "firm",
            mode: FutureAction, priority: "p-one", themes: ["t-one", "t-two"], obligations: [Exercises],
            status: [(date: "2022", assessor: "Kim", status: NotAssessed, citations: [(document: "speech", external: true)])],
            continuity: [(against: "doc", change: New, earlier: "c-two", note: "n")],
            citations: [(document: "doc", paragraph: 3, phrase: "will do")]),
        (id: "c-two", title: "Second", statement: "May do it.", committers: ["동맹"], recipients: ["a"], verb: "may",
            mode: Practice, parent: "c-one", hedges: ["if", "when possible"], citations: [(document: "doc", paragraph: 4, phrase: "may")]),
    ],
    bodies: [(id: "body", name: "Group", kind: WorkingGroup, members: ["a"], established: (date: "1978", basis: Stated),
        citations: [(document: "doc", paragraph: 1, phrase: "group")])],
    instruments: [(id: "pact", name: "Pact", kind: Treaty, parties: ["a", "b"], document: "doc",
        citations: [(document: "doc", paragraph: 1, phrase: "pact")])],
    figures: [(id: "fig", title: "F", statement: "28,500 of them.", kind: Count, amount: MoreThan(28500), unit: "personnel",
        as_of: (date: "2023-11", basis: Stated), period: (from: "2021", to: "2025"), chartable: Yes, subjects: ["a"],
        citations: [(document: "doc", paragraph: 2, phrase: "more than 28,500")])],
    events: [
        (id: "e-one", title: "E", date: (date: "2020", basis: Stated), parties: ["a"], citations: [(document: "doc", external: true)]),
        (id: "e-two", title: "E 2", date: (date: "2021", basis: Stated), bodies: ["body"], instruments: ["pact"],
            citations: [(document: "doc", external: true), (document: "speech", external: true)]),
    ],
    concerns: [(id: "fear", title: "Fear", statement: "It may fail.", actors: ["b"], citations: [(document: "doc", external: true)])],
)
"##;

/// A second file of the same register.
pub const SECOND: &str = r##"(
    format: 1, license: "CC0-1.0",
    parties: [(id: "z", name: "Zeta", kind: Office, parent: "a"), (id: "y", name: "Eta", kind: Person)],
    events: [(id: "e-three", title: "E 3", date: (date: "2022", basis: Stated), parties: ["z", "y"],
        citations: [(document: "doc", external: true)])],
)
"##;

/// A register of one file or several, as it is read.
pub fn files(texts: &[&str]) -> LoadedRegister {
    let files = texts
        .iter()
        .enumerate()
        .map(|(index, text)| RegisterFileText {
            name: match texts.len() {
                1 => "".into(),
                _ => format!("{index}.ron").into(),
            },
            text: (*text).to_owned(),
            diagnostics: Vec::new(),
        });
    load_files(files.collect())
}

/// Fields that may stand in `Some( )`.
const OPTIONAL: &[&str] = &[
    "note",
    "native_name",
    "url",
    "language",
    "paragraph",
    "phrase",
    "parent",
    "strength",
    "priority",
    "code",
    "summary",
    "license",
    "unit",
    "follows",
    "earlier",
];

/// The same register written otherwise: other blanks, line breaks and comments, raw text, `Some(
/// )`, `r#`, `_`, commas.
pub fn messy(text: &str, random: &mut Random) -> String {
    let eol = if random.one_in(2) { "\r\n" } else { "\n" };
    let tabs = random.one_in(4);
    // From one line for all to a line for each sign.
    let breaks = [1, 2, 3, 6, 30][random.below(5)];
    let remarks = [4, 9, 30][random.below(3)];
    let mut mess = Mess {
        random,
        eol,
        tabs,
        breaks,
        remarks,
        depth: 0,
        out: String::new(),
        remark: 0,
    };
    mess.write(text);
    mess.out
}

struct Mess<'r> {
    random: &'r mut Random,
    eol: &'static str,
    tabs: bool,
    breaks: usize,
    remarks: usize,
    depth: usize,
    out: String,
    remark: usize,
}

impl Mess<'_> {
    fn write(&mut self, text: &str) {
        let solid: Vec<Token> = tokens(text).filter(|t| !t.kind.is_trivia()).collect();
        let kind = |at: usize| solid.get(at).map(|t| t.kind);
        let words = |at: usize| solid.get(at).map_or("", |t| t.span.of(text));
        let start = solid.iter().position(|t| t.kind == TokenKind::LeftParen);
        let start = start.unwrap_or(0);
        if self.random.one_in(4) {
            self.out.push('\u{feff}');
        }
        if start > 0 {
            self.out.push_str("#![enable(implicit_some)]");
            self.out.push_str(self.eol);
        }
        let start = match start {
            // Past the attribute: its bracket is the first one.
            at if at > 0 => (at + 1..solid.len())
                .find(|at| kind(*at) == Some(TokenKind::LeftParen))
                .unwrap_or(at),
            at => at,
        };
        let mut close_some = false;
        for (at, token) in solid.iter().enumerate().skip(start) {
            use TokenKind::*;
            let (own, is) = (words(at), token.kind);
            let ends_list = matches!(kind(at + 1), Some(RightParen | RightBracket));
            if is == Comma && ends_list && self.random.one_in(2) {
                continue;
            }
            if matches!(is, RightParen | RightBracket) {
                self.depth = self.depth.saturating_sub(1);
                let holds = !matches!(kind(at - 1), Some(Comma | LeftParen | LeftBracket));
                // A call such as `MoreThan(1)` may have one as well.
                if holds && self.random.one_in(3) {
                    self.blank(false);
                    self.out.push(',');
                }
            }
            if at > start {
                self.blank(is == Colon || is == Comma);
            }
            match is {
                LeftParen | LeftBracket => {
                    self.depth += 1;
                    self.out.push_str(own);
                }
                Word if kind(at + 1) == Some(Colon) && self.random.one_in(8) => {
                    self.out.push_str(&format!("r#{own}"));
                }
                Text if self.random.one_in(6) => self.out.push_str(&format!("r#{own}#")),
                Text | EscapedText => self.out.push_str(&own.replace('\n', self.eol)),
                Number if own.len() > 3 && self.random.one_in(2) => {
                    let (head, tail) = own.split_at(own.len() - 3);
                    self.out.push_str(&format!("{head}_{tail}"));
                }
                _ => self.out.push_str(own),
            }
            if close_some {
                close_some = false;
                if self.random.one_in(3) {
                    self.blank(false);
                }
                self.out.push(')');
            }
            let single = matches!(kind(at + 1), Some(Text | EscapedText | Number));
            let alone = matches!(kind(at + 2), Some(Comma | RightParen));
            let optional = at > 0 && OPTIONAL.contains(&words(at - 1));
            if is == Colon && single && alone && optional && self.random.one_in(5) {
                self.blank(false);
                self.out.push_str("Some(");
                close_some = true;
            }
        }
        if !self.random.one_in(4) {
            self.out.push_str(self.eol);
        }
        if self.random.one_in(3) {
            let remark = self.line_remark();
            self.out.push_str(&remark);
        }
    }

    /// What stands between two signs.
    fn blank(&mut self, before_comma: bool) {
        let rare = if before_comma { 12 } else { 1 };
        if self.random.one_in(self.remarks * rare) {
            self.out.push(' ');
            let remark = match self.random.below(3) {
                0 => self.line_remark(),
                1 => format!("/* n{} /* nested 동맹 */ \" */", self.number()),
                _ => format!("/* {}{}two ( lines */", self.number(), self.eol),
            };
            self.out.push_str(&remark);
        }
        if self.random.one_in(self.breaks * rare) {
            for _ in 0..1 + self.random.below(2) * self.random.below(3) {
                self.out.push_str(self.eol);
            }
            let odd = self.random.below(8);
            let steps = if odd == 0 {
                self.random.below(5)
            } else {
                self.depth
            };
            let step = if self.tabs { "\t" } else { "    " };
            self.out.push_str(&step.repeat(steps));
            if self.random.one_in(self.remarks) {
                let remark = self.line_remark();
                self.out.push_str(&remark);
                self.out.push_str(&step.repeat(steps));
            }
        } else if !before_comma && !self.random.one_in(4) {
            self.out.push(' ');
        }
    }

    fn line_remark(&mut self) -> String {
        format!("// r{} [ \"한{}", self.number(), self.eol)
    }

    fn number(&mut self) -> usize {
        self.remark += 1;
        self.remark
    }
}

#[test]
fn messy_registers_say_the_same() {
    use linchpin_register::load;
    let mut random = Random(5);
    let json = |text: &str| {
        let loaded = load(text, Vec::new()).checked_with_ron();
        assert!(!loaded.is_broken, "{:?}\n{text}", loaded.diagnostics);
        let all = loaded.register.iter_records();
        let all: Vec<String> = all
            .map(|(_, record)| record.json().to_string().replace("\\r", ""))
            .collect();
        (all, loaded.diagnostic_count())
    };
    assert_eq!(
        json(SMALL).1,
        0,
        "{:?}",
        load(SMALL, Vec::new()).diagnostics
    );
    for _ in 0..60 {
        let text = messy(SMALL, &mut random);
        assert_eq!(json(&text), json(SMALL), "{text}");
    }
}
