//! Whose words stand in quotation marks.

use super::lexicon::CueLexicon;
use super::tokenizer::tokenize_words;
use linchpin_register::vocabulary::PartyKind;
use linchpin_register::{RecordKind, Register};
use linchpin_text::prose::Prose;

/// Whether a byte of the text stands in quotation marks that opened in its paragraph.
pub(super) fn is_in_quotation(prose: &Prose, paragraph: u32, byte: usize) -> bool {
    let Some(span) = prose.span(paragraph) else {
        return false;
    };
    let before = prose.text().get(span.start..byte).unwrap_or_default();
    let mut open = false;
    for mark in before.chars() {
        match mark {
            '“' | '「' | '『' => open = true,
            '”' | '」' | '』' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open || prose
        .text()
        .get(byte..)
        .is_some_and(|rest| rest.starts_with(['“', '「', '『']))
}

/// Who is quoted in a paragraph: the person named in it outside of quotation marks, else in the one
/// before it. The place in the list of parties.
pub(super) fn quoted_speaker(
    register: &Register,
    lexicon: &CueLexicon<'_>,
    prose: &Prose,
    paragraph: u32,
) -> Option<u32> {
    let own = last_named_person(register, lexicon, prose, paragraph);
    own.or_else(|| last_named_person(register, lexicon, prose, paragraph.checked_sub(1)?))
}

fn last_named_person(
    register: &Register,
    lexicon: &CueLexicon<'_>,
    prose: &Prose,
    paragraph: u32,
) -> Option<u32> {
    let span = prose.span(paragraph)?;
    let all = tokenize_words(prose.paragraph(paragraph)?);
    let named = lexicon.names.find_names(&all);
    let is_person = |at: u32| {
        let party = register
            .parties
            .get(usize::try_from(at).unwrap_or(usize::MAX));
        party.is_some_and(|party| party.kind == PartyKind::Person)
    };
    let mut people = named.iter().filter(|name| {
        let byte = all
            .get(name.words.start)
            .map_or(0, |word| span.start + word.range.start);
        name.record.kind == RecordKind::Party
            && is_person(name.record.index)
            && !is_in_quotation(prose, paragraph, byte)
    });
    Some(people.next_back()?.record.index)
}
