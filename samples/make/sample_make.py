"""Makes the workbooks of samples/ha-long-2019 from the texts in its nguon/.

`python3 samples/make/sample_make.py STEP` with STEP one of

- `round`: criteria sets, register, list of exemptions, last round's result;
- `forms`: fills the blank forms of `cchc forms` and saves them by four programs;
- `results`: fills the appraisal workbooks of `cchc appraise` and the survey.

samples/make.sh runs the steps in order.
"""

import json
import sys
from pathlib import Path

import openpyxl

import second  # noqa: F401 (first: makes the others importable)
import tsv
from fill import COLUMNS, fill
from plain import day, number
from sample_save import save_all
from sheets import Row, Table, load

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "ha-long-2019"

BLANK_DECISION = "Quyết định số …/QĐ-UBND ngày …/…/2019 của UBND thành phố …"
DECISION = "Quyết định số 02/QĐ-UBND (giả định) ngày 07/01/2019 của UBND thành phố Hạ Long"
WIDTHS = (9, 60, 12, 22, 60, 60, 14, 12, 14, 20)
LAST_TITLE = "Chỉ số cải cách hành chính năm 2018"


def text(name):
    return tsv.read(SAMPLE / "nguon" / f"{name}.tsv")


def typed(value):
    """What a person's typing becomes in a cell: a number, a day or a text."""
    if number(value) is not None:
        found = number(value)
        return int(found) if found.denominator == 1 else float(found)
    return day(value) or value


