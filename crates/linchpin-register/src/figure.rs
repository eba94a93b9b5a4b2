//! Figures: numbers that somebody states.

use super::amount::{Amount, Chartable};
use super::check::{CheckContext, uppercase_code};
use super::citation::{Citation, Period, SourcedDate};
use super::messages::Problem;
use super::schema::record;
use super::unseen::is_blank;
use super::vocabulary::{Certainty, FigureKind, FigureMeasure, MoneyFlow};
use super::{CalendarDate, Date, DatePrecision, Id, Link, Party, Record, Theme};
use linchpin_text::prose::numbers::{Number, NumberMention, find_numbers};
use linchpin_text::prose::{find_normalized_phrase, normalize};

record! {
    /// What a number is measured against.
    pub struct FigureBase "Base" like "A base" "(of: \"GDP\")" {
        of: optional String, "The whole of a percentage, the unit of a rate, the other number of a \
            ratio: \"GDP\", \"100,000 inhabitants\".";
        from: optional Date, "Since when a change is counted; the time at which an index is 100.";
        to: optional Date, "The end of that time, where it is longer than `from` says.";
    }
}

record! {
    /// A number that is stated: with its bound, its unit, its date and who states it.
    pub struct Figure "Figure" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "What the number counts, in a few words.";
        statement: required String, "One sentence that can be quoted without misquoting the \
            number.";
        kind: required FigureKind, "What kind of number it is.";
        amount: required Amount, "The number, and whether it is exact or a bound.";
        unit: optional String, "What is counted: \"personnel\", \"years\". Needed, but for dates \
            and identifiers.";
        currency: optional String, "ISO 4217 code, such as USD. Needed for money.";
        measure: optional FigureMeasure, "Whether it is a level or a change, a share, a rate, an \
            index.",
            default "a level, or a percentage where the unit says so";
        base: optional FigureBase, "What it is measured against. Needed, but for levels.";
        qualifier: optional String, "The text's own words before the number, such as \
            \"more than\".";
        period: optional Period, "The time that the number covers.";
        as_of: optional SourcedDate, "The date at which it holds.";
        subjects: list Link<Party>, "Whom or what it is about.";
        from: optional Link<Party>, "Whence it flows.";
        to: optional Link<Party>, "Whither it flows.";
        flow: optional MoneyFlow, "Where money stands between promise and payment.";
        stated_by: optional Link<Party>, "Who states it.";
        certainty: optional Certainty, "How sure the source is.";
        chartable: required Chartable, "Whether it may be a mark on a chart, and if not, why.";
        themes: list Link<Theme>, "Its subjects.";
        note: optional String, "A remark.";
        citations: list Citation, "Where it stands. Needed.";
    }
}

impl Figure {
    /// What the number is of its quantity: as the figure says, else a percentage where its unit is
    /// one, else a level.
    pub fn effective_measure(&self) -> FigureMeasure {
        let is_percent = || self.unit.as_deref().is_some_and(is_percent_unit);
        match self.measure {
            Some(measure) => measure,
            None if is_percent() => FigureMeasure::Percent,
            None => FigureMeasure::Level,
        }
    }

    /// What the number is measured against, in words behind it: "of GDP", "since 2014"; `None`
    /// where the figure does not say, or its unit says it.
    pub fn base_text(&self) -> Option<String> {
        let base = self.base.as_ref();
        let of = base.and_then(|base| base.of.as_deref()).map(str::trim);
        let of = of.filter(|of| !of.is_empty() && !self.unit_names(of));
        let since = base.and_then(|base| Some((base.from?, base.to)));
        let words = match self.effective_measure() {
            FigureMeasure::Level => None,
            FigureMeasure::Change | FigureMeasure::PercentChange => since.map(|since| {
                let word = if since.1.is_some() {
                    "against"
                } else {
                    "since"
                };
                format!("{word} {}", time_text(since))
            }),
            FigureMeasure::Percent => of.map(|of| format!("of {of}")),
            FigureMeasure::Rate => of.map(|of| format!("per {of}")),
            FigureMeasure::Ratio => of.map(|of| format!("times {of}")),
            FigureMeasure::Index => {
                let scale = since.map(time_text).or(of.map(str::to_owned));
                scale.map(|base| format!("({base} = 100)"))
            }
        };
        words.filter(|words| !words.is_empty())
    }

