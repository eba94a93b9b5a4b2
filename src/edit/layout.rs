//! The house layout of a register: fields in the order in which they are documented, one a line, a blank line between records.

use crate::register::declare::FieldSpec;
use crate::register::{Form, ROOT_FIELDS, RecordKind};
use crate::ron_text::{House, LineBreaks, NotLaidOut, lay_out};

/// The text of a register, or of one file of a register, in the house layout.
///
/// Values, comments, line ends and the meaning stay as they are; what comes out is checked before it is returned.
///
/// # Errors
/// Where the text breaks the rules of RON: nothing is guessed. Problems of other kinds do not matter.
pub fn laid_out(text: &str) -> Result<String, NotLaidOut> {
    lay_out(text, &Register)
}

/// Records that always stand on one line, by what they are.
const ONE_LINE: &[&str] = &["Citation"];

struct Register;

#[derive(Clone, Copy)]
enum Place {
    /// The register itself.
    Whole,
    /// A list of records, and each of them.
    Records(RecordKind),
    /// A record inside a record, or a list of such.
    Inner(&'static str, &'static [FieldSpec]),
    Elsewhere,
}

impl House for Register {
    type Place = Place;

    fn root(&self) -> Place {
        Place::Whole
    }

    fn elsewhere(&self) -> Place {
        Place::Elsewhere
    }

    fn field(&self, of: Place, name: &str) -> Option<(usize, Place)> {
        let fields = match of {
            Place::Whole => return root_field(name),
            Place::Records(kind) => kind.fields(),
            Place::Inner(_, fields) => fields,
            Place::Elsewhere => return None,
        };
        let number = fields.iter().position(|field| field.name == name)?;
        let place = match fields.get(number)?.form {
            Form::Record { what, fields } => Place::Inner(what, fields),
            _ => Place::Elsewhere,
        };
        Some((number, place))
    }

    fn list(&self, place: Place) -> LineBreaks {
        match place {
            Place::Records(_) => LineBreaks::Apart,
            _ => LineBreaks::Fitting,
        }
    }

    fn record(&self, place: Place) -> LineBreaks {
        match place {
            Place::Whole | Place::Records(_) => LineBreaks::Each,
            Place::Inner(what, _) if ONE_LINE.contains(&what) => LineBreaks::One,
            _ => LineBreaks::Fitting,
        }
    }
}

fn root_field(name: &str) -> Option<(usize, Place)> {
    let number = ROOT_FIELDS.iter().position(|field| *field == name)?;
    let kind = RecordKind::ALL.iter().find(|kind| kind.list() == name);
    let place = kind.map_or(Place::Elsewhere, |kind| Place::Records(*kind));
    Some((number, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_have_the_house_layout() {
        for text in [
            include_str!("../../data/us-rok-alliance.ron"),
            include_str!("../../data/new-register.ron"),
        ] {
            assert_eq!(laid_out(text).as_deref(), Ok(text));
        }
    }
}
