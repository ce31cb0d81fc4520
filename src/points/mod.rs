//! Exact arithmetic: points (điểm), raw quantities, ratios and the index.
//!
//! A rank can hang on the third decimal, so nothing here is a binary float.
//! Floats enter in [`Quantity::from_cell`], because Excel stores every number
//! as one, and leave in `to_cell`; everything between is decimal.

mod packed;

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) use packed::{Numbers, Packed};

/// A number as somebody wrote it: dossiers, people, đồng, days, percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

/// A number of points (điểm).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(Decimal);

/// A percentage already rounded for people: 92.18 is 92,18 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

/// `numerator` out of `denominator`, kept unreduced so that it can be shown as
/// it was declared. Compared exactly, by cross-multiplication.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: Quantity,
    denominator: Quantity,
}

/// The reform index (chỉ số CCHC) before rounding: points achieved out of
/// points possible. Ordered exactly.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    total: Points,
    possible: Points,
}

/// The largest magnitude accepted from a cell: ten thousand billion (đồng).
/// With [`FINEST`], it keeps every product and quotient in this module inside
/// the 96 bits of a decimal, as long as points are bounded further: those of an
/// index are by whoever reads criteria sets.
const LARGEST: i64 = 10_000_000_000_000;

/// The most decimals kept of a number in a cell.
pub const FINEST: u32 = 9;

impl Quantity {
    pub const ZERO: Quantity = Quantity(Decimal::ZERO);

    pub fn whole(value: i64) -> Quantity {
        Quantity(Decimal::from(value))
    }

    /// `mantissa` × 10^-`places`: `scaled(925, 1)` is 92.5.
    pub fn scaled(mantissa: i64, places: u32) -> Quantity {
        Quantity(Decimal::new(mantissa, places).normalize())
    }

    /// The number in a cell, or `None` when it is not finite or too large.
    ///
    /// Excel stores 0.1 + 0.2 as 0.30000000000000004; the decimal taken is the
    /// one Excel itself would show, 15 significant digits, and not finer than
    /// nine decimals.
    pub fn from_cell(value: f64) -> Option<Quantity> {
        let shown = Decimal::from_f64(value)?;
        let shown = shown.round_sf_with_strategy(15, RoundingStrategy::MidpointAwayFromZero)?;
        let shown = shown.round_dp_with_strategy(FINEST, RoundingStrategy::MidpointAwayFromZero);
        (shown.abs() <= Decimal::from(LARGEST)).then(|| Quantity(shown.normalize()))
    }

    /// Reads plain digits with at most one decimal **point** (`-12.5`), as TOML
    /// and our own text tables write them. People's own spellings are for the module
    /// `text` to read.
    pub fn parse(plain: &str) -> Option<Quantity> {
        let is_plain = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let value = Decimal::from_str_exact(plain).ok().filter(|_| is_plain)?.normalize();
        let is_within = value.abs() <= Decimal::from(LARGEST) && value.scale() <= FINEST;
        is_within.then_some(Quantity(value))
    }

    /// How many decimals are needed to write this exactly.
    pub fn places(self) -> u32 {
        self.0.normalize().scale()
    }

    pub fn is_whole(self) -> bool {
        self.places() == 0
    }

    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// The value as a whole number, if it is one.
    pub fn to_whole(self) -> Option<i64> {
        self.is_whole().then(|| self.0.to_i64()).flatten()
    }

    /// `self` × `each`, exactly.
    pub fn times(self, each: Points) -> Points {
        Points(self.0 * each.0)
    }

    /// For writing into a cell; never for arithmetic.
    pub fn to_cell(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// These points, when the quantity is meant as points.
    pub fn points(self) -> Points {
        Points(self.0)
    }

    /// This percentage, when the quantity is meant as percent.
    pub fn percent(self) -> Percent {
        Percent(self.0)
    }
}

impl Points {
    pub const ZERO: Points = Points(Decimal::ZERO);

