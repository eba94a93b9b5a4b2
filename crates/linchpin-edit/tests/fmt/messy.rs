//! Registers out of nothing, and ways to write the same register badly.

use super::Random;
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, ROOT_FIELDS, RecordKind};

impl Random {
    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

/// A value before it is written.
pub enum Value {
    Leaf(String),
    List(Vec<Value>),
    /// A name, or none, and values without names.
    Tuple(&'static str, Vec<Value>),
    Record(&'static str, Vec<(String, Value)>),
    Map(Vec<(String, Value)>),
}

/// Makes registers.
pub struct Maker<'r> {
    pub random: &'r mut Random,
    /// Whether there are fields that no register has, and fields given twice.
    pub odd_fields: bool,
    /// Every text is another.
    pub count: usize,
}

impl Maker<'_> {
    pub fn register(&mut self) -> Value {
        let mut fields = Vec::new();
        for name in ROOT_FIELDS {
            let kind = RecordKind::ALL.iter().find(|kind| kind.list() == *name);
            let value = match kind {
                _ if self.random.one_in(2) => continue,
                Some(kind) => {
                    let count = self.random.below(4);
                    Value::List((0..count).map(|_| self.record(kind.fields(), 3)).collect())
                }
                None => self.leaf(),
            };
            fields.push((name.to_string(), value));
        }
        self.odd(&mut fields);
        Value::Record(self.random.pick(&["", "", "Register"]), fields)
    }

    fn odd(&mut self, fields: &mut Vec<(String, Value)>) {
        while self.odd_fields && self.random.one_in(3) {
            let name = match (self.random.one_in(4), fields.last()) {
                (true, Some((name, _))) => name.clone(),
                _ => self.random.pick(&["titel", "r#type", "색인"]).to_owned(),
            };
            let value = self.any(2);
            fields.push((name, value));
        }
    }

    fn record(&mut self, specs: &[FieldSpec], depth: usize) -> Value {
        let mut fields = Vec::new();
        for spec in specs {
            if self.random.one_in(2) {
                let value = match (spec.field_type, depth) {
                    (FieldType::Record { fields, .. }, 1..) => self.inner(fields, depth - 1),
                    _ => self.any(1),
                };
                fields.push((spec.name.to_owned(), value));
            }
        }
        self.odd(&mut fields);
        if fields.is_empty() {
            fields.push(("id".to_owned(), self.leaf()));
        }
        Value::Record("", fields)
    }

    fn inner(&mut self, specs: &[FieldSpec], depth: usize) -> Value {
        match self.random.below(3) {
            0 => self.record(specs, depth),
            1 => Value::Tuple("Some", vec![self.record(specs, depth)]),
            _ => {
                let count = self.random.below(3);
                Value::List((0..count).map(|_| self.record(specs, depth)).collect())
            }
        }
    }

    fn any(&mut self, depth: usize) -> Value {
        let count = self.random.below(4);
        match self.random.below(if depth == 0 { 1 } else { 8 }) {
            0..=3 => self.leaf(),
            4 => Value::List((0..2 * count).map(|_| self.leaf()).collect()),
            5 => Value::List((0..count).map(|_| self.any(depth - 1)).collect()),
            6 => {
                let name = self.random.pick(&["", "Some", "MoreThan", "r#Between"]);
                let count = if name == "Some" { 1 } else { 1 + count };
                Value::Tuple(name, (0..count).map(|_| self.any(depth - 1)).collect())
            }
            _ => {
                let entry = |this: &mut Self| (this.text(), this.any(depth - 1));
                Value::Map((0..count).map(|_| entry(self)).collect())
            }
        }
    }

    fn leaf(&mut self) -> Value {
        const WORDS: [&str; 14] = [
            "State", "true", "None", "28_500", "-0x1F", "2.50e3", "'\\''", "b'x'", "()", "r#\"\"#",
            "\"\"", "r#Pledge", "br\"x\"", "1_000.",
        ];
        Value::Leaf(match self.random.below(3) {
            0 => self.random.pick(&WORDS).to_owned(),
            _ => self.text(),
        })
    }

