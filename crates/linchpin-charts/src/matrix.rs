//! A matrix: how many records have both, a row's value and a column's, or what they state.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::ChartPlan;
use super::time_places::TimeRequest;
use crate::picture::bars::ValueOrder;
use crate::picture::{ChartMark, Matrix, MatrixCell, MatrixNumber, PictureBody};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::OrderBy;
use linchpin_register::schema::VisitedValue;
use linchpin_register::{RecordRef, Register};
use std::collections::{BTreeMap, HashSet};

/// The most rows and columns, where a chart does not say.
const MAX_ROWS: u32 = 40;
const MAX_COLUMNS: u32 = 16;

/// The most years whose numbers do not become one; of more columns nobody could read the letters.
const MAX_ROWS_APART: u32 = 80;
const MAX_COLUMNS_APART: u32 = 24;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let (_, x) = group_channel(plan, ChannelName::X)?;
    let (_, y) = group_channel(plan, ChannelName::Y)?;
    let measure = match plan.chart.color {
        Some(_) => Measure::from_channel(plan, ChannelName::Color)?,
        None => Measure::Count,
    };
    let mut notes = Vec::new();
    let mut unit = None;
    let mut drawn = records.to_vec();
    if measure != Measure::Count {
        notes.extend(measure::keep_drawable(
            plan,
            &mut drawn,
            ChannelName::Color,
        )?);
        unit = measure::common_unit(plan, &drawn, ChannelName::Color)?.map(|(unit, _)| unit);
    }
    let across = axis(plan, measure, &drawn, ChannelName::X, &mut notes)?;
    let down = axis(plan, measure, &drawn, ChannelName::Y, &mut notes)?;
    let (mut columns, mut rows) = (across.groups, down.groups);
    notes.extend(columns.missing_note(plan, &x));
    notes.extend(rows.missing_note(plan, &y));
    sort(plan, measure, &mut columns)?;
    sort(plan, measure, &mut rows)?;
    let mut cells = cell_records(&rows.list, &columns.list);
    // A body may name a theme itself while none of its commitments does: a ring says so, and is no
    // count. Where amounts are drawn there is nothing of the kind to say.
    let rings = match measure {
        Measure::Count => direct_links(plan.register, &rows.list, &columns.list),
        Measure::Amounts(_) => BTreeMap::new(),
    };
    for place in rings.keys() {
        cells.entry(*place).or_default();
    }
    if cells.is_empty() {
        let kind = plan.record_kinds[0];
        return Err(ChartErrorKind::NoPairs { kind, x, y }.at(ChannelName::X));
    }
    // Only now, when the cells are known: a group may have records, and none with the other field.
    let (row_room, column_room) = (down.room, across.room);
    let used_rows = used_places(&cells, down.keeps_empty, rows.list.len(), |(row, _)| row);
    let used_columns = used_places(
        &cells,
        across.keeps_empty,
        columns.list.len(),
        |(_, column)| column,
    );
    notes.extend(empty_rows_note(&rows.list, &used_rows, &x, &y));
    let more_rows = names_beyond(&used_rows, &rows.list, row_room);
    let more_columns = names_beyond(&used_columns, &columns.list, column_room);
    if !more_rows.is_empty() || !more_columns.is_empty() {
        let all: Vec<RecordRef> = cells.values().flatten().copied().collect();
        notes.push(ChartNote::MoreRowsAndColumns {
            left_out: all.into(),
            rows: (more_rows, y),
            columns: (more_columns, x),
            kind: plan.record_kinds[0],
        });
    }
    let rows: Vec<(usize, &RecordGroup)> = pick_groups(&used_rows, &rows.list, row_room);
    let columns: Vec<(usize, &RecordGroup)> =
        pick_groups(&used_columns, &columns.list, column_room);
    let words = MatrixWords {
        row: y.nouns().0,
        column: x.nouns().0,
        measure,
        rings: &rings,
    };
    let cells = matrix_cells(plan, &cells, &rows, &columns, &words)?;
    let body = Matrix {
        rows: rows.iter().map(|(_, g)| g.name.clone()).collect(),
        columns: columns.iter().map(|(_, g)| g.short.clone()).collect(),
        filled_legend: words.filled_legend(plan),
        ring_legend: words.ring_legend(plan, &rows, &columns),
        is_heatmap: plan.chart.color.is_some(),
        cells,
    };
    let axes = AxisGroups {
        x: AxisGroups::from_groups(&clone_groups(&columns), true).x,
        y: AxisGroups::from_groups(&clone_groups(&rows), false).y,
    };
    let mut seen = HashSet::new();
    let mut counted = body.cells.iter().filter(|cell| cell.number.is_some());
    let has_overlap = counted.any(|cell| cell.mark.records.iter().any(|at| !seen.insert(*at)));
    Ok(MarkOutput {
        body: PictureBody::Matrix(body),
        notes,
        whole_chart_notes: Vec::new(),
        axis_groups: axes,
        unit,
        has_overlap,
    })
}

