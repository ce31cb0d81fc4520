//! On which days and at which hour.

use std::fmt;

use crate::day::Day;
use crate::text;

/// A minute of a day, by the machine's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: Day,
    /// Since midnight.
    pub minute: i64,
}

/// When a round is scored, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    pub(super) days: Days,
    /// Since midnight.
    minute: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    Yearly {
        month: i8,
        day: i8,
    },
    Monthly {
        day: i8,
    },
    /// From 0 for Monday.
    Weekly {
        weekday: usize,
    },
    Daily,
}

/// The days of the week by their Vietnamese names, as [`text::key`] has them.
const WEEKDAYS: [&str; 7] =
    ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];

/// What a person may ask for, in one line.
const DAYS: &str = "ngày ghi 15/1 (hằng năm), 15 (hằng tháng), thu-2 … thu-7, chu-nhat (hằng \
                    tuần) hoặc hang-ngay";

/// The last day that every month has.
const LAST: i8 = 28;

impl Timing {
    /// Reads a day as `15/1`, `15`, `thu-2` or `hang-ngay` and an hour as `8:00`
    /// or `8`, or says what is wrong with them.
    pub fn parse(days: &str, hour: &str) -> Result<Timing, String> {
        Ok(Timing { days: parse_days(days)?, minute: parse_hour(hour)? })
    }

    /// The first day on which it is due after `now`.
    pub fn next(self, now: Moment) -> Day {
        let today = now.day.serial();
        let from = today + i64::from(self.minute <= now.minute);
        let days = (from..=from + 366).filter_map(Day::from_serial);
        days.into_iter().find(|day| self.is_due(*day)).unwrap_or(now.day)
    }

    fn is_due(self, on: Day) -> bool {
        let (_, month, day) = on.parts();
        match self.days {
            Days::Yearly { month: own, day: at } => (own, at) == (month, day),
            Days::Monthly { day: at } => at == day,
            // The serial number 2 is a Monday.
            Days::Weekly { weekday } => {
                usize::try_from((on.serial() - 2).rem_euclid(7)) == Ok(weekday)
            }
            Days::Daily => true,
        }
    }

    /// `08:00:00`.
    pub(super) fn clock(self) -> String {
        format!("{:02}:{:02}:00", self.minute / 60, self.minute % 60)
    }
}

impl fmt::Display for Timing {
    /// `8 giờ 00 ngày 15 tháng 1 hằng năm`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} giờ {:02} ", self.minute / 60, self.minute % 60)?;
        match self.days {
            Days::Yearly { month, day } => write!(f, "ngày {day} tháng {month} hằng năm"),
            Days::Monthly { day } => write!(f, "ngày {day} hằng tháng"),
            Days::Weekly { weekday } => write!(f, "{} hằng tuần", WEEKDAYS[weekday]),
            Days::Daily => write!(f, "hằng ngày"),
        }
    }
}

fn parse_days(text: &str) -> Result<Days, String> {
    let unknown = || format!("không hiểu ngày “{text}”; {DAYS}");
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    match parts.as_slice() {
        [day] if is_number(day) => match day.parse() {
            Ok(day @ 1..=LAST) => Ok(Days::Monthly { day }),
            Ok(0 | 32..) | Err(_) => Err(format!("không có ngày {day}; {DAYS}")),
            Ok(_) => {
                Err(format!("không phải tháng nào cũng có ngày {day}; hãy chọn ngày 1 đến {LAST}"))
            }
        },
        [day, month] if is_number(day) && is_number(month) => {
            let none = || format!("không có ngày {day}/{month}; {DAYS}");
            let (Ok(day), Ok(month)) = (day.parse(), month.parse()) else { return Err(none()) };
            // A year with a leap day, and one without.
            match [2020, 2019].map(|year| Day::new(year, month, day)) {
                [_, Some(_)] => Ok(Days::Yearly { month, day }),
                [None, _] => Err(none()),
                _ => Err(format!("không phải năm nào cũng có ngày {day}/{month}; {DAYS}")),
            }
        }
        _ => named_days(text).ok_or_else(unknown),
    }
}

