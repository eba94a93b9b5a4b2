//! What can stand in a field, for those who fill it in: forms, completion, the language server.

use super::RecordKind;
use super::schema::FieldSpec;

/// What can stand in a field, or in each item of a list.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// Any text.
    Text,
    /// The record's own id.
    Id,
    /// The id of a record of this type.
    Link(RecordKind),
    /// One word of a vocabulary, written without quotation marks.
    Vocabulary {
        /// "status"
        what: &'static str,
        terms: &'static [VocabularyTerm],
    },
    /// A date to the day, month, year or decade, in quotation marks.
    Date,
    /// A whole number from 0.
    WholeNumber { max: u32 },
    /// `true`, or left out.
    Flag,
    /// A number with its bound: see [`super::amount::FORMS`].
    Amount,
    /// `Yes`, or `No("why")`.
    Chartable,
    /// Fields in brackets.
    Record {
        /// "Citation"
        what: &'static str,
        fields: &'static [FieldSpec],
    },
}

/// One word of a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyTerm {
    /// The name in the file.
    pub name: &'static str,
    /// The words on screen.
    pub label: &'static str,
    /// One line that explains the word.
    pub meaning: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of a list of fields and of the records inside it.
    fn count(fields: &[FieldSpec], of: &dyn Fn(&FieldType) -> bool) -> usize {
        let inside = |form: &FieldType| match form {
            FieldType::Record { fields, .. } => count(fields, of),
            _ => 0,
        };
        let each = fields
            .iter()
            .map(|f| usize::from(of(&f.field_type)) + inside(&f.field_type));
        each.sum()
    }

    #[test]
    fn every_record_type_has_one_id_and_choices_with_words() {
        for kind in RecordKind::ALL {
            assert_eq!(
                count(kind.fields(), &|f| matches!(f, FieldType::Id)),
                1,
                "{kind:?}"
            );
            let unexplained = |form: &FieldType| match form {
                FieldType::Vocabulary { terms: choices, .. } => choices
                    .iter()
                    .any(|c| c.label.is_empty() || c.meaning.is_empty()),
                _ => false,
            };
            assert_eq!(count(kind.fields(), &unexplained), 0, "{kind:?}");
        }
        let links = |form: &FieldType| matches!(form, FieldType::Link(RecordKind::Document));
        assert!(count(RecordKind::Commitment.fields(), &links) > 1);
    }
}
