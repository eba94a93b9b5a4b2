//! What the cited documents say of themselves, as fields of the records that cite them: when the
//! document of a commitment was adopted, and where it stands in its series. No file has these
//! fields; charts, filters and orders name them `document.date`, `document.number` and so on.

use super::schema::{FieldSpec, VisitedValue};
use super::{Citation, Document, RecordKind, RecordRef, Register};

/// A field of the documents that a record cites, as a field of the record.
#[derive(Debug)]
pub struct DocumentField {
    /// "document.date"
    pub name: &'static str,
    /// The field of a document: "date".
    pub document_field: &'static str,
    /// The name on screen: "Date of its document".
    pub title: &'static str,
    /// The name in running text: "date of the document".
    pub noun: &'static str,
}

const fn field(
    name: &'static str,
    document_field: &'static str,
    title: &'static str,
    noun: &'static str,
) -> DocumentField {
    DocumentField {
        name,
        document_field,
        title,
        noun,
    }
}

/// The date of the cited documents: the table's column and facet of this name show it.
pub const DOCUMENT_DATE: &str = "document.date";

/// The place of the cited documents in their series.
pub const DOCUMENT_NUMBER: &str = "document.number";

/// Every such field.
static ALL: &[DocumentField] = &[
    field(
        DOCUMENT_DATE,
        "date",
        "Date of its document",
        "date of the document",
    ),
    field(
        "document.series",
        "series",
        "Series of its document",
        "series of the document",
    ),
    field(
        DOCUMENT_NUMBER,
        "number",
        "Place of its document in the series",
        "place of the document in its series",
    ),
    field(
        "document.kind",
        "kind",
        "Kind of its document",
        "kind of the document",
    ),
    field(
        "document.issuers",
        "issuers",
        "Issuers of its document",
        "issuer of the document",
    ),
    field(
        "document.legal_character",
        "legal_character",
        "Legal character of its document",
        "legal character of the document",
    ),
];

impl DocumentField {
    /// Those of the records of a type: none where they cite nothing, and none of documents, whose
    /// own fields these are.
    pub fn of_kind(kind: RecordKind) -> &'static [DocumentField] {
        let has_citations = kind.fields().iter().any(|spec| spec.name == "citations");
        match has_citations && kind != RecordKind::Document {
            true => ALL,
            false => &[],
        }
    }

    /// The one with this name of the records of a type.
    pub fn find(kind: RecordKind, name: &str) -> Option<&'static DocumentField> {
        let mut all = DocumentField::of_kind(kind).iter();
        all.find(|field| field.name == name)
    }

    /// How the field of the document is declared.
    pub fn spec(&self) -> Option<&'static FieldSpec> {
        let mut specs = Document::FIELDS.iter();
        specs.find(|spec| spec.name == self.document_field)
    }

    /// Visits what stands in the field of each document that a record cites, but for the citations
    /// within it.
    pub fn visit(
        &self,
        register: &Register,
        at: RecordRef,
        visit: &mut dyn FnMut(VisitedValue<'_>),
    ) {
        let Some(record) = register.record(at) else {
            return;
        };
        for document in cited_documents(register, record.citations()) {
            visit_field(document, self.document_field, visit);
        }
    }
}

/// How a field of the records of a type is declared: one of their own, or one of the documents that
/// they cite.
pub fn spec_of(kind: RecordKind, name: &str) -> Option<&'static FieldSpec> {
    let own = kind.fields().iter().find(|spec| spec.name == name);
    own.or_else(|| DocumentField::find(kind, name)?.spec())
}

/// The documents of a record, each once, in the order in which it cites them: those whose words it
/// rests on. A document that is cited only for an outside fact counts where there is no other.
pub fn cited_documents<'r>(register: &'r Register, citations: &[Citation]) -> Vec<&'r Document> {
    let of = |is_external: bool| {
        let mut found: Vec<&Document> = Vec::new();
        let cited = citations.iter().filter(|c| c.external == is_external);
        for document in cited.filter_map(|c| register.get::<Document>(c.document.as_str())) {
            if found.iter().all(|known| known.id != document.id) {
                found.push(document);
            }
        }
        found
    };
    let own = of(false);
    match own.is_empty() {
        true => of(true),
        false => own,
    }
}

/// Visits what stands in a field of a record, but for the citations within it.
pub fn visit_field(
    record: &dyn super::AnyRecord,
    field: &str,
    visit: &mut dyn FnMut(VisitedValue<'_>),
) {
    record.walk(&mut Vec::new(), &mut |path, value| {
        let mut names = path.iter().filter_map(|step| step.name());
        if names.next() == Some(field) && names.all(|name| name != "citations") {
            visit(value);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldType;

    #[test]
    fn each_is_a_field_of_documents_and_no_name_of_a_record() {
        for field in ALL {
            assert!(field.spec().is_some(), "{}", field.name);
            assert!(field.name.starts_with("document."), "{}", field.name);
        }
        for &kind in RecordKind::ALL {
            for field in DocumentField::of_kind(kind) {
                assert!(kind.fields().iter().all(|spec| spec.name != field.name));
            }
        }
        assert!(DocumentField::of_kind(RecordKind::Document).is_empty());
        assert!(DocumentField::of_kind(RecordKind::Party).is_empty());
        let kind = spec_of(RecordKind::Commitment, "document.kind").map(|spec| spec.field_type);
        assert!(matches!(kind, Some(FieldType::Vocabulary { .. })));
    }

    #[test]
    fn a_source_of_outside_facts_is_the_document_only_where_there_is_no_other() {
        let document = |id: &str, year: u16| {
            format!(
                "(id: \"{id}\", title: \"{id}\", short: \"{id}\", kind: Communique, \
                legal_character: PoliticalInferred, date: (date: \"{year}\", basis: Stated), \
                url: \"https://example.org/{id}\"),"
            )
        };
        let text = format!(
            "(format: 1, title: \"T\", documents: [{}{}], events: [
                (id: \"both\", title: \"B\", date: (date: \"2001\", basis: Stated), citations: [
                    (document: \"news\", external: true),
                    (document: \"words\", paragraph: 1, phrase: \"said so\"),
                    (document: \"words\", paragraph: 2, phrase: \"said so too\"),
                ]),
                (id: \"outside\", title: \"O\", date: (date: \"2001\", basis: Stated), citations: [
                    (document: \"news\", external: true),
                ]),
            ])",
            document("words", 2011),
            document("news", 2012)
        );
        let register = crate::load(text.as_str(), Vec::new()).register;
        let years = |index: u32| {
            let mut years = Vec::new();
            let at = RecordRef {
                kind: RecordKind::Event,
                index,
            };
            let date = DocumentField::find(RecordKind::Event, DOCUMENT_DATE).unwrap();
            date.visit(&register, at, &mut |value| {
                if let VisitedValue::Date(date) = value {
                    years.push(date.first_year());
                }
            });
            years
        };
        assert_eq!(years(0), [2011]);
        assert_eq!(years(1), [2012]);
    }
}
