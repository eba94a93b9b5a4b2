//! One line of plain text.

use super::super::words;
use super::{Cited, Style};

pub static STYLE: Style = Style {
    id: "plain",
    label: "Plain text",
    help: "One line for a brief or an email: who, what, when, where, the words, the address",
    write,
};

fn write(cited: &Cited<'_>) -> String {
    let speaker = cited.speaker.map(|(name, voice)| {
        let voice = voice.label().replace(" person", "");
        format!("{voice} by {name}")
    });
    let place = (cited.paragraph, speaker, cited.phrase);
    let url = cited.url();
    words::line(cited.register, cited.document, place, url.as_deref())
}
