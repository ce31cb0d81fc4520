//! The columns of a form's table of scores, and the headings by which each is
//! known: ours, those of the usual layout, and those with its words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::round::rule::Figure;
use crate::text;

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
    fn other_labels(self) -> &'static [&'static str] {
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

    /// The column of which this, as a key, is the heading: a label as it is, or
    /// one with the words of that column alone.
    pub fn headed(heading: &str) -> Option<Column> {
        LABELS.get(heading).copied().or_else(|| Column::by_words(heading))
    }

    /// The one column whose words a heading, as a key, has: `Kết quả tự chấm`,
    /// `Điểm tối đa theo quy định`. A heading with the words of two is neither's,
    /// and one with a year may be over another year's points.
    fn by_words(heading: &str) -> Option<Column> {
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

/// The columns by the keys of their labels.
static LABELS: LazyLock<BTreeMap<String, Column>> = LazyLock::new(|| {
    let of = |column: Column| {
        let all = column.other_labels().iter().copied().chain([column.label()]);
        all.map(move |label| (text::key(label), column))
    };
    Column::ALL.into_iter().flat_map(of).collect()
});

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
