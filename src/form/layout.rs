//! What a form is made of: names of sheets, labels of columns, keys of its
//! identity. The writer of blank forms and the reader of filled ones share
//! these words; the reader finds everything by them, wherever it was moved.

use std::sync::LazyLock;

use crate::day::Day;
use crate::round::rule::Figure;
use crate::text;

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

/// Words of headings that speak of points and are not over any: `Căn cứ tự
/// chấm`, `Chênh lệch so với tự chấm`.
const OTHER_HEADINGS: [&str; 18] = [
    "lý do",
    "giải trình",
    "minh chứng",
    "kiểm chứng",
    "ghi chú",
    "thẩm định",
    "nhận xét",
    "xếp loại",
    "căn cứ",
    "cách",
    "chênh lệch",
    "hướng dẫn",
    "tỷ lệ",
    "năm trước",
    "năm ngoái",
    "kỳ trước",
    "đạt",
    "ngày",
];

/// A column of the table of scores, in printed order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Code,
    Title,
    Max,
    Numerator,
    Denominator,
    Count,
    Day,
    Score,
    Evidence,
    Explanation,
}

impl Column {
    pub const ALL: [Column; 10] = [
        Column::Code,
        Column::Title,
        Column::Max,
        Column::Numerator,
        Column::Denominator,
        Column::Count,
        Column::Day,
        Column::Score,
        Column::Evidence,
        Column::Explanation,
    ];

    /// The label as it is printed.
    pub fn label(self) -> &'static str {
        match self {
            Column::Code => "STT",
            Column::Title => "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
            Column::Max => "Điểm tối đa",
            Column::Numerator => "Tử số",
            Column::Denominator => "Mẫu số",
            Column::Count => "Số lượng",
            Column::Day => "Ngày",
            Column::Score => "Điểm tự chấm",
            Column::Evidence => "Tài liệu kiểm chứng",
            Column::Explanation => "Giải trình",
        }
    }

    /// Other labels seen on forms of the usual layout.
    pub fn other_labels(self) -> &'static [&'static str] {
        match self {
            Column::Code => &["Mã", "TT", "Mã tiêu chí", "Mã số", "Số TT"],
            Column::Title => &[
                "Lĩnh vực/ Tiêu chí/ Tiêu chí thành phần",
                "Lĩnh vực, tiêu chí, tiêu chí thành phần",
                "Tiêu chí",
                "Nội dung",
                "Tiêu chí/Tiêu chí thành phần",
            ],
            Column::Max => {
                &["Điểm chuẩn", "Điểm tối đa (chuẩn)", "Thang điểm", "Điểm tối đa (điểm chuẩn)"]
            }
            Column::Score => {
                &["Điểm tự đánh giá", "Đơn vị tự chấm", "Tự chấm", "Điểm đơn vị tự chấm"]
            }
            Column::Evidence => {
                &["Minh chứng", "Tài liệu minh chứng", "Tài liệu kiểm chứng (TLKC)"]
            }
            Column::Explanation => &["Giải trình, ghi chú", "Ghi chú", "Thuyết minh"],
            Column::Numerator | Column::Denominator | Column::Count | Column::Day => &[],
        }
    }

    /// Words by which a heading that is no label is known for this column.
    fn words(self) -> &'static [&'static str] {
        match self {
            Column::Max => &["tối đa", "điểm chuẩn", "thang điểm", "mức điểm"],
            Column::Score => &["tự chấm", "tự đánh giá", "tự cho điểm"],
            _ => &[],
        }
    }

    /// Whether a heading, as a key, has words that are known for this column.
    pub fn is_spoken_of(self, heading: &str) -> bool {
        let heading = format!(" {heading} ");
        WORDS.iter().any(|(of, words)| *of == Some(self) && heading.contains(words))
    }

    /// The one column whose words a heading, as a key, has: `Kết quả tự chấm`,
    /// `Điểm tối đa theo quy định`. A heading with the words of two is neither's,
    /// and one with a year may be over another year's points.
    pub fn by_words(heading: &str) -> Option<Column> {
        let is_year = |word: &str| word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit());
        if heading.split(' ').any(is_year) {
            return None;
        }
        let heading = format!(" {heading} ");
        let mut found = None;
        for (of, _) in WORDS.iter().filter(|(_, words)| heading.contains(words)) {
            let column = (*of)?;
            if found.is_some_and(|found| found != column) {
                return None;
            }
            found = Some(column);
        }
        found
    }

    /// The place of the column on our own forms. A form that came back may
    /// have it anywhere.
    pub fn printed(self) -> u32 {
        let place = Column::ALL.iter().position(|column| *column == self);
        place.and_then(|place| u32::try_from(place).ok()).expect("every column is in ALL")
    }
}

/// The keys of words between blanks, with the column that they are known for;
/// none of those that make a heading another's.
static WORDS: LazyLock<Vec<(Option<Column>, String)>> = LazyLock::new(|| {
    let of = |words: &str| format!(" {} ", text::key(words));
    let others = OTHER_HEADINGS.iter().map(|it| (None, of(it)));
    let own = Column::ALL.into_iter();
    let own = own.flat_map(|column| column.words().iter().map(move |it| (Some(column), of(it))));
    others.chain(own).collect()
});

impl From<Figure> for Column {
    fn from(figure: Figure) -> Column {
        match figure {
            Figure::Numerator => Column::Numerator,
            Figure::Denominator => Column::Denominator,
            Figure::Count => Column::Count,
            Figure::Day => Column::Day,
        }
    }
}
