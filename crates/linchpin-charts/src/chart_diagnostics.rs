//! Which charts of a register cannot be drawn, as diagnostics at the part that is to be changed.

use super::check_drawable;
use super::error::ChartError;
use super::messages::diagnostic_words;
use linchpin_register::query::CountingRule;
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind, RecordRef, codes};
use ron_lossless::Diagnostic;

/// The same register with a warning for each of its charts that cannot be drawn, counted by the
/// usual rule where the chart does not say how.
pub fn with_chart_diagnostics(loaded: LoadedRegister) -> LoadedRegister {
    let charts = loaded.register.charts.iter().zip(0_u32..);
    let found = charts.filter_map(|(chart, index)| {
        let at = RecordRef {
            kind: RecordKind::Chart,
            index,
        };
        // What the register's own rules have found is to be set right first.
        let span = loaded.record_span(at);
        let is_within =
            |found: &Diagnostic| span.start <= found.span.start && found.span.end <= span.end;
        if loaded.diagnostics.iter().any(is_within) {
            return None;
        }
        let error = check_drawable(&loaded.register, chart, CountingRule::default()).err()?;
        Some(diagnostic(&loaded, at, &chart.title, &error))
    });
    let found = found.collect();
    loaded.with_added_diagnostics(found)
}

fn diagnostic(
    loaded: &LoadedRegister,
    at: RecordRef,
    title: &str,
    error: &ChartError,
) -> Diagnostic {
    let part = loaded.field_span(at, &[PathStep::Field(error.field_name())]);
    // The chart may not have the part yet: then what it is called.
    let chart = loaded.record_span(at);
    let span = match part == chart {
        true => loaded.field_span(at, &[PathStep::Field("title")]),
        false => part,
    };
    let (message, help) = diagnostic_words(title, error);
    Diagnostic::warning(span, codes::CHART_NOT_DRAWN, message).with_help(help)
}
