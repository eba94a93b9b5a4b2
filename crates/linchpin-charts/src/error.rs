//! What cannot be drawn, and what a picture must say besides its marks. Both are values; `messages`
//! makes words of them.

use super::fields::DataField;
use super::left_out::LeftOut;
use super::year_span::YearSpan;
use crate::picture::PrintedValue;
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{
    Aggregate, Arrangement, AxisName, DerivedMeasure, MarkKind,
};
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{Chart, Date, DateCertainty, Figure, RecordKind};

/// A channel of a chart: what a place, a color or a small chart of its own stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelName {
    X,
    Y,
    Color,
    Facet,
}

impl ChannelName {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            ChannelName::X => "x",
            ChannelName::Y => "y",
            ChannelName::Color => "color",
            ChannelName::Facet => "facet",
        }
    }

    /// What a chart says of it.
    pub fn of(self, chart: &Chart) -> Option<&Channel> {
        match self {
            ChannelName::X => chart.x.as_ref(),
            ChannelName::Y => chart.y.as_ref(),
            ChannelName::Color => chart.color.as_ref(),
            ChannelName::Facet => chart.facet.as_ref(),
        }
    }
}

impl From<AxisName> for ChannelName {
    fn from(axis: AxisName) -> ChannelName {
        match axis {
            AxisName::X => ChannelName::X,
            AxisName::Y => ChannelName::Y,
        }
    }
}

/// A part of a chart that an error can concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartPart {
    Records,
    Channel(ChannelName),
    Filter,
    Count,
    Columns,
    Arrangement,
    Sort,
    Lines,
    Annotations,
}

impl ChartPart {
    /// The field of the chart's record that holds it.
    pub fn field_name(self) -> &'static str {
        match self {
            ChartPart::Records => "records",
            ChartPart::Channel(channel) => channel.name(),
            ChartPart::Filter => "filter",
            ChartPart::Count => "count",
            ChartPart::Columns => "columns",
            ChartPart::Arrangement => "arrangement",
            ChartPart::Sort => "sort",
            ChartPart::Lines => "lines",
            ChartPart::Annotations => "annotations",
        }
    }
}

impl From<ChannelName> for ChartPart {
    fn from(channel: ChannelName) -> ChartPart {
        ChartPart::Channel(channel)
    }
}

/// Why a chart cannot be drawn, and which part of it is to be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartError {
    pub part: ChartPart,
    pub kind: ChartErrorKind,
}

