//! Any bytes, read as a register: nothing panics, every diagnostic has its span, every quick fix
//! can be applied, and formatting and fixing come to an end.

use crate::checks;
use linchpin_edit::completion::completions;
use linchpin_edit::fix_all::fix_text;
use linchpin_edit::format::format_register;
use linchpin_edit::symbol::symbol_at;
use linchpin_register::{LoadedRegister, load};
use ron_lossless::{Diagnostic, FormatError, apply, decode_bytes};

/// Reads the bytes as a register.
pub fn register_of(data: &[u8]) {
    let source = decode_bytes(data.to_vec());
    let loaded = load(source.text, source.diagnostics).checked_with_ron();
    let text = &*loaded.text;
    for diagnostic in loaded.diagnostics.iter() {
        checks::diagnostic(text, diagnostic);
        check_fixed(&loaded, diagnostic);
    }
    for (at, record) in loaded.register.iter_records() {
        checks::span(text, loaded.record_span(at));
        assert_eq!(loaded.register.find(record.id()), Some(at));
        assert!(!record.json().is_null());
    }
    match format_register(text) {
        Ok(formatted) => {
            assert_eq!(
                format_register(&formatted).as_deref(),
                Ok(&*formatted),
                "twice: {text:?}"
            );
            let after = load(formatted.as_str(), Vec::new());
            assert!(!after.is_broken || loaded.is_broken, "{text:?}");
        }
        Err(FormatError::Internal(what)) => panic!("formatting changes {what} of {text:?}"),
        Err(FormatError::Syntax(_)) => {}
    }
    // The place where somebody types most often: the end of what is there so far.
    let cursor = text.floor_char_boundary(data.len() * 2 / 3) as u32;
    checks::span(text, symbol_at(&loaded, cursor).span);
    for completion in completions(&loaded, text, cursor) {
        checks::span(text, completion.replace);
        assert!(completion.insert.is_char_boundary(completion.caret));
    }
    if text.len() < 1500 {
        let fixed = fix_text(text);
        let again = fix_text(&fixed.text);
        assert_eq!(again.text, fixed.text, "fixed twice: {text:?}");
    }
}

/// The text after a quick fix is read as any other.
fn check_fixed(loaded: &LoadedRegister, diagnostic: &Diagnostic) {
    let Some(change) = &diagnostic.fix else {
        return;
    };
    if let Some(text) = apply(&loaded.text, &change.edits) {
        for diagnostic in load(text.as_str(), Vec::new()).diagnostics.iter() {
            checks::diagnostic(&text, diagnostic);
        }
    }
}