    /// What the number is of its quantity, in words: "change since 2014", "percent of GDP".
    pub fn measure_text(&self) -> String {
        let measure = self.effective_measure().label();
        match self.base_text() {
            Some(base) => format!("{measure} {base}"),
            None => measure.to_owned(),
        }
    }

    fn unit_names(&self, words: &str) -> bool {
        let unit = self.unit.as_deref().unwrap_or_default().to_lowercase();
        unit.contains(&words.to_lowercase())
    }
}

/// "2014", "2015 to 2017"
fn time_text((from, to): (Date, Option<Date>)) -> String {
    match to {
        Some(to) if to != from => format!("{} to {}", from.to_long_form(), to.to_long_form()),
        _ => from.to_long_form(),
    }
}

/// Whether a unit is percent, by itself or of something. Percentage points are a level of their
/// own: they are what lies between two percentages.
fn is_percent_unit(unit: &str) -> bool {
    let unit = unit.trim().to_lowercase();
    let rest = ["percent", "per cent", "%"]
        .iter()
        .find_map(|word| unit.strip_prefix(word));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

impl Figure {
    /// Whether it may stand on an axis: it says so, and it is a quantity.
    pub fn is_chartable(&self) -> bool {
        self.chartable == Chartable::Yes
            && self.amount.bounds() != (None, None)
            && !matches!(self.kind, FigureKind::Rank | FigureKind::Identifier)
    }
}

impl Record for Figure {
    fn title(&self) -> &str {
        &self.title
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.check_text("statement", &self.statement);
        check.require_citations(&self.citations);
        self.check_amount(check);
        check_number_in_phrases(self, check);
        if self.kind == FigureKind::Money && self.currency.is_none() {
            check.report_if_missing("currency", &["amount"], Problem::NoCurrency);
        }
        if let Some(code) = &self.currency
            && (code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()))
        {
            let change = [code.as_str(), &uppercase_code(code)];
            check.report_with_replacement(&["currency"], Problem::BadCurrencyCode, change);
        }
        let is_not_a_quantity = matches!(self.kind, FigureKind::Rank | FigureKind::Identifier);
        if self.chartable == Chartable::Yes
            && (is_not_a_quantity || self.amount.bounds() == (None, None))
        {
            let problem = match is_not_a_quantity {
                true => Problem::NoQuantity { kind: self.kind },
                false => Problem::NoLength,
            };
            check.report(&["chartable"], problem);
        }
        if let Some(as_of) = &self.as_of {
            check.check_date(&["as_of"], as_of);
        }
        if let Some(Period { from, to: Some(to) }) = &self.period
            && from.is_after(to)
        {
            check.report(&["period"], Problem::PeriodOrder);
        }
        self.check_base(check);
    }
}

