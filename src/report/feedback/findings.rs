//! *Cần sửa*: what was noticed about the unit's form, where, and how to mend it.

use super::addressee::Addressee;
use crate::finding::{Code, Finding, Severity, file_name};
use crate::report::turnout::severity;
use crate::sheet::head;
use crate::sheet::table::{Column, Table};
use crate::sheet::{Level, Row, Sheet};

pub(super) fn sheet(addressee: &Addressee, findings: &[&Finding]) -> Sheet {
    let table = table();
    let mut sheet = addressee.sheet("Cần sửa", &table.widths());
    let settings = &addressee.round.settings;
    head::issued(&mut sheet, settings);
    head::gap(&mut sheet);
    let title = format!("PHẢN HỒI PHIẾU TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM {}", settings.year);
    head::title(&mut sheet, &title, &[&addressee.unit.name]);
    if let Some(card) = addressee.card() {
        head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    }
    head::gap(&mut sheet);
    sheet.push(Row::banner(opening(addressee, findings), Level::Plain, table.breadth()));
    head::gap(&mut sheet);
    let lines: Vec<Line> = (1..).zip(findings.iter().copied()).collect();
    table.write(&mut sheet, &lines);
    sheet
}

type Line<'a> = (usize, &'a Finding);

fn table<'a>() -> Table<'a, Line<'a>> {
    Table::new(vec![
        Column::code("STT", 5.5, |it: &Line| it.0.into()),
        Column::words("Mức độ", 11.0, |it: &Line| severity(it.1.severity())),
        Column::words("Tệp", 24.0, |it: &Line| it.1.place.file_name().into()),
        Column::words("Trang", 18.0, |it: &Line| it.1.place.sheet_name().unwrap_or("").into()),
        Column::code("Ô", 10.0, |it: &Line| it.1.place.spot().into()),
        Column::words("Nội dung", 44.0, |it: &Line| it.1.message_for_unit().into()),
        Column::words("Cách sửa", 44.0, |it: &Line| {
            it.1.help_for_unit().unwrap_or_default().into()
        }),
        Column::code("Mã", 8.0, |it: &Line| it.1.code.info().id.into()),
    ])
    .repeated()
    .filtered()
}

/// What became of the form, and what the unit is asked to do.
fn opening(addressee: &Addressee, findings: &[&Finding]) -> String {
    let unit = &addressee.unit.name;
    let deadline = addressee.round.settings.intake.deadline;
    let form = addressee.tally.intake.forms.get(&addressee.unit.id);
    let errors: Vec<&&Finding> = findings.iter().filter(|it| it.is_error()).collect();
    let warned = findings.iter().any(|it| it.severity() == Severity::Warning);
    let of_form =
        form.map_or(0, |form| errors.iter().filter(|it| it.place.file == form.file).count());
    // What is wrong with a file as a whole is not mended in its cells.
    let (spot, request) = if errors.iter().all(|it| Code::ItemLost <= it.code) {
        ("nêu rõ từng ô", "sửa ngay trên phiếu đã gửi rồi nộp lại; các ô khác giữ nguyên")
    } else {
        ("nêu", "làm theo cột Cách sửa rồi nộp lại")
    };
    let errors = errors.len();
    let outcome = match (form, errors) {
        (None, _) => format!(
            "phiếu của đơn vị chưa được tính. Có {errors} lỗi cần sửa, {spot} ở bảng dưới đây. Đề \
             nghị đơn vị {request}. Hạn nộp phiếu của kỳ này là ngày {deadline}."
        ),
        (Some(_), 1..) if of_form == 0 => format!(
            "phiếu của đơn vị đã được tính. Có {errors} lỗi ở tệp khác đã gửi, nêu ở bảng dưới đây; \
             cần dùng tệp đó thì đề nghị đơn vị {request}. Hạn nộp phiếu của kỳ này là ngày {deadline}."
        ),
        (Some(_), 1..) => format!(
            "phiếu của đơn vị đã được tính tạm; {of_form} lỗi dưới đây đang làm đơn vị mất điểm. Đề \
             nghị đơn vị {request}. Hạn nộp phiếu của kỳ này là ngày {deadline}."
        ),
        (Some(_), 0) if warned => {
            "phiếu của đơn vị đã được tính. Có vài điểm dưới đây đề nghị đơn \
                                vị xem lại; nếu mọi thứ đã đúng thì không phải làm gì."
                .to_owned()
        }
        (Some(_), 0) => "phiếu của đơn vị hợp lệ và đã được tính. Các ghi chú dưới đây để đơn vị \
                      biết, không cần nộp lại phiếu."
            .to_owned(),
    };
    let presumed = presumed(addressee, findings);
    format!("Kính gửi {unit}: {outcome}{presumed} Cảm ơn đơn vị đã phối hợp.")
}

/// That some of the files are only presumed to be the unit's own.
fn presumed(addressee: &Addressee, findings: &[&Finding]) -> String {
    let receipts = addressee.tally.intake.receipts.iter();
    let presumed = receipts.filter(|it| it.possible.as_ref() == Some(&addressee.unit.id));
    let is_told = |file: &str| findings.iter().any(|it| it.place.file == file);
    let files: Vec<&str> =
        presumed.filter(|it| is_told(&it.file)).map(|it| file_name(&it.file)).collect();
    if files.is_empty() {
        return String::new();
    }
    format!(
        " Tệp {} không dùng được và chỉ đoán là của đơn vị theo tên tệp, tên thư mục hoặc tên ghi \
         trong tệp; không phải của đơn vị thì đề nghị báo lại.",
        files.join(", ")
    )
}
