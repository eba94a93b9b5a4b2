//! Where the cursor stands: which brackets are open before it, what is expected there, as the
//! record types declare it, and what is typed already.
//!
//! Only the record around the cursor is read, token by token up to the cursor, so that a text that
//! is broken just there is understood.

use linchpin_register::record_spans::{root_records, unwrap_some};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, LoadedRegister, METADATA_FIELDS, RecordKind};
use ron_lossless::{NodeKind, Span, TokenKind, Tree, tokens};

/// What the text before the cursor says.
#[derive(Debug, Default)]
pub(super) struct CursorContext<'t> {
    /// The brackets that are open, outermost first.
    pub brackets: Vec<OpenBracket<'t>>,
    pub typed: TypedToken,
}

/// What stands right before the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TypedToken {
    #[default]
    Nothing,
    /// A word or number that begins here.
    Word(u32),
    /// Text whose opening quotation mark stands before this byte.
    Quoted(u32),
    /// Something that cannot be completed: a comment, raw text.
    NotCompletable,
}

/// An open bracket.
#[derive(Clone, Debug)]
pub(super) struct OpenBracket<'t> {
    /// `(`, `[` or `{`
    pub bracket: u8,
    /// The name before it, or nothing.
    pub name: &'t str,
    /// The fields whose names have been read.
    pub field_names: Vec<&'t str>,
    /// The field whose value comes next or was read last.
    pub current_field: Option<&'t str>,
    pub expected: ExpectedSyntax,
    line_start: u32,
}

/// What comes next inside a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExpectedSyntax {
    /// A field, or an item.
    Item,
    /// The value of a field.
    Value,
    /// A comma; on a new line it may have been forgotten.
    Comma,
}

impl<'t> OpenBracket<'t> {
    fn new(bracket: u8, name: &'t str, line_start: u32) -> Self {
        OpenBracket {
            bracket,
            name,
            field_names: Vec::new(),
            current_field: None,
            expected: ExpectedSyntax::Item,
            line_start,
        }
    }
}

/// Reads what stands before `cursor`. `loaded` may be of an older text, as long as the two begin
/// alike.
pub(super) fn cursor_context<'t>(
    loaded: &LoadedRegister,
    text: &'t str,
    cursor: u32,
) -> CursorContext<'t> {
    let (from, frames) = restart_point(loaded, text, cursor);
    let mut reader = ContextReader {
        text,
        cursor,
        brackets: frames,
        word: None,
        line: line_start(text, from),
        typed: TypedToken::Nothing,
    };
    reader.read(from);
    CursorContext {
        brackets: reader.brackets,
        typed: reader.typed,
    }
}

/// How many bytes two texts share at their beginnings.
fn common_prefix_len(a: &str, b: &str) -> usize {
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
fn restart_point<'t>(
    loaded: &LoadedRegister,
    text: &'t str,
    cursor: u32,
) -> (u32, Vec<OpenBracket<'t>>) {
    let tree = &*loaded.tree;
    // The tree may be of the text before the last keys were typed. Up to where the two texts part,
    // its spans hold for both.
    let known = cursor.min(common_prefix_len(&loaded.text, text) as u32);
    let start = |id: &u32| tree.span(*id).start;
    let Some(root) = root_records(tree).take_while(|id| start(id) < known).last() else {
        return (0, Vec::new());
    };
    let mut frame = OpenBracket::new(b'(', "", line_start(text, start(&root)));
    for field in tree.children(root) {
        let key = field_name_span(tree, text, field);
        if key.start < known && !(key.start..=key.end).contains(&cursor) {
            frame.field_names.push(key.of(text));
        }
    }
    let begun = |id: &u32| start(id) < known;
    let Some(field) = tree.children(root).take_while(begun).last() else {
        return (start(&root), Vec::new());
    };
    let list = tree
        .field_value(field)
        .map(|v| unwrap_some(&loaded.text, tree, v));
    let list = list.filter(|list| tree.kind(*list) == NodeKind::List && begun(list));
    let item = list.and_then(|list| tree.children(list).take_while(begun).last());
    match (list, item) {
        (Some(list), Some(item)) => {
            frame.current_field = Some(field_name_span(tree, text, field).of(text));
            frame.expected = ExpectedSyntax::Comma;
            let inside = OpenBracket::new(b'[', "", line_start(text, start(&list)));
            (start(&item), vec![frame, inside])
        }
        _ => (start(&field), vec![frame]),
    }
}

fn field_name_span(tree: &Tree, text: &str, field: u32) -> Span {
    let start = tree.span(field).start;
    let words = text.get(start as usize..).unwrap_or("");
    let end = words.find(|c: char| !c.is_alphanumeric() && c != '_');
    Span::new(start, start + end.unwrap_or(0) as u32)
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or("");
    before.rfind('\n').map_or(0, |newline| newline as u32 + 1)
}

