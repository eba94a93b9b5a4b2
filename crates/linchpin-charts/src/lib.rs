//! The charts: from the records of a register to a picture as a plain value.
//!
//! A chart is a record itself ([`Chart`]): a mark, and what its places, lengths and colors stand
//! for. A new mark is one new file and its line in [`mark_of`].

mod addable;
mod axis_reach;
mod bar;
mod bullet;
pub mod captions;
mod channel_use;
mod chart_diagnostics;
mod derived;
mod derived_words;
mod document_groups;
mod dumbbell;
mod encoding;
mod error;
pub mod evidence;
mod facet;
mod fields;
mod groups;
mod left_out;
mod mark_output;
mod matrix;
mod measure;
mod messages;
mod network;
mod network_layout;
mod network_stress;
mod omissions;
pub mod picture;
mod picture_frame;
mod plan;
mod plot;
mod standard;
pub mod suggest;
mod table;
pub mod table_filters;
mod time_places;
mod timeline;
mod waffle;
mod year_span;

use crate::picture::Picture;
use linchpin_register::chart_vocabulary::MarkKind;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, RecordRef, Register};
use mark_output::MarkOutput;

pub use chart_diagnostics::with_chart_diagnostics;
pub use error::{
    ChannelName, ChannelOption, ChannelUse, ChartError, ChartErrorKind, ChartNote, ChartPart,
    DerivedGap, DerivedObstacle, Formula, Joining, SumObstacle,
};
pub use fields::{
    DataField, FieldDataType, FieldValue, NO_VALUE_KEY, field_values, fields_for_channel,
    kind_nouns,
};
pub use left_out::LeftOut;
pub use picture_frame::error_picture;
pub use plan::{ChartPlan, counting_rule};
pub use standard::{
    chart_from_fields, free_chart_id, is_standard, standard_chart_fields, standard_loaded,
    timeline_chart,
};
pub use year_span::YearSpan;

/// The charts of a register: its own, or the standard ones where it states none.
pub fn charts_of(register: &Register) -> &[Chart] {
    if register.charts.is_empty() {
        &standard().charts
    } else {
        &register.charts
    }
}

/// The chart of a register with this id.
pub fn by_id<'r>(register: &'r Register, id: &str) -> Option<&'r Chart> {
    charts_of(register)
        .iter()
        .find(|chart| chart.id.as_str() == id)
}

/// The chart of a register with this id, else the standard one.
pub fn by_id_or_standard<'r>(register: &'r Register, id: &str) -> Option<&'r Chart> {
    let one = |charts: &'r [Chart]| charts.iter().find(|chart| chart.id.as_str() == id);
    one(charts_of(register)).or_else(|| one(&standard().charts))
}

/// The standard charts, as a register of their own.
pub fn standard() -> &'static Register {
    &standard_loaded().register
}

/// Makes a chart of the register's records. `rule` counts where the chart itself does not say how.
///
/// # Errors
/// Where it cannot be drawn.
pub fn build(
    register: &Register,
    chart: &Chart,
    rule: CountingRule,
) -> Result<Picture, ChartError> {
    let plan = ChartPlan::new(register, chart, rule)?;
    let mut drawn = draw(&plan)?;
    omissions::settle(&plan, &mut drawn);
    picture_frame::finish_picture(&plan, drawn)
}

/// Whether a chart can be drawn, in less time than drawing it takes.
///
/// # Errors
/// Where it cannot be drawn.
pub fn check_drawable(
    register: &Register,
    chart: &Chart,
    rule: CountingRule,
) -> Result<(), ChartError> {
    let mut plan = ChartPlan::new(register, chart, rule)?;
    plan.is_trial = true;
    let drawn = draw(&plan)?;
    picture_frame::finish_picture(&plan, drawn).map(drop)
}

/// Makes a chart, or a picture that says why there is none, and what to do.
pub fn build_or_explain(register: &Register, chart: &Chart, rule: CountingRule) -> Picture {
    build(register, chart, rule).unwrap_or_else(|error| error_picture(register, chart, &error))
}

fn draw(plan: &ChartPlan<'_>) -> Result<MarkOutput, ChartError> {
    if plan.records.is_empty() {
        return Err(measure::no_records_error(plan));
    }
    channel_use::check(plan)?;
    match &plan.chart.facet {
        Some(channel) => facet::draw(plan, channel),
        None => draw_mark(plan, &plan.records),
    }
}

/// Draws some of a plan's records with its mark.
fn draw_mark(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    match plan.chart.mark {
        MarkKind::Bar => bar::draw(plan, records),
        MarkKind::Bullet => bullet::draw(plan, records),
        MarkKind::Dumbbell => dumbbell::draw(plan, records),
        MarkKind::Timeline => timeline::draw(plan, records),
        MarkKind::Matrix => matrix::draw(plan, records),
        MarkKind::Table => table::draw(plan, records),
        MarkKind::Network => network::draw(plan, records),
        MarkKind::Waffle => waffle::draw(plan, records),
        MarkKind::Dot | MarkKind::Range | MarkKind::Line | MarkKind::Step => {
            plot::draw(plan, records)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_register_gives_empty_pictures() {
        let register = Register::default();
        assert_eq!(charts_of(&register).len(), 7);
        for chart in charts_of(&register) {
            let rule = CountingRule::default();
            assert!(build(&register, chart, rule).is_err(), "{}", chart.id);
            let picture = build_or_explain(&register, chart, rule);
            assert_eq!(picture.id, chart.id.as_str());
            assert!(
                matches!(picture.body, crate::picture::PictureBody::Empty(_)),
                "{}",
                chart.id
            );
        }
    }
}
