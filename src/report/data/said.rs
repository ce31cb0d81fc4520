//! What came in and what was said of it: files, findings, survey, awards.

use super::results::{CODE, COUNT, PERCENT, POINTS, RANK, TEXT};
use super::table::{Column, Data};
use crate::appraisal::{Adjustment, AdjustmentKind};
use crate::award::{Award, Awards, Declined};
use crate::finding::Finding;
use crate::form::Receipt;
use crate::record::{Amendment, Input, RevisedPoint, Word};
use crate::report::basis::Basis;
use crate::report::extent::{ADJUSTMENTS, DECLINED, FINDINGS, INPUTS, RECEIPTS, REVISIONS};
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::{AwardRules, Recipients};
use crate::survey::Answer;
use crate::words;

pub(super) fn findings<'a>(basis: Basis<'a>) -> Data<'a> {
    let senders = basis.tally.senders();
    let sender = move |it: &&'a Finding| senders.get(it.place.file.as_str()).copied();
    let name = sender.clone();
    Data::new(
        FINDINGS,
        "Mọi phát hiện của lần chạy, theo nơi được thấy",
        vec![
            Column::new("muc-do", CODE, "loi, canh-bao hoặc ghi-chu", |it: &&'a Finding| {
                Word::of(&it.severity()).spelled()
            }),
            Column::new("ma", CODE, "Mã phát hiện", |it: &&'a Finding| it.code.info().id),
            Column::new(
                "don-vi",
                CODE,
                "Mã đơn vị gửi tệp, nếu biết",
                move |it: &&'a Finding| sender(it).map(|it| &it.0),
            ),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &&'a Finding| {
                name(it).map(|it| basis.name(it))
            }),
            Column::new("tep", TEXT, "Tệp", |it: &&'a Finding| &it.place.file),
            Column::new("trang", TEXT, "Trang", |it: &&'a Finding| it.place.sheet_name()),
            Column::new("o", TEXT, "Ô hoặc dòng", |it: &&'a Finding| it.place.spot()),
            Column::new("noi-dung", TEXT, "Nội dung", |it: &&'a Finding| it.message()),
            Column::new("cach-xu-ly", TEXT, "Cách sửa", |it: &&'a Finding| it.help()),
        ],
        move || basis.tally.findings.iter(),
    )
}

pub(super) fn receipts<'a>(basis: Basis<'a>) -> Data<'a> {
    Data::new(
        RECEIPTS,
        "Tệp trong thư mục nộp và cách xử lý",
        vec![
            Column::new("tep", TEXT, "Tệp", |it: &&'a Receipt| &it.file),
            Column::new("sha256", CODE, "Mã băm SHA-256", |it: &&'a Receipt| &it.sha256),
            Column::new("don-vi", CODE, "Mã đơn vị, nếu biết", |it: &&'a Receipt| {
                it.unit.as_ref().map(|it| &it.0)
            }),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &&'a Receipt| {
                it.unit.as_ref().map(|it| basis.name(it))
            }),
            Column::new(
                "trang-thai",
                CODE,
                "Cách xử lý, bằng từ của ket-qua.json",
                |it: &&'a Receipt| Word::of(&it.fate).spelled(),
            ),
        ],
        move || basis.tally.intake.receipts.iter(),
    )
}

pub(super) fn inputs<'a>(basis: Basis<'a>) -> Data<'a> {
    Data::new(
        INPUTS,
        "Mọi tệp đã đọc",
        vec![
            Column::new("tep", TEXT, "Tệp", |it: &&'a Input| &it.file),
            Column::new("sha256", CODE, "Mã băm SHA-256", |it: &&'a Input| &it.sha256),
        ],
        move || basis.edition.inputs.iter(),
    )
}

pub(super) fn survey<'a>(basis: Basis<'a>) -> Data<'a> {
    type Line<'a> = (&'a (UnitId, ItemCode), &'a Answer);
    Data::new(
        "khao-sat.csv",
        "Kết quả điều tra xã hội học",
        vec![
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Line<'a>| &it.0.0.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Line<'a>| basis.name(&it.0.0)),
            Column::new("muc", CODE, "Mã mục", |it: &Line<'a>| it.0.1.to_string()),
            Column::new("tieu-chi", TEXT, "Tên mục", move |it: &Line<'a>| {
                basis.set(&it.0.0)?.item(it.0.1).map(|item| &item.title)
            }),
            Column::new("hai-long", PERCENT, "Tỷ lệ hài lòng", |it: &Line<'a>| {
                (it.1.percent.percent(), it.1.percent.places())
            }),
            Column::new("so-phieu", COUNT, "Số phiếu trả lời", |it: &Line<'a>| it.1.count),
            Column::new("noi-ghi", TEXT, "Nơi đọc ra", |it: &Line<'a>| it.1.place.to_string()),
        ],
        move || basis.tally.survey.iter().flat_map(|it| &it.answers),
    )
}

/// An award, and of which list.
struct Proposed<'a> {
    recipients: Recipients,
    award: &'a Award,
}

