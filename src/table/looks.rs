//! What the values of some columns look like, by the labels that they have in
//! every table: two columns of words whose headings, or two cells of a row, have
//! changed places are known by nothing else.

use std::collections::BTreeMap;

use super::cells::shown;
use crate::book::{Book, Page};
use crate::finding::{CellRef, Findings, cell};
use crate::text::{self, Doubt};

/// A label, whether a value may be of its kind, and whether it clearly is.
type Look = (&'static str, fn(&str) -> bool, fn(&str) -> bool);

const LOOKS: &[Look] = &[
    ("Căn cứ", is_paper, is_paper),
    ("Hình thức khen", is_prize, is_prize),
    ("Họ và tên", may_be_person, text::is_name),
    ("Người đứng đầu", may_be_person, text::is_name),
    ("Người đề nghị", is_official, is_official),
    ("Người phê duyệt", is_official, is_official),
];

/// How papers are cited.
const PAPERS: &[&str] = &[
    "quyết định",
    "qđ",
    "công văn",
    "cv",
    "tờ trình",
    "ttr",
    "báo cáo",
    "bc",
    "thông báo",
    "tb",
    "nghị quyết",
    "nq",
    "nghị định",
    "kế hoạch",
    "kh",
    "biên bản",
    "kết luận",
    "văn bản",
    "hướng dẫn",
    "luật",
    "số",
];

/// How commendations are called.
const PRIZES: &[&str] = &[
    "giấy khen",
    "bằng khen",
    "cờ thi đua",
    "kỷ niệm chương",
    "huân chương",
    "huy chương",
    "chiến sĩ thi đua",
    "lao động tiên tiến",
    "tập thể lao động",
];

fn is_paper(text: &str) -> bool {
    text.contains(|it: char| it.is_ascii_digit()) && begins_with(text, PAPERS)
}

fn is_prize(text: &str) -> bool {
    begins_with(text, PRIZES)
}

fn may_be_person(text: &str) -> bool {
    text::person_doubt(text).is_none()
}

/// A person, a post or a body that decides.
fn is_official(text: &str) -> bool {
    let doubt = text::person_doubt(text);
    text::is_name(text) || matches!(doubt, Some(Doubt::Post | Doubt::Collective))
}

fn begins_with(text: &str, starts: &[&str]) -> bool {
    let words = text::key(text) + " ";
    starts.iter().any(|it| words.starts_with(&(text::key(it) + " ")))
}

/// Says of which columns the one holds, in some rows, what the other should: at
/// the heading where it is so in every row.
pub(super) fn say_swapped(
    (book, page): (&Book, &Page),
    head: u32,
    columns: &[(&'static str, u32)],
    findings: &mut Findings,
) {
    let told = |row: u32, col: u32| page.get(row, col).map(shown).filter(|it| !it.is_empty());
    for (label, col) in columns {
        let look = LOOKS.iter().find(|(own, ..)| own == label);
        let Some((_, may_be, is_like)) = look else { continue };
        let mut filled = 0;
        let mut swapped: BTreeMap<&str, Vec<(u32, String, String)>> = BTreeMap::new();
        for row in page.rows().filter(|row| head < *row) {
            let Some(found) = told(row, *col) else { continue };
            filled += 1;
            if may_be(&found) {
                continue;
            }
            let others = columns.iter().filter(|(_, other)| other != col);
            let mut others = others.filter_map(|(other, at)| Some((*other, told(row, *at)?)));
            if let Some((other, value)) = others.find(|(_, value)| is_like(value)) {
                swapped.entry(other).or_default().push((row, found, value));
            }
        }
        for (other, rows) in swapped {
            let is_all = 1 < filled && rows.len() == filled;
            let (row, found, value) = &rows[0];
            let at = CellRef::new(if is_all { head } else { *row }, *col);
            let label = *label;
            let said = cell::Swapped { count: rows.len(), label, found, other, value };
            findings.say(book.cell_place(page, at), said);
        }
    }
}
