//! The second half of the formatter: writes the parts of a text in lines.

use crate::format_read::{
    Brackets, FormatComment, FormatDocument, FormatGroup, FormatItem, FormatValue,
};
use crate::format_rules::{FormatRules, LineBreaks, item_context, line_breaks};

/// The document's text; `line_end` is `\n` or `\r\n`, `bytes` about how long it will be.
pub(crate) fn print<R: FormatRules>(
    rules: &R,
    document: &FormatDocument,
    line_end: &str,
    bytes: usize,
) -> String {
    let mut printer = Printer {
        rules,
        line_end,
        out: String::with_capacity(bytes + bytes / 8),
    };
    printer.document(document);
    printer.out
}

struct Printer<'a, R> {
    rules: &'a R,
    line_end: &'a str,
    out: String,
}

/// How many characters still fit; `None` where any number does.
type RemainingWidth = Option<usize>;

impl<R: FormatRules> Printer<'_, R> {
    fn document(&mut self, document: &FormatDocument) {
        self.out.push_str(document.byte_order_mark);
        let root = self.rules.root();
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
        self.dangling(&document.dangling, true, 0);
        self.begin_line(0, false);
    }

    /// Ends the line and begins another; with a blank one between them where `after_blank`.
    fn begin_line(&mut self, indent: usize, after_blank: bool) {
        if after_blank {
            self.out.push_str(self.line_end);
        }
        self.out.push_str(self.line_end);
        for _ in 0..indent {
            self.out.push_str(self.rules.indent());
        }
    }

    /// An item from the start of its line to its last trailing comment; `comma` goes before those.
    fn item(&mut self, item: &FormatItem, context: R::Context, indent: usize, comma: &str) {
        self.leading(item, indent);
        let mut inner = indent;
        if let Some(key) = &item.key {
            self.value(&key.value, self.rules.unknown(), indent, 1);
            let before = self.between(&key.before_colon, indent + 1);
            self.out.push(':');
            let after = self.between(&key.after_colon, indent + 1);
            if !after {
                self.out.push(' ');
            }
            inner += usize::from(before || after);
        }
        self.value(&item.value, context, inner, comma.len());
        self.out.push_str(comma);
        self.trailing(&item.trailing);
    }

    fn leading(&mut self, item: &FormatItem, indent: usize) {
        for (index, comment) in item.leading.iter().enumerate() {
            self.out.push_str(comment.text);
            let (starts_line, after_blank) = match item.leading.get(index + 1) {
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

    fn trailing(&mut self, comments: &[FormatComment]) {
        for comment in comments {
            self.out.push(' ');
            self.out.push_str(comment.text);
        }
    }

    /// Comments after the last item.
    fn dangling(&mut self, comments: &[FormatComment], has_items: bool, indent: usize) {
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
    fn between(&mut self, comments: &[FormatComment], indent: usize) -> bool {
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

    /// A value with `after` more characters after it on its last line.
    fn value(&mut self, value: &FormatValue, context: R::Context, indent: usize, after: usize) {
        match value {
            FormatValue::Leaf(text) => self.out.push_str(text),
            FormatValue::FormatGroup(group) => self.group(group, context, indent, after),
        }
    }

    fn group(&mut self, group: &FormatGroup, context: R::Context, mut indent: usize, after: usize) {
        self.out.push_str(group.name);
        if !group.after_name.is_empty() {
            match self.between(&group.after_name, indent + 1) {
                true => indent += 1,
                false => self.out.push(' '),
            }
        }
        let (open, close) = group.brackets.delimiters();
        // `Some((…))`: the inner brackets are broken into lines, not both.
        if let Some(value) = group.wrapped() {
            self.out.push_str(open);
            self.value(value, context, indent, after + close.len());
            self.out.push_str(close);
            return;
        }
        let breaks = line_breaks(self.rules, context, group);
        if group.items.is_empty() || !breaks.is_broken() {
            let mut room = match breaks {
                LineBreaks::Never => None,
                _ => Some(self.rules.max_width().saturating_sub(self.column() + after)),
            };
            // Tried, and taken back where it does not fit: measuring first would go
            // through all of it twice.
            let start = self.out.len();
            if self.flat_brackets(group, context, &mut room) {
                return;
            }
            self.out.truncate(start);
        }
        self.out.push_str(open);
        self.multiline(group, context, breaks, indent + 1);
        self.begin_line(indent, false);
        self.out.push_str(close);
    }

    /// What is between the brackets, on lines of its own.
    fn multiline(
        &mut self,
        group: &FormatGroup,
        context: R::Context,
        breaks: LineBreaks,
        indent: usize,
    ) {
        self.trailing(&group.after_open);
        let mut was_spaced = false;
        for (index, item) in group.items.iter().enumerate() {
            let inner = item_context(self.rules, context, group, item).1;
            let is_spaced = group.brackets == Brackets::Record && self.is_spaced(item, inner);
            // Blank lines of the author stay, one of several: they group what belongs together.
            let wants_blank = breaks == LineBreaks::EachItemSpaced || was_spaced || is_spaced;
            self.begin_line(
                indent,
                index > 0 && (wants_blank || item.begins_after_blank()),
            );
            let comma = if group.needs_no_comma() { "" } else { "," };
            self.item(item, inner, indent, comma);
            was_spaced = is_spaced;
        }
        self.dangling(&group.dangling, !group.items.is_empty(), indent);
    }

    /// Whether blank lines set the field apart.
    fn is_spaced(&self, item: &FormatItem, context: R::Context) -> bool {
        let FormatValue::FormatGroup(group) = &item.value else {
            return false;
        };
        !group.items.is_empty()
            && line_breaks(self.rules, context, group) == LineBreaks::EachItemSpaced
    }

    /// The column of the next character, counted from 0.
    fn column(&self) -> usize {
        let start = memchr::memrchr(b'\n', self.out.as_bytes()).map_or(0, |at| at + 1);
        self.out.get(start..).map_or(0, |line| line.chars().count())
    }

    /// The brackets with everything between them on one line. `false`, with a part of it written,
    /// where that cannot be.
    fn flat_brackets(
        &mut self,
        group: &FormatGroup,
        context: R::Context,
        room: &mut RemainingWidth,
    ) -> bool {
        let (open, close) = group.brackets.delimiters();
        if !group.dangling.is_empty() || (!group.after_open.is_empty() && !group.items.is_empty()) {
            return false;
        }
        if !self.flat(open, room) {
            return false;
        }
        for (index, comment) in group.after_open.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            if comment.breaks() || !self.flat(space, room) || !self.flat(comment.text, room) {
                return false;
            }
        }
        for (index, item) in group.items.iter().enumerate() {
            let inner = item_context(self.rules, context, group, item).1;
            let comma = if index == 0 { "" } else { ", " };
            if !self.flat(comma, room) || !self.flat_item(item, inner, room) {
                return false;
            }
        }
        let comma = if group.is_marked_tuple() { "," } else { "" };
        self.flat(comma, room) && self.flat(close, room)
    }

    fn flat_item(
        &mut self,
        item: &FormatItem,
        context: R::Context,
        room: &mut RemainingWidth,
    ) -> bool {
        let starts_line = item.starts_line || item.leading.iter().any(|c| c.starts_line);
        if !item.leading.is_empty() && starts_line {
            return false;
        }
        for comment in &item.leading {
            if comment.breaks() || !self.flat(comment.text, room) || !self.flat(" ", room) {
                return false;
            }
        }
        if let Some(key) = &item.key {
            let is_flat = self.flat_value(&key.value, self.rules.unknown(), room)
                && self.flat_comments(&key.before_colon, room)
                && self.flat(":", room)
                && self.flat_comments(&key.after_colon, room)
                && self.flat(" ", room);
            if !is_flat {
                return false;
            }
        }
        self.flat_value(&item.value, context, room) && self.flat_comments(&item.trailing, room)
    }

    fn flat_value(
        &mut self,
        value: &FormatValue,
        context: R::Context,
        room: &mut RemainingWidth,
    ) -> bool {
        let group = match value {
            FormatValue::Leaf(text) => return self.flat(text, room),
            FormatValue::FormatGroup(group) => group,
        };
        let is_broken =
            line_breaks(self.rules, context, group).is_broken() && !group.items.is_empty();
        let space = if group.after_name.is_empty() { "" } else { " " };
        !is_broken
            && self.flat(group.name, room)
            && self.flat_comments(&group.after_name, room)
            && self.flat(space, room)
            && self.flat_brackets(group, context, room)
    }

    fn flat_comments(&mut self, comments: &[FormatComment], room: &mut RemainingWidth) -> bool {
        comments.iter().all(|comment| {
            !comment.breaks() && self.flat(" ", room) && self.flat(comment.text, room)
        })
    }

    /// Writes `text` where there is room for it; several lines fit only where there is room for
    /// anything.
    fn flat(&mut self, text: &str, room: &mut RemainingWidth) -> bool {
        if let Some(left) = room {
            let chars = text.chars().count();
            if chars > *left || text.contains('\n') {
                return false;
            }
            *left -= chars;
        }
        self.out.push_str(text);
        true
    }
}
