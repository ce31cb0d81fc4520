"""The tables in which clerks make mistakes: those of a round and of a history,
each opened by the words of its header, whether it lies in a workbook or a CSV."""

import csv
import io
from collections import namedtuple

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from plain import blank, key

# What a mistake touched; a place is (file, sheet or None, cell or None).
# `is_meant`: the clerk wanted something else than what stands in the rest of the
# file, so that the program has to say something even where nothing changes.
# `spelt`: a person's new spelling and the old one, where that is all.
Change = namedtuple("Change", "places told is_meant spelt", defaults=[None])

ANYWHERE = (None, None, None)

UNIT, NAME = "Mã đơn vị", "Đơn vị"
PEOPLE, NUMBERS = ("Họ và tên", "Tên tập thể"), ("Điểm thẩm định", "Điểm", "Chỉ số (%)",
                   "Tỷ lệ hài lòng (%)", "Số phiếu trả lời", "Tử số", "Mẫu số", "Số lượng",
                   "Điểm tự chấm", "Điểm tối đa", "Thứ hạng")
DAYS = ("Ngày", "Từ ngày", "Đến ngày", "Ngày lập phiếu:")
REASONS = ("Lý do", "Căn cứ", "Tài liệu kiểm chứng", "Thành tích", "Người phê duyệt",
           "Người đề nghị", "Diễn giải")

