//! Random numbers that are the same on every machine: SplitMix64 (G. Steele,
//! D. Lea, C. Flood, *Fast splittable pseudorandom number generators*, 2014).
//!
//! Thirty lines instead of a crate: the sequence is part of the result, so it
//! must never change with a version of anything.

/// A stream of random numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Random(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The stream of one draw: streams of a seed do not overlap in practice,
    /// and whoever makes a draw makes the same one.
    pub(super) fn of_draw(seed: u64, draw: u32) -> Random {
        let start = Random::new(seed).next() ^ u64::from(draw);
        Random::new(Random::new(start).next())
    }

    pub(super) fn next(&mut self) -> u64 {
        let next = self.ahead(0);
        self.skip(1);
        next
    }

    /// The number that comes after `count` more.
    pub(super) fn ahead(&self, count: usize) -> u64 {
        let mixed = self.0.wrapping_add(GOLDEN.wrapping_mul(count as u64 + 1));
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Passes over `count` numbers.
    pub(super) fn skip(&mut self, count: usize) {
        self.0 = self.0.wrapping_add(GOLDEN.wrapping_mul(count as u64));
    }

    /// From 0 to below 1, in 2^-53.
    pub(super) fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
        let bits = (self.next() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// A number of mean 0 and deviation 1, nearly normal: the sum of twelve
    /// uniform ones less six. Its distribution is nowhere 0.003 away from the
    /// normal one, and unlike a logarithm it has the same last digit on every
    /// machine.
    pub(super) fn normal(&mut self) -> f64 {
        let mut sum = 0_u32;
        for _ in 0..3 {
            let mut bits = self.next();
            for _ in 0..4 {
                sum += (bits & 0xFFFF) as u32;
                bits >>= 16;
            }
        }
        // Each of the twelve stands for the middle of its 65,536th.
        (f64::from(sum) + 6.0) / 65_536.0 - 6.0
    }
}

/// What a random number is as a whole one from 0 to below `count`.
pub(super) fn below(count: u32, number: u64) -> usize {
    let product = u64::from(count) * (number >> 32);
    usize::try_from(product >> 32).expect("less than a 32-bit count")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        let mut random = Random::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        let published =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(first, published);
        let mut random = Random::new(1_234_567);
        assert_eq!([0, 1, 2].map(|count| random.ahead(count)), published);
        random.skip(2);
        assert_eq!(random.next(), published[2]);
    }

    #[test]
    fn numbers_spread_as_they_should() {
        let mut random = Random::of_draw(2019, 7);
        let draws = 100_000;
        let mut counts = [0_u32; 3];
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..draws {
            counts[below(3, random.next())] += 1;
            let normal = random.normal();
            sum += normal;
            squares += normal * normal;
            assert!((0.0..1.0).contains(&random.unit()));
        }
        assert!(counts.iter().all(|count| (32_500..34_200).contains(count)), "{counts:?}");
        let n = f64::from(draws);
        assert!((sum / n).abs() < 0.02 && (squares / n - 1.0).abs() < 0.02);
    }
}