/// What stands in the way of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartErrorKind {
    /// The chart names no list of records.
    NoRecordList,
    /// The mark draws one list, and the chart names several.
    SeveralLists(MarkKind),
    /// The register has no records of these types.
    EmptyLists(Vec<RecordKind>),
    /// The counting rule leaves no record.
    NoneCounted(RecordKind),
    /// The filters or the search leave no record.
    NoneLetIn(Vec<RecordKind>),
    /// The records of a list have no field of this name.
    UnknownField { kind: RecordKind, name: String },
    /// The table of a list has no column of this name.
    UnknownColumn { kind: RecordKind, name: String },
    /// No record has a value in a field.
    EmptyField { kind: RecordKind, field: DataField },
    /// No record has a value in the field that colors or squares stand for.
    EmptyGroupField { kind: RecordKind, field: DataField },
    /// No record has a value in both fields of a matrix.
    NoPairs {
        kind: RecordKind,
        x: DataField,
        y: DataField,
    },
    /// No record has a date in a field.
    NoDates { kind: RecordKind, field: DataField },
    /// None of the records of a timeline has a date.
    Undated(Vec<RecordKind>),
    /// The records have no field with dates.
    NoDateFields,
    /// More years than there is room for, whose numbers do not become one in fewer places.
    TooManyYears { count: usize, years: YearSpan },
    /// The field of a timeline holds no dates.
    NotDates { kind: RecordKind, name: String },

    /// An aggregate of nothing.
    AggregateWithoutField(Aggregate),
    /// The field holds no stated numbers.
    NotStatedNumbers { kind: RecordKind, name: String },
    /// The numbers of a field measure nothing, such as ranks.
    NotQuantities(DataField),
    /// All figures are ranks, dates or names.
    NoQuantities,
    /// Several numbers in a group, and no aggregate.
    SeveralNumbers { group: String, count: usize },
    /// A bound among numbers that are to become one.
    BoundInAggregate {
        figure: Box<Figure>,
        aggregate: Aggregate,
    },
    /// Numbers of one unit that make no sum all the same.
    NotAddable {
        figures: Box<[Figure; 2]>,
        obstacle: SumObstacle,
        joining: Joining,
    },
    /// A number that would count in two parts of one bar.
    CountedTwice(Box<Figure>),
    /// Bounds of what is one number.
    AggregateHasNoBounds(Aggregate),
    /// Numbers of two units on one scale.
    TwoUnits {
        figures: Box<[Figure; 2]>,
        mark: MarkKind,
    },

    /// Numbers are needed on one axis, and both have groups.
    GroupsOnBothAxes(MarkKind),
    /// Groups are needed on an axis, and none has any.
    NoGroups(MarkKind),
    /// Both axes hold the same.
    SameOnBothAxes(SameOnBothAxes),
    /// The chart does not say what the axes stand for.
    NoAxes(MarkKind),
    /// Points are joined from date to date, and x has no dates.
    NoDatesAcross { mark: MarkKind, kind: RecordKind },
    /// Lines need a number to rise and fall with.
    NoNumberUp(MarkKind),
    /// A logarithmic axis without numbers.
    LogWithoutNumbers(ChannelName),
    /// Bars on a logarithmic axis.
    LogOfBars(ChannelName),
    /// A channel that stands for nothing in a mark.
    UnusedChannel { mark: MarkKind, name: ChannelName },
    /// A part of a channel that its use has no place for.
    UnusedOption {
        name: ChannelName,
        option: ChannelOption,
        found: ChannelUse,
    },
    /// Groups without a record, of a field whose groups nobody can list.
    NoEmptyGroups(DataField),
    /// A way of putting parts, for a mark that has none.
    ArrangementOfBars(MarkKind),
    /// A way of putting parts, and no parts.
    NoParts(Arrangement),
    /// An order, and nothing that could be put in it.
    NothingToSort(MarkKind),
    /// Columns of a table, for another mark.
    ColumnsOfTable(MarkKind),
    /// Nothing says what is delivered, and of what.
    NoTarget,
    /// Nothing says which dots a row of connected dots has.
    NoDots,
    /// No row of connected dots has two of them.
    OneDotInRows(DataField),
    /// Groups in columns, for a mark that has them in rows.
    GroupsNotInRows(MarkKind),
    /// Several dates where a dot stands at one.
    SeveralDates { group: String, count: usize },
    /// What stands in the way of numbers that are to be worked out.
    NotDerived {
        how: DerivedMeasure,
        obstacle: DerivedObstacle,
    },
    /// The shades of a matrix stand for numbers.
    GroupsAsShades,
    /// Zero or less on a logarithmic axis.
    NotAboveZero {
        name: String,
        value: Box<PrintedValue>,
        channel: ChannelName,
    },
    /// No record links to another.
    NoLinks(Vec<RecordKind>),
    /// Colors stand for the lists, where there are several.
    ColorsOfLists,
    /// A color without a field.
    ColorWithoutField,
    /// Small charts without a field.
    FacetWithoutField,
    /// Annotations, which have no one place in small charts.
    FacetWithAnnotations,
    /// Lines, whose number has no one unit in small charts of several.
    FacetOfUnitsWithLines,
    /// No place of this name on an axis; the keys of the first groups that there are.
    UnknownPosition { words: String, keys: Vec<String> },

    /// A bound as a part of a bar.
    BoundInWhole(Box<Figure>),
    /// A number below zero as a part of a bar, and the bar.
    NegativeInWhole {
        group: String,
        value: Box<PrintedValue>,
    },
    /// Money of no stated currency.
    NoCurrency(Box<Figure>),
    /// An upper bound, of which no square is sure.
    UnsureSquares(Box<Figure>),
    /// Squares for less than nothing.
    NegativeSquares(Box<Figure>),
    /// More squares than can be counted.
    TooManySquares(Box<Figure>),
    /// The squares of a group are of one color.
    ColorOfSquares,
}

