//! Years from a first to a last one, as charts name them.

use linchpin_register::Date;
use linchpin_register::date::year_words;

/// From the first of some years to the last, as astronomers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSpan {
    pub first: i32,
    pub last: i32,
}

impl YearSpan {
    pub fn new(first: i32, last: i32) -> YearSpan {
        YearSpan { first, last }
    }

    /// From the earlier first year to the later last.
    pub fn union(self, other: YearSpan) -> YearSpan {
        YearSpan {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }

    /// How many years there are in it.
    pub fn years(self) -> i32 {
        self.last - self.first + 1
    }

    /// In a sentence: "1953", "1953 to 2021".
    pub fn words(self) -> String {
        match self.first == self.last {
            true => year_words(self.first),
            false => format!("{} to {}", year_words(self.first), year_words(self.last)),
        }
    }

    /// At an axis: "1953", "1950s", "1950–54", "1953–2021".
    pub fn label(self) -> String {
        let YearSpan { first, last } = self;
        match (first, last) {
            _ if first == last => year_words(first),
            (..=0, _) => self.words(),
            _ if first % 10 == 0 && last == first + 9 => format!("{}s", year_words(first)),
            _ if first / 100 == last / 100 => format!("{}–{:02}", year_words(first), last % 100),
            _ => format!("{}–{}", year_words(first), year_words(last)),
        }
    }

    /// As a date of the file: "1950/1954". A year inside of it names the place too.
    pub fn key(self) -> String {
        let year = |year: i32| i16::try_from(year).ok().and_then(Date::of_year);
        match (year(self.first), year(self.last)) {
            (Some(first), Some(last)) => format!("{}/{}", first.to_code(), last.to_code()),
            _ => self.label(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_years_have_short_names() {
        let label = |first, last| YearSpan::new(first, last).label();
        assert_eq!(label(1953, 1953), "1953");
        assert_eq!(label(1950, 1959), "1950s");
        assert_eq!(label(1955, 1959), "1955–59");
        assert_eq!(label(1900, 1909), "1900s");
        assert_eq!(label(1953, 2021), "1953–2021");
        assert_eq!(label(-431, -427), "432 BCE to 428 BCE");
        assert_eq!(YearSpan::new(1950, 1954).key(), "1950/1954");
    }
}
