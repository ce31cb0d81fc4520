//! One sheet's XML → the cells that hold anything, with the numbers of their
//! formats.
//!
//! What Excel would not have written is refused where two readers could see two
//! values in it: a mark inside a value, an index that is none, an address beyond
//! the grid, a cell that stands twice.

use std::borrow::Cow;

use calamine::XlsxError;
use quick_xml::events::attributes::AttrError;

use super::canonical::{self, PlainCell};
use super::gate::{Fault, Gated, ceiling};
use super::markup::{Markup, Piece, Tag, said};
use super::package::short;
use super::strings::{Strings, put_together, unescaped, words_to};
use crate::book::{RawCell, RawValue};
use crate::day::Day;
use crate::finding::CellRef;
use crate::text;

/// Why a sheet is refused: for something in the file, or in one cell.
pub(super) enum Refusal {
    File(Fault),
    Cell(String, CellRef, Fault),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::File(fault)
    }
}

/// The cells of a sheet.
pub(super) struct Cells {
    /// Those that hold anything, in the order in which they stand.
    pub(super) filled: Vec<Found>,
    /// How many cell formats, from the first, the cells use.
    pub(super) formats: usize,
}

/// A cell before its format is looked at.
pub(super) struct Found {
    pub(super) at: CellRef,
    pub(super) cell: RawCell,
    /// The number of its format, where it names one.
    pub(super) format: Option<usize>,
}

/// What all sheets of one file have used up.
pub(super) struct Budget {
    most_filled: usize,
    cells: usize,
    filled: usize,
    text: usize,
}

/// The cells of a sheet of this name.
pub(super) fn cells_of(
    sheet: &str,
    xml: &str,
    strings: &Strings,
    budget: &mut Budget,
) -> Result<Cells, Refusal> {
    let cells = Cells { filled: Vec::new(), formats: 0 };
    let markup = Markup::of(xml);
    let mut walk = Walk { markup, is_over: false, strings, budget, cells, seen: Vec::new() };
    match walk.cells() {
        Ok(()) => Ok(walk.cells),
        Err(halt) => Err(match halt {
            Halt::Cut => {
                let message = format!("Nội dung trang «{}» bị cắt giữa chừng.", short(sheet));
                Fault::damaged(message).into()
            }
            Halt::Odd(what) => {
                Fault::suspicious(format!("Trang «{}»: {what}.", short(sheet))).into()
            }
            Halt::OffGrid => {
                let message = format!("Trang «{}» có ô ngoài lưới Excel.", short(sheet));
                Fault::suspicious(message).into()
            }
            Halt::Unread(error) => {
                Fault::unreadable(&format!("Trang «{}»", short(sheet)), &error).into()
            }
            Halt::File(fault) => fault.into(),
            Halt::Cell(at, fault) => Refusal::Cell(sheet.to_owned(), at, fault),
        }),
    }
}

/// Why a walk ends before its sheet does.
enum Halt {
    Cut,
    Odd(&'static str),
    OffGrid,
    Unread(XlsxError),
    File(Fault),
    Cell(CellRef, Fault),
}

impl From<XlsxError> for Halt {
    fn from(error: XlsxError) -> Halt {
        Halt::Unread(error)
    }
}

impl From<quick_xml::Error> for Halt {
    fn from(error: quick_xml::Error) -> Halt {
        Halt::Unread(error.into())
    }
}

impl From<AttrError> for Halt {
    fn from(error: AttrError) -> Halt {
        Halt::Unread(error.into())
    }
}

struct Walk<'a> {
    markup: Markup<'a>,
    /// All cells were met.
    is_over: bool,
    strings: &'a Strings,
    budget: &'a mut Budget,
    cells: Cells,
    /// Every cell, empty ones included.
    seen: Vec<CellRef>,
}

/// What the tag of a cell says.
struct Opened<'a> {
    at: CellRef,
    format: Option<usize>,
    kind: Option<&'a str>,
}

