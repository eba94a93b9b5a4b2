//! Addresses as the editor writes them. Some editors leave characters bare that an address may not
//! have, such as brackets; they are escaped inside the server, and answers have the editor's form.

use lsp_types::Uri;
use serde_json::Value;
use std::collections::HashMap;
use std::str::FromStr as _;

/// The addresses that had to be escaped.
#[derive(Debug, Default)]
pub(super) struct EditorAddresses {
    /// The editor's form, by the escaped one.
    originals: HashMap<String, String>,
}

impl EditorAddresses {
    /// Escapes the addresses of a message of the editor.
    pub fn escape_in(&mut self, message: &mut Value) {
        match message {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let is_address = name == "uri" || name.ends_with("Uri");
                    match value {
                        Value::String(address) if is_address => self.escape_address(address),
                        value => self.escape_in(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.escape_in(item)),
            _ => {}
        }
    }

    fn escape_address(&mut self, address: &mut String) {
        // What is an address already stays as it is, so that answers name it as the editor does.
        if Uri::from_str(address).is_ok() {
            return;
        }
        let escaped = escaped(address);
        if Uri::from_str(&escaped).is_ok() {
            let original = std::mem::replace(address, escaped.clone());
            self.originals.insert(escaped, original);
        }
    }

    /// Writes the addresses in a message to the editor as it does.
    pub fn restore_in(&self, message: &mut Value) {
        if self.originals.is_empty() {
            return;
        }
        match message {
            Value::String(text) => {
                if let Some(original) = self.originals.get(text) {
                    text.clone_from(original);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.restore_in(item)),
            Value::Object(fields) => {
                // The edits of a renaming stand under the address of their file.
                let is_known = |name: &&String| self.originals.contains_key(*name);
                let renamed: Vec<String> = fields.keys().filter(is_known).cloned().collect();
                for name in renamed {
                    if let Some((original, value)) =
                        self.originals.get(&name).cloned().zip(fields.remove(&name))
                    {
                        fields.insert(original, value);
                    }
                }
                fields.values_mut().for_each(|value| self.restore_in(value));
            }
            _ => {}
        }
    }
}

/// An address with everything escaped that may not stand in a path as it is.
fn escaped(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    for (at, byte) in address.bytes().enumerate() {
        // An escape that is there already is not escaped again.
        let digits = address.as_bytes().get(at + 1..at + 3).unwrap_or(&[]);
        let is_escape =
            byte == b'%' && digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_editor_gets_back_what_it_wrote() {
        let mut addresses = EditorAddresses::default();
        let original = "file:///[drafts]/a b/한 100%.ron";
        let mut message = json!({ "textDocument": { "uri": original, "text": original } });
        addresses.escape_in(&mut message);
        let escaped = "file:///%5Bdrafts%5D/a%20b/%ED%95%9C%20100%25.ron";
        assert_eq!(
            message["textDocument"],
            json!({ "uri": escaped, "text": original })
        );
        let mut answer = json!({ "changes": { escaped: [1] }, "uri": escaped, "n": ["x"] });
        addresses.restore_in(&mut answer);
        let expected = json!({ "changes": { original: [1] }, "uri": original, "n": ["x"] });
        assert_eq!(answer, expected);
    }

    #[test]
    fn sound_addresses_stay_as_they_are() {
        let mut addresses = EditorAddresses::default();
        let mut message = json!({ "rootUri": "file:///a%5bb%5D?x#y", "uri": 7 });
        let before = message.clone();
        addresses.escape_in(&mut message);
        assert_eq!(message, before);
        assert!(addresses.originals.is_empty());
    }
}
