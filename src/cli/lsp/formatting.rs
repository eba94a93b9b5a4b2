//! The standard format of a document.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::{LspError, LspResult};
use linchpin_edit::format::format_register;
use lsp_types::{DocumentFormattingParams, TextEdit};
use ron_lossless::edit_between;

/// The edit that gives a document the standard format; none where it has that. What the editor
/// wishes for its indentation does not count: a register looks the same everywhere.
pub(super) fn formatting(
    document: &LspDocument,
    client: &ClientCapabilities,
    _: DocumentFormattingParams,
) -> LspResult<Option<Vec<TextEdit>>> {
    if !document.is_register() {
        return Ok(None);
    }
    let new = format_register(&document.text).map_err(LspError::Format)?;
    let edit = edit_between(&document.text, &new).map(|text_edit| {
        let range = document.range_in_text(text_edit.span, client.encoding);
        TextEdit::new(range, text_edit.text)
    });
    Ok(Some(edit.into_iter().collect()))
}