struct ContextReader<'t> {
    text: &'t str,
    cursor: u32,
    brackets: Vec<OpenBracket<'t>>,
    /// A word that may be a field's name, the name before a bracket or a value: what follows
    /// decides.
    word: Option<Span>,
    /// Where the line of the token begins.
    line: u32,
    typed: TypedToken,
}

impl<'t> ContextReader<'t> {
    fn read(&mut self, from: u32) {
        let mut from = from;
        while let Some(next) = self.read_tokens(from) {
            from = next;
        }
        if let Some(word) = self.word {
            if word.end == self.cursor && self.typed == TypedToken::Nothing {
                self.typed = TypedToken::Word(word.start);
            } else {
                self.finish_word();
            }
        }
    }

    /// Reads on; where text lacks its closing mark, up to the end of its line, which is returned.
    fn read_tokens(&mut self, from: u32) -> Option<u32> {
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
                        self.start_line();
                    }
                }
                LineComment | OpenComment | OpenRawText | OpenBytes if at_cursor => {
                    self.finish_word();
                    self.typed = TypedToken::NotCompletable;
                }
                LineComment => {}
                Text | EscapedText | OpenText => {
                    if let Some(end) = self.unterminated_text_end(token.kind, span) {
                        self.finish_word();
                        // Brackets opened on this line may be closed behind the missing mark,
                        // inside what looks like text: they count as closed.
                        self.brackets.retain(|frame| frame.line_start != self.line);
                        self.finish_value();
                        return Some(end);
                    }
                    self.finish_word();
                    if token.kind == OpenText {
                        self.typed = TypedToken::Quoted(span.start + 1);
                    } else {
                        self.finish_value();
                    }
                }
                Word | LooseWord | Number => {
                    self.finish_word();
                    self.word = Some(span);
                }
                LeftParen | LeftBracket | LeftBrace => {
                    let name = self.word.take().map_or("", |word| word.of(self.text));
                    self.open_bracket(words.as_bytes()[0], name);
                }
                RightParen => self.close_bracket(b'('),
                RightBracket => self.close_bracket(b'['),
                RightBrace => self.close_bracket(b'{'),
                Comma => {
                    self.finish_word();
                    if let Some(top) = self.brackets.last_mut() {
                        (top.expected, top.current_field) = (ExpectedSyntax::Item, None);
                    }
                }
                Colon | Equals => self.finish_field_name(),
                _ => {
                    self.finish_word();
                    self.finish_value();
                }
            }
        }
        None
    }

    /// A word that nothing followed was a value.
    fn finish_word(&mut self) {
        if self.word.take().is_some() {
            self.finish_value();
        }
    }

    fn finish_value(&mut self) {
        if let Some(top) = self.brackets.last_mut() {
            top.expected = ExpectedSyntax::Comma;
        }
    }

    fn start_line(&mut self) {
        self.finish_word();
        if let Some(top) = self.brackets.last_mut()
            && top.expected == ExpectedSyntax::Comma
        {
            (top.expected, top.current_field) = (ExpectedSyntax::Item, None);
        }
    }

    fn open_bracket(&mut self, bracket: u8, name: &'t str) {
        // A record that begins where the records of the list begin: one before it has lost an end.
        // Indentation decides, since brackets cannot be trusted while somebody types between them.
        let start = self.line;
        let indent = |line: u32| {
            let rest = self.text.get(line as usize..).unwrap_or("");
            rest.len() - rest.trim_start_matches([' ', '\t']).len()
        };
        let is_record = |frame: &OpenBracket| frame.bracket == b'(' && frame.name.is_empty();
        if bracket == b'('
            && let Some(record) = self
                .brackets
                .get(2)
                .filter(|f| is_record(f) && f.line_start != start)
            && indent(record.line_start) >= indent(start)
        {
            self.brackets.truncate(2);
        }
        self.brackets
            .push(OpenBracket::new(bracket, name, self.line));
    }

    fn close_bracket(&mut self, bracket: u8) {
        self.finish_word();
        // One that closes none of those that are open is passed over; one that closes an outer
        // bracket closes all inside it, whose ends are missing.
        if let Some(at) = self.brackets.iter().rposition(|f| f.bracket == bracket) {
            self.brackets.truncate(at);
            self.finish_value();
        }
    }

    fn finish_field_name(&mut self) {
        let Some(word) = self.word.take() else { return };
        // A list has no field names: its end is missing.
        while self.brackets.len() > 1 && self.brackets.last().is_some_and(|f| f.bracket == b'[') {
            self.brackets.pop();
        }
        let name = word.of(self.text);
        if let Some(top) = self.brackets.last_mut() {
            top.field_names.push(name);
            (top.current_field, top.expected) = (Some(name), ExpectedSyntax::Value);
        }
    }

    /// Where text over several lines most likely lacks its closing mark: the end of its first line.
    fn unterminated_text_end(&self, kind: TokenKind, span: Span) -> Option<u32> {
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
pub(super) fn field_names_after(text: &str, from: u32) -> Vec<&str> {
    /// No record is longer than this, and behind a missing bracket the file would be read to its
    /// end at every letter.
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

/// What belongs at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum ExpectedItem {
    /// A whole register.
    Register,
    /// A field of the register.
    HeadField,
    /// The version of the format.
    FormatVersion,
    /// A list of records.
    RecordList,
    /// A record of a list.
    Record(RecordKind),
    /// A field of a record. `kind`: the record stands in a list of its own.
    RecordField {
        specs: &'static [FieldSpec],
        kind: Option<RecordKind>,
    },
    /// A value; `is_list`: with the brackets of a list around it.
    Value {
        field_type: FieldType,
        is_list: bool,
    },
}

/// What an open bracket holds.
#[derive(Clone, Copy)]
enum BracketContent {
    Register,
    Records(RecordKind),
    Fields(&'static [FieldSpec], Option<RecordKind>),
    Items(FieldType),
}

/// What belongs at the cursor; `None` where nothing can be said.
pub(super) fn expected_item(context: &CursorContext) -> Option<ExpectedItem> {
    let Some(top) = context.brackets.last() else {
        return Some(ExpectedItem::Register);
    };
    // `Some(` changes nothing but the brackets.
    let is_some = top.name == "Some" && top.bracket == b'(' && context.brackets.len() > 1;
    if is_some {
        let frames = &context.brackets[..context.brackets.len() - 1];
        return expected_inside(
            bracket_content(frames)?,
            frames.last()?.current_field,
            ExpectedSyntax::Value,
        );
    }
    expected_inside(
        bracket_content(&context.brackets)?,
        top.current_field,
        top.expected,
    )
}

fn expected_inside(
    content: BracketContent,
    key: Option<&str>,
    expects: ExpectedSyntax,
) -> Option<ExpectedItem> {
    match (content, expects) {
        (_, ExpectedSyntax::Comma) => None,
        (BracketContent::Register, ExpectedSyntax::Item) => Some(ExpectedItem::HeadField),
        (BracketContent::Register, ExpectedSyntax::Value) => match key? {
            "format" => Some(ExpectedItem::FormatVersion),
            name if record_kind_of_list(name).is_some() => Some(ExpectedItem::RecordList),
            name => expected_value(METADATA_FIELDS, name),
        },
        (BracketContent::Records(kind), _) => Some(ExpectedItem::Record(kind)),
        (BracketContent::Fields(specs, kind), ExpectedSyntax::Item) => {
            Some(ExpectedItem::RecordField { specs, kind })
        }
        (BracketContent::Fields(specs, _), ExpectedSyntax::Value) => expected_value(specs, key?),
        (BracketContent::Items(field_type), _) => Some(ExpectedItem::Value {
            field_type,
            is_list: false,
        }),
    }
}

fn expected_value(specs: &'static [FieldSpec], name: &str) -> Option<ExpectedItem> {
    let spec = specs.iter().find(|spec| spec.name == name)?;
    Some(ExpectedItem::Value {
        field_type: spec.field_type,
        is_list: spec.is_list(),
    })
}

fn record_kind_of_list(name: &str) -> Option<RecordKind> {
    RecordKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.list() == name)
}

/// What the innermost bracket holds.
fn bracket_content(frames: &[OpenBracket]) -> Option<BracketContent> {
    let mut content: Option<BracketContent> = None;
    let mut key: Option<&str> = None;
    for frame in frames {
        let fields = |field_type: FieldType| match field_type {
            FieldType::Record { fields, .. } => Some(BracketContent::Fields(fields, None)),
            _ => None,
        };
        let spec = |specs: &'static [FieldSpec]| {
            let name = key?;
            specs.iter().find(|spec| spec.name == name)
        };
        let next = match (content, frame.bracket) {
            (None, b'(') => Some(BracketContent::Register),
            (Some(same), b'(') if frame.name == "Some" => {
                content = Some(same);
                continue;
            }
            (Some(BracketContent::Register), b'[') => match record_kind_of_list(key?) {
                Some(kind) => Some(BracketContent::Records(kind)),
                None => spec(METADATA_FIELDS).map(|spec| BracketContent::Items(spec.field_type)),
            },
            (Some(BracketContent::Records(kind)), b'(') => {
                Some(BracketContent::Fields(kind.fields(), Some(kind)))
            }
            (Some(BracketContent::Fields(specs, _)), b'(') => spec(specs)
                .filter(|spec| !spec.is_list())
                .and_then(|spec| fields(spec.field_type)),
            (Some(BracketContent::Fields(specs, _)), b'[') => {
                let spec = spec(specs).filter(|spec| spec.is_list());
                spec.map(|spec| BracketContent::Items(spec.field_type))
            }
            (Some(BracketContent::Items(field_type)), b'(') => fields(field_type),
            _ => None,
        };
        content = Some(next?);
        key = frame.current_field;
    }
    content
}
