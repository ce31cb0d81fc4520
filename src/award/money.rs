//! From a coefficient and a base salary to an amount of money (mức thưởng).

use crate::points::{Points, Quantity, Ratio};
use crate::round::settings::MoneyRounding;

/// What a coefficient comes to: coefficient × base salary, before rounding.
pub fn money(coefficient: Quantity, salary: i64) -> Quantity {
    coefficient.times(Quantity::whole(salary).points()).quantity()
}

/// `amount` as a whole multiple of `step` đồng; the nearest one is the upper
/// one when both are equally near.
pub fn rounded(amount: Quantity, step: i64, rounding: MoneyRounding) -> i64 {
    let step = Quantity::whole(step.max(1));
    let steps = Ratio::new(amount, step).map(|ratio| Points::scaled(1, 0).share(ratio, 0));
    let nearest = steps.and_then(|steps| steps.quantity().to_whole()).unwrap_or_default();
    let multiple = |steps: i64| Quantity::whole(steps).times(step.points()).quantity();
    let steps = match rounding {
        MoneyRounding::Up if multiple(nearest) < amount => nearest + 1,
        MoneyRounding::Down if amount < multiple(nearest) => nearest - 1,
        MoneyRounding::Up | MoneyRounding::Down | MoneyRounding::Nearest => nearest,
    };
    multiple(steps).to_whole().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_whole_steps() {
        use MoneyRounding::{Down, Nearest, Up};

        #[track_caller]
        fn check(coefficient: &str, salary: i64, rounding: MoneyRounding, expected: i64) {
            let amount = money(Quantity::parse(coefficient).unwrap(), salary);
            assert_eq!(rounded(amount, 10_000, rounding), expected);
        }
        check("0.3", 1_490_000, Up, 450_000); // 447 000
        check("0.6", 1_490_000, Up, 900_000); // 894 000
        check("0.6", 1_490_000, Nearest, 890_000);
        check("0.6", 1_490_000, Down, 890_000);
        check("0.3", 1_490_000, Nearest, 450_000);
        check("0.3", 1_490_000, Down, 440_000);
        check("0.5", 1_490_000, Nearest, 750_000); // 745 000 is a tie
        check("1", 1_390_000, Up, 1_390_000);
        check("0.15", 2_340_000, Up, 360_000); // 351 000
        check("1", 0, Up, 0);
    }
}
