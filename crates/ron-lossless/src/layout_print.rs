//! Pieces of a text set in lines.

use super::layout_house::{FormatRules, LineBreaks, inside, line_breaks};
use super::layout_pieces::{Brackets, Comment, Document, Group, Item, Value};

/// The longest line that is made by joining what could stand on lines of its own, in characters.
const WIDTH: usize = 120;
const INDENT: &str = "    ";

/// The document's text; `line_end` is `\n` or `\r\n`, `bytes` about how long it will be.
pub(super) fn print<H: FormatRules>(
    house: &H,
    document: &Document,
    line_end: &str,
    bytes: usize,
) -> String {
    let mut printer = Printer {
        house,
        line_end,
        out: String::with_capacity(bytes + bytes / 8),
    };
    printer.document(document);
    printer.out
}

struct Printer<'a, H> {
    house: &'a H,
    line_end: &'a str,
    out: String,
}

/// How many characters still fit; `None` where any number does.
type Room = Option<usize>;

impl<H: FormatRules> Printer<'_, H> {
    fn document(&mut self, document: &Document) {
        self.out.push_str(document.byte_order_mark);
        let root = self.house.root();
        for (index, item) in document.attributes.iter().enumerate() {
            if index > 0 && item.begins_after_blank() {
                self.out.push_str(self.line_end);
            }
            self.item(item, root, 0, "");
            self.begin_line(0, false);
        }
        if !document.attributes.is_empty() {
            self.out.push_str(self.line_end);
        }
        self.item(&document.value, root, 0, "");
        self.below(&document.below, true, 0);
        self.begin_line(0, false);
    }

    /// Ends the line and begins another; with a blank one between them where `after_blank`.
    fn begin_line(&mut self, indent: usize, after_blank: bool) {
        if after_blank {
            self.out.push_str(self.line_end);
        }
        self.out.push_str(self.line_end);
        for _ in 0..indent {
            self.out.push_str(INDENT);
        }
    }

    /// An item from the start of its line to the last comment beside it; `comma` goes before those.
    fn item(&mut self, item: &Item, place: H::Place, indent: usize, comma: &str) {
        self.above(item, indent);
        let mut inner = indent;
        if let Some(key) = &item.key {
            self.value(&key.value, self.house.elsewhere(), indent, 1);
            let before = self.between(&key.before_colon, indent + 1);
            self.out.push(':');
            let after = self.between(&key.after_colon, indent + 1);
            if !after {
                self.out.push(' ');
            }
            inner += usize::from(before || after);
        }
        self.value(&item.value, place, inner, comma.len());
        self.out.push_str(comma);
        self.beside(&item.beside);
    }

    fn above(&mut self, item: &Item, indent: usize) {
        for (index, comment) in item.above.iter().enumerate() {
            self.out.push_str(comment.text);
            let (starts_line, after_blank) = match item.above.get(index + 1) {
                Some(next) => (next.starts_line, next.after_blank),
                None => (item.starts_line, item.after_blank),
            };
            if starts_line || comment.is_line {
                self.begin_line(indent, after_blank);
            } else {
                self.out.push(' ');
            }
        }
    }

    fn beside(&mut self, comments: &[Comment]) {
        for comment in comments {
            self.out.push(' ');
            self.out.push_str(comment.text);
        }
    }

    /// Comments behind the last item.
    fn below(&mut self, comments: &[Comment], has_items: bool, indent: usize) {
        let mut ends_line = true;
        for (index, comment) in comments.iter().enumerate() {
            if ends_line || comment.starts_line {
                self.begin_line(indent, comment.after_blank && (has_items || index > 0));
            } else {
                self.out.push(' ');
            }
            self.out.push_str(comment.text);
            ends_line = comment.is_line;
        }
    }

    /// Comments in the middle of an item; `true` where the last of them ended its line, and another
    /// was begun.
    fn between(&mut self, comments: &[Comment], indent: usize) -> bool {
        let mut broke = false;
        for comment in comments {
            if !broke {
                self.out.push(' ');
            }
            self.out.push_str(comment.text);
            broke = comment.is_line;
            if broke {
                self.begin_line(indent, false);
            }
        }
        broke
    }

    /// A value behind which `after` more characters stand on its last line.
    fn value(&mut self, value: &Value, place: H::Place, indent: usize, after: usize) {
        match value {
            Value::Leaf(text) => self.out.push_str(text),
            Value::Group(group) => self.group(group, place, indent, after),
        }
    }

    fn group(&mut self, group: &Group, place: H::Place, mut indent: usize, after: usize) {
        self.out.push_str(group.name);
        if !group.after_name.is_empty() {
            match self.between(&group.after_name, indent + 1) {
                true => indent += 1,
                false => self.out.push(' '),
            }
        }
        let (open, close) = group.brackets.signs();
        if let Some(value) = group.wrapped() {
            self.out.push_str(open);
            self.value(value, place, indent, after + close.len());
            self.out.push_str(close);
            return;
        }
        let breaks = line_breaks(self.house, place, group);
        if group.items.is_empty() || !breaks.is_broken() {
            let mut room = match breaks {
                LineBreaks::One => None,
                _ => Some(WIDTH.saturating_sub(self.column() + after)),
            };
            let start = self.out.len();
            if self.flat_brackets(group, place, &mut room) {
                return;
            }
            self.out.truncate(start);
        }
        self.out.push_str(open);
        self.broken(group, place, breaks, indent + 1);
        self.begin_line(indent, false);
        self.out.push_str(close);
    }

    /// What stands between the brackets, on lines of its own.
    fn broken(&mut self, group: &Group, place: H::Place, breaks: LineBreaks, indent: usize) {
        self.beside(&group.on_opening);
        let mut was_apart = false;
        for (index, item) in group.items.iter().enumerate() {
            let inner = inside(self.house, place, group, item).1;
            let is_apart = group.brackets == Brackets::Record && self.is_apart(item, inner);
            let wants_blank = breaks == LineBreaks::Apart || was_apart || is_apart;
            self.begin_line(
                indent,
                index > 0 && (wants_blank || item.begins_after_blank()),
            );
            let comma = if group.needs_no_comma() { "" } else { "," };
            self.item(item, inner, indent, comma);
            was_apart = is_apart;
        }
        self.below(&group.below, !group.items.is_empty(), indent);
    }

    /// Whether blank lines set the field apart.
    fn is_apart(&self, item: &Item, place: H::Place) -> bool {
        let Value::Group(group) = &item.value else {
            return false;
        };
        !group.items.is_empty() && line_breaks(self.house, place, group) == LineBreaks::Apart
    }

    /// The column at which the next character will stand, in characters from 0.
    fn column(&self) -> usize {
        let start = memchr::memrchr(b'\n', self.out.as_bytes()).map_or(0, |at| at + 1);
        self.out.get(start..).map_or(0, |line| line.chars().count())
    }

    /// The brackets with everything between them on one line. `false`, with a part of it written,
    /// where that cannot be.
    fn flat_brackets(&mut self, group: &Group, place: H::Place, room: &mut Room) -> bool {
        let (open, close) = group.brackets.signs();
        if !group.below.is_empty() || (!group.on_opening.is_empty() && !group.items.is_empty()) {
            return false;
        }
        if !self.flat(open, room) {
            return false;
        }
        for (index, comment) in group.on_opening.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            if comment.breaks() || !self.flat(space, room) || !self.flat(comment.text, room) {
                return false;
            }
        }
        for (index, item) in group.items.iter().enumerate() {
            let inner = inside(self.house, place, group, item).1;
            let comma = if index == 0 { "" } else { ", " };
            if !self.flat(comma, room) || !self.flat_item(item, inner, room) {
                return false;
            }
        }
        let comma = if group.is_marked_tuple() { "," } else { "" };
        self.flat(comma, room) && self.flat(close, room)
    }

    fn flat_item(&mut self, item: &Item, place: H::Place, room: &mut Room) -> bool {
        let starts_line = item.starts_line || item.above.iter().any(|c| c.starts_line);
        if !item.above.is_empty() && starts_line {
            return false;
        }
        for comment in &item.above {
            if comment.breaks() || !self.flat(comment.text, room) || !self.flat(" ", room) {
                return false;
            }
        }
        if let Some(key) = &item.key {
            let is_flat = self.flat_value(&key.value, self.house.elsewhere(), room)
                && self.flat_comments(&key.before_colon, room)
                && self.flat(":", room)
                && self.flat_comments(&key.after_colon, room)
                && self.flat(" ", room);
            if !is_flat {
                return false;
            }
        }
        self.flat_value(&item.value, place, room) && self.flat_comments(&item.beside, room)
    }

    fn flat_value(&mut self, value: &Value, place: H::Place, room: &mut Room) -> bool {
        let group = match value {
            Value::Leaf(text) => return self.flat(text, room),
            Value::Group(group) => group,
        };
        let is_broken =
            line_breaks(self.house, place, group).is_broken() && !group.items.is_empty();
        let space = if group.after_name.is_empty() { "" } else { " " };
        !is_broken
            && self.flat(group.name, room)
            && self.flat_comments(&group.after_name, room)
            && self.flat(space, room)
            && self.flat_brackets(group, place, room)
    }

    fn flat_comments(&mut self, comments: &[Comment], room: &mut Room) -> bool {
        comments.iter().all(|comment| {
            !comment.breaks() && self.flat(" ", room) && self.flat(comment.text, room)
        })
    }

    /// Writes words where there is room for them; text of several lines fits only where there is
    /// room for anything.
    fn flat(&mut self, words: &str, room: &mut Room) -> bool {
        if let Some(left) = room {
            let chars = words.chars().count();
            if chars > *left || words.contains('\n') {
                return false;
            }
            *left -= chars;
        }
        self.out.push_str(words);
        true
    }
}
