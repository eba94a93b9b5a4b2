//! The palettes: a window in light and in dark, and paper; and how far colors are apart.

use egui::{Color32, Ui};

/// Colors by role.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub background: Color32,
    /// Behind navigation and tools.
    pub sidebar: Color32,
    /// Cards, panels of a chart, the heads of tables.
    pub surface: Color32,
    /// Thin lines between things.
    pub hairline: Color32,
    /// Text.
    pub text: Color32,
    /// Text of less weight: labels of axes, notes.
    pub text_muted: Color32,
    /// Links, and what is active.
    pub accent: Color32,
    /// Behind what is selected.
    pub accent_soft: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind what is under the pointer.
    pub hover: Color32,
    /// Behind a hit of the search.
    pub search_hit: Color32,
    /// Text of an error.
    pub error: Color32,
    /// Behind an error.
    pub error_soft: Color32,
    /// Text of a warning.
    pub warning: Color32,
    /// Behind a warning.
    pub warning_soft: Color32,
    /// Text of what went well.
    pub success: Color32,
    /// Lines of a chart's grid.
    pub grid: Color32,
    /// Bars of a chart with one series.
    pub bar: Color32,
    /// The steps 0 to 6 of the ladder, weak to firm: each further from the ground than the one
    /// before, and any two at least 15 apart by CIEDE2000, so that a step is found again in the
    /// key.
    pub ladder: [Color32; 7],
    /// Kinds without a rank: greys.
    pub unranked: [Color32; 3],
    /// Categories, told apart under the common kinds of color blindness and in normal sight, by at
    /// least 0.1 in Oklab.
    pub category: [Color32; 6],
    /// Kinds and categories have a pattern besides their color, so that they are told apart in grey
    /// too.
    pub patterns: bool,
}

/// White paper: the window in light, and images.
pub static LIGHT: Palette = Palette {
    background: rgb(0xFFFFFF),
    sidebar: rgb(0xF3F5F7),
    surface: rgb(0xF8F9FB),
    hairline: rgb(0xDFE3E8),
    text: rgb(0x15191E),
    text_muted: rgb(0x59616B),
    accent: rgb(0x0B5CAD),
    accent_soft: rgb(0xDDEBFA),
    on_accent: rgb(0xFFFFFF),
    hover: rgb(0xEDF1F5),
    search_hit: rgb(0xFFE69A),
    error: rgb(0xB3261E),
    error_soft: rgb(0xFCEBEA),
    warning: rgb(0x855400),
    warning_soft: rgb(0xFFF4DC),
    success: rgb(0x1B6E3C),
    grid: rgb(0xE6E9ED),
    bar: rgb(0x2F6EA5),
    // From green over blue to violet, ever darker, so that a step is read as more or less. One hue
    // has no seven tones of which any two are told apart across a picture; those that stand side by
    // side on the way around the colors are. The weakest still has a contrast of 3 with paper.
    ladder: [
        rgb(0x60A322),
        rgb(0x0A9561),
        rgb(0x007C75),
        rgb(0x026379),
        rgb(0x004883),
        rgb(0x3500AC),
        rgb(0x2B0148),
    ],
    unranked: [rgb(0x8A8F97), rgb(0x70767F), rgb(0x5A616A)],
    // Each is at least 0.1 from the five others in Oklab, in every color vision that the tests
    // below simulate: none can be changed by itself.
    category: [
        rgb(0x105CB8),
        rgb(0xE86C1E),
        rgb(0x06A08A),
        rgb(0xC070DC),
        rgb(0x80600E),
        rgb(0x404758),
    ],
    patterns: false,
};

/// The window in dark.
pub static DARK: Palette = Palette {
    background: rgb(0x14171B),
    sidebar: rgb(0x1A1E23),
    surface: rgb(0x1D2127),
    hairline: rgb(0x2E343C),
    text: rgb(0xE7EAEE),
    text_muted: rgb(0xA4ACB7),
    accent: rgb(0x74B5F2),
    accent_soft: rgb(0x1C3A58),
    on_accent: rgb(0x0B1A29),
    hover: rgb(0x252B32),
    search_hit: rgb(0x66520F),
    error: rgb(0xFF8F86),
    error_soft: rgb(0x3B2020),
    warning: rgb(0xF0BC63),
    warning_soft: rgb(0x38301C),
    success: rgb(0x7FD19B),
    grid: rgb(0x2A3037),
    bar: rgb(0x5E9FD8),
    ladder: [
        rgb(0x4F649F),
        rgb(0x2588C7),
        rgb(0x0BAAC8),
        rgb(0x16CFC9),
        rgb(0x19EEAF),
        rgb(0x94FF72),
        rgb(0xFAFFDD),
    ],
    unranked: [rgb(0x8B929C), rgb(0xAAB0B9), rgb(0x6E7681)],
    category: [
        rgb(0x5295FE),
        rgb(0xF5852A),
        rgb(0x74F0C0),
        rgb(0xC73F77),
        rgb(0xF5D250),
        rgb(0xA6AAB8),
    ],
    patterns: false,
};

