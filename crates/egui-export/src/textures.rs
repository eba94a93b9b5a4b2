//! The images that egui hands to its renderer, for contexts without one.

use egui::epaint::{ColorImage, ImageData};
use egui::{Color32, TextureId, TexturesDelta};
use std::collections::HashMap;

/// Every texture of a context but the font's, which a scene does not need: it draws outlines.
///
/// A program that runs egui itself hands in what each pass changed, and the whole to
/// [`Scene::from_shapes`](crate::Scene::from_shapes).
#[derive(Clone, Debug, Default)]
pub struct Textures {
    images: HashMap<TextureId, ColorImage>,
}

impl Textures {
    /// Take in what a pass changed, and leave `delta` empty.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            if id == TextureId::default() {
                continue;
            }
            for change in changes {
                let ImageData::Color(image) = &change.image;
                match change.pos {
                    None => {
                        self.images.insert(id, image.as_ref().clone());
                    }
                    Some([x, y]) => {
                        if let Some(old) = self.images.get_mut(&id) {
                            patch(old, x, y, image);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.images.remove(&id);
        }
    }

    pub(crate) fn get(&self, id: TextureId) -> Option<&ColorImage> {
        self.images.get(&id)
    }
}

/// A rectangle of an image as straight RGBA, each pixel multiplied by `tint`; empty where it
/// reaches outside.
pub(crate) fn crop(
    image: &ColorImage,
    min: [usize; 2],
    max: [usize; 2],
    tint: Color32,
) -> (Vec<u8>, [usize; 2]) {
    let size = [max[0].saturating_sub(min[0]), max[1].saturating_sub(min[1])];
    let mut rgba = Vec::with_capacity(size[0] * size[1] * 4);
    for y in min[1]..max[1] {
        let start = y * image.size[0];
        let Some(row) = image.pixels.get(start + min[0]..start + max[0]) else {
            return (Vec::new(), [0, 0]);
        };
        for pixel in row {
            rgba.extend_from_slice(&(*pixel * tint).to_srgba_unmultiplied());
        }
    }
    (rgba, size)
}

fn patch(old: &mut ColorImage, x: usize, y: usize, new: &ColorImage) {
    let [width, height] = new.size;
    for row in 0..height {
        let start = (y + row) * old.size[0] + x;
        let from = new.pixels.get(row * width..(row + 1) * width);
        let to = old.pixels.get_mut(start..start + width);
        if let (Some(from), Some(to)) = (from, to) {
            to.copy_from_slice(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::ImageDelta;
    use egui::{ImageData, TextureOptions};
    use std::sync::Arc;

    fn image(size: [usize; 2], color: Color32) -> ImageData {
        ImageData::Color(Arc::new(ColorImage::filled(size, color)))
    }

    #[test]
    fn whole_images_patches_and_releases() {
        let id = TextureId::Managed(7);
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        delta.push(
            id,
            ImageDelta::full(image([4, 4], Color32::BLACK), TextureOptions::LINEAR),
        );
        textures.apply(&mut delta);
        delta.push(
            id,
            ImageDelta::partial(
                [2, 1],
                image([2, 1], Color32::WHITE),
                TextureOptions::LINEAR,
            ),
        );
        textures.apply(&mut delta);
        let stored = textures.get(id).expect("it was set");
        assert_eq!(stored.pixels[6], Color32::WHITE);
        assert_eq!(stored.pixels[5], Color32::BLACK);

        let (rgba, size) = crop(stored, [2, 0], [4, 2], Color32::WHITE);
        assert_eq!(size, [2, 2]);
        assert_eq!(rgba[8..12], [255, 255, 255, 255]);
        assert_eq!(crop(stored, [0, 0], [9, 9], Color32::WHITE).1, [0, 0]);

        delta.free(id);
        textures.apply(&mut delta);
        assert!(textures.get(id).is_none());
    }
}
