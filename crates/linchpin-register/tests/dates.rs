//! Dates: read, written, ordered, counted; shown, sorted and found; and at random.

use linchpin_register::date::{
    Date, DatePrecision, DateWords, parse_typed_date, parse_written_date, period_words,
};
use linchpin_register::query::{SortBy, TableQuery, run_query};
use linchpin_register::{LoadedRegister, RecordKind, load, tables};
use random_numbers::Random;

#[path = "../../linchpin-edit/tests/support/random.rs"]
mod random_numbers;

#[test]
fn reads_and_writes_every_precision() {
    for text in [
        "2023-11-13",
        "2023-11",
        "2023",
        "1950s",
        "2024-02-29",
        "0001-01-01",
    ] {
        assert_eq!(Date::parse(text).unwrap().to_code(), text);
    }
    assert_eq!(
        Date::parse("1953-10-01").unwrap().to_long_form(),
        "1 October 1953"
    );
}

#[test]
fn years_have_four_digits() {
    for (code, words) in [
        ("0950", "0950"),
        ("0950s", "the 0950s"),
        ("0950-03", "March 0950"),
        ("0007-03-01", "1 March 0007"),
        ("1953", "1953"),
    ] {
        assert_eq!(Date::parse(code).unwrap().to_long_form(), words);
    }
}

#[test]
fn says_what_is_wrong() {
    let wrong = |text| Date::parse(text).unwrap_err().to_string();
    assert_eq!(
        wrong("2023-02-30"),
        "\"2023-02-30\" is not a date: February 2023 has 28 days"
    );
    assert_eq!(
        wrong("2023-13"),
        "\"2023-13\" is not a date: there is no month 13"
    );
    for text in [
        "",
        "13 November 2023",
        "2023-1-1",
        "-0000-01",
        "2023-01-01-01",
        "２０２３",
        "-20233",
        "99999",
    ] {
        assert!(wrong(text).contains("is not a date"), "{text}");
    }
}

#[test]
fn positions_on_an_axis() {
    assert_eq!(Date::parse("2023").unwrap().start_decimal_year(), 2023.0);
    assert!(Date::parse("2023-12-31").unwrap().end_decimal_year() <= 2024.001);
    assert!(Date::parse("2023-07").unwrap().start_decimal_year() > 2023.49);
}

#[test]
fn dates_in_words_are_understood() {
    for (text, right) in [
        ("13 November 2023", "2023-11-13"),
        ("Nov. 13, 2023", "2023-11-13"),
        ("November 13th, 2023", "2023-11-13"),
        ("the 1st of October 1953", "1953-10-01"),
        ("2023 November 13", "2023-11-13"),
        ("13-Nov-2023", "2023-11-13"),
        ("Sept 2023", "2023-09"),
        ("November 2023", "2023-11"),
        ("2023/11/13", "2023-11-13"),
        ("2023.11.13", "2023-11-13"),
        ("2023. 11. 3.", "2023-11-03"),
        ("2023-1-2", "2023-01-02"),
        ("2023/7", "2023-07"),
        ("7/2023", "2023-07"),
        ("13.11.2023", "2023-11-13"),
        ("11/13/2023", "2023-11-13"),
        ("04/04/2023", "2023-04-04"),
        ("2023년 11월 13일", "2023-11-13"),
        ("2023년 1월", "2023-01"),
        ("2023년", "2023"),
        ("the 1950s", "1950s"),
        ("1950's", "1950s"),
        (" 2023 ", "2023"),
        ("2023-2024", "2023/2024"),
        ("around 2023", "2023~"),
    ] {
        let date = parse_written_date(text).or(Date::parse(text.trim()).ok());
        assert_eq!(date.map(|d| d.to_code()).as_deref(), Some(right), "{text}");
    }
}

#[test]
fn what_could_be_two_dates_or_none_is_left_alone() {
    for text in [
        "03/04/2023",
        "3.4.2023",
        "13/11/23",
        "31 November 2023",
        "30.02.2023",
        "yesterday",
        "November",
        "Ma 2023",
        "13 13 2023",
        "2023-13",
        "2023-23",
        "2024-2023",
        "",
        "/",
    ] {
        assert_eq!(parse_written_date(text), None, "{text}");
    }
}

#[test]
fn today_is_a_date() {
    let today = Date::today().to_code();
    assert!(Date::parse(&today).is_ok(), "{today}");
}

