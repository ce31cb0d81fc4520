//! A long table that somebody fills in, unit by unit: a line that counts what is
//! still blank, and the shading of its units.

use crate::finding::CellRef;
use crate::round::register::Unit;
use crate::sheet::table::{Placed, Table};
use crate::sheet::{Cell, Level, Mark, Row, Sheet, Value};

pub(super) struct Ledger<'a, T> {
    pub(super) table: Table<'a, T>,
    /// Whom a row is about.
    pub(super) unit: fn(&T) -> &'a Unit,
    /// The column that is to be filled in.
    pub(super) blank: &'static str,
    /// A column whose word says that the blank is meant, and that word.
    pub(super) unless: Option<(&'static str, &'static str)>,
    /// Every second unit is shaded up to this column, so that the eye keeps to its
    /// rows.
    pub(super) shaded_to: &'static str,
    /// What the line above the table says: when it has no rows, when no cell is
    /// blank, after the number of blank cells.
    pub(super) none: &'static str,
    pub(super) done: &'static str,
    pub(super) left: &'static str,
}

impl<'a, T> Ledger<'a, T> {
    pub(super) fn write(self, sheet: &mut Sheet, rows: &[T]) -> Placed<'a, T> {
        let Ledger { table, unit, blank, unless, shaded_to, none, done, left } = self;
        let (status, breadth) = (sheet.rows.len(), table.breadth());
        sheet.push(Row::banner(none, Level::Alarm, breadth));
        let placed = table.write(sheet, rows);
        let Some((mut first, _)) = placed.rows() else { return placed };
        for (place, of_unit) in rows.chunk_by(|a, b| unit(a).id == unit(b).id).enumerate() {
            let next = first + u32::try_from(of_unit.len()).expect("far below 2^32");
            if place % 2 == 1 {
                let last = placed.cell(shaded_to, next - 1);
                let (first, formula) = (CellRef::new(first, 0), "TRUE".to_owned());
                sheet.marks.push(Mark { first, last, formula, level: Level::Area });
            }
            first = next;
        }
        let cells = |label| {
            let cells = placed.range(label).expect("a table with rows");
            format!("{}:{}", cells.first, cells.last)
        };
        let count = match unless {
            None => format!("COUNTBLANK({})", cells(blank)),
            Some((label, word)) => {
                format!(r#"COUNTIFS({},"",{},"<>{word}")"#, cells(blank), cells(label))
            }
        };
        let formula = format!(r#"IF({count}=0,"{done}","Còn "&{count}&" {left}")"#);
        let now = Value::Text(format!("Còn {} {left}", rows.len()));
        let line = &mut sheet.rows[status].cells[0];
        *line = Cell::formula(formula, now, Level::Alarm).spanning(breadth);
        placed
    }
}
