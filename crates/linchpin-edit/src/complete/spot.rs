//! Where the cursor stands: which brackets are open before it, what is expected there and what is
//! typed already.
//!
//! Only the record around the cursor is read, token by token up to the cursor, so that a text that
//! is broken just there is understood.

use linchpin_register::LoadedRegister;
use linchpin_register::record_spans::{roots, unwrapped};
use ron_lossless::{NodeKind, Span, TokenKind, Tree, tokens};

/// What the text before the cursor says.
#[derive(Debug, Default)]
pub(super) struct Spot<'t> {
    /// The brackets that are open, outermost first.
    pub frames: Vec<Frame<'t>>,
    pub typed: Typed,
}

/// What stands right before the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Typed {
    #[default]
    Nothing,
    /// A word or number that begins here.
    Word(u32),
    /// Text whose opening quotation mark stands before this byte.
    Quoted(u32),
    /// Something that cannot be completed: a comment, raw text.
    Other,
}

/// An open bracket.
#[derive(Clone, Debug)]
pub(super) struct Frame<'t> {
    /// `(`, `[` or `{`
    pub bracket: u8,
    /// The name before it, or nothing.
    pub name: &'t str,
    /// The fields whose names have been read.
    pub keys: Vec<&'t str>,
    /// The field whose value comes next or was read last.
    pub key: Option<&'t str>,
    pub expects: Expects,
    line: u32,
}

/// What comes next inside a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    /// A field, or an item.
    Item,
    /// The value of a field.
    Value,
    /// A comma; on a new line it may have been forgotten.
    Comma,
}

impl<'t> Frame<'t> {
    fn new(bracket: u8, name: &'t str, line: u32) -> Self {
        Frame {
            bracket,
            name,
            keys: Vec::new(),
            key: None,
            expects: Expects::Item,
            line,
        }
    }
}

/// Reads what stands before `cursor`. `loaded` may be of an older text, as long as the two begin
/// alike.
pub(super) fn spot<'t>(loaded: &LoadedRegister, text: &'t str, cursor: u32) -> Spot<'t> {
    let (from, frames) = anchor(loaded, text, cursor);
    let mut reader = Reader {
        text,
        cursor,
        frames,
        word: None,
        line: line_start(text, from),
        typed: Typed::Nothing,
    };
    reader.read(from);
    Spot {
        frames: reader.frames,
        typed: reader.typed,
    }
}

/// How many bytes two texts share at their beginnings.
fn shared(a: &str, b: &str) -> usize {
    const BYTES: usize = 4096;
    if std::ptr::eq(a, b) {
        return a.len();
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let chunks = a.chunks(BYTES).zip(b.chunks(BYTES));
    let start = chunks
        .take_while(|(x, y)| x == y && x.len() == BYTES)
        .count()
        * BYTES;
    let rest = a[start..].iter().zip(&b[start..]);
    start + rest.take_while(|(x, y)| x == y).count()
}

/// The last record or field that begins before the cursor, with what is open there.
fn anchor<'t>(loaded: &LoadedRegister, text: &'t str, cursor: u32) -> (u32, Vec<Frame<'t>>) {
    let tree = &*loaded.tree;
    let known = cursor.min(shared(&loaded.text, text) as u32);
    let start = |id: &u32| tree.span(*id).start;
    let Some(root) = roots(tree).take_while(|id| start(id) < known).last() else {
        return (0, Vec::new());
    };
    let mut frame = Frame::new(b'(', "", line_start(text, start(&root)));
    for field in tree.children(root) {
        let key = key_span(tree, text, field);
        if key.start < known && !(key.start..=key.end).contains(&cursor) {
            frame.keys.push(key.of(text));
        }
    }
    let begun = |id: &u32| start(id) < known;
    let Some(field) = tree.children(root).take_while(begun).last() else {
        return (start(&root), Vec::new());
    };
    let list = tree
        .field_value(field)
        .map(|v| unwrapped(&loaded.text, tree, v));
    let list = list.filter(|list| tree.kind(*list) == NodeKind::List && begun(list));
    let item = list.and_then(|list| tree.children(list).take_while(begun).last());
    match (list, item) {
        (Some(list), Some(item)) => {
            frame.key = Some(key_span(tree, text, field).of(text));
            frame.expects = Expects::Comma;
            let inside = Frame::new(b'[', "", line_start(text, start(&list)));
            (start(&item), vec![frame, inside])
        }
        _ => (start(&field), vec![frame]),
    }
}

fn key_span(tree: &Tree, text: &str, field: u32) -> Span {
    let start = tree.span(field).start;
    let words = text.get(start as usize..).unwrap_or("");
    let end = words.find(|c: char| !c.is_alphanumeric() && c != '_');
    Span::new(start, start + end.unwrap_or(0) as u32)
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or("");
    before.rfind('\n').map_or(0, |newline| newline as u32 + 1)
}

struct Reader<'t> {
    text: &'t str,
    cursor: u32,
    frames: Vec<Frame<'t>>,
    /// A word that may be a field's name, the name before a bracket or a value: what follows
    /// decides.
    word: Option<Span>,
    /// Where the line of the token begins.
    line: u32,
    typed: Typed,
}

impl<'t> Reader<'t> {
    fn read(&mut self, from: u32) {
        let mut from = from;
        while let Some(next) = self.stretch(from) {
            from = next;
        }
        if let Some(word) = self.word {
            if word.end == self.cursor && self.typed == Typed::Nothing {
                self.typed = Typed::Word(word.start);
            } else {
                self.settle();
            }
        }
    }

