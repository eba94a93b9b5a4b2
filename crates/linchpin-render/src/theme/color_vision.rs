//! Colors as people with another color vision see them, and how far apart they are: whether the
//! palettes can be told apart.

use super::{DARK, LIGHT, PRINT, Palette};
use egui::{Color32, Rgba};

type ColorMatrix = [[f32; 3]; 3];

/// What reaches the eye, in linear light: normal sight, then protanopia, deuteranopia and
/// tritanopia as Machado, Oliveira and Fernandes (2009) simulate them at severity 1.
const COLOR_VISIONS: [(&str, ColorMatrix); 4] = [
    (
        "normal sight",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

fn multiply(rows: &ColorMatrix, [r, g, b]: [f32; 3]) -> [f32; 3] {
    rows.map(|row| row[0] * r + row[1] * g + row[2] * b)
}

/// Oklab of linear sRGB (Ottosson 2020).
fn oklab(rgb: [f32; 3]) -> [f32; 3] {
    let cones = multiply(
        &[
            [0.412_221_46, 0.536_332_55, 0.051_445_995],
            [0.211_903_5, 0.680_699_5, 0.107_396_96],
            [0.088_302_46, 0.281_718_85, 0.629_978_7],
        ],
        rgb,
    )
    .map(f32::cbrt);
    multiply(
        &[
            [0.210_454_26, 0.793_617_8, -0.004_072_047],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_037, 0.782_771_77, -0.808_675_77],
        ],
        cones,
    )
}

fn simulate(color: Color32, sight: &ColorMatrix) -> [f32; 3] {
    let rgba = Rgba::from(color);
    oklab(multiply(sight, [rgba.r(), rgba.g(), rgba.b()]).map(|c| c.clamp(0.0, 1.0)))
}

/// The least distance in Oklab of two colors in any sight, with the name of that sight.
fn distance(a: Color32, b: Color32) -> (f32, &'static str) {
    let mut least = (f32::MAX, "");
    for (name, sight) in &COLOR_VISIONS {
        let (a, b) = (simulate(a, sight), simulate(b, sight));
        let apart = (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f32>().sqrt();
        if apart < least.0 {
            least = (apart, name);
        }
    }
    least
}

const PALETTES: [(&str, &Palette); 3] = [("light", &LIGHT), ("dark", &DARK), ("print", &PRINT)];

#[test]
fn categories_are_told_apart_in_every_sight() {
    for (name, palette) in PALETTES {
        for (i, a) in palette.category.iter().enumerate() {
            for (j, b) in palette.category.iter().enumerate().skip(i + 1) {
                let (apart, sight) = distance(*a, *b);
                assert!(apart >= 0.1, "{name}: {i} and {j}: {apart:.3} in {sight}");
            }
        }
    }
}

#[test]
fn neighboring_steps_are_told_apart_in_every_sight() {
    for (name, palette) in PALETTES {
        for (step, pair) in palette.ladder.windows(2).enumerate() {
            let (apart, sight) = distance(pair[0], pair[1]);
            assert!(apart >= 0.05, "{name}: step {step}: {apart:.3} in {sight}");
        }
    }
}

/// Known answers: black and white lie 1 apart; who lacks red cones sees these two alike.
#[test]
fn the_measure_measures() {
    let (apart, _) = distance(Color32::BLACK, Color32::WHITE);
    assert!((apart - 1.0).abs() < 1e-3, "{apart}");
    let (apart, sight) = distance(
        Color32::from_rgb(0xA1, 0x48, 0x7F),
        Color32::from_rgb(0x4A, 0x55, 0x60),
    );
    assert!(apart < 0.06, "{apart} in {sight}");
    let (red, green) = (
        Color32::from_rgb(200, 60, 40),
        Color32::from_rgb(110, 110, 30),
    );
    assert_ne!(distance(red, green).1, "normal sight");
}
