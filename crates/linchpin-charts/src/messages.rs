//! Errors and notes of charts in words: the only place that says them.

use super::captions::{display_name, format_count, unit_of, unit_text, with_capital};
use super::derived_words;
use super::error::{
    ChannelName, ChannelOption, ChannelUse, ChartError, ChartErrorKind, ChartNote, Joining,
    SameOnBothAxes, SumObstacle,
};
use super::evidence::{Alteration, DrawingState, UncheckedReason};
use super::fields::{DataField, FieldDataType};
use super::left_out::LeftOut;
use super::year_span::YearSpan;
use crate::picture::OffAxis;
use crate::picture::plot::MIN_GAP_YEARS;
use linchpin_register::chart_vocabulary::{Arrangement, MarkKind};
use linchpin_register::english::{list_with_and, with_article};
use linchpin_register::tables::{self, formatting};
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{Figure, RecordKind};
use ron_lossless::nearest;

/// The most names of groups that a note lists, and of rows, which stand in a list of their own.
const MAX_GROUP_NAMES: usize = 4;
const MAX_ROW_NAMES: usize = 8;

/// The most spans of years that a note lists.
const MAX_SPANS: usize = 12;

/// The most keys of groups that an error offers.
const MAX_KEYS: usize = 6;

/// What stands in a small chart of which there are no records.
pub const NOTHING_RECORDED: &str = "Nothing is recorded.";

/// What stands in a small chart in which none of its records can be drawn.
pub fn not_to_be_drawn(count: usize, kind: RecordKind) -> String {
    format!("{}, which cannot be drawn.", count_records(count, kind))
}

/// An error as a diagnostic says it: what, and what would be right, in the middle of a sentence.
pub fn diagnostic_words(title: &str, error: &ChartError) -> (String, String) {
    let title = display_name(title);
    let reason = error.reason();
    let message = format!(
        "The chart “{title}” cannot be drawn: {}",
        reason.trim_end_matches('.')
    );
    let help = error.help();
    let mut letters = help.trim_end_matches('.').chars();
    let first = letters.next();
    let first = first.into_iter().flat_map(char::to_lowercase);
    (message, first.chain(letters).collect())
}

impl DrawingState {
    /// What is known, for a line of its own: "altered: pixels have …".
    pub fn words(&self) -> String {
        match self {
            DrawingState::Unaltered => "unaltered since the export".into(),
            DrawingState::Altered(how) => format!("altered: {}", alteration(*how)),
            DrawingState::Unchecked(why) => {
                format!("cannot be checked: {}", unchecked_reason(why))
            }
        }
    }

    /// The same about an image, as a sentence without a period.
    pub fn sentence(&self, image: &str) -> String {
        match self {
            DrawingState::Unaltered => format!("{image} draws what was exported"),
            DrawingState::Altered(how) => {
                format!("{image} was altered after its export: {}", alteration(*how))
            }
            DrawingState::Unchecked(why) => format!(
                "Whether {image} was altered after its export cannot be checked: {}",
                unchecked_reason(why)
            ),
        }
    }
}

fn alteration(how: Alteration) -> &'static str {
    match how {
        Alteration::Pixels => "pixels have other colors than those that were exported",
        Alteration::Frames => "pictures were added to it that take turns",
        Alteration::Elements => "its shapes or texts are not those that were exported",
        Alteration::PageContents => "its page does not draw what was exported",
        Alteration::Appended => "something was added behind the end of the exported file",
    }
}

fn unchecked_reason(why: &UncheckedReason) -> String {
    match why {
        UncheckedReason::NoFingerprint => {
            "it carries no fingerprint of what was drawn, like images of earlier versions".into()
        }
        UncheckedReason::Resized { from_px, to_px } => {
            let size = |[width, height]: [u32; 2]| format!("{width} x {height} pixels");
            format!(
                "it was resized, from {} to {}",
                size(*from_px),
                size(*to_px)
            )
        }
        UncheckedReason::FewerColors(colors) => {
            format!("it was saved with fewer colors than it was exported with ({colors} are left)")
        }
        UncheckedReason::Rewritten(program) => format!(
            "{} has written it anew, in its own way",
            program.unwrap_or("another program")
        ),
        UncheckedReason::TooLarge => "what it draws is larger than is read".into(),
        UncheckedReason::Unreadable => "what it draws cannot be read".into(),
    }
}

impl ChartError {
    /// What stands in the way, as a sentence.
    pub fn reason(&self) -> String {
        reason(&self.kind)
    }

    /// What to change, as a sentence that begins with a verb.
    pub fn help(&self) -> String {
        help(self)
    }

    /// Both in one line.
    pub fn message(&self) -> String {
        format!("{} {}", self.reason(), self.help())
    }
}

