//! What a form is made of: names of sheets, labels of columns, keys of its
//! identity. The writer of blank forms and the reader of filled ones share
//! these words; the reader finds everything by them, wherever it was moved.

use crate::day::Day;

pub use crate::round::heading::Column;

/// The version of the layout, in the identity of every form. 2 brought
/// [`Key::Marks`].
pub const VERSION: &str = "2";
/// The versions that are read.
pub const READABLE: [&str; 2] = ["1", VERSION];

/// The sheet of the scores.
pub const SCORES: &str = "Phiếu tự chấm";
/// The sheet of the nominations.
pub const NOMINATIONS: &str = "Đề nghị khen thưởng";
/// The sheet of the instructions.
pub const INSTRUCTIONS: &str = "Hướng dẫn";
/// The very hidden sheet of the identity: keys in the first column, values as
/// text in the second.
pub const IDENTITY: &str = "_cchc";
/// The very hidden sheet of the numbers that drop-downs offer.
pub const LISTS: &str = "_ds";
/// The sheets of a form that nothing is ever taken from.
pub const UNREAD: [&str; 2] = [INSTRUCTIONS, LISTS];

/// Whether a sheet of this name may hold what a unit says: any but the identity
/// and those that are never read.
pub fn may_hold_claims(sheet: &str) -> bool {
    sheet != IDENTITY && !UNREAD.contains(&sheet)
}

/// Put before an identity key to name the custom document property that says
/// the same.
pub const PROPERTY: &str = "cchc-";

/// The title, before the year.
pub const TITLE: &str = "PHIẾU TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM";
/// The label beside the unit's name.
pub const UNIT: &str = "Đơn vị:";
/// The label beside the day the form was made out.
pub const DATED: &str = "Ngày lập phiếu:";
/// The title of the last row of the table.
pub const TOTAL: &str = "Tổng cộng";
/// What stands for points where an item does not apply.
pub const NOT_APPLICABLE: &str = "KAD";
/// What people write instead of [`NOT_APPLICABLE`].
pub const NOT_APPLICABLE_TOO: &[&str] =
    &["không áp dụng", "không phát sinh", "N/A", "NA", "K/A", "không AD"];

/// The head of the table of persons nominated.
pub const INDIVIDUALS: [&str; 5] = [NOMINEE_NUMBER, PERSON_NAME, POST, ACHIEVEMENT, YEARS];
/// The head of the table of collectives nominated.
pub const COLLECTIVES: [&str; 4] = [NOMINEE_NUMBER, COLLECTIVE_NAME, ACHIEVEMENT, YEARS];
/// The columns of both tables of nominations.
pub const NOMINEE_NUMBER: &str = "STT";
pub const COLLECTIVE_NAME: &str = "Tên tập thể";
pub const PERSON_NAME: &str = "Họ và tên";
pub const POST: &str = "Chức vụ";
pub const ACHIEVEMENT: &str = "Thành tích";
pub const YEARS: &str = "Năm";

/// The first and the last day that a form of this year may speak of: a task can
/// fall due in the year before, and a form may tell of the year after.
pub fn days(year: i16) -> (Day, Day) {
    let day = |year, month, day| Day::new(year, month, day).expect("a checked round has a year");
    (day(year - 1, 1, 1), day(year + 1, 12, 31))
}

/// What is dated so many days before it is due has a mistyped year, as in the
/// first weeks of a new one.
pub const EARLY: i64 = 180;

/// The first and the last day a form of this year may have been made out: not
/// before the year that it speaks of.
pub fn made_out(year: i16) -> (Day, Day) {
    let (_, last) = days(year);
    (Day::new(year, 1, 1).expect("a checked round has a year"), last)
}

/// A key of the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// [`VERSION`].
    Version,
    /// The round's id.
    Round,
    /// The year assessed.
    Year,
    /// The unit's id.
    Unit,
    /// The id of the criteria set.
    Set,
    /// The fingerprint of the criteria set.
    Fingerprint,
    /// The mark of each line of the criteria set.
    Marks,
}

impl Key {
    pub const ALL: [Key; 7] =
        [Key::Version, Key::Round, Key::Year, Key::Unit, Key::Set, Key::Fingerprint, Key::Marks];

    pub fn name(self) -> &'static str {
        match self {
            Key::Version => "mau",
            Key::Round => "ky",
            Key::Year => "nam",
            Key::Unit => "don-vi",
            Key::Set => "bo-chi-so",
            Key::Fingerprint => "dau-van-tay",
            Key::Marks => "dau-tung-dong",
        }
    }
}
