//! Text typed in the fonts of before Unicode: their code pages → Unicode.
//!
//! Such text is decoded before it is cleaned: the TCVN3 `ư` is the soft hyphen
//! of Unicode, which cleaning drops.

/// An encoding that a font implies (bảng mã cũ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `.VnTime` and its family: TCVN3 (ABC) bytes.
    Tcvn3,
    /// `.VnTimeH` and its family: TCVN3 bytes shown in upper case.
    Tcvn3Upper,
    /// `VNI-Times` and its family.
    Vni,
}

impl Encoding {
    /// The encoding that a font of this name implies; `None` for a Unicode font.
    pub fn of_font(name: &str) -> Option<Encoding> {
        let lower = name.trim().to_ascii_lowercase();
        if lower.starts_with(".vn") {
            let is_upper = name.trim().ends_with('H');
            return Some(if is_upper { Encoding::Tcvn3Upper } else { Encoding::Tcvn3 });
        }
        lower.starts_with("vni-").then_some(Encoding::Vni)
    }
}

/// Whether a text has letters that Vietnamese in Unicode never has and that the
/// old encodings are full of: its font was lost.
pub fn is_lost(text: &str) -> bool {
    const KEPT: &str = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÐð°«»\u{a0}\u{ad}";
    text.chars().any(|c| ('\u{a1}'..='\u{ff}').contains(&c) && !KEPT.contains(c))
}

/// The text in Unicode. Characters outside the encoding stay as they are, so a
/// cell of digits or of plain ASCII is unharmed.
pub fn decode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => text.chars().map(tcvn3).collect(),
        Encoding::Tcvn3Upper => text.chars().map(tcvn3).collect::<String>().to_uppercase(),
        Encoding::Vni => vni(text),
    }
}

/// TCVN 5712:1993 VN3, as runs of consecutive bytes. Capitals with a tone have
/// no byte: they are small letters in an upper-case font.
const TCVN3: &[(u8, &str)] = &[
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
];

fn tcvn3(c: char) -> char {
    let letter = |byte: u8| {
        TCVN3.iter().find_map(|(first, letters)| {
            let offset = byte.checked_sub(*first)?;
            letters.chars().nth(offset.into())
        })
    };
    u8::try_from(c).ok().and_then(letter).unwrap_or(c)
}

/// VNI: a letter, the sign written behind it, and what they are together. Small
/// letters; capitals are the capitals of each.
const VNI_PAIRS: &[(char, &str, &str)] = &[
    ('a', "ùøûõï", "áàảãạ"),
    ('e', "ùøûõï", "éèẻẽẹ"),
    ('o', "ùøûõï", "óòỏõọ"),
    ('u', "ùøûõï", "úùủũụ"),
    ('y', "ùøûõ", "ýỳỷỹ"),
    ('ô', "ùøûõï", "ớờởỡợ"),
    ('ö', "ùøûõï", "ứừửữự"),
    ('a', "âáàåãä", "âấầẩẫậ"),
    ('e', "âáàåãä", "êếềểễệ"),
    ('o', "âáàåãä", "ôốồổỗộ"),
    ('a', "êéèúüë", "ăắằẳẵặ"),
];

/// VNI letters that stand alone.
const VNI_SINGLES: (&str, &str) = ("ôöíìæóòîñ", "ơưíìỉĩịỵđ");

fn vni(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let base = lower(c);
        let pair = rest.peek().and_then(|sign| vni_pair(base, lower(*sign)));
        if pair.is_some() {
            rest.next();
        }
        let letter = pair.or_else(|| matching(VNI_SINGLES.0, base, VNI_SINGLES.1));
        match letter {
            Some(letter) if c != base => decoded.extend(letter.to_uppercase()),
            Some(letter) => decoded.push(letter),
            None => decoded.push(c),
        }
    }
    decoded
}

fn vni_pair(base: char, sign: char) -> Option<char> {
    let mut rows = VNI_PAIRS.iter().filter(|row| row.0 == base);
    rows.find_map(|row| matching(row.1, sign, row.2))
}

/// The letter of `to` at the place where `from` has `c`.
fn matching(from: &str, c: char, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find(|pair| pair.0 == c).map(|pair| pair.1)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of Vietnamese that ASCII lacks.
    const SMALL: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";

    #[test]
    fn known_sentences_are_decoded() {
        #[track_caller]
        fn check(text: &str, encoding: Encoding, expected: &str) {
            assert_eq!(decode(text, encoding), expected);
        }
        use Encoding::{Tcvn3, Tcvn3Upper, Vni};
        check("Céng hßa x· héi chñ nghÜa ViÖt Nam", Tcvn3, "Cộng hòa xã hội chủ nghĩa Việt Nam");
        check("§éc lËp - Tù do - H¹nh phóc", Tcvn3, "Độc lập - Tự do - Hạnh phúc");
        check("Uû ban nh©n d©n ph\u{ad}êng", Tcvn3, "Uỷ ban nhân dân phường");
        check("uû ban nh©n d©n", Tcvn3Upper, "UỶ BAN NHÂN DÂN");
        check(
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
            Vni,
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        );
        check("Ñoäc laäp - Töï do - Haïnh phuùc", Vni, "Độc lập - Tự do - Hạnh phúc");
        check("UÛY BAN NHAÂN DAÂN PHÖÔØNG", Vni, "ỦY BAN NHÂN DÂN PHƯỜNG");
        check("9,5 (100%)", Vni, "9,5 (100%)");
    }

    #[test]
    fn every_letter_that_an_encoding_has_comes_back() {
        #[track_caller]
        fn check(encoding: Encoding, codes: impl Iterator<Item = String>, expected: &str) {
            let decoded: String = codes.map(|code| decode(&code, encoding)).collect();
            let sorted = |letters: &str| {
                let mut letters: Vec<char> = letters.chars().collect();
                letters.sort_unstable();
                letters.dedup();
                letters.into_iter().collect::<String>()
            };
            assert_eq!(sorted(&decoded), sorted(expected));
        }
        let bytes = || {
            let runs = TCVN3.iter();
            runs.flat_map(|(first, letters)| (*first..).take(letters.chars().count()))
        };
        let tcvn3 = || bytes().map(|byte| char::from(byte).to_string());
        check(Encoding::Tcvn3, tcvn3(), &format!("{SMALL}ĂÂÊÔƠƯĐ"));
        check(Encoding::Tcvn3Upper, tcvn3(), &SMALL.to_uppercase());

        let pairs = VNI_PAIRS
            .iter()
            .flat_map(|(base, signs, _)| signs.chars().map(move |sign| format!("{base}{sign}")));
        let vni: Vec<String> = pairs.chain(VNI_SINGLES.0.chars().map(String::from)).collect();
        check(Encoding::Vni, vni.iter().cloned(), SMALL);
        check(Encoding::Vni, vni.iter().map(|code| code.to_uppercase()), &SMALL.to_uppercase());
        assert_eq!(SMALL.chars().count() * 2, 134);
    }

    #[test]
    fn a_font_tells_its_encoding() {
        assert_eq!(Encoding::of_font(".VnTime"), Some(Encoding::Tcvn3));
        assert_eq!(Encoding::of_font(".VnArialH"), Some(Encoding::Tcvn3Upper));
        assert_eq!(Encoding::of_font("VNI-Times"), Some(Encoding::Vni));
        assert_eq!(Encoding::of_font("Times New Roman"), None);
    }
}
