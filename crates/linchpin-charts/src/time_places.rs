//! Places along time: the groups of a field with dates, as an axis.
//!
//! The years between the first and the last keep their places. A long time in which nothing is
//! recorded becomes one place, which is named. What is too much for a picture stands in coarser
//! places, of five years or a decade, so that nothing is cut off at one end.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::{DataField, FieldDataType};
use super::groups::{RecordGroup, RecordGroups};
use super::plan::ChartPlan;
use super::year_span::YearSpan;
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::OrderBy;
use linchpin_register::date::year_words;
use linchpin_register::{Date, RecordRef};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many years a place holds: the first of these at which there are not too many places.
const STEPS_YEARS: [i32; 13] = [
    1, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000,
];

/// Empty places that are always drawn: that much of nothing is read at a glance, and cutting it
/// would save little.
const MAX_GAP_PLACES: i32 = 10;

/// What a channel makes of its groups along time.
pub struct TimeRequest<'a> {
    pub name: ChannelName,
    pub field: &'a DataField,
    pub channel: &'a Channel,
    /// The most groups where the channel does not say.
    pub usual: u32,
    /// The most where it does not say, and the numbers of several years stay apart.
    pub most_apart: u32,
    /// Numbers of several years may become one: the chart counts, or says how.
    pub joins_years: bool,
    /// Whether the numbers of the records of each of some groups become one.
    pub makes_numbers: &'a dyn Fn(&[RecordGroup]) -> bool,
}

impl TimeRequest<'_> {
    /// The most groups that are drawn where there is no axis of time.
    fn most(&self) -> usize {
        self.channel.limit.unwrap_or(self.usual).max(1) as usize
    }

    /// How many groups may be drawn of those that there are: along time all, where the chart does
    /// not set a limit.
    pub fn room(&self, plan: &ChartPlan<'_>) -> usize {
        match self.is_time(plan) && self.channel.limit.is_none() {
            true => usize::MAX,
            false => self.most(),
        }
    }

    /// Whether the groups stand along time: years in the order of their numbers are a ranking, in
    /// which nothing lies between two of them.
    pub fn is_time(&self, plan: &ChartPlan<'_>) -> bool {
        let order = plan.chart.sort.as_ref().map(|sort| sort.by);
        matches!(self.field.data_type, FieldDataType::Dates)
            && !self.channel.together
            && order != Some(OrderBy::Value)
    }
}

impl RecordGroups {
    /// Groups records by a field. Years stand along an axis of time, where nothing else decides
    /// their order.
    ///
    /// # Errors
    /// Where there are too many years, and their numbers do not become one.
    pub fn along_axis(
        plan: &ChartPlan<'_>,
        records: &[RecordRef],
        request: &TimeRequest<'_>,
        notes: &mut Vec<ChartNote>,
    ) -> Result<RecordGroups, ChartError> {
        let TimeRequest { field, channel, .. } = request;
        if !request.is_time(plan) {
            return Ok(RecordGroups::by_field(plan, records, field, channel));
        }
        let panels = Panels::new(plan, records);
        let mut groups = RecordGroups::by_field(plan, &panels.all, field, channel);
        let nameless = groups.list.pop_if(|group| group.key.is_empty());
        let years = std::mem::take(&mut groups.list);
        if !years.is_empty() {
            let most = request
                .most()
                .saturating_sub(usize::from(nameless.is_some()));
            let years = Years::new(plan, field, &years);
            let (list, told) = TimePlaces::fit(&years, request, &panels, most.max(1))?;
            notes.extend(told);
            notes.extend(coarse_date_notes(plan, field, years.groups, &list));
            groups.list = list;
        }
        groups.list.extend(nameless);
        groups.keep_own(plan, records);
        Ok(groups)
    }

    /// Groups records by a field for colors. Years that are more than there are colors become
    /// coarser.
    pub fn for_colors(
        plan: &ChartPlan<'_>,
        records: &[RecordRef],
        field: &DataField,
        channel: &Channel,
        most: usize,
        notes: &mut Vec<ChartNote>,
    ) -> RecordGroups {
        let is_time = matches!(field.data_type, FieldDataType::Dates) && !channel.together;
        if !is_time {
            return RecordGroups::by_field(plan, records, field, channel);
        }
        // A color means the same years in each of several small charts.
        let all = Panels::new(plan, records).all;
        let mut groups = RecordGroups::by_field(plan, &all, field, channel);
        let nameless = groups.list.pop_if(|group| group.key.is_empty());
        let most = most.saturating_sub(usize::from(nameless.is_some()));
        let list = std::mem::take(&mut groups.list);
        let years = Years::new(plan, field, &list);
        let mut coarse = STEPS_YEARS.into_iter().skip(1).map(|step| {
            let places = TimePlaces::new(&years, step, Gaps::NotDrawn);
            (step, places.groups(&years))
        });
        let fitting = match list.len() <= most {
            true => None,
            false => coarse.find(|(_, list)| list.len() <= most),
        };
        groups.list = match fitting {
            Some((step_years, coarse)) => {
                let reach = span_of(&list);
                notes.extend(reach.map(|years| ChartNote::CoarseYears { step_years, years }));
                notes.extend(coarse_date_notes(plan, field, &list, &coarse));
                coarse
            }
            None => list,
        };
        groups.list.extend(nameless);
        groups.keep_own(plan, records);
        groups
    }

