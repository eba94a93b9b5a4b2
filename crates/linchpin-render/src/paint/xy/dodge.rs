//! Marks of one band that would lie on each other stand one above the other.

use super::strokes::DOT_PT;

/// A mark of a band, from place to place.
#[derive(Clone, Copy)]
pub(super) struct MarkSpan {
    pub band: usize,
    pub from: f32,
    pub to: f32,
}

/// A mark's place among those on which it would lie, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DodgeSlot {
    pub index: usize,
    pub count: usize,
}

impl MarkSpan {
    /// A span that is at least as long as a dot.
    pub fn new(band: usize, one: f32, other: f32) -> MarkSpan {
        MarkSpan {
            band,
            from: one.min(other) - DOT_PT,
            to: one.max(other) + DOT_PT,
        }
    }
}

/// The share of each mark, in the order of the marks.
pub(super) fn dodge(spans: &[MarkSpan]) -> Vec<DodgeSlot> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    // Stable: equal ones stay in their order.
    order.sort_by(|a, b| {
        let (a, b) = (&spans[*a], &spans[*b]);
        a.band.cmp(&b.band).then(a.from.total_cmp(&b.from))
    });
    let mut shares = vec![DodgeSlot { index: 0, count: 1 }; spans.len()];
    let mut group: Vec<usize> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    let mut close = |group: &mut Vec<usize>| {
        // In the order in which they are named, not from the left.
        group.sort_unstable();
        let count = group.len();
        for (place, at) in group.drain(..).enumerate() {
            shares[at] = DodgeSlot {
                index: place,
                count,
            };
        }
    };
    for at in order {
        let span = spans[at];
        let touches = group
            .last()
            .is_some_and(|last| spans[*last].band == span.band && span.from < end);
        if !touches {
            close(&mut group);
            end = f32::NEG_INFINITY;
        }
        group.push(at);
        end = end.max(span.to);
    }
    close(&mut group);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_that_touch_in_one_band_share_its_height() {
        let spans = [
            (0, 50.0),
            (0, 53.0),
            (1, 50.0),
            (0, 80.0),
            (0, 47.0),
            (0, 61.0),
        ];
        let spans: Vec<MarkSpan> = spans.map(|(band, x)| MarkSpan::new(band, x, x)).to_vec();
        let shares: Vec<(usize, usize)> = dodge(&spans)
            .iter()
            .map(|share| (share.index, share.count))
            .collect();
        assert_eq!(shares, [(0, 4), (1, 4), (0, 1), (0, 1), (2, 4), (3, 4)]);
    }
}
