//! Markdown (CommonMark with tables and strikethrough), for notes and pull requests.

use crate::table::{Cell, Table};
use crate::visible::{is_control, visible, visible_line};
use crate::{Block, InlineText, ListItem, Report, TextRun};

/// The whole report. `level` is that of its title, 1 for a page of its own.
pub fn write(report: &Report, level: usize) -> String {
    let mut parts = Vec::new();
    if !report.title.is_empty() {
        parts.push(heading(&report.title, level));
    }
    write_blocks(&report.blocks, level + 1, &mut parts);
    // An empty line ends a block, so that one more would only part what belongs together.
    parts.retain(|part| !part.trim().is_empty());
    format!("{}\n", parts.join("\n\n"))
}

/// A table alone; numbers end at the right.
pub fn write_table(table: &Table) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
        format!("|{cells}\n")
    };
    let columns = &table.columns;
    let mut out = line(&mut columns.iter().map(|column| escape(&column.title)));
    out.push_str(&line(&mut columns.iter().map(
        |column| match column.is_number {
            true => "---:".to_owned(),
            false => "---".to_owned(),
        },
    )));
    for row in &table.rows {
        out.push_str(&line(&mut row.iter().map(|cell| escape(&cell.words()))));
    }
    out
}

fn heading(words: &str, level: usize) -> String {
    format!("{} {}", "#".repeat(level), escape(words))
}

fn write_blocks(blocks: &[Block], level: usize, parts: &mut Vec<String>) {
    for block in blocks {
        parts.push(match block {
            Block::Paragraph(words) => inline(words),
            Block::Facts(facts) => {
                let fact = |(name, words): &(String, String)| {
                    format!("- {}: {}\n", escape(name), escape(words))
                };
                facts.iter().map(fact).collect()
            }
            Block::Counts(headings, counts) => {
                let row = |(name, count): &(String, usize)| {
                    vec![name.as_str().into(), Cell::Text(count.to_string())]
                };
                let mut columns = headings.map(crate::Column::new);
                columns[1].is_number = true;
                write_table(&Table {
                    columns: columns.to_vec(),
                    rows: counts.iter().map(row).collect(),
                })
            }
            Block::List(items) => {
                let mut out = String::new();
                write_items(items, 0, &mut out);
                out
            }
            Block::Table(table) => write_table(table),
            Block::Verbatim(text) => code_block(&visible(text)),
            Block::Section(words, blocks) => {
                parts.push(heading(words, level));
                write_blocks(blocks, level + 1, parts);
                continue;
            }
        });
        if let Some(part) = parts.last_mut() {
            part.truncate(part.trim_end().len());
        }
    }
}

/// A text as it is. The fence is longer than any run of backticks in it, so that none ends it.
fn code_block(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_end())
}

fn write_items(items: &[ListItem], depth: usize, out: &mut String) {
    for item in items {
        let label = match item.sign.map_or("", crate::DiffSign::label) {
            "" => String::new(),
            label => format!("{label}: "),
        };
        let detail = match item.detail.as_str() {
            "" => String::new(),
            detail => format!(": {}", escape(detail)),
        };
        let (indent, words) = ("  ".repeat(depth), inline(&item.words));
        out.push_str(&format!("{indent}- {label}{words}{detail}\n"));
        write_items(&item.items, depth + 1, out);
    }
}

fn inline(words: &InlineText) -> String {
    // What would end a link early stays text.
    let ends = |c: char| matches!(c, '<' | '>' | '\\') || c.is_whitespace() || is_control(c);
    let ends_early = |url: &str| url.contains(ends);
    let run = |run: &TextRun| match run {
        TextRun::Plain(words) => escape(words),
        TextRun::Strong(words) | TextRun::Added(words) => format!("**{}**", escape(words)),
        TextRun::Removed(words) => format!("~~{}~~", escape(words)),
        TextRun::Id(id) => format!("(`{}`)", visible_line(id).replace('`', " ")),
        TextRun::Address(url) if ends_early(url) => escape(url),
        TextRun::Address(url) => format!("<{}>", without_entities(url, "&amp;")),
    };
    let line: String = words.0.iter().map(run).collect();
    // Only at the beginning of a line are they a quotation, a heading, a list and a rule.
    let is_rule = line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '='));
    let is_item = line.starts_with("- ") || line.starts_with("+ ") || matches!(&*line, "-" | "+");
    if line.starts_with(['>', '#']) || is_rule || is_item {
        return format!("\\{line}");
    }
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    // CommonMark reads no more than nine digits as the number of an item.
    let digits = line.len() - after_number.len();
    if (1..=9).contains(&digits) && (after_number.starts_with(['.', ')'])) {
        // "2023. " would begin a numbered list.
        return format!("{}\\{after_number}", &line[..digits]);
    }
    line
}

/// Text in which no `&` begins an entity: one that would is written as `ampersand`.
fn without_entities(text: &str, ampersand: &str) -> String {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let name = piece.split(';').next().unwrap_or("");
        // Without a semicolon behind it, a name is no entity.
        let is_name = !name.is_empty()
            && name.len() < piece.len()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
        out.push_str(if is_name { ampersand } else { "&" });
        out.push_str(piece);
    }
    out
}

/// What Markdown would read as markup within a line, or as the end of a line or a cell.
pub fn escape(text: &str) -> String {
    let text = visible_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    without_entities(&out, "\\&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_code_block_ends_it() {
        assert_eq!(code_block("a\n"), "```\na\n```");
        assert_eq!(code_block("``` `\n````"), "`````\n``` `\n````\n`````");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(escape("a|b*c\nd <e>"), "a\\|b\\*c d \\<e>");
        assert_eq!(escape("a\u{1b}[2J\u{202e}"), "a\\\\u{1b}\\[2J\\\\u{202e}");
        assert_eq!(
            escape("~~gone~~ &amp; &#38; R&D; &lt"),
            "\\~\\~gone\\~\\~ \\&amp; \\&#38; R\\&D; &lt"
        );
        assert_eq!(inline(&"> 28,500".into()), "\\> 28,500");
        for (line, written) in [
            ("- no item", "\\- no item"),
            ("+ no item", "\\+ no item"),
            ("---", "\\---"),
            ("2023. It began", "2023\\. It began"),
            ("1) One", "1\\) One"),
            ("-5 and 28.5", "-5 and 28.5"),
            ("28,500", "28,500"),
        ] {
            assert_eq!(inline(&line.into()), written);
        }
        let address = |url: &str| inline(&InlineText(vec![TextRun::Address(url.into())]));
        assert_eq!(address("https://x.org/a_b?c=1"), "<https://x.org/a_b?c=1>");
        assert_eq!(address("https://x.org/<b>"), "https://x.org/\\<b>");
        assert_eq!(
            address("https://x.org/?a&lt;b&c"),
            "<https://x.org/?a&amp;lt;b&c>"
        );
    }
}