    /// Of the groups of several small charts those of one: all of them, with its records.
    fn keep_own(&mut self, plan: &ChartPlan<'_>, records: &[RecordRef]) {
        if plan.axis_panels.is_empty() {
            return;
        }
        let own: HashSet<RecordRef> = records.iter().copied().collect();
        let lists = self.list.iter_mut().map(|group| &mut group.records);
        for list in lists.chain([&mut self.missing]) {
            list.retain(|at| own.contains(at));
        }
    }
}

/// The small charts that have one axis of time.
struct Panels {
    /// All of their records, each once.
    all: Vec<RecordRef>,
    /// In which of them a record stands.
    of_record: HashMap<RecordRef, Vec<usize>>,
    count: usize,
}

impl Panels {
    fn new(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Panels {
        let lists: Vec<&[RecordRef]> = match plan.axis_panels.is_empty() {
            true => vec![records],
            false => plan.axis_panels.iter().map(Vec::as_slice).collect(),
        };
        let mut of_record: HashMap<RecordRef, Vec<usize>> = HashMap::new();
        for (panel, list) in lists.iter().enumerate() {
            for at in *list {
                of_record.entry(*at).or_default().push(panel);
            }
        }
        // In the order of the file, whatever the panels.
        let mut all: Vec<RecordRef> = of_record.keys().copied().collect();
        all.sort_unstable();
        Panels {
            all,
            of_record,
            count: lists.len(),
        }
    }

    /// Whether the numbers of these groups become one in each small chart.
    fn make_numbers(&self, groups: &[RecordGroup], request: &TimeRequest<'_>) -> bool {
        let empty = |group: &RecordGroup| RecordGroup {
            records: Vec::new(),
            ..group.clone()
        };
        if self.count == 1 {
            return (request.makes_numbers)(groups);
        }
        let bare: Vec<RecordGroup> = groups.iter().map(empty).collect();
        let mut by_panel = vec![bare; self.count];
        for (place, group) in groups.iter().enumerate() {
            for at in &group.records {
                for panel in self.of_record.get(at).into_iter().flatten() {
                    let own = by_panel
                        .get_mut(*panel)
                        .and_then(|list| list.get_mut(place));
                    own.into_iter().for_each(|group| group.records.push(*at));
                }
            }
        }
        by_panel
            .iter()
            .all(|groups| (request.makes_numbers)(groups))
    }
}

/// What is drawn where nothing is recorded between two places.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gaps {
    /// Each place.
    Drawn,
    /// Nothing.
    NotDrawn,
    /// Each place; those for which the axis would be mostly empty as one.
    LongAreBroken,
    /// Several places always as one.
    AllAreBroken,
}

/// The places of some groups along time.
struct TimePlaces {
    step_years: i32,
    /// By the number of the place: those with records, and those that are drawn without.
    places: BTreeMap<i32, Place>,
    /// Places without records that are drawn as one, and those that are not drawn.
    breaks: Vec<YearSpan>,
    not_drawn: Vec<YearSpan>,
    reach: YearSpan,
}

enum Place {
    /// The groups that stand there, by their places in the list.
    Groups(Vec<usize>),
    Empty,
    /// So many places without records as one, up to this one.
    Break(i32),
}

/// Groups by year, and the years that a date of several years may mean.
struct Years<'g> {
    groups: &'g [RecordGroup],
    covered: BTreeSet<i32>,
}

impl<'g> Years<'g> {
    fn new(plan: &ChartPlan<'_>, field: &DataField, groups: &'g [RecordGroup]) -> Years<'g> {
        let mut covered = BTreeSet::new();
        let records = groups.iter().flat_map(|group| &group.records);
        let dates = records.flat_map(|at| field.dates(plan.register, *at));
        for date in dates.filter(Date::spans_years) {
            covered.extend(i32::from(date.first_year())..=i32::from(date.last_year()));
        }
        Years { groups, covered }
    }
}

fn span_of(groups: &[RecordGroup]) -> Option<YearSpan> {
    let years = groups.iter().filter_map(first_year);
    let spans = years.map(|year| YearSpan::new(year, year));
    spans.reduce(YearSpan::union)
}