#[expect(clippy::too_many_lines, reason = "one case after another")]
fn reason(kind: &ChartErrorKind) -> String {
    use ChartErrorKind as Kind;
    match kind {
        Kind::NoRecordList => "The chart does not say which records it draws.".into(),
        Kind::SeveralLists(mark) => {
            format!("A chart of {} draws one list of records.", mark.label())
        }
        Kind::EmptyLists(kinds) => format!("The register has no {} yet.", list_names(kinds)),
        Kind::NoneCounted(kind) => format!("The counting rule leaves no {}.", kind.what()),
        Kind::NoneLetIn(kinds) => {
            format!(
                "The chart's filters leave none of the {}.",
                list_names(kinds)
            )
        }
        Kind::UnknownField { kind, name } => {
            let what = with_capital(&with_article(kind.what()));
            format!("{what} has no field “{name}” to draw.")
        }
        Kind::UnknownColumn { kind, name } => {
            let table = kind.noun().many;
            format!("The table of {table} has no column “{name}”.")
        }
        Kind::EmptyField { kind, field } => {
            format!("No {} has a {}.", kind.what(), value_noun(field))
        }
        Kind::EmptyGroupField { kind, field } => {
            format!("No {} has a {}.", kind.what(), field.name_in_text())
        }
        Kind::NoPairs { kind, x, y } => {
            let (x, y) = (x.nouns().0, y.nouns().0);
            format!("No {} has both a {x} and a {y}.", kind.what())
        }
        Kind::NoDates { kind, field } => {
            format!("No {} has a date in “{}”.", kind.what(), field.name)
        }
        Kind::Undated(kinds) => format!("None of the {} has a date yet.", list_names(kinds)),
        Kind::NoDateFields => "These records have no dates.".into(),
        Kind::TooManyYears { count, years } => format!(
            "There is no room for {count} years, {}, and their numbers do not become one in fewer \
            places.",
            years.words()
        ),
        Kind::NotDates { kind, name } => format!("“{name}” of a {} is no date.", kind.what()),
        Kind::AggregateWithoutField(aggregate) => {
            format!(
                "Nothing says of what the {} is to be taken.",
                aggregate.label()
            )
        }
        Kind::NotStatedNumbers { kind, name } => {
            format!("“{name}” of {} is no stated number.", kind.noun().many)
        }
        Kind::NotQuantities(field) if field.name == "rank" => {
            "A rank is a place in an order, not a quantity: it has no length.".into()
        }
        Kind::NotQuantities(field) => {
            format!(
                "“{}” is a number that measures nothing.",
                field.name_in_text()
            )
        }
        Kind::NoQuantities => "None of these numbers is a quantity: ranks, dates and names have \
            no length."
            .into(),
        Kind::SeveralNumbers { group, count } => {
            let numbers = format_count(*count, "number", "numbers");
            format!("{numbers} stand under “{group}”, and nothing says how they become one.")
        }
        Kind::BoundInAggregate { figure, aggregate } => format!(
            "{} is {}: a bound has no {}.",
            quoted_title(figure),
            formatting::format_amount(figure),
            aggregate.label()
        ),
        Kind::NotAddable {
            figures,
            obstacle,
            joining,
        } => not_addable(figures, *obstacle, *joining),
        Kind::CountedTwice(figure) => format!(
            "{} stands in two parts of the same bar, whose length would count it twice.",
            quoted_title(figure)
        ),
        Kind::AggregateHasNoBounds(aggregate) => {
            format!(
                "A {} is one number and has no bounds to draw.",
                aggregate.label()
            )
        }
        Kind::TwoUnits { figures, mark } => {
            let [one, other] = &**figures;
            let shared = match mark {
                MarkKind::Waffle => "one kind of square",
                _ => "an axis",
            };
            let (one, other) = (unit_text(unit_of(one)), unit_text(unit_of(other)));
            format!("Two units cannot share {shared}: {one} and {other}.")
        }
        Kind::GroupsOnBothAxes(mark) => match mark {
            MarkKind::Bar => "Both axes have groups, and bars need numbers on one.".into(),
            MarkKind::Waffle => "Both x and y have groups, and squares stand for numbers.".into(),
            mark => format!(
                "Both axes have groups, and {} need a number or a date on one.",
                mark.label()
            ),
        },
        Kind::NoGroups(MarkKind::Matrix) => "A matrix needs groups on both axes.".into(),
        Kind::NoGroups(_) => "Bars need groups on one axis.".into(),
        Kind::SameOnBothAxes(same) => match same {
            SameOnBothAxes::Number => "Both axes have the same number.".into(),
            SameOnBothAxes::Count => "Both axes count the same records.".into(),
            SameOnBothAxes::NumberAndCount => {
                "One axis has each number and the other how many there are.".into()
            }
        },
        Kind::NoAxes(mark) => format!("Nothing says what the {} stand for.", mark.label()),
        Kind::NoDatesAcross { mark, kind } => {
            let marks = match mark {
                MarkKind::Step => "Steps",
                _ => "Lines",
            };
            let why = format!("{marks} go from date to date, and x has no dates.");
            match date_field_names(*kind).is_empty() {
                true => format!("{why} {} have none at all.", kind.title()),
                false => why,
            }
        }
        Kind::NoNumberUp(mark) => {
            let mark = mark.label();
            format!("A {mark} rises and falls with a number, and y has none.")
        }
        Kind::LogWithoutNumbers(_) => {
            "Only numbers have a logarithmic scale, and this axis has none.".into()
        }
        Kind::LogOfBars(_) => {
            "Bars begin at zero, and zero has no place on a logarithmic scale.".into()
        }
        Kind::UnusedChannel { mark, name } => match (mark, name) {
            (MarkKind::Network, ChannelName::X | ChannelName::Y) => {
                "A network has no axes: where a record stands follows from its links.".into()
            }
            (MarkKind::Table, _) => {
                "A table shows its columns, and nothing else of the chart.".into()
            }
            (MarkKind::Timeline, ChannelName::Y) => {
                "With several lists of records, the lanes of a timeline stand for the lists.".into()
            }
            (mark, name) => format!("Nothing in a {} follows {}.", mark.label(), name.name()),
        },
        Kind::UnusedOption {
            name,
            option,
            found,
        } => unused_option(*name, *option, *found),
        Kind::NoEmptyGroups(field) => format!(
            "“{}” is no closed list, so nobody knows which of its groups are empty.",
            field.name_in_text()
        ),
        Kind::ArrangementOfBars(mark) => {
            format!(
                "Only bars have parts to put, and this is a {}.",
                mark.label()
            )
        }
        Kind::NoParts(arrangement) => match arrangement {
            Arrangement::Share => "Shares are parts of a whole, and nothing says what the parts \
                are."
                .into(),
            _ => "Nothing says what the parts of the bars are.".into(),
        },
        Kind::NothingToSort(MarkKind::Table) => "The rows of a table have no number.".into(),
        Kind::NothingToSort(mark) => format!("A {} has no groups to be sorted.", mark.label()),
        Kind::ColumnsOfTable(mark) => {
            format!("Only a table has columns, and this is a {}.", mark.label())
        }
        Kind::NotDerived { how, obstacle } => derived_words::reason(*how, obstacle),
        Kind::NoTarget => "Nothing says what is delivered, and what is its target.".into(),
        Kind::NoDots => "Nothing says which dots a row has.".into(),
        Kind::OneDotInRows(field) => {
            let (one, _) = field.nouns();
            format!("No row has two dots to join: each has one {one} at most.")
        }
        Kind::GroupsNotInRows(mark) => {
            format!(
                "The groups of a {} stand in rows, and y has none.",
                mark.label()
            )
        }
        Kind::SeveralDates { group, count } => {
            let dates = format_count(*count, "date", "dates");
            format!("{dates} stand under “{group}”, and a dot stands at one.")
        }
        Kind::GroupsAsShades => {
            "The cells of a matrix are shaded by a number, and this field has none.".into()
        }
        Kind::NotAboveZero { name, value, .. } => format!(
            "Zero and less have no place on a logarithmic axis, and “{}” is {value}.",
            display_name(name)
        ),
        Kind::NoLinks(kinds) => format!("No link joins any two of these {}.", list_names(kinds)),
        Kind::ColorsOfLists => {
            "With several lists of records, the colors stand for the lists.".into()
        }
        Kind::ColorWithoutField => "Nothing says what the colors stand for.".into(),
        Kind::FacetWithoutField => "Nothing says by which field the small charts are made.".into(),
        Kind::FacetWithAnnotations => "Small multiples have no one place for words.".into(),
        Kind::FacetOfUnitsWithLines => {
            "The number of a line has one unit, and these small charts have several.".into()
        }
        Kind::UnknownPosition { words, .. } => format!("Nothing lies at “{words}” on this axis."),
        Kind::BoundInWhole(figure) => format!(
            "{} is {}: where a bound ends nobody knows, so it is no part of a bar.",
            quoted_title(figure),
            formatting::format_amount(figure)
        ),
        Kind::NegativeInWhole { group, value } => {
            format!("{value} under “{group}” is below zero: it is no part of a whole.")
        }
        Kind::NoCurrency(figure) => format!(
            "{} is money, and nothing says of which currency.",
            quoted_title(figure)
        ),
        Kind::UnsureSquares(figure) => format!(
            "{} is {}: of what it may be at most, no square is sure.",
            quoted_title(figure),
            formatting::format_amount(figure)
        ),
        Kind::NegativeSquares(figure) => format!(
            "{} is below zero, and there are no squares for less than nothing.",
            quoted_title(figure)
        ),
        Kind::TooManySquares(figure) => {
            format!(
                "{} is too large to be counted in squares.",
                quoted_title(figure)
            )
        }
        Kind::ColorOfSquares => "All squares of a group have one color.".into(),
    }
}

