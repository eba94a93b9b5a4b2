//! Whatever the text and the phrase: nothing panics, what stands there is found, what was only set
//! in other type is found as that, and what has moved can be sent after.

use crate::desk::{checked, fixed, looked, only, register};
use linchpin_reading::VerificationOutcome;
use linchpin_register::codes;
use linchpin_text::prose::{
    PhraseFinder, PhraseMatch, Prose, closest_passage, find, find_all, find_normalized_phrase,
    normalize, sentences,
};

/// xorshift: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WORDS: &[&str] = &[
    "the",
    "two",
    "sides",
    "will",
    "to",
    "U.S.",
    "“we”",
    "ROK’s",
    "그룹",
    "양국은",
    "확장억제를",
    "28,500",
    "1.5%",
    "co\u{ad}operate",
    "(NCG)",
    "work—life",
    "re-use",
    "and",
    "the",
    "to",
    "‘so’",
    "café",
    "cafe\u{301}",
    "ﬁrm",
    "İstanbul",
    "Straße",
    "ΣΑΣ",
    "…",
    "–",
    "『문서』",
    "\u{1112}\u{1161}\u{11ab}",
    "\u{200b}x",
    "No.",
    "5",
    "③",
    "½",
];
const SPACES: &[&str] = &[" ", " ", " ", "  ", "\u{a0}", "\u{202f}", " \t", "\u{3000}"];
const BREAKS: &[&str] = &["\n", "\r\n", "\n\n", "\n \t\n", "\r\n\r\n"];

/// Paragraphs of words with the spaces between them. The last word of each is its number, so that
/// no two are alike.
fn paragraphs(random: &mut Random) -> Vec<Vec<String>> {
    let count = 1 + random.below(6);
    let paragraph = |random: &mut Random, number: usize| {
        let mut pieces = Vec::new();
        for _ in 0..1 + random.below(14) {
            pieces.push(random.one_of(WORDS).to_owned());
            pieces.push(random.one_of(SPACES).to_owned());
        }
        pieces.push(format!("p{number}q."));
        pieces
    };
    (0..count).map(|number| paragraph(random, number)).collect()
}

fn joined(paragraphs: &[Vec<String>], line_break: &str) -> String {
    let lines: Vec<String> = paragraphs.iter().map(|pieces| pieces.concat()).collect();
    lines.join(line_break)
}

/// Some words of a paragraph, as they stand there.
fn cut(pieces: &[String], random: &mut Random) -> String {
    let words = pieces.len().div_ceil(2);
    let first = random.below(words);
    let count = 1 + random.below((words - first).min(10));
    pieces[first * 2..(first + count) * 2 - 1].concat()
}

fn outcome(text: &str, paragraph: u32, phrase: &str) -> PhraseMatch {
    let (checked, _) = checked(&register("", &[(paragraph, phrase)], ""), text);
    match &checked[0].outcome {
        VerificationOutcome::Searched(found) => found.clone(),
        VerificationOutcome::NoText => panic!("no text"),
    }
}

