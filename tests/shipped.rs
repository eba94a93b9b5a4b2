//! The shipped register is whole and sound.

use linchpin::register::{Register, load};

const TEXT: &str = include_str!("../data/us-rok-alliance.ron");

fn register() -> Register {
    let loaded = load(TEXT, Vec::new());
    let lines = linchpin::ron_text::Lines::new(TEXT);
    let problems: Vec<String> = loaded
        .problems
        .iter()
        .map(|p| {
            let at = lines.position(TEXT, p.span.start);
            format!("{}:{}: [{}] {}", at.line, at.column, p.code, p.message)
        })
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    assert!(!loaded.broken);
    (*loaded.register).clone()
}

#[test]
fn it_has_no_problems() {
    register();
}
