//! From pairs of exact numbers to their spread and correlation.

use crate::points::{Points, Quantity};

/// The sums of pairs, exact.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    count: i64,
    x: Points,
    y: Points,
    xx: Points,
    yy: Points,
    xy: Points,
}

impl Moments {
    /// Takes in one more pair.
    pub(super) fn add(&mut self, x: Points, y: Points) {
        self.count += 1;
        self.x += x;
        self.y += y;
        self.xx += product(x, x);
        self.yy += product(y, y);
        self.xy += product(x, y);
    }

    /// The population standard deviation of the first numbers, rounded half up;
    /// `None` of nothing.
    pub(super) fn spread(self, places: u32) -> Option<Quantity> {
        let count = Quantity::whole(self.count).to_cell();
        let variance = self.scaled(self.xx, self.x, self.x).to_cell();
        (0 < self.count).then(|| rounded(variance.sqrt() / count, places)).flatten()
    }

    /// Pearson's correlation of the pairs, rounded half up; `None` of fewer than
    /// three pairs, or when either side does not vary.
    pub(super) fn correlation(self, places: u32) -> Option<Quantity> {
        let x = self.scaled(self.xx, self.x, self.x);
        let y = self.scaled(self.yy, self.y, self.y);
        let xy = self.scaled(self.xy, self.x, self.y);
        let varies = 3 <= self.count && x != Points::ZERO && y != Points::ZERO;
        // Each root by itself: the product of two variances could be coarse.
        let scale = x.to_cell().sqrt() * y.to_cell().sqrt();
        varies.then(|| rounded(xy.to_cell() / scale, places)).flatten()
    }

    /// n·Σab − Σa·Σb: a covariance times n², exact, so that a list that does not
    /// vary gives exactly nothing.
    fn scaled(self, products: Points, a: Points, b: Points) -> Points {
        Quantity::whole(self.count).times(products) - product(a, b)
    }
}

fn product(a: Points, b: Points) -> Points {
    a.quantity().times(b)
}

fn rounded(value: f64, places: u32) -> Option<Quantity> {
    Quantity::from_cell(value).map(|value| value.points().rounded(places).quantity())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(pairs: &[(i64, i64)]) -> Moments {
        let tenths = |n| Points::scaled(n, 1);
        let mut moments = Moments::default();
        for (x, y) in pairs {
            moments.add(tenths(*x), tenths(*y));
        }
        moments
    }

    #[test]
    fn spreads_are_of_the_whole_population() {
        #[track_caller]
        fn check(tenths: &[i64], expected: Option<&str>) {
            let pairs: Vec<_> = tenths.iter().map(|n| (*n, 0)).collect();
            let spread = moments(&pairs).spread(3);
            assert_eq!(spread.map(|it| it.to_string()).as_deref(), expected);
        }
        check(&[], None);
        check(&[1], Some("0"));
        check(&[1, 1, 1], Some("0"));
        check(&[20, 40, 40, 40, 50, 50, 70, 90], Some("2"));
        check(&[0, 10], Some("0,5"));
        check(&[0, 10, 20], Some("0,816"));
    }

    #[test]
    fn correlations_need_three_pairs_that_vary() {
        #[track_caller]
        fn check(pairs: &[(i64, i64)], expected: Option<&str>) {
            let correlation = moments(pairs).correlation(3);
            assert_eq!(correlation.map(|it| it.to_string()).as_deref(), expected);
        }
        check(&[(1, 1), (2, 2)], None);
        check(&[(1, 1), (1, 2), (1, 3)], None);
        check(&[(1, 3), (2, 3), (7, 3)], None);
        check(&[(1, 10), (2, 20), (7, 70)], Some("1"));
        check(&[(1, 7), (2, 6), (3, 5)], Some("-1"));
        check(&[(1, 2), (2, 1), (3, 3)], Some("0,5"));
        // Anscombe's quartet, the first: 0.816.
        let x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
        let y = [804, 695, 758, 881, 833, 996, 724, 426, 1084, 482, 568];
        check(&x.into_iter().zip(y).collect::<Vec<_>>(), Some("0,816"));
    }
}
