//! How firm the result is: between which ranks each unit may stand.

use super::results::{CODE, PERCENT, RANK, TEXT};
use super::table::{Column, Data};
use crate::report::basis::Basis;
use crate::report::extent::INTERVALS;
use crate::robustness::{Examined, SHARE_PLACES, UnitRobustness};
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
