//! The texts of a workbook, each once: what cells name by number.

/// Texts in order of their first use.
#[derive(Default)]
pub(super) struct Texts<'a> {
    /// The numbers of texts, plus one, each near the place its bytes come to;
    /// 0 where nothing is. Never more than half full.
    slots: Vec<u32>,
    pub(super) all: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &'a str) -> u32 {
        if self.slots.len() <= 2 * self.all.len() {
            self.slots = vec![0; (4 * self.all.len()).next_power_of_two().max(64)];
            for number in 1..=self.all.len() {
                let slot = self.slot(self.all[number - 1]);
                self.slots[slot] = u32::try_from(number).expect("fewer texts than 2^32");
            }
        }
        let slot = self.slot(text);
        if self.slots[slot] == 0 {
            self.all.push(text);
            self.slots[slot] = u32::try_from(self.all.len()).expect("fewer texts than 2^32");
        }
        self.slots[slot] - 1
    }

    /// The slot a text is in, or else the empty one it belongs in.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if usize::try_from(number).is_ok_and(|it| self.all[it] == text) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// A number that follows from a text and differs for most others; the texts are
/// our own, so nobody gains by making it the same.
fn hash(text: &str) -> usize {
    let mix =
        |so_far: u64, word: u64| (so_far.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|byte| u64::from(*byte));
    let mixed = words.chain(rest).fold(0, mix);
    usize::try_from(mixed >> 32).expect("half of a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number_in_order_of_first_use() {
        let words: Vec<String> = (0..5_000).map(|it| format!("Đơn vị {}", it % 1_700)).collect();
        let mut texts = Texts::default();
        let numbers: Vec<u32> = words.iter().map(|it| texts.number(it)).collect();
        assert_eq!(numbers, (0..5_000).map(|it| it % 1_700).collect::<Vec<u32>>());
        assert!(texts.all.iter().zip(&words).all(|(text, word)| text == word));
    }
}
