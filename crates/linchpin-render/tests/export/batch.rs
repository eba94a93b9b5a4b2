//! Many images in one go, stopped in between and gone on with.

use linchpin_register::load;
use linchpin_register::query::CountingRule;
use linchpin_render::export::Format;
use linchpin_render::export::batch::{BatchOutcome, BatchPlan, BatchSource, MANIFEST, run};
use linchpin_render::export::image::{ImageOptions, Studio};
use std::ops::ControlFlow;
use std::path::Path;

const THREE: &str = "#![enable(implicit_some)]
(format: 1, title: \"Three\", parties: [(id: \"us\", name: \"United States\", kind: State)], \
charts: [
    (id: \"a\", title: \"A\", records: [Parties], mark: Bar, y: (field: \"kind\")),
    (id: \"b\", title: \"B\", records: [Parties], mark: Bar, y: (field: \"kind\")),
    (id: \"c\", title: \"C\", records: [Parties], mark: Bar, y: (field: \"kind\")),
])";

#[test]
fn work_that_was_stopped_goes_on_where_it_was() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-stopped");
    let _ = std::fs::remove_dir_all(&folder);
    let loaded = load(THREE, Vec::new());
    let source = BatchSource {
        loaded: &loaded,
        name: "three.ron",
        rule: CountingRule::default(),
    };
    let options = ImageOptions {
        created: None,
        ..ImageOptions::default()
    };
    let plan =
        BatchPlan::for_all_charts(&loaded.register, &[Format::Svg], &options, folder.clone());
    let mut seen = Vec::new();
    let mut stop = |file: &linchpin_render::export::batch::BatchFile, done, of| {
        seen.push((file.outcome.clone(), done, of));
        ControlFlow::Break(())
    };
    let summary = run(&plan, source, false, &mut Studio::default(), &mut stop).unwrap();
    assert!(summary.is_canceled);
    assert_eq!(summary.summary_text(), "1 image: 1 written, then stopped");
    assert_eq!(seen, [(BatchOutcome::Written, 1, 3)]);
    assert!(folder.join("a.svg").exists() && folder.join(MANIFEST).exists());
    assert!(!folder.join("b.svg").exists());

    let mut go_on = |_: &linchpin_render::export::batch::BatchFile, _, _| ControlFlow::Continue(());
    let summary = run(&plan, source, false, &mut Studio::default(), &mut go_on).unwrap();
    assert!(!summary.is_canceled);
    assert_eq!(summary.summary_text(), "3 images: 2 written, 1 unchanged");
}

#[test]
fn one_image_that_cannot_be_made_does_not_hold_up_the_others() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-failed");
    let _ = std::fs::remove_dir_all(&folder);
    let loaded = load(THREE, Vec::new());
    let source = BatchSource {
        loaded: &loaded,
        name: "three.ron",
        rule: CountingRule::default(),
    };
    let options = ImageOptions::default();
    let mut plan =
        BatchPlan::for_all_charts(&loaded.register, &[Format::Svg], &options, folder.clone());
    plan.jobs[0].chart = "gone".into();
    plan.jobs[1].options.size =
        linchpin_render::export::ImageSize::wide(90_000.0, linchpin_render::export::Unit::Px);
    let mut go_on = |_: &linchpin_render::export::batch::BatchFile, _, _| ControlFlow::Continue(());
    let summary = run(&plan, source, false, &mut Studio::default(), &mut go_on).unwrap();
    let failures: Vec<String> = summary.failures().collect();
    assert!(failures[1].contains("16384"), "{failures:?}");
    assert!(
        failures[0].contains("The register has no chart \"gone\""),
        "{failures:?}"
    );
    assert_eq!(summary.summary_text(), "3 images: 1 written, 2 not made");
    assert!(folder.join("c.svg").exists() && !folder.join("gone.svg").exists());
}
