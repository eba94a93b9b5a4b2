//! What day it is.

use crate::register::Date;
use std::time::SystemTime;

/// Today by the clock of the system, in Greenwich.
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Date::of_day(since.map_or(0, |s| (s.as_secs() / 86_400) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_a_date() {
        let today = today().code();
        assert!(Date::parse(&today).is_ok(), "{today}");
    }
}