fn named_days(text: &str) -> Option<Days> {
    // As typed where Vietnamese letters are hard to come by.
    let plain = |text: &str| text::file_name(text).to_lowercase().replace('_', "-");
    let asked = plain(text);
    if ["hang-ngay", "moi-ngay"].contains(&asked.as_str()) {
        return Some(Days::Daily);
    }
    let weekday = WEEKDAYS.iter().zip(2..).position(|(name, number)| {
        asked == plain(name) || asked == format!("thu-{number}") && number < 8
    });
    let weekday = weekday.or_else(|| (asked == "cn").then_some(WEEKDAYS.len() - 1));
    weekday.map(|weekday| Days::Weekly { weekday })
}

fn parse_hour(text: &str) -> Result<i64, String> {
    let parts: Vec<&str> = text.split([':', 'h', 'g']).map(str::trim).collect();
    let read = match parts.as_slice() {
        [hour] | [hour, ""] => is_number(hour).then(|| (hour.parse(), Ok(0))),
        [hour, minute] => {
            (is_number(hour) && is_number(minute)).then(|| (hour.parse(), minute.parse()))
        }
        _ => None,
    };
    match read {
        Some((Ok(hour @ 0..=23), Ok(minute @ 0..=59))) => Ok(hour * 60 + minute),
        _ => Err(format!("không hiểu giờ “{text}”; giờ ghi từ 0:00 đến 23:59, ví dụ 8:00")),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_read_as_people_type_them() {
        #[track_caller]
        fn check(days: &str, hour: &str, expected: &str) {
            let read = Timing::parse(days, hour).map(|it| it.to_string());
            assert_eq!(read.unwrap_or_else(|why| why), expected, "{days} {hour}");
        }
        check("15/1", "8:00", "8 giờ 00 ngày 15 tháng 1 hằng năm");
        check("31-12", "23:59", "23 giờ 59 ngày 31 tháng 12 hằng năm");
        check("05/02", "7h30", "7 giờ 30 ngày 5 tháng 2 hằng năm");
        check("15", "8h", "8 giờ 00 ngày 15 hằng tháng");
        check("thu-2", "8", "8 giờ 00 thứ hai hằng tuần");
        check("thứ 7", "0:00", "0 giờ 00 thứ bảy hằng tuần");
        check("Thứ năm", "8", "8 giờ 00 thứ năm hằng tuần");
        check("chu-nhat", "8", "8 giờ 00 chủ nhật hằng tuần");
        check("CN", "8", "8 giờ 00 chủ nhật hằng tuần");
        check("hang-ngay", "17:05", "17 giờ 05 hằng ngày");
        check("hằng ngày", "17:05", "17 giờ 05 hằng ngày");
        let last = "không phải tháng nào cũng có ngày 31; hãy chọn ngày 1 đến 28";
        check("31", "8", last);
        check("29/2", "8", &format!("không phải năm nào cũng có ngày 29/2; {DAYS}"));
        for bad in ["31/4", "30/2", "1/13", "0/1", "32/13", "300/300", "32", "0", "999"] {
            check(bad, "8", &format!("không có ngày {bad}; {DAYS}"));
        }
        for bad in ["", "thu-8", "thu-1", "15/1/2027", "mai", "-1"] {
            check(bad, "8", &format!("không hiểu ngày “{bad}”; {DAYS}"));
        }
        for bad in ["", "24:00", "8:60", "8:00:00", "sáng", "-1", "+8"] {
            let why = format!("không hiểu giờ “{bad}”; giờ ghi từ 0:00 đến 23:59, ví dụ 8:00");
            check("15/1", bad, &why);
        }
    }

    #[test]
    fn the_next_time_is_after_now_and_not_a_year_too_late() {
        #[track_caller]
        fn check(days: &str, now: &str, minute: i64, expected: &str) {
            let timing = Timing::parse(days, "8:00").unwrap();
            let now = Moment { day: Day::parse(now).unwrap(), minute };
            assert_eq!(timing.next(now).iso(), expected, "{days}");
        }
        check("15/1", "15/01/2027", 479, "2027-01-15");
        check("15/1", "15/01/2027", 480, "2028-01-15");
        check("15/1", "27/11/2026", 0, "2027-01-15");
        check("28/2", "28/02/2027", 481, "2028-02-28");
        check("15", "16/12/2026", 0, "2027-01-15");
        // 27/11/2026 is a Friday.
        check("thu-6", "27/11/2026", 0, "2026-11-27");
        check("thu-6", "27/11/2026", 480, "2026-12-04");
        check("thu-2", "27/11/2026", 0, "2026-11-30");
        check("cn", "27/11/2026", 0, "2026-11-29");
        check("hang-ngay", "31/12/2026", 480, "2027-01-01");
    }
}
