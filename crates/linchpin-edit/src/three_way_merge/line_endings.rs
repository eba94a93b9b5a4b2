//! One line ending for the three texts.

use linchpin_register::{LoadedRegister, load};
use ron_lossless::{TokenKind, line_ending, tokens};

/// The line ending that the merged text has, where the three differ: the one that somebody changed
/// to.
pub(super) fn common_line_ending(base: &str, ours: &str, theirs: &str) -> Option<&'static str> {
    let (b, m, t) = (
        line_ending(base, 0),
        line_ending(ours, 0),
        line_ending(theirs, 0),
    );
    let differ = b != m || b != t;
    // A text of one line has no ending of its own.
    let we_changed = m != b && ours.contains('\n');
    differ.then_some(if we_changed { m } else { t })
}

/// The text with this line ending wherever it means nothing: not inside text in quotation marks.
pub(super) fn with_line_ending(loaded: &LoadedRegister, eol: &str) -> Option<LoadedRegister> {
    let text = &*loaded.text;
    let mut out = String::with_capacity(text.len() + 64);
    let mut from = 0;
    let changed = |region: &str| region.replace("\r\n", "\n").replace('\n', eol);
    for token in tokens(text) {
        use TokenKind::{Bytes, EscapedText, RawText, Text};
        if matches!(token.kind, Text | EscapedText | RawText | Bytes) {
            out.push_str(&changed(text.get(from..token.span.start as usize)?));
            out.push_str(token.span.of(text));
            from = token.span.end as usize;
        }
    }
    out.push_str(&changed(text.get(from..)?));
    (out != text).then(|| load(out, Vec::new()))
}
