//! Every mark as it looked when it was last looked at: in light, dark and print, compared as an eye
//! compares.
//!
//! `LINCHPIN_BLESS=1 cargo test --test export reference` keeps the images anew; look at those that
//! have changed.

use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, load};
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use std::path::{Path, PathBuf};

/// A chart of each mark, of a register in which every name is invented.
pub const MARKS: [(&str, &str); 16] = [
    (
        "bars",
        "records: [Commitments], mark: Bar, y: (field: \"themes\")",
    ),
    (
        "stacked",
        "records: [Commitments], mark: Bar, y: (field: \"themes\"), color: (field: \"strength\")",
    ),
    (
        "columns",
        "records: [Commitments], mark: Bar, x: (field: \"mode\"), color: (field: \"priority\", \
        missing: \"None\"), annotations: [(text: \"Few\", x: \"Practice\")]",
    ),
    (
        "grouped",
        "records: [Commitments], mark: Bar, y: (field: \"mode\"), color: (field: \"priority\", \
        missing: \"None\"), arrangement: Grouped",
    ),
    (
        "shares",
        "records: [Commitments], mark: Bar, y: (field: \"priority\", missing: \"None\"), color: \
        (field: \"strength\"), arrangement: Share",
    ),
    (
        "figures",
        "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\"), facet: \
        (field: \"unit\")",
    ),
    (
        "dots",
        "records: [Figures], mark: Dot, x: (field: \"amount\", scale: Log), y: (field: \"title\"), \
        filter: [(field: \"unit\", is: [\"people\"])]",
    ),
    (
        "ranges",
        "records: [Figures], mark: Range, x: (field: \"amount\"), y: (field: \"title\"), filter: \
        [(field: \"unit\", is: [\"people\"])]",
    ),
    (
        "line",
        "records: [Events], mark: Line, x: (field: \"date\"), lines: [(axis: X, at: \"2020-06\", \
        label: \"Half-way\")]",
    ),
    (
        "steps",
        "records: [Events], mark: Step, x: (field: \"date\")",
    ),
    ("timeline", "records: [Events, Documents], mark: Timeline"),
    (
        "matrix",
        "records: [Commitments], mark: Matrix, x: (field: \"bodies\"), y: (field: \"themes\")",
    ),
    (
        "waffle",
        "records: [Figures], mark: Waffle, x: (field: \"amount\"), y: (field: \"title\"), filter: \
        [(field: \"unit\", is: [\"people\"])]",
    ),
    (
        "network",
        "records: [Commitments, Bodies, Themes, Priorities], mark: Network",
    ),
    (
        "table",
        "records: [Figures], mark: Table, columns: [\"title\", \"amount\", \"unit\"]",
    ),
    (
        "multiples",
        "records: [Commitments], mark: Bar, y: (field: \"mode\"), facet: (field: \"priority\", \
        missing: \"None\")",
    ),
];

/// Charts in a register of their own: the line of sources of an image names the register by what
/// stands in it, so that a chart more changes all of them.
pub const PROMISES: [(&str, &str); 3] = [
    (
        "dumbbell",
        "records: [Commitments], mark: Dumbbell, y: (field: \"themes\"), color: (field: \"mode\")",
    ),
    (
        "bullet",
        "records: [Commitments], mark: Bullet, x: (aggregate: Count, derive: (how: Ratio, of: \
        [(field: \"mode\", is: [\"FutureAction\"])], by: [(field: \"mode\", is: [\"FutureAction\", \
        \"Practice\"])])), y: (field: \"themes\")",
    ),
    (
        "shares-of-total",
        "records: [Commitments], mark: Bar, x: (aggregate: Count, derive: (how: ShareOfTotal)), y: \
        (field: \"mode\")",
    ),
];

/// How far two images may be apart: the mean difference of their colors (OKLab, 0 to 1), and the
/// share of places that look different.
const MEAN: f32 = 0.0015;
const SHARE: f32 = 0.002;

fn register() -> LoadedRegister {
    register_of(include_str!("../charts/grammar.ron"))
}

/// A register with these charts.
pub fn register_of(text: &str) -> LoadedRegister {
    register_with(text, &MARKS)
}

/// The same with others.
pub fn register_with(text: &str, charts: &[(&str, &str)]) -> LoadedRegister {
    let charts: Vec<String> = charts
        .iter()
        .map(|(id, fields)| format!("(id: \"{id}\", title: \"{id}\", {fields}),"))
        .collect();
    let list = format!("charts: [{}],", charts.join("\n"));
    load(text.replace("// charts", &list).as_str(), Vec::new())
}

fn kept(id: &str, style: ImageStyle) -> PathBuf {
    let name = format!("{id}-{}.png", style.label());
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(name)
}

