//! Places: a file, and where in it.

use std::fmt;

use crate::text;

/// Where a finding was made: a file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path inside the round's folder, with `/` on every system.
    pub file: String,
    pub at: At,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    Whole,
    /// A line of a text file, counted from 1.
    Line(usize),
    Sheet(String),
    Cell(String, CellRef),
}

/// A zero-based cell position, shown as Excel shows it: row 6, column 3 is D7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    pub row: u32,
    pub col: u32,
}

impl CellRef {
    /// `$B$7`: the same from wherever a formula is copied to.
    pub fn fixed(self) -> String {
        format!("${}${}", column_name(self.col), self.row + 1)
    }

    /// The cell of this name, such as `D7`; `None` of any other text.
    pub fn parse(name: &str) -> Option<CellRef> {
        let digits = name.find(|letter: char| letter.is_ascii_digit())?;
        let (letters, number) = name.split_at(digits);
        let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        let is_column = (1..=3).contains(&letters.len())
            && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
        let col = letters.bytes().filter(|_| is_column).fold(0, |col, it| col * 26 + value(it));
        let row: u32 = number.parse().ok()?;
        Some(CellRef { row: row.checked_sub(1)?, col: col.checked_sub(1)? })
    }

    pub const fn new(row: u32, col: u32) -> CellRef {
        CellRef { row, col }
    }
}

impl Place {
    pub fn file(name: impl Into<String>) -> Place {
        Place { file: name.into(), at: At::Whole }
    }

    pub fn line(name: impl Into<String>, line: usize) -> Place {
        Place { file: name.into(), at: At::Line(line) }
    }

    pub fn sheet(name: impl Into<String>, sheet: impl Into<String>) -> Place {
        Place { file: name.into(), at: At::Sheet(sheet.into()) }
    }

    pub fn cell(name: impl Into<String>, sheet: impl Into<String>, cell: CellRef) -> Place {
        Place { file: name.into(), at: At::Cell(sheet.into(), cell) }
    }

    /// The file without its folders.
    pub fn file_name(&self) -> &str {
        file_name(&self.file)
    }

    /// The sheet, if the place is in one.
    pub fn sheet_name(&self) -> Option<&str> {
        match &self.at {
            At::Whole | At::Line(_) => None,
            At::Sheet(sheet) | At::Cell(sheet, _) => Some(sheet),
        }
    }

    /// The cell or line as people write it: `D7`, `dòng 12`; empty for a whole
    /// file or sheet.
    pub fn spot(&self) -> String {
        match &self.at {
            At::Whole | At::Sheet(_) => String::new(),
            At::Line(line) => format!("dòng {line}"),
            At::Cell(_, cell) => cell.to_string(),
        }
    }
}

/// A path's last part.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.col), self.row + 1)
    }
}

/// The letters of a zero-based column: 0 is A, 26 is AA.
pub fn column_name(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while 0 < rest {
        let letter = u8::try_from((rest - 1) % 26).expect("below 26");
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// `nop/PB-NV.xlsx: Phiếu!D7`, so that it can be pasted into Excel's name box.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::visible(&self.file))?;
        match &self.at {
            At::Whole => Ok(()),
            At::Line(line) => write!(f, ": dòng {line}"),
            At::Sheet(sheet) => write!(f, ": {sheet}"),
            At::Cell(sheet, cell) => write!(f, ": {sheet}!{cell}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_excel_names_them() {
        #[track_caller]
        fn check(row: u32, col: u32, expected: &str) {
            assert_eq!(CellRef { row, col }.to_string(), expected);
            assert_eq!(CellRef::parse(expected), Some(CellRef { row, col }));
        }
        check(0, 0, "A1");
        check(6, 3, "D7");
        check(0, 25, "Z1");
        check(0, 26, "AA1");
        check(0, 701, "ZZ1");
        check(0, 702, "AAA1");
        check(1_048_575, 16_383, "XFD1048576");
        for none in ["", "7", "D", "D0", "7D", "ABCD1", "Đ1", "D-1"] {
            assert_eq!(CellRef::parse(none), None, "{none}");
        }
    }
}
