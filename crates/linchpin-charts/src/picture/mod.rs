//! A chart as a plain value: what it shows in words and numbers, before anything is drawn.
//!
//! A test can print it, a screen reader can speak it, an export can carry it. It knows nothing of
//! pixels.

mod alt_text;
pub mod bars;
pub mod bullet;
pub mod data_table;
mod date_positions;
mod debug_text;
pub mod dumbbell;
mod line_join;
mod money_scale;
pub mod nice;
pub mod plot;
mod shares;
pub mod ticks;
pub mod timeline;
mod value;
pub mod waffle;

use linchpin_register::RecordRef;
use linchpin_register::chart_vocabulary::AxisName;

pub use bars::{Bar, BarPanel, Bars, Extent};
pub use bars::{LegendKey, Segment, StackedBar, StackedBars};
pub use bullet::{Bullet, BulletRow, BulletValue};
pub use data_table::{DataRow, DataTable};
pub use dumbbell::{Dumbbell, DumbbellDot, DumbbellRow};
pub use line_join::LineJoin;
pub use plot::{AxisScale, PlotAxis, PlotGeom, PlotPoint, PlotSeries, TickFormat, XyPlot};
pub use shares::Shares;
pub use timeline::{AxisSegment, DateSpan, Lane, Timeline, TimelineEntry};
pub use value::{NumberFormat, PrintedBound, PrintedNumber, PrintedText, PrintedValue};
pub use waffle::{Waffle, WaffleGroup};

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The chart's id.
    pub id: String,
    pub title: String,
    /// The unit and the counting rule.
    pub subtitle: String,
    /// What a reader must know to read it right, and what was left out.
    pub note: Option<String>,
    /// "Source: …. Register as of 22 November 2026. Linchpin"
    pub source: String,
    /// How its numbers are worked out, where they are not as they are stated or counted.
    pub derivation: Option<PictureDerivation>,
    /// The text for those who cannot see it: kind, range, extremes, bounds.
    pub description: String,
    /// The records' citations, one a line, each once.
    pub citations: Vec<String>,
    pub body: PictureBody,
    /// Lines and words that the chart's maker put into it.
    pub reference_lines: Vec<PlacedReferenceLine>,
    pub annotations: Vec<PlacedAnnotation>,
}

/// What the numbers of a picture are that are worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureDerivation {
    /// What they are: "share of the total, in percent".
    pub name: String,
    /// How they follow from what is stated, as a sentence.
    pub formula: String,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureBody {
    Bars(Bars),
    Stacked(StackedBars),
    Plot(XyPlot),
    Dumbbell(Dumbbell),
    Bullet(Bullet),
    Timeline(Timeline),
    Matrix(Matrix),
    Waffle(Waffle),
    Network(Network),
    Table(TextTable),
    SmallMultiples(SmallMultiples),
    /// Nothing: why, and what to do next.
    Empty(String),
}

/// One bar, segment, dot or cell: what it says, and the records behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartMark {
    /// In words, complete by itself.
    pub label: String,
    pub records: Vec<RecordRef>,
}

/// A mark of a picture by its place in [`Picture::marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MarkId(pub u32);

/// What a color stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorRole {
    /// The only series.
    Single,
    /// A step of the ladder by its rank, 0 to 6.
    LadderStep(u8),
    /// A kind without a rank, by its place among them.
    Unranked(u8),
    /// A group without a rank, by its place among them; a word of a vocabulary by its place there.
    Category(u8),
    /// What says that nobody knows, such as "not assessed".
    Quiet(u8),
}

impl Picture {
    /// Every mark, in reading order.
    pub fn marks(&self) -> impl Iterator<Item = (MarkId, &ChartMark)> {
        (0..).map(MarkId).zip(self.body.marks())
    }

    /// The mark with this id.
    pub fn mark(&self, id: MarkId) -> Option<&ChartMark> {
        self.marks().nth(id.0 as usize).map(|(_, mark)| mark)
    }

    /// The whole value as readable text, one mark a line.
    pub fn to_text(&self) -> String {
        debug_text::picture(self)
    }
}

impl PictureBody {
    /// Whether a number at a mark was worked out and rounded.
    pub fn has_rounded_numbers(&self) -> bool {
        match self {
            PictureBody::Bars(it) => {
                let mut bars = it.panels.iter().flat_map(|panel| &panel.bars);
                bars.any(|bar| bar.text.is_rounded())
            }
            PictureBody::Stacked(it) => {
                let mut segments = it.bars.iter().flat_map(|bar| &bar.segments);
                segments.any(|segment| segment.text.is_rounded())
            }
            PictureBody::Plot(it) => {
                let mut points = it.series.iter().flat_map(|series| &series.points);
                points.any(|point| point.text.is_rounded())
            }
            PictureBody::Matrix(it) => {
                let mut numbers = it.cells.iter().filter_map(|cell| cell.number.as_ref());
                numbers.any(|number| number.text.is_rounded())
            }
            PictureBody::Bullet(it) => {
                let mut shares = it.rows.iter().filter_map(|row| row.share.as_ref());
                shares.any(PrintedValue::is_rounded)
            }
            PictureBody::Dumbbell(it) => it.dots().any(|dot| dot.point.text.is_rounded()),
            PictureBody::Waffle(it) => it.groups.iter().any(|group| group.text.is_rounded()),
            PictureBody::SmallMultiples(it) => {
                let mut panels = it.panels.iter();
                panels.any(|panel| panel.body.has_rounded_numbers())
            }
            _ => false,
        }
    }