#[expect(clippy::too_many_lines, reason = "one case after another")]
fn help(error: &ChartError) -> String {
    use ChartErrorKind as Kind;
    let fixed = match &error.kind {
        Kind::EmptyLists(kinds) => {
            let list = kinds.first().map_or("", |kind| kind.list());
            return format!("Add the first one to the list “{list}” in the file.");
        }
        Kind::UnknownField { kind, name } => {
            let all = DataField::all(*kind);
            return nearest_or_all(name, all.iter().map(|field| field.name), "one of");
        }
        Kind::UnknownColumn { kind, name } => {
            let columns = tables::of_kind(*kind).columns.iter();
            return nearest_or_all(name, columns.map(|column| column.key), "among");
        }
        Kind::EmptyField { kind, field } => {
            let (name, records) = (field.name, kind.noun().many);
            return format!("Fill the field “{name}” of the {records}, or choose another field.");
        }
        Kind::NoDates { kind, field } => {
            let (name, records) = (field.name, kind.noun().many);
            return format!(
                "Fill the field “{name}” of the {records}, or choose another field with dates."
            );
        }
        Kind::NoGroups(MarkKind::Matrix) => {
            let axis = error.field_name();
            return format!("Choose a field for {axis}, such as \"themes\" or \"bodies\".");
        }
        Kind::NoDatesAcross { kind, .. } => {
            let dates = date_field_names(*kind);
            return match dates.is_empty() {
                true => "Draw dots or bars.".into(),
                false => format!("Choose a field with dates for x: {}.", dates.join(", ")),
            };
        }
        Kind::TooManyYears { count, .. } => {
            let axis = error.field_name();
            return format!(
                "Draw a line, leave fewer years in with a filter, write empty: false in \
                {axis} to leave out those in which nothing is recorded, or limit: {count} to have \
                them all drawn."
            );
        }
        Kind::LogWithoutNumbers(axis) => return format!("Take scale out of {}.", axis.name()),
        Kind::NotAboveZero { channel, .. } => {
            let axis = channel.name();
            return format!("Take scale out of {axis}, or leave the record out with a filter.");
        }
        Kind::UnusedChannel {
            mark: MarkKind::Network,
            name,
        } => return format!("Take {} out, or draw a matrix.", name.name()),
        Kind::UnusedChannel { name, .. } => return format!("Take {} out.", name.name()),
        Kind::UnusedOption { name, option, .. } => {
            return format!("Take {} out of {}.", option.name(), name.name());
        }
        Kind::NoEmptyGroups(_) => return format!("Take empty out of {}.", error.field_name()),
        Kind::LogOfBars(axis) => {
            return format!("Draw dots, or take scale out of {}.", axis.name());
        }
        Kind::NotDerived { how, obstacle } => {
            return derived_words::help(*how, obstacle, error.field_name());
        }
        Kind::UnknownPosition { keys, .. } if !keys.is_empty() => {
            let keys: Vec<&str> = keys.iter().take(MAX_KEYS).map(String::as_str).collect();
            return format!("Write the id of a group: {}.", keys.join(", "));
        }

        Kind::NoRecordList => "Add records: [Commitments], or another list.",
        Kind::SeveralLists(_) => "Keep one list in records, or choose a timeline or a network.",
        Kind::NoneCounted(_) => "Count all records and all voices to see them.",
        Kind::NoneLetIn(_) => "Take a filter out, or widen it.",
        Kind::EmptyGroupField { .. } if error.part == ChannelName::Color.into() => {
            "Take color out, or choose another field."
        }
        Kind::EmptyGroupField { .. } => "Choose another field, or fill it in the records.",
        Kind::NoPairs { .. } => "Choose other fields, or fill these in the records.",
        Kind::Undated(_) => {
            "Add events, or the dates on which instruments were signed, to the file."
        }
        Kind::NoDateFields => "Choose events, instruments, bodies or documents.",
        Kind::NotDates { .. } => "Leave x out, so that all dates are drawn.",
        Kind::AggregateWithoutField(_) => "Add field: \"amount\", or count the records.",
        Kind::NotStatedNumbers { .. } => {
            "Count the records (aggregate: Count), or draw the list of figures by their amount."
        }
        Kind::NotQuantities(_) => {
            "Sort by it, draw the records as a table, or choose another field."
        }
        Kind::NoQuantities => "Draw them as a table, or leave other figures in.",
        Kind::SeveralNumbers { .. } => {
            "Group by title, or by id where titles are alike, or choose sum, mean, median, least \
            or greatest."
        }
        Kind::BoundInAggregate { .. } => {
            "Leave bounds out with a filter, or draw each number by itself."
        }
        Kind::AggregateHasNoBounds(_) => "Draw dots or bars, or take aggregate out.",
        Kind::TwoUnits { .. } => {
            "Draw a small chart for each (facet: (field: \"unit\")), or leave one unit in with a \
            filter."
        }
        Kind::GroupsOnBothAxes(MarkKind::Waffle) => "Take one of them out, or draw a matrix.",
        Kind::GroupsOnBothAxes(_) => {
            "Count the records on one axis (aggregate: Count), or draw a matrix."
        }
        Kind::NoGroups(_) => "Choose a field for y, such as \"priority\" or \"title\".",
        Kind::SameOnBothAxes(_) => "Choose a group or a date for one of them, such as \"title\".",
        Kind::NoAxes(_) => "Choose a number or a date for x, and a field for y, such as \"title\".",
        Kind::NoNumberUp(_) => "Choose the amount or the number of records for y, or draw dots.",
        Kind::NoLinks(kinds) if kinds == &[RecordKind::Party] => {
            "Add Bodies or Instruments to records: they name their parties."
        }
        Kind::NoLinks(_) => {
            "Add another list to records, such as Parties, or fill the links in the records."
        }
        Kind::ColorsOfLists => "Take color out, or keep one list in records.",
        Kind::ColorWithoutField => "Add field: \"kind\" to color, or take color out.",
        Kind::FacetWithoutField => "Add field: \"…\" to facet, or take facet out.",
        Kind::FacetWithAnnotations => "Take facet out, or say it in the note.",
        Kind::FacetOfUnitsWithLines => "Take lines out, or leave one unit in with a filter.",
        Kind::UnknownPosition { .. } => {
            "Write a number such as \"28500\", or a date such as \"2023-11-13\"."
        }
        Kind::BoundInWhole(_) => "Leave color out, or leave the bound out with a filter.",
        Kind::NegativeInWhole { .. } => {
            "Put the parts side by side (arrangement: Grouped), or leave color out."
        }
        Kind::NotAddable {
            obstacle, joining, ..
        } => return ways_out(*obstacle, *joining),
        Kind::CountedTwice(_) => {
            "Put the parts side by side (arrangement: Grouped), or choose for color a field that \
            has one value in each record."
        }
        Kind::NoCurrency(_) => "Add currency: \"USD\", or another, to the figure.",
        Kind::UnsureSquares(_) | Kind::NegativeSquares(_) => {
            "Leave it out with a filter, or draw bars."
        }
        Kind::TooManySquares(_) => {
            "Leave it out with a filter, or draw dots on a logarithmic scale."
        }
        Kind::ArrangementOfBars(_) => "Take arrangement out, or draw bars.",
        Kind::NoParts(_) => {
            "Choose another field than that of the groups for color, or take arrangement out."
        }
        Kind::NothingToSort(MarkKind::Table) => {
            "Sort by name or in the register's order, or take sort out."
        }
        Kind::NothingToSort(_) => "Take sort out.",
        Kind::ColumnsOfTable(_) => "Take columns out, or draw a table.",
        Kind::NoTarget => {
            "Add derive: (how: Ratio, of: […], by: […]) to x, with filters such as (field: \
            \"flow\", is: [\"Pledge\"]): of is what is delivered, by is the target."
        }
        Kind::NoDots => {
            "Choose a field for color whose values are the dots of a row, such as \"flow\"."
        }
        Kind::OneDotInRows(_) => {
            "Choose for y a field whose groups have several dots, such as \"from\", or draw dots."
        }
        Kind::GroupsNotInRows(_) => {
            "Choose a field with groups for y, and a number or a date for x."
        }
        Kind::SeveralDates { .. } => {
            "Choose for y a field with more groups, such as \"title\", or leave one date in with a \
            filter."
        }
        Kind::GroupsAsShades => {
            "Count the records (aggregate: Count), or take an amount; for groups draw bars with \
            parts."
        }
        Kind::ColorOfSquares => {
            "Choose for color the field of the groups, or draw bars, which can have parts."
        }
    };
    fixed.into()
}

