//! What a round came to: ranking, scores by item, shares by area.

use super::table::{Column, Data};
use crate::analysis::AreaCell;
use crate::points::Points;
use crate::rank::{Standing, Unranked};
use crate::record::Word;
use crate::report::basis::Basis;
use crate::report::extent::{AREAS, RANKING, SCORES};
use crate::round::criteria::{CriteriaSet, Item, ItemCode};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::{ItemScore, ScoreCard};
use crate::words;

pub(super) const POINTS: &str = "điểm";
pub(super) const PERCENT: &str = "%";
pub(super) const COUNT: &str = "số đếm";
pub(super) const CODE: &str = "mã";
pub(super) const TEXT: &str = "chữ";
pub(super) const RANK: &str = "thứ hạng";

/// A unit of a bloc, ranked or not.
struct Line<'a> {
    bloc: &'a Bloc,
    unit: &'a UnitId,
    card: Option<&'a ScoreCard>,
    standing: Option<&'a Standing>,
    unranked: Option<&'a Unranked>,
}

fn lines(basis: Basis<'_>) -> impl Iterator<Item = Line<'_>> {
    basis.blocs().flat_map(|(bloc, ranking)| {
        let ranked = ranking.standings.iter().map(move |it| Line {
            bloc,
            unit: &it.card.unit,
            card: Some(&it.card),
            standing: Some(it),
            unranked: None,
        });
        let others = ranking.unranked.iter().map(move |it| Line {
            bloc,
            unit: &it.unit,
            card: it.card.as_ref(),
            standing: None,
            unranked: Some(it),
        });
        ranked.chain(others)
    })
}

pub(super) fn ranking(basis: Basis<'_>) -> Data<'_> {
    let mut columns = standing_columns(basis);
    columns.extend(card_columns(basis));
    let last = move |it: &Line<'_>| basis.tally.last.as_ref()?.standings.get(it.unit);
    let percents = basis.scoring().index_places;
    columns.extend([
        Column::new("hang-truoc", RANK, "Hạng kỳ trước, nếu có", move |it| {
            last(it).map(|it| it.rank)
        }),
        Column::new("chi-so-truoc", PERCENT, "Chỉ số kỳ trước", move |it| {
            last(it).map(|it| (it.index, percents))
        }),
        Column::new(
            "ly-do",
            CODE,
            "Vì sao không xếp hạng, bằng từ của ket-qua.json",
            |it: &Line<'_>| it.unranked.map(|it| Word::of(&it.reason).spelled()),
        ),
        Column::new(
            "dien-giai",
            TEXT,
            "Vì sao không xếp hạng, bằng lời",
            move |it: &Line<'_>| it.unranked.map(|it| words::reason(it, basis.round)),
        ),
    ]);
    Data::new(
        RANKING,
        "Xếp hạng: mỗi đơn vị một dòng, kể cả đơn vị không được xếp hạng",
        columns,
        move || lines(basis),
    )
}

fn standing_columns<'a>(basis: Basis<'a>) -> Vec<Column<'a, Line<'a>>> {
    vec![
        Column::new("khoi", CODE, "Mã khối thi đua", |it: &Line<'a>| &it.bloc.id.0),
        Column::new("ten-khoi", TEXT, "Tên khối", |it: &Line<'a>| &it.bloc.name),
        Column::new("don-vi", CODE, "Mã đơn vị", |it: &Line<'a>| &it.unit.0),
        Column::new("ten", TEXT, "Tên đơn vị", move |it: &Line<'a>| basis.name(it.unit)),
        Column::new(
            "bo-chi-so",
            CODE,
            "Mã bộ chỉ số của đơn vị",
            move |it: &Line<'a>| basis.set(it.unit).map(|set| &set.id.0),
        ),
        Column::new(
            "hang",
            RANK,
            "Hạng trong khối; trống: không xếp hạng",
            |it: &Line<'a>| it.standing.map(|it| it.rank),
        ),
        Column::new("xep-loai", TEXT, "Mức xếp loại", |it: &Line<'a>| {
            it.standing.map(|standing| &it.bloc.bands[standing.band].name)
        }),
    ]
}

fn card_columns<'a>(basis: Basis<'a>) -> Vec<Column<'a, Line<'a>>> {
    let scoring = basis.scoring();
    let (places, percents) = (scoring.places, scoring.index_places);
    let card = |points: fn(&ScoreCard) -> Option<Points>| {
        move |it: &Line<'a>| it.card.and_then(points).map(|points| (points, places))
    };
    vec![
        Column::new(
            "chi-so",
            PERCENT,
            "Chỉ số: tong ÷ toi-da × 100",
            move |it: &Line<'a>| {
                let index = it.card.and_then(|card| card.index);
                index.map(|index| (scoring.shown(index), percents))
            },
        ),
        Column::new("tu-cham", POINTS, "Tổng điểm tự chấm", card(|it| Some(it.self_total))),
        Column::new(
            "tham-dinh",
            POINTS,
            "Tổng điểm các mục không phải khảo sát, theo người quyết định từng mục",
            card(|it| Some(it.appraised)),
        ),
        Column::new(
            "khao-sat",
            POINTS,
            "Tổng điểm các mục khảo sát; trống: không mục nào có điểm",
            card(|it| it.survey),
        ),
        Column::new("thuong", POINTS, "Điểm thưởng được tính", card(|it| Some(it.bonus))),
        Column::new("tru", POINTS, "Điểm trừ được tính", card(|it| Some(it.penalty))),
        Column::new(
            "tong",
            POINTS,
            "tham-dinh + khao-sat + thuong − tru",
            card(|it| Some(it.total)),
        ),
        Column::new(
            "toi-da",
            POINTS,
            "Điểm tối đa của các mục áp dụng cho đơn vị",
            card(|it| Some(it.possible)),
        ),
        Column::new(
            "ty-le-ap-dung",
            PERCENT,
            "Phần bộ chỉ số áp dụng",
            move |it: &Line<'a>| it.card.map(|card| (card.assessed.percent(), percents)),
        ),
    ]
}

/// An item of a unit.
pub(super) struct Score<'a> {
    pub(super) bloc: &'a Bloc,
    pub(super) card: &'a ScoreCard,
    pub(super) set: &'a CriteriaSet,
    pub(super) item: &'a Item,
    pub(super) own: ItemScore,
}

pub(super) fn all_scores<'a>(basis: Basis<'a>) -> impl Iterator<Item = Score<'a>> {
    let cards = lines(basis).filter_map(|it| Some((it.bloc, it.card?)));
    cards.flat_map(move |(bloc, card)| {
        let of_set = move |set: &'a CriteriaSet| {
            set.items().filter_map(move |item| {
                let own = card.items.get(item.code)?;
                Some(Score { bloc, card, set, item, own })
            })
        };
        basis.set(&card.unit).into_iter().flat_map(of_set)
    })
}

