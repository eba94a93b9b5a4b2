//! The documents that are open in the editor, as it has them, with what they say.

use super::position::{ColumnHint, EditorLines, PositionEncoding, PositionMap};
use super::register_folder::{FolderMembers, OpenTexts, RegisterFolder, is_register};
use linchpin_charts::with_chart_diagnostics;
use linchpin_edit::text_diagnostics::with_text_diagnostics;
use linchpin_files::FileCache;
use linchpin_files::sibling_texts::fetch;
use linchpin_reading::{TextContent, TextFile, TextLibrary};
use linchpin_register::{LoadedRegister, file_index_at, load, load_files};
use lsp_types::{Location, Position, Range, TextDocumentContentChangeEvent, Uri};
use ron_lossless::Span;
use std::path::{Path, PathBuf};

/// The language under which a document is always taken for a register.
const LANGUAGE: &str = "linchpin";

/// An open document.
pub(super) struct LspDocument {
    pub uri: Uri,
    pub path: Option<PathBuf>,
    pub version: i32,
    pub text: String,
    lines: EditorLines,
    column_hint: ColumnHint,
    /// The folder whose files form one register with this one.
    folder: Option<RegisterFolder>,
    /// What the text says, or the texts of the folder; of an older text while `is_outdated`.
    loaded: LoadedRegister,
    /// The texts of its documents, as they were read.
    text_cache: FileCache<TextContent>,
    /// The same when it was last unbroken: the records that there are while somebody types.
    last_valid: Option<LoadedRegister>,
    is_outdated: bool,
    /// Files may have come or gone since its folder was looked at.
    needs_folder_search: bool,
    /// The text has changed since its diagnostics were sent.
    pub needs_publishing: bool,
    /// The editor says that it is a register.
    is_declared: bool,
}

impl LspDocument {
    pub fn new(uri: Uri, language: &str, version: i32, text: String) -> Self {
        LspDocument {
            path: super::register_folder::path_from_uri(uri.as_str()),
            lines: EditorLines::new(&text),
            column_hint: ColumnHint::default(),
            uri,
            version,
            text,
            folder: None,
            loaded: LoadedRegister::empty(),
            text_cache: FileCache::default(),
            last_valid: None,
            is_outdated: true,
            needs_folder_search: true,
            needs_publishing: true,
            is_declared: language == LANGUAGE,
        }
    }

