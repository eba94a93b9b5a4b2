//! `assessments`: status now, changed since, not looked at, never assessed; "not assessed" is never
//! "no evidence found".

use crate::program::{file, linchpin, refusal, result};
use std::path::PathBuf;

fn commitment(id: &str, title: &str, status: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"{title}\", statement: \"They will.\", committers: [\"us\"], \
            verb: \"will\", strength: \"firm\", mode: FutureAction,
            status: [{status}], citations: [(document: \"vision\", paragraph: 1, \
phrase: \"will\")]),\n"
    )
}

fn looked(date: &str, status: &str) -> String {
    format!(
        "(date: \"{date}\", assessor: \"J. Kim\", status: {status}, citations: \
        [(document: \"vision\", paragraph: 2, phrase: \"done\")], note: \"=1+1, “so”\")"
    )
}

fn register(name: &str) -> PathBuf {
    let all: Vec<String> = [
        commitment("never", "Share…", ""),
        commitment("noted", "Say | nothing", &looked("2024", "NotAssessed")),
        commitment(
            "found",
            "회의를 연다",
            &format!(
                "{}, {}",
                looked("2022-03", "NoEvidence"),
                looked("2024-05-03", "InProgress")
            ),
        ),
        commitment(
            "none",
            "Open the “U.S.” line",
            &looked("2022-12-31", "NoEvidence"),
        ),
    ]
    .into();
    let text = format!(
        "(format: 1, title: \"Alliance\", parties: [(id: \"us\", name: \"United States\", kind: \
            State)], ladder: [(id: \"firm\", rank: 4, label: \"resolve\")],
        documents: [(id: \"vision\", title: \"Vision\", short: \"Vision\", kind: JointStatement, \
legal_character: PoliticalInferred, date: (date: \"2021\", basis: Stated), \
url: \"https://example.org\")],
        commitments: [{}])",
        all.concat()
    );
    file(name, &text)
}

fn run(name: &str, more: &[&str]) -> String {
    let path = register(name);
    let args = [
        &[
            "assessments",
            path.to_str().unwrap(),
            "--today",
            "2024-06-30",
        ],
        more,
    ]
    .concat();
    result(&args)
}

#[test]
fn what_was_found_and_what_nobody_looked_at_are_told_apart() {
    let text = run("assessments-text.ron", &["--since", "2024-05"]);
    let want = "Assessments of Alliance
4 commitments on 30 June 2024; every one counts once, parts of others included.

Status now
       2  – not assessed
       1  ∅ no evidence found
       1  ◐ in progress
       0  ■ stalled
       0  ◑ partly fulfilled
       0  ● fulfilled
       0  × reversed
       0  ? not verifiable as worded

Changed since May 2024 (2)
  Say | nothing: – not assessed (as before), J. Kim, 2024; evidence: Vision ¶2 [noted]
  회의를 연다: ◐ in progress (before: ∅ no evidence found), J. Kim, 3 May 2024; evidence: Vision ¶2 \
[found]

Not looked at for more than 365 days (1)
  Open the “U.S.” line: ∅ no evidence found, J. Kim, 31 December 2022 [none]

Never assessed (2)
  Share… [never]
  Say | nothing [noted]
";
    assert_eq!(text, want);
    let markdown = run("assessments-md.ron", &["--format", "md"]);
    assert!(
        markdown.contains("| – not assessed | 2 |\n| ∅ no evidence found | 1 |\n"),
        "{markdown}"
    );
    assert!(markdown.contains("- Say \\| nothing (`noted`)\n"));
    assert!(!markdown.contains("Changed since"));
}

#[test]
fn programs_and_spreadsheets_get_every_commitment() {
    let text = run(
        "assessments-json.ron",
        &["--format", "json", "--stale", "0", "--since", "2024-05-03"],
    );
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["total"], 4);
    assert_eq!(value["status"][1]["label"], "no evidence found");
    assert_eq!(value["status"][1]["count"], 1);
    assert_eq!(value["changed"][1]["before"], "NoEvidence");
    assert_eq!(value["stale"][0]["id"], "none");
    assert_eq!(value["stale"][1]["days"], 58);
    assert_eq!(value["never"].as_array().unwrap().len(), 2);
    let csv = run("assessments-csv.ron", &["--format", "csv"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[1], "never,Share…,not assessed,,,,no,yes,,,");
    assert_eq!(
        lines[4],
        "none,Open the “U.S.” line,no evidence found,2022-12-31,J. Kim,547,yes,no,,Vision \
        ¶2,\"'=1+1, “so”\""
    );
}

#[test]
fn dates_are_checked_in_words() {
    let path = register("assessments-dates.ron");
    let path = path.to_str().unwrap();
    let late = refusal(&[
        "assessments",
        path,
        "--since",
        "2025",
        "--today",
        "2024-06-30",
    ]);
    assert!(
        late.contains("--since 2025 lies after 30 June 2024"),
        "{late}"
    );
    let odd = linchpin(&["assessments", path, "--since", "yesterday"]);
    assert_eq!(odd.code, Some(2));
    assert!(odd.err.contains("write it as 2024-05-03"), "{}", odd.err);
    let bundled = linchpin(&["assessments"]);
    assert_eq!(bundled.code, Some(0), "{}", bundled.err);
}