/// Why numbers cannot be worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum DerivedObstacle {
    /// A part of the derivation, by its name in the file, without which it says too little.
    Needs(&'static str),
    /// A part of the derivation that it has no use for.
    HasNoUseFor(&'static str),
    /// Bars in parts: nothing says of which part or whole.
    Parts,
    /// The groups, or the points, are no periods.
    NoPeriods,
    /// Numbers of groups, and the mark draws them over time.
    OverTime(MarkKind),
    /// A bound, by the name of its group.
    Bound {
        name: String,
        value: Box<PrintedValue>,
    },
    /// An aggregate whose results make no total.
    Aggregate(Aggregate),
    /// A record counts in several groups, so that they are more than the whole.
    Shared,
    /// Nothing to divide by.
    ZeroTotal,
    /// Two periods that have some time in common.
    Overlap([String; 2]),
    /// Two periods of which one is much longer.
    UnequalPeriods([String; 2]),
    /// A period without a number before one that would need it, in a line.
    GapInLine(String),
    /// No number is left.
    Nothing,
}

/// Why the number of one group or period is not worked out, and not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedGap {
    /// The first period has none before it.
    First,
    /// Too few periods come before it.
    TooEarly,
    /// The period before it has no number.
    AfterGap,
    /// The period before it has zero, or less.
    ZeroBefore,
    /// A ratio without what is measured.
    NothingMeasured,
    /// A ratio without what it is divided by.
    NothingToDivideBy,
    /// A ratio that would be divided by zero.
    DividedByZero,
}

/// How the numbers of a picture are worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// Of a total.
    Share {
        total: Option<Box<PrintedValue>>,
    },
    Change,
    PercentChange,
    RunningTotal,
    MovingAverage {
        periods: u32,
    },
    /// The words for what is measured, and for what it is divided by.
    Ratio {
        of: String,
        by: String,
    },
}

/// Why two stated numbers do not become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumObstacle {
    /// Their money stands at different places between promise and payment.
    Flows,
    /// One is a quantity, and the other how it changed or what share it is of another.
    Measures,
    /// Percentages and other ratios.
    Ratios,
    /// A place in an order measures nothing.
    Order,
    /// What is there at two times.
    Times,
    /// One is a part of the other, or covers some of the same time.
    Part,
    /// The same number, stated twice.
    Twice,
}

/// How numbers are made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// By an aggregate.
    Aggregate(Aggregate),
    /// As parts of a bar, whose whole is their sum.
    Parts,
}

impl Joining {
    /// What comes of it: "sum".
    pub fn label(self) -> &'static str {
        match self {
            Joining::Aggregate(aggregate) => aggregate.label(),
            Joining::Parts => Aggregate::Sum.label(),
        }
    }
}

/// What a channel stands for in a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelUse {
    /// Nothing.
    Nothing,
    /// A group for each value.
    Groups,
    /// Places of dates.
    Dates,
    /// Numbers that are stated or counted.
    Numbers,
    /// How many rows a table has.
    Rows,
}

/// A part of a channel that a use of it may have no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelOption {
    Derive,
    Scale,
    Missing,
    Together,
    Empty,
    Limit,
}

impl ChannelOption {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            ChannelOption::Derive => "derive",
            ChannelOption::Scale => "scale",
            ChannelOption::Missing => "missing",
            ChannelOption::Together => "together",
            ChannelOption::Empty => "empty",
            ChannelOption::Limit => "limit",
        }
    }
}

/// What both axes of a plot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameOnBothAxes {
    Number,
    Count,
    NumberAndCount,
}