    /// Reads on; where text lacks its closing mark, up to the end of its line, which is returned.
    fn stretch(&mut self, from: u32) -> Option<u32> {
        let before = self.text.get(from as usize..self.cursor as usize)?;
        for token in tokens(before) {
            let span = Span::new(from + token.span.start, from + token.span.end);
            let words = span.of(self.text);
            let at_cursor = span.end == self.cursor;
            use TokenKind::*;
            match token.kind {
                Space | BlockComment | ByteOrderMark => {
                    if let Some(newline) = words.rfind('\n') {
                        self.line = span.start + newline as u32 + 1;
                        self.new_line();
                    }
                }
                LineComment | OpenComment | OpenRawText | OpenBytes if at_cursor => {
                    self.settle();
                    self.typed = Typed::Other;
                }
                LineComment => {}
                Text | EscapedText | OpenText => {
                    if let Some(end) = self.lost_end(token.kind, span) {
                        self.settle();
                        self.frames.retain(|frame| frame.line != self.line);
                        self.value();
                        return Some(end);
                    }
                    self.settle();
                    if token.kind == OpenText {
                        self.typed = Typed::Quoted(span.start + 1);
                    } else {
                        self.value();
                    }
                }
                Word | LooseWord | Number => {
                    self.settle();
                    self.word = Some(span);
                }
                LeftParen | LeftBracket | LeftBrace => {
                    let name = self.word.take().map_or("", |word| word.of(self.text));
                    self.open(words.as_bytes()[0], name);
                }
                RightParen => self.close(b'('),
                RightBracket => self.close(b'['),
                RightBrace => self.close(b'{'),
                Comma => {
                    self.settle();
                    if let Some(top) = self.frames.last_mut() {
                        (top.expects, top.key) = (Expects::Item, None);
                    }
                }
                Colon | Equals => self.colon(),
                _ => {
                    self.settle();
                    self.value();
                }
            }
        }
        None
    }

    /// A word that nothing followed was a value.
    fn settle(&mut self) {
        if self.word.take().is_some() {
            self.value();
        }
    }

    fn value(&mut self) {
        if let Some(top) = self.frames.last_mut() {
            top.expects = Expects::Comma;
        }
    }

    fn new_line(&mut self) {
        self.settle();
        if let Some(top) = self.frames.last_mut()
            && top.expects == Expects::Comma
        {
            (top.expects, top.key) = (Expects::Item, None);
        }
    }

    fn open(&mut self, bracket: u8, name: &'t str) {
        // A record that begins where the records of the list begin: one before it has lost an end.
        let start = self.line;
        let indent = |line: u32| {
            let rest = self.text.get(line as usize..).unwrap_or("");
            rest.len() - rest.trim_start_matches([' ', '\t']).len()
        };
        let is_record = |frame: &Frame| frame.bracket == b'(' && frame.name.is_empty();
        if bracket == b'('
            && let Some(record) = self
                .frames
                .get(2)
                .filter(|f| is_record(f) && f.line != start)
            && indent(record.line) >= indent(start)
        {
            self.frames.truncate(2);
        }
        self.frames.push(Frame::new(bracket, name, self.line));
    }

    fn close(&mut self, bracket: u8) {
        self.settle();
        if let Some(at) = self.frames.iter().rposition(|f| f.bracket == bracket) {
            self.frames.truncate(at);
            self.value();
        }
    }

    fn colon(&mut self) {
        let Some(word) = self.word.take() else { return };
        // A list has no field names: its end is missing.
        while self.frames.len() > 1 && self.frames.last().is_some_and(|f| f.bracket == b'[') {
            self.frames.pop();
        }
        let name = word.of(self.text);
        if let Some(top) = self.frames.last_mut() {
            top.keys.push(name);
            (top.key, top.expects) = (Some(name), Expects::Value);
        }
    }

    /// Where text over several lines most likely lacks its closing mark: the end of its first line.
    fn lost_end(&self, kind: TokenKind, span: Span) -> Option<u32> {
        let words = span.of(self.text);
        let line = words.find('\n')?;
        let end = span.start + line as u32;
        let after = self
            .text
            .get(span.end as usize..)?
            .trim_start()
            .bytes()
            .next();
        let last_line = &words[words.rfind('\n')?..];
        let opens = || {
            let before = last_line.strip_suffix('"').unwrap_or(last_line).trim_end();
            before.ends_with([':', '[', '(', ','])
        };
        let is_whole = match kind {
            // What the cursor is in may well be a text of several lines.
            TokenKind::OpenText => !words[..line].trim_end().ends_with([',', ']', ')']),
            _ if span.end == self.cursor => !opens(),
            _ => matches!(after, None | Some(b',' | b')' | b']' | b'}' | b':' | b'/')),
        };
        (!is_whole).then_some(end)
    }
}

/// The names of the fields that stand behind `from` in the same record.
pub(super) fn keys_after(text: &str, from: u32) -> Vec<&str> {
    /// No record is longer than this.
    const MAX_TOKENS: usize = 4000;
    let mut keys = Vec::new();
    let (mut depth, mut word) = (0_u32, None);
    let rest = text.get(from as usize..).unwrap_or("");
    let solid = tokens(rest).filter(|token| !token.kind.is_trivia());
    for token in solid.take(MAX_TOKENS) {
        use TokenKind::*;
        let before = word.take();
        match token.kind {
            LeftParen | LeftBracket | LeftBrace => depth += 1,
            RightParen | RightBracket | RightBrace if depth == 0 => break,
            RightParen | RightBracket | RightBrace => depth -= 1,
            Word if depth == 0 => word = Some(token.span.of(rest)),
            Colon | Equals if depth == 0 => keys.extend(before),
            _ => {}
        }
    }
    keys
}
