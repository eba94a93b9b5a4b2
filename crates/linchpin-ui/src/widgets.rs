//! Widgets that several views share. Every one that can be clicked has an accessible name.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, CornerRadius, FontId, Frame, Galley, Id, Label, Margin, Modal, Painter, Pos2, Rect,
    Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};
use linchpin_app::App;
use linchpin_app::command::{Command, ReaderCommand};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::UndoGrouping;
use linchpin_register::query::SearchQuery;
use linchpin_register::tables::citation_styles::{ALL, CitationStyle, CitedSource, by_id};
use linchpin_register::tables::formatting::format_number;
use linchpin_render::theme::{self, Palette, size, space};
use linchpin_report::visible::{is_control, is_harmless, visible};
use ron_lossless::Diagnostic;
use std::sync::Arc;

/// The title of a page.
pub fn page_title(ui: &mut Ui, text: &str) -> Response {
    ui.add(
        Label::new(
            RichText::new(&*visible(text))
                .font(theme::semibold(size::HEADING + 4.0))
                .color(theme::palette_of(ui).text),
        )
        .truncate(),
    )
}

/// The head of a section.
pub fn section_heading(ui: &mut Ui, text: &str) -> Response {
    ui.label(
        RichText::new(&*visible(text))
            .font(theme::semibold(size::BODY))
            .color(theme::palette_of(ui).text),
    )
}

/// Small muted text.
pub fn caption(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = RichText::new(&*visible(&text.into()))
        .font(theme::regular(size::CAPTION))
        .color(theme::palette_of(ui).text_muted);
    ui.add(Label::new(text).wrap())
}

/// Text that can be selected and copied.
pub fn selectable_text(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    ui.add(Label::new(text.into()).wrap().selectable(true))
}

/// Text that can be selected and copied, with the hits of a search marked.
pub fn search_highlighted(
    ui: &mut Ui,
    text: &str,
    search: &SearchQuery,
    format: TextFormat,
) -> Response {
    let job = search_layout(ui, text, search, format);
    ui.add(Label::new(job).wrap().selectable(true))
}

/// A text as it is laid out, with the hits of a search marked.
pub fn search_layout(ui: &Ui, text: &str, search: &SearchQuery, format: TextFormat) -> LayoutJob {
    let marked = TextFormat {
        background: theme::palette_of(ui).search_hit,
        ..format.clone()
    };
    let mut job = LayoutJob::default();
    let mut from = 0;
    for hit in search.match_ranges(text) {
        append_visible(&mut job, &text[from..hit.start], 0.0, format.clone());
        append_visible(&mut job, &text[hit.clone()], 0.0, marked.clone());
        from = hit.end;
    }
    append_visible(&mut job, &text[from..], 0.0, format);
    job
}

/// Adds words from a file or a text to a layout job. Control characters have
/// a dot each, which every face has, so that places in the words are places in the job's text.
pub fn append_visible(job: &mut LayoutJob, words: &str, leading_space: f32, format: TextFormat) {
    match is_harmless(words) {
        true => job.append(words, leading_space, format),
        false => {
            let words: String = words
                .chars()
                .map(|c| if is_control(c) { '·' } else { c })
                .collect();
            job.append(&words, leading_space, format);
        }
    }
}

/// What a field to type into is called, and what stands in it.
pub fn text_input_info(name: &str, text: &str) -> WidgetInfo {
    let mut info = WidgetInfo::labeled(Role::TextInput, true, name);
    info.current_text_value = Some(text.to_owned());
    info
}

/// Text that acts like a link.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let color = theme::palette_of(ui).accent;
    let response = ui.add(
        Label::new(RichText::new(text).color(color))
            .sense(Sense::click())
            .wrap(),
    );
    if response.hovered() || response.has_focus() {
        let rect = response.rect;
        ui.painter()
            .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, color));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button for the one thing that a dialog or an empty page is about.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let p = theme::palette_of(ui);
    ui.add(
        egui::Button::new(RichText::new(text).color(p.on_accent))
            .fill(p.accent)
            .stroke(Stroke::NONE),
    )
}

/// A button without a frame, for toolbars.
pub fn toolbar_button(ui: &mut Ui, text: &str, help: &str) -> Response {
    ui.add(
        egui::Button::new(RichText::new(text).color(theme::palette_of(ui).text_muted))
            .frame_when_inactive(false),
    )
    .on_hover_text(help)
}