/// The year that a group begins with.
fn first_year(group: &RecordGroup) -> Option<i32> {
    group.number.map(|year| year as i32)
}

impl TimePlaces {
    /// The groups at the finest places of which there are not too many, and what is to be said of
    /// them.
    ///
    /// # Errors
    /// Where there are too many years, and their numbers do not become one.
    fn fit(
        years: &Years<'_>,
        request: &TimeRequest<'_>,
        panels: &Panels,
        most: usize,
    ) -> Result<(Vec<RecordGroup>, Vec<ChartNote>), ChartError> {
        let gaps = match request.channel.empty {
            Some(true) => Gaps::Drawn,
            Some(false) => Gaps::NotDrawn,
            None => Gaps::LongAreBroken,
        };
        let fine = TimePlaces::new(years, 1, gaps);
        let by_year = fine.groups(years);
        // Numbers that do not even make one in a year are an error, which then names the year.
        if by_year.len() <= most || !panels.make_numbers(&by_year, request) {
            return Ok((by_year, fine.notes()));
        }
        let coarser = STEPS_YEARS.into_iter().skip(1);
        for step in coarser.filter(|_| request.joins_years) {
            let coarse = TimePlaces::new(years, step, gaps);
            let list = coarse.groups(years);
            if list.len() > most {
                continue;
            }
            match panels.make_numbers(&list, request) {
                true => return Ok((list, coarse.notes())),
                false => break,
            }
        }
        // Numbers that stay apart take more room; where nothing is recorded, less.
        let (fine, by_year) = match gaps {
            Gaps::LongAreBroken => {
                let broken = TimePlaces::new(years, 1, Gaps::AllAreBroken);
                let list = broken.groups(years);
                (broken, list)
            }
            _ => (fine, by_year),
        };
        // A limit that is set is obeyed: what is beyond it is named.
        if request.channel.limit.is_some() || by_year.len() <= request.most_apart as usize {
            return Ok((by_year, fine.notes()));
        }
        let kind = ChartErrorKind::TooManyYears {
            count: by_year.len(),
            years: fine.reach,
        };
        Err(kind.at(request.name))
    }

    fn new(years: &Years<'_>, step_years: i32, gaps: Gaps) -> TimePlaces {
        let mut places: BTreeMap<i32, Place> = BTreeMap::new();
        for (at, group) in years.groups.iter().enumerate() {
            let Some(year) = first_year(group) else {
                continue;
            };
            let place = places
                .entry(year.div_euclid(step_years))
                .or_insert(Place::Groups(Vec::new()));
            if let Place::Groups(groups) = place {
                groups.push(at);
            }
        }
        let mut out = TimePlaces {
            step_years,
            breaks: Vec::new(),
            not_drawn: Vec::new(),
            reach: span_of(years.groups).unwrap_or(YearSpan::new(0, 0)),
            places,
        };
        // Nobody knows that nothing is of a year that a date of several years may mean.
        let covered = years.covered.iter().copied().filter(|_| step_years == 1);
        let used: BTreeSet<i32> = covered.chain(out.places.keys().copied()).collect();
        let used: Vec<i32> = used.into_iter().collect();
        let cuts = match gaps {
            Gaps::LongAreBroken => cuts(&used),
            _ => HashSet::new(),
        };
        for (&before, &after) in used.iter().zip(used.iter().skip(1)) {
            let (first, last) = (before + 1, after - 1);
            if first > last {
                continue;
            }
            let span = YearSpan::new(out.years_of(first).first, out.years_of(last).last);
            let is_broken = gaps == Gaps::AllAreBroken && first < last;
            if gaps == Gaps::NotDrawn {
                out.not_drawn.push(span);
            } else if is_broken || cuts.contains(&before) {
                out.breaks.push(span);
                out.places.insert(first, Place::Break(last));
            } else {
                out.places
                    .extend((first..=last).map(|place| (place, Place::Empty)));
            }
        }
        out
    }

    /// The years of a place.
    fn years_of(&self, place: i32) -> YearSpan {
        let step = self.step_years;
        place_of(place * step, step, self.reach)
    }

    /// The groups of all places, in the order of time.
    fn groups(&self, years: &Years<'_>) -> Vec<RecordGroup> {
        let mut list = Vec::new();
        for (&at, place) in &self.places {
            let span = self.years_of(at);
            match place {
                // As exact as they are stated: "about 1953" is not 1953.
                Place::Groups(groups) if self.step_years == 1 => {
                    list.extend(
                        groups
                            .iter()
                            .filter_map(|at| years.groups.get(*at))
                            .cloned(),
                    );
                }
                Place::Groups(groups) => {
                    let mut group = empty_group(span);
                    let own = groups.iter().filter_map(|at| years.groups.get(*at));
                    let mut seen = HashSet::new();
                    let own = own.flat_map(|group| group.records.iter().copied());
                    group.records = own.filter(|at| seen.insert(*at)).collect();
                    list.push(group);
                }
                Place::Empty => list.push(empty_group(span)),
                Place::Break(last) => {
                    let last = self.years_of(*last).last;
                    list.push(empty_group(YearSpan::new(span.first, last)));
                }
            }
        }
        list
    }

