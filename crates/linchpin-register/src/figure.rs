//! Figures: numbers that somebody states.

use super::amount::{Amount, Chartable};
use super::check::{CheckContext, uppercase_code};
use super::citation::{Citation, Period, SourcedDate};
use super::codes;
use super::schema::record;
use super::vocabulary::{Certainty, FigureKind, MoneyFlow};
use super::{Id, Link, Party, Record, Theme};
use crate::english::{capitalize, with_article};
use ron_lossless::Severity;
use ron_lossless::codes as ron;

record! {
    /// A number that is stated: with its bound, its unit, its date and who states it.
    pub struct Figure "Figure" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "What the number counts, in a few words.";
        statement: required String, "One sentence that can be quoted without misquoting the number.";
        kind: required FigureKind, "What kind of number it is.";
        amount: required Amount, "The number, and whether it is exact or a bound.";
        unit: optional String, "What is counted: \"personnel\", \"years\". Needed, but for dates \
            and identifiers.";
        currency: optional String, "ISO 4217 code, such as USD. Needed for money.";
        qualifier: optional String, "The text's own words before the number, such as \"more than\".";
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
        super::figure_phrase_check::check_number_in_phrases(self, check);
        if self.kind == FigureKind::Money && self.currency.is_none() {
            check.error_if_missing(
                "currency",
                &["amount"],
                Severity::Error,
                ron::MISSING_FIELD,
                "Nothing says in which currency this amount is",
                "add currency: \"…\", such as \"USD\"",
            );
        }
        if let Some(code) = &self.currency
            && (code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()))
        {
            check.error_with_replacement(
                &["currency"],
                codes::BAD_CODE,
                "A currency code has three capital letters (ISO 4217)",
                "write the code, such as \"USD\"",
                [code, &uppercase_code(code)],
            );
        }
        let is_not_a_quantity = matches!(self.kind, FigureKind::Rank | FigureKind::Identifier);
        if self.chartable == Chartable::Yes
            && (is_not_a_quantity || self.amount.bounds() == (None, None))
        {
            let why = if is_not_a_quantity {
                format!(
                    "{} is no quantity and never a mark on a chart",
                    capitalize(&with_article(self.kind.label()))
                )
            } else {
                "A date or a name has no length and cannot be a mark on a chart".into()
            };
            check.error(
                &["chartable"],
                codes::NOT_CHARTABLE,
                why,
                "write chartable: No(\"…\") with the reason in words",
            );
        }
        if let Some(as_of) = &self.as_of {
            check.check_date(&["as_of"], as_of);
        }
        if let Some(Period { from, to: Some(to) }) = &self.period
            && to.end_decimal_year() <= from.start_decimal_year()
        {
            check.error(
                &["period"],
                codes::ORDER,
                "The period ends before it begins",
                "swap from and to",
            );
        }
    }
}

impl Figure {
    fn check_amount(&self, check: &mut CheckContext<'_>) {
        let fits = match (self.kind, &self.amount) {
            (FigureKind::Date, Amount::On(_)) | (FigureKind::Identifier, Amount::Named(_)) => true,
            (FigureKind::Date | FigureKind::Identifier, _) => false,
            (_, amount) => amount.bounds() != (None, None),
        };
        if !fits {
            let help = match self.kind {
                FigureKind::Date => "write On(\"2009-08-07\")",
                FigureKind::Identifier => "write Named(\"B-21\")",
                _ => "write Exactly(…), MoreThan(…) or another number",
            };
            check.error(
                &["amount"],
                codes::BAD_AMOUNT,
                format!(
                    "This amount does not fit a figure of kind {}",
                    self.kind.name()
                ),
                help,
            );
        }
        let unitless = matches!(self.kind, FigureKind::Date | FigureKind::Identifier);
        if !unitless && self.unit.as_deref().is_none_or(|u| u.trim().is_empty()) {
            check.error_if_missing(
                "unit",
                &["amount"],
                Severity::Error,
                codes::MISSING_UNIT,
                "Nothing says what this number counts",
                "add unit: \"…\", such as \"personnel\" or \"years\"",
            );
        }
        let (low, high) = self.amount.bounds();
        let countable = !matches!(self.kind, FigureKind::Money);
        if countable && low.or(high).is_some_and(|v| v < 0.0) {
            check.error(
                &["amount"],
                codes::BAD_AMOUNT,
                format!(
                    "{} cannot be below zero",
                    capitalize(&with_article(self.kind.label()))
                ),
                "check the sign",
            );
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
            check.warning(
                &["amount"],
                codes::BOUND,
                format!("The qualifier \"{words}\" states a bound, but the amount is none"),
                "write MoreThan(…), AtLeast(…), LessThan(…) or AtMost(…)",
            );
        }
    }
}