/// Why a part of a channel has no place.
fn unused_option(name: ChannelName, option: ChannelOption, found: ChannelUse) -> String {
    let (name, option) = (name.name(), option.name());
    match found {
        ChannelUse::Groups => format!("“{option}” is of numbers, and {name} has groups."),
        ChannelUse::Dates => format!("“{option}” is not for dates along an axis, as {name} has."),
        ChannelUse::Rows => format!("“{option}” is of groups, and a table has rows."),
        ChannelUse::Numbers | ChannelUse::Nothing => match option {
            "derive" => {
                "Only bars, bullets, lines and steps draw numbers that are worked out.".into()
            }
            "scale" => {
                format!("Only an axis of a plot has a logarithmic scale, and {name} is none.")
            }
            _ => format!("“{option}” is of groups, and {name} has numbers."),
        },
    }
}

/// Why two numbers of one unit make no sum, by what they are.
fn not_addable(figures: &[Figure; 2], obstacle: SumObstacle, joining: Joining) -> String {
    let [one, other] = figures;
    let (title, other_title) = (quoted_title(one), quoted_title(other));
    let no_result = match joining {
        Joining::Parts => "as parts of one bar they would make a sum that nobody has stated".into(),
        Joining::Aggregate(aggregate) => format!("together they have no {}", aggregate.label()),
    };
    match obstacle {
        SumObstacle::Flows => {
            let flow = |figure: &Figure| match figure.flow {
                Some(flow) => format!("is a {}", flow.label()),
                None => "does not say where its money stands".into(),
            };
            format!(
                "{title} {}, and {other_title} {}: {no_result}.",
                flow(one),
                flow(other)
            )
        }
        SumObstacle::Measures => format!(
            "{title} is {}, and {other_title} is {}: {no_result}.",
            with_article(one.effective_measure().label()),
            with_article(other.effective_measure().label())
        ),
        SumObstacle::Ratios => format!(
            "{title} and {other_title} are ratios ({}): {no_result}.",
            unit_text(unit_of(one))
        ),
        SumObstacle::Order => {
            let what = figure_nouns(one.kind).0;
            format!(
                "{title} is a place in an order ({what}): it has no {}.",
                joining.label()
            )
        }
        SumObstacle::Times => {
            let time = |figure: &Figure| match &figure.as_of {
                Some(as_of) => format!("as of {}", as_of.date.to_long_form()),
                None => "at no stated date".into(),
            };
            format!(
                "{title} is what is there {}, and {other_title} {}: {no_result}.",
                time(one),
                time(other)
            )
        }
        SumObstacle::Part => {
            format!("{title} and {other_title} cover some of the same, which would count twice.")
        }
        SumObstacle::Twice => format!(
            "{title} and {other_title} are one number that is stated twice, and would count twice."
        ),
    }
}