pub(super) fn awards<'a>(basis: Basis<'a>, rules: &'a AwardRules, awards: &'a Awards) -> Data<'a> {
    let percents = basis.scoring().index_places;
    let rule = move |it: &Proposed<'a>| &rules.rules(it.recipients)[it.award.rule];
    Data::new(
        "khen-thuong.csv",
        "Tập thể, cá nhân được đề nghị khen thưởng",
        vec![
            Column::new("loai", CODE, "tap-the hoặc ca-nhan", |it: &Proposed<'a>| {
                match it.recipients {
                    Recipients::Collectives => "tap-the",
                    Recipients::Individuals => "ca-nhan",
                }
            }),
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Proposed<'a>| &it.award.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &Proposed<'a>| {
                basis.name(&it.award.unit)
            }),
            Column::new("ho-ten", TEXT, "Họ tên, của cá nhân", |it: &Proposed<'a>| {
                let own = it.award.nominee.as_ref();
                own.filter(|_| it.recipients == Recipients::Individuals).map(|it| &it.name)
            }),
            Column::new("chuc-vu", TEXT, "Chức vụ, của cá nhân", |it: &Proposed<'a>| {
                let own = it.award.nominee.as_ref();
                own.filter(|_| it.recipients == Recipients::Individuals).map(|it| &it.post)
            }),
            Column::new(
                "quy-dinh",
                COUNT,
                "Số của quy định trong ky.toml",
                |it: &Proposed<'a>| it.award.rule + 1,
            ),
            Column::new("hinh-thuc", TEXT, "Hình thức khen", move |it: &Proposed<'a>| {
                &rule(it).title
            }),
            Column::new("hang", RANK, "Hạng của đơn vị", |it: &Proposed<'a>| it.award.rank),
            Column::new(
                "chi-so",
                PERCENT,
                "Chỉ số của đơn vị",
                move |it: &Proposed<'a>| (it.award.index, percents),
            ),
            Column::new("muc-thuong", "đồng", "Mức thưởng", |it: &Proposed<'a>| {
                it.award.amount
            }),
            Column::new(
                "cach-biet",
                "điểm %",
                "Hơn ứng viên tốt nhất không được chọn; trống: không có ai",
                move |it: &Proposed<'a>| it.award.margin.map(|it| (it, percents)),
            ),
        ],
        move || {
            let of = |recipients| move |award| Proposed { recipients, award };
            let collectives = awards.collectives.iter().map(of(Recipients::Collectives));
            collectives.chain(awards.individuals.iter().map(of(Recipients::Individuals)))
        },
    )
}

pub(super) fn declined<'a>(basis: Basis<'a>, awards: &'a Awards) -> Data<'a> {
    Data::new(
        DECLINED,
        "Tập thể, cá nhân không được đề nghị khen thưởng",
        vec![
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &&'a Declined| &it.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &&'a Declined| {
                basis.name(&it.unit)
            }),
            Column::new(
                "ho-ten",
                TEXT,
                "Họ tên; trống: cả đơn vị",
                |it: &&'a Declined| it.person.as_ref(),
            ),
            Column::new(
                "ly-do",
                CODE,
                "Lý do, bằng từ của ket-qua.json",
                |it: &&'a Declined| Word::of(&it.reason).spelled(),
            ),
            Column::new("dien-giai", TEXT, "Lý do, bằng lời", move |it: &&'a Declined| {
                words::declined(it, &basis.tally.rankings, basis.round)
            }),
        ],
        move || awards.declined.iter(),
    )
}

/// What changed since a publication.
pub(super) fn revisions(amendment: &Amendment) -> Data<'_> {
    type Line<'a> = &'a RevisedPoint;
    Data::new(
        REVISIONS,
        "Điểm thay đổi so với bản công bố",
        vec![
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &Line<'_>| &it.unit),
            Column::new("ten", TEXT, "Tên đơn vị", |it: &Line<'_>| &it.name),
            Column::new("muc", CODE, "Mã mục; trống: số của cả đơn vị", |it: &Line<'_>| &it.item),
            Column::new("noi-dung", TEXT, "Số nào", |it: &Line<'_>| &it.what),
            Column::new("truoc", TEXT, "Ở bản công bố, như in ra", |it: &Line<'_>| {
                &it.before
            }),
            Column::new("nay", TEXT, "Nay, như in ra", |it: &Line<'_>| &it.after),
            Column::new("ma-ly-do", CODE, "Mã lý do", |it: &Line<'_>| &it.code),
            Column::new("ly-do", TEXT, "Nghĩa của mã lý do", |it: &Line<'_>| &it.meaning),
            Column::new("dien-giai", TEXT, "Diễn giải", |it: &Line<'_>| &it.note),
        ],
        move || amendment.points.iter(),
    )
}

/// Bonus and penalty.
pub(super) fn adjustments<'a>(basis: Basis<'a>) -> Data<'a> {
    let places = basis.scoring().places;
    Data::new(
        ADJUSTMENTS,
        "Điểm thưởng, điểm trừ đã nhận, trước khi giới hạn mức tối đa",
        vec![
            Column::new("don-vi", CODE, "Mã đơn vị", |it: &&'a Adjustment| &it.unit.0),
            Column::new("ten", TEXT, "Tên đơn vị", move |it: &&'a Adjustment| {
                basis.name(&it.unit)
            }),
            Column::new(
                "diem",
                POINTS,
                "Số âm là điểm trừ",
                move |it: &&'a Adjustment| match it.kind {
                    AdjustmentKind::Bonus => (it.points, places),
                    AdjustmentKind::Penalty => (-it.points, places),
                },
            ),
            Column::new("ly-do", TEXT, "Lý do", |it: &&'a Adjustment| &it.reason),
            Column::new("can-cu", TEXT, "Căn cứ", |it: &&'a Adjustment| &it.source),
            Column::new("noi-ghi", TEXT, "Nơi đọc ra", |it: &&'a Adjustment| {
                it.place.to_string()
            }),
        ],
        move || basis.tally.appraisal.iter().flat_map(|it| &it.adjustments),
    )
}