    /// Every mark, in reading order.
    pub fn marks(&self) -> Box<dyn Iterator<Item = &ChartMark> + '_> {
        match self {
            PictureBody::Bars(bars) => Box::new(bars.marks()),
            PictureBody::Stacked(stacked) => Box::new(stacked.marks()),
            PictureBody::Plot(plot) => Box::new(plot.marks()),
            PictureBody::Bullet(it) => Box::new(it.rows.iter().map(|row| &row.mark)),
            PictureBody::Dumbbell(it) => Box::new(it.dots().map(|dot| &dot.point.mark)),
            PictureBody::Timeline(timeline) => Box::new(timeline.marks()),
            PictureBody::Matrix(matrix) => Box::new(matrix.cells.iter().map(|cell| &cell.mark)),
            PictureBody::Waffle(waffle) => Box::new(waffle.groups.iter().map(|group| &group.mark)),
            PictureBody::Network(network) => Box::new(network.nodes.iter().map(|node| &node.mark)),
            PictureBody::Table(table) => Box::new(table.rows.iter().map(|row| &row.mark)),
            PictureBody::SmallMultiples(multiples) => multiples.marks(),
            PictureBody::Empty(_) => Box::new(std::iter::empty()),
        }
    }
}

/// A line across a picture at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedReferenceLine {
    pub axis: AxisName,
    pub position: AxisPosition,
    pub label: String,
}

/// Words at a place. What is not given is up to the painter.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedAnnotation {
    pub text: String,
    pub x: Option<AxisPosition>,
    pub y: Option<AxisPosition>,
}

/// A place on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AxisPosition {
    /// A number, or a date in years with a fraction.
    Value(f64),
    /// The place of a group among the rows, bars or bands.
    Group(usize),
    /// Too far from the data: the axis does not reach so far, and words name it at its edge.
    Off(OffAxis),
}

/// On which side of an axis a value lies that it does not reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffAxis {
    /// Dates before the first one of the axis, and after its last one.
    Before,
    After,
    /// Numbers less than the least one of the axis, and greater than its greatest one.
    Below,
    Above,
    /// Years that the axis leaves out.
    LeftOut,
}

/// Which row goes with which column, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// What a cell with a number means.
    pub filled_legend: String,
    /// What a ring means.
    pub ring_legend: String,
    /// Row by row; each place at most once.
    pub cells: Vec<MatrixCell>,
    /// A heat map: the more, the stronger the color of the cell.
    pub is_heatmap: bool,
}

/// A place where a row and a column meet.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixCell {
    pub row: usize,
    pub column: usize,
    /// How many records, or what they state; `None` for a ring.
    pub number: Option<MatrixNumber>,
    pub mark: ChartMark,
}

/// The number of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixNumber {
    pub extent: Extent,
    /// As it is printed, with its bound.
    pub text: PrintedValue,
}

impl MatrixNumber {
    /// By what it is compared and shaded: as far as is known.
    pub fn value(&self) -> f64 {
        self.extent.low.or(self.extent.high).unwrap_or(0.0)
    }
}

/// Nodes and links.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Kinds of nodes.
    pub keys: Vec<LegendKey>,
    pub nodes: Vec<NetworkNode>,
    pub edges: Vec<NetworkEdge>,
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkNode {
    pub name: String,
    /// The place of its key.
    pub key: usize,
    /// From 0 (left, top) to 1 (right, bottom).
    pub x: f32,
    pub y: f32,
    pub mark: ChartMark,
}

/// What joins two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkEdge {
    /// The places of the nodes.
    pub from: usize,
    pub to: usize,
    /// What the link says: "member of".
    pub label: String,
}

/// Small charts beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallMultiples {
    pub panels: Vec<FacetPanel>,
    /// Each has a scale of its own, because their units differ.
    pub has_independent_scales: bool,
}

/// One of them. Bodies of one picture have the same scales, unless their units differ.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetPanel {
    pub title: String,
    pub body: PictureBody,
}

impl SmallMultiples {
    pub fn marks(&self) -> Box<dyn Iterator<Item = &ChartMark> + '_> {
        Box::new(self.panels.iter().flat_map(|panel| panel.body.marks()))
    }
}

/// Rows of words.
#[derive(Clone, Debug, PartialEq)]
pub struct TextTable {
    pub columns: Vec<TextColumn>,
    pub rows: Vec<TextRow>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct TextColumn {
    pub title: String,
    /// Its words end at the right: numbers.
    pub is_numeric: bool,
}

/// One row: a cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRow {
    pub cells: Vec<PrintedValue>,
    pub mark: ChartMark,
}