/// What a cell holds; `is_struck` of a text of runs.
#[derive(Default)]
struct Held {
    value: Option<RawValue>,
    is_struck: bool,
}

impl<'a> Walk<'a> {
    fn cells(&mut self) -> Result<(), Halt> {
        // What stands around the cells (dimensions, merged ranges, validations)
        // is not looked at.
        loop {
            match self.markup.next().map_err(|_| Halt::Cut)? {
                Piece::Open(tag) if tag.name == "sheetData" => break,
                Piece::End => return Err(Halt::Cut),
                _ => {}
            }
        }
        let (mut row, mut col) = (0, 0);
        loop {
            if let Some(cell) = self.markup.take(canonical::cell) {
                col = cell.col + 1;
                self.plain(cell)?;
                continue;
            }
            match self.next()? {
                Piece::Open(tag) if tag.name == "c" => {
                    let [address, format, kind] = tag.values(["r", "s", "t"])?;
                    if address.is_some_and(|it| 10 < it.len()) {
                        return Err(Halt::Odd("có ô ngoài lưới Excel"));
                    }
                    let at = match address.map(position).transpose()? {
                        Some((_, None)) => {
                            return Err(XlsxError::RangeWithoutColumnComponent.into());
                        }
                        Some((row, Some(col))) => CellRef { row, col },
                        None => CellRef { row, col },
                    };
                    check_grid(at)?;
                    let format = format.map(|it| it.parse().unwrap_or(0));
                    self.cell(&Opened { at, format, kind })?;
                    col = at.col + 1;
                }
                Piece::Open(tag) if tag.name == "row" => {
                    if let [Some(address)] = tag.values(["r"])? {
                        if 7 < address.len() {
                            return Err(Halt::Odd("có hàng ngoài lưới Excel"));
                        }
                        row = position(address)?.0;
                    }
                }
                Piece::Open(tag) if tag.name == "v" => {
                    return Err(Halt::Odd("có ô chứa nhiều giá trị"));
                }
                Piece::Close("row") => (row, col) = (row + 1, 0),
                Piece::Text(stray) => drop(said(stray)?),
                Piece::End => break,
                _ => {}
            }
        }
        if !self.seen.is_sorted_by(|one, other| one < other) {
            self.seen.sort_unstable();
            if let Some(twice) = self.seen.windows(2).find(|pair| pair[0] == pair[1]) {
                let fault = Fault::suspicious("Ô này được ghi hai lần trong tệp.");
                return Err(Halt::Cell(twice[0], fault));
            }
        }
        Ok(())
    }

