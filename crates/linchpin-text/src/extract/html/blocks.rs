//! The tags and words of a page, one after another, as paragraphs that know where they stood.

use crate::extract::reflow::{ReflowMode, reflow};

/// A paragraph and what it stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlBlock {
    pub text: String,
    /// In what surrounds a text: menus, heads, feet, margins.
    pub is_boilerplate: bool,
    /// In a form: some pages stand in one as a whole.
    pub in_form: bool,
    pub in_main: bool,
    /// Which article of the page it stands in, from 1.
    pub article: Option<u32>,
}

/// What is open just now.
#[derive(Default)]
pub struct HtmlBlockBuilder {
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
    /// Takes in words.
    pub fn push_text(&mut self, text: &str) {
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
    pub fn open_element(&mut self, name: &str, is_hidden: bool, is_closed: bool) {
        if let Some((unsaid, depth)) = &mut self.skipped {
            *depth += u32::from(unsaid == name);
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
    pub fn close_element(&mut self, name: &str) {
        if let Some((unsaid, depth)) = &mut self.skipped {
            *depth -= u32::from(unsaid == name);
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
    pub fn finish(mut self) -> Vec<HtmlBlock> {
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
