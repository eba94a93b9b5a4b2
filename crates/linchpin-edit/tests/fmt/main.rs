//! The standard format on hundreds of registers written without care, with the `ron` crate as the
//! judge.

mod comments;
mod messy;
#[path = "../support/random.rs"]
mod random_numbers;

use linchpin_edit::format::format_register;
use messy::{Maker, Value, Writing};
use random_numbers::Random;
use ron_lossless::{TokenKind, tokens};

const CASES: usize = 800;

fn register(random: &mut Random, odd_fields: bool) -> Value {
    let mut maker = Maker {
        random,
        odd_fields,
        count: 0,
    };
    maker.register()
}

fn in_house(text: &str) -> String {
    format_register(text).unwrap_or_else(|why| panic!("{why}: {text:?}"))
}

/// What `ron` reads; `()` and `( )` are two things to it, and one here.
fn judge(text: &str) -> Option<String> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let value: ron::Value = options.from_str(body).ok()?;
    Some(format!("{value:?}").replace("Seq([])", "Unit"))
}

/// Every token that is neither white space nor a comma, sorted.
fn words(text: &str) -> Vec<&str> {
    let kept = tokens(text).filter(|t| !matches!(t.kind, TokenKind::Space | TokenKind::Comma));
    let mut words: Vec<&str> = kept.map(|t| t.span.of(text).trim_end()).collect();
    words.sort_unstable();
    words
}

#[test]
fn nothing_is_lost_and_a_second_time_changes_nothing() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut judged, mut followed) = (0, 0);
    for case in 0..CASES {
        let line_end = if case % 3 == 0 { "\r\n" } else { "\n" };
        let mut register = register(&mut random, true);
        let text = Writing::new(&mut random, line_end).write(&mut register);
        let out = in_house(&text);
        assert_eq!(in_house(&out), out, "twice, from {text:?}");
        assert_eq!(words(&text), words(&out), "from {text:?}");
        let read = judge(&text);
        assert_eq!(read, judge(&out), "from {text:?}");
        judged += usize::from(read.is_some());
        assert_eq!(text.starts_with('\u{feff}'), out.starts_with('\u{feff}'));
        neat(&text, &out);
        followed += comments::stay(&text, &out);
    }
    // The generator makes enough of what is looked at.
    assert!(judged > CASES / 2, "{judged} judged");
    assert!(followed > CASES * 5, "{followed} comments followed");
}

/// No white space at the end of a line, no two blank lines, one kind of line end, and one at the
/// end.
fn neat(text: &str, out: &str) {
    let windows = text.matches("\r\n").count() * 2 > text.matches('\n').count();
    let line_end = if windows { "\r\n" } else { "\n" };
    assert!(out.ends_with(line_end) && !out.ends_with(&line_end.repeat(2)));
    for token in tokens(out).filter(|t| t.kind == TokenKind::Space) {
        let start = token.span.start as usize;
        for (at, _) in token.span.of(out).match_indices('\n') {
            assert_eq!(out[..start + at].ends_with('\r'), windows, "from {text:?}");
        }
    }
    let out = out.replace("\r\n", "\n");
    for token in tokens(&out).filter(|t| t.kind == TokenKind::Space) {
        let lines: Vec<&str> = token.span.of(&out).split('\n').collect();
        let (last, ended) = lines.split_last().unwrap();
        let is_indent = !ended.is_empty() && last.len() % 4 == 0;
        let is_neat = last.bytes().all(|b| b == b' ') && ended.iter().all(|line| line.is_empty());
        assert!(is_neat && ended.len() < 3, "{lines:?} in {out:?}");
        assert!(is_indent || *last == " ", "{lines:?} in {out:?}");
    }
}

/// Without comments, blank lines and unknown fields, the layout depends on the values alone.
#[test]
fn one_register_has_one_layout() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..CASES {
        let mut register = register(&mut random, false);
        let mut write = || Writing::new(&mut random, "\n").write_plain(&mut register);
        let (one, other) = (write(), write());
        assert_eq!(in_house(&one), in_house(&other), "{one:?} and {other:?}");
    }
}
