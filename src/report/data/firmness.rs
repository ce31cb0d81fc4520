//! How firm the result is: between which ranks each unit may stand, and what is
//! worth a question.

use super::results::{CODE, PERCENT, RANK, TEXT};
use super::table::{Column, Data};
use crate::analysis::Oddities;
use crate::points::Quantity;
use crate::report::basis::Basis;
use crate::report::extent::{INTERVALS, ODDITIES};
use crate::robustness::{Examined, SHARE_PLACES, UnitRobustness};
use crate::round::register::UnitId;
use crate::round::settings::BlocId;

/// A unit of a bloc.
type Line<'a> = (&'a BlocId, &'a UnitRobustness);

pub(super) fn intervals<'a>(basis: Basis<'a>, examined: &'a Examined) -> Data<'a> {
    Data::new(
        INTERVALS,
        "Độ vững: khoảng hạng của từng đơn vị theo mô phỏng",
        vec![
            Column::new("khoi", CODE, "Mã khối thi đua", |it: &Line<'a>| &it.0.0),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Line<'a>| &it.1.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Line<'a>| {
                basis.name(&it.1.unit)
            }),
            Column::new("hang", RANK, "Hạng công bố", |it: &Line<'a>| it.1.rank),
            Column::new("hang-5", RANK, "Hạng tốt nhất, bỏ 5 % số lần", |it: &Line<'a>| it.1.low),
            Column::new("hang-50", RANK, "Hạng ở giữa", |it: &Line<'a>| it.1.median),
            Column::new("hang-95", RANK, "Hạng kém nhất, bỏ 5 % số lần", |it: &Line<'a>| it.1.high),
            Column::new(
                "dong-thoi-tu",
                RANK,
                "Khoảng hạng đồng thời, từ",
                |it: &Line<'a>| it.1.joint_low,
            ),
            Column::new(
                "dong-thoi-den",
                RANK,
                "Khoảng hạng đồng thời, đến",
                |it: &Line<'a>| it.1.joint_high,
            ),
            Column::new("dung-dau", PERCENT, "Số lần đứng đầu", |it: &Line<'a>| {
                (it.1.first, SHARE_PLACES)
            }),
            Column::new("duoc-khen", PERCENT, "Số lần được khen", |it: &Line<'a>| {
                it.1.awarded.map(|it| (it, SHARE_PLACES))
            }),
            Column::new(
                "giu-xep-loai",
                PERCENT,
                "Số lần giữ mức xếp loại",
                |it: &Line<'a>| (it.1.in_band, SHARE_PLACES),
            ),
        ],
        move || {
            let blocs = examined.robustness.blocs.iter();
            blocs.flat_map(|bloc| bloc.units.iter().map(move |it| (&bloc.bloc, it)))
        },
    )
}

/// Something odd about a unit.
struct Odd<'a> {
    kind: &'static str,
    unit: &'a UnitId,
    other: Option<&'a UnitId>,
    items: String,
    by: Quantity,
}

pub(super) fn oddities<'a>(basis: Basis<'a>, found: &'a Oddities) -> Data<'a> {
    Data::new(
        ODDITIES,
        "Những điều bất thường cần xem lại",
        vec![
            Column::new(
                "loai",
                CODE,
                "toi-da: tự chấm tối đa mọi mục; ghi-giong: hai đơn vị ghi giống nhau; tang-giam: \
                 tăng giảm khác khối; linh-vuc: lĩnh vực lệch so với chính đơn vị",
                |it: &Odd<'a>| it.kind,
            ),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Odd<'a>| &it.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Odd<'a>| basis.name(it.unit)),
            Column::new("don-vi-kia", CODE, "Đơn vị ghi giống", |it: &Odd<'a>| {
                it.other.map(|it| &it.0)
            }),
            Column::new(
                "muc",
                CODE,
                "Các mục ghi giống, hoặc lĩnh vực",
                |it: &Odd<'a>| it.items.clone(),
            ),
            Column::new(
                "muc-lech",
                "điểm, số mục hoặc điểm %",
                "toi-da: điểm bị hạ; ghi-giong: số mục; tang-giam, linh-vuc: lệch bao nhiêu điểm %",
                |it: &Odd<'a>| (it.by.points(), it.by.places()),
            ),
        ],
        move || odd(found),
    )
}

fn odd(found: &Oddities) -> impl Iterator<Item = Odd<'_>> {
    let none = String::new;
    let full = found.full.iter().map(move |it| {
        let by = it.cut.quantity();
        Odd { kind: "toi-da", unit: &it.unit, other: None, items: none(), by }
    });
    let same = found.same.iter().map(|it| {
        let items: Vec<String> = it.items.iter().map(ToString::to_string).collect();
        let by = Quantity::whole(i64::try_from(items.len()).expect("few items"));
        let (unit, other) = (&it.units.0, Some(&it.units.1));
        Odd { kind: "ghi-giong", unit, other, items: items.join("; "), by }
    });
    let jumps = found.jumps.iter().map(move |it| {
        let by = it.beyond.quantity();
        Odd { kind: "tang-giam", unit: &it.unit, other: None, items: none(), by }
    });
    let strays = found.strays.iter().map(|it| {
        let by = it.beyond.quantity();
        Odd { kind: "linh-vuc", unit: &it.unit, other: None, items: it.area.to_string(), by }
    });
    full.chain(same).chain(jumps).chain(strays)
}
