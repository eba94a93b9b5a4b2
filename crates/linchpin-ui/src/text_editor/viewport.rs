//! Where things are on the screen: the numbers of the lines, the text, the bars; and what is in
//! view.

use super::line_layout::LINE_HEIGHT_PT;
use super::state::{ScrollIntoView, ScrollPosition};
use super::text_position::line_span_with_ending;
use egui::{CornerRadius, Id, Rect, Sense, Ui, pos2, vec2};
use linchpin_render::theme::{self, editor_colors};
use ron_lossless::{LineIndex, Span};

/// Room for signs of problems, left of the numbers.
const GUTTER_SIGN_PT: f32 = 18.0;
/// Between the numbers and the text.
const GUTTER_GAP_PT: f32 = 14.0;
/// Left of the text.
pub(super) const TEXT_PADDING_PT: f32 = 4.0;
const SCROLL_BAR_PT: f32 = 12.0;
/// Lines that stay between the cursor and the border of the view.
const MARGIN_LINES: f64 = 2.0;

/// The places of one frame.
#[derive(Copy, Clone, Debug)]
pub(super) struct EditorViewport {
    /// Signs and numbers.
    pub gutter: Rect,
    /// The text.
    pub text_area: Rect,
    /// How many lines the text has.
    pub line_count: u32,
}

impl EditorViewport {
    /// Divides `rect`. Lines wider than the page leave room for a bar below it.
    pub fn new(rect: Rect, line_count: u32, digit_pt: f32, widest_pt: f32) -> Self {
        // Room for four digits at least, so that the text of a small file stays where it is as it
        // grows.
        let digits = line_count.max(1000).ilog10() + 1;
        let gutter_pt = GUTTER_SIGN_PT + digits as f32 * digit_pt + GUTTER_GAP_PT;
        let split = (rect.left() + gutter_pt).round();
        let right = (rect.right() - SCROLL_BAR_PT).max(split);
        let is_wide = widest_pt + 4.0 * TEXT_PADDING_PT > right - split;
        let below_pt = if is_wide { SCROLL_BAR_PT } else { 0.0 };
        let low = (rect.bottom() - below_pt).max(rect.top() + 1.0);
        EditorViewport {
            gutter: Rect::from_min_max(rect.min, pos2(split, low)),
            text_area: Rect::from_min_max(pos2(split, rect.top()), pos2(right, low)),
            line_count,
        }
    }

    /// How many lines fit in, with a part of one.
    pub fn visible_lines(&self) -> f64 {
        f64::from(self.text_area.height() / LINE_HEIGHT_PT).max(1.0)
    }

    /// The upper border of a line (from 1).
    pub fn line_top(&self, scroll: &ScrollPosition, number: u32) -> f32 {
        // The difference is taken in f64: an f32 has too few digits for a million lines in points.
        let down = f64::from(number) - 1.0 - scroll.top_lines;
        self.text_area.top() + (down * f64::from(LINE_HEIGHT_PT)).clamp(-1e6, 1e6) as f32
    }

    /// The line (from 1) at a height; the first or the last one beyond the text.
    pub fn line_at(&self, scroll: &ScrollPosition, y: f32) -> u32 {
        let down = f64::from((y - self.text_area.top()) / LINE_HEIGHT_PT) + scroll.top_lines;
        (down.floor().clamp(0.0, f64::from(self.line_count - 1)) as u32) + 1
    }

    /// Where the start of every line is.
    pub fn text_left(&self, scroll: &ScrollPosition) -> f32 {
        self.text_area.left() + TEXT_PADDING_PT - scroll.left_pt
    }

    /// The first and the last line (from 1) in view.
    pub fn visible_range(&self, scroll: &ScrollPosition) -> (u32, u32) {
        let first = scroll.top_lines.floor().max(0.0) as u32 + 1;
        let last = (scroll.top_lines + self.visible_lines()).ceil() as u32;
        (first.min(self.line_count), last.clamp(1, self.line_count))
    }

    /// The bytes of the lines in view.
    pub fn visible_span(&self, scroll: &ScrollPosition, lines: &LineIndex) -> Span {
        let (first, last) = self.visible_range(scroll);
        Span::new(
            line_span_with_ending(lines, first).start,
            line_span_with_ending(lines, last).end,
        )
    }