    /// The next piece among the cells.
    fn next(&mut self) -> Result<Piece<'a>, Halt> {
        if self.is_over {
            return Ok(Piece::End);
        }
        let rest = self.markup.rest();
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return Err(Halt::Odd("có chú thích hoặc lệnh XML giữa các ô"));
        }
        match self.markup.next() {
            Ok(Piece::Close("sheetData")) => {
                self.is_over = true;
                Ok(Piece::End)
            }
            Err(_) if !rest.contains("sheetData") => Err(Halt::Cut),
            piece => Ok(piece?),
        }
    }

    /// Keeps a cell that was taken apart at once, if it holds anything.
    fn plain(&mut self, cell: PlainCell<'a>) -> Result<(), Halt> {
        let PlainCell { row, col, format, kind, is_formula, value } = cell;
        let at = CellRef { row, col };
        check_grid(at)?;
        let held = match value {
            Some(raw) => {
                check_kind(kind, raw)?;
                self.value(kind, raw, raw.into())?
            }
            None => Held::default(),
        };
        self.keep(&Opened { at, format, kind }, held, is_formula)
    }

    /// Keeps the cell whose tag was just read, if it holds anything.
    fn cell(&mut self, cell: &Opened) -> Result<(), Halt> {
        let mut held = Held::default();
        let mut is_formula = false;
        let mut has_value = false;
        loop {
            match self.next()? {
                Piece::Open(tag) => match tag.name {
                    "v" if has_value => return Err(Halt::Odd("có ô chứa nhiều giá trị")),
                    "v" => {
                        has_value = true;
                        held = self.held(cell.kind, tag)?;
                    }
                    "f" => {
                        self.formula(tag)?;
                        is_formula = true;
                    }
                    "is" => {
                        let mut text = String::new();
                        let is_struck = put_together(&mut || self.next(), "is", &mut text)?;
                        held = Held { value: Some(RawValue::Text(text)), is_struck };
                    }
                    _ => return Err(XlsxError::UnexpectedNode("v, f, or is").into()),
                },
                Piece::Close("c") => break,
                Piece::Text(stray) => drop(said(stray)?),
                Piece::End => return Err(XlsxError::XmlEof("c").into()),
                Piece::Close(_) | Piece::Mark => {}
            }
        }
        self.keep(cell, held, is_formula)
    }

    fn keep(&mut self, cell: &Opened, held: Held, is_formula: bool) -> Result<(), Halt> {
        self.seen.push(cell.at);
        self.cells.formats = self.cells.formats.max(cell.format.unwrap_or(0).saturating_add(1));
        self.budget.cells += 1;
        let value = held.value.or_else(|| is_formula.then_some(RawValue::Missing));
        let is_blank = |value: &RawValue| matches!(value, RawValue::Text(it) if text::is_blank(it));
        let Some(value) = value.filter(|value| !is_blank(value)) else {
            return self.budget.look().map_err(Halt::File);
        };
        self.budget.spend(&value).map_err(|fault| Halt::Cell(cell.at, fault))?;
        let is_struck = held.is_struck;
        let filled = RawCell { is_formula, is_struck, ..RawCell::plain(value) };
        self.cells.filled.push(Found { at: cell.at, cell: filled, format: cell.format });
        Ok(())
    }

    /// Reads over a formula: only its result is taken.
    fn formula(&mut self, tag: Tag<'a>) -> Result<(), Halt> {
        words_to(&mut || self.next(), "f")?;
        let [kind, index, range] = tag.values(["t", "si", "ref"])?;
        if kind != Some("shared") {
            return Ok(());
        }
        let mandatory = XlsxError::Unexpected("si attribute is mandatory if it is shared");
        let index = index.ok_or(mandatory)?;
        if index.parse::<usize>().is_err() {
            return Err(XlsxError::Unexpected("si attribute must be a number").into());
        }
        range.into_iter().flat_map(|range| range.split(':')).try_for_each(|end| {
            position(end)?;
            Ok(())
        })
    }

    /// What the value holds that `tag` begins, in a cell of this kind.
    fn held(&mut self, kind: Option<&str>, tag: Tag<'a>) -> Result<Held, Halt> {
        let rest = if tag.is_empty { "</" } else { self.markup.rest() };
        let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (raw, rest) = rest.split_at(end);
        if !rest.starts_with("</") {
            return Err(Halt::Odd("có ô mà giá trị chứa phần tử XML lạ"));
        }
        check_kind(kind, raw)?;
        let words = words_to(&mut || self.next(), "v")?;
        self.value(kind, raw, words)
    }

    /// What a value says, in a cell of this kind: as it stands, and in words.
    fn value(&self, kind: Option<&str>, raw: &str, words: Cow<str>) -> Result<Held, Halt> {
        let value = match kind {
            None | Some("n" | "s" | "b" | "e") if raw.is_empty() => None,
            Some("s") => {
                let missing = "Cell string index not found in shared strings table";
                let string = raw.parse().ok().and_then(|number| self.strings.get(number));
                let (text, is_struck) = string.ok_or(XlsxError::Unexpected(missing))?;
                return Ok(Held { value: Some(RawValue::Text(text.to_owned())), is_struck });
            }
            None | Some("n") => Some(match raw.parse::<f64>() {
                Ok(number) if number.is_finite() => RawValue::Number(number),
                Ok(number) => RawValue::Error(number.to_string()),
                Err(_) if kind.is_none() => RawValue::Text(raw.to_owned()),
                Err(error) => return Err(XlsxError::ParseFloat(error).into()),
            }),
            Some("b") => truth(&words)?.map(RawValue::Bool),
            // Newer programs have newer words.
            Some("e") if words.starts_with('#') => Some(RawValue::Error(words.into_owned())),
            Some("e") => return Err(XlsxError::CellError(words.into_owned()).into()),
            Some("str") => Some(RawValue::Text(unescaped(&words).into_owned())),
            Some("d") => Some(dated(words)),
            // The words of such a cell stand elsewhere in it.
            Some("inlineStr" | "is") => None,
            Some(kind) => return Err(XlsxError::CellTAttribute(kind.to_owned()).into()),
        };
        Ok(Held { value, is_struck: false })
    }
}