/// The records that a note names, shared or to be changed: one list of the notes that name some.
macro_rules! left_out_of {
    ($note:expr, $of_panel:ident) => {
        match $note {
            ChartNote::WithoutGroup { left_out, .. }
            | ChartNote::WithoutColor { left_out, .. }
            | ChartNote::WithoutDate { left_out, .. }
            | ChartNote::Undated(left_out)
            | ChartNote::MoreGroups { left_out, .. }
            | ChartNote::MoreRowsAndColumns { left_out, .. }
            | ChartNote::MorePanels { left_out, .. }
            | ChartNote::MoreNumbers { left_out, .. }
            | ChartNote::MoreRows { left_out, .. }
            | ChartNote::MoreLinked(left_out)
            | ChartNote::Unlinked(left_out)
            | ChartNote::NotDrawn(left_out)
            | ChartNote::OutsideRatio { left_out, .. } => Some(left_out),
            ChartNote::OfPanel { note, .. } => note.$of_panel(),
            _ => None,
        }
    };
}

impl ChartNote {
    /// Says how many of some dates are not sure.
    pub fn unsure_dates(dates: &[Date]) -> Option<ChartNote> {
        let count = |kinds: [DateCertainty; 2]| {
            let is_one = |date: &&Date| kinds.contains(&date.certainty());
            dates.iter().filter(is_one).count()
        };
        let both = DateCertainty::AboutAndUncertain;
        let about = count([DateCertainty::About, both]);
        let uncertain = count([DateCertainty::Uncertain, both]);
        (about + uncertain > 0).then_some(ChartNote::UnsureDates { about, uncertain })
    }

    /// Says which of some dates stand at one year, though they are of several.
    pub fn dates_of_several_years(dates: &[Date]) -> Option<ChartNote> {
        let mut several = dates.iter().filter(|date| date.spans_years());
        let first = several.next()?.to_long_form();
        let count = several.count() + 1;
        Some(ChartNote::DatesOfSeveralYears { count, first })
    }

    /// The records that it says are not drawn.
    pub fn left_out(&self) -> Option<&LeftOut> {
        left_out_of!(self, left_out)
    }

    /// The same, to be changed.
    pub fn left_out_mut(&mut self) -> Option<&mut LeftOut> {
        left_out_of!(self, left_out_mut)
    }

    /// Whether it says how the ends of bars are drawn.
    pub fn is_about_ends_of_bars(&self) -> bool {
        matches!(
            self,
            ChartNote::LowerBounds | ChartNote::UpperBounds | ChartNote::PaleParts
        )
    }

    /// Whether it names numbers that have no length or measure nothing.
    pub fn is_about_measures(&self) -> bool {
        match self {
            ChartNote::WithoutLength(_) | ChartNote::MeasuringNothing(_) => true,
            ChartNote::OfPanel { note, .. } => note.is_about_measures(),
            _ => false,
        }
    }

    /// Whether it names nothing: all of its records are drawn, or named by another note. Groups
    /// that are not drawn are named all the same.
    pub fn is_void(&self) -> bool {
        match self {
            ChartNote::MoreGroups { names, .. } | ChartNote::MorePanels { names, .. } => {
                names.is_empty()
            }
            ChartNote::MoreRowsAndColumns { rows, columns, .. } => {
                rows.0.is_empty() && columns.0.is_empty()
            }
            note => note.left_out().is_some_and(|it| it.records.is_empty()),
        }
    }

    /// Whether it says that something that the chart is of has no place of its own in it, or that
    /// its numbers were worked out: whoever does not see the picture must not take what is drawn
    /// for all there is, or for what is stated.
    pub fn is_about_omissions(&self) -> bool {
        match self {
            ChartNote::CoarseYears { .. }
            | ChartNote::BrokenYears(_)
            | ChartNote::YearsNotDrawn(_)
            | ChartNote::AxisBreaks(_)
            | ChartNote::JoinedEntries { .. }
            | ChartNote::Formula(_)
            | ChartNote::WithoutDerived { .. }
            | ChartNote::OverGaps(_) => true,
            ChartNote::OfPanel { note, .. } => note.is_about_omissions(),
            note => note.is_about_measures() || note.left_out().is_some(),
        }
    }

