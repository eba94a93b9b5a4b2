//! How a table is put together: columns and facets by what they show of a record, each in a line.
//!
//! Tables read records by number, as queries do; the builder is what turns "the verb of a
//! commitment" into that.

use super::words::{self, row};
use super::{Align, Cell, Column, Edits, OfRow, Sort, TableSpec};
use crate::declare::PathStep;
use crate::link::Target;
use crate::query::{Facet, SortKey};
use crate::{Date, Kept, Link, Register};
use std::marker::PhantomData;

/// The head of a column: which field it shows, and how it is called.
pub(super) struct Head {
    key: &'static str,
    title: &'static str,
    help: &'static str,
    width_pt: f32,
    align: Align,
    edits: Edits,
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
        edits: Edits::At(path),
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
        edits: Edits::Not(why_not),
    }
}

impl Head {
    /// Under another name than its field's: on the command line, in saved views.
    pub fn key(self, key: &'static str) -> Self {
        Head { key, ..self }
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
pub(super) fn table<T: Kept>(title: &'static str, about: &'static str) -> TableBuilder<T> {
    TableBuilder {
        spec: TableSpec {
            id: T::KIND.list(),
            title,
            about,
            kind: T::KIND,
            columns: Vec::new(),
            facets: Vec::new(),
            sorted_by: Vec::new(),
        },
        record: PhantomData,
    }
}

impl<T: Kept> TableBuilder<T> {
    /// Sorts by a column at first; without it, the order of the file.
    pub fn sorted_by(mut self, key: &'static str, descending: bool) -> Self {
        self.spec.sorted_by.push((key, descending));
        self
    }

    /// A column of the record's name, which leads the eye.
    pub fn name(self, head: Head, of: impl Fn(&T) -> &str + Send + Sync + 'static) -> Self {
        self.cell(head, move |record, _| Cell::name(of(record)))
    }

    /// A column of text.
    pub fn text(self, head: Head, of: impl Fn(&T) -> &str + Send + Sync + 'static) -> Self {
        self.cell(head, move |record, _| Cell::new(of(record)))
    }

    /// A column of text that need not be there.
    pub fn optional(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&String> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, _| {
            Cell::new(of(record).map_or("", String::as_str))
        })
    }

    /// The same of lesser weight: explanations and addresses.
    pub fn note(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&String> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, _| {
            Cell::muted(of(record).map_or("", String::as_str))
        })
    }

    /// A column of the short names of linked records.
    pub fn links<L: Target + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            Cell::new(words::names(register, of(record)))
        })
    }

    /// The same of lesser weight.
    pub fn muted_links<L: Target + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            Cell::muted(words::names(register, of(record)))
        })
    }

    /// A column of the short name of a linked record.
    pub fn link<L: Target + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&Link<L>> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            Cell::new(words::name(register, of(record)))
        })
    }

    /// A column of a date, in the order of time; a dash where there is none.
    pub fn date(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<Date> + Copy + Send + Sync + 'static,
    ) -> Self {
        self.sorted_cell(
            head,
            move |record, _| match of(record) {
                Some(date) => Cell::new(date.words()),
                None => Cell::muted("–"),
            },
            move |record, _| match of(record) {
                Some(date) => SortKey::Number(date.start_year()),
                None => SortKey::Missing,
            },
        )
    }

    /// A column of numbers that are counted, not stated.
    pub fn count(
        self,
        head: Head,
        of: impl Fn(&Register, usize) -> usize + Copy + Send + Sync + 'static,
    ) -> Self {
        let cell: OfRow<Cell> = Box::new(move |r, i| Cell::new(of(r, i).to_string()));
        let sort: OfRow<SortKey> = Box::new(move |r, i| SortKey::Number(of(r, i) as f64));
        self.column(head.right(), cell, Sort::By(sort))
    }

    /// A column of anything, sorted by its text.
    pub fn cell(
        self,
        head: Head,
        of: impl Fn(&T, &Register) -> Cell + Send + Sync + 'static,
    ) -> Self {
        self.column(head, cell_of_row(of), Sort::Text)
    }

    /// A column of anything, sorted by something else than its text.
    pub fn sorted_cell(
        self,
        head: Head,
        of: impl Fn(&T, &Register) -> Cell + Send + Sync + 'static,
        sort_key: impl Fn(&T, &Register) -> SortKey + Send + Sync + 'static,
    ) -> Self {
        let sort: OfRow<SortKey> = Box::new(move |register, index| {
            row::<T>(register, index).map_or(SortKey::Missing, |record| sort_key(record, register))
        });
        self.column(head, cell_of_row(of), Sort::By(sort))
    }

    fn column(mut self, head: Head, cell: OfRow<Cell>, sort: Sort) -> Self {
        self.spec.columns.push(Column {
            key: head.key,
            title: head.title,
            help: head.help,
            width_pt: head.width_pt,
            align: head.align,
            cell,
            sort,
            edits: head.edits,
        });
        self
    }

    /// The column of where a record's words stand: documents in the order of the file, then
    /// paragraphs.
    pub fn sources(self) -> Self {
        self.sorted_cell(
            field(
                &[PathStep::Field("citations")],
                "Source",
                "Where the words stand: document and paragraph.",
                170.0,
            )
            .key("source"),
            |record, register| Cell::muted(words::source(register, record.citations())),
            |record, register| {
                let Some(citation) = record.citations().first() else {
                    return SortKey::Missing;
                };
                let document = register.find(citation.document.as_str());
                let document = document.map_or(u32::MAX, |at| at.index);
                let paragraph = f64::from(citation.paragraph.unwrap_or_default());
                // No document has a million paragraphs.
                SortKey::Number(f64::from(document) * 1e6 + paragraph)
            },
        )
    }

    /// A facet by any values of a record: each is handed to the last argument with its key and its
    /// label.
    pub fn facet(
        mut self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T, &Register, &mut dyn FnMut(&str, &str)) + Send + Sync + 'static,
    ) -> Self {
        self.spec.facets.push(Facet {
            key,
            title,
            values: Box::new(move |register, index, add| {
                if let Some(record) = row::<T>(register, index) {
                    of(record, register, add);
                }
            }),
        });
        self
    }

    /// A facet by a value of a vocabulary: its name and its label.
    pub fn facet_value(
        self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T) -> (&'static str, &'static str) + Send + Sync + 'static,
    ) -> Self {
        self.facet(key, title, move |record, _, add| {
            let (name, label) = of(record);
            add(name, label);
        })
    }

    /// A facet by linked records.
    pub fn facet_links<L: Target + 'static>(
        self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.facet(key, title, move |record, register, add| {
            for link in of(record) {
                add(link.as_str(), register.short_of(link.as_str()));
            }
        })
    }

    /// A facet by the documents that a record cites.
    pub fn facet_documents(self) -> Self {
        self.facet("document", "Document", |record, register, add| {
            for citation in record.citations() {
                let id = citation.document.as_str();
                add(id, register.short_of(id));
            }
        })
    }

    /// The finished table.
    pub fn build(self) -> TableSpec {
        self.spec
    }
}

/// What a cell shows of a record, as tables ask for it.
fn cell_of_row<T: Kept>(of: impl Fn(&T, &Register) -> Cell + Send + Sync + 'static) -> OfRow<Cell> {
    Box::new(move |register, index| {
        row::<T>(register, index).map_or_else(Cell::default, |record| of(record, register))
    })
}