    fn max_top(&self) -> f64 {
        (f64::from(self.line_count) + 1.0 - self.visible_lines()).max(0.0)
    }

    fn max_left(&self, scroll: &ScrollPosition) -> f32 {
        (scroll.widest_pt + 4.0 * TEXT_PADDING_PT - self.text_area.width()).max(0.0)
    }

    /// Keeps the view on the text.
    pub fn clamp(&self, scroll: &mut ScrollPosition) {
        scroll.top_lines = scroll.top_lines.clamp(0.0, self.max_top());
        scroll.left_pt = scroll.left_pt.clamp(0.0, self.max_left(scroll));
    }

    /// Moves the view so that the place at line `number` and `x` points is in it.
    pub fn scroll_to(
        &self,
        scroll: &mut ScrollPosition,
        follow: ScrollIntoView,
        number: u32,
        x: f32,
    ) {
        if follow == ScrollIntoView::No {
            return;
        }
        let at = f64::from(number) - 1.0;
        // In a low view the margins must not overlap, or the view would jump at every step.
        let margin = MARGIN_LINES.min((self.visible_lines() - 1.0).max(0.0) / 2.0);
        let low = at + 1.0 + margin - self.visible_lines();
        let high = at - margin;
        let is_out = scroll.top_lines > at || scroll.top_lines < at + 1.0 - self.visible_lines();
        if follow == ScrollIntoView::Center && is_out {
            scroll.top_lines = at - (self.visible_lines() / 2.0 - 0.5);
        } else if scroll.top_lines > high {
            scroll.top_lines = high;
        } else if scroll.top_lines < low {
            scroll.top_lines = low;
        }
        // The line with the cursor may be wider than any that was painted so far.
        let room = self.text_area.width() - 2.0 * TEXT_PADDING_PT;
        let margin = 48.0_f32.min(room / 4.0);
        scroll.widest_pt = scroll.widest_pt.max(x + margin);
        if x - margin < scroll.left_pt {
            scroll.left_pt = (x - margin).max(0.0);
        } else if x + margin > scroll.left_pt + room {
            scroll.left_pt = x + margin - room;
        }
        self.clamp(scroll);
    }

    /// Paints the bars and moves the view with them and with the wheel.
    pub fn scroll_bars(&self, ui: &Ui, id: Id, scroll: &mut ScrollPosition) {
        if ui.rect_contains_pointer(self.gutter.union(self.text_area)) {
            // Taken, so that nothing around the editor scrolls by it as well.
            let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta));
            scroll.top_lines -= f64::from(wheel.y / LINE_HEIGHT_PT);
            scroll.left_pt -= wheel.x;
        }
        self.clamp(scroll);
        let track = Rect::from_min_max(
            self.text_area.right_top(),
            pos2(
                self.text_area.right() + SCROLL_BAR_PT,
                self.text_area.bottom(),
            ),
        );
        let all = self.max_top() + self.visible_lines();
        let share = (self.visible_lines() / all) as f32;
        if share < 1.0 {
            let at = (scroll.top_lines / all) as f32;
            if let Some(to) = scroll_bar(ui, id.with("down"), track, at, share) {
                scroll.top_lines = f64::from(to) * all;
            }
        }
        let all = self.max_left(scroll) + self.text_area.width();
        let share = self.text_area.width() / all;
        if share < 1.0 {
            let size = vec2(self.text_area.width(), SCROLL_BAR_PT);
            let track = Rect::from_min_size(self.text_area.left_bottom(), size);
            if let Some(to) = scroll_bar(ui, id.with("right"), track, scroll.left_pt / all, share) {
                scroll.left_pt = to * all;
            }
        }
        self.clamp(scroll);
    }
}

