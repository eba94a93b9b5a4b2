//! Web pages: their blocks as paragraphs, without what surrounds the text.

use super::clean::RawParagraphs;
use super::encoding::decode;
use super::guard::ExtractContext;
use super::messages::{ExtractError, ExtractNote};
use super::reflow::{ReflowMode, reflow};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// How deeply elements that matter here may lie in one another. Pages that leave elements open have
/// dozens.
const MAX_DEPTH: usize = 1_000;
/// How much is read between two questions whether to stop: within one tag, the library compares
/// each attribute with all before it.
const PIECE_BYTES: usize = 4 << 10;
/// After how many tokens it is asked as well.
const TOKENS_BETWEEN_STOPS: u32 = 2_048;

/// The paragraphs of a web page.
pub fn read(bytes: &[u8], work: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    let (text, note) = decode(bytes, true)?;
    let mut found = paragraphs(&text, work)?;
    found.notes.extend(note);
    Ok(found)
}

/// The paragraphs of HTML that is text already.
///
/// # Errors
/// Where elements lie too deeply in one another.
pub fn paragraphs(html: &str, work: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    let page = HtmlTokenSink {
        blocks: RefCell::new(HtmlBlockBuilder::default()),
        tokens: Cell::new(0),
        work,
    };
    let tokenizer = Tokenizer::new(page, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        work.stop_if_cancelled();
        let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
        rest = more;
        input.push_back(StrTendril::from_slice(piece));
        // It stops wherever a script would run, which none does here.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        if tokenizer.sink.blocks.borrow().is_too_deep() {
            return Err(ExtractError::TooDeep(MAX_DEPTH));
        }
    }
    tokenizer.end();
    let blocks = tokenizer.sink.blocks.into_inner().finish();
    work.stop_if_cancelled();
    Ok(select_main_content(blocks))
}

struct HtmlTokenSink<'a> {
    blocks: RefCell<HtmlBlockBuilder>,
    /// How many there were since it was asked whether to stop.
    tokens: Cell<u32>,
    work: &'a ExtractContext,
}

