//! What a round teaches: shortfalls, gaps between claim and grant, how well
//! items work.

use super::results::{CODE, COUNT, PERCENT, POINTS, Score, TEXT, all_scores};
use super::table::{Column, Data};
use crate::analysis::{ItemStats, Loss};
use crate::points::{Percent, Quantity};
use crate::report::basis::Basis;
use crate::report::extent::{GAPS, SHORTFALLS};
use crate::report::loss;
use crate::round::criteria::{CriteriaSet, Item};
use crate::round::register::Unit;
use crate::words;

/// A loss of a unit.
struct Line<'a> {
    unit: &'a Unit,
    /// The place among the unit's losses, the largest first.
    number: usize,
    item: &'a Item,
    loss: &'a Loss,
}

pub(super) fn shortfalls<'a>(basis: Basis<'a>) -> Data<'a> {
    let places = basis.scoring().places;
    let rows = move || {
        basis.edition.shortfalls.iter().flat_map(move |shortfall| {
            let unit = basis.round.register.unit(&shortfall.unit);
            (1..).zip(&shortfall.losses).filter_map(move |(number, loss)| {
                let unit = unit?;
                let item = basis.round.set(unit).item(loss.item)?;
                Some(Line { unit, number, item, loss })
            })
        })
    };
    Data::new(
        SHORTFALLS,
        "Tồn tại, hạn chế: mọi mục mất điểm của mọi đơn vị",
        vec![
            Column::new("khoi", CODE, "Mã khối thi đua", |it: &Line<'a>| &it.unit.bloc.0),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Line<'a>| &it.unit.id.0),
            Column::new("ten", TEXT, "Tên đơn vị", |it: &Line<'a>| &it.unit.name),
            Column::new(
                "thu-tu",
                COUNT,
                "Thứ tự trong các mục mất điểm của đơn vị, mất nhiều nhất là 1",
                |it: &Line<'a>| it.number,
            ),
            Column::new("muc", CODE, "Mã mục", |it: &Line<'a>| it.item.code.to_string()),
            Column::new("tieu-chi", TEXT, "Tên mục", |it: &Line<'a>| &it.item.title),
            Column::new("toi-da", POINTS, "Điểm tối đa của mục", move |it: &Line<'a>| {
                (it.item.max, places)
            }),
            Column::new("diem", POINTS, "Điểm được tính", move |it: &Line<'a>| {
                (it.item.max - it.loss.lost, places)
            }),
            Column::new("mat", POINTS, "toi-da − diem", move |it: &Line<'a>| {
                (it.loss.lost, places)
            }),
            Column::new(
                "bi-ha",
                POINTS,
                "Phần do thẩm định hạ so với điểm tự chấm",
                move |it: &Line<'a>| (it.loss.cut, places),
            ),
            Column::new("vi-sao", TEXT, "Vì sao mất điểm", |it: &Line<'a>| {
                loss::why(it.loss.cause)
            }),
            Column::new("cach-dat", TEXT, "Cách đạt thêm điểm", |it: &Line<'a>| {
                loss::remedy(it.item, it.loss.cause)
            }),
        ],
        rows,
    )
}

pub(super) fn gaps<'a>(basis: Basis<'a>) -> Data<'a> {
    let places = basis.scoring().places;
    let both = |it: &Score<'a>| Some((it.own.self_score?, it.own.appraised()?));
    Data::new(
        GAPS,
        "Chênh lệch: các mục có cả điểm tự chấm và điểm thẩm định",
        vec![
            Column::new("khoi", CODE, "Mã khối thi đua", |it: &Score<'a>| &it.bloc.id.0),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Score<'a>| &it.card.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Score<'a>| {
                basis.name(&it.card.unit)
            }),
            Column::new("muc", CODE, "Mã mục", |it: &Score<'a>| it.item.code.to_string()),
            Column::new("tieu-chi", TEXT, "Tên mục", |it: &Score<'a>| &it.item.title),
            Column::new("tu-cham", POINTS, "Điểm tự chấm", move |it: &Score<'a>| {
                both(it).map(|it| (it.0, places))
            }),
            Column::new("tham-dinh", POINTS, "Điểm thẩm định", move |it: &Score<'a>| {
                both(it).map(|it| (it.1, places))
            }),
            Column::new(
                "chenh-lech",
                POINTS,
                "tu-cham − tham-dinh: số dương là tự chấm cao hơn",
                move |it: &Score<'a>| both(it).map(|it| (it.0 - it.1, places)),
            ),
        ],
        move || all_scores(basis).filter(move |it| both(it).is_some()),
    )
}