    /// Adds what another note of the same kind leaves out. Whether it is of the same kind.
    pub fn absorb(&mut self, other: &ChartNote) -> bool {
        use ChartNote as Note;
        let is_same = match (&mut *self, other) {
            (Note::WithoutGroup { field, .. }, Note::WithoutGroup { field: own, .. })
            | (Note::WithoutColor { field, .. }, Note::WithoutColor { field: own, .. }) => {
                field == own
            }
            (
                Note::MoreGroups { field, names, .. },
                Note::MoreGroups {
                    field: own,
                    names: more,
                    ..
                },
            ) => {
                let is_same = field == own;
                if is_same {
                    add_names(names, more);
                }
                is_same
            }
            (
                Note::MoreRowsAndColumns { rows, columns, .. },
                Note::MoreRowsAndColumns {
                    rows: more_rows,
                    columns: more_columns,
                    ..
                },
            ) => {
                add_names(&mut rows.0, &more_rows.0);
                add_names(&mut columns.0, &more_columns.0);
                true
            }
            (Note::WithoutDate { .. }, Note::WithoutDate { .. })
            | (Note::Undated(_), Note::Undated(_))
            | (Note::MoreNumbers { .. }, Note::MoreNumbers { .. })
            | (Note::MoreRows { .. }, Note::MoreRows { .. })
            | (Note::MoreLinked(_), Note::MoreLinked(_))
            | (Note::Unlinked(_), Note::Unlinked(_))
            | (Note::NotDrawn(_), Note::NotDrawn(_))
            | (Note::OutsideRatio { .. }, Note::OutsideRatio { .. }) => true,
            _ => false,
        };
        if let (true, Some(own), Some(more)) = (is_same, self.left_out_mut(), other.left_out()) {
            own.records.extend(&more.records);
        }
        is_same
    }
}

fn add_names(names: &mut Vec<String>, more: &[String]) {
    for name in more {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
}

impl ChartErrorKind {
    /// Whether it says that there is nothing to draw, rather than that something is wrong.
    pub fn is_nothing_there(&self) -> bool {
        matches!(
            self,
            ChartErrorKind::EmptyLists(_)
                | ChartErrorKind::NoneCounted(_)
                | ChartErrorKind::NoneLetIn(_)
                | ChartErrorKind::EmptyField { .. }
                | ChartErrorKind::EmptyGroupField { .. }
                | ChartErrorKind::NoPairs { .. }
                | ChartErrorKind::NoDates { .. }
                | ChartErrorKind::Undated(_)
                | ChartErrorKind::NoLinks(_)
        )
    }

    /// The error with the part of the chart that is to be changed.
    pub fn at(self, part: impl Into<ChartPart>) -> ChartError {
        ChartError {
            part: part.into(),
            kind: self,
        }
    }
}

impl ChartError {
    /// The field of the chart's record that is to be changed, such as "x".
    pub fn field_name(&self) -> &'static str {
        self.part.field_name()
    }
}

