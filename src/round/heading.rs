//! The columns of a form's table of scores, and the headings by which each is
//! known: ours, those of the usual layout, those that the round names, and those
//! with words of one column.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::round::rule::Figure;
use crate::text;

/// Words of headings over what is none of the unit's answers this year.
const NONE: [&str; 8] = [
    "thẩm định",
    "nhận xét",
    "hội đồng",
    "xếp loại",
    "yêu cầu",
    "năm trước",
    "năm ngoái",
    "kỳ trước",
];

/// Words of headings that speak of points and are not over any: `Căn cứ tự
/// chấm`, `Chênh lệch so với tự chấm`.
const NO_POINTS: [&str; 8] =
    ["lý do", "căn cứ", "cách", "chênh lệch", "hướng dẫn", "tỷ lệ", "đạt", "ngày"];

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

    /// The key of the setting under which a round names headings of its own.
    pub fn key(self) -> &'static str {
        match self {
            Column::Code => "stt",
            Column::Title => "noi-dung",
            Column::Max => "diem-toi-da",
            Column::Numerator => "tu-so",
            Column::Denominator => "mau-so",
            Column::Count => "so-luong",
            Column::Day => "ngay",
            Column::Score => "diem-tu-cham",
            Column::Evidence => "kiem-chung",
            Column::Explanation => "giai-trinh",
        }
    }

    /// Words by which a heading that is no label is known for this column.
    fn words(self) -> &'static [&'static str] {
        match self {
            Column::Max => &["tối đa", "điểm chuẩn", "thang điểm", "mức điểm"],
            Column::Score => &["tự chấm", "tự đánh giá", "tự cho điểm"],
            Column::Evidence => &["kiểm chứng", "minh chứng"],
            Column::Explanation => &["giải trình", "thuyết minh", "ghi chú"],
            _ => &[],
        }
    }

    /// Words by which a heading without words of another column is known.
    fn weak_words(self) -> &'static [&'static str] {
        match self {
            Column::Code => &["mã", "stt", "số thứ tự"],
            Column::Title => &["nội dung", "tiêu chí", "lĩnh vực"],
            _ => &[],
        }
    }

    /// Whether a heading, as a key, has words that are known for this column.
    pub fn is_spoken_of(self, heading: &str) -> bool {
        let heading = format!(" {heading} ");
        WORDS.iter().any(|(word, of)| *of == Word::Of(self) && heading.contains(word))
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
        let said = WORDS.iter().filter(|(word, _)| heading.contains(word)).map(|(_, of)| *of);
        let said: Vec<Word> = said.collect();
        let strong = |of: &Word| if let Word::Of(column) = of { Some(*column) } else { None };
        let weak = |of: &Word| if let Word::Weak(column) = of { Some(*column) } else { None };
        // A code of a criterion is a code, and points of one are points.
        let column = said.iter().find_map(strong).or_else(|| said.iter().filter_map(weak).min())?;
        let is_clear = said.iter().filter_map(strong).all(|it| it == column);
        let is_points = matches!(column, Column::Score | Column::Max);
        let is_other = said.contains(&Word::None) || is_points && said.contains(&Word::NoPoints);
        (is_clear && !is_other).then_some(column)
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

/// What a word tells of the heading that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Of(Column),
    Weak(Column),
    NoPoints,
    None,
}

/// The keys of words between blanks.
static WORDS: LazyLock<Vec<(String, Word)>> = LazyLock::new(|| {
    let own = Column::ALL.into_iter().flat_map(|column| {
        let strong = column.words().iter().map(move |it| (it, Word::Of(column)));
        strong.chain(column.weak_words().iter().map(move |it| (it, Word::Weak(column))))
    });
    let none = NONE.iter().map(|it| (it, Word::None));
    let all = own.chain(none).chain(NO_POINTS.iter().map(|it| (it, Word::NoPoints)));
    all.map(|(words, of)| (format!(" {} ", text::key(words)), of)).collect()
});

/// Whether a heading is over what is none of the unit's answers this year.
pub fn is_of_others(heading: &str) -> bool {
    let heading = format!(" {} ", text::key(heading));
    WORDS.iter().any(|(word, of)| *of == Word::None && heading.contains(word))
}

/// How surely a heading is a column's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// As it is printed on our own forms.
    Printed,
    /// Another label of it.
    Label,
    /// By its words.
    Words,
}

/// The headings that a round names beside those that everybody knows, by their
/// keys.
#[derive(Clone, Debug, Default)]
pub struct Headings(BTreeMap<String, Column>);

impl Headings {
    /// Names one more heading of a column; gives the other column whose label it
    /// is, or `None` where it says nothing.
    pub fn name(&mut self, heading: &str, column: Column) -> Result<(), Option<Column>> {
        let key = text::key(heading);
        let known = self.label(&key);
        if key.is_empty() || known.is_some_and(|known| known != column) {
            return Err(known);
        }
        self.0.insert(key, column);
        Ok(())
    }

    /// The column of which this is the heading, and how surely.
    pub fn column(&self, heading: &str) -> Option<(Column, Known)> {
        let key = text::key(heading);
        match self.label(&key) {
            Some(column) if text::key(column.label()) == key => Some((column, Known::Printed)),
            Some(column) => Some((column, Known::Label)),
            None => Column::by_words(&key).map(|column| (column, Known::Words)),
        }
    }

    fn label(&self, key: &str) -> Option<Column> {
        self.0.get(key).or_else(|| LABELS.get(key)).copied()
    }
}

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
