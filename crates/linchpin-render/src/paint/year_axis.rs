//! Many years side by side: an axis of time, on which round years are named.

use super::bar_groups::BarGroup;
use linchpin_register::date::year_words;

/// Fewer years are no axis: each is named, or none stands upright.
const MIN_YEARS: usize = 6;

/// The most years that are all named where they have room.
pub(super) const MAX_NAMED: usize = 30;

/// From one named year to the next.
const LABEL_STEPS_YEARS: [i32; 7] = [1, 2, 5, 10, 20, 50, 100];

/// The years for which groups stand; `None` where they are few, or anything else than years that
/// follow one another.
pub(super) fn years_of(groups: &[BarGroup<'_>]) -> Option<Vec<i32>> {
    if groups.len() < MIN_YEARS {
        return None;
    }
    let years = groups.iter().map(|group| {
        let year: i32 = group.name.parse().ok()?;
        (year_words(year) == group.name && group.detail.is_none()).then_some(year)
    });
    let years: Vec<i32> = years.collect::<Option<_>>()?;
    let follow = |two: &[i32]| matches!(two, [one, next] if *next == one + 1);
    years.windows(2).all(follow).then_some(years)
}

/// How many years lie between two that are named, where a year has so much room and a name takes so
/// much, in points. `None` where no two names have room.
pub(super) fn label_step(year_pt: f32, name_pt: f32) -> Option<i32> {
    let mut steps = LABEL_STEPS_YEARS.into_iter();
    steps.find(|step| *step as f32 * year_pt >= name_pt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &[String]) -> Vec<BarGroup<'_>> {
        let group = |name| BarGroup {
            name,
            detail: None,
            bars: Vec::new(),
        };
        names.iter().map(|name| group(name.as_str())).collect()
    }

    #[test]
    fn years_are_an_axis_where_they_follow_one_another() {
        let mut names: Vec<String> = (1953..=2026).map(|year| year.to_string()).collect();
        let found = years_of(&groups(&names)).unwrap();
        assert_eq!((found.first(), found.last()), (Some(&1953), Some(&2026)));
        assert_eq!(years_of(&groups(&names[..5])), None);
        names.remove(20);
        assert_eq!(years_of(&groups(&names)), None);
        let others: Vec<String> = (0..40).map(|at| format!("Theme {at}")).collect();
        assert_eq!(years_of(&groups(&others)), None);
    }

    #[test]
    fn as_many_years_are_named_as_have_room() {
        assert_eq!(label_step(40.0, 34.0), Some(1));
        assert_eq!(label_step(10.0, 34.0), Some(5));
        assert_eq!(label_step(0.1, 34.0), None);
    }
}
