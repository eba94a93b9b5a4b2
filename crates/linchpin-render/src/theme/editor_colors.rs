//! Colors of a text as it is written: the file in the editor.

use super::palette::rgb;
use egui::{Color32, Ui};

/// Colors of the editor by role.
#[derive(Debug)]
pub struct EditorColors {
    /// Comments.
    pub comment: Color32,
    /// Text in quotation marks.
    pub string: Color32,
    /// Numbers.
    pub number: Color32,
    /// Values without quotation marks, names of records.
    pub identifier: Color32,
    /// Names of fields.
    pub field_name: Color32,
    /// Brackets and punctuation.
    pub bracket: Color32,
    /// Behind the line with the cursor.
    pub current_line: Color32,
    /// Behind what is selected.
    pub selection: Color32,
    /// Behind every place that is found.
    pub search_hit: Color32,
    /// Behind two brackets that belong together.
    pub matching_bracket: Color32,
    /// Lines that show how deep something stands.
    pub indent_guide: Color32,
}

/// In light.
pub static LIGHT: EditorColors = EditorColors {
    comment: rgb(0x59616B),
    string: rgb(0x17613A),
    number: rgb(0x7A2E8E),
    identifier: rgb(0x8F3A00),
    field_name: rgb(0x0B4F96),
    bracket: rgb(0x3B434D),
    current_line: rgb(0xF3F6F9),
    selection: rgb(0xCDE2F9),
    search_hit: rgb(0xFFE69A),
    matching_bracket: rgb(0xD5DBE2),
    indent_guide: rgb(0xE3E7EB),
};

/// In dark.
pub static DARK: EditorColors = EditorColors {
    comment: rgb(0xA4ACB7),
    string: rgb(0x8FD6A6),
    number: rgb(0xDDA6EA),
    identifier: rgb(0xF0B27A),
    field_name: rgb(0x8CC4F7),
    bracket: rgb(0xC5CCD5),
    current_line: rgb(0x1B2026),
    selection: rgb(0x1F4166),
    search_hit: rgb(0x4A3D10),
    matching_bracket: rgb(0x3A424C),
    indent_guide: rgb(0x272C33),
};

/// The colors for a ui.
pub fn editor_colors(ui: &Ui) -> &'static EditorColors {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::contrast;
    use super::*;

    #[test]
    fn code_reads_on_every_ground() {
        for (code, dark) in [(&LIGHT, false), (&DARK, true)] {
            let p = crate::theme::palette_for(dark);
            let backgrounds = [
                p.background,
                code.current_line,
                code.selection,
                code.search_hit,
            ];
            for background in backgrounds {
                for color in [
                    p.text,
                    code.comment,
                    code.string,
                    code.number,
                    code.identifier,
                    code.field_name,
                    code.bracket,
                ] {
                    let found = contrast(color, background);
                    assert!(found >= 4.5, "{color:?} on {background:?}: {found}");
                }
            }
            assert!(contrast(code.bracket, code.matching_bracket) >= 4.5);
        }
    }
}
