//! How a table is put together: columns and facets by what they show of a record, each in a line.
//!
//! Tables read records by number, as queries do; the builder is what turns "the verb of a
//! commitment" into that.

use super::formatting::{self, record_at};
use super::{Align, CellEditing, ColumnSort, ColumnSpec, OfRow, TableCell, TableSpec};
use crate::link::LinkTarget;
use crate::query::{Facet, SortKey};
use crate::schema::PathStep;
use crate::{Date, Link, Register, RegisterRecord};
use std::marker::PhantomData;

/// The head of a column: which field it shows, and how it is called.
pub(super) struct Head {
    key: &'static str,
    title: &'static str,
    help: &'static str,
    width_pt: f32,
    align: Align,
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
        edits: CellEditing::ReadOnly(why_not),
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
        self.cell(head, move |record, _| TableCell::name(of(record)))
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

    /// The same of lesser weight: explanations and addresses.
    pub fn note(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&String> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, _| {
            TableCell::muted(of(record).map_or("", String::as_str))
        })
    }

    /// A column of the short names of linked records.
    pub fn links<L: LinkTarget + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            TableCell::new(formatting::format_link_names(register, of(record)))
        })
    }

    /// The same of lesser weight.
    pub fn muted_links<L: LinkTarget + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            TableCell::muted(formatting::format_link_names(register, of(record)))
        })
    }

    /// A column of the short name of a linked record.
    pub fn link<L: LinkTarget + 'static>(
        self,
        head: Head,
        of: impl Fn(&T) -> Option<&Link<L>> + Send + Sync + 'static,
    ) -> Self {
        self.cell(head, move |record, register| {
            TableCell::new(formatting::format_link_name(register, of(record)))
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
                Some(date) => TableCell::new(date.to_long_form()),
                None => TableCell::muted("–"),
            },
            move |record, _| match of(record) {
                Some(date) => SortKey::Number(date.start_decimal_year()),
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
        let cell: OfRow<TableCell> = Box::new(move |r, i| TableCell::new(of(r, i).to_string()));
        let sort: OfRow<SortKey> = Box::new(move |r, i| SortKey::Number(of(r, i) as f64));
        self.column(head.right(), cell, ColumnSort::Key(sort))
    }

    /// A column of anything, sorted by its text.
    pub fn cell(
        self,
        head: Head,
        of: impl Fn(&T, &Register) -> TableCell + Send + Sync + 'static,
    ) -> Self {
        self.column(head, cell_of_row(of), ColumnSort::Text)
    }

    /// A column of anything, sorted by something else than its text.
    pub fn sorted_cell(
        self,
        head: Head,
        of: impl Fn(&T, &Register) -> TableCell + Send + Sync + 'static,
        sort_key: impl Fn(&T, &Register) -> SortKey + Send + Sync + 'static,
    ) -> Self {
        let sort: OfRow<SortKey> = Box::new(move |register, index| {
            record_at::<T>(register, index)
                .map_or(SortKey::Missing, |record| sort_key(record, register))
        });
        self.column(head, cell_of_row(of), ColumnSort::Key(sort))
    }

    fn column(mut self, head: Head, cell: OfRow<TableCell>, sort: ColumnSort) -> Self {
        self.spec.columns.push(ColumnSpec {
            key: head.key,
            title: head.title,
            help: head.help,
            width_pt: head.width_pt,
            align: head.align,
            cell,
            sort,
            editing: head.edits,
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
            |record, register| {
                TableCell::muted(formatting::format_first_location(
                    register,
                    record.citations(),
                ))
            },
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
                if let Some(record) = record_at::<T>(register, index) {
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
    pub fn facet_links<L: LinkTarget + 'static>(
        self,
        key: &'static str,
        title: &'static str,
        of: impl Fn(&T) -> &[Link<L>] + Send + Sync + 'static,
    ) -> Self {
        self.facet(key, title, move |record, register, add| {
            for link in of(record) {
                add(link.as_str(), register.short_title_of(link.as_str()));
            }
        })
    }

    /// A facet by the documents that a record cites.
    pub fn facet_documents(self) -> Self {
        self.facet("document", "Document", |record, register, add| {
            for citation in record.citations() {
                let id = citation.document.as_str();
                add(id, register.short_title_of(id));
            }
        })
    }

    /// The finished table.
    pub fn build(self) -> TableSpec {
        self.spec
    }
}

/// What a cell shows of a record, as tables ask for it.
fn cell_of_row<T: RegisterRecord>(
    of: impl Fn(&T, &Register) -> TableCell + Send + Sync + 'static,
) -> OfRow<TableCell> {
    Box::new(move |register, index| {
        record_at::<T>(register, index)
            .map_or_else(TableCell::default, |record| of(record, register))
    })
}
