//! The cues that hold for a register: its own of a kind, else the standard ones.

use linchpin_register::bundled;
use linchpin_register::vocabulary::CueKind;
use linchpin_register::{Cue, LoadedRegister, Register, load};
use std::sync::OnceLock;

/// The text of the standard cues, as it was read.
pub fn standard_cues() -> &'static LoadedRegister {
    static STANDARD: OnceLock<LoadedRegister> = OnceLock::new();
    STANDARD.get_or_init(|| load(bundled::CUES, Vec::new()))
}

/// The cues of a kind by which a register's texts are read.
pub fn cues_of_kind(register: &Register, kind: CueKind) -> impl Iterator<Item = &Cue> {
    let has_own = register.cues.iter().any(|cue| cue.kind == kind);
    let cues = match has_own {
        true => &register.cues,
        false => &standard_cues().register.cues,
    };
    cues.iter().filter(move |cue| cue.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_cues_are_sound_and_no_word_stands_twice_in_a_kind() {
        let loaded = standard_cues();
        assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
        let mut words: Vec<(&str, &str)> = Vec::new();
        for cue in &loaded.register.cues {
            words.extend(
                cue.words
                    .iter()
                    .map(|word| (cue.kind.label(), word.as_str())),
            );
        }
        words.sort_unstable();
        let twice: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
