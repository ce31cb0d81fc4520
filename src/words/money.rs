//! Amounts of money, in figures and in words (số tiền viết bằng chữ).

use crate::text;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

const GROUPS: [&str; 3] = ["", "nghìn", "triệu"];

/// `1.490.000 đồng`.
pub fn dong(amount: i64) -> String {
    let digits = amount.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(ascii).collect();
    format!("{} đồng", groups.join("."))
}

fn ascii(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("digits are ASCII")
}

/// `Hai mươi ba triệu bốn trăm nghìn đồng`, for an amount of nothing or more.
pub fn spelled(amount: i64) -> String {
    format!("{} đồng", text::capitalized(&number(amount.unsigned_abs())))
}

fn number(amount: u64) -> String {
    let billions = amount / 1_000_000_000;
    let mut words: Vec<String> = Vec::new();
    if 0 < billions {
        words.push(format!("{} tỷ", number(billions)));
    }
    let below = amount % 1_000_000_000;
    let groups = [below / 1_000_000, below / 1_000 % 1_000, below % 1_000];
    for (group, name) in groups.into_iter().zip(GROUPS.iter().rev()) {
        if group != 0 {
            words.push(format!("{} {name}", hundreds(group, words.is_empty())).trim().to_owned());
        }
    }
    if words.is_empty() { DIGITS[0].to_owned() } else { words.join(" ") }
}

/// A group of three digits; the `first` one is read without its leading zeros.
fn hundreds(group: u64, is_first: bool) -> String {
    let digit = |at: u64| DIGITS[usize::try_from(at % 10).unwrap_or(0)];
    let (hundred, ten, one) = (group / 100, group / 10 % 10, group % 10);
    let mut words = Vec::new();
    if !is_first || hundred != 0 {
        words.extend([digit(hundred), "trăm"]);
    }
    match (ten, one) {
        (0, 0) => {}
        (0, _) if words.is_empty() => {}
        (0, _) => words.push("lẻ"),
        (1, _) => words.push("mười"),
        _ => words.extend([digit(ten), "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(one)),
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_read_them() {
        #[track_caller]
        fn check(amount: i64, expected: &str) {
            assert_eq!(spelled(amount), format!("{expected} đồng"));
        }
        check(0, "Không");
        check(450_000, "Bốn trăm năm mươi nghìn");
        check(23_400_000, "Hai mươi ba triệu bốn trăm nghìn");
        check(9_000_000, "Chín triệu");
        check(1_490_000, "Một triệu bốn trăm chín mươi nghìn");
        check(15_000, "Mười lăm nghìn");
        check(21_000, "Hai mươi mốt nghìn");
        check(24_005_000, "Hai mươi tư triệu không trăm lẻ năm nghìn");
        check(101_000_000, "Một trăm lẻ một triệu");
        check(1_010_000, "Một triệu không trăm mười nghìn");
        check(2_000_000_000, "Hai tỷ");
        check(1_000_050_000, "Một tỷ không trăm năm mươi nghìn");
    }
}
