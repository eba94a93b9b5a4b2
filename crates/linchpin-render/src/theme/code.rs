//! Colors of a text as it is written: the file in the editor.

use super::rgb;
use egui::{Color32, Ui};

/// Colors of the editor by role.
#[derive(Debug)]
pub struct Code {
    pub comment: Color32,
    /// Text in quotation marks.
    pub text: Color32,
    pub number: Color32,
    /// Values without quotation marks, names of records.
    pub word: Color32,
    /// Names of fields.
    pub field: Color32,
    pub bracket: Color32,
    /// Behind the line with the cursor.
    pub line: Color32,
    /// Behind what is selected.
    pub selection: Color32,
    /// Behind every place that is found.
    pub found: Color32,
    /// Behind two brackets that belong together.
    pub pair: Color32,
    /// Lines that show how deep something stands.
    pub guide: Color32,
}

/// In light.
pub static LIGHT: Code = Code {
    comment: rgb(0x59616B),
    text: rgb(0x17613A),
    number: rgb(0x7A2E8E),
    word: rgb(0x8F3A00),
    field: rgb(0x0B4F96),
    bracket: rgb(0x3B434D),
    line: rgb(0xF3F6F9),
    selection: rgb(0xCDE2F9),
    found: rgb(0xFFE69A),
    pair: rgb(0xD5DBE2),
    guide: rgb(0xE3E7EB),
};

/// In dark.
pub static DARK: Code = Code {
    comment: rgb(0xA4ACB7),
    text: rgb(0x8FD6A6),
    number: rgb(0xDDA6EA),
    word: rgb(0xF0B27A),
    field: rgb(0x8CC4F7),
    bracket: rgb(0xC5CCD5),
    line: rgb(0x1B2026),
    selection: rgb(0x1F4166),
    found: rgb(0x4A3D10),
    pair: rgb(0x3A424C),
    guide: rgb(0x272C33),
};

/// The colors for a ui.
pub fn of(ui: &Ui) -> &'static Code {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::super::{contrast, palette};
    use super::*;

    #[test]
    fn code_reads_on_every_ground() {
        for (code, dark) in [(&LIGHT, false), (&DARK, true)] {
            let p = palette(dark);
            let grounds = [p.background, code.line, code.selection, code.found];
            for ground in grounds {
                for ink in [
                    p.text,
                    code.comment,
                    code.text,
                    code.number,
                    code.word,
                    code.field,
                    code.bracket,
                ] {
                    let found = contrast(ink, ground);
                    assert!(found >= 4.5, "{ink:?} on {ground:?}: {found}");
                }
            }
            assert!(contrast(code.bracket, code.pair) >= 4.5);
        }
    }
}
