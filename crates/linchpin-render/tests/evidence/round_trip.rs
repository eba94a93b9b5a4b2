//! Image → chart → image: the same bytes, for every chart and format.

use crate::registers::all;
use linchpin_charts::evidence::{EvidenceContainer, read};
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::query::{CountScope, CountingRule, VoiceScope};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::{Format, ImageError, Length, SvgText, Unit};

fn rules() -> [CountingRule; 2] {
    let strict = CountingRule {
        count: CountScope::Strict,
        voices: VoiceScope::Document,
    };
    [CountingRule::default(), strict]
}

#[test]
fn an_image_made_of_what_an_image_carries_is_the_same_image() {
    let mut studio = Studio::default();
    let odd = ImageOptions {
        size: "613.25 x 701.5 px".parse().unwrap(),
        margin: Some(Length::new(9.5, Unit::Px)),
        style: ImageStyle::Dark,
        transparent: true,
        dpi: 71.3,
        svg_text: SvgText::Real,
        created: Some(1_700_000_000),
        ..ImageOptions::default()
    };
    let usual = ImageOptions {
        style: ImageStyle::Print,
        grey: true,
        dpi: 96.0,
        created: None,
        ..ImageOptions::default()
    };
    for (name, loaded, all) in all() {
        for (chart, (rule, options)) in all.iter().flat_map(|chart| {
            let ways = rules().into_iter().zip([&usual, &odd]);
            ways.map(move |way| (chart, way))
        }) {
            for format in Format::ALL {
                let what = format!("{name} {} {format:?} {rule:?}", chart.id);
                // A chart that cannot be drawn has no image.
                if linchpin_charts::build(&loaded.register, chart, rule).is_err() {
                    let refused = studio.chart((&loaded, name), chart, rule, format, options);
                    assert!(matches!(refused, Err(ImageError::NotDrawn(_))), "{what}");
                    continue;
                }
                let made = |studio: &mut Studio, loaded, name, chart, rule, options| {
                    let image = studio.chart((loaded, name), chart, rule, format, options);
                    image.expect(&what).bytes
                };
                let first = made(&mut studio, &loaded, name, chart, rule, options);
                let (container, evidence) = read(&first).expect(&what);
                assert_eq!(container.name(), format.extension().to_uppercase());
                assert_eq!(evidence.register.name, name, "{what}");
                assert_eq!(
                    Some(evidence.register.sha256.as_str()),
                    loaded.register.sha256(),
                    "{what}"
                );
                assert_eq!(evidence.left_out, None, "{what}");
                let reopened = evidence.load_excerpt().expect(&what);
                let again = evidence.chart_in(&reopened.register).expect(&what);
                let carried = ImageOptions::carried(&evidence);
                assert_eq!(&carried, options, "{what}");
                let second = made(
                    &mut studio,
                    &reopened,
                    "other.ron",
                    again,
                    evidence.rule,
                    &carried,
                );
                assert!(first == second, "{what}: the bytes differ");
            }
        }
    }
}

#[test]
fn the_source_line_prints_the_fingerprint_that_the_image_carries() {
    let (_, loaded, all) = all().remove(0);
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, &all[0], CountingRule::default());
    let image = Studio::default()
        .chart(
            (&loaded, "a.ron"),
            &all[0],
            CountingRule::default(),
            Format::Svg,
            &ImageOptions::default(),
        )
        .unwrap();
    let (container, evidence) = read(&image.bytes).unwrap();
    assert_eq!(container, EvidenceContainer::Svg);
    let short = &evidence.register.sha256[..8];
    assert!(
        picture
            .source
            .contains(&format!("Register as of 22 November 2026 ({short}).")),
        "{}",
        picture.source
    );
    assert_eq!(evidence.alt, picture.description);
    assert!(evidence.citations.iter().any(|c| c.link.is_some()));
    assert!(evidence.chart.definition.starts_with('('));
}