    /// Takes over what was typed.
    pub fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: PositionEncoding) {
        match change.range {
            Some(range) => {
                let Span { start, end } = self.places(encoding).span(range);
                let range = start as usize..end as usize;
                self.text.replace_range(range, &change.text);
            }
            None => self.text = change.text,
        }
        self.lines = EditorLines::new(&self.text);
        self.column_hint.clear();
        self.mark_outdated();
    }

    /// Another file of its folder has changed, or it has itself.
    pub fn mark_outdated(&mut self) {
        (self.is_outdated, self.needs_publishing) = (true, true);
    }

    /// Files may have come or gone.
    pub fn mark_folder_changed(&mut self) {
        self.needs_folder_search = true;
        self.mark_outdated();
    }

    /// Whether a file at `path` belongs to the same register.
    pub fn is_in_same_folder(&self, path: &Path) -> bool {
        let folder = self.folder.as_ref();
        folder.is_some_and(|folder| path.starts_with(&folder.path))
    }

    /// Reads the text again where it has changed. `open` gives the texts of the other open
    /// documents.
    pub fn refresh(&mut self, open: OpenTexts) {
        if !self.is_outdated {
            return;
        }
        let before = self.folder.as_ref();
        let found = self.path.as_deref().and_then(|path| match before {
            before if self.needs_folder_search => {
                FolderMembers::find(path, &self.text, before, open)
            }
            Some(before) => FolderMembers::reload(path, &self.text, before, open),
            None => None,
        });
        let loaded = match found {
            Some(members) => {
                self.folder = Some(members.folder);
                load_files(members.files)
            }
            None => {
                self.folder = None;
                load(self.text.as_str(), Vec::new())
            }
        };
        let loaded = self.with_texts(loaded.checked_with_ron());
        self.loaded = with_chart_diagnostics(loaded);
        (self.is_outdated, self.needs_folder_search) = (false, false);
        if !self.loaded.is_broken {
            self.last_valid = Some(self.loaded.clone());
        }
    }

    /// Holds the citations against the texts next to the register.
    fn with_texts(&mut self, loaded: LoadedRegister) -> LoadedRegister {
        let beside_file = self.path.as_deref().and_then(Path::parent);
        let above = self.folder.as_ref().map(|folder| folder.path.as_path());
        // In a register of several files, paths count from its folder, however deep this file lies.
        let Some(folder) = above.or(beside_file) else {
            return loaded;
        };
        let cache = &mut self.text_cache;
        cache.begin_generation();
        let library = TextLibrary::from_texts(&loaded.register, &mut |document| {
            TextFile::of(document, |path| {
                let text = fetch(cache, folder, path, TextContent::from_bytes);
                Some(text.map_err(|error| error.to_string()))
            })
        });
        // Texts that no document names any more are forgotten.
        cache.evict_unused();
        with_text_diagnostics(loaded, &library)
    }

    /// The register of the text, or of all texts of its folder.
    pub fn loaded(&self) -> &LoadedRegister {
        &self.loaded
    }

    /// What was loaded when the text was last unbroken, else what is loaded now.
    pub fn last_valid(&self) -> &LoadedRegister {
        self.last_valid.as_ref().unwrap_or(&self.loaded)
    }

    /// Whether it is a register, or part of one: declared so by the editor, or by what stands in
    /// it.
    pub fn is_register(&self) -> bool {
        self.is_declared
            || self.folder.is_some()
            || is_register(&self.loaded.text, &self.loaded.tree)
    }

    /// The document, where it is a register or may become one.
    pub fn if_register(&self) -> Option<&Self> {
        let fits = self.is_register() || self.text.trim().is_empty();
        fits.then_some(self)
    }

    fn places(&self, encoding: PositionEncoding) -> PositionMap<'_> {
        PositionMap {
            text: &self.text,
            lines: &self.lines,
            encoding,
            hint: &self.column_hint,
        }
    }

    fn own_index(&self) -> usize {
        self.folder.as_ref().map_or(0, |folder| folder.own)
    }

    fn part_span(&self, index: usize) -> Span {
        self.loaded
            .files
            .get(index)
            .map_or(Span::default(), |part| part.span)
    }

    /// The place in what is loaded.
    pub fn offset(&self, position: Position, encoding: PositionEncoding) -> u32 {
        self.part_span(self.own_index()).start + self.places(encoding).offset(position)
    }

    /// The stretch of what is loaded.
    pub fn span(&self, range: Range, encoding: PositionEncoding) -> Span {
        let start = self.part_span(self.own_index()).start;
        let span = self.places(encoding).span(range);
        Span::new(start + span.start, start + span.end)
    }

    /// Whether a stretch of what is loaded stands in this document.
    pub fn contains(&self, span: Span) -> bool {
        file_index_at(&self.loaded.files, span.start) == self.own_index()
    }

    /// A stretch of what is loaded that stands in this document.
    pub fn range(&self, span: Span, encoding: PositionEncoding) -> Range {
        self.places(encoding)
            .range(relative_span(span, self.part_span(self.own_index())))
    }

    /// A stretch of this document's own text.
    pub fn range_in_text(&self, span: Span, encoding: PositionEncoding) -> Range {
        self.places(encoding).range(span)
    }

    /// A stretch of what is loaded, with the document in which it stands.
    pub fn location(&self, span: Span, encoding: PositionEncoding) -> Location {
        let index = file_index_at(&self.loaded.files, span.start);
        let other = self
            .folder
            .as_ref()
            .and_then(|folder| folder.uris.get(index));
        // The lines of this document are counted already; those of another file only when somebody
        // asks.
        match other.filter(|_| index != self.own_index()) {
            None => Location::new(self.uri.clone(), self.range(span, encoding)),
            Some(uri) => {
                let part = self.part_span(index);
                let text = part.of(&self.loaded.text);
                let lines = EditorLines::new(text);
                let places = PositionMap {
                    text,
                    lines: &lines,
                    encoding,
                    hint: &ColumnHint::default(),
                };
                Location::new(uri.clone(), places.range(relative_span(span, part)))
            }
        }
    }
}

/// A stretch of the whole as one of its part.
fn relative_span(span: Span, part: Span) -> Span {
    let inside = |at: u32| at.clamp(part.start, part.end.max(part.start)) - part.start;
    Span::new(inside(span.start), inside(span.end))
}