#[test]
fn every_mark_looks_as_it_did() {
    let promises = register_with(include_str!("../charts/grammar.ron"), &PROMISES);
    let registers = [register(), promises];
    for loaded in &registers {
        assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
    }
    let bless = std::env::var_os("LINCHPIN_BLESS").is_some();
    let mut studio = Studio::default();
    let mut faults = Vec::new();
    for style in [ImageStyle::Light, ImageStyle::Dark, ImageStyle::Print] {
        let options = ImageOptions {
            style,
            dpi: 96.0,
            created: None,
            ..ImageOptions::of_size("480 px").unwrap()
        };
        let charts = registers.iter().flat_map(|loaded| {
            let charts = linchpin_charts::charts_of(&loaded.register);
            charts.iter().map(move |chart| (loaded, chart))
        });
        for (loaded, chart) in charts {
            let rule = CountingRule::default();
            let picture = linchpin_charts::build(&loaded.register, chart, rule);
            let picture = picture.unwrap_or_else(|error| panic!("{}: {error:?}", chart.id));
            let image = studio.image(&picture, Format::Png, &options).unwrap();
            let path = kept(chart.id.as_str(), style);
            if bless {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                let near = std::fs::read(&path)
                    .ok()
                    .and_then(|then| apart(&then, &image.bytes));
                // What an eye cannot tell apart stays as it was kept.
                if near.is_none_or(|(mean, share)| mean > MEAN || share > SHARE) {
                    std::fs::write(&path, &image.bytes).unwrap();
                }
            }
            let then = std::fs::read(&path).unwrap_or_default();
            match apart(&then, &image.bytes) {
                Some((mean, share)) if mean <= MEAN && share <= SHARE => {}
                Some((mean, share)) => faults.push(format!(
                    "{}: {mean:.4} apart on average, {:.2} % of it looks different",
                    path.display(),
                    share * 100.0
                )),
                None => faults.push(format!("{}: not there, or of another size", path.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn apart(then: &[u8], now: &[u8]) -> Option<(f32, f32)> {
    distance(&Seen::read(then)?, &Seen::read(now)?)
}

#[test]
fn the_measure_sees_what_an_eye_sees() {
    let loaded = register();
    let mut studio = Studio::default();
    let mut image = |fields: &str, style| {
        let text = include_str!("../charts/grammar.ron");
        let list = format!(
            "charts: [(id: \"c\", title: \"One\", records: [Commitments], mark: Bar, {fields})],"
        );
        let loaded = load(text.replace("// charts", &list).as_str(), Vec::new());
        let picture = linchpin_charts::build_or_explain(
            &loaded.register,
            &loaded.register.charts[0],
            CountingRule::default(),
        );
        let options = ImageOptions {
            style,
            dpi: 96.0,
            created: None,
            ..ImageOptions::of_size("480 px").unwrap()
        };
        studio.image(&picture, Format::Png, &options).unwrap().bytes
    };
    let one = image("y: (field: \"themes\")", ImageStyle::Light);
    let sees = |other: &[u8]| match apart(&one, other) {
        Some((mean, share)) => mean > MEAN || share > SHARE,
        None => true,
    };
    assert!(!sees(&one));
    // Another order of the bars, another ink.
    let sorted = "y: (field: \"themes\"), sort: (by: Name)";
    assert!(sees(&image(sorted, ImageStyle::Light)));
    assert!(sees(&image("y: (field: \"themes\")", ImageStyle::Print)));
    assert!(!loaded.is_broken);
}

/// An image as an eye has it, by OKLab, with neighboring pixels taken together, so that an edge
/// that is smoothed otherwise is no difference (Björn Ottosson, "A perceptual color space for image
/// processing", 2020): places of two by two pixels, each as lightness and two colors.
struct Seen {
    width: usize,
    height: usize,
    places: Vec<[f32; 3]>,
}

/// A difference of colors that is seen at once.
const SEEN: f32 = 0.06;

impl Seen {
    /// `None` where the bytes are no PNG of 8 bits.
    fn read(bytes: &[u8]) -> Option<Seen> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().ok()?;
        let mut pixels = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut pixels).ok()?;
        let channels = info.color_type.samples();
        let (width, height) = (info.width as usize, info.height as usize);
        let light = |x: usize, y: usize, channel: usize| {
            let at = (y.min(height - 1) * width + x.min(width - 1)) * channels;
            let value = pixels[at + if channels < 3 { 0 } else { channel }];
            let value = f32::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let (wide, high) = (width.div_ceil(2), height.div_ceil(2));
        let mut places = Vec::with_capacity(wide * high);
        for y in 0..high {
            for x in 0..wide {
                let [r, g, b] = [0, 1, 2].map(|channel| {
                    let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
                    let sum: f32 = four
                        .iter()
                        .map(|(i, j)| light(2 * x + i, 2 * y + j, channel))
                        .sum();
                    sum / 4.0
                });
                places.push(oklab(r, g, b));
            }
        }
        Some(Seen {
            width,
            height,
            places,
        })
    }
}

fn oklab(r: f32, g: f32, b: f32) -> [f32; 3] {
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// The mean difference of two images, and the share of places that look different. `None` where
/// their sizes differ.
fn distance(a: &Seen, b: &Seen) -> Option<(f32, f32)> {
    if (a.width, a.height) != (b.width, b.height) {
        return None;
    }
    let apart = |(a, b): (&[f32; 3], &[f32; 3])| {
        let square: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
        square.sqrt()
    };
    let all: Vec<f32> = a.places.iter().zip(&b.places).map(apart).collect();
    let seen = all.iter().filter(|apart| **apart > SEEN).count();
    let count = all.len().max(1) as f32;
    Some((all.iter().sum::<f32>() / count, seen as f32 / count))
}
