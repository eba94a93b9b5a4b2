//! The text itself: only the blocks in view are laid out, so that a long document is as quick as a
//! short one. Words are selected with the mouse, and copied alone or with their citation.

use super::block_layout::TOP_PT;
use super::block_layout::{BlockLayout, PlacedBlock, layout_block};
use super::highlights::VisibleBlock;
use super::state::{ReaderSelection, ReaderState};
use super::{highlights, margin};
use crate::widgets;
use egui::{
    Color32, Event, Frame, Id, Margin, Panel, Pos2, Rect, Response, ScrollArea, Sense, Ui, pos2,
};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::reader::ReaderDocument;
use linchpin_register::Document;
use linchpin_register::english::count_noun;
use linchpin_register::tables::citation_styles::{self, CitedSource};
use linchpin_render::theme::{self, reader_layout, space};
use linchpin_report::visible::visible;
use linchpin_text::prose::find;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Room for the numbers of the paragraphs and the signs of the sentences, in points.
const MARGIN_PT: f32 = 92.0;
/// Room between text and scroll bar, in points.
const RIGHT_PT: f32 = 28.0;

/// Paints the text in the room that is left.
pub(super) fn show(
    ui: &mut Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let available = ui.available_rect_before_wrap();
    let measure = line_width(ui)
        .min(available.width() - MARGIN_PT - RIGHT_PT)
        .max(120.0);
    let left = ((available.width() - RIGHT_PT - MARGIN_PT - measure) / 2.0).max(0.0);
    let only_open = app.view.reading.only_open;
    state.viewport_height_pt = available.height();
    let layout_fn = |ui: &Ui, block: usize| {
        let block = opened.blocks.get(block)?;
        Some(layout_block(ui, opened, block, measure, only_open))
    };
    // By the heights as they were: below they may be guessed anew.
    let (anchor, top) = state.heights.block_at(state.scroll_offset_pt);
    let text = opened.prose.text();
    let mut moved = std::mem::take(&mut state.scrolled_by_keys);
    if state.heights.sync_to_blocks(text, &opened.blocks, measure) && state.scroll_offset_pt > 0.0 {
        // In another width, the same words stay at the top.
        state.scroll_offset_pt =
            state.heights.top(anchor) + (state.scroll_offset_pt - top).clamp(0.0, 100.0);
        moved = true;
    }
    moved |= scroll_to_requested(ui, app, opened, state, &layout_fn);
    moved |= measure_in_view(ui, opened, state, &layout_fn);
    let mut area = ScrollArea::vertical()
        .id_salt(("reader", &opened.document))
        .auto_shrink(false);
    // The scroll area keeps its own offset. It is overridden only in frames that move the text, or
    // it would fight with the wheel.
    if moved {
        area = area.vertical_scroll_offset(state.scroll_offset_pt);
    }
    let total = state.heights.total();
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let origin = ui.min_rect().min;
        let page = Rect::from_min_size(
            pos2(available.left(), origin.y + viewport.top()),
            viewport.size(),
        );
        let x = origin.x + left + MARGIN_PT;
        let placed = layout_visible_blocks(ui, state, (origin.y, x), viewport, &layout_fn);
        show_blocks(ui, app, opened, state, (page, measure), &placed, out);
    });
    state.last_scroll_offset_pt = state.scroll_offset_pt;
    state.scroll_offset_pt = shown.state.clamped_offset().y.max(0.0);
    // The user has scrolled on, and has seen the mark. What scrolls by itself leaves it.
    if (state.scroll_offset_pt - state.last_scroll_offset_pt).abs() > 1.0 && !moved {
        state.highlight = None;
    }
}

/// The width of the text: so many letters of ordinary English.
fn line_width(ui: &Ui) -> f32 {
    const SAMPLE: &str = "the two sides will work together to maintain the current level ";
    let font = theme::regular(reader_layout::FONT_SIZE_PT);
    let color = Color32::PLACEHOLDER;
    let sample = ui.painter().layout_no_wrap(SAMPLE.to_owned(), font, color);
    sample.size().x / SAMPLE.len() as f32 * reader_layout::LINE_CHARS
}

type LayoutBlockFn<'s> = dyn Fn(&Ui, usize) -> Option<BlockLayout> + 's;

/// Measures the blocks that will be in view, and those above them only by what is seen of them, so
/// that nothing jumps.
fn measure_in_view(
    ui: &Ui,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    layout_fn: &LayoutBlockFn<'_>,
) -> bool {
    let goes_up = state.scroll_offset_pt < state.last_scroll_offset_pt - 0.5;
    let (first, mut y) = state.heights.block_at(state.scroll_offset_pt);
    let mut moved = false;
    for index in first..state.heights.len() {
        if y > state.scroll_offset_pt + state.viewport_height_pt {
            break;
        }
        if !state.heights.is_measured(index)
            && let Some(block) = layout_fn(ui, index)
        {
            let is_last = opened.blocks.get(index).is_some_and(|b| b.ends_paragraph);
            let by = state
                .heights
                .set_measured(index, block.galley.size().y, is_last);
            // A block that comes in at the top was only guessed. Without this shift the lines below
            // it would jump by the error of the guess.
            if index == first && goes_up && by != 0.0 {
                state.scroll_offset_pt = (state.scroll_offset_pt + by).max(0.0);
                moved = true;
            }
        }
        y += state.heights.height(index);
    }
    moved
}