def workbook(path, tables):
    """A plain workbook: one sheet a table, everything as text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([value or None for value in row.values()])
        for column in sheet.columns:
            width = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(60, width + 2)
    book.save(path)


def make_sets():
    """The criteria sets that the program offers for a new round, as they are."""
    (SAMPLE / "bo-chi-so").mkdir(exist_ok=True)
    for set_id in ("phong-ban", "phuong-xa"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Bộ chỉ số"
        text = (SAMPLE.parents[1] / "templates" / f"{set_id}.tsv").read_text("utf-8")
        for line in text.replace("{nam}", "2019").replace(BLANK_DECISION, DECISION).splitlines():
            code, *rest = line.split("\t")
            sheet.append([code, *(typed(value) if value else None for value in rest)])
            sheet.cell(sheet.max_row, 1).number_format = "@"
        for column, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
            sheet.column_dimensions[column].width = width
        book.save(SAMPLE / "bo-chi-so" / f"{set_id}.xlsx")


def make_round():
    make_sets()
    tables = {"Đơn vị": text("don-vi"), "Không xét khen": text("khong-xet-khen")}
    workbook(SAMPLE / "don-vi.xlsx", tables)
    workbook(SAMPLE / "khong-ap-dung.xlsx", {"Không áp dụng": text("khong-ap-dung")})
    make_last()


def make_last():
    """Last round's result: an invented ranking on a hundred points, with the
    parts of it that this round compares with and no items."""
    blocs = {}
    for row in text("nam-2018"):
        blocs.setdefault((row["Khối"], row["Tên khối"]), []).append(last_standing(row))
    data = {
        "phien-ban": "1",
        "chuong-trinh": "cchc 0.1.0",
        "ky": {"ma": "ha-long-2018", "nam": 2018, "ten": LAST_TITLE, "can-cu": ""},
        "trang-thai": "chinh-thuc",
        "con-thieu": [],
        "khoi": [last_bloc(*name, standings) for name, standings in blocs.items()],
        "khen-thuong": None,
        "phieu": [],
        "phat-hien": [],
        "dau-vao": [],
    }
    path = SAMPLE / "ky-truoc" / "ket-qua.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def last_standing(row):
    index = row["Chỉ số"]
    return {
        "don-vi": row["Mã đơn vị"],
        "ten": row["Tên đơn vị"],
        "hang": int(row["Hạng"]),
        "xep-loai": row["Xếp loại"],
        "hang-truoc": None,
        "chi-so-truoc": None,
        "chi-so": index,
        "tu-cham": index,
        "tham-dinh": index,
        "khao-sat": None,
        "thuong": "0.00",
        "tru": "0.00",
        "tong": index,
        "toi-da": "100.00",
        "ty-le-ap-dung": "100.00",
        "muc": [],
    }


def last_bloc(bloc, name, standings):
    return {
        "ma": bloc,
        "ten": name,
        "diem-trung-binh": mean(standings),
        "xep-hang": standings,
        "khong-xep-hang": [],
    }


def mean(standings):
    hundredths = [int(number(standing["chi-so"]) * 100) for standing in standings]
    rounded = (2 * sum(hundredths) + len(hundredths)) // (2 * len(hundredths))
    return f"{rounded // 100}.{rounded % 100:02}"


def make_forms():
    names = {row["Mã đơn vị"]: row["Tên đơn vị"] for row in text("don-vi")}
    answers, people = {}, {}
    for path in sorted((SAMPLE / "nguon").glob("tu-cham-*.tsv")):
        for row in tsv.read(path):
            given = {name: typed(row[label]) for name, label in COLUMNS.items() if row[label]}
            answers.setdefault(row["Mã đơn vị"], {})[row["Mã"]] = given
    for row in text("ca-nhan"):
        people.setdefault(row["Mã đơn vị"], []).append(row)
    jobs = []
    for row in text("phieu"):
        unit = row["Mã đơn vị"]
        source = SAMPLE / "mau" / f"{unit}.xlsx"
        book = load(source, values=False)
        name, achievement = names[unit], row["Thành tích của tập thể"]
        itself = [{"Tên tập thể": name, "Thành tích": achievement, "Năm": "2019"}]
        dated, nominees = typed(row["Ngày lập phiếu"]), people.get(unit, [])
        fill(book, answers[unit], dated, nominees, itself if achievement else [])
        jobs.append((row["Chương trình lưu"], source, book, SAMPLE / "nop" / f"{name}.xlsx"))
    save_all(jobs)


def make_results():
    granted = {(row["Mã đơn vị"], row["Mã"]): row for row in text("tham-dinh")}
    for path in sorted((SAMPLE / "tham-dinh").glob("*.xlsx")):
        book, shown = load(path, values=False), load(path)
        rows = Table(book["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm thẩm định"]).rows("Mã")
        claims = Table(shown["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm tự chấm"]).rows("Mã")
        for row, claim in zip(rows, claims, strict=True):
            other = granted.get((row.text("Mã đơn vị"), row.text("Mã")))
            points = typed(other["Điểm thẩm định"]) if other else claim.raw("Điểm tự chấm")
            row.put("Điểm thẩm định", points)
            row.put("Lý do", other and other["Lý do"])
        adjust(Table(book["Thưởng, trừ điểm"], ["Mã đơn vị", "Loại", "Điểm"]), path.stem)
        book.save(path)
    make_survey()


def adjust(table, stem):
    """Writes the bonuses and penalties of one bloc's units below the header."""
    blocs = {row["Mã đơn vị"]: row["Khối"] for row in text("don-vi")}
    of_bloc = [row for row in text("thuong-tru") if stem == f"tham-dinh-{blocs[row['Mã đơn vị']]}"]
    for at, values in enumerate(of_bloc, table.header + 1):
        for label, value in values.items():
            Row(table, at).put(label, typed(value))


def make_survey():
    answers = {(row["Mã đơn vị"], row["Mã"]): row for row in text("khao-sat")}
    book = load(SAMPLE / "mau" / "khao-sat.xlsx", values=False)
    labels = ["Tỷ lệ hài lòng (%)", "Số phiếu trả lời"]
    for row in Table(book["Khảo sát"], ["Mã đơn vị", "Mã", *labels]).rows("Mã"):
        answer = answers.get((row.text("Mã đơn vị"), row.text("Mã")))
        for label in labels if answer else []:
            row.put(label, typed(answer[label]))
    (SAMPLE / "khao-sat").mkdir(exist_ok=True)
    book.save(SAMPLE / "khao-sat" / "khao-sat.xlsx")


STEPS = {"round": make_round, "forms": make_forms, "results": make_results}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        sys.exit(__doc__)
    STEPS[sys.argv[1]]()
