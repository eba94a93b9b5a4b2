//! A report as a plain value, and one writer for each format: [`text`] for terminals and e-mails,
//! [`markdown`], [`csv`] and [`json`]. What comes from outside is made harmless here and nowhere
//! else: each writer has one function for it, and [`visible`](mod@visible) has a stand-in for what
//! would control a terminal.
//!
//! ```
//! use linchpin_report::{Block, ListItem, Report, markdown, text};
//!
//! let report = Report {
//!     title: "Harbor".into(),
//!     blocks: vec![Block::section("Ships (1)", vec![Block::List(vec![ListItem::new("*Anna*")])])],
//! };
//! let terminal = text::write(&report, text::TextStyle::default());
//! assert_eq!(terminal, "Harbor\n\nShips (1)\n  *Anna*\n");
//! assert_eq!(markdown::write(&report, 1), "# Harbor\n\n## Ships (1)\n\n- \\*Anna\\*\n");
//! ```

#![warn(missing_docs)]

pub mod csv;
mod file_names;
pub mod html;
pub mod json;
pub mod markdown;
mod table;
pub mod text;
pub mod text_width;
pub mod visible;

pub use file_names::is_reserved_file_name;
pub use table::{Cell, Column, Table};

/// What is reported, from beginning to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Its heading; empty for none.
    pub title: String,
    /// What follows, one below the other.
    pub blocks: Vec<Block>,
}

impl Report {
    /// A report without a heading.
    pub fn untitled(blocks: Vec<Block>) -> Report {
        Report {
            title: String::new(),
            blocks,
        }
    }
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(InlineText),
    /// Names, each with what it stands for.
    Facts(Vec<(String, String)>),
    /// How many there are of each: the headings of both columns, then a name and its number.
    Counts([&'static str; 2], Vec<(String, usize)>),
    /// Items, which may have items of their own.
    List(Vec<ListItem>),
    /// Rows and columns.
    Table(Table),
    /// Text whose lines and spaces stay as they are.
    Verbatim(String),
    /// A heading and what belongs to it.
    Section(String, Vec<Block>),
}

impl Block {
    /// A paragraph of plain words.
    pub fn paragraph(words: impl Into<InlineText>) -> Block {
        Block::Paragraph(words.into())
    }

    /// A heading and what belongs to it.
    pub fn section(heading: impl Into<String>, blocks: Vec<Block>) -> Block {
        Block::Section(heading.into(), blocks)
    }

    /// A list; a sentence that says so where it has no items.
    pub fn list_or(items: Vec<ListItem>, none: &str) -> Block {
        match items.is_empty() {
            true => Block::paragraph(none),
            false => Block::List(items),
        }
    }
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListItem {
    /// Which side of a comparison it speaks of.
    pub sign: Option<DiffSign>,
    /// What it is.
    pub words: InlineText,
    /// What is said of it; empty for nothing. A terminal has it on a line of its own.
    pub detail: String,
    /// What belongs to it.
    pub items: Vec<ListItem>,
}

impl ListItem {
    /// An item of its own.
    pub fn new(words: impl Into<InlineText>) -> ListItem {
        ListItem {
            words: words.into(),
            ..ListItem::default()
        }
    }

    /// The same with items below it.
    pub fn with_items(self, items: Vec<ListItem>) -> ListItem {
        ListItem { items, ..self }
    }
}

/// Which version a line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffSign {
    /// The earlier one.
    Old,
    /// The later one.
    New,
    /// Both have it.
    Both,
}

impl DiffSign {
    /// `−`, `+`, a blank.
    pub fn symbol(self) -> char {
        match self {
            DiffSign::Old => '−',
            DiffSign::New => '+',
            DiffSign::Both => ' ',
        }
    }

    /// Where there is no room for signs: "Before", "After", nothing.
    pub fn label(self) -> &'static str {
        match self {
            DiffSign::Old => "Before",
            DiffSign::New => "After",
            DiffSign::Both => "",
        }
    }
}

/// Words on one line, in runs of one kind each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InlineText(pub Vec<TextRun>);

/// Words of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum TextRun {
    /// Nothing particular.
    Plain(String),
    /// What a reader looks for first.
    Strong(String),
    /// The id of what stands before it.
    Id(String),
    /// Words that are gone.
    Removed(String),
    /// Words that are new.
    Added(String),
    /// A web address.
    Address(String),
}

impl From<String> for InlineText {
    fn from(words: String) -> InlineText {
        InlineText(vec![TextRun::Plain(words)])
    }
}

impl From<&str> for InlineText {
    fn from(words: &str) -> InlineText {
        words.to_owned().into()
    }
}

impl From<Vec<TextRun>> for InlineText {
    fn from(runs: Vec<TextRun>) -> InlineText {
        InlineText(runs)
    }
}
