//! The documents to read: those with a text first. Those without one say how to attach it.

use crate::widgets;
use egui::{
    Align, Frame, Layout, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_reading::TextState;
use linchpin_register::Document;
use linchpin_register::english::count_noun;
use linchpin_render::theme::{self, size, space};

/// Why there may be no text, and the way to one.
pub(super) const NO_TEXTS_NOTE: &str = "Texts belong to their publishers, so the program brings \
     none. Two clicks attach one: “Attach a text…”, then paste it or choose its file. It is kept \
     beside the register.";
/// Height of a row, in points.
const ROW_PT: f32 = 52.0;

/// The documents in the order in which they are listed, worked out once for each reading of the
/// texts.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentOrder {
    key: Option<(u64, u64)>,
    /// Their places in the register.
    rows: Vec<usize>,
    /// How many of them have a text.
    with_text: usize,
}

impl DocumentOrder {
    fn update(&mut self, app: &App) {
        let texts = &app.reading.texts;
        // Files of texts come and go while the register stays as it is.
        let key = (app.file.revision, texts.scan_number);
        if self.key == Some(key) {
            return;
        }
        let documents = &app.register().documents;
        let has = |at: &usize| {
            let document = documents.get(*at);
            document.is_some_and(|d| texts.library.prose(d.id.as_str()).is_some())
        };
        let (mut rows, without): (Vec<usize>, Vec<usize>) = (0..documents.len()).partition(has);
        self.with_text = rows.len();
        rows.extend(without);
        self.rows = rows;
        self.key = Some(key);
    }
}

/// Paints the list.
pub(super) fn show(ui: &mut Ui, app: &App, order: &mut DocumentOrder, out: &mut Vec<Command>) {
    order.update(app);
    let frame = Frame::new().inner_margin(widgets::page_margin(16, 8));
    frame.show(ui, |ui| {
        widgets::page_title(ui, "Reader");
        let count = order.rows.len();
        let documents = count_noun(count, "document");
        let label = format!("{} of {documents} with a text. ", order.with_text);
        widgets::caption(ui, label + NO_TEXTS_NOTE);
        if order.rows.is_empty() {
            widgets::empty_state(
                ui,
                "No documents yet",
                "Add a document first: then its text can be attached and read here.",
                |ui| {
                    if widgets::primary_button(ui, "Add document…").clicked() {
                        out.push(Command::OpenAddDialog(
                            linchpin_register::RecordKind::Document,
                        ));
                    }
                },
            );
            return;
        }
        ui.add_space(space::S);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("documents to read")
            .auto_shrink(false)
            .show_rows(ui, ROW_PT, order.rows.len(), |ui, rows| {
                for at in order.rows.get(rows).unwrap_or_default() {
                    if let Some(document) = app.register().documents.get(*at) {
                        document_row(ui, app, document, out);
                    }
                }
            });
    });
}

fn document_row(ui: &mut Ui, app: &App, document: &Document, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let id = document.id.as_str();
    let text = app.reading.texts.library.get(id);
    let readable = app.reading.texts.library.prose(id);
    let width = ui.available_width();
    // What cannot be opened must not take the keyboard's focus.
    let sense = match readable {
        Some(_) => Sense::click(),
        None => Sense::hover(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PT), sense);
    if readable.is_some() {
        let name = format!("Read {}", document.short);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_hot = response.hovered() || response.has_focus();
        widgets::row_background(ui, rect, 6, false, is_hot);
        if response.clicked() {
            out.push(Command::OpenReader {
                document: id.to_owned(),
                paragraph: None,
                phrase: None,
            });
        }
    }
    let line = Stroke::new(1.0, p.hairline);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let state = match (text.map(|text| &text.state), readable) {
        (Some(TextState::Missing(why)), _) => format!("its text cannot be read: {why}"),
        (Some(TextState::Changed), Some(prose)) => {
            format!(
                "{} paragraphs, changed since they were attached",
                prose.len()
            )
        }
        (_, Some(prose)) => count_noun(prose.len() as usize, "paragraph"),
        _ => "no text attached".into(),
    };
    let coded = document.coded.map(|coded| format!(" · {}", coded.label()));
    let about = format!(
        "{} · {} · {state}{}",
        document.date.date.to_long_form(),
        document.kind.label(),
        coded.unwrap_or_default()
    );
    let room = width - 170.0;
    let color = if readable.is_some() {
        p.text
    } else {
        p.text_muted
    };
    let title = widgets::elided_line(
        ui,
        &document.short,
        theme::semibold(size::BODY),
        color,
        room,
    );
    ui.painter().galley(rect.min + vec2(8.0, 7.0), title, color);
    let about = widgets::elided_line(
        ui,
        &about,
        theme::regular(size::CAPTION),
        p.text_muted,
        room,
    );
    ui.painter()
        .galley(rect.min + vec2(8.0, 28.0), about, p.text_muted);
    if readable.is_none() {
        let at = Rect::from_min_max(pos2(rect.right() - 160.0, rect.top()), rect.max);
        let layout = Layout::right_to_left(Align::Center);
        // A child of its own, since the row has taken its height from the layout already.
        let mut ui = ui.new_child(UiBuilder::new().max_rect(at).layout(layout));
        let button = ui.button("Attach a text…");
        let name = format!("Attach a text to {}", document.short);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if button.clicked() {
            out.push(Command::OpenAttachDialog(id.to_owned()));
        }
    }
}