/// Puts groups in the chart's order.
///
/// # Errors
/// Where they are to be sorted by a number that they do not make.
fn sort(
    plan: &ChartPlan<'_>,
    measure: Measure,
    groups: &mut RecordGroups,
) -> Result<(), ChartError> {
    // By records of their own, not by cells: what stands in a row depends on which columns are
    // drawn.
    let number = |group: &RecordGroup| {
        measure.value_of(
            plan.register,
            &group.name,
            &group.records,
            ChannelName::Color,
        )
    };
    let by_value = plan.chart.sort.as_ref().map(|sort| sort.by) == Some(OrderBy::Value);
    if by_value {
        for group in &groups.list {
            number(group)?;
        }
    }
    groups.sort(plan, |group| {
        number(group).map_or(ValueOrder::exact(0.0), |number| number.extent.order())
    });
    Ok(())
}

/// The records of each place, by row and column.
fn cell_records(
    rows: &[RecordGroup],
    columns: &[RecordGroup],
) -> BTreeMap<(usize, usize), Vec<RecordRef>> {
    let mut column_of: BTreeMap<RecordRef, Vec<usize>> = BTreeMap::new();
    for (column, group) in columns.iter().enumerate() {
        for record in &group.records {
            column_of.entry(*record).or_default().push(column);
        }
    }
    let mut cells: BTreeMap<(usize, usize), Vec<RecordRef>> = BTreeMap::new();
    for (row, group) in rows.iter().enumerate() {
        for record in &group.records {
            for &column in column_of.get(record).into_iter().flatten() {
                cells.entry((row, column)).or_default().push(*record);
            }
        }
    }
    cells
}

fn clone_groups(groups: &[(usize, &RecordGroup)]) -> Vec<RecordGroup> {
    groups.iter().map(|(_, group)| (*group).clone()).collect()
}

fn group_channel<'r>(
    plan: &ChartPlan<'r>,
    name: ChannelName,
) -> Result<(&'r Channel, DataField), ChartError> {
    let field = plan.field(name)?.filter(DataField::is_groupable);
    let channel = name.of(plan.chart).zip(field);
    channel.ok_or_else(|| ChartErrorKind::NoGroups(plan.chart.mark).at(name))
}

/// The groups of an axis.
struct MatrixAxis {
    groups: RecordGroups,
    /// How many of them may be drawn.
    room: usize,
    /// Those without a cell keep their place.
    keeps_empty: bool,
}

/// # Errors
/// Where there are too many years.
fn axis(
    plan: &ChartPlan<'_>,
    measure: Measure,
    drawn: &[RecordRef],
    name: ChannelName,
    notes: &mut Vec<ChartNote>,
) -> Result<MatrixAxis, ChartError> {
    let (channel, field) = group_channel(plan, name)?;
    let (other, usual, most_apart) = match name {
        ChannelName::X => (ChannelName::Y, MAX_COLUMNS, MAX_COLUMNS_APART),
        _ => (ChannelName::X, MAX_ROWS, MAX_ROWS_APART),
    };
    let (other_channel, other_field) = group_channel(plan, other)?;
    let others = RecordGroups::by_field(plan, drawn, &other_field, other_channel).list;
    let makes_numbers = |groups: &[RecordGroup]| {
        let cells = cell_records(groups, &others);
        let is_number = |records: &Vec<RecordRef>| {
            let value = measure.value_of(plan.register, "", records, ChannelName::Color);
            value.is_ok()
        };
        measure == Measure::Count || cells.values().all(is_number)
    };
    let mut request = TimeRequest {
        name,
        field: &field,
        channel,
        usual,
        most_apart,
        joins_years: measure != Measure::Amounts(None),
        makes_numbers: &makes_numbers,
    };
    let is_time = request.is_time(plan);
    // All groups are looked at: what has no cell is left out later.
    let every_group = Channel {
        empty: Some(true),
        ..channel.clone()
    };
    let mut records = drawn.to_vec();
    if is_time {
        // Time begins with the first cell.
        let paired: HashSet<RecordRef> = others
            .iter()
            .flat_map(|group| group.records.iter().copied())
            .collect();
        records.retain(|at| paired.contains(at));
    } else {
        request.channel = &every_group;
    }
    Ok(MatrixAxis {
        groups: RecordGroups::along_axis(plan, &records, &request, notes)?,
        room: request.room(plan),
        keeps_empty: channel.empty.unwrap_or(is_time),
    })
}

