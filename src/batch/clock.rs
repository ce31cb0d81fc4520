//! The machine's clock, as people in Vietnam read it, and the zone it is set to.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::day::Day;
use crate::machine::VIETNAM;

/// The Excel serial number of 1 January 1970.
const EPOCH: i64 = 25_569;

/// What a clock in Vietnam shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// `None` beyond the calendar.
    pub day: Option<Day>,
    /// Hours and minutes.
    pub time: String,
}

/// What a clock in Vietnam shows now.
pub fn now() -> Moment {
    moment(seconds())
}

fn moment(seconds: i64) -> Moment {
    let (day, minute) = at(seconds, VIETNAM);
    Moment { day, time: format!("{:02}:{:02}", minute / 60, minute % 60) }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.map_or_else(String::new, |day| day.to_string());
        write!(f, "{day} {} (giờ Việt Nam)", self.time)
    }
}

/// Whether the clock stands after the beginning of 1970. The library that writes
/// workbooks asks it the time, whatever day it is given, and takes no earlier one.
pub fn is_of_this_age() -> bool {
    SystemTime::now() >= UNIX_EPOCH
}

/// Now in seconds since 1970; the first second for a clock that stands before.
pub fn seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(0)
}

/// The day, if it is within the calendar, and the minute of a time in seconds
/// since 1970, where clocks are `ahead` of UTC by these minutes.
pub fn at(seconds: i64, ahead: i64) -> (Option<Day>, i64) {
    let minutes = seconds.div_euclid(60) + ahead;
    (Day::from_serial(EPOCH + minutes.div_euclid(24 * 60)), minutes.rem_euclid(24 * 60))
}

/// Minutes by which this machine's clock shows more than UTC, where that can be
/// told.
#[cfg(windows)]
pub fn ahead() -> Option<i64> {
    let minutes = |time: winsafe::SYSTEMTIME| {
        let part = |part: u16| i8::try_from(part).ok();
        let day = Day::new(i16::try_from(time.wYear).ok()?, part(time.wMonth)?, part(time.wDay)?)?;
        Some(day.serial() * 24 * 60 + i64::from(time.wHour) * 60 + i64::from(time.wMinute))
    };
    // A minute may pass between the two; zones are whole quarters of an hour.
    let (local, utc) = (winsafe::GetLocalTime(), winsafe::GetSystemTime());
    let ahead = minutes(local)? - minutes(utc)?;
    Some((ahead + 7).div_euclid(15) * 15)
}

/// The same, by the system's own program.
#[cfg(not(windows))]
pub fn ahead() -> Option<i64> {
    let said = std::process::Command::new("date").arg("+%z").output().ok()?;
    parse_ahead(std::str::from_utf8(&said.stdout).ok()?.trim())
}

/// Reads `+0700`.
#[cfg(not(windows))]
fn parse_ahead(text: &str) -> Option<i64> {
    let (sign, digits) = text.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    Some(sign * (hours.parse::<u8>().ok().map(i64::from)? * 60 + minutes.parse::<i64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_gone_wrong_is_written_as_it_stands() {
        let at = |seconds| moment(seconds).to_string();
        assert_eq!(at(1_577_836_800), "01/01/2020 07:00 (giờ Việt Nam)");
        assert_eq!(at(4_102_444_740), "01/01/2100 06:59 (giờ Việt Nam)");
        // What a clock before 1970 is taken for.
        assert_eq!(at(0), "01/01/1970 07:00 (giờ Việt Nam)");
        assert_eq!(at(1 << 40), " 07:36 (giờ Việt Nam)");
    }

    #[cfg(not(windows))]
    #[test]
    fn a_zone_is_read_as_the_system_writes_it() {
        for (text, expected) in [
            ("+0700", Some(420)),
            ("-0330", Some(-210)),
            ("+0000", Some(0)),
            ("", None),
            ("0700", None),
            ("+07é", None),
        ] {
            assert_eq!(parse_ahead(text), expected, "{text}");
        }
    }

    #[test]
    fn a_moment_has_the_day_of_its_zone() {
        let day = |text| Day::parse(text);
        assert_eq!(at(0, VIETNAM), (day("01/01/1970"), 420));
        assert_eq!(at(17 * 3600, VIETNAM), (day("02/01/1970"), 0));
        assert_eq!(at(0, -60), (day("31/12/1969"), 23 * 60));
        assert_eq!(at(1 << 60, 0).0, None);
    }
}
