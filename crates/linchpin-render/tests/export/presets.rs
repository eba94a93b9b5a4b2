//! Every mark at every size that has a name: no two lines of text touch, and none leaves the image.

use crate::reference::{MARKS, PROMISES, register_of, register_with};
use linchpin_register::query::CountingRule;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::{ImageError, PRESETS, Primitive, Scene};

/// Titles and names that no layout was made for.
pub fn nasty(text: &str) -> String {
    text.replace(
        "name: \"Apple\"",
        "name: \"확장억제전략협의체의 정례 협의와 \
            연합연습의 확대에 관한 공동의 노력\"",
    )
    .replace(
        "name: \"Zebra\"",
        "name: \"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk\
            bauunterbeamtengesellschaft\"",
    )
    .replace(
        "title: \"Troops\"",
        "title: \"Service personnel of every branch who are \
            stationed, deployed, or on their way, as of the day on which the statement was \
            adopted\"",
    )
    .replace(
        "title: \"Middle\"",
        "title: \"A meeting with a name so long that nobody would \
            write it on one line of any timeline\"",
    )
}

/// Texts whose letters touch another's, or that leave the image.
fn faults(scene: &Scene) -> Vec<String> {
    let mut out = Vec::new();
    let texts: Vec<_> = scene
        .items
        .iter()
        .filter_map(|item| match &item.primitive {
            Primitive::Text(run) if !run.text.trim().is_empty() => {
                Some((run.text.clone(), item.bounds))
            }
            _ => None,
        })
        .collect();
    let page = egui::Rect::from_min_size(egui::Pos2::ZERO, scene.size_pt).expand(0.5);
    for (at, (text, bounds)) in texts.iter().enumerate() {
        if !page.contains_rect(*bounds) {
            out.push(format!("“{text}” leaves the image: {bounds:?}"));
        }
        for (other, others) in &texts[at + 1..] {
            // A name and its dates stand on one line, one after the other.
            let goes_on = text.ends_with(' ') && bounds.y_range() == others.y_range();
            let common = bounds.intersect(*others);
            // Bounds are those of lines, whose ascenders and descenders may share a little.
            let least = bounds.height().min(others.height());
            if !goes_on && common.width() > 1.0 && common.height() > 0.3 * least {
                out.push(format!("“{text}” {bounds:?} touches “{other}” {others:?}"));
            }
        }
    }
    out
}

#[test]
fn texts_keep_apart_at_every_preset() {
    let mut studio = Studio::default();
    let mut all = Vec::new();
    for (kind, text) in [
        ("plain", include_str!("../charts/grammar.ron").to_owned()),
        ("nasty", nasty(include_str!("../charts/grammar.ron"))),
    ] {
        let (loaded, promises) = (register_of(&text), register_with(&text, &PROMISES));
        for preset in PRESETS {
            let options = ImageOptions::of_preset(preset);
            let marks = MARKS.iter().map(|(id, _)| (&loaded, id));
            let all_marks = marks.chain(PROMISES.iter().map(|(id, _)| (&promises, id)));
            for (loaded, id) in all_marks {
                let chart = linchpin_charts::by_id(&loaded.register, id).unwrap();
                let picture = linchpin_charts::build_or_explain(
                    &loaded.register,
                    chart,
                    CountingRule::default(),
                );
                let scene = match studio.scene(&picture, &options) {
                    Ok(scene) => scene,
                    // Said elsewhere, with a size that would do.
                    Err(ImageError::TooSmall(_)) => continue,
                    Err(error) => panic!("{kind} {id} {}: {error}", preset.id),
                };
                let faults = faults(&scene);
                if let Some(first) = faults.first() {
                    all.push(format!(
                        "{kind} {id} {}: {} faults, {first}",
                        preset.id,
                        faults.len()
                    ));
                }
            }
        }
    }
    assert!(all.is_empty(), "{}\n{}", all.len(), all.join("\n"));
}
