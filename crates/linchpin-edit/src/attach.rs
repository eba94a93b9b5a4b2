//! Giving a document its text, or taking it away: where the text lies and what it was when it was
//! attached.

use super::{Edit, Refused, Target, refuse};
use linchpin_register::declare::PathStep;
use linchpin_register::{Document, Register};
use ron_lossless::RonValue;

/// Says of a document where its text lies and what its SHA-256 is. An edit that changes nothing
/// where both stand there already.
///
/// # Errors
/// Where there is no such document.
pub fn attach(
    register: &Register,
    document: &str,
    path: &str,
    sha256: &str,
) -> Result<Edit, Refused> {
    let held = found(register, document)?;
    let words = format!("Attach a text to “{}”", held.short);
    let fields = [
        ("text", held.text.as_deref(), Some(path)),
        ("text_sha256", held.text_sha256.as_deref(), Some(sha256)),
    ];
    Ok(changed(document, words, fields))
}

/// Takes a document's text out of the register. The file of the text stays where it is.
///
/// # Errors
/// Where there is no such document, or it has no text.
pub fn detach(register: &Register, document: &str) -> Result<Edit, Refused> {
    let held = found(register, document)?;
    if held.text.is_none() && held.text_sha256.is_none() {
        return refuse(format!("“{}” has no text of its own", held.short));
    }
    let words = format!("Detach the text of “{}”", held.short);
    let fields = [
        ("text", held.text.as_deref(), None),
        ("text_sha256", held.text_sha256.as_deref(), None),
    ];
    Ok(changed(document, words, fields))
}

/// Takes a document's text as it is now, although it is not what was attached.
///
/// # Errors
/// Where there is no such document, it has no text, or no hash is known.
pub fn accept(register: &Register, document: &str, sha256: &str) -> Result<Edit, Refused> {
    let held = found(register, document)?;
    let Some(path) = held.text.as_deref().filter(|_| !sha256.is_empty()) else {
        return refuse(format!("“{}” has no text that can be read", held.short));
    };
    let words = format!("Accept the changed text of “{}”", held.short);
    let fields = [
        ("text", Some(path), Some(path)),
        ("text_sha256", held.text_sha256.as_deref(), Some(sha256)),
    ];
    Ok(changed(document, words, fields))
}

fn found<'r>(register: &'r Register, document: &str) -> Result<&'r Document, Refused> {
    match register.get::<Document>(document) {
        Some(held) => Ok(held),
        None => refuse(format!("There is no document `{document}`")),
    }
}

/// Gives those fields anew that differ: name, what stands there, what should.
fn changed(
    document: &str,
    words: String,
    fields: [(&'static str, Option<&str>, Option<&str>); 2],
) -> Edit {
    let differing = fields
        .into_iter()
        .filter(|(_, before, after)| before != after);
    let edits = differing.map(|(name, _, after)| {
        Edit::set(
            Target::Record(document.to_owned()),
            vec![PathStep::Field(name)],
            after.map(RonValue::text),
        )
    });
    Edit::Many {
        words,
        edits: edits.collect(),
    }
}
