//! The documents that are open in the editor, as it has them.

use super::position::{Encoding, Places};
use crate::register::{Loaded, RecordKind, load};
use crate::ron_text::{Lines, NodeKind, Span};
use lsp_types::{TextDocumentContentChangeEvent, Uri};

/// The language under which a document is always taken for a register.
const LANGUAGE: &str = "linchpin";

/// An open document.
pub(super) struct Document {
    pub uri: Uri,
    pub version: i32,
    pub text: String,
    pub lines: Lines,
    /// What the text says; of an older text while `is_outdated`.
    loaded: Loaded,
    is_outdated: bool,
    /// What it said when it was last unbroken: whose records there are while something is being written.
    sound: Option<Loaded>,
    /// The text has changed since its problems were sent.
    pub is_unpublished: bool,
    /// The editor says that it is a register.
    is_declared: bool,
}

impl Document {
    pub fn new(uri: Uri, language: &str, version: i32, text: String) -> Self {
        Document {
            lines: Lines::new(&text),
            uri,
            version,
            text,
            loaded: Loaded::empty(),
            sound: None,
            is_outdated: true,
            is_unpublished: true,
            is_declared: language == LANGUAGE,
        }
    }

    /// Takes over what was typed.
    pub fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        match change.range {
            Some(range) => {
                let Span { start, end } = self.places(encoding).span(range);
                self.text
                    .replace_range(start as usize..end as usize, &change.text);
            }
            None => self.text = change.text,
        }
        self.lines = Lines::new(&self.text);
        (self.is_outdated, self.is_unpublished) = (true, true);
    }

    /// What the text says.
    pub fn load(&mut self) -> &Loaded {
        if self.is_outdated {
            self.loaded = load(self.text.as_str(), Vec::new()).confirmed();
            self.is_outdated = false;
            if !self.loaded.broken {
                self.sound = Some(self.loaded.clone());
            }
        }
        &self.loaded
    }

    /// What the text said when it was last unbroken, else what it says now.
    pub fn sound(&mut self) -> &Loaded {
        self.load();
        self.sound.as_ref().unwrap_or(&self.loaded)
    }

    /// Whether it is a register: declared so by the editor, or by what stands in it.
    pub fn is_register(&mut self) -> bool {
        self.is_declared || looks_like_a_register(self.load())
    }

    /// The document, where it is a register or may become one.
    pub fn if_register(&mut self) -> Option<&mut Self> {
        let fits = self.is_register() || self.text.trim().is_empty();
        fits.then_some(self)
    }

    pub fn places(&self, encoding: Encoding) -> Places<'_> {
        Places {
            text: &self.text,
            lines: &self.lines,
            encoding,
        }
    }
}

/// Whether a text has `format` or a list of records at its top. Other programs keep RON files as well.
fn looks_like_a_register(loaded: &Loaded) -> bool {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let Some(root) = tree
        .value()
        .filter(|root| tree.kind(*root) == NodeKind::Record)
    else {
        return false;
    };
    let is_ours = |list: &str| {
        let value = tree.field(text, root, list);
        value.is_some_and(|value| tree.kind(value) == NodeKind::List)
    };
    let lists = RecordKind::ALL
        .iter()
        .filter(|kind| is_ours(kind.list()))
        .count();
    lists > 1 || (lists > 0 && tree.field_key(text, root, "format").is_some())
}