    fn notes(&self) -> Vec<ChartNote> {
        let mut notes = Vec::new();
        if self.step_years > 1 {
            notes.push(ChartNote::CoarseYears {
                step_years: self.step_years,
                years: self.reach,
            });
        }
        if !self.breaks.is_empty() {
            notes.push(ChartNote::BrokenYears(self.breaks.clone()));
        }
        if !self.not_drawn.is_empty() {
            notes.push(ChartNote::YearsNotDrawn(self.not_drawn.clone()));
        }
        notes
    }
}

/// A place without records.
fn empty_group(span: YearSpan) -> RecordGroup {
    let name = span.label();
    RecordGroup {
        key: match span.first == span.last {
            true => name.clone(),
            false => span.key(),
        },
        short: name.clone(),
        name,
        number: Some(f64::from(span.first)),
        records: Vec::new(),
    }
}

/// After which of some used places the axis is cut: where nothing stands for longer than all that
/// is left of its part, so that most of the axis would be empty.
fn cuts(used: &[i32]) -> HashSet<i32> {
    let mut cuts = HashSet::new();
    let mut parts = vec![used];
    while let Some(part) = parts.pop() {
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            continue;
        };
        let gap = |at: usize| Some(part.get(at)? - part.get(at.checked_sub(1)?)? - 1);
        let longest = (1..part.len()).max_by_key(|at| gap(*at));
        let Some((at, places)) = longest.and_then(|at| Some((at, gap(at)?))) else {
            continue;
        };
        if places <= MAX_GAP_PLACES || places <= last - first + 1 - places {
            continue;
        }
        let (before, after) = part.split_at(at);
        cuts.extend(before.last());
        parts.extend([before, after]);
    }
    cuts
}

/// What the dates of coarser places no longer say: which are of several places, which are not sure.
fn coarse_date_notes(
    plan: &ChartPlan<'_>,
    field: &DataField,
    years: &[RecordGroup],
    list: &[RecordGroup],
) -> Vec<ChartNote> {
    let is_plain =
        |group: &RecordGroup| first_year(group).is_some_and(|year| group.key == year_words(year));
    let kept: HashSet<&str> = list.iter().map(|group| group.key.as_str()).collect();
    // Those that still stand by themselves say so by their names.
    let merged = years
        .iter()
        .filter(|group| !is_plain(group) && !kept.contains(group.key.as_str()));
    let mut dates: Vec<Date> = Vec::new();
    for group in merged {
        let of_group = group.records.iter().flat_map(|at| {
            let all = field.dates(plan.register, *at).into_iter();
            all.filter(|date| date.year_group() == group.key)
        });
        dates.extend(of_group);
    }
    let several = ChartNote::dates_of_several_years(&dates);
    several
        .into_iter()
        .chain(ChartNote::unsure_dates(&dates))
        .collect()
}

/// The finest step, in years, at which things that begin in these years stand in no more places.
pub fn step_for(years: impl Iterator<Item = i32> + Clone, most: usize) -> Option<i32> {
    STEPS_YEARS.into_iter().find(|step| {
        let places: HashSet<i32> = years.clone().map(|year| year.div_euclid(*step)).collect();
        places.len() <= most
    })
}

/// The place of a year at a step, as the years that it holds. At both ends only those that there
/// are: two years are no five.
pub fn place_of(year: i32, step_years: i32, reach: YearSpan) -> YearSpan {
    let first = year.div_euclid(step_years) * step_years;
    YearSpan::new(
        first.max(reach.first),
        (first + step_years - 1).min(reach.last),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_cut_where_most_of_it_would_be_empty() {
        let cut = |used: &[i32]| {
            let mut found: Vec<i32> = cuts(used).into_iter().collect();
            found.sort_unstable();
            found
        };
        assert_eq!(cut(&[1953, 2022, 2023, 2026]), [1953]);
        // A decade is drawn, and so are gaps among many years.
        assert!(cut(&[2010, 2021]).is_empty());
        assert_eq!(cut(&[2010, 2022]), [2010]);
        assert!(cut(&[1953, 1960, 1978, 1997, 2009, 2016, 2022, 2026]).is_empty());
        // Parts are looked at by themselves.
        assert_eq!(cut(&[1600, 1953, 2022, 2026]), [1600, 1953]);
        assert!(cut(&[]).is_empty());
    }
}