/// The names of the groups that are used and not drawn.
fn names_beyond(used: &[usize], groups: &[RecordGroup], most: usize) -> Vec<String> {
    let beyond = used.iter().skip(most).filter_map(|at| groups.get(*at));
    beyond.map(|group| group.name.clone()).collect()
}

fn used_places(
    cells: &BTreeMap<(usize, usize), Vec<RecordRef>>,
    keeps_empty: bool,
    count: usize,
    part: impl Fn((usize, usize)) -> usize,
) -> Vec<usize> {
    if keeps_empty {
        return (0..count).collect();
    }
    let mut used: Vec<usize> = cells.keys().map(|place| part(*place)).collect();
    used.sort_unstable();
    used.dedup();
    used
}

fn pick_groups<'g>(
    used: &[usize],
    groups: &'g [RecordGroup],
    most: usize,
) -> Vec<(usize, &'g RecordGroup)> {
    let there = used.iter().take(most);
    there
        .filter_map(|at| groups.get(*at).map(|group| (*at, group)))
        .collect()
}

/// Which of two records that are linked by themselves holds the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RingOwner {
    is_row: bool,
    /// The link says for what a document was read through: that it says nothing of it is known.
    is_coded: bool,
}

type Rings = BTreeMap<(usize, usize), RingOwner>;

/// Where a row's record and a column's link to each other by themselves.
fn direct_links(register: &Register, rows: &[RecordGroup], columns: &[RecordGroup]) -> Rings {
    let place_of = |groups: &[RecordGroup]| -> BTreeMap<String, usize> {
        groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.key.clone(), at))
            .collect()
    };
    let (row_of, column_of) = (place_of(rows), place_of(columns));
    let mut out = Rings::new();
    // Either end may hold the link: a body lists its themes, a theme never lists its bodies.
    for (row, group) in rows.iter().enumerate() {
        visit_links(register, &group.key, &mut |id, is_coded| {
            let is_row = true;
            let owner = RingOwner { is_row, is_coded };
            out.extend(column_of.get(id).map(|column| ((row, *column), owner)));
        });
    }
    for (column, group) in columns.iter().enumerate() {
        visit_links(register, &group.key, &mut |id, is_coded| {
            let is_row = false;
            let owner = RingOwner { is_row, is_coded };
            out.extend(row_of.get(id).map(|row| ((*row, column), owner)));
        });
    }
    out
}

/// Visits the links of a record but those of its citations, and says of each whether it tells for
/// what the record was read through.
fn visit_links(register: &Register, id: &str, found: &mut dyn FnMut(&str, bool)) {
    if let Some(record) = register.find(id).and_then(|at| register.record(at)) {
        record.walk(&mut Vec::new(), &mut |path, visit| {
            let has = |name: &str| path.iter().any(|step| step.name() == Some(name));
            if let VisitedValue::Link(link) = visit
                && !has("citations")
            {
                found(link.id(), has("coded_for"));
            }
        });
    }
}

/// What the words of a matrix are made of.
struct MatrixWords<'a> {
    /// The nouns of a row and of a column.
    row: String,
    column: String,
    measure: Measure,
    rings: &'a Rings,
}

