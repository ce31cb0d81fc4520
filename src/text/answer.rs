//! What people write where they have nothing to write.

use super::{clean, fold, key};

/// Words that deny, with their marks or without any.
const NO: &[&str] = &["không", "khong", "ko", "chưa", "chua", "no"];

/// Words that may follow such a word and still name nothing.
const NOTHING: &[&str] = &[
    "co", "gi", "ai", "nao", "de", "nghi", "xuat", "ca", "nhan", "tap", "the", "khen", "thuong",
    "thong", "tin", "so", "lieu", "phat", "sinh", "ghi", "nhap", "dien", "don", "vi",
];

/// Whole answers of other languages and habits.
const BLANKS: &[&str] =
    &["", "0", "n a", "na", "none", "null", "nil", "bo trong", "de trong", "trong"];

/// Answers that agree and name nothing either.
const YES: &[&str] = &[
    "x", "v", "co", "co roi", "da co", "ok", "oke", "yes", "y", "dong y", "dung", "du", "day du",
    "nhu tren", "xong", "da xong",
];

/// Phrases by which a row takes back what it stands for, without marks.
const TAKEN_BACK: &[&str] = &[
    "xin rut",
    "rut de nghi",
    "rut ten",
    "rut lai",
    "khong de nghi",
    "thoi de nghi",
    "huy bo",
    "da huy",
    "bai bo",
    "da thu hoi",
    "da het hieu luc",
    "da het thoi han",
    "da het han",
    "khong con hieu luc",
    "khong tinh diem",
    "khong tru",
    "khong thuong",
    "duoc xet khen",
    "khong chinh dang",
    "khong dong y",
    "khong chap nhan",
    "khong duoc chap nhan",
    "khong phe duyet",
    "khong duyet",
    "danh gia binh thuong",
    "van danh gia",
];

/// Phrases of somebody who has not approved, or not yet.
const NOT_APPROVED: &[&str] = &[
    "tu choi",
    "khong duyet",
    "khong phe duyet",
    "khong dong y",
    "khong chap thuan",
    "chua duyet",
    "chua phe duyet",
    "chua ky",
    "cho duyet",
    "cho phe duyet",
    "cho ky",
    "cho y kien",
    "dang cho",
    "dang trinh",
    "dang xem xet",
    "xin y kien",
    "trinh ky",
    "bac bo",
];

/// Whether a filled cell says that there is nothing: `Không`, `không đề nghị`,
/// `-`, `0`, `/`, `n/a`, `chưa có`. Every table asks here.
pub fn is_empty_answer(text: &str) -> bool {
    if cites(text) {
        return false;
    }
    let words = words(text);
    let is_nothing = |it: &String| NOTHING.contains(&it.as_str());
    let is_denied = begins_with_no(text) && words.iter().skip(1).all(is_nothing);
    is_denied || BLANKS.contains(&words.join(" ").as_str())
}

/// Whether a text still has the mark that a template leaves where something is to
/// be filled in.
pub fn is_unfilled(text: &str) -> bool {
    text.contains('…')
}

/// Whether a filled cell merely agrees where something has to be named: `x`,
/// `có`, `ok` are neither a reason nor evidence.
pub fn is_bare_yes(text: &str) -> bool {
    !cites(text) && YES.contains(&words(text).join(" ").as_str())
}

/// Whether a filled cell gives no reason: it denies or merely agrees.
pub fn says_nothing(text: &str) -> bool {
    is_empty_answer(text) || is_bare_yes(text)
}

/// Whether what was typed or filled in for a reason is one.
pub fn is_reason(text: &str) -> bool {
    !says_nothing(text) && !is_without_words(text)
}

/// Whether a text begins with a word that denies, whatever follows.
fn begins_with_no(text: &str) -> bool {
    key(text).split(' ').next().is_some_and(|it| NO.contains(&it))
}

