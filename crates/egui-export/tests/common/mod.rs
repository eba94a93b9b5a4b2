//! The page of the tests in egui's own fonts, and its metadata.

// Each test file uses some of it.
#![allow(dead_code)]

pub mod font_files;
pub mod page;

use egui::FontFamily;
use egui_export::{Canvas, GlyphRun, Metadata, Primitive, Scene};
use page::Page;

pub const PAGE: Page = Page {
    texts: [
        "Sales by region & year",
        "28,500 units <strict count>",
        "Ελλάδα Україна",
        "Deterrence",
        "Cut off here",
    ],
    title_family: FontFamily::Monospace,
};

/// The texts of a scene.
pub fn runs(scene: &Scene) -> Vec<&GlyphRun> {
    let primitives = scene.items.iter().map(|item| &item.primitive);
    primitives
        .filter_map(|primitive| match primitive {
            Primitive::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

pub fn canvas() -> Canvas {
    Canvas::new(|_| {})
}

pub fn scene() -> Scene {
    PAGE.record(&mut canvas())
}

pub fn metadata() -> Metadata {
    Metadata {
        title: "Sales & \"returns\" <2023> ]]>".into(),
        description: "Counts per step.\u{1}".into(),
        author: "A. Author".into(),
        rights: "CC BY 4.0 <&>".into(),
        source: "Source: Annual report (2023)".into(),
        citations: vec!["Report ¶ 3".into(), "한미동맹 국방비전 <1>".into()],
        keywords: vec!["sales".into(), "returns".into()],
        language: "en".into(),
        software: "Tests 1.0".into(),
        created_unix_s: Some(1_699_867_845),
        attachments: Vec::new(),
    }
}