impl Figure {
    /// A number that is worked out against a base says nothing without it.
    fn check_base(&self, check: &mut CheckContext<'_>) {
        let base = self.base.as_ref();
        if let Some(FigureBase {
            from: Some(from),
            to: Some(to),
            ..
        }) = base
            && to.end_decimal_year() <= from.start_decimal_year()
        {
            check.report(&["base"], Problem::PeriodOrder);
        }
        // A unit that says percent asks for nothing by itself: whoever states the measure does.
        let Some(measure) = self.measure else {
            if base.is_some() && self.effective_measure() == FigureMeasure::Level {
                check.report(&["base"], Problem::BaseOfLevel);
            }
            return;
        };
        let has_of = base.is_some_and(|base| is_filled(base.of.as_deref()));
        let has_time = base.is_some_and(|base| base.from.is_some());
        let unit = self.unit.as_deref().unwrap_or_default().to_lowercase();
        // "percent of GDP" and "kilometers per hour" say it in the unit.
        let says = |words: &[&str]| words.iter().any(|word| unit.contains(word));
        let is_known = match measure {
            FigureMeasure::Level => {
                if base.is_some() {
                    check.report(&["base"], Problem::BaseOfLevel);
                }
                true
            }
            // A period says since when.
            FigureMeasure::Change | FigureMeasure::PercentChange => {
                has_time || self.period.is_some()
            }
            FigureMeasure::Percent => has_of || says(&[" of "]),
            FigureMeasure::Rate => has_of || says(&["per ", "/", " a "]),
            FigureMeasure::Ratio => has_of,
            FigureMeasure::Index => has_of || has_time,
        };
        if !is_known {
            // The field may be there and say something else.
            match base {
                Some(_) => check.report(&["base"], Problem::NoBase { measure }),
                None => check.report_if_missing("base", &["measure"], Problem::NoBase { measure }),
            }
        }
    }

    fn check_amount(&self, check: &mut CheckContext<'_>) {
        let fits = match (self.kind, &self.amount) {
            (FigureKind::Date, Amount::On(_)) | (FigureKind::Identifier, Amount::Named(_)) => true,
            (FigureKind::Date | FigureKind::Identifier, _) => false,
            (_, amount) => amount.bounds() != (None, None),
        };
        if !fits {
            check.report(&["amount"], Problem::AmountMisfit { kind: self.kind });
        }
        let unitless = matches!(self.kind, FigureKind::Date | FigureKind::Identifier);
        if !unitless && self.unit.as_deref().is_none_or(is_blank) {
            check.report_if_missing("unit", &["amount"], Problem::NoUnit);
        }
        let (low, high) = self.amount.bounds();
        // A sum of money that is taken back is one below zero; a number of people is not.
        let is_signed = self.kind == FigureKind::Money || self.effective_measure().is_signed();
        if !is_signed && [low, high].into_iter().flatten().any(|v| v < 0.0) {
            check.report(&["amount"], Problem::NegativeAmount { kind: self.kind });
        }
        let bound = matches!(
            self.amount,
            Amount::MoreThan(_) | Amount::LessThan(_) | Amount::AtLeast(_) | Amount::AtMost(_)
        );
        if let (false, Some(words)) = (bound, &self.qualifier)
            && [
                "more than",
                "over",
                "at least",
                "less than",
                "up to",
                "at most",
            ]
            .contains(&words.trim().to_lowercase().as_str())
        {
            check.report(&["amount"], Problem::MissingBound { qualifier: words });
        }
    }
}

fn is_filled(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// A scale in a unit, such as "billion dollars", with which the number alone stands.
const SCALE_WORDS: [&str; 11] = [
    "thousand", "million", "billion", "trillion", "천", "만", "억", "조", "k", "mn", "bn",
];

/// Refuses a figure whose number stands in none of the phrases that it cites. What is worked out,
/// and what only other sources say, is not looked for.
fn check_number_in_phrases(figure: &Figure, check: &mut CheckContext<'_>) {
    // A derived number stands nowhere, and an external citation has no phrase of a document at
    // hand.
    if figure.certainty == Some(Certainty::Derived) {
        return;
    }
    let cited = figure.citations.iter().filter(|c| !c.external);
    let phrases: Vec<&str> = cited.filter_map(|c| c.phrase.as_deref()).collect();
    if phrases.is_empty() {
        return;
    }
    let stated: Vec<NumberMention> = phrases.iter().flat_map(|p| find_numbers(p)).collect();
    let missing_value = match &figure.amount {
        Amount::On(date) => (!states_date(&stated, *date)).then(|| date.to_long_form()),
        Amount::Named(name) => {
            let wanted = normalize(name).text;
            let is_stated = phrases
                .iter()
                .any(|p| !find_normalized_phrase(p, &wanted).is_empty());
            (!is_stated).then(|| format!("\"{name}\""))
        }
        amount => {
            let (low, high) = amount.bounds();
            let mut wanted = [low, high].into_iter().flatten();
            let is_missing =
                |value: &f64| !states_value(&phrases, &stated, *value, figure.unit.as_deref());
            wanted.find(is_missing).map(group_digits)
        }
    };
    let Some(missing_value) = missing_value else {
        return;
    };
    let problem = Problem::NotInPhrase {
        amount: &figure.amount,
        missing: &missing_value,
        phrases: phrases.len(),
        numbers: &stated_numbers(&phrases, &stated),
    };
    check.report(&["amount"], problem);
}

/// The first numbers that the one cited phrase states. Where several are cited, the bytes do not
/// tell which of them a number is from.
fn stated_numbers<'p>(phrases: &[&'p str], stated: &[NumberMention]) -> Vec<&'p str> {
    let [phrase] = phrases else {
        return Vec::new();
    };
    let numbers = stated.iter();
    let numbers = numbers.filter_map(|number| phrase.get(number.range.clone()));
    numbers.take(3).collect()
}