/// What to do about numbers that make no sum.
fn ways_out(obstacle: SumObstacle, joining: Joining) -> String {
    let apart = match joining {
        Joining::Parts => "put the parts side by side (arrangement: Grouped)",
        Joining::Aggregate(_) => "count the records (aggregate: Count)",
    };
    match obstacle {
        SumObstacle::Flows => format!(
            "Leave one flow in with a filter, make groups or small charts by \"flow\", or {apart}."
        ),
        SumObstacle::Measures => format!(
            "Leave one measure in with a filter, make groups or small charts by \"measure\", or \
            {apart}."
        ),
        SumObstacle::Ratios if joining == Joining::Parts => {
            format!("Group by \"title\", or {apart}.")
        }
        SumObstacle::Ratios => "Group by \"title\", so that each stands by itself, or take their \
            mean, least or greatest (aggregate: Mean, Min or Max)."
            .into(),
        SumObstacle::Order => format!("Leave it out with a filter, or {apart}."),
        SumObstacle::Times if joining == Joining::Parts => {
            format!("Leave one date in with a filter, or {apart}.")
        }
        SumObstacle::Times => "Leave one date in with a filter, make groups by \"as_of\", or take \
            the greatest (aggregate: Max)."
            .into(),
        SumObstacle::Part | SumObstacle::Twice => {
            format!("Leave one of the two out with a filter, group by \"title\", or {apart}.")
        }
    }
}

