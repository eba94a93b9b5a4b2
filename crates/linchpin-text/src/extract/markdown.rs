//! Markdown: its blocks as paragraphs, without the marks; of a link its words.

use super::clean::RawParagraphs;
use super::encoding::decode;
use super::guard::ExtractContext;
use super::html;
use super::join_lines::{HyphenPolicy, LineJoiner};
use super::messages::ExtractError;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The paragraphs of a text in Markdown.
pub fn read(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    let (text, note) = decode(bytes, false)?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut blocks = MarkdownCollector {
        joiner: LineJoiner::new(text.lines(), HyphenPolicy::Keep),
        paragraphs: Vec::new(),
        open_block: String::new(),
        cells: Vec::new(),
        html: String::new(),
        skipped_depth: 0,
    };
    for event in Parser::new_ext(&text, options) {
        blocks.handle_event(event);
    }
    blocks.end_block();
    Ok(RawParagraphs {
        paragraphs: blocks.paragraphs,
        notes: note.into_iter().collect(),
    })
}

struct MarkdownCollector {
    joiner: LineJoiner,
    paragraphs: Vec<String>,
    /// The words of the block so far, a line for each of its lines.
    open_block: String,
    /// The cells of the row so far.
    cells: Vec<String>,
    /// A block of HTML so far.
    html: String,
    /// How deep it is in what is no text: pictures, data about the file.
    skipped_depth: u32,
}

impl MarkdownCollector {
    fn handle_event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.skipped_depth += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => {
                self.skipped_depth = self.skipped_depth.saturating_sub(1);
            }
            Event::End(TagEnd::TableCell) => {
                let cell = self.take_joined();
                self.cells.push(cell);
            }
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let cells = std::mem::take(&mut self.cells);
                self.paragraphs.push(join_cells(&cells));
            }
            Event::End(TagEnd::HtmlBlock) => {
                let found = html::paragraphs(&std::mem::take(&mut self.html));
                self.paragraphs.extend(found.paragraphs);
            }
            Event::End(TagEnd::CodeBlock) => {
                let lines = std::mem::take(&mut self.open_block);
                self.paragraphs.extend(lines.lines().map(str::to_owned));
            }
            Event::Start(tag) if is_block(&tag) => self.end_block(),
            Event::End(tag) if is_block_end(tag) => self.end_block(),
            Event::Html(html) => self.html.push_str(&html),
            Event::Text(text) | Event::Code(text) if self.skipped_depth == 0 => {
                self.open_block.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak if self.skipped_depth == 0 => {
                self.open_block.push('\n')
            }
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.open_block.push('\n'),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let paragraph = self.take_joined();
        self.paragraphs.push(paragraph);
    }

    fn take_joined(&mut self) -> String {
        let lines = std::mem::take(&mut self.open_block);
        let mut text = String::new();
        for line in lines.lines() {
            self.joiner.append(&mut text, line, true);
        }
        text
    }
}

/// The cells of a row as one line.
pub fn join_cells(cells: &[String]) -> String {
    let texts: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    texts.join(" | ")
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
