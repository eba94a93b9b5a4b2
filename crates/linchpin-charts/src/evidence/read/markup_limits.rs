//! Whether an SVG is built like an image, found out before it is read: the library that reads XML
//! compares each attribute of an element with all before it, and gives each element that names a
//! namespace all those of the elements around it. A few hundred kilobytes could keep it busy for
//! hours, or take all memory.

use memchr::{memchr_iter, memchr3, memmem};

/// The most elements, with whatever else begins with `<`.
pub const MAX_NODES: u32 = 1_000_000;
/// The most attributes of all elements, and of one.
const MAX_ATTRIBUTES: usize = 4_000_000;
const MAX_ATTRIBUTES_OF_ONE: usize = 128;
/// The most namespaces that are named, wherever. Editors of images name about ten.
const MAX_NAMESPACES: usize = 256;
/// How deeply elements may lie in one another.
const MAX_DEPTH: usize = 1_000;

/// Whether it has no more parts, and none more deeply in one another, than an image has.
pub fn is_image_like(text: &[u8]) -> bool {
    // The library makes room for as many parts as there are such signs, wherever they stand.
    if memchr_iter(b'<', text).count() > MAX_NODES as usize
        || memchr_iter(b'=', text).count() > MAX_ATTRIBUTES
    {
        return false;
    }
    let (mut depth, mut namespaces) = (0_usize, 0);
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at..).unwrap_or_default();
        if let Some(end) = no_element_end(rest) {
            rest = skip_past(rest, end);
            continue;
        }
        let tag = tag(rest);
        rest = rest.get(tag.len()..).unwrap_or_default();
        match (tag.starts_with(b"</"), tag.ends_with(b"/>")) {
            (true, _) => depth = depth.saturating_sub(1),
            (false, false) => depth += 1,
            (false, true) => {}
        }
        namespaces += memmem::find_iter(tag, b"xmlns").count();
        let attributes = memchr_iter(b'=', tag).count();
        // An `=` or a word in a value counts as well: so much has none that is no attack.
        if depth > MAX_DEPTH || namespaces > MAX_NAMESPACES || attributes > MAX_ATTRIBUTES_OF_ONE {
            return false;
        }
    }
    true
}

/// How it ends, where it is no element that begins here.
fn no_element_end(rest: &[u8]) -> Option<&'static [u8]> {
    if rest.starts_with(b"<!--") {
        Some(b"-->")
    } else if rest.starts_with(b"<![CDATA[") {
        Some(b"]]>")
    } else if rest.starts_with(b"<?") {
        Some(b"?>")
    } else {
        None
    }
}

fn skip_past<'a>(rest: &'a [u8], end: &[u8]) -> &'a [u8] {
    let at = memmem::find(rest, end).map(|at| at + end.len());
    at.and_then(|at| rest.get(at..)).unwrap_or_default()
}

/// The tag that begins here, up to its `>`: one in a value does not end it.
fn tag(rest: &[u8]) -> &[u8] {
    let mut at = 0;
    while let Some(more) = rest.get(at..)
        && let Some(found) = memchr3(b'>', b'"', b'\'', more)
    {
        at += found;
        match rest.get(at) {
            Some(b'>') => return rest.get(..=at).unwrap_or(rest),
            Some(quote) => {
                let value = rest.get(at + 1..).unwrap_or_default();
                match memchr::memchr(*quote, value) {
                    Some(length) => at += length + 2,
                    None => return rest,
                }
            }
            None => return rest,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(text: &str) -> bool {
        !is_image_like(text.as_bytes())
    }

    #[test]
    fn images_pass_and_what_is_built_to_keep_a_reader_busy_does_not() {
        let depth = MAX_DEPTH + 1;
        let nested = |open: &str| open.repeat(depth) + &"</g>".repeat(depth);
        assert!(is_refused(&nested("<g>")));
        assert!(!is_refused(&"<g><g/></g>".repeat(10_000)));
        assert!(!is_refused(&format!("<svg a='{}'/>", ">".repeat(5_000))));
        let named = |count: usize| {
            (0..count).fold("<svg".to_owned(), |tag, at| tag + &format!(" a{at}='x'")) + "/>"
        };
        assert!(is_refused(&named(MAX_ATTRIBUTES_OF_ONE + 1)));
        assert!(!is_refused(&named(MAX_ATTRIBUTES_OF_ONE)));
        let spaced = |count: usize| {
            (0..count).fold(String::new(), |tags, at| {
                tags + &format!("<g xmlns:n{at}='u:{at}'/>")
            })
        };
        assert!(is_refused(&spaced(MAX_NAMESPACES + 1)));
        assert!(!is_refused(&spaced(MAX_NAMESPACES)));
        // Words about elements are none.
        let quoted = "<g xmlns:a='b'>".repeat(5_000);
        assert!(!is_refused(&format!(
            "<svg><!--{quoted}--><![CDATA[{quoted}]]></svg>"
        )));
        assert!(is_refused(&format!("<svg><![CDATA[]]>{quoted}</svg>")));
        assert!(is_refused(&"<".repeat(MAX_NODES as usize + 1)));
        assert!(is_refused(&"=".repeat(MAX_ATTRIBUTES + 1)));
        for unfinished in ["<", "<!--", "<![CDATA[", "<a b='", "<a b", "</", "<?"] {
            assert!(!is_refused(unfinished), "{unfinished}");
        }
    }
}