impl MatrixWords<'_> {
    fn filled_legend(&self, plan: &ChartPlan<'_>) -> String {
        let records = plan.record_kinds[0].noun().many;
        let pair = format!("with the {} and the {}", self.column, self.row);
        let what = match self.measure {
            Measure::Count => format!("{records} {pair}"),
            Measure::Amounts(None) => format!("the amount {pair}"),
            Measure::Amounts(Some(aggregate)) => {
                format!("{} of the amounts {pair}", aggregate.label())
            }
        };
        match plan.chart.color.is_some() {
            true => format!("{what}: the stronger the color, the more"),
            false => what,
        }
    }

    /// What a ring means, by who names whom in those that are drawn.
    fn ring_legend(
        &self,
        plan: &ChartPlan<'_>,
        rows: &[(usize, &RecordGroup)],
        columns: &[(usize, &RecordGroup)],
    ) -> String {
        let is_in = |groups: &[(usize, &RecordGroup)], at: usize| {
            groups.iter().any(|(place, _)| *place == at)
        };
        let drawn = self
            .rings
            .iter()
            .filter(|((row, column), _)| is_in(rows, *row) && is_in(columns, *column));
        let owners: Vec<RingOwner> = drawn.map(|(_, owner)| *owner).collect();
        let record = plan.record_kinds[0].what();
        let (row, column) = (&self.row, &self.column);
        let shared = owners
            .first()
            .filter(|first| owners.iter().all(|one| one == *first));
        match shared {
            Some(RingOwner { is_row, is_coded }) => {
                let (one, other) = if *is_row {
                    (row, column)
                } else {
                    (column, row)
                };
                match is_coded {
                    true => format!("the {one} was read through for the {other}: no {record}"),
                    false => format!("only the {one} itself names the {other}"),
                }
            }
            None => format!("one names the other itself, and no {record} has both"),
        }
    }

    fn ring_mark(
        &self,
        plan: &ChartPlan<'_>,
        pair: &str,
        owner: RingOwner,
        (row, column): (&RecordGroup, &RecordGroup),
    ) -> ChartMark {
        let (noun, key) = match owner.is_row {
            true => (&self.row, &row.key),
            false => (&self.column, &column.key),
        };
        let how = if owner.is_coded {
            "read through for it in"
        } else {
            "named by"
        };
        let record = plan.record_kinds[0].what();
        ChartMark {
            label: format!("{pair}: {how} the {noun}, no {record}"),
            records: plan.register.find(key).into_iter().collect(),
        }
    }
}

fn matrix_cells(
    plan: &ChartPlan<'_>,
    cells: &BTreeMap<(usize, usize), Vec<RecordRef>>,
    rows: &[(usize, &RecordGroup)],
    columns: &[(usize, &RecordGroup)],
    words: &MatrixWords<'_>,
) -> Result<Vec<MatrixCell>, ChartError> {
    let mut out = Vec::new();
    for (row, (row_at, row_group)) in rows.iter().enumerate() {
        for (column, (column_at, column_group)) in columns.iter().enumerate() {
            let place = (*row_at, *column_at);
            let Some(records) = cells.get(&place) else {
                continue;
            };
            let pair = format!("{}, {}", column_group.name, row_group.name);
            let ring = words.rings.get(&place).filter(|_| records.is_empty());
            let (number, mark) = match ring {
                Some(owner) => {
                    let groups = (*row_group, *column_group);
                    (None, words.ring_mark(plan, &pair, *owner, groups))
                }
                None => {
                    let (number, mark) = filled_cell(plan, words.measure, &pair, records)?;
                    (Some(number), mark)
                }
            };
            out.push(MatrixCell {
                row,
                column,
                number,
                mark,
            });
        }
    }
    Ok(out)
}

/// The number of a cell, and its words.
fn filled_cell(
    plan: &ChartPlan<'_>,
    measure: Measure,
    pair: &str,
    records: &[RecordRef],
) -> Result<(MatrixNumber, ChartMark), ChartError> {
    let value = measure.value_of(plan.register, pair, records, ChannelName::Color)?;
    let words = match measure {
        Measure::Count => plan.count_text(records.len()),
        Measure::Amounts(_) => value.text.spoken(),
    };
    let number = MatrixNumber {
        extent: value.extent,
        text: value.text,
    };
    let mark = ChartMark {
        label: format!("{pair}: {words}"),
        records: records.to_vec(),
    };
    Ok((number, mark))
}

/// The rows in which nothing stands.
fn empty_rows_note(
    rows: &[RecordGroup],
    used: &[usize],
    x: &DataField,
    y: &DataField,
) -> Option<ChartNote> {
    let names: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(at, group)| !group.key.is_empty() && used.binary_search(at).is_err())
        .map(|(_, group)| group.name.clone())
        .collect();
    let (x, y) = (*x, *y);
    // Of terms, which a reader may look for: of all parties, most are no givers.
    (!names.is_empty() && y.has_looked_for_groups()).then_some(ChartNote::EmptyRows { x, y, names })
}
