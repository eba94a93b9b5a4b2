//! The same bytes on every machine: the images of the shipped charts, and their reports, against
//! kept fingerprints.
//!
//! They change when a chart, the register, a painter or a writer changes, and then
//! `LINCHPIN_BLESS=1 cargo test --test export` keeps the new ones: a look at which lines have
//! changed says which images did. The version of the program stands in every file; the fingerprints
//! name the version that they are of, so that a new version asks to be blessed in words of its own.

use crate::report::write;
use linchpin_register::bundled;
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, load};
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::ReportFormat;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

const KEPT: &str = "tests/export/hashes.txt";

fn loaded() -> LoadedRegister {
    load(bundled::ALLIANCE_TEXT, Vec::new())
}

/// Fixed, whatever is usual.
fn options(style: ImageStyle) -> ImageOptions {
    ImageOptions {
        style,
        dpi: 96.0,
        created: None,
        ..ImageOptions::default()
    }
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The fingerprints of all images, by their names.
fn images(studio: &mut Studio) -> BTreeMap<String, String> {
    let loaded = loaded();
    let mut all = BTreeMap::new();
    for chart in linchpin_charts::charts_of(&loaded.register) {
        for format in Format::ALL {
            for style in [ImageStyle::Light, ImageStyle::Print] {
                let image = studio.chart(
                    (&loaded, bundled::ALLIANCE_NAME),
                    chart,
                    CountingRule::default(),
                    format,
                    &options(style),
                );
                let name = format!("{} {} {}", chart.id, style.label(), format.extension());
                all.insert(name, hash(&image.unwrap().bytes));
            }
        }
    }
    all
}

#[test]
fn the_shipped_charts_have_the_bytes_that_were_kept() {
    let mut studio = Studio::default();
    let mut all = images(&mut studio);
    assert!(all == images(&mut studio), "twice by the same studio");
    assert!(all == images(&mut Studio::default()), "by another studio");

    let register = loaded().register;
    for format in ReportFormat::ALL {
        let bytes = write(&register, format);
        assert!(bytes == write(&register, format), "a report, twice");
        all.insert(format!("report {}", format.extension()), hash(&bytes));
    }
    let version = concat!("Linchpin ", env!("CARGO_PKG_VERSION"));
    let lines = all.iter().map(|(name, hash)| format!("{hash}  {name}\n"));
    let found = format!("{version}\n{}", lines.collect::<String>());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        kept.lines().next(),
        Some(version),
        "{KEPT} is of another version: LINCHPIN_BLESS=1 cargo test --test export"
    );
    let changed: Vec<&str> = found
        .lines()
        .filter(|line| !kept.lines().any(|k| k == *line))
        .collect();
    let gone = kept.lines().count().saturating_sub(found.lines().count());
    assert!(
        changed.is_empty() && gone == 0,
        "these have other bytes than those kept in {KEPT}, \
        and {gone} are gone. Where that is meant: \
         LINCHPIN_BLESS=1 cargo test --test export\n{}",
        changed.join("\n")
    );
}