    fn text(&mut self) -> String {
        self.count += 1;
        let n = self.count;
        match self.random.below(8) {
            0 => format!("\"한미동맹 {n}\""),
            1 => format!("r#\"raw \"{n}\" // no comment\"#"),
            2 => format!("\"\\\"{n}\\\" \\u{{41}}\""),
            3 => format!("\"two\nlines, {n}   \n\""),
            4 => format!("\"{}{n}\"", "so many words ".repeat(self.random.below(12))),
            _ => format!("\"t{n}\""),
        }
    }
}

/// How a register is written.
pub struct Writing<'r> {
    pub random: &'r mut Random,
    line_end: &'static str,
    /// Without comments, blank lines, and whatever may stand before the document.
    is_plain: bool,
    out: String,
    comment_count: usize,
}

impl<'r> Writing<'r> {
    pub fn new(random: &'r mut Random, line_end: &'static str) -> Self {
        Writing {
            random,
            line_end,
            is_plain: false,
            out: String::new(),
            comment_count: 0,
        }
    }

    /// The register without a comment or a blank line, otherwise as [`Writing::write`] writes it.
    pub fn write_plain(mut self, register: &mut Value) -> String {
        self.is_plain = true;
        self.value(register);
        self.out
    }

    /// The register as somebody without care writes it: fields in any order, white space and
    /// comments anywhere.
    pub fn write(mut self, register: &mut Value) -> String {
        if self.random.one_in(4) {
            self.out.push('\u{feff}');
        }
        self.gap();
        for attribute in ["#![enable(implicit_some)]", "#![type = \"x\"]"] {
            if self.random.one_in(3) {
                self.out.push_str(attribute);
                self.gap();
            }
        }
        self.value(register);
        self.out
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Leaf(text) => self.token(text),
            Value::List(items) => self.items("[", items, "]"),
            Value::Tuple(name, items) => {
                if !name.is_empty() {
                    self.token(name);
                }
                // `(1,)` and `(1)` may be two things.
                let is_single = items.len() == 1;
                match is_single {
                    true => {
                        self.token("(");
                        self.value(&mut items[0]);
                        self.token(")");
                    }
                    false => self.items("(", items, ")"),
                }
            }
            Value::Record(name, fields) => {
                // Of two fields with one name, the order matters.
                let mut names: Vec<&String> = fields.iter().map(|(name, _)| name).collect();
                names.sort();
                names.dedup();
                if names.len() == fields.len() {
                    self.random.shuffle(fields);
                }
                if !name.is_empty() {
                    self.token(name);
                }
                self.fields("(", fields, ")");
            }
            Value::Map(entries) => self.fields("{", entries, "}"),
        }
    }

    fn items(&mut self, open: &str, items: &mut [Value], close: &str) {
        self.token(open);
        let count = items.len();
        for (index, item) in items.iter_mut().enumerate() {
            self.value(item);
            self.comma(index + 1 == count);
        }
        self.token(close);
    }

    fn fields(&mut self, open: &str, fields: &mut [(String, Value)], close: &str) {
        self.token(open);
        let count = fields.len();
        for (index, (name, value)) in fields.iter_mut().enumerate() {
            self.token(name);
            self.token(":");
            self.value(value);
            self.comma(index + 1 == count);
        }
        self.token(close);
    }

    fn comma(&mut self, is_last: bool) {
        if !is_last || self.random.one_in(2) {
            self.token(",");
        }
    }

    fn token(&mut self, text: &str) {
        self.out.push_str(text);
        self.gap();
    }

    /// White space and comments, as they come.
    fn gap(&mut self) {
        let count = match self.random.below(8) {
            0..=2 => 0,
            3..=6 => 1,
            _ if self.is_plain => 1,
            _ => 1 + self.random.below(4),
        };
        for _ in 0..count {
            let kinds = if self.is_plain { 5 } else { 12 };
            self.comment_count += 1;
            let n = self.comment_count;
            let piece = match self.random.below(kinds) {
                0 | 1 => " ".to_owned(),
                2 => "\t".to_owned(),
                3 => "\u{200e}  ".to_owned(),
                4 => "   \n   ".to_owned(),
                5 => "\n \n\n".to_owned(),
                6 => format!("/* c{n} */"),
                7 => format!("/* /* \" c{n} */\n ** // */"),
                8 => format!("// c{n} \" 한국  \n"),
                9 => format!("  // c{n}\n"),
                10 => format!("\n  // c{n} ( /*\n"),
                _ => format!("\n/* c{n} */ "),
            };
            self.out.push_str(&piece.replace('\n', self.line_end));
        }
    }
}
