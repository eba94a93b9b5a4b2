//! What the page of assessments shows.

use super::App;
use linchpin_register::query::CountingRule;
use linchpin_register::tables::assessments::{self, STALE_AFTER_DAYS};
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Date, RecordRef, Register};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Since when changes are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssessedSince {
    Days30,
    #[default]
    Year,
    /// Since the register was brought up to date.
    Compiled,
    /// Since the date that was typed, sound or not.
    On(String),
}

/// Which list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssessmentList {
    /// What was assessed since a date.
    #[default]
    Changed,
    /// What was not looked at for a year.
    Stale,
    /// What was never assessed.
    Never,
}

/// What the user has chosen on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssessmentsPageState {
    pub since: AssessedSince,
    pub list: AssessmentList,
}

impl AssessmentsPageState {
    /// The date since which changes are shown.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn date(&self, register: &Register, today: Date) -> Result<Date, String> {
        let ago = |days: i64| Date::from_day_number(today.last_day_number() - days);
        match &self.since {
            AssessedSince::Days30 => Ok(ago(30)),
            AssessedSince::Year => Ok(ago(STALE_AFTER_DAYS)),
            AssessedSince::Compiled => register
                .compiled
                .ok_or_else(|| "The register does not say when it was compiled".to_owned()),
            AssessedSince::On(text) => Date::parse(text.trim())
                .map_err(|_| "Write the date as 2024-05-03, 2024-05 or 2024".to_owned()),
        }
    }
}

/// What the lists depend on: the register, the rule, since when, today.
pub type AssessmentsKey = (u64, CountingRule, Option<Date>, Date);

/// The lists, worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessmentLists {
    /// How many commitments have each status now.
    pub counts: Vec<(FulfillmentStatus, usize)>,
    /// A commitment and the place of its assessment, the newest first.
    pub changed: Vec<(RecordRef, usize)>,
    pub stale: Vec<RecordRef>,
    pub never: Vec<RecordRef>,
}

impl AssessmentLists {
    /// Works them out. Takes a walk over all commitments.
    pub fn compute(
        register: &Register,
        rule: CountingRule,
        since: Option<Date>,
        today: Date,
    ) -> Self {
        let steps = since.map_or_else(Vec::new, |date| {
            assessments::changes_since(register, rule, date)
        });
        let stale = assessments::stale_commitments(register, rule, today, STALE_AFTER_DAYS);
        AssessmentLists {
            counts: assessments::status_counts(register, rule),
            changed: steps.iter().map(|step| (step.record, step.index)).collect(),
            stale: stale.iter().map(|looked| looked.record).collect(),
            never: assessments::never_assessed(register, rule)
                .iter()
                .map(|looked| looked.record)
                .collect(),
        }
    }

    /// How many rows a list has.
    pub fn count(&self, list: AssessmentList) -> usize {
        match list {
            AssessmentList::Changed => self.changed.len(),
            AssessmentList::Stale => self.stale.len(),
            AssessmentList::Never => self.never.len(),
        }
    }
}

impl App {
    /// Sees to it that the lists of the page are there, or on their way.
    pub(super) fn request_assessments(&mut self, revision: u64, register: &Arc<Register>) {
        let today = (self.platform.today)();
        let since = self.view.assessing.date(register, today).ok();
        // With the day: a window may stay open past midnight.
        let key = (revision, self.view.rule, since, today);
        self.derived.request_assessments(key, register);
    }
}