/// The same words in other type.
fn reset(phrase: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in phrase.chars() {
        match c {
            '“' | '”' => out.push(['"', '„', '“'][random.below(3)]),
            '‘' | '’' => out.push(['\'', '’', '`'][random.below(3)]),
            '–' | '—' => out.push(['-', '―', '–'][random.below(3)]),
            '…' => out.push_str("..."),
            c if c.is_whitespace() => out.push_str(random.one_of(SPACES)),
            c if c.is_ascii_lowercase() && random.below(3) == 0 => out.push(c.to_ascii_uppercase()),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn a_phrase_cut_from_a_text_stands_there_and_in_other_type_as_well() {
    let mut other_type = 0;
    for seed in 1..=300 {
        let mut random = Random(seed * 0x9E37_79B9);
        let paragraphs = paragraphs(&mut random);
        let text = joined(&paragraphs, BREAKS[random.below(BREAKS.len())]);
        let index = random.below(paragraphs.len());
        let number = index as u32 + 1;
        let phrase = cut(&paragraphs[index], &mut random);
        if phrase.trim_matches(char::is_whitespace).is_empty() {
            continue;
        }
        let found = outcome(&text, number, &phrase);
        assert!(
            matches!(found, PhraseMatch::Exact(_)),
            "{seed}: {phrase:?} in {text:?}: {found:?}"
        );
        assert_eq!(&text[found.range().unwrap()], phrase.trim(), "{seed}");

        let reset = reset(&phrase, &mut random);
        let found = outcome(&text, number, &reset);
        // It may stand there letter for letter by chance.
        match &found {
            PhraseMatch::Normalized(range) => {
                other_type += 1;
                assert_eq!(
                    normalize(&text[range.clone()]).text,
                    normalize(&reset).text,
                    "{seed}"
                );
                let loaded = looked(&register("", &[(number, &reset)], ""), &text);
                let fixed = fixed(&loaded, only(&loaded));
                assert_eq!(
                    looked(&fixed, &text).diagnostics.to_vec(),
                    [],
                    "{seed}: {reset:?} in {text:?}"
                );
            }
            PhraseMatch::Exact(_) => assert!(text.contains(reset.trim()), "{seed}"),
            _ => panic!("{seed}: {reset:?} in {text:?}: {found:?}"),
        }
    }
    assert!(other_type > 150, "{other_type}");
}

#[test]
fn a_phrase_whose_paragraph_moves_is_sent_after() {
    let mut sent = 0;
    for seed in 1..=200 {
        let mut random = Random(seed * 0x51_7C_C1_B7);
        let mut paragraphs = paragraphs(&mut random);
        let index = random.below(paragraphs.len());
        // The last word makes the phrase the only one of its kind.
        let pieces = &paragraphs[index];
        let from = pieces.len() - (1 + 2 * random.below(3)).min(pieces.len());
        let phrase = pieces[from..].concat();
        let moved = paragraphs.remove(index);
        let to = random.below(paragraphs.len() + 1);
        paragraphs.insert(to, moved);
        let text = joined(&paragraphs, "\n");
        if to == index {
            continue;
        }
        let loaded = looked(&register("", &[(index as u32 + 1, &phrase)], ""), &text);
        let problem = only(&loaded);
        assert_eq!(problem.code, codes::PHRASE_MOVED, "{seed}");
        let fixed = fixed(&loaded, problem);
        assert!(fixed.contains(&format!("paragraph: {},", to + 1)), "{seed}");
        assert_eq!(
            looked(&fixed, &text).diagnostics.to_vec(),
            [],
            "{seed}: {phrase:?} in {text:?}"
        );
        sent += 1;
    }
    assert!(sent > 80, "{sent}");
}

#[test]
fn a_text_that_is_attached_again_gives_the_same_findings() {
    for seed in 1..=150 {
        let mut random = Random(seed * 0x2545_F491);
        let paragraphs = paragraphs(&mut random);
        let mut phrases = Vec::new();
        for _ in 0..4 {
            let index = random.below(paragraphs.len());
            let number = [index as u32 + 1, random.below(9) as u32, u32::MAX][random.below(3)];
            let phrase = cut(&paragraphs[index], &mut random);
            phrases.push((number, reset(&phrase, &mut random)));
        }
        phrases.push((1, "never said".into()));
        let phrases: Vec<(u32, &str)> = phrases.iter().map(|(n, p)| (*n, p.as_str())).collect();
        let register = register("", &phrases, "");
        let said = |text: &str| {
            let (checked, library) = checked(&register, text);
            let prose = library.prose("d").unwrap();
            let places = checked.iter().map(|one| {
                let VerificationOutcome::Searched(found) = &one.outcome else {
                    panic!("no text")
                };
                let range = found.range();
                let start = range.clone().and_then(|range| {
                    let number = prose.paragraph_at(range.start)?;
                    Some((number, range.start - prose.span(number)?.start))
                });
                let words = range.map(|range| prose.text()[range].to_owned());
                (std::mem::discriminant(found), start, words)
            });
            places.collect::<Vec<_>>()
        };
        let first = said(&joined(&paragraphs, "\n"));
        for line_break in BREAKS {
            let again = joined(&paragraphs, line_break);
            assert_eq!(said(&again), first, "{seed}: {line_break:?}");
            assert_eq!(said(&format!("\u{feff}\n {again} \r\n\n")), first, "{seed}");
        }
    }
}

#[test]
fn nothing_panics_whatever_is_looked_for() {
    let bits = [
        "\u{301}",
        "\u{1161}",
        "\u{feff}",
        "\r",
        "\n",
        "\0",
        "\u{202e}",
        "👩‍👩‍👧",
        "ﷺ",
        "‥",
        "´",
        "″",
        "‗",
        "\u{2028}",
        "\"",
        ",",
        ".",
        "1",
        "가",
        "a",
        " ",
    ];
    for seed in 1..=400 {
        let mut random = Random(seed * 0xD134_2543);
        let mess = |random: &mut Random| -> String {
            let count = random.below(40);
            let piece = |random: &mut Random| match random.below(2) {
                0 => random.one_of(&bits).to_owned(),
                _ => random.one_of(WORDS).to_owned(),
            };
            (0..count).map(|_| piece(random)).collect()
        };
        let (text, phrase) = (mess(&mut random), mess(&mut random));
        let prose = Prose::new(text.as_str());
        let mut finder = PhraseFinder::new(&prose);
        let numbers = [
            Some(0),
            Some(1),
            Some(2),
            Some(prose.len()),
            Some(u32::MAX),
            None,
        ];
        for (phrase, number) in [&phrase, &text, "", "a", "가 "]
            .iter()
            .flat_map(|p| numbers.map(|n| (*p, n)))
        {
            let found = find(&prose, number, phrase);
            assert_eq!(
                finder.find(number, phrase),
                found,
                "{seed}: {phrase:?} in {text:?}"
            );
            if let Some(range) = found.range() {
                assert!(
                    text.get(range.clone())
                        .is_some_and(|words| !words.is_empty()),
                    "{seed}: {phrase:?} in {text:?}: {range:?}"
                );
                let span = prose.paragraph_at(range.start).and_then(|n| prose.span(n));
                assert!(
                    span.is_some_and(|span| range.end <= span.end),
                    "{seed}: {phrase:?} in {text:?}"
                );
            }
            for range in find_all(&prose, phrase)
                .0
                .into_iter()
                .chain(find_normalized_phrase(&text, phrase))
                .chain(closest_passage(&text, phrase))
            {
                assert!(text.get(range).is_some(), "{seed}: {phrase:?} in {text:?}");
            }
        }
        for (_, paragraph) in prose.paragraphs() {
            for range in sentences(paragraph) {
                assert!(paragraph.get(range).is_some(), "{seed}: {paragraph:?}");
            }
        }
    }
}
