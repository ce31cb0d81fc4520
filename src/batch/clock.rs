//! The machine's clock, as people in Vietnam read it.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::day::Day;

/// What a clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// `None` beyond the calendar.
    pub day: Option<Day>,
    /// Hours and minutes.
    pub time: String,
}

/// What the clock shows now.
pub fn now() -> Moment {
    moment(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.map_or_else(String::new, |day| day.to_string());
        write!(f, "{day} {} (giờ Việt Nam)", self.time)
    }
}

/// The Excel serial number of 1 January 1970.
const EPOCH: i64 = 25_569;

/// A time since 1970 as it is in Vietnam (UTC+7 all year), to the minute.
fn moment(since: Duration) -> Moment {
    let seconds = i64::try_from(since.as_secs()).unwrap_or(0) + 7 * 3600;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let time = format!("{:02}:{:02}", rest / 3600, rest % 3600 / 60);
    Moment { day: Day::from_serial(EPOCH + days), time }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_gone_wrong_is_written_as_it_stands() {
        let at = |seconds| moment(Duration::from_secs(seconds)).to_string();
        assert_eq!(at(1_577_836_800), "01/01/2020 07:00 (giờ Việt Nam)");
        assert_eq!(at(4_102_444_740), "01/01/2100 06:59 (giờ Việt Nam)");
        // What a clock before 1970 is taken for.
        assert_eq!(at(0), "01/01/1970 07:00 (giờ Việt Nam)");
        assert_eq!(at(1 << 40), " 07:36 (giờ Việt Nam)");
    }
}