    /// `mantissa` × 10^-`places`: `scaled(125, 2)` is 1.25 points.
    pub fn scaled(mantissa: i64, places: u32) -> Points {
        Quantity::scaled(mantissa, places).points()
    }

    /// How many decimals are needed to write this exactly.
    pub fn places(self) -> u32 {
        self.0.normalize().scale()
    }

    /// Rounded half away from zero to `places` decimals (làm tròn nửa lên).
    pub fn rounded(self, places: u32) -> Points {
        Points(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// `ratio` × `self`, rounded half up to `places` decimals.
    ///
    /// The quotient is taken to 28 digits before rounding. A quotient that is
    /// not a tie differs from one by at least 1/(2·10^places·denominator), far
    /// more than 10^-28, so rounding twice cannot differ from rounding once.
    pub fn share(self, ratio: Ratio, places: u32) -> Points {
        let exact = ratio.numerator.0 * self.0 / ratio.denominator.0;
        Points(exact).rounded(places)
    }

    /// `percent` % of `self`, rounded half up to `places` decimals.
    pub fn percent(self, percent: Quantity, places: u32) -> Points {
        Points(self.0 * percent.0 / Decimal::ONE_HUNDRED).rounded(places)
    }

    /// How many times `each`, which is not zero, comes to these at least.
    pub fn covered_by(self, each: Points) -> Quantity {
        Quantity((self.0 / each.0).ceil())
    }

    /// How many steps of 10^-`places` these are; `None` when they lie between
    /// two.
    pub fn steps(self, places: u32) -> Option<i64> {
        Quantity(self.0 * Decimal::from(10_u64.pow(places))).to_whole()
    }

    /// The mean of `points`, rounded half up; `None` of nothing.
    pub fn mean(points: &[Points], places: u32) -> Option<Points> {
        Points::mean_of(points.iter().copied().sum(), points.len(), places)
    }

    /// The mean of so many points that come to `sum`, rounded half up; `None` of
    /// nothing.
    pub fn mean_of(sum: Points, count: usize, places: u32) -> Option<Points> {
        (0 < count).then(|| Points(sum.0 / Decimal::from(count)).rounded(places))
    }

    pub fn quantity(self) -> Quantity {
        Quantity(self.0)
    }

    /// With exactly `places` decimals and a decimal comma: `9,50`.
    pub fn fixed(self, places: u32) -> String {
        fixed(self.0, places).replace('.', ",")
    }

    /// With exactly `places` decimals and a decimal point, for data: `9.50`.
    pub fn data(self, places: u32) -> String {
        fixed(self.0, places)
    }

    /// For writing into a cell; never for arithmetic.
    pub fn to_cell(self) -> f64 {
        self.quantity().to_cell()
    }
}

impl Percent {
    /// With exactly `places` decimals and a decimal comma: `92,18`.
    pub fn fixed(self, places: u32) -> String {
        fixed(self.0, places).replace('.', ",")
    }

    /// With exactly `places` decimals and a decimal point, for data: `92.18`.
    pub fn data(self, places: u32) -> String {
        fixed(self.0, places)
    }

    /// The mean, rounded half up to `places` decimals; `None` of nothing.
    pub fn mean(percents: &[Percent], places: u32) -> Option<Percent> {
        let sum = percents.iter().map(|it| Points(it.0)).sum();
        Points::mean_of(sum, percents.len(), places).map(|mean| Percent(mean.0))
    }

    pub fn quantity(self) -> Quantity {
        Quantity(self.0)
    }

    /// `self` − `other`, in percentage points.
    pub fn minus(self, other: Percent) -> Percent {
        Percent(self.0 - other.0)
    }

    /// How far `self` and `other` are apart, in percentage points.
    pub fn apart(self, other: Percent) -> Percent {
        Percent((self.0 - other.0).abs())
    }

    /// As a number of percent (92.18, not 0.9218).
    pub fn to_cell(self) -> f64 {
        self.quantity().to_cell()
    }
}

impl Ratio {
    /// `None` when the denominator is zero or negative: that case belongs to
    /// the rule, not to arithmetic.
    pub fn new(numerator: Quantity, denominator: Quantity) -> Option<Ratio> {
        (Quantity::ZERO < denominator).then_some(Ratio { numerator, denominator })
    }

    /// `self` ÷ `target` %, so 60 % of a target of 80 % is 3/4.
    pub fn over_percent(self, target: Quantity) -> Option<Ratio> {
        let numerator = Quantity(self.numerator.0 * Decimal::ONE_HUNDRED);
        Ratio::new(numerator, Quantity(self.denominator.0 * target.0))
    }

    /// Compares this ratio, in percent, with `percent`, exactly.
    pub fn cmp_percent(self, percent: Quantity) -> Ordering {
        let left = self.numerator.0 * Decimal::ONE_HUNDRED;
        left.cmp(&(percent.0 * self.denominator.0))
    }

    /// Not more than one.
    pub fn at_most_one(self) -> Ratio {
        if self.numerator <= self.denominator {
            self
        } else {
            Ratio { numerator: self.denominator, denominator: self.denominator }
        }
    }

    /// In percent, rounded half up to `places` decimals.
    pub fn percent(self, places: u32) -> Percent {
        let whole = Points(Decimal::ONE_HUNDRED);
        Percent(whole.share(self, places).0)
    }
}

impl Index {
    /// `None` when nothing was possible: a unit exempt from every item has no
    /// index.
    pub fn new(total: Points, possible: Points) -> Option<Index> {
        (Points::ZERO < possible).then_some(Index { total, possible })
    }

    /// Points achieved ÷ points possible × 100, rounded half up to `places`.
    pub fn shown(self, places: u32) -> Percent {
        let whole = Points(Decimal::ONE_HUNDRED);
        let ratio =
            Ratio { numerator: Quantity(self.total.0), denominator: Quantity(self.possible.0) };
        Percent(whole.share(ratio, places).0)
    }

    /// Compares the exact index with `percent`.
    pub fn cmp_percent(self, percent: Quantity) -> Ordering {
        let left = self.total.0 * Decimal::ONE_HUNDRED;
        left.cmp(&(percent.0 * self.possible.0))
    }

    /// `self` − `other` in percentage points, rounded half up to `places`.
    pub fn minus(self, other: Index, places: u32) -> Percent {
        let difference = self.total.0 * other.possible.0 - other.total.0 * self.possible.0;
        let exact = difference * Decimal::ONE_HUNDRED / (self.possible.0 * other.possible.0);
        Percent(Points(exact).rounded(places).0)
    }

    /// `self` − `percent` in percentage points, rounded half up to `places`.
    pub fn minus_percent(self, percent: Quantity, places: u32) -> Percent {
        let exact = self.total.0 * Decimal::ONE_HUNDRED / self.possible.0 - percent.0;
        Percent(Points(exact).rounded(places).0)
    }

    pub fn total(self) -> Points {
        self.total
    }

    pub fn possible(self) -> Points {
        self.possible
    }
}

impl PartialEq for Index {
    fn eq(&self, other: &Index) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Index {}

impl PartialOrd for Index {
    fn partial_cmp(&self, other: &Index) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Index {
    fn cmp(&self, other: &Index) -> Ordering {
        (self.total.0 * other.possible.0).cmp(&(other.total.0 * self.possible.0))
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points(-self.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.0 += other.0;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        points.fold(Points::ZERO, Add::add)
    }
}

fn fixed(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let text = format!("{rounded:.0$}", places as usize);
    // A rounded −0,001 is zero, and zero has no sign.
    if rounded.is_zero() { text.trim_start_matches('-').to_owned() } else { text }
}

/// As a Vietnamese reader writes it: a decimal comma, no trailing zeros.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.normalize().to_string().replace('.', ","))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quantity(self.0).fmt(f)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quantity(self.0).fmt(f)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(plain: &str) -> Quantity {
        Quantity::parse(plain).unwrap()
    }

    #[test]
    fn points_are_so_many_steps_or_between_two() {
        let steps = |points, places| Quantity::parse(points).unwrap().points().steps(places);
        assert_eq!([steps("1.25", 2), steps("1.25", 1)], [Some(125), None]);
        assert_eq!([steps("-0.5", 1), steps("0", 0)], [Some(-5), Some(0)]);
    }

    #[test]
    fn a_percent_is_a_number_of_percent_in_a_cell() {
        let percent = Percent(Decimal::new(9218, 2));
        assert!((percent.to_cell() - 92.18).abs() < 1e-9);
    }

    #[test]
    fn a_cell_holds_what_excel_shows() {
        #[track_caller]
        fn check(cell: f64, expected: &str) {
            assert_eq!(Quantity::from_cell(cell).unwrap().to_string(), expected);
        }
        check(0.0, "0");
        check(2.5, "2,5");
        check(0.1 + 0.2, "0,3");
        check(9.45 - 1e-15, "9,45");
        check(-1.0, "-1");
        check(0.0001, "0,0001");
        assert_eq!(Quantity::from_cell(f64::NAN), None);
        assert_eq!(Quantity::from_cell(f64::INFINITY), None);
        assert_eq!(Quantity::from_cell(1e14), None);
        check(1e-300, "0");
    }

    #[test]
    fn the_largest_and_the_finest_numbers_stay_exact() {
        let largest = Quantity::from_cell(1e13).unwrap();
        let finest = Quantity::from_cell(1e-9).unwrap();
        let huge = Ratio::new(largest, finest).unwrap();
        assert_eq!(huge.cmp_percent(Quantity::whole(100)), Ordering::Greater);
        let max = Points::scaled(5, 0);
        assert_eq!(max.share(huge.at_most_one(), 2), max);
        let target = huge.over_percent(q("80")).unwrap();
        assert_eq!(max.share(target.at_most_one(), 2), max);
        assert_eq!(Ratio::new(finest, largest).unwrap().percent(2).fixed(2), "0,00");
    }

    #[test]
    fn shares_round_half_up_once() {
        #[track_caller]
        fn check(numerator: i64, denominator: i64, max: i64, expected: &str) {
            let ratio =
                Ratio::new(Quantity::whole(numerator), Quantity::whole(denominator)).unwrap();
            let points = Quantity::whole(max).points().share(ratio, 2);
            assert_eq!(points.fixed(2), expected);
        }
        check(2, 3, 5, "3,33");
        check(1, 400, 2, "0,01"); // 0.005 is a tie
        check(399, 80_000, 1, "0,00"); // 0.0049875 is not
        check(87, 130, 2, "1,34");
    }

    #[test]
    fn an_index_is_compared_exactly_and_shown_rounded() {
        let a = Index::new(q("89.995").points(), q("100").points()).unwrap();
        let b = Index::new(q("90").points(), q("100").points()).unwrap();
        assert!(a < b);
        assert_eq!(a.shown(2), b.shown(2));
        let third = Index::new(q("1").points(), q("3").points()).unwrap();
        let sixth = Index::new(q("2").points(), q("6").points()).unwrap();
        assert_eq!(third, sixth);
        assert_eq!(third.shown(2).fixed(2), "33,33");
        assert_eq!(Index::new(Points::ZERO, Points::ZERO), None);
    }

    #[test]
    fn indices_of_the_largest_sets_are_compared_exactly() {
        let possible = q("100000000").points(); // 10 000 items of 10 000 points
        let index = |lost: &str| Index::new(possible - q(lost).points(), possible).unwrap();
        assert!(index("0.0002") < index("0.0001"));
        assert_eq!(index("0.0001"), index("0.0001"));
        assert_eq!(index("100000000").minus(index("0"), 2).fixed(2), "-100,00");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(Points::scaled(-1, 3).fixed(2), "0,00");
        assert_eq!(Points::scaled(-25, 2).fixed(2), "-0,25");
    }
}
