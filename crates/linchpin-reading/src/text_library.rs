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
    Unchanged,
    /// The register says no hash that it could be held against.
    NoHash,
    /// Another text than the one that was attached.
    Changed,
    /// It cannot be read: why, in words.
    Missing(String),
}

/// A document's text.
#[derive(Clone, Debug)]
pub struct DocumentText {
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
pub struct TextContent {
    /// Of the bytes.
    pub sha256: String,
    pub prose: Arc<Prose>,
}

impl TextContent {
    /// Reads the bytes of a text.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        TextContent {
            sha256: sha256(&bytes),
            prose: Arc::new(Prose::new(decode_bytes(bytes).text)),
        }
    }
}

/// Where a text was found, and what stands there.
#[derive(Clone, Debug)]
pub struct TextFile {
    pub path: String,
    /// # Errors
    /// Why it cannot be read, in words.
    pub text: Result<Arc<TextContent>, String>,
}

impl TextFile {
    /// The text that a document names, as `fetch` gets it by its path; `None` where the document
    /// names none.
    pub fn of(
        document: &Document,
        fetch: impl FnOnce(&str) -> Option<Result<Arc<TextContent>, String>>,
    ) -> Option<Self> {
        let path = document.text.clone()?;
        let text = fetch(&path)?;
        Some(TextFile { path, text })
    }
}

/// The texts at hand, by the id of their document.
#[derive(Clone, Debug, Default)]
pub struct TextLibrary {
    texts: HashMap<String, Arc<DocumentText>>,
}

impl TextLibrary {
    /// Reads the texts of a register. `read` says where the text of a document is and what stands
    /// there; `None` where it has none.
    pub fn from_bytes(
        register: &Register,
        read: &mut dyn FnMut(&Document) -> Option<TextFileBytes>,
    ) -> Self {
        TextLibrary::from_texts(register, &mut |document| {
            let TextFileBytes { path, bytes } = read(document)?;
            let text = bytes.map(|bytes| Arc::new(TextContent::from_bytes(bytes)));
            Some(TextFile { path, text })
        })
    }

    /// Puts texts together that were read before. `text` gives that of a document; `None` where it
    /// has none.
    pub fn from_texts(
        register: &Register,
        text: &mut dyn FnMut(&Document) -> Option<TextFile>,
    ) -> Self {
        let mut texts = HashMap::new();
        for document in &register.documents {
            if let Some(copy) = text(document) {
                let attached = Arc::new(document_text(document, copy));
                texts.insert(document.id.as_str().to_owned(), attached);
            }
        }
        // Own texts first, so that a document with both is read in its own.
        let mut library = TextLibrary { texts };
        library.share_page_texts(register);
        library
    }

    /// Documents that stand on the page of another are read there.
    fn share_page_texts(&mut self, register: &Register) {
        for document in &register.documents {
            let mut page_document = document;
            // Up the pages to the first that has a text. They may lead round in a circle in a file
            // that is being edited, so the way is bounded.
            for _ in 0..8 {
                if let Some(text) = self.texts.get(page_document.id.as_str()) {
                    let text = text.clone();
                    self.texts
                        .entry(document.id.as_str().to_owned())
                        .or_insert(text);
                    break;
                }
                let parent_document = page_document.part_of.as_ref();
                match parent_document.and_then(|id| register.get::<Document>(id.as_str())) {
                    Some(parent_document) => page_document = parent_document,
                    None => break,
                }
            }
        }
    }

    /// What there is of a document's text.
    pub fn get(&self, document: &str) -> Option<&Arc<DocumentText>> {
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
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<DocumentText>)> {
        self.texts.iter().map(|(id, text)| (id.as_str(), text))
    }
}

/// Where a text was found, and its bytes.
pub struct TextFileBytes {
    pub path: String,
    /// # Errors
    /// Why it cannot be read, in words.
    pub bytes: Result<Vec<u8>, String>,
}

fn document_text(document: &Document, copy: TextFile) -> DocumentText {
    let (state, sha256, prose) = match copy.text {
        Err(why) => (TextState::Missing(why), String::new(), empty_prose()),
        Ok(text) => {
            let state = match &document.text_sha256 {
                None => TextState::NoHash,
                Some(known) if known.eq_ignore_ascii_case(&text.sha256) => TextState::Unchanged,
                Some(_) => TextState::Changed,
            };
            (state, text.sha256.clone(), text.prose.clone())
        }
    };
    DocumentText {
        document: document.id.as_str().to_owned(),
        path: copy.path,
        state,
        sha256,
        prose,
    }
}

fn empty_prose() -> Arc<Prose> {
    Arc::new(Prose::new(""))
}