/// What a reader of a picture must know besides what is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartNote {
    /// So many records have nothing in the field of the groups.
    WithoutGroup {
        left_out: LeftOut,
        kind: RecordKind,
        field: DataField,
    },
    /// So many records have nothing in the field of the colors, and are not drawn.
    WithoutColor {
        left_out: LeftOut,
        kind: RecordKind,
        field: DataField,
    },
    /// So many records have no date, and are not drawn.
    WithoutDate { left_out: LeftOut, kind: RecordKind },
    /// Records of a timeline without a date.
    Undated(LeftOut),
    /// Groups beyond the most that are drawn, with their records.
    MoreGroups {
        left_out: LeftOut,
        names: Vec<String>,
        field: DataField,
        kind: RecordKind,
    },
    /// Rows and columns of a matrix beyond the most that are drawn.
    MoreRowsAndColumns {
        left_out: LeftOut,
        rows: (Vec<String>, DataField),
        columns: (Vec<String>, DataField),
        kind: RecordKind,
    },
    /// Small charts beyond the most that are drawn.
    MorePanels {
        left_out: LeftOut,
        names: Vec<String>,
        field: DataField,
        are_units: bool,
        kind: RecordKind,
    },
    /// Numbers of units that have more than so many.
    MoreNumbers { left_out: LeftOut, most: usize },
    /// Rows of a table beyond the most that are drawn.
    MoreRows { left_out: LeftOut, kind: RecordKind },
    /// Linked records beyond the most that are drawn.
    MoreLinked(LeftOut),
    /// Records without a link.
    Unlinked(LeftOut),
    /// Records that are not drawn for no reason named elsewhere.
    NotDrawn(LeftOut),
    /// Each place along time holds several years: those from the first to the last are too many.
    CoarseYears { step_years: i32, years: YearSpan },
    /// Years in which nothing is recorded and that stand in one place.
    BrokenYears(Vec<YearSpan>),
    /// Years in which nothing is recorded and that have no place.
    YearsNotDrawn(Vec<YearSpan>),
    /// In lanes that have more than so many, entries that begin in the same years are one.
    JoinedEntries { most: usize, step_years: i32 },
    /// Figures that have no length, by their kinds.
    WithoutLength(Vec<(FigureKind, usize)>),
    /// Numbers of which the register says that they measure nothing.
    MeasuringNothing(usize),
    /// Groups that there could be and that have no record.
    EmptyGroups {
        kind: RecordKind,
        field: DataField,
        names: Vec<String>,
    },
    /// Rows of a matrix in which nothing stands.
    EmptyRows {
        x: DataField,
        y: DataField,
        names: Vec<String>,
    },
    /// How the numbers are worked out.
    Formula(Formula),
    /// Groups or periods whose number cannot be worked out, by name.
    WithoutDerived { names: Vec<String>, gap: DerivedGap },
    /// A running total goes on over times in which nothing is stated.
    OverGaps(Vec<String>),
    /// These records stand on neither side of a ratio.
    OutsideRatio { left_out: LeftOut, kind: RecordKind },
    /// Numbers that are worked out are printed with fewer digits.
    RoundedDerived,
    /// What an end that is open toward more means.
    LowerBounds,
    /// What an end that is open toward less means.
    UpperBounds,
    /// What a pale part of a bar means.
    PaleParts,
    /// What a dashed line between two dots means.
    UnsureDistances,
    /// What an open end along time means.
    OpenPeriods,
    /// What decides the step of the ladder.
    LadderColors,
    /// Which kinds of commitments have no rank, where some are drawn.
    UnrankedKinds,
    /// What the size of a sign means.
    SignSizes,
    /// An axis of numbers does not begin at zero.
    CutAxis,
    /// A line is dashed where decades have no record.
    DashedGaps,
    /// A line is dashed at a bound.
    DashedBounds,
    /// How an interval is drawn.
    Intervals,
    /// What the pale bands of a line mean.
    BandJoins,
    /// Where a line is broken.
    BrokenLines,
    /// Percentages of a whole are rounded, and in some bars they do not add up to 100.
    RoundedShares { adds_up: bool },
    /// Means are printed with fewer digits than a division gives.
    RoundedMeans,
    /// The axis leaves out years.
    AxisBreaks(Vec<YearSpan>),
    /// A bar covers all days that a date may mean.
    LongDates,
    /// So many dates are about a time, and so many uncertain; some may be both.
    UnsureDates { about: usize, uncertain: usize },
    /// So many dates, the first of them in words, are counted in the first year that they name.
    DatesOfSeveralYears { count: usize, first: String },
    /// A date begins or ends with an arrow where it is open.
    OpenDates,
    /// A note that holds of one small chart.
    OfPanel { title: String, note: Box<ChartNote> },
}