/// Whether a row's own words say that it is to have no effect: `Xin rút đề nghị`,
/// `Đã thu hồi, không trừ`. Only for asking.
pub fn takes_back(text: &str) -> bool {
    has_phrase(text, TAKEN_BACK)
}

/// Whether what stands for an approver says that nobody approved: `chưa ký`,
/// `Chủ tịch từ chối`, `Chờ Chủ tịch duyệt`.
pub fn is_no_approval(text: &str) -> bool {
    let first = words(text);
    let is_awaited = first.first().is_some_and(|it| it == "cho") && first.len() > 1;
    begins_with_no(text) || is_awaited || has_phrase(text, NOT_APPROVED)
}

/// Whether a filled cell has no word in it at all: a number, a row of dots.
pub fn is_without_words(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

fn has_phrase(text: &str, phrases: &[&str]) -> bool {
    let whole = format!(" {} ", words(text).join(" "));
    phrases.iter().any(|it| whole.contains(&format!(" {it} ")))
}

/// Whether a text has a number in it, as most evidence has: no answer of these
/// has one, and the tables of Unicode are slow.
fn cites(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(&clean(text)).to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_answer_is_known_by_what_it_says() {
        for text in [
            "Không",
            "KHÔNG",
            "không có",
            "Không đề nghị",
            "không đề nghị ai",
            "-",
            "--",
            "0",
            "/",
            "n/a",
            "N.A.",
            "chưa có",
            "Chưa",
            "khong",
            "Không có cá nhân nào",
            "…",
            "Không.",
            "(không)",
            "chưa có số liệu",
            " ",
            "ko",
            "Không phát sinh",
        ] {
            assert!(is_empty_answer(text), "{text}");
        }
        for text in [
            "Nguyễn Văn Không",
            "Mới thành lập",
            "Không đánh giá vì mới thành lập",
            "có",
            "10",
            "x",
            "Chưa đủ 6 tháng hoạt động",
            "Trần Chưa",
        ] {
            assert!(!is_empty_answer(text), "{text}");
        }
    }

    #[test]
    fn a_row_may_take_back_what_it_stands_for() {
        for text in ["Xin rút đề nghị", "Đã thu hồi kết luận, không trừ", "Không đề nghị nữa"]
        {
            assert!(takes_back(text), "{text}");
        }
        for text in ["Chưa hết thời hạn kỷ luật", "Chậm thu hồi đất", "Bị khiển trách", "Rút ngắn"]
        {
            assert!(!takes_back(text), "{text}");
        }
    }

    #[test]
    fn nobody_approves_by_waiting_or_refusing() {
        for text in
            ["Chờ Chủ tịch duyệt", "Chủ tịch UBND từ chối", "Đang trình Chủ tịch", "chưa ký"]
        {
            assert!(is_no_approval(text), "{text}");
        }
        for text in ["Chủ tịch UBND", "Trịnh Văn Chờ", "Chủ tịch đã duyệt", "Từ Văn Bắc"]
        {
            assert!(!is_no_approval(text), "{text}");
        }
        assert!(is_without_words("9") && is_without_words("…") && !is_without_words("Bão số 9"));
    }

    #[test]
    fn a_bare_yes_names_nothing() {
        for text in ["x", "X.", "Có", "ok", "Đã có", "v"] {
            assert!(is_bare_yes(text), "{text}");
        }
        for text in ["Có Báo cáo 15/BC-UBND", "không", "Đã nộp ngày 3/5", ""] {
            assert!(!is_bare_yes(text), "{text}");
        }
        for text in ["không", "có", "0", "12", "", "x", "2026", "12/3", "…"] {
            assert!(!is_reason(text), "{text}");
        }
        for text in ["chờ khảo sát", "Chưa có điều tra xã hội học", "theo QĐ 12"] {
            assert!(is_reason(text), "{text}");
        }
        assert!(begins_with_no("Không đánh giá") && !begins_with_no("Khổng Tử"));
    }
}