/// A number as a reader writes it: "28,500".
fn group_digits(value: f64) -> String {
    let plain = value.to_string();
    let (sign, digits) = plain.split_at(usize::from(plain.starts_with('-')));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// Whether one of the numbers is this value. A scale may stand in the unit, and "a year" is one.
fn states_value(
    phrases: &[&str],
    stated: &[NumberMention],
    value: f64,
    unit: Option<&str>,
) -> bool {
    if stated
        .iter()
        .any(|number| number.number.matches_value(value))
    {
        return true;
    }
    let unit = unit.unwrap_or_default().to_lowercase();
    // "billion dollars": the text says "140", or the phrase was cut before its scale.
    let scaled = unit
        .split_whitespace()
        .any(|word| SCALE_WORDS.contains(&word));
    let is_bare = |number: &NumberMention| match number.number {
        // A text says "fell by 3 billion", not "rose by minus 3 billion".
        Number::Quantity { unscaled: bare, .. } => {
            // Not quite equal: 1.1 times a million is not exact in an f64.
            (bare.abs() - value.abs()).abs() <= value.abs() * 1e-9
        }
        _ => false,
    };
    if scaled && stated.iter().any(is_bare) {
        return true;
    }
    // Small numbers are often told by words that are no numbers.
    let words: &[&str] = match value.abs() {
        0.0 => &["no", "none", "nil"],
        1.0 => &["a", "an", "once", "single", "sole", "only", "leading"],
        2.0 => &["both", "twice", "pair", "two-fold", "twofold"],
        3.0 => &["thrice", "threefold"],
        _ => &[],
    };
    let holds = |word: &&str| {
        phrases
            .iter()
            .any(|p| !find_normalized_phrase(p, word).is_empty())
    };
    words.iter().any(holds)
}

/// Whether the phrases state a date, of a range both ends.
fn states_date(stated: &[NumberMention], date: Date) -> bool {
    let (from, to) = date.ends();
    states_calendar_date(stated, from) && states_calendar_date(stated, to)
}

/// Whether the phrases state a date, as exact as it is; its year may be told by the document where
/// day or month stand. How sure it is, they say in words that are no numbers.
fn states_calendar_date(stated: &[NumberMention], date: CalendarDate) -> bool {
    stated.iter().any(|stated| {
        let Number::Date {
            year,
            month,
            day,
            is_decade,
        } = stated.number
        else {
            return false;
        };
        let own_year = i32::from(date.year);
        let year_fits = year.is_none_or(|year| year == own_year);
        let in_decade = year.is_some_and(|year| year - year.rem_euclid(10) == own_year);
        match date.precision {
            DatePrecision::Decade => in_decade && is_decade,
            // Which quarter it is, is no number either.
            DatePrecision::Year | DatePrecision::Half | DatePrecision::Quarter => {
                year == Some(own_year)
            }
            DatePrecision::Month => year_fits && month == Some(date.month),
            DatePrecision::Day => year_fits && month == Some(date.month) && day == Some(date.day),
        }
    })
}
