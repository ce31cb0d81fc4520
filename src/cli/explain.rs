//! `cchc explain CODE`: what a finding means and how to mend it.

use clap::Arg;

use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::Verb;
use crate::failure::Failure;
use crate::finding::{Code, Severity};
use crate::text;

pub(super) const VERB: Verb = Verb {
    name: "explain",
    alias: "giai-thich",
    about: "Giải thích một mã phát hiện, ví dụ P052, và cách sửa",
    forms: &["<MÃ>"],
    arguments: |it| it.arg(code()),
    run: |given, console| explain(&given.text("code").unwrap_or_default(), console),
};

fn code() -> Arg {
    Arg::new("code").value_name("MÃ").required(true).help("Mã phát hiện")
}

fn explain(id: &str, console: &mut Console) -> Result<Outcome, Failure> {
    let wanted = id.trim().to_uppercase();
    let Some(info) = Code::ALL.iter().map(|code| code.info()).find(|info| info.id == wanted) else {
        let ids = Code::ALL.iter().map(|code| code.info().id);
        let hint = text::nearest(&wanted, ids).map(|id| format!("\nCó phải ý bạn là: {id}?"));
        let hint = hint.unwrap_or_default();
        return Err(Failure::Usage(format!("không có mã “{id}”{hint}")));
    };
    let about = match info.id.as_bytes()[0] {
        b'P' => "phiếu của đơn vị, trong nop/",
        b'T' => "tệp của kỳ: ky.toml, don-vi.xlsx, bo-chi-so/, khong-ap-dung.xlsx",
        b'D' => "bảng thẩm định, trong tham-dinh/",
        b'S' => "kết quả khảo sát, trong khao-sat/",
        b'L' => "kết quả các năm, don-vi.xlsx, tong-ket.toml khi tổng kết nhiều năm",
        _ => "kết quả chung của kỳ",
    };
    let weight = match info.severity {
        Severity::Error => "lỗi: điểm chưa chắc chắn nên phiếu bị gạt ra, hoặc kỳ chưa chấm được",
        Severity::Warning => "cảnh báo: vẫn tính điểm, nhưng nên có người xem lại",
        Severity::Note => "ghi chú: chỉ để biết, không ảnh hưởng kết quả",
    };
    console.line(format!("{} – {}", info.id, info.title));
    console.line(format!("  Thuộc về: {about}"));
    console.line(format!("  Mức độ:   {weight}"));
    console.line(format!("  Cách xử lý: {}", info.help));
    if let Some(to_unit) = info.to_unit.filter(|it| !it.is_empty()) {
        console.line(format!("  Với đơn vị: {to_unit}"));
    }
    Ok(Outcome::Clean)
}