/// "Write \"theme\"." where a name is nearly right, else all that there are.
fn nearest_or_all<'n>(
    name: &str,
    all: impl Iterator<Item = &'n str> + Clone,
    choose: &str,
) -> String {
    match nearest(name, all.clone()) {
        Some(near) => format!("Write \"{near}\"."),
        None => format!("Choose {choose}: {}.", all.collect::<Vec<_>>().join(", ")),
    }
}

impl ChartNote {
    /// The note as a sentence.
    pub fn text(&self) -> String {
        match self {
            ChartNote::WithoutGroup { .. }
            | ChartNote::WithoutColor { .. }
            | ChartNote::WithoutDate { .. }
            | ChartNote::Undated(_)
            | ChartNote::MoreGroups { .. }
            | ChartNote::MoreRowsAndColumns { .. }
            | ChartNote::MorePanels { .. }
            | ChartNote::MoreNumbers { .. }
            | ChartNote::MoreRows { .. }
            | ChartNote::MoreLinked(_)
            | ChartNote::Unlinked(_)
            | ChartNote::NotDrawn(_) => self.omission(),
            ChartNote::CoarseYears { .. }
            | ChartNote::BrokenYears(_)
            | ChartNote::YearsNotDrawn(_)
            | ChartNote::JoinedEntries { .. } => self.places_along_time(),
            ChartNote::WithoutLength(counts) => {
                let counts = counts.iter().map(|(kind, count)| {
                    let (one, many) = figure_nouns(*kind);
                    format_count(*count, one, many)
                });
                let counts = list_with_and(&counts.collect::<Vec<_>>());
                format!("Not drawn, because they have no length: {counts}.")
            }
            ChartNote::MeasuringNothing(count) => format!(
                "Not drawn, because the register says that they measure nothing: {}.",
                format_count(*count, "other number", "other numbers")
            ),
            ChartNote::EmptyGroups { kind, field, names } => empty_groups(*kind, field, names),
            ChartNote::EmptyRows { x, y, names } => empty_rows(x, y, names),
            ChartNote::Formula(formula) => derived_words::formula(formula),
            ChartNote::WithoutDerived { names, gap } => derived_words::without(names, *gap),
            ChartNote::OverGaps(names) => derived_words::over_gaps(names),
            ChartNote::OutsideRatio { left_out, kind } => format!(
                "On neither side of the ratio, and not counted: {}.",
                count_records(left_out.records.len(), *kind)
            ),
            ChartNote::OfPanel { title, note } => format!("{title}: {}", note.text()),
            ChartNote::LowerBounds
            | ChartNote::UpperBounds
            | ChartNote::PaleParts
            | ChartNote::UnsureDistances
            | ChartNote::OpenPeriods
            | ChartNote::LadderColors
            | ChartNote::UnrankedKinds
            | ChartNote::SignSizes
            | ChartNote::CutAxis
            | ChartNote::DashedGaps
            | ChartNote::DashedBounds
            | ChartNote::Intervals
            | ChartNote::BandJoins
            | ChartNote::BrokenLines
            | ChartNote::RoundedShares { .. }
            | ChartNote::RoundedMeans
            | ChartNote::RoundedDerived
            | ChartNote::AxisBreaks(_)
            | ChartNote::LongDates
            | ChartNote::UnsureDates { .. }
            | ChartNote::DatesOfSeveralYears { .. }
            | ChartNote::OpenDates => self.reading_help(),
        }
    }

    /// Which records are not drawn.
    fn omission(&self) -> String {
        match self {
            ChartNote::WithoutGroup {
                left_out,
                kind,
                field,
            } => {
                let verb = match left_out.records.len() {
                    1 => "has",
                    _ => "have",
                };
                let count = count_records(left_out.records.len(), *kind);
                format!("Not drawn: {count} that {verb} no {}.", value_noun(field))
            }
            ChartNote::WithoutColor {
                left_out,
                kind,
                field,
            } => format!(
                "Not drawn, for want of a {}: {}.",
                value_noun(field),
                count_records(left_out.records.len(), *kind)
            ),
            ChartNote::WithoutDate { left_out, kind } => {
                let count = count_records(left_out.records.len(), *kind);
                format!("Not drawn, for want of a date: {count}.")
            }
            ChartNote::Undated(left_out) => {
                let counts = list_counts(&left_out.counts(), count_records);
                format!("Without a stated date, and not drawn: {counts}.")
            }
            ChartNote::MoreGroups {
                left_out,
                names,
                field,
                kind,
            } => {
                let groups = more_named(names, field.nouns());
                format!("Not drawn: {groups}{}.", with_records(left_out, *kind))
            }
            ChartNote::MoreRowsAndColumns {
                left_out,
                rows,
                columns,
                kind,
            } => {
                let lists = [rows, columns].into_iter();
                let lists = lists.filter(|(names, _)| !names.is_empty());
                let lists = lists.map(|(names, field)| more_named(names, field.nouns()));
                let lists = list_with_and(&lists.collect::<Vec<_>>());
                format!("Not drawn: {lists}{}.", with_records(left_out, *kind))
            }
            ChartNote::MorePanels {
                left_out,
                names,
                field,
                are_units,
                kind,
            } => {
                let nouns = match are_units {
                    true => ("unit".into(), "units".into()),
                    false => field.nouns(),
                };
                let groups = more_named(names, nouns);
                format!("Not drawn: {groups}{}.", with_records(left_out, *kind))
            }
            ChartNote::MoreNumbers { left_out, most } => {
                let count = left_out.records.len();
                let count = format_count(count, "more number", "more numbers");
                let when = when(left_out);
                format!("Not drawn: {count} of units that have more than {most}{when}.")
            }
            ChartNote::MoreRows { left_out, kind } => {
                let count = count_more_records(left_out.records.len(), *kind);
                format!("Not shown: {count}{}.", when(left_out))
            }
            ChartNote::MoreLinked(left_out) => {
                let count = left_out.records.len();
                let more = format_count(count, "more linked record", "more linked records");
                let when = when(left_out);
                format!("Only the best linked are drawn. Not drawn: {more}{when}.")
            }
            ChartNote::Unlinked(left_out) => {
                let listed = match left_out.names.is_empty() {
                    true => list_counts(&left_out.counts(), count_records),
                    false => left_out.names.join("; "),
                };
                format!("Without a link to another record here, and not drawn: {listed}.")
            }
            ChartNote::NotDrawn(left_out) => {
                let counts = list_counts(&left_out.counts(), count_records);
                format!("Not drawn: {counts}{}.", when(left_out))
            }
            // What leaves nothing out is told by `text`.
            _ => String::new(),
        }
    }

