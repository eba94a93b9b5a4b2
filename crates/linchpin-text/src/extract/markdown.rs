//! Markdown: its blocks as paragraphs, without the marks; of a link its words.

use super::clean::RawParagraphs;
use super::encoding::decode;
use super::guard::ExtractContext;
use super::html;
use super::join_lines::{HyphenPolicy, LineJoiner};
use super::messages::ExtractError;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How deeply blocks and marks may lie in one another.
const MAX_DEPTH: usize = 1_000;
/// After how many pieces it is asked whether to stop.
const EVENTS_BETWEEN_STOPS: usize = 2_048;

/// The paragraphs of a text in Markdown.
pub fn read(bytes: &[u8], work: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
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
    let mut depth = 0_usize;
    for (index, event) in Parser::new_ext(&text, options).enumerate() {
        if index.is_multiple_of(EVENTS_BETWEEN_STOPS) {
            work.stop_if_cancelled();
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(ExtractError::TooDeep(MAX_DEPTH));
        }
        blocks.handle_event(event, work)?;
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
    fn handle_event(
        &mut self,
        event: Event<'_>,
        work: &ExtractContext,
    ) -> Result<(), ExtractError> {
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
                let found = html::paragraphs(&std::mem::take(&mut self.html), work)?;
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
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::guard::is_ended_early;

    #[test]
    fn it_asks_whether_to_stop_and_refuses_what_nests_without_end() {
        assert!(is_ended_early(|work| {
            let _ = read("*a* ".repeat(10_000).as_bytes(), work);
        }));
        let deep = "- ".repeat(2 * MAX_DEPTH) + "x";
        let refused = read(deep.as_bytes(), &ExtractContext::unwatched());
        assert!(matches!(refused, Err(ExtractError::TooDeep(MAX_DEPTH))));
        let flat = "- *x*\n".repeat(2 * MAX_DEPTH);
        assert!(read(flat.as_bytes(), &ExtractContext::unwatched()).is_ok());
    }
}
