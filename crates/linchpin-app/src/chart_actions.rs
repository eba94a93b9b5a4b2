//! What can be done with charts, as it stands in the menus.

use super::action::{Action, ActionSpec, ChartAction, Menu, ctrl, ctrl_shift, spec};
use egui::Key;

pub(super) const EXPORT: ActionSpec = spec(
    Action::ExportChart,
    Menu::File,
    "Export chart…",
    "Save the chart on screen as an image",
    ctrl(Key::E),
);

pub(super) const EXPORT_ALL: ActionSpec = spec(
    Action::ExportAllCharts,
    Menu::File,
    "Export all charts…",
    "Save every chart into a folder",
    ctrl_shift(Key::E),
);

pub(super) const COPY_IMAGE: ActionSpec = spec(
    Action::CopyImage,
    Menu::Record,
    "Copy chart as image",
    "Copy the chart on screen as pixels",
    ctrl_shift(Key::I),
);

pub(super) const COPY_SVG: ActionSpec = spec(
    Action::CopySvg,
    Menu::Record,
    "Copy chart as SVG",
    "Copy the chart on screen as the text of an SVG file",
    None,
);

pub(super) const COPY_MARKDOWN: ActionSpec = spec(
    Action::CopyMarkdown,
    Menu::Record,
    "Copy chart as Markdown",
    "Copy the data of the chart on screen with its source and its citations",
    ctrl_shift(Key::K),
);

pub(super) const NEW: ActionSpec = spec(
    Action::Chart(ChartAction::New),
    Menu::Record,
    "New chart…",
    "Choose records, and one of the charts that fit them",
    None,
);

pub(super) const EDIT: ActionSpec = spec(
    Action::Chart(ChartAction::Edit),
    Menu::Record,
    "Edit chart",
    "Edit the chart on screen next to its picture",
    None,
);

pub(super) const FROM_ROWS: ActionSpec = spec(
    Action::Chart(ChartAction::FromRows),
    Menu::Record,
    "Chart these rows…",
    "Make a chart of the rows that are selected, else of those that the search and the filters \
    leave",
    ctrl_shift(Key::G),
);

pub(super) const SHOW_RECORDS: ActionSpec = spec(
    Action::Chart(ChartAction::ShowRecords),
    Menu::Record,
    "Show the chart's records",
    "Open the table with the records that the chart on screen draws",
    None,
);

pub(super) const WRITE_STANDARD_CHARTS: ActionSpec = spec(
    Action::Chart(ChartAction::WriteStandardCharts),
    Menu::Record,
    "Keep these charts in the file",
    "Write the standard charts into the file, to change them there; otherwise the first edit does",
    None,
);

pub(super) const AS_TABLE: ActionSpec = spec(
    Action::ToggleChartTable,
    Menu::View,
    "Chart as table",
    "Show the data of the chart on screen in its place, or the chart again; T does so where the \
    keyboard is at a chart",
    None,
);
