//! What can stand at the cursor: names of fields, words of vocabularies, ids of records, whole
//! records.
//!
//! ```text
//! text, cursor ─► open brackets ─► what belongs there ─► candidates ─ rank ─► completions
//! ```

mod candidates;
mod context;
mod matching;

use context::{CursorContext, TypedToken};
use linchpin_register::LoadedRegister;
use ron_lossless::Span;

/// The most completions that are offered at once.
pub const MAX_COMPLETIONS: usize = 200;

/// Something that can stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// A few words next to it: the title of a record, what a field holds.
    pub detail: String,
    /// A sentence that explains it, or nothing.
    pub help: String,
    /// What is written.
    pub insert: String,
    /// Where the cursor stands afterwards: a byte offset into `insert`.
    pub caret: usize,
    /// What it takes the place of: what is typed, and the rest of the word behind the cursor.
    pub replace: Span,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// The name of a field.
    Field,
    /// A word of a vocabulary.
    Choice,
    /// The id of a record.
    Link,
    /// A value to be filled in.
    Snippet,
    /// A whole record.
    Record,
}

/// What can stand at byte `cursor` of `text`, the best fits first. `loaded` says which records
/// there are; it may be of an older text.
pub fn completions(loaded: &LoadedRegister, text: &str, cursor: u32) -> Vec<Completion> {
    let cursor = text.floor_char_boundary(cursor as usize) as u32;
    let context = context::cursor_context(loaded, text, cursor);
    if context.typed == TypedToken::NotCompletable {
        return Vec::new();
    }
    let range = CompletionRange::new(text, &context, cursor);
    let mut all = candidates::complete_at(loaded, &context, &range);
    // Completion opens right behind the colon; the space that belongs there comes with the value.
    let before = text.get(..range.span.start as usize).unwrap_or("");
    if before.ends_with(':') {
        for completion in &mut all {
            completion.insert.insert(0, ' ');
            completion.caret += 1;
        }
    }
    all
}

/// The stretch of text that a completion replaces, and what is around it.
struct CompletionRange<'t> {
    text: &'t str,
    /// What is typed before the cursor.
    typed: &'t str,
    span: Span,
    /// It stands inside quotation marks.
    is_quoted: bool,
    /// The closing quotation mark is there.
    is_closed: bool,
}

impl<'t> CompletionRange<'t> {
    fn new(text: &'t str, context: &CursorContext, cursor: u32) -> Self {
        let (start, is_quoted) = match context.typed {
            TypedToken::Word(start) => (start, false),
            TypedToken::Quoted(start) => (start, true),
            TypedToken::Nothing | TypedToken::NotCompletable => (cursor, false),
        };
        let after = text.get(cursor as usize..).unwrap_or("");
        let line = after.split(['\r', '\n']).next().unwrap_or("");
        let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let rest = line.find(|c| !in_word(c)).unwrap_or(line.len());
        // Text goes on to its closing mark, unless something before that shows that it has none.
        let closing = line.find(['"', ',', ':', '(', ')', '[', ']']);
        let closing = closing.filter(|at| is_quoted && line[*at..].starts_with('"'));
        let rest = match (closing, context.typed) {
            (Some(at), _) => at,
            (None, TypedToken::Nothing) => 0,
            (None, _) => rest,
        };
        CompletionRange {
            text,
            typed: Span::new(start, cursor).of(text),
            span: Span::new(start, cursor + rest as u32),
            is_quoted,
            is_closed: closing.is_some(),
        }
    }

    /// What follows on the line.
    fn line_after(&self) -> &'t str {
        let after = self.text.get(self.span.end as usize..).unwrap_or("");
        after.split('\n').next().unwrap_or("").trim()
    }

    fn is_before_space(&self) -> bool {
        let after = self.text.get(self.span.end as usize..).unwrap_or("");
        after.starts_with(char::is_whitespace)
    }

    /// What stands before it on its line.
    fn line_before(&self) -> &'t str {
        let before = self.text.get(..self.span.start as usize).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("")
    }

    /// How lines end around here.
    fn line_end(&self) -> &'static str {
        let before = self.text.get(..self.span.start as usize).unwrap_or("");
        let line = before.rfind('\n').and_then(|at| before.get(..at));
        match line.is_some_and(|line| line.ends_with('\r')) {
            true => "\r\n",
            false => "\n",
        }
    }
}

#[cfg(test)]
mod tests;
