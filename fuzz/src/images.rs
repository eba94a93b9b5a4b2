//! Any bytes, read as an image that carries a chart: nothing panics, what was read can be written
//! and read again, and its chart can be drawn.

use crate::checks;
use linchpin_charts::build_or_explain;
use linchpin_charts::evidence::{Evidence, EvidenceContainer, read};
use linchpin_render::export::ImageOptions;

/// Reads the bytes as an image.
pub fn images_of(data: &[u8]) {
    let found = EvidenceContainer::detect(data);
    match read(data) {
        Ok((container, evidence)) => {
            assert_eq!(found, Some(container));
            check_evidence(&evidence);
        }
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

fn check_evidence(evidence: &Evidence) {
    let json = evidence.to_json();
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(!json.contains(is_odd), "XML cannot hold {json:?}");
    let again: Evidence = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(again.to_json(), json);
    let options = ImageOptions::carried(evidence);
    let written = serde_json::to_value(&options).expect("options can be written");
    assert!(written.is_object());
    let Some(loaded) = evidence.load_excerpt() else {
        return;
    };
    for diagnostic in loaded.diagnostics.iter() {
        checks::diagnostic(&loaded.text, diagnostic);
    }
    // Drawn is what would be opened: the chart that the image was made of.
    if let Some(chart) = evidence.chart_in(&loaded.register) {
        let picture = build_or_explain(&loaded.register, chart, evidence.rule);
        let table = picture.data_table();
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{:?}", picture.title);
        }
        assert!(!picture.description.is_empty());
    }
}