    /// What stands at the places along time.
    fn places_along_time(&self) -> String {
        match self {
            ChartNote::CoarseYears { step_years, years } => format!(
                "Years stand together by {step_years}: from {} there are {} years, too many to \
                stand by themselves.",
                years.words(),
                years.years()
            ),
            ChartNote::BrokenYears(spans) => format!(
                "The axis is broken: {}, when nothing is recorded, {}.",
                list_spans(spans),
                match spans.len() {
                    1 => "takes one place",
                    _ => "take one place each",
                }
            ),
            ChartNote::YearsNotDrawn(spans) => {
                let years: i32 = spans.iter().map(|span| span.years()).sum();
                format!(
                    "The axis leaves out {} in which nothing is recorded: {}.",
                    format_count(years as usize, "year", "years"),
                    list_spans(spans)
                )
            }
            ChartNote::JoinedEntries { most, step_years } => {
                let place = match step_years {
                    1 => "year".to_owned(),
                    10 => "decade".to_owned(),
                    years => format!("{years} years"),
                };
                format!(
                    "Where a row would have more than {most}, those that begin in the same {place} \
                    are drawn together, and counted."
                )
            }
            _ => String::new(),
        }
    }

    /// How what is drawn is to be read.
    fn reading_help(&self) -> String {
        match self {
            ChartNote::LowerBounds => {
                "An open end marks a lower bound: the number can be more than what is drawn.".into()
            }
            ChartNote::UpperBounds => {
                "An end that is open toward less marks an upper bound: the number can be less than \
                what is drawn."
                    .into()
            }
            ChartNote::PaleParts => "What is pale is possible, and not sure.".into(),
            ChartNote::UnsureDistances => "A dashed line leads to a bound: how far apart the two \
                are is not sure."
                .into(),
            ChartNote::OpenPeriods => "An open end along time marks a period that goes on.".into(),
            ChartNote::LadderColors => "The governing verb decides the step.".into(),
            // Not by their look: hatching stands for other things in print and in grey.
            ChartNote::UnrankedKinds => "Kinds without a number have no rank.".into(),
            ChartNote::SignSizes => "The more links, the larger the sign.".into(),
            ChartNote::CutAxis => "The axis is cut: it does not begin at zero.".into(),
            ChartNote::DashedGaps => format!(
                "A dashed line spans {MIN_GAP_YEARS} years or more in which nothing is recorded."
            ),
            ChartNote::DashedBounds => {
                "A line is dashed where it leads to a bound or away from it.".into()
            }
            ChartNote::Intervals => "An interval is drawn from its least to its greatest number: \
                where in it the number lies is not stated."
                .into(),
            ChartNote::BandJoins => {
                "A pale band joins an interval to what stands before and after it.".into()
            }
            ChartNote::BrokenLines => {
                "A line is broken between an interval and a bound, and between an interval and \
                decades without a record."
                    .into()
            }
            ChartNote::RoundedShares { adds_up: true } => "Percentages are rounded.".into(),
            ChartNote::RoundedShares { adds_up: false } => {
                "Percentages are rounded, and do not all add up to 100.".into()
            }
            ChartNote::RoundedMeans => "Means are rounded.".into(),
            ChartNote::RoundedDerived => "Numbers that are worked out are rounded.".into(),
            ChartNote::AxisBreaks(spans) => format!(
                "The axis leaves out years in which nothing is recorded ({}); all its parts have \
                the same scale.",
                list_spans(spans)
            ),
            ChartNote::LongDates => {
                "A bar covers all days that a date may mean or an event lasted.".into()
            }
            ChartNote::UnsureDates { about, uncertain } => unsure_dates(*about, *uncertain),
            ChartNote::DatesOfSeveralYears { count, first } => match count {
                1 => format!("Counted in the first year that it names: {first}."),
                _ => format!(
                    "Counted in the first year that they name: {count} dates of several years, \
                     such as {first}."
                ),
            },
            ChartNote::OpenDates => "An arrow marks a date whose beginning or end is open.".into(),
            // What is left out is told by `text`.
            _ => String::new(),
        }
    }
}

