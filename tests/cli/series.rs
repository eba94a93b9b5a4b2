//! `series`: something through the documents of a series.

use crate::compare::talks;
use crate::program::{file, linchpin, refusal, result};
use serde_json::Value;

#[test]
fn a_commitment_is_followed_and_what_is_not_known_is_said() {
    let (register, _) = talks("series-text");
    let output = result(&["series", &register, "--commitment", "lights-2"]);
    for words in [
        "Keep the light ship manned",
        "2 documents, said in 2",
        "First seen: First (1 May 2001).",
        "A step down in Second: 3 · intention.",
        "● 2001-05-01  First",
        "proposed [first seen]",
        "coded [weaker]",
        "nobody has confirmed it",
    ] {
        assert!(output.contains(words), "{words}\n{output}");
    }
    let output = result(&["series", &register, "--theme", "ferries"]);
    assert!(output.contains("? 2002-05-01  Second"), "{output}");
    let output = result(&["series", &register, "--commitment", "pier-1"]);
    assert!(output.contains("○ 2002-05-01  Second"), "{output}");
}

#[test]
fn a_phrase_is_looked_for_in_the_texts() {
    let (register, texts) = talks("series-phrase");
    let args = ["series", &register, "--phrase", "light ship", "--format"];
    let output = result(&[&args[..], &["json", "--texts", &texts]].concat());
    let all: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(
        (&all["first"], &all["last"]),
        (&"talks-1".into(), &"talks-2".into())
    );
    let second = &all["documents"][1];
    assert_eq!(
        (&second["state"], &second["change"]),
        (&"Present".into(), &"Weaker".into())
    );
    assert_eq!(second["said"]["record"], "lights-2");
    assert_eq!(second["said"]["source"], "Text");
    let csv = result(&[&args[..], &["csv"]].concat());
    assert!(
        csv.starts_with(
            "document,date,state,step,verb,phrase,paragraph,known by,change,records\r\n"
        ),
        "{csv}"
    );
    assert!(
        csv.contains(
            "First,2001-05-01,said,4 · firm,will,will keep the light ship manned,1,in \
        a cited phrase,first seen,talks-1 lights-1\r\n"
        ),
        "{csv}"
    );
    let md = result(&[&args[..], &["md"]].concat());
    assert!(
        md.contains("- First seen: First (1 May 2001).") && md.contains("| Second |"),
        "{md}"
    );
}

#[test]
fn a_chart_is_written_with_what_it_shows() {
    let (register, _) = talks("series-chart");
    let to = file("series-chart.svg", "");
    let path = to.to_str().unwrap();
    result(&[
        "series",
        &register,
        "--commitment",
        "lights-1",
        "--to",
        path,
    ]);
    let svg = std::fs::read_to_string(&to).unwrap();
    assert!(svg.contains("Keep the light ship manned") && svg.contains("3 · intention"));
    let carried = linchpin(&["inspect", path]);
    assert_eq!(carried.code, Some(0), "{}", carried.err);
    assert!(
        carried.out.contains("will keep the light ship manned"),
        "{}",
        carried.out
    );
    let again = file("series-chart-2.svg", "");
    result(&[
        "series",
        &register,
        "--commitment",
        "lights-1",
        "--to",
        again.to_str().unwrap(),
    ]);
    assert_eq!(std::fs::read(&to).unwrap(), std::fs::read(&again).unwrap());
}

#[test]
fn what_there_is_not_is_said() {
    let (register, _) = talks("series-unknown");
    let output = refusal(&["series", &register, "--theme", "harbour"]);
    assert!(
        output.contains("There is no theme `harbour`. Did you mean `harbor`?"),
        "{output}"
    );
    let output = refusal(&["series", &register, "--phrase", "x", "--series", "Tolks"]);
    assert!(
        output.contains("There is no series `Tolks`. Did you mean `Talks`?"),
        "{output}"
    );
    let output = refusal(&["series", &register, "--commitment", "lights"]);
    assert!(
        output.contains("There is no commitment `lights`"),
        "{output}"
    );
    refusal(&["series", &register]);
    refusal(&["series", &register, "--phrase", " "]);
    let odd = ["series", &register, "--phrase", "x", "--to", "x.doc"];
    assert!(refusal(&odd).contains("names no format"));
    let chosen = [
        "series",
        &register,
        "--theme",
        "harbor",
        "--documents",
        "talks-2",
    ];
    assert!(result(&chosen).contains("1 document, said in 1"));
}
