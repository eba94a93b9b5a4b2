//! How the editor looks: pictures of it, painted without a display.

#[path = "../../../../tests/support/renderer.rs"]
mod renderer;

use crate::desk::{Desk, Room};
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use linchpin_edit::completion::{Completion, CompletionKind};
use linchpin_render::theme;
use renderer::SkiaRenderer;
use ron_lossless::Span;

const TEXT: &str = include_str!("../../../../data/us-rok-alliance.ron");

/// A desk that can be photographed, after `act`.
fn photographed(room: Room, theme: Theme, act: impl FnOnce(&mut Desk)) -> (Desk, SkiaRenderer) {
    let renderer = SkiaRenderer::default();
    let harness = Harness::builder()
        .with_size(vec2(1000.0, 640.0))
        .with_theme(theme)
        .with_context_setup(theme::install)
        .with_max_steps(40)
        .renderer(renderer.clone())
        .build_ui_state(|ui, room: &mut Room| room.frame(ui), room);
    let mut desk = Desk { harness };
    desk.room_mut().state.focus();
    desk.run();
    act(&mut desk);
    (desk, renderer)
}

/// Writes the picture where `LINCHPIN_LOOK` names a folder, to be looked at.
fn keep(desk: &Desk, renderer: &SkiaRenderer, name: &str) {
    let Some(folder) = std::env::var_os("LINCHPIN_LOOK") else {
        return;
    };
    let pixels = renderer.picture(&desk.harness).unwrap();
    let path = std::path::Path::new(&folder).join(format!("{name}.png"));
    let file = std::fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, pixels.width_px, pixels.height_px);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels.rgba).unwrap();
}

#[test]
fn the_text_is_painted_with_its_numbers_and_nothing_is_missing() {
    for theme in [Theme::Light, Theme::Dark] {
        let room = Room::new(TEXT);
        let (desk, renderer) = photographed(room, theme, |desk| {
            desk.behind("id: \"deterrence-priority\",\n            name");
            desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
            desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
        });
        let scene = renderer.scene(&desk.harness);
        assert!(
            scene.missing_glyphs.is_empty(),
            "{:?}",
            scene.missing_glyphs
        );
        assert!(scene.text().contains("deterrence-priority"));
        keep(&desk, &renderer, &format!("plain-{theme:?}"));
    }
}

#[test]
fn bars_lists_and_problems_are_painted() {
    for theme in [Theme::Light, Theme::Dark] {
        let text = TEXT.replacen("rank: 1,", "rank: @@, // 한국어 주석: 억제", 1);
        let mut room = Room::new(&text);
        room.complete = |_, at| {
            let one = |label: &str, detail: &str| Completion {
                label: label.into(),
                insert: label.into(),
                caret: label.len(),
                replace: Span::new(at, at),
                detail: detail.into(),
                help: "What the allies say that they will do, in the words of the text.".into(),
                kind: CompletionKind::Field,
            };
            vec![
                one("statement", "text, must be there"),
                one("status", "choice"),
                one("strength", "choice"),
                one("steps", "list"),
            ]
        };
        let (desk, renderer) = photographed(room, theme, |desk| {
            desk.behind("short: \"Deterrence\",");
            desk.press_with(Modifiers::COMMAND, Key::H);
            desk.type_text("priority");
            desk.page().focus();
            desk.run();
            desk.behind("short: \"Deterrence\",");
            desk.press_with(Modifiers::COMMAND, Key::Space);
        });
        let scene = renderer.scene(&desk.harness);
        assert!(
            scene.missing_glyphs.is_empty(),
            "{:?}",
            scene.missing_glyphs
        );
        assert!(scene.text().contains("Replace all"));
        keep(&desk, &renderer, &format!("full-{theme:?}"));
    }
}
