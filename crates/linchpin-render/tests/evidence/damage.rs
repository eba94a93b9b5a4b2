//! Damaged, foreign and hostile files end in words.

use crate::registers::folder;
use linchpin_charts::evidence::read::MAX_UNPACKED_BYTES;
use linchpin_charts::evidence::{EvidenceContainer, EvidenceError, read};
use linchpin_register::query::CountingRule;
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};

fn images() -> Vec<Vec<u8>> {
    let loaded = folder();
    let chart = &linchpin_charts::charts_of(&loaded.register)[1];
    let mut studio = Studio::default();
    let options = ImageOptions {
        dpi: 48.0,
        ..ImageOptions::of_size("300 px").unwrap()
    };
    let images = Format::ALL.map(|format| {
        let rule = CountingRule::default();
        let image = studio.chart((&loaded, "folder"), chart, rule, format, &options);
        image.unwrap().bytes
    });
    images.into()
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end.max(1)
    }
}

#[test]
fn damaged_images_never_panic() {
    let mut chance = Chance(7);
    let (mut sound, mut refused) = (0, 0);
    for image in images() {
        let (_, whole) = read(&image).unwrap();
        for _ in 0..400 {
            let mut bent = image.clone();
            for _ in 0..=chance.below(3) {
                let at = chance.below(bent.len());
                match chance.below(5) {
                    0 => bent.truncate(at),
                    1 => bent[at] = chance.below(256) as u8,
                    2 => bent[at] ^= 1 << chance.below(8),
                    3 => drop(
                        bent.drain(
                            at..(at + chance.below(200))
                                .min(image.len())
                                .min(bent.len())
                                .max(at),
                        ),
                    ),
                    _ => {
                        let from = chance.below(image.len());
                        let piece = &image[from..(from + chance.below(200)).min(image.len())];
                        bent.splice(at..at, piece.iter().copied());
                    }
                }
                if bent.is_empty() {
                    bent.push(0);
                }
            }
            match read(&bent) {
                Ok((_, evidence)) => {
                    // Whatever was read can be opened.
                    sound += 1;
                    if evidence != whole
                        && let Some(loaded) = evidence.load_excerpt()
                        && let Some(chart) = evidence.chart_in(&loaded.register)
                    {
                        linchpin_charts::build_or_explain(&loaded.register, chart, evidence.rule);
                    }
                }
                Err(why) => {
                    refused += 1;
                    assert!(!why.to_string().is_empty());
                }
            }
        }
    }
    assert!(sound > 50 && refused > 50, "{sound} {refused}");
}

#[test]
fn foreign_files_say_what_they_are() {
    for bytes in [
        &b""[..],
        b"GIF89a",
        b"(format: 1)",
        b"<html><body>",
        b"\xff\xd8\xff",
    ] {
        assert_eq!(read(bytes), Err(EvidenceError::UnknownFormat));
    }
    assert_eq!(
        read(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        Err(EvidenceError::NoEvidence(EvidenceContainer::Svg))
    );
    assert_eq!(
        read(b"%PDF-1.7\n%%EOF"),
        Err(EvidenceError::NoEvidence(EvidenceContainer::Pdf))
    );
    let icon = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../assets/icon.png"
    ))
    .unwrap();
    assert_eq!(
        read(&icon),
        Err(EvidenceError::NoEvidence(EvidenceContainer::Png))
    );
    assert!(matches!(
        read(&icon[..icon.len() / 2]),
        Err(EvidenceError::Damaged(EvidenceContainer::Png, _))
    ));
    let newer = "<svg><metadata><evidence \
        xmlns=\"urn:linchpin:evidence:1\">{\"linchpin\":2}</evidence></metadata></svg>";
    assert_eq!(read(newer.as_bytes()), Err(EvidenceError::NewerVersion(2)));
    let empty = newer.replace("{\"linchpin\":2}", "{\"linchpin\":1}");
    assert!(matches!(
        read(empty.as_bytes()),
        Err(EvidenceError::Damaged(EvidenceContainer::Svg, _))
    ));
}

/// Zeros without end, packed by hand: blocks of one code, each 258 zeros a bit or two.
fn bomb(bytes: usize) -> Vec<u8> {
    // A fixed code: a zero (00110000), then "258 back by one" (11000101, 5 bits of distance 00000)
    // again and again.
    let mut bits: Vec<bool> = vec![true, true, false];
    bits.extend("00110000".chars().map(|c| c == '1'));
    for _ in 0..bytes / 258 + 2 {
        bits.extend("1100010100000".chars().map(|c| c == '1'));
    }
    bits.extend([false; 7]);
    let mut out = vec![0x78, 0x9c];
    for eight in bits.chunks(8) {
        out.push(
            eight
                .iter()
                .enumerate()
                .map(|(i, b)| u8::from(*b) << i)
                .sum(),
        );
    }
    out
}

#[test]
fn what_becomes_too_large_is_not_unpacked() {
    let bomb = bomb(MAX_UNPACKED_BYTES + MAX_UNPACKED_BYTES / 10);
    assert!(bomb.len() < MAX_UNPACKED_BYTES / 100);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let chunk = [&b"linchpin\0\x01\0\0\0"[..], &bomb].concat();
    png.extend((chunk.len() as u32).to_be_bytes());
    png.extend(b"iTXt");
    png.extend(&chunk);
    assert_eq!(
        read(&png),
        Err(EvidenceError::TooLarge(EvidenceContainer::Png))
    );
    let pdf = [
        b"%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode/Length 9>>\nstream\n",
        &bomb[..],
        b"\nendstream",
    ]
    .concat();
    assert_eq!(
        read(&pdf),
        Err(EvidenceError::TooLarge(EvidenceContainer::Pdf))
    );
    // Brackets without end.
    let deep = format!(
        "<svg><!--urn:linchpin:evidence:1-->{}",
        "<g>".repeat(1_000_000)
    );
    assert!(read(deep.as_bytes()).is_err());
    let brackets = format!(
        "<svg><evidence \
        xmlns=\"urn:linchpin:evidence:1\">{{\"linchpin\":1,\"image\":{}</evidence></svg>",
        "[".repeat(1_000_000)
    );
    assert!(read(brackets.as_bytes()).is_err());
}