# File pattern, sheet, words of the header.
ROUND = [
    ("don-vi.xlsx", "Đơn vị", ("Mã đơn vị", "Tên đơn vị")),
    ("don-vi.xlsx", "Không xét khen", ("Mã đơn vị", "Họ và tên")),
    ("khong-ap-dung.xlsx", "Không áp dụng", ("Mã đơn vị", "Mã tiêu chí")),
    ("mien-tru.xlsx", "Miễn trừ", ("Mã đơn vị", "Quy định")),
    ("thay-doi.xlsx", "Thay đổi", ("Mã đơn vị", "Mã lý do")),
    ("thay-doi.xlsx", "Mã lý do", ("Mã lý do", "Nghĩa")),
    ("bo-chi-so/*.xlsx", "Bộ chỉ số", ("Mã", "Điểm tối đa", "Tham số")),
    ("khao-sat/*.xlsx", "Khảo sát", ("Mã đơn vị", "Tỷ lệ hài lòng (%)")),
    ("tham-dinh/*.xlsx", "Thẩm định", ("Mã đơn vị", "Mã", "Điểm thẩm định")),
    ("tham-dinh/*.xlsx", "Thưởng, trừ điểm", ("Mã đơn vị", "Loại", "Điểm")),
    ("nop/**/*.xlsx", "Phiếu tự chấm", ("STT", "Điểm tự chấm")),
    ("nop/**/*.xlsx", "Đề nghị khen thưởng", ("STT", "Tên tập thể")),
    ("nop/**/*.xlsx", "Đề nghị khen thưởng", ("STT", "Họ và tên")),
]
HISTORY = [
    ("don-vi.xlsx", "Đơn vị", ("Mã đơn vị", "Tên đơn vị")),
    ("don-vi.xlsx", "Biến động", ("Ngày", "Loại biến động")),
    ("khen-thuong.xlsx", "Đề nghị", ("Mã đơn vị", "Họ và tên")),
    ("khen-thuong.xlsx", "Không xét khen", ("Mã đơn vị", "Họ và tên")),
    ("khen-thuong.xlsx", "Đã khen", ("Mã đơn vị", "Họ và tên")),
    ("*/ket-qua.xlsx", "Kết quả", ("Mã đơn vị", "Chỉ số (%)")),
    ("*/ket-qua.csv", None, ("Mã đơn vị", "Chỉ số (%)")),
]
# What the program itself fills in; a clerk has no reason to touch it.
FILLED = {
    "Thẩm định": ("Tiêu chí", "Điểm tối đa", "Tử số", "Mẫu số", "Số lượng", "Ngày", "Điểm tự chấm",
                  "Tài liệu kiểm chứng", "Giải trình"),
    "Khảo sát": ("Nội dung",),
    "Phiếu tự chấm": ("Điểm tối đa", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"),
}


class Table:
    """One table of one file, open for a mistake."""

    def __init__(self, folder, path, sheet, labels):
        self.folder, self.path = folder, path
        self.file = path.relative_to(folder).as_posix()
        self.is_csv = path.suffix == ".csv"
        self.book = self._read_csv() if self.is_csv else openpyxl.load_workbook(path)
        self.sheet = self.book[sheet] if sheet else self.book.active
        self.title = path.name if self.is_csv else self.sheet.title
        self.labels = labels
        self._find({key(label) for label in labels})

    @property
    def kind(self):
        top = self.file.split("/")[0]
        top = "năm" if top.isdigit() else top
        return f"{top}: {'csv' if self.is_csv else self.title} ({self.labels[1]})"

    def _find(self, wanted):
        self.header, self.columns, self.rows = None, {}, []
        for row in self.sheet.iter_rows():
            found = {str(c.value): c.column for c in row if not blank(c.value)}
            if self.header is None:
                if wanted <= {key(it) for it in found}:
                    self.header, self.columns = row[0].row, found
            elif row[self.first - 1].value is not None or self._has_person(row):
                self.rows.append(row[0].row)
            elif self.title == "Đề nghị khen thưởng":
                break  # the next table begins

    @property
    def first(self):
        return min(self.columns.values())

    def _has_person(self, row):
        return any(row[self.columns[it] - 1].value for it in PEOPLE if it in self.columns)

    def cell(self, row, label):
        return self.sheet.cell(row, self.columns[label])

    def filled(self, labels):
        """Cells of these columns that hold something which somebody typed."""
        out = []
        for label in labels:
            if label in self.columns and label not in FILLED.get(self.title, ()):
                cells = (self.cell(row, label) for row in self.rows)
                out += [c for c in cells if not isinstance(c, MergedCell) and not blank(c.value)
                        and not str(c.value).startswith("=")]
        return out

    def empty(self, labels):
        return [c for label in labels if label in self.columns for row in self.rows
                if blank((c := self.cell(row, label)).value) and not isinstance(c, MergedCell)]

    def numbers(self):
        """Typed numbers, the columns of areas and items in a year's results too."""
        labels = [it for it in self.columns if it in NUMBERS or it[:1].isdigit()]
        return [c for c in self.filled(labels) if _number(c.value) is not None]

    def change(self, cells, told, is_meant=False):
        cells = [it if isinstance(it, str) else it.coordinate for it in cells]
        return Change([(self.file, self.title, it) for it in cells], told, is_meant)

    def whole(self, told, is_meant=False, sheets=()):
        names = sheets or [self.title]
        return Change([(self.file, name, None) for name in names], told, is_meant)

    def column(self, label):
        return get_column_letter(self.columns[label])

    def typed(self, number):
        """A number as it stands in this kind of file."""
        if not self.is_csv:
            return number
        text = f"{number:g}" if isinstance(number, float) else str(number)
        return text.replace(".", ",") if self.separator == ";" else text

    def save(self):
        # The original is one file with the base's: it must not be written into.
        self.path.unlink()
        if not self.is_csv:
            self.book.save(self.path)
            return
        out = io.StringIO()
        rows = [["" if c is None else c for c in row] for row in self.sheet.values]
        csv.writer(out, delimiter=self.separator, lineterminator="\n").writerows(rows)
        self.path.write_bytes(self.mark + out.getvalue().encode("utf-8"))

    def _read_csv(self):
        data = self.path.read_bytes()
        self.mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        text = data[len(self.mark):].decode("utf-8")
        self.separator = ";" if ";" in text else ","
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(text), delimiter=self.separator):
            book.active.append([it or None for it in row])
        return book


def _number(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None


number_of = _number


def tables(folder, layout):
    """Every table there is, as (path, sheet, labels): opened only when wanted."""
    return [(path, sheet, labels) for pattern, sheet, labels in layout
            for path in sorted(folder.glob(pattern)) if not path.name.startswith("~$")]