impl Budget {
    pub(super) fn new(most_filled: usize) -> Budget {
        Budget { most_filled, cells: 0, filled: 0, text: 0 }
    }

    fn look(&self) -> Gated<()> {
        if ceiling::CELLS < self.cells {
            return Err(Fault::too_large(format!("Tệp có hơn {} ô.", ceiling::CELLS)));
        }
        Ok(())
    }

    fn spend(&mut self, value: &RawValue) -> Gated<()> {
        self.filled += 1;
        if self.most_filled < self.filled || ceiling::CELLS < self.cells {
            return Err(Fault::too_large(format!("Tệp có hơn {} ô đã điền.", self.most_filled)));
        }
        let RawValue::Text(text) = value else { return Ok(()) };
        self.text += text.len();
        if ceiling::TEXT < text.len() {
            let message = format!("Ô chứa {} kB chữ.", text.len() / 1000);
            return Err(Fault::too_large(message));
        }
        if ceiling::TEXTS < self.text {
            return Err(Fault::too_large("Tệp chứa quá nhiều chữ."));
        }
        Ok(())
    }
}

fn check_grid(at: CellRef) -> Result<(), Halt> {
    let is_outside = ceiling::ROWS <= at.row || ceiling::COLUMNS <= at.col;
    if is_outside { Err(Halt::OffGrid) } else { Ok(()) }
}

/// Refuses what two readers could take for two values, in a cell of this kind.
fn check_kind(kind: Option<&str>, raw: &str) -> Result<(), Halt> {
    let is_number = || raw.len() < 10 && raw.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        Some("s") if !is_number() => Err(Halt::Odd("có ô trỏ tới chuỗi không tồn tại")),
        None | Some("n") if raw.contains('&') => Err(Halt::Odd("có ô số viết bằng ký hiệu lạ")),
        _ => Ok(()),
    }
}

/// The row and the column of an address such as `D7`, or the row of `7`; beyond
/// the grid for numbers of any length.
fn position(address: &str) -> Result<(u32, Option<u32>), XlsxError> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = address.split_at(letters);
    let number = |text: &str, base: u32, zero: u8| {
        text.bytes().fold(0_u32, |number, byte| {
            let digit = u32::from(byte.to_ascii_uppercase().wrapping_sub(zero));
            number.saturating_mul(base).saturating_add(digit)
        })
    };
    if let Some(odd) = digits.bytes().find(|byte| !byte.is_ascii_digit()) {
        return Err(XlsxError::Alphanumeric(odd));
    }
    let row = number(digits, 10, b'0').checked_sub(1);
    let col = number(letters, 26, b'A' - 1).checked_sub(1);
    Ok((row.ok_or(XlsxError::RangeWithoutRowComponent)?, col))
}

/// What a cell of yes or no says, if anything.
fn truth(words: &str) -> Result<Option<bool>, XlsxError> {
    let is = |digit: &str, word: &str| {
        let said = words.trim();
        said == digit || said.eq_ignore_ascii_case(word)
    };
    if is("", "") {
        Ok(None)
    } else if is("0", "false") || is("1", "true") {
        Ok(Some(is("1", "true")))
    } else {
        Err(XlsxError::Unrecognized { typ: "boolean cell value", val: words.to_owned() })
    }
}

