//! Numbers in four bytes each, for what is kept of every item of every unit.

use rust_decimal::Decimal;

use super::{Points, Quantity};

/// Numbers by the order in which they were put in.
///
/// Sixteen bytes of a decimal hold 28 digits. What forms and score cards keep
/// is a few digits, up to some 134 million, and some decimals; whatever is longer
/// is kept whole, beside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Those of more digits or decimals than a [`Packed`] holds.
    long: Vec<Decimal>,
}

/// One number, or none: its digits and, in the last four bits, how many of them
/// are decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Packed(i32);

const NONE: Packed = Packed(i32::MIN);
/// The bits for the decimals.
const BITS: u32 = 4;
/// Stands for decimals where the number is kept beside: its place.
const LONG: i32 = 15;

impl Numbers {
    pub(crate) fn pack(&mut self, number: Option<Quantity>) -> Packed {
        let Some(Quantity(number)) = number else { return NONE };
        let number = number.normalize();
        let decimals = i32::try_from(number.scale()).ok().filter(|it| *it < LONG);
        let digits = i32::try_from(number.mantissa()).ok();
        let shifted = digits.and_then(|it| it.checked_mul(1 << BITS)).map(Packed);
        if let (Some(Packed(shifted)), Some(decimals)) =
            (shifted.filter(|it| *it != NONE), decimals)
        {
            return Packed(shifted | decimals);
        }
        // One workbook holds far fewer numbers than 2^27.
        let place = i32::try_from(self.long.len()).expect("within one workbook");
        self.long.push(number);
        Packed(place << BITS | LONG)
    }

    pub(crate) fn pack_points(&mut self, points: Option<Points>) -> Packed {
        self.pack(points.map(Points::quantity))
    }

    pub(crate) fn get(&self, packed: Packed) -> Option<Quantity> {
        let Packed(bits) = packed;
        let (digits, decimals) = (bits >> BITS, bits & LONG);
        let long = || self.long[usize::try_from(digits).expect("put in by `pack`")];
        let short = || Decimal::new(digits.into(), u32::try_from(decimals).expect("four bits"));
        (packed != NONE).then(|| Quantity(if decimals == LONG { long() } else { short() }))
    }

    pub(crate) fn points(&self, packed: Packed) -> Option<Points> {
        self.get(packed).map(Quantity::points)
    }

    /// Gives back what was set aside for growing.
    pub(crate) fn shrink(&mut self) {
        self.long.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_any_length_come_back() {
        let plain = ["0", "-0", "0.05", "-2.5", "10000", "123456789012345", "0.000000001"];
        let edges = ["134217727", "134217728", "-134217728", "-134217729"];
        let long = ["0.000000000000001", "79228162514264337593543950335", "1.23456789012345678"];
        let mut numbers = Numbers::default();
        for text in plain.iter().chain(&edges).chain(&long) {
            let number = Quantity(Decimal::from_str_exact(text).unwrap());
            let packed = numbers.pack(Some(number));
            assert_eq!(numbers.get(packed), Some(number), "{text}");
        }
        assert_eq!(numbers.pack(None), NONE);
        assert_eq!(numbers.get(NONE), None);
        assert_eq!(numbers.long.len(), 7, "{:?}", numbers.long);
    }

    proptest! {
        #[test]
        fn every_decimal_comes_back(digits in any::<i64>(), decimals in 0..=28_u32) {
            let number = Quantity(Decimal::new(digits, decimals));
            let mut numbers = Numbers::default();
            let packed = numbers.pack(Some(number));
            prop_assert_eq!(numbers.get(packed), Some(number));
        }
    }
}
