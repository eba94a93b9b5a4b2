//! How a table is put together: columns and facets by what they show of a record, each in a line.
//!
//! Tables read records by number, as queries do; the builder is what turns "the verb of a
//! commitment" into that.

use super::formatting::{format_location, record_at};
use super::{Align, CellEditing, CellFn, CellMark, CellValue, ColumnSpec, TableCell, TableSpec};
use crate::document_fields::{DOCUMENT_DATE, cited_documents};
use crate::link::LinkTarget;
use crate::query::Facet;
use crate::schema::{PathStep, Vocabulary};
use crate::{Date, FieldType, Link, RecordKind, Register, RegisterRecord};
use std::marker::PhantomData;

/// The head of a column: which field it shows, and how it is called.
pub(super) struct Head {
    key: &'static str,
    title: &'static str,
    help: &'static str,
    width_pt: f32,
    align: Align,
    muted: bool,
    edits: CellEditing,
}

/// A column that shows the field at `path`, under the name of the field. `width_pt` is its width at
/// first.
pub(super) fn field(
    path: &'static [PathStep],
    title: &'static str,
    help: &'static str,
    width_pt: f32,
) -> Head {
    let key = match path.last() {
        Some(PathStep::Field(name)) => name,
        _ => "",
    };
    Head {
        key,
        title,
        help,
        width_pt,
        align: Align::Left,
        muted: false,
        edits: CellEditing::Field(path),
    }
}

/// A column of what is worked out and stands in no field; `why_not` says what to edit instead.
pub(super) fn derived(
    key: &'static str,
    title: &'static str,
    help: &'static str,
    width_pt: f32,
    why_not: &'static str,
) -> Head {
    Head {
        key,
        title,
        help,
        width_pt,
        align: Align::Left,
        muted: false,
        edits: CellEditing::ReadOnly(why_not),
    }
}

impl Head {
    /// Under another name than its field's: on the command line, in saved views.
    pub fn key(self, key: &'static str) -> Self {
        Head { key, ..self }
    }

    /// Of lesser weight: explanations, addresses, subjects.
    pub fn muted(self) -> Self {
        Head {
            muted: true,
            ..self
        }
    }

    /// With its cells on the right, as numbers stand.
    pub fn right(self) -> Self {
        Head {
            align: Align::Right,
            ..self
        }
    }
}

/// A table of the records of type `T`.
pub(super) struct TableBuilder<T> {
    spec: TableSpec,
    record: PhantomData<T>,
}

/// Begins the table of a record type. `about` says in a line what a row is.
pub(super) fn table<T: RegisterRecord>(
    title: &'static str,
    about: &'static str,
) -> TableBuilder<T> {
    TableBuilder {
        spec: TableSpec {
            id: T::KIND.list(),
            title,
            description: about,
            kind: T::KIND,
            columns: Vec::new(),
            facets: Vec::new(),
            default_sort_columns: Vec::new(),
        },
        record: PhantomData,
    }
}

impl<T: RegisterRecord> TableBuilder<T> {
    /// Sorts by a column at first; without it, the order of the file.
    pub fn sorted_by(mut self, key: &'static str, descending: bool) -> Self {
        self.spec.default_sort_columns.push((key, descending));
        self
    }

    /// A column of the record's name, which leads the eye.
    pub fn name(self, head: Head, of: impl Fn(&T) -> &str + Send + Sync + 'static) -> Self {
        self.cell(head, move |record, _| {
            TableCell::new(of(record)).with_mark(CellMark::Name)
        })
    }

