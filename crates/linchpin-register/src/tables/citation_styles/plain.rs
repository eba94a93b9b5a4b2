//! One line of plain text.

use super::super::formatting;
use super::{CitationStyle, CitedSource};

pub static STYLE: CitationStyle = CitationStyle {
    id: "plain",
    label: "Plain text",
    help: "One line for a brief or an email: who, what, when, where, the words, the address",
    write,
};

fn write(cited: &CitedSource<'_>) -> String {
    let speaker = cited.speaker.map(|(name, voice)| {
        let voice = voice.label().replace(" person", "");
        format!("{voice} by {name}")
    });
    let place = (cited.paragraph, speaker, cited.phrase);
    let url = cited.url();
    formatting::citation_line(cited.register, cited.document, place, url.as_deref())
}