#[test]
fn days_are_counted_both_ways() {
    for (days, code) in [
        (-4_371_587, "-9999-01-01"),
        (-719_528, "0000-01-01"),
        (-719_162, "0001-01-01"),
        (-1, "1969-12-31"),
        (0, "1970-01-01"),
        (59, "1970-03-01"),
        (11_016, "2000-02-29"),
        (19_723, "2024-01-01"),
        (20_088, "2024-12-31"),
        (2_932_896, "9999-12-31"),
    ] {
        let date = Date::parse(code).unwrap();
        assert_eq!(
            (date.first_day_number(), date.last_day_number()),
            (days, days),
            "{code}"
        );
        assert_eq!(Date::from_day_number(days), date);
    }
    let span = |code| {
        let date = Date::parse(code).unwrap();
        date.last_day_number() - date.first_day_number() + 1
    };
    assert_eq!(
        [span("2024-02"), span("2023"), span("2020s")],
        [29, 365, 3653]
    );
}

/// What the file writes, how it reads, its first and its last day.
const KINDS: [(&str, &str, &str, &str); 34] = [
    ("2023-11-13", "13 November 2023", "2023-11-13", "2023-11-13"),
    ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
    (
        "2024-33",
        "first quarter of 2024",
        "2024-01-01",
        "2024-03-31",
    ),
    (
        "2024-34",
        "second quarter of 2024",
        "2024-04-01",
        "2024-06-30",
    ),
    (
        "2024-35",
        "third quarter of 2024",
        "2024-07-01",
        "2024-09-30",
    ),
    (
        "2024-36",
        "fourth quarter of 2024",
        "2024-10-01",
        "2024-12-31",
    ),
    ("2024-40", "first half of 2024", "2024-01-01", "2024-06-30"),
    ("2024-41", "second half of 2024", "2024-07-01", "2024-12-31"),
    ("2023", "2023", "2023-01-01", "2023-12-31"),
    ("1950s", "the 1950s", "1950-01-01", "1959-12-31"),
    ("9990s", "the 9990s", "9990-01-01", "9999-12-31"),
    ("0950", "0950", "0950-01-01", "0950-12-31"),
    ("1953~", "about 1953", "1953-01-01", "1953-12-31"),
    ("1953?", "1953 (uncertain)", "1953-01-01", "1953-12-31"),
    (
        "1953%",
        "about 1953 (uncertain)",
        "1953-01-01",
        "1953-12-31",
    ),
    ("1950s~", "about the 1950s", "1950-01-01", "1959-12-31"),
    (
        "2024-35~",
        "about the third quarter of 2024",
        "2024-07-01",
        "2024-09-30",
    ),
    (
        "1953-10-01?",
        "1 October 1953 (uncertain)",
        "1953-10-01",
        "1953-10-01",
    ),
    ("1953-10~", "about October 1953", "1953-10-01", "1953-10-31"),
    ("1953/1955", "1953 to 1955", "1953-01-01", "1955-12-31"),
    (
        "2024-03/2024-05",
        "March 2024 to May 2024",
        "2024-03-01",
        "2024-05-31",
    ),
    (
        "2023-11-13/2023-11-15",
        "13 November 2023 to 15 November 2023",
        "2023-11-13",
        "2023-11-15",
    ),
    (
        "2023/2024-02",
        "2023 to February 2024",
        "2023-01-01",
        "2024-02-29",
    ),
    (
        "1953~/1955",
        "about 1953 to 1955",
        "1953-01-01",
        "1955-12-31",
    ),
    (
        "1953/1955%",
        "1953 to about 1955 (uncertain)",
        "1953-01-01",
        "1955-12-31",
    ),
    (
        "1950s/1960s",
        "the 1950s to the 1960s",
        "1950-01-01",
        "1969-12-31",
    ),
    (
        "-0431/-0403",
        "432 BCE to 404 BCE",
        "-0431-01-01",
        "-0403-12-31",
    ),
    (
        "-0043-03-15",
        "15 March 44 BCE",
        "-0043-03-15",
        "-0043-03-15",
    ),
    (
        "0000-02-29",
        "29 February 1 BCE",
        "0000-02-29",
        "0000-02-29",
    ),
    ("0000", "1 BCE", "0000-01-01", "0000-12-31"),
    ("-9999", "10000 BCE", "-9999-01-01", "-9999-12-31"),
    (
        "-0431-35",
        "third quarter of 432 BCE",
        "-0431-07-01",
        "-0431-09-30",
    ),
    ("-0431~", "about 432 BCE", "-0431-01-01", "-0431-12-31"),
    ("-0001/0001", "2 BCE to 0001", "-0001-01-01", "0001-12-31"),
];

