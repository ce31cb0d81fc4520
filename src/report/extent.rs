//! How much of a long table the sheets show, and the tables of data that have all
//! of it.

use crate::sheet::SheetOf;
use crate::sheet::head;

/// How much of a table the sheets show; the rest is in the data.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most rows that a person scrolls through.
    pub rows: usize,
    /// The most units side by side, a column each.
    pub columns: usize,
}

/// The limits of every sheet, far below what Excel takes.
pub const LIMITS: Limits = Limits { rows: 20_000, columns: 1_000 };

impl Limits {
    /// How many of so many rows a sheet shows. Where that is not all, a remark on
    /// it says so, and which table of the data has them.
    pub(in crate::report) fn shown(
        self,
        sheet: &mut SheetOf,
        all: usize,
        what: &str,
        table: &str,
    ) -> usize {
        let shown = all.min(self.rows);
        if shown < all {
            let whole = path(table);
            head::remark(
                sheet,
                &format!("Nêu {shown} {what} đầu trong {all}; xem đủ tại {whole}."),
            );
        }
        shown
    }
}

/// The folder of data among the results.
pub const FOLDER: &str = "du-lieu";

/// The tables that sheets refer to.
pub(in crate::report) const SCORES: &str = "diem.csv";
pub(in crate::report) const RANKING: &str = "xep-hang.csv";
pub(in crate::report) const AREAS: &str = "linh-vuc.csv";
pub(in crate::report) const SHORTFALLS: &str = "mat-diem.csv";
pub(in crate::report) const GAPS: &str = "chenh-lech.csv";
pub(in crate::report) const FINDINGS: &str = "phat-hien.csv";
pub(in crate::report) const RECEIPTS: &str = "tep-nop.csv";
pub(in crate::report) const INPUTS: &str = "tep-da-doc.csv";
pub(in crate::report) const INTERVALS: &str = "khoang-hang.csv";
pub(in crate::report) const ADJUSTMENTS: &str = "thuong-tru.csv";
pub(in crate::report) const ODDITIES: &str = "bat-thuong.csv";
pub(in crate::report) const REVISIONS: &str = "thay-doi.csv";
pub(in crate::report) const DECLINED: &str = "khong-xet.csv";

/// Where a table lies among the results.
pub(in crate::report) fn path(table: &str) -> String {
    format!("{FOLDER}/{table}")
}