/// A button without a frame whose accessible name says more than its text. `true` where it was
/// clicked.
pub fn named_toolbar_button(ui: &mut Ui, text: &str, name: &str, help: &str) -> bool {
    let response = toolbar_button(ui, text, help);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// The background of a row in a list: marked where it is the chosen one or has the pointer or the
/// keyboard.
pub fn row_background(
    ui: &Ui,
    rect: Rect,
    corner: impl Into<CornerRadius>,
    is_chosen: bool,
    is_hot: bool,
) {
    let p = theme::palette_of(ui);
    let fill = match (is_chosen, is_hot) {
        (true, _) => p.accent_soft,
        (false, true) => p.hover,
        (false, false) => return,
    };
    ui.painter().rect_filled(rect, corner, fill);
}

/// A pencil: what is next to it can be edited.
pub fn pencil_icon(painter: &Painter, center: Pos2, color: Color32) {
    let line = Stroke::new(1.3, color);
    let at = |x: f32, y: f32| center + vec2(x, y);
    let corners = [
        at(-5.0, 5.0),
        at(-4.2, 1.8),
        at(2.6, -5.0),
        at(5.0, -2.6),
        at(-1.8, 4.2),
        at(-5.0, 5.0),
    ];
    painter.line(corners.to_vec(), line);
    painter.line_segment([at(0.8, -3.2), at(3.2, -0.8)], line);
}

/// A sign that something opens below.
pub fn chevron_icon(painter: &Painter, center: Pos2, color: Color32) {
    let at = |x: f32, y: f32| center + vec2(x, y);
    let corners = vec![at(-3.5, -1.5), at(0.0, 2.0), at(3.5, -1.5)];
    painter.line(corners, Stroke::new(1.3, color));
}

/// What a page shows instead of rows: what is the matter, and the way out.
pub fn empty_state(ui: &mut Ui, title: &str, text: &str, add: impl FnOnce(&mut Ui)) {
    ui.add_space(space::XL);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).font(theme::semibold(size::HEADING)));
        ui.add_space(space::XS);
        ui.label(RichText::new(text).color(theme::palette_of(ui).text_muted));
        ui.add_space(space::S);
        add(ui);
    });
}

/// Says that something is being worked out.
pub fn spinner_row(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        ui.spinner();
        caption(ui, text);
    });
}

/// Says in the middle of a page that its contents are being worked out.
pub fn page_spinner(ui: &mut Ui, text: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space(space::XL);
        ui.spinner();
        caption(ui, text);
    });
}

/// "and 12 more" below a list that shows `max` of `total` entries, where some are left out.
pub fn caption_more(ui: &mut Ui, total: usize, max: usize) {
    if let Some(more @ 1..) = total.checked_sub(max) {
        caption(ui, format!("and {} more", format_number(more as f64)));
    }
}

/// Why something cannot be done, below the form that asks for it.
pub fn error_text(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).color(theme::palette_of(ui).error));
}

/// The button that opens the file dialog of the system.
pub fn browse_button(ui: &mut Ui, text: &str) -> Response {
    ui.button(text)
        .on_hover_text("The dialog of the system, where it has one")
}

/// The margin of what stands on a page.
pub fn page_margin(top: i8, bottom: i8) -> Margin {
    Margin {
        left: 24,
        right: 24,
        top,
        bottom,
    }
}

/// A frame for something that stands apart: a tile, a chart, a quotation.
pub fn card_frame(p: &Palette) -> Frame {
    Frame::new()
        .fill(p.background)
        .stroke(Stroke::new(1.0, p.hairline))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::same(16))
}

