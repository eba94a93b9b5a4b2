//! The glyphs of egui's layout, one by one.

use std::ops::Range;

/// The glyph that every face has for characters it does not have: a box.
pub(super) const TOFU: u32 = 0;

/// What egui emits as one glyph of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    /// The character that egui names the glyph by.
    pub chr: char,
    /// Index into the job's sections.
    pub section: usize,
    /// Index into the faces.
    pub face: usize,
    /// `None` where nothing is drawn: the rest of a ligature, an invisible character.
    pub glyph: Option<u32>,
    /// From the pen to the glyph, in points; y downward.
    pub offset_x: f32,
    pub offset_y: f32,
    /// The bytes of the job's text that this glyph's cluster covers.
    pub bytes: Range<usize>,
    /// What the pen moves before this glyph beyond the advance of the one before, in points.
    pub space_before_pt: f32,
}

/// Emits slots with egui's bookkeeping: a cluster with more characters than glyphs is filled up
/// with empty ones.
pub(super) struct Emitter<'a> {
    text: &'a str,
    base: usize,
    section: usize,
    face: usize,
    cluster: Option<usize>,
    count: usize,
    out: &'a mut Vec<Slot>,
}

impl<'a> Emitter<'a> {
    /// `base` is where `text` begins in the job's text.
    pub fn new(
        text: &'a str,
        base: usize,
        section: usize,
        face: usize,
        out: &'a mut Vec<Slot>,
    ) -> Emitter<'a> {
        Emitter {
            text,
            base,
            section,
            face,
            cluster: None,
            count: 0,
            out,
        }
    }

    /// Whether a glyph of `cluster` begins a cluster.
    pub fn begin(&mut self, cluster: usize) -> bool {
        if self.cluster == Some(cluster) {
            return false;
        }
        if let Some(previous) = self.cluster {
            self.fill(previous..cluster);
        }
        self.cluster = Some(cluster);
        self.count = 0;
        true
    }

    pub fn push(&mut self, slot: Slot) {
        self.out.push(slot);
        self.count += 1;
    }

    pub fn finish(mut self) {
        if let Some(cluster) = self.cluster {
            self.fill(cluster..self.text.len());
        }
    }

    /// Right-to-left clusters come last first, so their range runs backward and holds nothing: as
    /// in egui.
    fn fill(&mut self, range: Range<usize>) {
        let Some(text) = self.text.get(range.clone()) else {
            return;
        };
        let bytes = self.base + range.start..self.base + range.end;
        for chr in text.chars().skip(self.count) {
            self.out.push(Slot {
                chr,
                section: self.section,
                face: self.face,
                glyph: None,
                offset_x: 0.0,
                offset_y: 0.0,
                bytes: bytes.clone(),
                space_before_pt: 0.0,
            });
        }
    }
}