    /// A column of a word of a vocabulary.
    pub fn term<V: Vocabulary>(
        self,
        head: Head,
        of: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, _| {
            TableCell::new(CellValue::Term(of(record).term()))
        })
    }

    /// A column of text.
    pub fn text(self, head: Head, of: impl Fn(&T) -> &str + Send + Sync + 'static) -> Self {
        self.cell(head, move |record, _| TableCell::new(of(record)))
    }

    /// A column of text that need not be there.
    pub fn optional(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&String> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, _| {
            TableCell::new(of(record).map_or("", String::as_str))
        })
    }

    /// A column of the short names of linked records.
    pub fn links<L: LinkTarget + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            TableCell::new(CellValue::links(register, of(record)))
        })
    }

    /// A column of a date.
    pub fn date(self, head: Head, of: impl Fn(&T) -> Option<Date> + Send + Sync + 'static) -> Self {
        self.cell(head, move |record, _| match of(record) {
            Some(date) => TableCell::new(CellValue::Date(date)),
            None => TableCell::muted(CellValue::Missing),
        })
    }

    /// A column of numbers that are counted, not stated.
    pub fn count(
        self,
        head: Head,
        of: impl Fn(&Register, usize) -> usize + Send + Sync + 'static,
    ) -> Self {
        self.column(
            head.right(),
            Box::new(move |r, i| TableCell::new(CellValue::Count(of(r, i)))),
        )
    }

    /// A column of anything.
    pub fn cell(
        self,
        head: Head,
        of: impl Fn(&T, &Register) -> TableCell + Send + Sync + 'static,
    ) -> Self {
        let is_muted = head.muted;
        let cell = move |register: &Register, index| match record_at::<T>(register, index) {
            Some(record) => {
                let cell = of(record, register);
                TableCell {
                    muted: cell.muted || is_muted,
                    ..cell
                }
            }
            None => TableCell::new(""),
        };
        self.column(head, Box::new(cell))
    }

    fn column(mut self, head: Head, cell: CellFn) -> Self {
        self.spec.columns.push(ColumnSpec {
            key: head.key,
            title: head.title,
            help: head.help,
            width_pt: head.width_pt,
            align: head.align,
            cell,
            editing: head.edits,
        });
        self
    }

    /// The columns of where a record's words stand, documents in the order of the file, then
    /// paragraphs, and of the date of that document.
    pub fn sources(self) -> Self {
        self.locations().document_dates()
    }

    fn document_dates(self) -> Self {
        let head = derived(
            DOCUMENT_DATE,
            "Document date",
            "The date of the document where the words stand; of several, the first that is cited.",
            130.0,
            "This is the date of the cited document. To change it, edit that document.",
        );
        self.cell(head, |record, register| {
            let documents = cited_documents(register, record.citations());
            match documents.first() {
                Some(document) => TableCell::muted(CellValue::Date(document.date.date)),
                None => TableCell::muted(CellValue::Missing),
            }
        })
    }

    fn locations(self) -> Self {
        let head = field(
            &[PathStep::Field("citations")],
            "Source",
            "Where the words stand: document and paragraph.",
            170.0,
        );
        self.cell(head.key("source"), |record, register| {
            let Some(citation) = record.citations().first() else {
                return TableCell::muted("");
            };
            let document = register.find(citation.document.as_str());
            // A link that leads nowhere sorts behind every document.
            let document = document.map_or(u32::MAX, |at| at.index);
            let paragraph = f64::from(citation.paragraph.unwrap_or_default());
            // No document has a million paragraphs.
            let place = f64::from(document) * 1e6 + paragraph;
            let value = CellValue::Ranked(format_location(register, citation), Some(place));
            TableCell::muted(value)
        })
    }

    /// A facet by any values of a record: each is handed to the last argument with its key and its
    /// label. `value_type` says what the keys are.
    pub fn facet(
        mut self,
        key: &'static str,
        title: &'static str,
        value_type: FieldType,
        of: impl Fn(&T, &Register, &mut dyn FnMut(&str, &str)) + Send + Sync + 'static,
    ) -> Self {
        self.spec.facets.push(Facet {
            key,
            title,
            value_type,
            values: Box::new(move |register, index, add| {
                if let Some(record) = record_at::<T>(register, index) {
                    of(record, register, add);
                }
            }),
        });
        self
    }

    /// A facet by words of a vocabulary.
    pub fn facet_terms<V: Vocabulary, I: IntoIterator<Item = V>>(
        self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T) -> I + Send + Sync + 'static,
    ) -> Self {
        self.facet(key, title, V::FIELD_TYPE, move |record, _, add| {
            for value in of(record) {
                add(value.term().name, value.term().label);
            }
        })
    }

    /// A facet by linked records.
    pub fn facet_links<L: LinkTarget + 'static>(
        self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        let value_type = FieldType::Link(L::KIND);
        self.facet(key, title, value_type, move |record, register, add| {
            for link in of(record) {
                add(link.as_str(), register.short_title_of(link.as_str()));
            }
        })
    }

    /// The facets by the documents that a record cites, and by their years.
    pub fn facet_documents(self) -> Self {
        self.facet_document_ids().facet_document_years()
    }

    fn facet_document_years(self) -> Self {
        self.facet(
            DOCUMENT_DATE,
            "Document year",
            FieldType::Text,
            |record, register, add| {
                for document in cited_documents(register, record.citations()) {
                    // As charts name the years by which they group.
                    let year = document.date.date.year_group();
                    add(&year, &year);
                }
            },
        )
    }

    fn facet_document_ids(self) -> Self {
        let value_type = FieldType::Link(RecordKind::Document);
        self.facet(
            "document",
            "Document",
            value_type,
            |record, register, add| {
                for citation in record.citations() {
                    let id = citation.document.as_str();
                    add(id, register.short_title_of(id));
                }
            },
        )
    }

    /// The finished table.
    pub fn build(self) -> TableSpec {
        self.spec
    }
}