/// Paper: colors that hold on a press, lines that survive being fine, patterns besides the colors.
pub static PRINT: Palette = Palette {
    background: rgb(0xFFFFFF),
    sidebar: rgb(0xF3F5F7),
    surface: rgb(0xF6F7F8),
    hairline: rgb(0xA9B0B8),
    text: rgb(0x000000),
    text_muted: rgb(0x3C434B),
    accent: rgb(0x0A4C92),
    accent_soft: rgb(0xDDEBFA),
    on_accent: rgb(0xFFFFFF),
    hover: rgb(0xEDF1F5),
    search_hit: rgb(0xFFE69A),
    error: rgb(0xA01F18),
    error_soft: rgb(0xFCEBEA),
    warning: rgb(0x7A4C00),
    warning_soft: rgb(0xFFF4DC),
    success: rgb(0x155C31),
    grid: rgb(0xCDD2D8),
    bar: rgb(0x1F5F99),
    ladder: [
        rgb(0x60A322),
        rgb(0x0A9561),
        rgb(0x007C75),
        rgb(0x026379),
        rgb(0x004883),
        rgb(0x3500AC),
        rgb(0x2B0148),
    ],
    unranked: [rgb(0x8A8F97), rgb(0x70767F), rgb(0x5A616A)],
    category: [
        rgb(0x1F4FB0),
        rgb(0xDF6412),
        rgb(0x0A9A80),
        rgb(0xB866D0),
        rgb(0x74560E),
        rgb(0x2F3C4A),
    ],
    // A journal may be printed or copied in grey, whatever it was sent as.
    patterns: true,
};

pub(super) const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The palette of a ui.
pub fn palette_of(ui: &Ui) -> &'static Palette {
    palette_for(ui.visuals().dark_mode)
}

/// The palette for light or dark.
pub fn palette_for(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// Black or white, whichever reads better on `fill`.
pub fn text_color_on(fill: Color32) -> Color32 {
    // The same two on every palette: on a fill it is the fill that counts, not what lies around it.
    let (dark, light) = (LIGHT.text, LIGHT.background);
    if contrast(dark, fill) > contrast(light, fill) {
        dark
    } else {
        light
    }
}

/// A color between two: `share` 0 gives the first, 1 the second.
pub fn mix(first: Color32, second: Color32, share: f32) -> Color32 {
    // In gamma space, where even shares look even: in linear light the middle is too bright.
    first.lerp_to_gamma(second, share)
}

/// Relative luminance (WCAG 2), 0 to 1.
fn luminance(color: Color32) -> f32 {
    // WCAG weighs linear light, not the numbers that a color is written with.
    let rgba = egui::Rgba::from(color);
    0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
}

/// Contrast of two colors (WCAG 2), 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_on_every_ground() {
        for p in [&LIGHT, &DARK, &PRINT] {
            for color in [
                p.text,
                p.text_muted,
                p.accent,
                p.error,
                p.warning,
                p.success,
            ] {
                for background in [p.background, p.sidebar, p.surface] {
                    assert!(
                        contrast(color, background) >= 4.5,
                        "{color:?} on {background:?}: {}",
                        contrast(color, background)
                    );
                }
            }
            for (color, background) in [
                (p.text, p.search_hit),
                (p.text, p.accent_soft),
                (p.text, p.hover),
                (p.text_muted, p.hover),
                (p.accent, p.accent_soft),
                (p.on_accent, p.accent),
                (p.error, p.error_soft),
                (p.warning, p.warning_soft),
            ] {
                assert!(
                    contrast(color, background) >= 4.5,
                    "{color:?} on {background:?}: {}",
                    contrast(color, background)
                );
            }
            for fill in p.ladder.iter().chain(&p.unranked).chain(&p.category) {
                assert!(
                    contrast(text_color_on(*fill), *fill) >= 4.5,
                    "color on {fill:?}: {}",
                    contrast(text_color_on(*fill), *fill)
                );
            }
        }
    }

    #[test]
    fn marks_stand_out_from_their_ground() {
        for p in [&LIGHT, &DARK, &PRINT] {
            let marks = p.category.iter().chain(&p.ladder).chain(&p.unranked);
            for mark in marks.chain([&p.bar, &p.accent]) {
                let found = contrast(*mark, p.background);
                assert!(found >= 3.0, "{mark:?}: {found}");
            }
        }
        assert_eq!(mix(LIGHT.bar, DARK.bar, 0.0), LIGHT.bar);
        assert_eq!(mix(LIGHT.bar, DARK.bar, 1.0), DARK.bar);
    }

    #[test]
    fn the_ladder_goes_one_way() {
        let steps = |p: &Palette| p.ladder.map(luminance);
        assert!(steps(&LIGHT).windows(2).all(|w| w[0] > w[1]));
        assert!(steps(&PRINT).windows(2).all(|w| w[0] > w[1]));
        assert!(steps(&DARK).windows(2).all(|w| w[0] < w[1]));
    }
}