/// Goes to the place that was asked for, once. `true` where the text has been scrolled.
fn scroll_to_requested(
    ui: &Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    layout_fn: &LayoutBlockFn<'_>,
) -> bool {
    let wanted = &app.view.reading;
    // A request waits for the text as it is now: in an older one its place may be another.
    if state.shown_request == wanted.scroll_request || !opened.is_current(&app.reading.texts) {
        return false;
    }
    state.shown_request = wanted.scroll_request;
    let Some(place) = &wanted.scroll_target else {
        return false;
    };
    let prose = &opened.prose;
    let found = place.phrase.as_deref();
    let found = found.and_then(|phrase| find(prose, place.paragraph, phrase).range());
    let paragraph = place.paragraph.and_then(|number| prose.span(number));
    let Some(range) = place.range.clone().or(found).or(paragraph) else {
        return false;
    };
    // A candidate has a frame of its own.
    let is_item = app.stop().is_some_and(|item| item.range == range);
    state.highlight = Some(range.clone()).filter(|_| !is_item);
    scroll_into_view(ui, opened, state, layout_fn, &range)
}

/// Scrolls so that these bytes are in view.
pub(super) fn scroll_into_view(
    ui: &Ui,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    layout_fn: &LayoutBlockFn<'_>,
    range: &Range<usize>,
) -> bool {
    let index = opened
        .blocks
        .partition_point(|b| b.range.end <= range.start);
    let Some(block) = opened.blocks.get(index) else {
        return false;
    };
    let Some(layout) = layout_fn(ui, index) else {
        return false;
    };
    let height = layout.galley.size().y;
    state
        .heights
        .set_measured(index, height, block.ends_paragraph);
    let top = state.heights.top(index) + layout.line_center_y(Pos2::ZERO, range.start);
    let (above, below) = (
        state.scroll_offset_pt + 40.0,
        state.scroll_offset_pt + state.viewport_height_pt - 80.0,
    );
    if top > above && top < below {
        return false;
    }
    let most = (state.heights.total() - state.viewport_height_pt).max(0.0);
    state.scroll_offset_pt = (top - state.viewport_height_pt / 3.0).clamp(0.0, most);
    // What comes into view above is not measured as if one had scrolled up to it.
    state.last_scroll_offset_pt = state.scroll_offset_pt;
    true
}

/// The blocks that are in view, laid out.
fn layout_visible_blocks(
    ui: &Ui,
    state: &ReaderState,
    (top, x): (f32, f32),
    viewport: Rect,
    layout_fn: &LayoutBlockFn<'_>,
) -> Vec<PlacedBlock> {
    let (first, mut y) = state.heights.block_at(viewport.top().max(TOP_PT));
    let mut all = Vec::new();
    for index in first..state.heights.len() {
        if y > viewport.bottom() {
            break;
        }
        if let Some(layout) = layout_fn(ui, index) {
            let origin = pos2(x, top + y);
            all.push(PlacedBlock {
                index,
                origin,
                layout,
            });
        }
        y += state.heights.height(index);
    }
    all
}

fn show_blocks(
    ui: &mut Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    (page, measure): (Rect, f32),
    placed: &[PlacedBlock],
    out: &mut Vec<Command>,
) {
    // Before phrases and signs: of widgets that overlap, egui gives a click to the one added last.
    let text_response = ui.interact(
        page,
        Id::unique("text of the reader"),
        Sense::click_and_drag(),
    );
    handle_mouse(ui, opened, state, placed, &text_response);
    for one in placed {
        let Some(block) = opened.blocks.get(one.index) else {
            continue;
        };
        let size = egui::vec2(measure, one.layout.galley.size().y);
        let rect = Rect::from_min_size(one.origin, size);
        let accessible_label = ui.interact(
            rect,
            ui.scope_id().with(("block", one.index)),
            Sense::hover(),
        );
        accessible_label.widget_info(|| {
            let words = opened.prose.text().get(block.range.clone());
            let words = visible(words.unwrap_or_default());
            egui::WidgetInfo::labeled(egui::Role::Label, true, words)
        });
        let shown = VisibleBlock {
            app,
            opened,
            block,
            placed: one,
        };
        highlights::paint_behind(ui, &shown, state);
        ui.painter().galley(
            one.origin,
            one.layout.galley.clone(),
            theme::palette_of(ui).text,
        );
        highlights::paint_in_front(ui, &shown);
        margin::show(ui, &shown, state, out);
        highlights::handle_clicks(ui, &shown, state, out);
    }
}