/// A bar of which the part from `at` on is in view, in shares of the whole; where it was dragged
/// to.
fn scroll_bar(ui: &Ui, id: Id, track: Rect, at: f32, share: f32) -> Option<f32> {
    let upright = track.height() > track.width();
    let length = if upright {
        track.height()
    } else {
        track.width()
    };
    // In a long text the thumb would become too small to be grabbed.
    let thumb = (share * length).max(24.0_f32.min(length));
    let room = (length - thumb).max(1.0);
    let start = (at / (1.0 - share).max(1e-6)).clamp(0.0, 1.0) * room;
    let (place, size) = if upright {
        (vec2(3.0, start), vec2(track.width() - 5.0, thumb))
    } else {
        (vec2(start, 3.0), vec2(thumb, track.height() - 5.0))
    };
    let handle = Rect::from_min_size(track.min + place, size);
    let response = ui.interact(track, id, Sense::click_and_drag());
    let p = theme::palette_of(ui);
    let fill = if response.dragged() || response.hovered() {
        p.text_muted
    } else {
        theme::mix(
            editor_colors::editor_colors(ui).matching_bracket,
            p.text_muted,
            0.35,
        )
    };
    // Where the thumb was grabbed is kept while it is dragged, or it would jump to the pointer.
    let grip = ui.data(|d| d.get_temp::<f32>(id)).unwrap_or(thumb / 2.0);
    let along = |p: egui::Pos2| {
        if upright {
            p.y - track.top()
        } else {
            p.x - track.left()
        }
    };
    let pressed = response.drag_started() || response.clicked();
    let pointer = response.interact_pointer_pos().map(along);
    let mut moved = None;
    if let Some(pointer) = pointer {
        let origin = ui
            .input(|i| i.pointer.press_origin())
            .map_or(pointer, along);
        let inside = (start..=start + thumb).contains(&origin);
        let grip = match pressed {
            true if inside => origin - start,
            true => thumb / 2.0,
            false => grip,
        };
        ui.data_mut(|d| d.insert_temp(id, grip));
        if response.dragged() || (response.clicked() && !inside) {
            moved = Some(((pointer - grip) / room).clamp(0.0, 1.0) * (1.0 - share));
        }
    }
    ui.painter()
        .rect_filled(handle, CornerRadius::same(4), fill);
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewport_of(lines: u32) -> EditorViewport {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, 10.0 * LINE_HEIGHT_PT));
        EditorViewport::new(rect, lines, 8.0, 0.0)
    }

    #[test]
    fn the_view_follows_the_cursor_and_no_further() {
        let viewport = viewport_of(1_500_000);
        let mut scroll = ScrollPosition::default();
        viewport.scroll_to(&mut scroll, ScrollIntoView::Nearest, 3, 0.0);
        assert_eq!(scroll.top_lines, 0.0);
        viewport.scroll_to(&mut scroll, ScrollIntoView::Nearest, 20, 0.0);
        assert_eq!(scroll.top_lines, 12.0);
        viewport.scroll_to(&mut scroll, ScrollIntoView::Center, 1_400_000, 900.0);
        assert_eq!(scroll.top_lines, 1_399_999.0 - 4.5);
        assert!(scroll.left_pt > 400.0);
        // Exact to the point, a million lines down.
        assert_eq!(viewport.line_top(&scroll, 1_400_000), 4.5 * LINE_HEIGHT_PT);
        assert_eq!(viewport.line_at(&scroll, 4.6 * LINE_HEIGHT_PT), 1_400_000);
        viewport.scroll_to(&mut scroll, ScrollIntoView::Nearest, 1_500_000, 0.0);
        assert_eq!(viewport.visible_range(&scroll), (1_499_992, 1_500_000));
        assert_eq!(scroll.left_pt, 0.0);
    }

    #[test]
    fn a_short_text_stays_where_it_is() {
        let viewport = viewport_of(4);
        let mut scroll = ScrollPosition {
            top_lines: 9.0,
            left_pt: -3.0,
            widest_pt: 10.0,
        };
        viewport.clamp(&mut scroll);
        assert_eq!((scroll.top_lines, scroll.left_pt), (0.0, 0.0));
        assert_eq!(viewport.line_at(&scroll, 5000.0), 4);
        assert_eq!(viewport.line_at(&scroll, -50.0), 1);
        assert_eq!(viewport.visible_range(&scroll), (1, 4));
    }
}