impl TokenSink for HtmlTokenSink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.tokens.set(self.tokens.get() + 1);
        if self.tokens.get() >= TOKENS_BETWEEN_STOPS {
            self.tokens.set(0);
            self.work.stop_if_cancelled();
        }
        let mut blocks = self.blocks.borrow_mut();
        match token {
            Token::CharacterTokens(text) => blocks.push_text(&text),
            Token::TagToken(tag) => {
                let name: &str = &tag.name;
                match tag.kind {
                    TagKind::EndTag => blocks.close_element(name),
                    TagKind::StartTag => {
                        blocks.open_element(name, is_hidden(&tag), tag.self_closing);
                        if let Some(raw) = raw_text_kind(name) {
                            return TokenSinkResult::RawData(raw);
                        }
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements in which `<` begins no element.
fn raw_text_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

fn is_hidden(tag: &Tag) -> bool {
    tag.attrs
        .iter()
        .any(|attribute| match &*attribute.name.local {
            "hidden" => true,
            "style" => {
                let style = attribute.value.to_lowercase().replace(' ', "");
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        })
}

/// A paragraph and what it stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HtmlBlock {
    text: String,
    /// In what surrounds a text: menus, heads, feet, margins.
    is_boilerplate: bool,
    /// In a form: some pages stand in one as a whole.
    in_form: bool,
    in_main: bool,
    /// Which article of the page it stands in, from 1.
    article: Option<u32>,
}

/// What is open just now.
#[derive(Default)]
struct HtmlBlockBuilder {
    blocks: Vec<HtmlBlock>,
    text: String,
    /// The open elements that surround a text.
    boilerplate: Vec<String>,
    form_depth: u32,
    main_depth: u32,
    article_depth: u32,
    article_number: u32,
    pre_depth: u32,
    /// An element that is no text, and how many of its name are open within it.
    skipped: Option<(String, u32)>,
    /// The open rows.
    rows: Vec<HtmlTableRow>,
    /// How many rows were open when each of the open tables began.
    tables: Vec<usize>,
}

/// A row of a table.
#[derive(Default)]
struct HtmlTableRow {
    /// The paragraphs of each cell.
    cells: Vec<Vec<String>>,
    /// It holds whole paragraphs: the table only lays out the page.
    is_layout: bool,
}

impl HtmlBlockBuilder {
    /// Whether more is open than any page has. What closes an element looks for it among all that
    /// are open, and with as many as a file can hold that would never end.
    fn is_too_deep(&self) -> bool {
        self.boilerplate
            .len()
            .max(self.tables.len())
            .max(self.rows.len())
            > MAX_DEPTH
    }

    /// Takes in words.
    fn push_text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        match self.pre_depth {
            0 => self.text.extend(
                text.chars()
                    .map(|c| if c.is_ascii_whitespace() { ' ' } else { c }),
            ),
            _ => self.text.push_str(text),
        }
    }

    /// An element begins.
    fn open_element(&mut self, name: &str, is_hidden: bool, is_closed: bool) {
        // Of what is skipped only elements of the same name are counted, to find its end.
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += u32::from(skipped == name);
            return;
        }
        if is_void_element(name) {
            match name {
                "br" => self.text.push('\n'),
                "hr" => self.end_block(),
                _ => {}
            }
            return;
        }
        if is_hidden || is_skipped_element(name) {
            // A picture drawn in the page may close itself.
            if !is_closed {
                self.skipped = Some((name.to_owned(), 1));
            }
            return;
        }
        if is_block_element(name) {
            self.end_block();
        }
        match name {
            "nav" | "aside" | "footer" => self.boilerplate.push(name.to_owned()),
            // The head of an article is its title and its date.
            "header" if self.article_depth == 0 && self.main_depth == 0 => {
                self.boilerplate.push(name.to_owned())
            }
            "form" => self.form_depth += 1,
            "main" => self.main_depth += 1,
            "article" => {
                self.article_number += u32::from(self.article_depth == 0);
                self.article_depth += 1;
            }
            "pre" => self.pre_depth += 1,
            "q" => self.text.push('“'),
            "table" => {
                self.mark_layout_table();
                self.tables.push(self.rows.len());
            }
            "tr" => {
                self.end_rows();
                self.rows.push(HtmlTableRow::default());
            }
            "td" | "th" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    /// An element ends.
    fn close_element(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= u32::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        if name == "br" {
            self.text.push('\n');
        }
        if is_block_element(name) {
            self.end_block();
        }
        match name {
            "nav" | "aside" | "footer" | "header" => {
                // Pages close elements that they never opened, and leave others open.
                if let Some(at) = self.boilerplate.iter().rposition(|open| open == name) {
                    self.boilerplate.truncate(at);
                }
            }
            "form" => self.form_depth = self.form_depth.saturating_sub(1),
            "main" => self.main_depth = self.main_depth.saturating_sub(1),
            "article" => self.article_depth = self.article_depth.saturating_sub(1),
            "pre" => self.pre_depth = self.pre_depth.saturating_sub(1),
            "q" => self.text.push('”'),
            "tr" => self.end_rows(),
            "table" => {
                self.end_rows();
                self.tables.pop();
            }
            _ => {}
        }
    }

    /// All paragraphs, in their order.
    fn finish(mut self) -> Vec<HtmlBlock> {
        self.end_block();
        while !self.rows.is_empty() {
            self.end_row();
        }
        self.blocks
    }

    fn end_block(&mut self) {
        let words = std::mem::take(&mut self.text);
        if words.trim().is_empty() {
            return;
        }
        let found = match words.contains('\n') {
            true => reflow(&words, ReflowMode::DetectWrapping),
            false => vec![words],
        };
        // Inside a table the text waits until its row ends: only then it is known whether the table
        // holds data, a row of which is one line, or lays out the page.
        let row = self.rows.last_mut().filter(|row| !row.is_layout);
        match row.and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.extend(found),
            None => found.into_iter().for_each(|text| self.push_block(text)),
        }
    }

    fn push_block(&mut self, text: String) {
        self.blocks.push(HtmlBlock {
            text,
            is_boilerplate: !self.boilerplate.is_empty(),
            in_form: self.form_depth > 0,
            in_main: self.main_depth > 0,
            article: (self.article_depth > 0).then_some(self.article_number),
        });
    }

    /// A table within a cell: the outer one lays out the page.
    fn mark_layout_table(&mut self) {
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        row.is_layout = true;
        let texts: Vec<String> = std::mem::take(&mut row.cells)
            .into_iter()
            .flatten()
            .collect();
        texts.into_iter().for_each(|text| self.push_block(text));
    }

    /// Ends the rows of the innermost table, which may have been left open.
    fn end_rows(&mut self) {
        let outer = self.tables.last().copied().unwrap_or_default();
        while self.rows.len() > outer {
            self.end_row();
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else {
            return;
        };
        // A cell of several paragraphs is no cell of data.
        if row.cells.iter().any(|cell| cell.len() > 1) {
            row.cells
                .into_iter()
                .flatten()
                .for_each(|text| self.push_block(text));
            return;
        }
        let cells: Vec<String> = row.cells.into_iter().flatten().collect();
        let texts: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        if !texts.is_empty() {
            self.push_block(texts.join(" | "));
        }
    }
}

/// Elements without an end.
fn is_void_element(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose words nobody reads as the page's text.
fn is_skipped_element(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "select"
            | "button"
            | "object"
            | "canvas"
            | "audio"
            | "video"
            | "dialog"
            | "menu"
    )
}

fn is_block_element(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// The text of a page: the article, else the main part, else what no menu and no margin holds.
///
/// Each way to leave something out is taken only where enough is left, since a page that is marked
/// up badly must not lose its text: better a menu too many than a paragraph too few.
fn select_main_content(all: Vec<HtmlBlock>) -> RawParagraphs {
    let within: Vec<&HtmlBlock> = all.iter().filter(|block| !block.is_boilerplate).collect();
    let whole = char_count(&all.iter().collect::<Vec<_>>());
    let mut notes = Vec::new();
    let text = match char_count(&within) * 5 >= whole {
        true => within,
        false => {
            notes.push(ExtractNote::AllBoilerplate);
            all.iter().collect()
        }
    };
    let outside: Vec<&HtmlBlock> = text
        .iter()
        .copied()
        .filter(|block| !block.in_form)
        .collect();
    // A page that stands in a form as a whole is no form.
    let text = match char_count(&outside) * 2 >= char_count(&text) {
        true => outside,
        false => text,
    };
    let best = main_part(&text);
    let left = char_count(&text).saturating_sub(char_count(&best));
    if left > 0 {
        notes.push(ExtractNote::AroundMainContent(left));
    }
    RawParagraphs {
        paragraphs: best.into_iter().map(|block| block.text.clone()).collect(),
        notes,
    }
}

/// The article that holds most of the text, else the main part, where there is such a part that is
/// not next to nothing. Several short articles are teasers, and the page is about none of them.
fn main_part<'a>(text: &[&'a HtmlBlock]) -> Vec<&'a HtmlBlock> {
    let of = |keep: &dyn Fn(&HtmlBlock) -> bool| -> Vec<&'a HtmlBlock> {
        text.iter().copied().filter(|block| keep(block)).collect()
    };
    let main = of(&|block| block.in_main);
    let frame = match char_count(&main) {
        0 => char_count(text),
        some => some,
    };
    let mut lengths: BTreeMap<u32, usize> = BTreeMap::new();
    for block in text {
        if let Some(article) = block.article {
            *lengths.entry(article).or_default() += char_count(&[block]);
        }
    }
    let longest = lengths.into_iter().max_by_key(|(_, length)| *length);
    if let Some((article, length)) = longest
        && length * 2 >= frame
    {
        return of(&|block| block.article == Some(article));
    }
    match char_count(&main) * 5 >= char_count(text) {
        true => main,
        false => text.to_vec(),
    }
}

fn char_count(blocks: &[&HtmlBlock]) -> usize {
    blocks
        .iter()
        .map(|block| block.text.trim().chars().count())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::guard::is_ended_early;

    #[test]
    fn it_asks_whether_to_stop_among_tags_text_and_attributes() {
        for piece in ["<b>", "word ", "<a x1='", " y=z"] {
            let page = "<i".to_owned() + &piece.repeat(10_000);
            assert!(is_ended_early(move |work| {
                let _ = read(page.as_bytes(), work);
            }));
        }
    }

    #[test]
    fn a_page_is_read_the_same_wherever_its_pieces_end() {
        let words = "<p>한국 &amp; <b>U&#83;</b>\r\n<a href='x>y'>two</a></p>";
        let whole = paragraphs(words, &ExtractContext::unwatched()).unwrap();
        for before in PIECE_BYTES - words.len()..=PIECE_BYTES {
            let page = " ".repeat(before) + words;
            let found = paragraphs(&page, &ExtractContext::unwatched()).unwrap();
            assert_eq!(found.paragraphs, whole.paragraphs, "{before}");
        }
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        let refused = |page: String| {
            let found = paragraphs(&page, &ExtractContext::unwatched());
            matches!(found, Err(ExtractError::TooDeep(MAX_DEPTH)))
        };
        assert!(refused("<nav>".repeat(MAX_DEPTH + 1)));
        assert!(refused("<table><tr><td>".repeat(MAX_DEPTH + 1)));
        assert!(!refused("<div><b>".repeat(100_000)));
        assert!(!refused("<nav></nav><table><tr></table>".repeat(10_000)));
    }
}