/// Follows the mouse over the text.
fn handle_mouse(
    ui: &Ui,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    placed: &[PlacedBlock],
    text_response: &Response,
) {
    let is_over = ui.input(|i| i.pointer.hover_pos()).is_some_and(|at| {
        let first = placed.first();
        first.is_some_and(|first| at.x >= first.origin.x)
    });
    if text_response.hovered() && is_over {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    if text_response.clicked() {
        state.selection = None;
        state.highlight = None;
    }
    let Some(at) = text_response.interact_pointer_pos() else {
        if let Some(selected) = &mut state.selection {
            selected.is_dragged = false;
        }
        return;
    };
    if text_response.double_clicked() {
        state.selection = byte_at(placed, at).and_then(|byte| word_at(opened, byte));
        return;
    }
    if text_response.drag_started() {
        // egui calls it a drag only once the pointer has moved some way from where it was pressed.
        let from = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
        state.selection = byte_at(placed, from).map(|byte| ReaderSelection {
            anchor: byte,
            head: byte,
            is_dragged: true,
        });
        state.highlight = None;
    }
    if text_response.dragged()
        && let Some(selected) = &mut state.selection
        && let Some(byte) = byte_at(placed, at)
    {
        selected.head = byte;
        selected.is_dragged = true;
        // Beyond the edge the text follows.
        let over = (text_response.rect.top() - at.y).max(0.0)
            - (at.y - text_response.rect.bottom()).max(0.0);
        if over != 0.0 {
            ui.scroll_with_delta(egui::vec2(0.0, over.clamp(-24.0, 24.0)));
            // The pointer may rest beyond the edge, and without input egui would stop painting.
            ui.request_repaint();
        }
    }
    if text_response.drag_stopped() {
        let is_empty = |selected: &ReaderSelection| selected.text(&opened.prose).is_none();
        state.selection.take_if(|selected| is_empty(selected));
        if let Some(selected) = &mut state.selection {
            selected.is_dragged = false;
        }
    }
}

/// The byte of the text that is nearest to a place on screen.
fn byte_at(placed: &[PlacedBlock], at: Pos2) -> Option<usize> {
    let below = placed.iter().rfind(|one| one.origin.y <= at.y);
    let one = below.or(placed.first())?;
    Some(one.layout.byte_at(one.origin, at))
}

fn word_at(opened: &ReaderDocument, byte: usize) -> Option<ReaderSelection> {
    let paragraph = opened.prose.paragraph_at(byte)?;
    let span = opened.prose.span(paragraph)?;
    let text = opened.prose.text().get(span.clone())?;
    let mut words = text.unicode_word_indices();
    let (at, word) = words.find(|(at, word)| {
        let start = span.start + at;
        (start..=start + word.len()).contains(&byte)
    })?;
    Some(ReaderSelection {
        anchor: span.start + at,
        head: span.start + at + word.len(),
        is_dragged: false,
    })
}

/// Paints the bar of what can be done with selected words, and reads its keys. Before the text, so
/// that this keeps its place.
pub(super) fn selection_bar(
    ui: &mut Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &ReaderState,
    out: &mut Vec<Command>,
) {
    let cite_key = Action::CopyCitation.spec().shortcut;
    let selected = state.selection.filter(|selected| !selected.is_dragged);
    let words = selected.and_then(|selected| selected.text(&opened.prose));
    let (Some(selected), Some(words)) = (selected, words) else {
        return;
    };
    let is_free = !ui.text_edit_focused();
    // Ctrl+C reaches egui as an event of its own; there is no key to consume.
    let copy = is_free && ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)));
    let cite = cite_key.is_some_and(|key| ui.input_mut(|i| i.consume_shortcut(&key)));
    let cited = || with_citation(app, opened, selected, words);
    let mut act = |with: bool| {
        out.push(Command::CopyText {
            text: if with { cited() } else { words.to_owned() },
            what: if with {
                "words with their citation"
            } else {
                "words"
            },
        });
    };
    if copy || cite {
        act(cite);
    }
    let frame = Frame::new()
        .fill(theme::palette_of(ui).sidebar)
        .inner_margin(Margin::symmetric(24, 6));
    Panel::bottom("selected words")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let count = words.unicode_words().count();
                widgets::caption(ui, format!("{} selected", count_noun(count, "word")));
                ui.add_space(space::S);
                if ui.button("Copy").on_hover_text("Ctrl+C").clicked() {
                    act(false);
                }
                let help = "The words, and where they stand  Ctrl+Shift+C";
                if ui
                    .button("Copy with citation")
                    .on_hover_text(help)
                    .clicked()
                {
                    act(true);
                }
            });
        });
}

/// The words, and where they stand, in plain style.
fn with_citation(
    app: &App,
    opened: &ReaderDocument,
    selected: ReaderSelection,
    text: &str,
) -> String {
    let register = app.register();
    let Some(document) = register.get::<Document>(&opened.document) else {
        return text.to_owned();
    };
    let cited = CitedSource {
        paragraph: opened.prose.paragraph_at(selected.range().start),
        ..CitedSource::of_document(register, document)
    };
    format!(
        "“{text}” ({})",
        (citation_styles::by_id("plain").write)(&cited)
    )
}
