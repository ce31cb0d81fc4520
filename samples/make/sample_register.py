"""Writes the register of the sample round as text, once.

`python3 samples/make/sample_register.py` writes don-vi.tsv, khong-xet-khen.tsv
and khong-ap-dung.tsv into samples/ha-long-2019/nguon.
"""

from pathlib import Path
from random import Random

import tsv
from sample_words import (
    COMMUNES,
    DEPARTMENTS,
    OTHER_NAMES,
    WARDS,
    WITHOUT_PROCEDURES,
    ascii_id,
    person,
)

SOURCES = Path(__file__).resolve().parents[2] / "samples" / "ha-long-2019" / "nguon"
HEADER = [
    "Mã đơn vị", "Tên đơn vị", "Tên khác", "Khối", "Bộ chỉ số", "Người đứng đầu", "Chức vụ",
    "Từ ngày", "Đến ngày", "Đơn vị tiền thân", "Miễn đánh giá",
]
REASON = "Không có thủ tục hành chính"
BASIS = "Danh mục thủ tục hành chính của thành phố không có thủ tục của đơn vị"


def units(random):
    """One row a unit: departments, wards, communes."""
    for unit, name in DEPARTMENTS:
        post = {"TTR": "Chánh Thanh tra", "VP": "Chánh Văn phòng"}.get(unit, "Trưởng phòng")
        yield unit, name, "", "phong-ban", "", person(random), post, "", "", "", ""
    for letter, kind, names in (("P", "phường", WARDS), ("X", "xã", COMMUNES)):
        for name in names:
            other = OTHER_NAMES.get(name, f"{letter}. {name}")
            unit, title = f"{letter}-{ascii_id(name)}", f"UBND {kind} {name}"
            yield unit, title, other, "phuong-xa", "", person(random), "Chủ tịch", "", "", "", ""


def main():
    rows = list(units(Random(2019)))
    tsv.write(SOURCES / "don-vi.tsv", HEADER, rows)
    tsv.write(
        SOURCES / "khong-xet-khen.tsv",
        ["Mã đơn vị", "Họ và tên", "Lý do", "Căn cứ"],
        [("P-CAO-XANH", "", "Người đứng đầu bị khiển trách", "Quyết định số 118/QĐ-UBND")],
    )
    tsv.write(
        SOURCES / "khong-ap-dung.tsv",
        ["Mã đơn vị", "Mã tiêu chí", "Lý do", "Căn cứ"],
        [(unit, codes, REASON, BASIS) for unit, codes in WITHOUT_PROCEDURES.items()],
    )


if __name__ == "__main__":
    main()
