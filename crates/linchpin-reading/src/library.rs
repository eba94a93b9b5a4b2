//! The texts of a register's documents, as far as they are at hand.

use linchpin_register::{Document, Register};
use linchpin_text::prose::{Prose, sha256};
use ron_lossless::decode_bytes;
use std::collections::HashMap;
use std::sync::Arc;

/// How a document's text stands against what the register says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextState {
    /// The text as it was attached.
    Same,
    /// The register says no hash that it could be held against.
    Unsigned,
    /// Another text than the one that was attached.
    Changed,
    /// It cannot be read: why, in words.
    Missing(String),
}

/// A document's text.
#[derive(Clone, Debug)]
pub struct Attached {
    /// The document of which it is the text: another where a document stands on the page of that
    /// one.
    pub document: String,
    /// Its path, as the register or the folder of texts has it.
    pub path: String,
    pub state: TextState,
    /// The SHA-256 of its bytes; empty where it cannot be read.
    pub sha256: String,
    /// The text; empty where it cannot be read.
    pub prose: Arc<Prose>,
}

/// The bytes of a text, read once.
#[derive(Clone, Debug)]
pub struct Text {
    /// Of the bytes.
    pub sha256: String,
    pub prose: Arc<Prose>,
}

impl Text {
    /// Reads the bytes of a text.
    pub fn of(bytes: Vec<u8>) -> Self {
        Text {
            sha256: sha256(&bytes),
            prose: Arc::new(Prose::new(decode_bytes(bytes).text)),
        }
    }
}

/// Where a text was found, and what stands there.
#[derive(Clone, Debug)]
pub struct TextCopy {
    pub path: String,
    /// # Errors
    /// Why it cannot be read, in words.
    pub text: Result<Arc<Text>, String>,
}

impl TextCopy {
    /// The text that a document names, as `fetch` gets it by its path; `None` where the document
    /// names none.
    pub fn of(
        document: &Document,
        fetch: impl FnOnce(&str) -> Option<Result<Arc<Text>, String>>,
    ) -> Option<Self> {
        let path = document.text.clone()?;
        let text = fetch(&path)?;
        Some(TextCopy { path, text })
    }
}

/// The texts at hand, by the id of their document.
#[derive(Clone, Debug, Default)]
pub struct Library {
    texts: HashMap<String, Arc<Attached>>,
}

impl Library {
    /// Reads the texts of a register. `read` says where the text of a document is and what stands
    /// there; `None` where it has none.
    pub fn read(register: &Register, read: &mut dyn FnMut(&Document) -> Option<Source>) -> Self {
        Library::of(register, &mut |document| {
            let Source { path, bytes } = read(document)?;
            let text = bytes.map(|bytes| Arc::new(Text::of(bytes)));
            Some(TextCopy { path, text })
        })
    }

    /// Puts texts together that were read before. `text` gives that of a document; `None` where it
    /// has none.
    pub fn of(register: &Register, text: &mut dyn FnMut(&Document) -> Option<TextCopy>) -> Self {
        let mut texts = HashMap::new();
        for document in &register.documents {
            if let Some(copy) = text(document) {
                let attached = Arc::new(attached(document, copy));
                texts.insert(document.id.as_str().to_owned(), attached);
            }
        }
        let mut library = Library { texts };
        library.lend(register);
        library
    }

    /// Documents that stand on the page of another are read there.
    fn lend(&mut self, register: &Register) {
        for document in &register.documents {
            let mut page = document;
            // Pages may lead round in a circle in a file that is being edited.
            for _ in 0..8 {
                if let Some(text) = self.texts.get(page.id.as_str()) {
                    let text = text.clone();
                    self.texts
                        .entry(document.id.as_str().to_owned())
                        .or_insert(text);
                    break;
                }
                let above = page.part_of.as_ref();
                match above.and_then(|id| register.get::<Document>(id.as_str())) {
                    Some(above) => page = above,
                    None => break,
                }
            }
        }
    }

    /// What there is of a document's text.
    pub fn get(&self, document: &str) -> Option<&Arc<Attached>> {
        self.texts.get(document)
    }

    /// The text of a document, where it can be read.
    pub fn prose(&self, document: &str) -> Option<&Arc<Prose>> {
        let attached = self.texts.get(document)?;
        (!matches!(attached.state, TextState::Missing(_))).then_some(&attached.prose)
    }

    /// Whether no document has a text.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts by the id of their document, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<Attached>)> {
        self.texts.iter().map(|(id, text)| (id.as_str(), text))
    }
}

/// Where a text was found, and its bytes.
pub struct Source {
    pub path: String,
    /// # Errors
    /// Why it cannot be read, in words.
    pub bytes: Result<Vec<u8>, String>,
}

fn attached(document: &Document, copy: TextCopy) -> Attached {
    let (state, sha256, prose) = match copy.text {
        Err(why) => (TextState::Missing(why), String::new(), nothing()),
        Ok(text) => {
            let state = match &document.text_sha256 {
                None => TextState::Unsigned,
                Some(known) if known.eq_ignore_ascii_case(&text.sha256) => TextState::Same,
                Some(_) => TextState::Changed,
            };
            (state, text.sha256.clone(), text.prose.clone())
        }
    };
    Attached {
        document: document.id.as_str().to_owned(),
        path: copy.path,
        state,
        sha256,
        prose,
    }
}

fn nothing() -> Arc<Prose> {
    Arc::new(Prose::new(""))
}