/// An item of a set, and how well it works.
struct Worked<'a> {
    set: &'a CriteriaSet,
    stats: &'a ItemStats,
}

pub(super) fn items<'a>(basis: Basis<'a>) -> Data<'a> {
    type Of = fn(&ItemStats) -> Option<Percent>;
    let (places, percents) = (basis.scoring().places, basis.scoring().index_places);
    let share = |of: Of| move |it: &Worked<'a>| of(it.stats).map(|percent| (percent, percents));
    let number = |number: Quantity| (number.points(), number.places());
    Data::new(
        "bo-chi-so.csv",
        "Phân tích bộ chỉ số: mỗi mục của mỗi bộ một dòng",
        vec![
            Column::new("bo-chi-so", CODE, "Mã bộ chỉ số", |it: &Worked<'a>| &it.set.id.0),
            Column::new("muc", CODE, "Mã mục", |it: &Worked<'a>| it.stats.item.to_string()),
            Column::new("tieu-chi", TEXT, "Tên mục", |it: &Worked<'a>| {
                it.set.item(it.stats.item).map(|item| &item.title)
            }),
            Column::new("toi-da", POINTS, "Điểm tối đa", move |it: &Worked<'a>| {
                (it.stats.max, places)
            }),
            Column::new("so-don-vi", COUNT, "Số đơn vị có điểm", |it: &Worked<'a>| {
                it.stats.scored
            }),
            Column::new("trung-binh", POINTS, "Điểm trung bình", move |it: &Worked<'a>| {
                it.stats.mean.map(|it| (it, places))
            }),
            Column::new("do-kho", PERCENT, "Trung bình so điểm tối đa", share(|it| it.facility)),
            Column::new("dat-toi-da", PERCENT, "Phần đơn vị đạt điểm tối đa", share(|it| it.full)),
            Column::new("khong-diem", PERCENT, "Phần đơn vị được 0 điểm", share(|it| it.zero)),
            Column::new("do-phan-tan", POINTS, "Độ lệch chuẩn", move |it: &Worked<'a>| {
                it.stats.spread.map(number)
            }),
            Column::new(
                "do-phan-biet",
                "từ −1 đến 1",
                "Tương quan với kết quả các mục còn lại",
                move |it: &Worked<'a>| it.stats.discrimination.map(number),
            ),
            Column::new(
                "khong-ap-dung",
                PERCENT,
                "Phần đơn vị mà mục không áp dụng",
                share(|it| it.not_applicable),
            ),
            Column::new(
                "doi-diem",
                PERCENT,
                "Phần điểm tự chấm bị thẩm định đổi",
                share(|it| it.disagreement),
            ),
            Column::new(
                "minh-chung-bi-ha",
                PERCENT,
                "Phần điểm có minh chứng mà thẩm định vẫn hạ",
                share(|it| it.disputed),
            ),
            Column::new(
                "giong-nhat",
                CODE,
                "Mục có điểm đi cùng nhiều nhất",
                |it: &Worked<'a>| it.stats.closest.as_ref().map(|it| it.item.to_string()),
            ),
            Column::new(
                "tuong-quan",
                "từ −1 đến 1",
                "Tương quan với mục giong-nhat",
                move |it: &Worked<'a>| it.stats.closest.as_ref().map(|it| number(it.correlation)),
            ),
            Column::new("nen-xem-lai", TEXT, "Điều nên xem lại", |it: &Worked<'a>| {
                let advice = it.stats.advice.iter().map(|it| words::advice(*it));
                advice.collect::<Vec<String>>().join(". ")
            }),
        ],
        move || {
            let sets = basis.edition.items.iter();
            sets.flat_map(move |(id, items)| {
                let set = basis.round.sets.get(id);
                items.iter().filter_map(move |stats| Some(Worked { set: set?, stats }))
            })
        },
    )
}
