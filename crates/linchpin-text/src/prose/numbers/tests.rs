//! What numbers are read in texts written for the purpose.

use super::*;

/// The numbers of a text in short: its words and what they are.
fn summarize(text: &str) -> Vec<(&str, String)> {
    let shown = |number: &Number| match number {
        Number::Quantity {
            low,
            high,
            in_smaller_unit: also,
            currency,
            is_percent,
            ..
        } => {
            let range = if low == high {
                format!("{low}")
            } else {
                format!("{low}..{high}")
            };
            let also = also.map_or(String::new(), |also| format!(" = {also}"));
            let currency = currency.map_or(String::new(), |code| format!(" {code}"));
            format!(
                "{range}{also}{currency}{}",
                if *is_percent { "%" } else { "" }
            )
        }
        Number::Ordinal {
            value,
            is_superlative,
        } => {
            format!("#{value}{}", if *is_superlative { " of all" } else { "" })
        }
        Number::Date {
            year,
            month,
            day,
            is_decade,
        } => {
            let part = |part: Option<i32>| part.map_or("?".to_owned(), |part| part.to_string());
            let s = if *is_decade { "s" } else { "" };
            format!(
                "{}{s}/{}/{}",
                part(*year),
                part(month.map(i32::from)),
                part(day.map(i32::from))
            )
        }
        Number::Identifier => "name".to_owned(),
    };
    let all = find_numbers(text).into_iter();
    all.map(|stated| (&text[stated.range.clone()], shown(&stated.number)))
        .collect()
}

fn assert_numbers(text: &str, expected: &[(&str, &str)]) {
    let found = summarize(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(words, what)| (*words, what.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn digits_scales_and_money() {
    assert_numbers("They put 28,500 troops there.", &[("28,500", "28500")]);
    assert_numbers(
        "It cost $140 billion, or US$1.5bn a year.",
        &[
            ("$140 billion", "140000000000 USD"),
            ("$1.5bn", "1500000000 USD"),
        ],
    );
    assert_numbers(
        "some 3.5 percent, 12 per cent, 7%",
        &[
            ("3.5 percent", "3.5%"),
            ("12 per cent", "12%"),
            ("7%", "7%"),
        ],
    );
    assert_numbers(
        "2 to 3 million won",
        &[("2 to 3 million won", "2000000..3000000 KRW")],
    );
    assert_numbers(
        "between 1,000 and 2,000 ships",
        &[("1,000 and 2,000", "1000..2000")],
    );
    assert_numbers("a 28,500\u{2011}strong force", &[("28,500", "28500")]);
    assert_numbers("1,2,3", &[("1", "1"), ("2", "2"), ("3", "3")]);
    assert_numbers("…", &[]);
}

#[test]
fn words_places_and_decades() {
    assert_numbers(
        "Seventy years, seven decades, two-thirds.",
        &[
            ("Seventy", "70"),
            ("seven", "7 = 70"),
            ("two-thirds", "0.6666666666666666"),
        ],
    );
    assert_numbers(
        "its second-largest buyer and largest seller",
        &[("second-largest", "#2 of all"), ("largest", "#1 of all")],
    );
    assert_numbers(
        "the 70th and the seventy-fifth, its centennial",
        &[
            ("70th", "#70"),
            ("seventy-fifth", "#75"),
            ("centennial", "#100"),
        ],
    );
    assert_numbers(
        "twenty-eight thousand five hundred",
        &[("twenty-eight thousand five hundred", "28500")],
    );
}

#[test]
fn dates_stand_apart() {
    assert_numbers(
        "On August 7, 2009 and 26 April 2023",
        &[
            ("August 7, 2009", "2009/8/7"),
            ("26 April 2023", "2023/4/26"),
        ],
    );
    assert_numbers(
        "in 1953, the 1950s, Nov. 2023, 2023-11-13",
        &[
            ("1953", "1953/?/?"),
            ("1950s", "1950s/?/?"),
            ("Nov. 2023", "2023/11/?"),
            ("2023-11-13", "2023/11/13"),
        ],
    );
    assert_numbers(
        "the last week of December may march on",
        &[("December", "?/12/?")],
    );
    assert_numbers(
        "On this 26th day of April, 2023, and in May, 2024",
        &[
            ("26th day of April, 2023", "2023/4/26"),
            ("May, 2024", "2024/5/?"),
        ],
    );
    assert_numbers(
        "from 2021–2025",
        &[("2021", "2021/?/?"), ("2025", "2025/?/?")],
    );
    assert_numbers(
        "more than 2000 came, 2000 troops left",
        &[("2000", "2000"), ("2000", "2000")],
    );
}

#[test]
fn names_stand_apart() {
    assert_numbers(
        "the B-21, F‑35A, K9 and 3K under Article 4 and the 2+2",
        &[
            ("B-21", "name"),
            ("F‑35A", "name"),
            ("K9", "name"),
            ("3K", "name"),
            ("4", "name"),
            ("2+2", "name"),
        ],
    );
    assert_numbers("since mid-2024", &[("2024", "2024/?/?")]);
}

#[test]
fn korean_counts() {
    assert_numbers("주한미군 2만8500명을", &[("2만8500", "28500")]);
    assert_numbers(
        "2만 8,500명과 1조 3천억 원",
        &[
            ("2만 8,500", "28500"),
            ("1조 3천억 원", "1300000000000 KRW"),
        ],
    );
    assert_numbers(
        "1953년 10월 1일, 70년간, 70주년, 제55차 회의, 3위",
        &[
            ("1953년 10월 1일", "1953/10/1"),
            ("70", "70"),
            ("70", "#70"),
            ("55", "#55"),
            ("3", "#3 of all"),
        ],
    );
    assert_numbers(
        "두 나라는 칠십년 동안 3.5퍼센트를",
        &[("두", "2"), ("칠십", "70"), ("3.5", "3.5%")],
    );
    assert_numbers("5만여 명, 제3조", &[("5만", "50000"), ("3", "name")]);
    assert_numbers("조선 만큼 억울한 십자가", &[]);
}

#[test]
fn no_text_is_too_odd() {
    let pieces = [
        "1",
        ",",
        ".",
        "만",
        "조",
        "$",
        "-",
        " ",
        "one",
        "and",
        "년",
        "월",
        "제",
        "K",
        "%",
        "두",
        "th",
        "\u{ad}",
        "a",
        "dozen",
        "99999999999999999999",
        "’",
        "e\u{301}",
    ];
    let mut seed = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let mut end = 0;
        for stated in find_numbers(&text) {
            assert!(
                text.get(stated.range.clone())
                    .is_some_and(|words| !words.is_empty()),
                "{text:?}"
            );
            assert!(stated.range.start >= end, "{text:?}");
            end = stated.range.end;
        }
    }
}