/// How many dates are not sure; they are drawn at the time that they name.
fn unsure_dates(about: usize, uncertain: usize) -> String {
    let count = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 date is {what}")),
        _ => Some(format!("{count} dates are {what}")),
    };
    let parts = [count(about, "approximate"), count(uncertain, "uncertain")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("Drawn at the time named: {}.", list_with_and(&parts))
}

/// Which groups have nothing.
fn empty_groups(kind: RecordKind, field: &DataField, names: &[String]) -> String {
    let (one, many) = field.nouns();
    if names.len() > MAX_GROUP_NAMES {
        let count = format_count(names.len(), &one, &many);
        return format!("{count} have no {}.", kind.what());
    }
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!("No {} has the {one} {}.", kind.what(), names.join(" or "))
}

/// The rows in which nothing stands, by name where they are few.
fn empty_rows(x: &DataField, y: &DataField, names: &[String]) -> String {
    let column = x.nouns().0;
    let (one, many) = y.nouns();
    let deals = match x.named_kind() {
        Some(RecordKind::Body | RecordKind::Document | RecordKind::Instrument) => "deals with",
        _ => "goes with",
    };
    match names {
        [name] => format!("No {column} {deals} this {one}: {name}."),
        few if few.len() <= MAX_ROW_NAMES => {
            format!("No {column} {deals} these {many}: {}.", few.join("; "))
        }
        all => format!("No {column} {deals} {} {many}.", all.len()),
    }
}

/// "3 commitments"
pub fn count_records(count: usize, kind: RecordKind) -> String {
    format_count(count, kind.what(), kind.noun().many)
}

/// "3 commitments and 2 events"
fn list_counts(counts: &[(RecordKind, usize)], words: fn(usize, RecordKind) -> String) -> String {
    let counts = counts.iter().map(|(kind, count)| words(*count, *kind));
    list_with_and(&counts.collect::<Vec<_>>())
}

/// "3 more commitments"
fn count_more_records(count: usize, kind: RecordKind) -> String {
    count_more(count, (kind.what().to_owned(), kind.noun().many.to_owned()))
}

/// "with 3 commitments (1953 to 1960)"; where each of them stands elsewhere too, that.
fn with_records(left_out: &LeftOut, kind: RecordKind) -> String {
    match left_out.records.len() {
        0 => format!(", whose {} stand elsewhere too", kind.noun().many),
        count => format!(" with {}{}", count_records(count, kind), when(left_out)),
    }
}

/// " (1953 to 1960)": when the records are dated.
fn when(left_out: &LeftOut) -> String {
    let years = left_out.years;
    years.map_or_else(String::new, |years| format!(" ({})", years.words()))
}

/// "3 more themes", and which they are where they are few.
fn more_named(names: &[String], nouns: (String, String)) -> String {
    let count = count_more(names.len(), nouns);
    if names.is_empty() || names.len() > MAX_GROUP_NAMES {
        return count;
    }
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!("{count} ({})", list_with_and(&names))
}

/// "1954 to 1959, 1961 and 1963 to 1970"
fn list_spans(spans: &[YearSpan]) -> String {
    let mut words: Vec<String> = spans.iter().map(|span| span.words()).collect();
    if words.len() > MAX_SPANS {
        let rest = words.split_off(MAX_SPANS - 1);
        let last = spans.last().map_or_else(String::new, |span| span.words());
        words.push(format!("{} more spans up to {last}", rest.len()));
    }
    list_with_and(&words)
}

fn count_more(count: usize, (one, many): (String, String)) -> String {
    format_count(count, &format!("more {one}"), &format!("more {many}"))
}

/// What a record has in a field: its group where groups have a noun, else the field itself.
fn value_noun(field: &DataField) -> String {
    match field.has_group_noun() {
        true => field.nouns().0,
        false => field.name_in_text(),
    }
}

fn figure_nouns(kind: FigureKind) -> (&'static str, &'static str) {
    match kind {
        FigureKind::Rank => ("rank", "ranks"),
        FigureKind::Date => ("date", "dates"),
        FigureKind::Identifier => ("number in a name", "numbers in names"),
        FigureKind::Ordinal => ("anniversary", "anniversaries"),
        _ => ("other number", "other numbers"),
    }
}

fn list_names(kinds: &[RecordKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.noun().many).collect();
    list_with_and(&names)
}

/// The fields with dates, as they are written in the file.
fn date_field_names(kind: RecordKind) -> Vec<String> {
    let all = DataField::all(kind);
    let dates = all
        .iter()
        .filter(|field| matches!(field.data_type, FieldDataType::Dates));
    dates.map(|field| format!("\"{}\"", field.name)).collect()
}

fn quoted_title(figure: &Figure) -> String {
    format!("“{}”", display_name(&figure.title))
}

/// Names a place that an axis does not reach: "1953, before this axis".
pub fn off_axis_text(at: &str, side: OffAxis) -> String {
    let place = match side {
        OffAxis::Before => "before this axis",
        OffAxis::After => "after this axis",
        OffAxis::Below => "below this axis",
        OffAxis::Above => "above this axis",
        OffAxis::LeftOut => "among the years left out",
    };
    format!("{at}, {place}")
}
