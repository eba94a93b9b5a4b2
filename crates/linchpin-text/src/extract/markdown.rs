//! Markdown: its blocks as paragraphs, without the marks; of a link its words.

use super::clean::Raw;
use super::encoding::decoded;
use super::guard::ExtractContext;
use super::html;
use super::join::{Hyphens, Joiner};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The paragraphs of a text in Markdown.
pub fn read(bytes: &[u8], _: &ExtractContext) -> Result<Raw, String> {
    let (text, note) = decoded(bytes, false)?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut blocks = Blocks {
        joiner: Joiner::new(text.lines(), Hyphens::Stay),
        paragraphs: Vec::new(),
        open: String::new(),
        cells: Vec::new(),
        html: String::new(),
        unsaid: 0,
    };
    for event in Parser::new_ext(&text, options) {
        blocks.take(event);
    }
    blocks.end();
    Ok(Raw {
        paragraphs: blocks.paragraphs,
        notes: note.into_iter().collect(),
    })
}

struct Blocks {
    joiner: Joiner,
    paragraphs: Vec<String>,
    /// The words of the block so far, a line for each of its lines.
    open: String,
    /// The cells of the row so far.
    cells: Vec<String>,
    /// A block of HTML so far.
    html: String,
    /// How deep it is in what is no text: pictures, data about the file.
    unsaid: u32,
}

impl Blocks {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.unsaid += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => {
                self.unsaid = self.unsaid.saturating_sub(1);
            }
            Event::End(TagEnd::TableCell) => {
                let cell = self.joined();
                self.cells.push(cell);
            }
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let cells = std::mem::take(&mut self.cells);
                self.paragraphs.push(row(&cells));
            }
            Event::End(TagEnd::HtmlBlock) => {
                let found = html::paragraphs(&std::mem::take(&mut self.html));
                self.paragraphs.extend(found.paragraphs);
            }
            Event::End(TagEnd::CodeBlock) => {
                let lines = std::mem::take(&mut self.open);
                self.paragraphs.extend(lines.lines().map(str::to_owned));
            }
            Event::Start(tag) if is_block(&tag) => self.end(),
            Event::End(tag) if is_block_end(tag) => self.end(),
            Event::Html(html) => self.html.push_str(&html),
            Event::Text(text) | Event::Code(text) if self.unsaid == 0 => self.open.push_str(&text),
            Event::SoftBreak | Event::HardBreak if self.unsaid == 0 => self.open.push('\n'),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.open.push('\n'),
            Event::Rule => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        let paragraph = self.joined();
        self.paragraphs.push(paragraph);
    }

    fn joined(&mut self) -> String {
        let lines = std::mem::take(&mut self.open);
        let mut text = String::new();
        for line in lines.lines() {
            self.joiner.add(&mut text, line, true);
        }
        text
    }
}

/// The cells of a row as one line.
pub fn row(cells: &[String]) -> String {
    let said: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    said.join(" | ")
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
    )
}