/// Whether the colors of the palettes are told apart by people with another color vision.
#[cfg(test)]
mod color_vision {
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

    /// CIELAB of a color, with the white of sRGB.
    fn lab(color: Color32) -> [f64; 3] {
        let rgba = Rgba::from(color);
        let [r, g, b] = [rgba.r(), rgba.g(), rgba.b()].map(f64::from);
        let curve = |t: f64| match t > 216.0 / 24_389.0 {
            true => t.cbrt(),
            false => (24_389.0 / 27.0 * t + 16.0) / 116.0,
        };
        let x = curve((0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47);
        let y = curve(0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b);
        let z = curve((0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// The difference of two colors by CIEDE2000 (CIE 142-2001, as Sharma, Wu and Dalal 2005 write
    /// it out).
    fn ciede2000(first: [f64; 3], second: [f64; 3]) -> f64 {
        let power = |value: f64| (value.powi(7) / (value.powi(7) + 25_f64.powi(7))).sqrt();
        let chroma = |[_, a, b]: [f64; 3]| a.hypot(b);
        let stretch = 1.5 - 0.5 * power((chroma(first) + chroma(second)) / 2.0);
        let polar = |[_, a, b]: [f64; 3]| {
            let a = a * stretch;
            (a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
        };
        let ((c1, h1), (c2, h2)) = (polar(first), polar(second));
        let is_gray = c1 * c2 == 0.0;
        let turn = match (h2 - h1, is_gray) {
            (_, true) => 0.0,
            (turn, _) if turn > 180.0 => turn - 360.0,
            (turn, _) if turn < -180.0 => turn + 360.0,
            (turn, _) => turn,
        };
        let hue = match ((h1 - h2).abs() > 180.0, is_gray) {
            (_, true) => h1 + h2,
            (true, _) if h1 + h2 < 360.0 => (h1 + h2 + 360.0) / 2.0,
            (true, _) => (h1 + h2 - 360.0) / 2.0,
            (false, _) => (h1 + h2) / 2.0,
        };
        let (light, chroma) = ((first[0] + second[0]) / 2.0, (c1 + c2) / 2.0);
        let cos = |degrees: f64| degrees.to_radians().cos();
        let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
            - 0.20 * cos(4.0 * hue - 63.0);
        let middle = (light - 50.0).powi(2);
        let of_light = (second[0] - first[0]) / (1.0 + 0.015 * middle / (20.0 + middle).sqrt());
        let of_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
        let arc = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
        let of_hue = arc / (1.0 + 0.015 * chroma * t);
        let bend = 60.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
        let mixed = -2.0 * power(chroma) * bend.to_radians().sin();
        (of_light.powi(2) + of_chroma.powi(2) + of_hue.powi(2) + mixed * of_chroma * of_hue).sqrt()
    }

    /// The least difference of two steps of the ladder, by CIEDE2000.
    const MIN_STEP_DIFFERENCE: f64 = 15.0;

    #[test]
    fn any_two_steps_are_found_again_in_the_key() {
        for (name, palette) in PALETTES {
            let steps = palette.ladder.map(lab);
            for (i, a) in steps.iter().enumerate() {
                for (j, b) in steps.iter().enumerate().skip(i + 1) {
                    let apart = ciede2000(*a, *b);
                    assert!(
                        apart >= MIN_STEP_DIFFERENCE,
                        "{name}: {i} and {j}: {apart:.1}"
                    );
                }
            }
        }
    }

    /// Pairs of the table that its authors give to test an implementation with.
    #[test]
    fn the_difference_is_that_of_its_authors() {
        for (a, b, expected) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
            (
                [60.2574, -34.0099, 36.2677],
                [60.4626, -34.1751, 39.4387],
                1.2644,
            ),
            ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            let found = ciede2000(a, b);
            assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
        }
        let [light, ..] = lab(Color32::WHITE);
        assert!((light - 100.0).abs() < 1e-3, "{light}");
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
}
