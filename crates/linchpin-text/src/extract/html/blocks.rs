//! The tags and words of a page, one after another, as paragraphs that know where they stood.

use crate::extract::wrap::{Guess, paragraphs};

/// A paragraph and what it stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub text: String,
    /// In what surrounds a text: menus, heads, feet, margins.
    pub is_around: bool,
    /// In a form: some pages stand in one as a whole.
    pub is_form: bool,
    pub is_main: bool,
    /// Which article of the page it stands in, from 1.
    pub article: Option<u32>,
}

/// What is open just now.
#[derive(Default)]
pub struct Blocks {
    all: Vec<Block>,
    words: String,
    /// The open elements that surround a text.
    around: Vec<String>,
    forms: u32,
    mains: u32,
    articles: u32,
    article: u32,
    preformatted: u32,
    /// An element that is no text, and how many of its name are open within it.
    unsaid: Option<(String, u32)>,
    /// The open rows.
    rows: Vec<Row>,
    /// How many rows were open when each of the open tables began.
    tables: Vec<usize>,
}

/// A row of a table.
#[derive(Default)]
struct Row {
    /// The paragraphs of each cell.
    cells: Vec<Vec<String>>,
    /// It holds whole paragraphs: the table only lays out the page.
    is_layout: bool,
}

impl Blocks {
    /// Takes in words.
    pub fn text(&mut self, text: &str) {
        if self.unsaid.is_some() {
            return;
        }
        match self.preformatted {
            0 => self.words.extend(
                text.chars()
                    .map(|c| if c.is_ascii_whitespace() { ' ' } else { c }),
            ),
            _ => self.words.push_str(text),
        }
    }

    /// An element begins.
    pub fn open(&mut self, name: &str, is_hidden: bool, is_closed: bool) {
        if let Some((unsaid, depth)) = &mut self.unsaid {
            *depth += u32::from(unsaid == name);
            return;
        }
        if is_void(name) {
            match name {
                "br" => self.words.push('\n'),
                "hr" => self.end_block(),
                _ => {}
            }
            return;
        }
        if is_hidden || is_no_text(name) {
            // A picture drawn in the page may close itself.
            if !is_closed {
                self.unsaid = Some((name.to_owned(), 1));
            }
            return;
        }
        if is_block(name) {
            self.end_block();
        }
        match name {
            "nav" | "aside" | "footer" => self.around.push(name.to_owned()),
            // The head of an article is its title and its date.
            "header" if self.articles == 0 && self.mains == 0 => self.around.push(name.to_owned()),
            "form" => self.forms += 1,
            "main" => self.mains += 1,
            "article" => {
                self.article += u32::from(self.articles == 0);
                self.articles += 1;
            }
            "pre" => self.preformatted += 1,
            "q" => self.words.push('“'),
            "table" => {
                self.lay_out();
                self.tables.push(self.rows.len());
            }
            "tr" => {
                self.end_rows();
                self.rows.push(Row::default());
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
    pub fn close(&mut self, name: &str) {
        if let Some((unsaid, depth)) = &mut self.unsaid {
            *depth -= u32::from(unsaid == name);
            if *depth == 0 {
                self.unsaid = None;
            }
            return;
        }
        if name == "br" {
            self.words.push('\n');
        }
        if is_block(name) {
            self.end_block();
        }
        match name {
            "nav" | "aside" | "footer" | "header" => {
                if let Some(at) = self.around.iter().rposition(|open| open == name) {
                    self.around.truncate(at);
                }
            }
            "form" => self.forms = self.forms.saturating_sub(1),
            "main" => self.mains = self.mains.saturating_sub(1),
            "article" => self.articles = self.articles.saturating_sub(1),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "q" => self.words.push('”'),
            "tr" => self.end_rows(),
            "table" => {
                self.end_rows();
                self.tables.pop();
            }
            _ => {}
        }
    }

    /// All paragraphs, in their order.
    pub fn end(mut self) -> Vec<Block> {
        self.end_block();
        while !self.rows.is_empty() {
            self.end_row();
        }
        self.all
    }

    fn end_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let found = match words.contains('\n') {
            true => paragraphs(&words, Guess::Looks),
            false => vec![words],
        };
        let row = self.rows.last_mut().filter(|row| !row.is_layout);
        match row.and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.extend(found),
            None => found.into_iter().for_each(|text| self.push(text)),
        }
    }

    fn push(&mut self, text: String) {
        self.all.push(Block {
            text,
            is_around: !self.around.is_empty(),
            is_form: self.forms > 0,
            is_main: self.mains > 0,
            article: (self.articles > 0).then_some(self.article),
        });
    }

    /// A table within a cell: the outer one lays out the page.
    fn lay_out(&mut self) {
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        row.is_layout = true;
        let held: Vec<String> = std::mem::take(&mut row.cells)
            .into_iter()
            .flatten()
            .collect();
        held.into_iter().for_each(|text| self.push(text));
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
        if row.cells.iter().any(|cell| cell.len() > 1) {
            row.cells
                .into_iter()
                .flatten()
                .for_each(|text| self.push(text));
            return;
        }
        let cells: Vec<String> = row.cells.into_iter().flatten().collect();
        let said: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        if !said.is_empty() {
            self.push(said.join(" | "));
        }
    }
}

/// Elements without an end.
fn is_void(name: &str) -> bool {
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
fn is_no_text(name: &str) -> bool {
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

fn is_block(name: &str) -> bool {
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
