//! *Cần sửa*: what was noticed about the unit's form, where, and how to mend it.

use crate::finding::CellRef;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::report::feedback::Teller;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;

pub(super) fn sheet(teller: &Teller, findings: &[&Finding]) -> Sheet {
    let widths = [5.5, 11.0, 24.0, 18.0, 10.0, 44.0, 44.0, 8.0];
    let mut sheet = teller.sheet("Cần sửa", &widths);
    let settings = &teller.round.settings;
    head::issued(&mut sheet, settings);
    head::gap(&mut sheet);
    let title = format!("PHẢN HỒI PHIẾU TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM {}", settings.year);
    head::title(&mut sheet, &title, &[&teller.unit.name]);
    if let Some(card) = teller.card() {
        head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    }
    head::gap(&mut sheet);
    let columns = head::columns(&sheet);
    sheet.push(Row::banner(opening(teller, findings), Level::Plain, columns));
    head::gap(&mut sheet);
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.push(Row::head(["STT", "Mức độ", "Tệp", "Trang", "Ô", "Nội dung", "Cách sửa", "Mã"]));
    for (number, finding) in (1..).zip(findings) {
        sheet.push(line(number, finding));
    }
    let last = CellRef::new(sheet.next_row() - 1, columns - 1);
    sheet.filter = Some((CellRef::new(header, 0), last));
    sheet
}

fn line(number: i64, finding: &Finding) -> Row {
    let (severity, level) = match finding.severity() {
        Severity::Error => ("Lỗi", Level::Bad),
        Severity::Warning => ("Cần xem lại", Level::Doubtful),
        Severity::Note => ("Ghi chú", Level::Body),
    };
    let file = finding.place.file.rsplit('/').next().unwrap_or_default();
    Row::new(vec![
        Cell::new(Value::Whole(number), Level::Body.center()),
        Cell::text(severity, level),
        Cell::text(file, Level::Body.left()),
        Cell::text(finding.place.sheet_name().unwrap_or(""), Level::Body.left()),
        Cell::text(finding.place.spot(), Level::Body.center()),
        Cell::text(finding.message(), Level::Body.left()),
        Cell::text(finding.help(), Level::Body.left()),
        Cell::text(finding.code.info().id, Level::Body.center()),
    ])
}

/// What became of the form, and what the unit is asked to do.
fn opening(teller: &Teller, findings: &[&Finding]) -> String {
    let unit = &teller.unit.name;
    let deadline = teller.round.settings.intake.deadline;
    let errors = findings.iter().filter(|it| it.is_error()).count();
    let warned = findings.iter().any(|it| it.severity() == Severity::Warning);
    let is_counted = teller.tally.intake.forms.contains_key(&teller.unit.id);
    let outcome = match (is_counted, errors) {
        (false, _) => format!(
            "phiếu của đơn vị chưa được tính. Có {errors} lỗi cần sửa, nêu rõ từng ô ở bảng dưới \
             đây. Đề nghị đơn vị sửa ngay trên phiếu đã gửi rồi nộp lại; các ô khác giữ nguyên. \
             Hạn nộp phiếu của kỳ này là ngày {deadline}."
        ),
        (true, 1..) => format!(
            "phiếu của đơn vị đã được tính tạm; {errors} lỗi dưới đây đang làm đơn vị mất điểm. Đề \
             nghị đơn vị sửa ngay trên phiếu đã gửi rồi nộp lại; các ô khác giữ nguyên. Hạn nộp \
             phiếu của kỳ này là ngày {deadline}."
        ),
        (true, 0) if warned => "phiếu của đơn vị đã được tính. Có vài điểm dưới đây đề nghị đơn \
                                vị xem lại; nếu mọi thứ đã đúng thì không phải làm gì."
            .to_owned(),
        (true, 0) => "phiếu của đơn vị hợp lệ và đã được tính. Các ghi chú dưới đây để đơn vị \
                      biết, không cần nộp lại phiếu."
            .to_owned(),
    };
    format!("Kính gửi {unit}: {outcome} Cảm ơn đơn vị đã phối hợp.")
}
