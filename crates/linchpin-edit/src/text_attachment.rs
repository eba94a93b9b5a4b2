//! Giving a document its text, or taking it away: where the text lies and what it was when it was
//! attached.

use super::messages::EditLabel;
use super::{Edit, EditRefusal, EditTarget};
use linchpin_register::schema::PathStep;
use linchpin_register::{Document, Register};
use ron_lossless::RonValue;

/// Says of a document where its text lies and what its SHA-256 is. An edit that changes nothing
/// where both stand there already.
///
/// # Errors
/// Where there is no such document.
pub fn attach_text(
    register: &Register,
    document_id: &str,
    path: &str,
    sha256: &str,
) -> Result<Edit, EditRefusal> {
    let record = find_document(register, document_id)?;
    let document = record.short.clone();
    let label = EditLabel::AttachText { document };
    let fields = [
        ("text", record.text.as_deref(), Some(path)),
        ("text_sha256", record.text_sha256.as_deref(), Some(sha256)),
    ];
    Ok(set_changed_fields(document_id, label, fields))
}

/// Takes a document's text out of the register. The file of the text stays where it is.
///
/// # Errors
/// Where there is no such document, or it has no text.
pub fn detach_text(register: &Register, document_id: &str) -> Result<Edit, EditRefusal> {
    let record = find_document(register, document_id)?;
    if record.text.is_none() && record.text_sha256.is_none() {
        let document = record.short.clone();
        return Err(EditRefusal::NoText { document });
    }
    let document = record.short.clone();
    let label = EditLabel::DetachText { document };
    let fields = [
        ("text", record.text.as_deref(), None),
        ("text_sha256", record.text_sha256.as_deref(), None),
    ];
    Ok(set_changed_fields(document_id, label, fields))
}

/// Takes a document's text as it is now, although it is not what was attached.
///
/// # Errors
/// Where there is no such document, it has no text, or no hash is known.
pub fn accept_changed_text(
    register: &Register,
    document_id: &str,
    sha256: &str,
) -> Result<Edit, EditRefusal> {
    let record = find_document(register, document_id)?;
    let Some(path) = record.text.as_deref().filter(|_| !sha256.is_empty()) else {
        let document = record.short.clone();
        return Err(EditRefusal::UnreadableText { document });
    };
    let document = record.short.clone();
    let label = EditLabel::AcceptText { document };
    let fields = [
        ("text", Some(path), Some(path)),
        ("text_sha256", record.text_sha256.as_deref(), Some(sha256)),
    ];
    Ok(set_changed_fields(document_id, label, fields))
}

fn find_document<'r>(register: &'r Register, document: &str) -> Result<&'r Document, EditRefusal> {
    let record = register.get::<Document>(document);
    record.ok_or_else(|| EditRefusal::NoDocument(document.to_owned()))
}

/// Sets those fields that differ: name, what stands there, what should.
fn set_changed_fields(
    document_id: &str,
    label: EditLabel,
    fields: [(&'static str, Option<&str>, Option<&str>); 2],
) -> Edit {
    let changed = fields
        .into_iter()
        .filter(|(_, before, after)| before != after);
    let edits = changed.map(|(name, _, after)| {
        Edit::set(
            EditTarget::Record(document_id.to_owned()),
            vec![PathStep::Field(name)],
            after.map(RonValue::text),
        )
    });
    Edit::Batch {
        label: label.to_string(),
        edits: edits.collect(),
    }
}
