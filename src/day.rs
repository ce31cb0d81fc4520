//! Calendar days, as forms, settings and Excel write them.
//!
//! A day here has no clock and no zone: deadlines and decisions are dated, not
//! timed.

use std::fmt;

use jiff::civil::Date;

/// A calendar day, shown as `31/01/2019`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// Reads `31/01/2019`, `31-1-2019`, `31.1.2019` or `2019-01-31`.
    pub fn parse(text: &str) -> Option<Day> {
        let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
        let [first, month, last] = parts.as_slice() else { return None };
        let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
        if year.len() != 4 {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day of an Excel serial number in the 1900 system, which counts a
    /// 29 February 1900 that never was.
    pub fn from_serial(serial: i64) -> Option<Day> {
        let epoch =
            if serial < 60 { Date::constant(1899, 12, 31) } else { Date::constant(1899, 12, 30) };
        let span = jiff::Span::new().try_days(serial).ok()?;
        (0 < serial).then(|| epoch.checked_add(span).ok()).flatten().map(Day)
    }

    /// The Excel serial number in the 1900 system.
    pub fn serial(self) -> i64 {
        self.days_since(Day(Date::constant(1899, 12, 30)))
    }

    /// Whole days from `earlier` to `self`; negative when `self` is earlier.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).get_days().into()
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// `(year, month, day)`.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// `2019-01-31`, for data.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// `ngày 05 tháng 02 năm 2019`: days below 10 and months 1 and 2 are padded
    /// (Nghị định 30/2020/NĐ-CP, phụ lục I).
    pub fn formal(self) -> String {
        let (year, month, day) = self.parts();
        let month = if month < 3 { format!("0{month}") } else { month.to_string() };
        format!("ngày {day:02} tháng {month} năm {year}")
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{day:02}/{month:02}/{year}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(Day::parse(text).map(Day::iso).as_deref(), expected, "{text}");
        }
        check("31/01/2019", Some("2019-01-31"));
        check("1/2/2019", Some("2019-02-01"));
        check("2019-01-31", Some("2019-01-31"));
        check(" 31.1.2019 ", Some("2019-01-31"));
        check("31/02/2019", None);
        check("31/01/19", None);
        check("hôm qua", None);
    }

    #[test]
    fn serials_are_excels() {
        let day = Day::parse("01/01/2020").unwrap();
        assert_eq!(day.serial(), 43_831);
        assert_eq!(Day::from_serial(43_831), Some(day));
        assert_eq!(Day::from_serial(0), None);
        assert_eq!(day.days_since(Day::parse("15/12/2019").unwrap()), 17);
        assert_eq!(Day::parse("05/02/2020").unwrap().formal(), "ngày 05 tháng 02 năm 2020");
    }
}
