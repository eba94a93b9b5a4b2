//! Two images compared as an eye does: by OKLab, with neighboring pixels taken together, so that an
//! edge that is smoothed otherwise is no difference. (Björn Ottosson, "A perceptual color space for
//! image processing", 2020.)

/// An image as an eye has it: places of two by two pixels, each as lightness and two colors.
pub struct Seen {
    width: usize,
    height: usize,
    places: Vec<[f32; 3]>,
}

/// A difference of colors that is seen at once.
const SEEN: f32 = 0.06;

impl Seen {
    /// `None` where the bytes are no PNG of 8 bits.
    pub fn read(bytes: &[u8]) -> Option<Seen> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .ok()?;
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
pub fn distance(a: &Seen, b: &Seen) -> Option<(f32, f32)> {
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