/// The serial of `2019-01-31` or `2019-01-31T…`, without the time of day; or the
/// words, when they are no date.
fn dated(words: Cow<str>) -> RawValue {
    let day = words.get(..10).and_then(Day::parse);
    let serial = day.and_then(|day| i32::try_from(day.serial()).ok());
    serial.map_or_else(|| RawValue::Text(words.into_owned()), |it| RawValue::Date(f64::from(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &str) -> Result<Cells, Refusal> {
        let xml = format!("<w><dimension ref='A0'/><sheetData>{cells}</sheetData><v/></w>");
        cells_of("Phiếu", &xml, &Strings::default(), &mut Budget::new(9))
    }

    #[test]
    fn cells_without_an_address_follow_the_one_before() {
        let xml = "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row>\
                   <row><c><v>4</v></c></row><row r='7'><c s='5'/><c><v>5</v></c></row>";
        let cells = cells(xml).ok().unwrap();
        let found: Vec<(u32, u32)> = cells.filled.iter().map(|it| (it.at.row, it.at.col)).collect();
        assert_eq!(found, [(0, 0), (0, 3), (0, 4), (1, 0), (6, 1)]);
        assert_eq!(cells.formats, 6);
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        #[track_caller]
        fn check(xml: &str, word: &str) {
            let fault = match cells(xml) {
                Ok(_) => panic!("read: {xml}"),
                Err(Refusal::File(fault) | Refusal::Cell(_, _, fault)) => fault,
            };
            assert!(fault.message.contains(word), "{}", fault.message);
        }
        check("<c t=\"s\"><v>-1</v></c>", "chuỗi");
        check("<c s='1' t = 's' ><v>1x</v></c>", "chuỗi");
        check("<c t=\"s\"><v>4294967296000</v></c>", "chuỗi");
        check("<c t=\"s\"><v>0</v></c>", "string index");
        check("<c><v>1&#48;</v></c>", "ký hiệu");
        check("<c><v>1<!-- -->0</v></c>", "XML");
        check("<c><is><t>1<!-- -->0</t></is></c>", "chú thích");
        check("<c><v>1</v><v>2</v></c>", "nhiều giá trị");
        check("<row><v>2</v></row>", "nhiều giá trị");
        check("<c r='A1'/><c r='A1'/>", "hai lần");
        check("<c r=\"D4294967303\"><v>1</v></c>", "ngoài lưới");
        check("<c r=\"ZZZZZZZZZ1\"><v>1</v></c>", "ngoài lưới");
        check("<row r=\"12345678\"><c><v>1</v></c></row>", "ngoài lưới");
        check("<c r='1'/>", "column component");
        check("<c r='A'/>", "row component");
        check("<c r='A1B'/>", "alphanumeric");
        check("<c r=A1/>", "attribute");
        check("<c><extLst/></c>", "'v, f, or is'");
        check("<c t='z'><v>1</v></c>", "'t' attribute");
        check("<c t='n'><v>1 1</v></c>", "float");
        check("<c t='b'><v>2</v></c>", "boolean");
        check("<c t='e'><v>Err:502</v></c>", "Err:502");
        check("<c t='str'><v>a & b</v></c>", "");
        check("<c><f t='shared'>A1</f></c>", "mandatory");
        check("</row>", "</row>");
        check("<c><v>1</v>", "`</c>`");
        for xml in ["<w/>", "<w><sheetData><row><c", "<w><sheetData><row/></w>"] {
            let read = cells_of("A", xml, &Strings::default(), &mut Budget::new(9));
            let Err(Refusal::File(fault)) = read else { panic!("read: {xml}") };
            assert!(fault.message.contains("cắt giữa chừng"), "{}", fault.message);
        }
    }
}