/// Those with an open end.
const OPEN_KINDS: [(&str, &str); 5] = [
    ("1953/..", "1953 or later"),
    ("../1953", "1953 or earlier"),
    ("2023-11~/..", "about November 2023 or later"),
    ("../-0431", "432 BCE or earlier"),
    ("../1953?", "1953 (uncertain) or earlier"),
];

fn date(code: &str) -> Date {
    Date::parse(code).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn every_kind_of_date_is_read_written_and_said() {
    let open = OPEN_KINDS.iter().copied();
    let all = KINDS.iter().map(|(code, words, ..)| (*code, *words));
    for (code, words) in all.chain(open) {
        assert_eq!(date(code).to_code(), code);
        assert_eq!(date(code).to_long_form(), words, "{code}");
        // What is said in words is read as the same date.
        assert_eq!(parse_typed_date(words), Ok(date(code)), "{words}");
        let american = date(code).to_words(DateWords::MonthFirst);
        assert_eq!(parse_typed_date(&american), Ok(date(code)), "{american}");
    }
}

#[test]
fn every_kind_of_date_has_its_days() {
    for (code, _, first, last) in KINDS {
        let days = (date(code).first_day_number(), date(code).last_day_number());
        let right = (date(first).first_day_number(), date(last).last_day_number());
        assert_eq!(days, right, "{code}");
        let (start, end) = date(code).decimal_years();
        let (start, end) = (start.unwrap(), end.unwrap());
        let early = Date::at_decimal_year(start + 0.001).unwrap();
        let late = Date::at_decimal_year(end - 0.001).unwrap();
        assert_eq!((early, late), (date(first), date(last)), "{code}");
    }
    for (code, _) in OPEN_KINDS {
        let (start, end) = date(code).decimal_years();
        assert_eq!(
            (start.is_none(), end.is_none()),
            (code.starts_with("../"), code.ends_with("/.."))
        );
    }
}

#[test]
fn other_notations_are_read_as_the_one_that_is_written() {
    for (other, code) in [
        ("2024-Q1", "2024-33"),
        ("2024-q4", "2024-36"),
        ("2024-H2", "2024-41"),
        ("195X", "1950s"),
        ("195X~", "1950s~"),
        ("2024-Q1/2024-Q3", "2024-33/2024-35"),
        ("1953/1953", "1953"),
    ] {
        assert_eq!(date(other).to_code(), code, "{other}");
    }
}

#[test]
fn bad_dates_say_what_is_wrong_with_them() {
    for (text, why) in [
        ("2024-37", "there is no month 37"),
        ("2024-00", "there is no month 0"),
        ("2024-21", "21 is a season"),
        ("2024-33-01", ""),
        ("2024-Q5", ""),
        ("1953s", "a decade ends in 0"),
        ("1953s~", "a decade ends in 0"),
        ("-0430s", "a decade before the year 1"),
        ("-043X", "a decade before the year 1"),
        ("0000s", ""),
        ("-0000", "the year 1 BCE is written 0000"),
        ("-0431-02-30", "February 432 BCE has 28 days"),
        ("0000-02-30", "February 1 BCE has 29 days"),
        ("1955/1953", "it ends before it begins"),
        ("2024-02/2024-01-31", "it ends before it begins"),
        ("1953/", "an open end is written \"..\""),
        ("/1953", "an open end is written \"..\""),
        ("../..", "a range needs a date at one end"),
        ("/", ""),
        ("1953/1955/1957", ""),
        ("1953/2024-13", "there is no month 13"),
        ("~1953", ""),
        ("1953~~", ""),
        ("1953?~", ""),
        ("Y-17000", ""),
        ("..", ""),
        ("/..", "a range needs a date at one end"),
        ("1953 /1955", ""),
        ("~", ""),
    ] {
        let said = Date::parse(text).unwrap_err().to_string();
        let right = format!("\"{text}\" is not a date");
        assert!(said.starts_with(&right) && said.contains(why), "{said}");
    }
}

#[test]
fn dates_are_read_as_people_type_them() {
    for (typed, code) in [
        ("circa 1953", "1953~"),
        ("c. 1953", "1953~"),
        ("ca. 1953", "1953~"),
        ("c.1953", "1953~"),
        ("~1953", "1953~"),
        ("approximately March 1953", "1953-03~"),
        ("About the 1950s", "1950s~"),
        ("perhaps 1953", "1953?"),
        ("about 1953?", "1953%"),
        ("Q3 2024", "2024-35"),
        ("2024 Q3", "2024-35"),
        ("2024-q3", "2024-35"),
        ("Q3/2024", "2024-35"),
        ("the third quarter of 2024", "2024-35"),
        ("3rd quarter 2024", "2024-35"),
        ("2024년 3분기", "2024-35"),
        ("2024년 상반기", "2024-40"),
        ("first half of 2024", "2024-40"),
        ("H2 2024", "2024-41"),
        ("1953-1955", "1953/1955"),
        ("1953–1955", "1953/1955"),
        ("1953 - 1955", "1953/1955"),
        ("from 1953 to 1955", "1953/1955"),
        ("between March 2024 and May 2024", "2024-03/2024-05"),
        ("13 Nov 2023 – 15 Nov 2023", "2023-11-13/2023-11-15"),
        ("c. 1953 to c. 1955", "1953~/1955~"),
        ("since 1953", "1953/.."),
        ("1953 onwards", "1953/.."),
        ("until March 1953", "../1953-03"),
        ("432 BC", "-0431"),
        ("432 B.C.", "-0431"),
        ("March 15, 44 BCE", "-0043-03-15"),
        ("AD 50", "0050"),
        ("50 CE", "0050"),
        ("432 BCE to 50 CE", "-0431/0050"),
        (" 1953/1955 ", "1953/1955"),
    ] {
        let read = parse_typed_date(typed).map(|date| date.to_code());
        assert_eq!(read.as_deref(), Ok(code), "{typed}");
    }
    for typed in [
        "",
        "about",
        "50",
        "after 1953",
        "before 1953",
        "1953 to",
        "to 1955",
        "1955 to 1953",
        "1953 to 1954 to 1955",
        "fifth quarter of 2024",
        "Q3",
        "spring 2024",
        "10001 BCE",
        "0 BCE",
        "the 430s BCE",
        "30 February 44 BCE",
        "between 1953 to 1955",
        "03/04/2023",
    ] {
        assert!(parse_typed_date(typed).is_err(), "{typed}");
    }
    for (typed, why) in [
        ("31 June 2025", "June 2025 has 30 days"),
        ("about 30.02.2024", "February 2024 has 29 days"),
        ("31 February 45 BCE", "February 45 BCE has 29 days"),
        ("2024-21", "a season"),
        ("soon", "write it as 2023-11-13"),
        ("13/13/2023 to 1953", "write it as"),
    ] {
        let said = parse_typed_date(typed).unwrap_err();
        assert!(said.contains(why), "{typed}: {said}");
    }
}

#[test]
fn dates_stand_in_the_order_of_their_first_day_then_of_their_last() {
    let order = [
        "../-0431",
        "../1953",
        "../1953~",
        "../1955",
        "-9999",
        "-0431-01-01",
        "-0431",
        "-0431~",
        "-0430",
        "0000",
        "0950",
        "1950-01-01",
        "1950-01",
        "1950-33",
        "1950-40",
        "1950",
        "1950~",
        "1950?",
        "1950%",
        "1950/1951",
        "1950s",
        "1950/1960-06",
        "1950/..",
        "1950~/..",
        "1950-01-02",
        "1953-07/1953-10-01",
        "1953-07/1953-10-01~",
        "2024-02-29",
        "9999",
        "9999/..",
        "9999-12-31",
        "9999-12-31/..",
    ];
    let sorted: Vec<Date> = order.iter().map(|code| date(code)).collect();
    for (at, a) in sorted.iter().enumerate() {
        for (other, b) in sorted.iter().enumerate() {
            assert_eq!(a.cmp(b), at.cmp(&other), "{} {}", order[at], order[other]);
        }
    }
}

#[test]
fn what_is_within_some_years_is_what_overlaps_them() {
    for (code, from, to, within) in [
        ("1953/1955", Some("1955"), None, true),
        ("1953/1955", Some("1956"), None, false),
        ("1953/1955", None, Some("1953"), true),
        ("1953/1955", None, Some("1952"), false),
        ("1953/1955", Some("1954"), Some("1954"), true),
        ("1953/..", Some("2024"), Some("2025"), true),
        ("1953/..", None, Some("1952-12-31"), false),
        ("../1953", Some("1953-12-31"), None, true),
        ("../1953", Some("1954"), None, false),
        ("../1953", Some("-0431"), Some("-0430"), true),
        ("1953~", Some("1954"), None, false),
        ("2024-35", Some("2024-09-30"), Some("2024-10"), true),
        ("2024-35", Some("2024-10"), None, false),
        ("-0431", Some("-0500"), Some("0000"), true),
        ("2023", Some("../2022"), Some("2024/.."), true),
        ("2023", Some("2021/2022"), Some("2022/2023"), true),
        ("2023", Some("2024/2025"), None, false),
    ] {
        let [from_date, to_date] = [from, to].map(|code| code.map(date));
        let overlaps = date(code).overlaps(from_date.as_ref(), to_date.as_ref());
        assert_eq!(overlaps, within, "{code} within {from:?} and {to:?}");
    }
    assert!(date("1954").is_after(&date("1953~")) && !date("1953").is_after(&date("1953-06")));
    assert!(!date("../1954").is_after(&date("1953")) && !date("1954").is_after(&date("1953/..")));
}

#[test]
fn a_period_of_ranges_says_which_end_is_which() {
    let words = |from, to: Option<&str>| period_words(date(from), to.map(date));
    assert_eq!(words("2021", Some("2025")), "2021 to 2025");
    assert_eq!(words("2021~", None), "since about 2021");
    assert_eq!(words("2021", Some("2021")), "2021");
    assert_eq!(words("1953/1955", Some("1960")), "(1953 to 1955) to 1960");
}

#[test]
fn a_date_is_made_more_or_less_exact() {
    let with = |code, precision| {
        let date = date(code).single().unwrap();
        date.with_precision(precision).to_code()
    };
    assert_eq!(with("2024-08-13", DatePrecision::Quarter), "2024-35");
    assert_eq!(with("2024-08-13~", DatePrecision::Half), "2024-41~");
    assert_eq!(with("2024-35", DatePrecision::Month), "2024-07");
    assert_eq!(with("1953", DatePrecision::Decade), "1950s");
    assert_eq!(with("-0431-03", DatePrecision::Decade), "-0431");
    assert_eq!(with("1950s", DatePrecision::Day), "1950-01-01");
}

/// Random texts of the letters that dates are made of: none stops the program, and whatever is read
/// is written as what is read again.
#[test]
fn random_texts_are_refused_or_come_back() {
    const PIECES: [&str; 44] = [
        "0",
        "1",
        "2",
        "3",
        "9",
        "12",
        "19",
        "2024",
        "1953",
        "0000",
        "-",
        "-",
        "/",
        "/",
        "..",
        "~",
        "?",
        "%",
        "s",
        "X",
        "Q",
        "H1",
        "33",
        "41",
        "Q3",
        " ",
        " to ",
        "about ",
        "c. ",
        " BCE",
        "the ",
        "march ",
        "quarter",
        "first ",
        "half ",
        " or later",
        "until ",
        "(uncertain)",
        "년",
        "월",
        "분기",
        "–",
        "\u{301}",
        "１",
    ];
    let mut random = Random(0xDA7E_5EED);
    let mut read = 0;
    for _ in 0..60_000 {
        let pieces = 1 + random.below(7);
        let text: String = (0..pieces)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        let Ok(date) = parse_typed_date(&text) else {
            assert!(Date::parse(&text).is_err(), "{text}");
            continue;
        };
        read += 1;
        let code = date.to_code();
        assert_eq!(Date::parse(&code), Ok(date), "{text} as {code}");
        let words = date.to_long_form();
        assert_eq!(parse_typed_date(&words), Ok(date), "{text} as {words}");
        assert_eq!(parse_typed_date(&code), Ok(date), "{text} as {code}");
    }
    assert!(read > 300, "{read}");
}

/// Random dates of every kind: the order is total, and no two dates are equal in it unless they are
/// the same.
#[test]
fn the_order_of_random_dates_is_total() {
    let mut random = Random(0x0D0_DA7E);
    let end = |random: &mut Random| {
        let year = ["1950", "1953", "1960", "0000", "-0001"][random.below(5)];
        let rest = ["", "", "-01", "-33", "-40", "-01-01", "-12-31"][random.below(7)];
        let mark = ["", "", "~", "?", "%"][random.below(5)];
        format!("{year}{rest}{mark}")
    };
    let mut dates: Vec<Date> = Vec::new();
    while dates.len() < 120 {
        let from = end(&mut random);
        let code = match random.below(4) {
            0 => from,
            1 => format!("{from}/.."),
            2 => format!("../{from}"),
            _ => format!("{from}/{}", end(&mut random)),
        };
        dates.extend(Date::parse(&code));
    }
    for a in &dates {
        for b in &dates {
            assert_eq!(a.cmp(b), b.cmp(a).reverse());
            assert_eq!(a.cmp(b).is_eq(), a == b, "{} {}", a.to_code(), b.to_code());
            for c in &dates {
                if a <= b && b <= c {
                    assert!(a <= c);
                }
            }
        }
    }
}

/// A register with an event for each of these dates, their titles in the order of the file.
fn register_of_events(dates: &[&str]) -> LoadedRegister {
    let event = |(at, date): (usize, &&str)| {
        format!(
            "(id: \"event-{at}\", title: \"Event {at}\", date: (date: \"{date}\", basis: Stated), \
             citations: [(document: \"d\", external: true)]),"
        )
    };
    let events: String = dates.iter().enumerate().map(event).collect();
    let text = format!(
        "(format: 1, title: \"T\", documents: [(id: \"d\", title: \"D\", short: \"D\", \
         kind: Treaty, legal_character: Undetermined, date: (date: \"2020\", basis: Stated), \
         url: \"https://example.org\")], events: [{events}])"
    );
    let loaded = load(text.as_str(), Vec::new());
    assert_eq!(
        loaded.register.events.len(),
        dates.len(),
        "{:?}",
        loaded.diagnostics
    );
    loaded
}

#[test]
fn a_table_shows_and_sorts_dates_of_every_kind() {
    let loaded = register_of_events(&[
        "1955",
        "1953/1955",
        "-0431",
        "1953~",
        "1953",
        "../1900",
        "1953-35",
        "1953/..",
        "0950",
    ]);
    let table = tables::of_kind(RecordKind::Event);
    let index = table.build_index(&loaded.register);
    let column = table.column("date").unwrap();
    let shown = |descending: bool| -> Vec<String> {
        let query = TableQuery {
            sort: vec![SortBy {
                column: "date".into(),
                descending,
            }],
            ..TableQuery::default()
        };
        let rows = run_query(&index, &query).rows;
        rows.iter()
            .map(|row| {
                (column.cell)(&loaded.register, *row as usize)
                    .text()
                    .into_owned()
            })
            .collect()
    };
    let mut sorted = [
        "1900 or earlier",
        "432 BCE",
        "0950",
        "1953",
        "about 1953",
        "1953 to 1955",
        "1953 or later",
        "third quarter of 1953",
        "1955",
    ];
    assert_eq!(shown(false), sorted);
    sorted.reverse();
    assert_eq!(shown(true), sorted);
}

#[test]
fn json_keeps_the_notation() {
    let dates = [
        "1953~",
        "1953/1955",
        "2024-35",
        "-0431",
        "1953/..",
        "1950s?",
    ];
    let loaded = register_of_events(&dates);
    for (date, event) in dates.iter().zip(&loaded.register.events) {
        let json = serde_json::to_value(event).unwrap();
        assert_eq!(json["date"]["date"], *date);
    }
}

#[test]
fn what_ends_before_it_begins_is_found_only_where_it_surely_does() {
    let problems = |date: &str, end: &str| {
        let text = format!(
            "(title: \"T\", events: [(id: \"e\", title: \"E\", date: (date: \"{date}\", \
             basis: Stated), end: (date: \"{end}\", basis: Stated))])"
        );
        let loaded = load(text.as_str(), Vec::new());
        loaded.diagnostics.iter().any(|d| d.code == "order")
    };
    for (date, end, is_wrong) in [
        ("1953/1955", "1954", false),
        ("1953/1955", "1952", true),
        ("1953/..", "1954~", false),
        ("../1953", "1900", false),
        ("1953", "../1900", true),
        ("-0431", "-0430", false),
        ("-0430", "-0431", true),
        ("2024-35", "2024-06", true),
    ] {
        assert_eq!(problems(date, end), is_wrong, "{date} {end}");
    }
}
