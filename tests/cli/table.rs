//! `table`: formats, search, filters, order.

use crate::program::{SMALL, file, ids, json, linchpin_reads, refusal, result};

#[test]
fn json_holds_every_field() {
    let rows = json(&result(&["table", "commitments", "--format", "json"]));
    let fields = linchpin_register::RecordKind::Commitment.fields();
    for row in &rows {
        for field in fields {
            assert!(
                row.get(field.name).is_some(),
                "{} of {}",
                field.name,
                row["id"]
            );
        }
        let citation = &row["citations"][0];
        for name in [
            "document",
            "document_title",
            "paragraph",
            "phrase",
            "voice",
            "address",
        ] {
            assert!(!citation[name].is_null(), "{name} of {}", row["id"]);
        }
    }
}

#[test]
fn csv_is_safe_and_whole() {
    let small = file("small.ron", SMALL);
    let csv = result(&["table", small.to_str().unwrap(), "parties"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("id,name,short,kind,"));
    assert!(
        lines[3].starts_with("formula,\"'=1+1\",,office,"),
        "{}",
        lines[3]
    );
    assert_eq!(lines.len(), 5);
    assert_eq!(
        csv,
        result(&[
            "table",
            small.to_str().unwrap(),
            "parties",
            "--format",
            "csv"
        ])
    );
}

#[test]
fn markdown_and_text_are_tables() {
    let small = file("small-2.ron", SMALL);
    let md = result(&[
        "table",
        small.to_str().unwrap(),
        "parties",
        "--format",
        "md",
    ]);
    assert_eq!(
        md.lines().nth(1).map(|l| l.starts_with("| --- |")),
        Some(true)
    );
    assert_eq!(md.lines().count(), 5);
    let text = result(&[
        "table",
        small.to_str().unwrap(),
        "parties",
        "--format",
        "text",
    ]);
    assert!(
        text.starts_with("Party ") || text.starts_with("Name "),
        "{text}"
    );
    assert_eq!(text.lines().count(), 5);
}

#[test]
fn search_folds_case_accents_and_composition() {
    let find = |words: &str| {
        let output = linchpin_reads(
            SMALL,
            &[
                "table", "-", "parties", "--search", words, "--format", "json",
            ],
        );
        assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
        ids(&output.out)
    };
    assert_eq!(find("REPUBLIC korea"), ["rok"]);
    assert_eq!(find("대한"), ["rok"]);
    assert_eq!(find("\"of korea\""), ["rok"]);
    assert_eq!(find("nothing like it"), [""; 0]);
    assert_eq!(find(""), ["us", "rok", "formula"]);
}

#[test]
fn where_takes_ids_names_and_labels() {
    let count = |conditions: &[&str]| {
        let mut args = vec!["table", "commitments", "--format", "json"];
        for condition in conditions {
            args.extend(["--where", condition]);
        }
        ids(&result(&args)).len()
    };
    let all = count(&[]);
    let rok = count(&["committer=rok"]);
    assert!(rok > 0 && rok < all);
    assert_eq!(rok, count(&["committers=South Korea"]));
    assert_eq!(rok, count(&["COMMITTER=south korea"]));
    let (future, practice) = (count(&["mode=FutureAction"]), count(&["mode=practice"]));
    assert_eq!(
        future + practice,
        count(&["mode=future action", "mode=Practice"])
    );
    assert!(count(&["mode=FutureAction", "committer=rok"]) < future.min(rok) + 1);
    // By a field that is neither column nor facet.
    assert!(count(&["obligations=DeterrenceAssurance"]) > 0);
    assert_eq!(
        count(&["obligations=DeterrenceAssurance"]),
        count(&["obligations=deterrence assurance"])
    );
    // A value that no record has, but one could have.
    assert_eq!(count(&["status=Fulfilled"]), 0);
    assert_eq!(count(&["parent=none"]) + count(&["mode=inclusion"]), all);
}

#[test]
fn sort_by_several_fields() {
    let order = |sort: &[&str]| {
        let mut args = vec!["table", "documents", "--format", "json"];
        for by in sort {
            args.extend(["--sort", by]);
        }
        let rows = json(&result(&args));
        rows.iter()
            .map(|r| {
                (
                    r["kind"].as_str().unwrap().to_owned(),
                    r["date"]["date"].as_str().unwrap().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let by_date = order(&["date:desc"]);
    assert!(
        by_date
            .iter()
            .map(|(_, date)| date.get(..4))
            .rev()
            .is_sorted(),
        "{by_date:?}"
    );
    let by_both = order(&["kind", "date"]);
    for pair in by_both.windows(2) {
        assert!(
            pair[0].0 != pair[1].0 || pair[0].1[..4] <= pair[1].1[..4],
            "{pair:?}"
        );
    }
    assert_ne!(by_date, by_both);
}

#[test]
fn what_there_is_not_is_named_with_what_there_is() {
    assert_eq!(
        refusal(&["table", "comitments"]),
        "linchpin: There is no table `comitments`. Did you mean `commitments`?\nTables: \
        commitments, bodies, figures, instruments, events, concerns, dismissals, documents, \
        parties, priorities, themes, ladder, cues, charts, recipes\n"
    );
    assert!(refusal(&["table"]).starts_with("linchpin: Which table? commitments, bodies"));
    assert!(
        refusal(&["table", "bodies", "--where", "knd=x"])
            .contains("no field of bodies `knd`. Did you mean `kind`?\nFields: kind, ")
    );
    let value = refusal(&["table", "bodies", "--where", "member=north"]);
    assert!(
        value.contains("\nValues: us (United States), rok (South Korea)"),
        "{value}"
    );
    assert!(refusal(&["table", "bodies", "--sort", "name:down"]).contains("no direction `down`"));
    assert!(refusal(&["table", "bodies", "--sort", "nme"]).contains("Did you mean `name`?"));
    assert!(refusal(&["table", "bodies", "--where", "kind"]).contains("FIELD=VALUE"));
    assert!(
        refusal(&["table", "bodies", "--format", "xlsx"])
            .contains("possible values: csv, json, md, text")
    );
    assert!(refusal(&["table", "bodies", "--to", "bodies.xlsx"]).contains("no format `xlsx`"));
    assert!(refusal(&["chekc"]).contains("Did you mean `linchpin check`?"));
}

#[test]
fn problems_do_not_stop_a_table() {
    let bad = SMALL.replace("kind: State, code", "kind: Stat, code");
    let output = linchpin_reads(&bad, &["table", "-", "parties", "--format", "json"]);
    assert_eq!(output.code, Some(0));
    assert_eq!(ids(&output.out), ["us", "formula"]);
    assert_eq!(
        output.err,
        "linchpin: <stdin> has 1 problem: 1 error; 1 record left out. See `linchpin check -`\n"
    );
    let nothing = linchpin_reads("%PDF-1.7", &["table", "-", "parties"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(2), ""));
    assert!(
        nothing
            .err
            .contains("is no register that can be read: The file is a PDF document"),
        "{}",
        nothing.err
    );
}

/// The second register, whose communiqués form a series.
fn communiques() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scm-communiques.ron");
    path.to_str().unwrap().to_owned()
}

#[test]
fn records_are_found_and_ordered_by_the_date_and_the_place_of_their_documents() {
    let file = communiques();
    let rows = |more: &[&str]| {
        let mut args = vec!["table", &file, "commitments", "--format", "json"];
        args.extend(more);
        json(&result(&args))
    };
    let first_documents = |rows: &[serde_json::Value]| {
        let documents = rows
            .iter()
            .map(|row| row["citations"][0]["document"].clone());
        let mut documents: Vec<String> = documents.map(|it| it.as_str().unwrap().into()).collect();
        documents.dedup();
        documents
    };
    let year = rows(&["--where", "document.date=2013"]);
    assert_eq!(first_documents(&year), ["scm-45-2013"]);
    let number = rows(&["--where", "document.number=45"]);
    assert_eq!(number, year);
    let day = rows(&["--where", "document.date=2013-10-02"]);
    assert_eq!(day, year);
    let kind = rows(&["--where", "document.kind=communiqué"]);
    assert!(kind.len() > year.len());
    // The last first, whatever the order of the file.
    let by_date = first_documents(&rows(&["--sort", "document.date:desc"]));
    let year_of = |id: &String| {
        let digits = id
            .split('-')
            .find(|part| part.len() == 4 && part.starts_with("20"));
        digits.map(str::to_owned)
    };
    let years: Vec<String> = by_date.iter().filter_map(year_of).collect();
    assert!(years.iter().rev().is_sorted(), "{years:?}");
    assert!(years.len() > 10, "{years:?}");
    let by_number = rows(&[
        "--where",
        "document.kind=Communique",
        "--sort",
        "document.number",
    ]);
    assert_eq!(first_documents(&by_number)[0], "scm-39-2007");
    let csv = result(&["table", &file, "commitments"]);
    let head = csv.lines().next().unwrap();
    assert!(
        head.split(',').any(|name| name == "document.date"),
        "{head}"
    );
}

#[test]
fn dates_of_every_kind_are_shown_kept_and_found() {
    let event = |(at, date): (usize, &&str)| {
        format!(
            "(id: \"e-{at}\", title: \"Event {at}\", date: (date: \"{date}\", basis: Stated), \
             citations: [(document: \"d\", external: true)]),"
        )
    };
    let dates = ["1955", "1953/1955", "2024-35", "1953~", "-0431", "../1900"];
    let events: String = dates.iter().enumerate().map(event).collect();
    let text = format!(
        "(format: 1, title: \"Dates\", documents: [(id: \"d\", title: \"D\", short: \"D\", \
         kind: Treaty, legal_character: Undetermined, date: (date: \"1953\", basis: Stated), \
         url: \"https://example.org\")], events: [{events}])"
    );
    let path = file("dates-of-every-kind.ron", &text);
    let path = path.to_str().unwrap();
    let shown = |args: &[&str]| {
        let mut all = vec!["table", path, "events", "--sort", "date"];
        all.extend(args);
        result(&all)
    };
    let csv = shown(&[]);
    let codes: Vec<&str> = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert_eq!(
        codes,
        ["../1900", "-0431", "1953~", "1953/1955", "1955", "2024-35"]
    );
    let markdown = shown(&["--format", "md"]);
    let places = [
        "1900 or earlier",
        "432 BCE",
        "about 1953",
        "1953 to 1955",
        "third quarter of 2024",
    ]
    .map(|words| {
        let at = markdown.find(words);
        at.unwrap_or_else(|| panic!("{words}: {markdown}"))
    });
    assert!(places.is_sorted(), "{markdown}");
    for value in ["1953~", "about 1953"] {
        let condition = format!("date={value}");
        let rows = shown(&["--format", "json", "--where", &condition]);
        assert_eq!(ids(&rows), ["e-3"], "{value}");
    }
}

#[test]
fn a_document_counts_the_records_that_cite_it_and_no_other_links() {
    let document = |id: &str, more: &str| {
        format!(
            "(id: \"{id}\", title: \"{id}\", short: \"{id}\", kind: Treaty, \
             legal_character: Undetermined, date: (date: \"1953\", basis: Stated), \
             url: \"https://example.org\"{more}),"
        )
    };
    let cites = |id: &str| format!("citations: [(document: \"{id}\", external: true)]");
    let text = format!(
        "(format: 1, title: \"Cited\", documents: [{}{}{}], instruments: [\
         (id: \"i\", name: \"I\", kind: Treaty, document: \"text\", {}),\
         (id: \"j\", name: \"J\", kind: Treaty, document: \"text\", {})])",
        document("text", ""),
        document("paper", ""),
        document("page", &format!(", follows: \"text\", {}", cites("paper"))),
        cites("paper"),
        cites("text"),
    );
    let path = file("cited-documents.ron", &text);
    let csv = result(&["table", path.to_str().unwrap(), "documents"]);
    let count = |id: &str| {
        let mut lines = csv.lines();
        let mut names = lines.next().unwrap().split(',');
        let column = names.position(|name| name == "records").unwrap();
        let row = lines.find(|line| line.starts_with(&format!("{id},")));
        row.unwrap().split(',').nth(column).unwrap().to_owned()
    };
    assert_eq!(
        (count("text"), count("paper"), count("page")),
        ("1".into(), "2".into(), "0".into()),
        "{csv}"
    );
}
