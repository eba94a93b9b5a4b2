//! The standard charts as they stand in their own text, and how a register takes them over.

use linchpin_register::bundled;
use linchpin_register::chart_vocabulary::MarkKind;
use linchpin_register::{Chart, LoadedRegister, RecordKind, RecordRef, Register, load, unused_id};
use ron_lossless::RonValue;
use std::sync::OnceLock;

/// The text of the standard charts, as it was read.
pub fn standard_loaded() -> &'static LoadedRegister {
    static STANDARD: OnceLock<LoadedRegister> = OnceLock::new();
    STANDARD.get_or_init(|| load(bundled::STANDARD_CHARTS, Vec::new()))
}

/// The standard charts as fields, to be added to a register. They keep their ids, unless a record
/// of another type has one.
pub fn standard_chart_fields(register: &Register) -> Vec<Vec<(String, RonValue)>> {
    let loaded = standard_loaded();
    let mut all = Vec::new();
    for index in 0..loaded.register.charts.len() as u32 {
        let at = RecordRef {
            kind: RecordKind::Chart,
            index,
        };
        let Some(node) = loaded.record_node(at) else {
            continue;
        };
        let RonValue::Record(mut fields) = RonValue::read(&loaded.text, &loaded.tree, node) else {
            continue;
        };
        for (name, value) in &mut fields {
            if let ("id", RonValue::Text(id)) = (name.as_str(), value)
                && register.find(id).is_some()
            {
                *id = unused_id(register, &format!("chart {id}"));
            }
        }
        all.push(fields);
    }
    all
}

/// An id for a new chart: free in the register, and among the standard charts as long as it shows
/// those.
pub fn free_chart_id(register: &Register, name: &str) -> String {
    let free = unused_id(register, name);
    if !is_standard(register, &free) {
        return free;
    }
    let numbered = (2..).map(|number: u32| format!("{free}-{number}"));
    let is_free = |id: &String| register.find(id).is_none() && !is_standard(register, id);
    numbered.into_iter().find(is_free).unwrap_or_default()
}

/// Whether a chart on screen is a standard one, which stands in no text of the register.
pub fn is_standard(register: &Register, id: &str) -> bool {
    register.charts.is_empty() && standard_loaded().register.find(id).is_some()
}

/// The chart on the page of the timeline: the register's first of that mark, else the standard one.
pub fn timeline_chart(register: &Register) -> Option<&Chart> {
    let is_timeline = |chart: &&Chart| chart.mark == MarkKind::Timeline;
    let own = super::charts_of(register).iter().find(is_timeline);
    own.or_else(|| standard_loaded().register.charts.iter().find(is_timeline))
}

/// A chart from its fields; `None` where they make none.
pub fn chart_from_fields(fields: &[(String, RonValue)]) -> Option<Chart> {
    let text = format!(
        "#![enable(implicit_some)]\n(\n    format: 1,\n    title: \"One chart\",\n    charts: \
        [\n{},\n    ],\n)\n",
        RonValue::block(fields)
    );
    load(text, Vec::new()).register.charts.first().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_edit::add_records;
    use ron_lossless::apply;

    #[test]
    fn a_register_takes_the_standard_charts_over_as_they_are() {
        let texts = [
            "(\n    format: 1,\n    title: \"T\",\n)\n",
            "(\n    format: 1,\n    title: \"T\",\n    charts: [],\n)\n",
            "(\n    format: 1,\n    title: \"T\",\n    charts: [\n        // To come.\n    ],\n)\n",
        ];
        for text in texts {
            let before = load(text, Vec::new());
            let records = standard_chart_fields(&before.register);
            let splices = add_records(&before, RecordKind::Chart, &records).unwrap();
            let after = load(apply(text, &splices).unwrap(), Vec::new()).checked_with_ron();
            assert_eq!(after.diagnostics.len(), before.diagnostics.len());
            assert_eq!(
                after.register.charts,
                standard_loaded().register.charts,
                "{text}"
            );
        }
    }

    #[test]
    fn an_id_that_another_record_has_is_not_taken() {
        let text = "(\n    format: 1,\n    title: \"T\",\n    themes: [(id: \"figures\", \
            name: \"Figures\")],\n)\n";
        let before = load(text, Vec::new());
        let records = standard_chart_fields(&before.register);
        let splices = add_records(&before, RecordKind::Chart, &records).unwrap();
        let after = load(apply(text, &splices).unwrap(), Vec::new());
        assert_eq!(
            after.register.charts.len(),
            standard_loaded().register.charts.len()
        );
        assert_eq!(after.register.charts[0].id.as_str(), "chart-figures");
    }
}