/// A word on a soft background, such as "broken" or a filter that is on.
pub fn tag(ui: &mut Ui, text: &str, color: Color32, background: Color32) -> Response {
    let font = theme::regular(size::CAPTION);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(14.0, 6.0), Sense::hover());
    ui.painter()
        .rect_filled(rect, CornerRadius::same(9), background);
    ui.painter()
        .galley(rect.min + vec2(7.0, 3.0), galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// At most `max_chars` characters of a text, the last of them "…" where something is left out.
pub fn truncated(text: &str, max_chars: usize) -> String {
    if text.chars().count() > max_chars {
        text.chars().take(max_chars - 1).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

/// As much of `text` as fits on one line of `width_pt`, with "…" at its end where something is left
/// out.
pub fn elided_line(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width_pt: f32,
) -> Arc<Galley> {
    elided_lines(ui, text, font, color, width_pt, 1)
}

/// As much of `text` as fits on so many lines of `width_pt`, with "…" at its end where something is
/// left out.
pub fn elided_lines(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width_pt: f32,
    max_lines: usize,
) -> Arc<Galley> {
    // Nothing so short shows more than this; laying out ten thousand characters to show forty costs
    // a frame.
    let limit = text
        .char_indices()
        .nth(400)
        .map_or(text.len(), |(at, _)| at);
    let format = TextFormat::simple(font, color);
    let mut job = LayoutJob::single_section(text[..limit].replace(['\n', '\r'], " "), format);
    job.wrap = TextWrapping {
        max_rows: max_lines,
        // A single line is cut within a word, to show as much as fits; several break between words.
        break_anywhere: max_lines == 1,
        ..TextWrapping::truncate_at_width(width_pt.max(8.0))
    };
    ui.painter().layout_job(job)
}

/// A window over the others, whoever closes it.
pub fn show_modal<T>(
    ui: &Ui,
    title: &str,
    width_pt: f32,
    contents: impl FnOnce(&mut Ui) -> T,
) -> egui::ModalResponse<T> {
    let room = ui.ctx().content_rect();
    let frame = egui::Frame::popup(ui.style())
        .inner_margin(egui::Margin::same(20))
        .corner_radius(egui::CornerRadius::same(10));
    Modal::new(Id::unique(("dialog", title)))
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(width_pt.min(room.width() - 64.0));
            ui.set_max_height(room.height() - 96.0);
            ui.label(RichText::new(title).font(theme::semibold(size::HEADING)));
            ui.add_space(space::XS);
            contents(ui)
        })
}

/// The button that sets a problem right, where there is one way to do it.
pub fn quick_fix_button(ui: &mut Ui, app: &App, problem: &Diagnostic, out: &mut Vec<Command>) {
    let Some(quick_fix) = problem.fix.as_ref().filter(|_| app.file.is_up_to_date()) else {
        return;
    };
    let shown: Vec<&str> = quick_fix
        .edits
        .iter()
        .map(|text_edit| text_edit.text.trim())
        .collect();
    let warning = match problem.is_fix_lossy {
        true => ". Something of what stands there is lost",
        false => "",
    };
    if ui
        .button(&quick_fix.label)
        .on_hover_text(format!("Writes {}{warning}", shown.join(" … ")))
        .clicked()
    {
        out.push(Command::Transaction(Box::new(
            TransactionRequest::TextEdits {
                label: quick_fix.label.clone(),
                edits: quick_fix.edits.clone(),
                run: UndoGrouping::Separate,
                version: app.file.draft.version(),
            },
        )));
    }
}

/// The button that copies a citation in the style that was chosen last, and the menu of all styles
/// next to it.
pub fn citation_button(ui: &mut Ui, app: &App, cited: CitedSource<'_>, out: &mut Vec<Command>) {
    let now = by_id(&app.view.preferences.citation_style);
    let mut copy = |style: &'static CitationStyle| {
        out.push(Command::CopyText {
            text: (style.write)(&cited),
            what: "citation",
        });
        if style.id != now.id {
            out.push(Command::Reader(ReaderCommand::SetCitationStyle(style.id)));
        }
    };
    let help = format!("{}: {}", now.label, now.help);
    // Both are parts of the same row, so that neither is squeezed into what is left of a line.
    if ui.button("Copy citation").on_hover_text(help).clicked() {
        copy(now);
    }
    let arrow = ui.add(egui::Button::new("").min_size(vec2(22.0, 0.0)));
    arrow.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Copy citation as…"));
    let color = theme::palette_of(ui).text_muted;
    super::widgets::chevron_icon(ui.painter(), arrow.rect.center(), color);
    egui::Popup::menu(&arrow).show(|ui| {
        ui.set_min_width(260.0);
        for style in ALL {
            let is_now = style.id == now.id;
            let row = ui.add(egui::Button::selectable(is_now, style.label));
            if row.on_hover_text(style.help).clicked() {
                copy(style);
                ui.close();
            }
            super::widgets::caption(ui, style.help);
        }
    });
}

/// A line that sets apart what follows in a row.
pub fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 18.0), Sense::hover());
    let line = Stroke::new(1.0, theme::palette_of(ui).hairline);
    ui.painter().vline(rect.center().x, rect.y_range(), line);
}