pub(super) fn scores<'a>(basis: Basis<'a>) -> Data<'a> {
    let (places, percents) = (basis.scoring().places, basis.scoring().index_places);
    Data::new(
        SCORES,
        "Điểm từng mục của từng đơn vị (trang Chi tiết, mỗi điểm một dòng)",
        vec![
            Column::new("khoi", CODE, "Mã khối thi đua", |it: &Score<'a>| &it.bloc.id.0),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Score<'a>| &it.card.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Score<'a>| {
                basis.name(&it.card.unit)
            }),
            Column::new("bo-chi-so", CODE, "Mã bộ chỉ số", |it: &Score<'a>| &it.set.id.0),
            Column::new("muc", CODE, "Mã mục", |it: &Score<'a>| it.item.code.to_string()),
            Column::new("tieu-chi", TEXT, "Tên mục", |it: &Score<'a>| &it.item.title),
            Column::new(
                "toi-da",
                POINTS,
                "Điểm tối đa của mục",
                move |it: &Score<'a>| (it.own.max, places),
            ),
            Column::new("tu-cham", POINTS, "Điểm tự chấm", move |it: &Score<'a>| {
                it.own.self_score.map(|it| (it, places))
            }),
            Column::new("tham-dinh", POINTS, "Điểm thẩm định", move |it: &Score<'a>| {
                it.own.appraised().map(|it| (it, places))
            }),
            Column::new(
                "hai-long",
                PERCENT,
                "Tỷ lệ hài lòng đã khảo sát",
                move |it: &Score<'a>| {
                    let own = it.card.satisfaction.get(&it.item.code)?.percent();
                    Some((own, percents.max(own.quantity().places())))
                },
            ),
            Column::new(
                "diem",
                POINTS,
                "Điểm được tính; trống: mục không áp dụng, không phát sinh hoặc chưa khảo sát",
                move |it: &Score<'a>| it.own.points.map(|it| (it, places)),
            ),
            Column::new(
                "nguon",
                CODE,
                "Ai quyết định điểm được tính, bằng từ của ket-qua.json",
                |it: &Score<'a>| Word::of(&it.own.by).spelled(),
            ),
        ],
        move || all_scores(basis),
    )
}

/// An area of a ranked unit.
struct Share<'a> {
    bloc: &'a Bloc,
    unit: &'a UnitId,
    area: ItemCode,
    cell: AreaCell,
}

pub(super) fn areas<'a>(basis: Basis<'a>) -> Data<'a> {
    let percents = basis.scoring().index_places;
    let rows = move || {
        basis.blocs().zip(basis.edition.areas).flat_map(|((bloc, _), table)| {
            table.rows.iter().flat_map(move |row| {
                table.areas.iter().zip(&row.cells).filter_map(move |(area, cell)| {
                    Some(Share { bloc, unit: &row.unit, area: *area, cell: (*cell)? })
                })
            })
        })
    };
    Data::new(
        AREAS,
        "Kết quả từng lĩnh vực của đơn vị được xếp hạng",
        vec![
            Column::new("khoi", CODE, "Mã khối thi đua", |it: &Share<'a>| &it.bloc.id.0),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Share<'a>| &it.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Share<'a>| basis.name(it.unit)),
            Column::new("linh-vuc", CODE, "Mã lĩnh vực", |it: &Share<'a>| it.area.to_string()),
            Column::new("ten-linh-vuc", TEXT, "Tên lĩnh vực", move |it: &Share<'a>| {
                let node = basis.set(it.unit)?.areas().find(|node| node.code() == it.area)?;
                Some(node.title())
            }),
            Column::new(
                "ty-le",
                PERCENT,
                "Điểm đạt ÷ điểm tối đa áp dụng của lĩnh vực × 100",
                move |it: &Share<'a>| (it.cell.share, percents),
            ),
            Column::new("hang", RANK, "Hạng trong khối về lĩnh vực", |it: &Share<'a>| {
                it.cell.rank
            }),
        ],
        rows,
    )
}
