"""Invents the two histories that the summary is shown with.

`python3 samples/make/sample_history.py` writes, from the texts in their
`nguon/` and the seed below, the files of samples/ha-long-2011-2020 and
samples/ha-long-2025-2026: registers, nominations and every year's results but
2019 of the ten years. That one is what the round samples/ha-long-2019 came to
(samples/make.sh runs it and lays its record there); the years around it are
invented so that they lead there, and 2018 comes to what that round compares
with. Only the names of units are real; see the README of each.
"""

import json
import random
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl

import tsv

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SEED = 2020
BANDS = [(90, "Xuất sắc"), (80, "Tốt"), (65, "Khá"), (50, "Trung bình"), (0, "Yếu")]
CENT = Decimal("0.01")

# Areas and the maxima of their items, by criteria set.
SETS = {
    "bo-2011": {1: [6, 6], 2: [7, 7], 3: [10, 10, 8], 4: [8, 6], 5: [8, 8], 6: [8, 8]},
    "bo-2014": {1: [6, 6], 2: [5, 5], 3: [12, 10], 4: [6, 6], 5: [8, 6], 6: [6, 6], 7: [10, 8]},
    "bo-2017": {
        1: [5, 5, 4],
        2: [4, 4],
        3: [6, 5, 5, 4],
        4: [4, 4],
        5: [5, 5],
        6: [5, 3],
        7: [6, 6, 4],
        8: [16],
    },
    "bo-2025": {
        1: [4, 4, 3],
        2: [4, 3],
        3: [6, 6, 4],
        4: [4, 3],
        5: [5, 4],
        6: [4, 3],
        7: [7, 6, 5],
        8: [15, 10],
    },
}
SURVEYED = 8


def decimal(value):
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def band(index):
    return next((name for least, name in BANDS if index >= least), BANDS[-1][1])


class Unit:
    """What a unit is like: its level, how fast it gains, where it is weak."""

    def __init__(self, chance, reached, years):
        """`reached`: its index after so many years, where that is known."""
        if reached is None:
            self.level = chance.gauss(78, 6)
            self.gain = chance.uniform(0.1, 1.7)
        else:
            self.gain = chance.uniform(0.5, 1.5)
            self.level = reached - self.gain * years
        self.weak = {area: chance.gauss(0, 7) for area in range(1, 9)}

    def share(self, chance, area, years):
        hard = {6: -9, 7: -5}.get(area, 2)
        share = self.level + self.gain * years + self.weak[area] * 0.5 + hard
        return min(1.0, max(0.2, (share + chance.gauss(0, 4)) / 100))


def quarter(points):
    """Points as they are granted: in steps of a quarter."""
    return decimal(Decimal(round(points * 4)) / 4)


def scored(chance, unit, areas, years):
    """{code: (max, claim, points)}: what a unit claims and gets."""
    items = {}
    for area, tops in areas.items():
        share = unit.share(chance, area, years)
        for code, top in tops.items():
            points = min(Decimal(top), quarter(float(top) * share * chance.uniform(0.94, 1.06)))
            claim = points
            if area != SURVEYED and chance.random() < 0.3:
                claim = min(Decimal(top), points + quarter(chance.uniform(0, 1.2)))
            items[code] = (decimal(top), decimal(claim), decimal(points))
    return items


def numbered(areas):
    """{area: {code: max}} of a set that is told by its maxima alone."""
    return {area: {f"{area}.{at}": top for at, top in enumerate(maxima, 1)}
            for area, maxima in areas.items()}


def carried(bloc):
    """{area: {code: max}} of the set that a bloc of a record was scored by."""
    areas = {}
    for it in bloc["xep-hang"][0]["muc"]:
        areas.setdefault(int(it["ma"].split(".")[0]), {})[it["ma"]] = Decimal(it["toi-da"])
    return areas


def placed(results):
    """Ranks as 1, 2, 2, 4 by the printed index; best first."""
    order = sorted(results, key=lambda it: -it["index"])
    for row in order:
        row["rank"] = 1 + sum(other["index"] > row["index"] for other in order)
    return order


def lead(items, total):
    """Moves the points of items, a quarter at a time and the survey's at the
    end, until they come to a total."""
    short = total - sum(it[2] for it in items.values())
    step = Decimal("0.25").copy_sign(short)
    while abs(short) >= abs(step):
        for code, (top, claim, points) in items.items():
            if abs(short) >= abs(step) and 0 <= points + step <= top:
                items[code] = (top, max(claim, points + step), points + step)
                short -= step
    for code, (top, claim, points) in reversed(items.items()):
        if 0 <= points + short <= top:
            items[code] = (top, max(claim, points + short), points + short)
            return


def invent(chance, units, areas, years, absent, reached):
    """A bloc's year: ranked rows, best first, and rows without a rank. `reached`:
    indices that are known."""
    rows, silent = [], []
    for row, unit in units:
        if row["Mã đơn vị"] in absent:
            silent.append(row)
            continue
        items = scored(chance, unit, areas, years)
        if row["Mã đơn vị"] in reached:
            top = sum(it[0] for it in items.values())
            lead(items, decimal(reached[row["Mã đơn vị"]] * top / 100))
        total = sum(it[2] for it in items.values())
        top = sum(it[0] for it in items.values())
        rows.append({"row": row, "items": items, "total": total, "top": top,
                     "index": decimal(total / top * 100)})
    return placed(rows), silent


def record(year, blocs, name, set_id, names):
    """The year as a compact ket-qua.json. `names`: {area: what it is called}."""
    data = {
        "phien-ban": "1",
        "chuong-trinh": "cchc 0.1.0",
        "ky": {"ma": f"{name}-{year}", "nam": year,
               "ten": f"Chỉ số cải cách hành chính năm {year}", "can-cu": "(giả định)"},
        "trang-thai": "chinh-thuc",
        "con-thieu": [],
        "khoi": [],
        "linh-vuc": [{"khoi": bloc, "bo-chi-so": set_id, "ma": str(area), "ten": called}
                     for bloc, *_ in blocs for area, called in names.items()],
        "khen-thuong": None,
        "phieu": [],
        "phat-hien": [],
        "dau-vao": [],
    }
    for bloc, title, ranked, silent in blocs:
        mean = sum(it["index"] for it in ranked) / max(1, len(ranked))
        data["khoi"].append({
            "ma": bloc,
            "ten": title,
            "diem-trung-binh": str(decimal(mean)),
            "xep-hang": [standing(it) for it in ranked],
            "khong-xep-hang": [
                {"don-vi": it["Mã đơn vị"], "ten": it["Tên đơn vị"], "ly-do": "chua-nop",
                 "dien-giai": "Chưa nộp phiếu"}
                for it in silent
            ],
        })
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def standing(result):
    items = result["items"]
    survey = [it[2] for code, it in items.items() if code.startswith(f"{SURVEYED}.")]
    appraised = result["total"] - sum(survey)
    claimed = sum(it[1] for code, it in items.items() if not code.startswith(f"{SURVEYED}."))
    return {
        "don-vi": result["row"]["Mã đơn vị"],
        "ten": result["row"]["Tên đơn vị"],
        "hang": result["rank"],
        "xep-loai": band(result["index"]),
        "hang-truoc": None,
        "chi-so-truoc": None,
        "chi-so": str(result["index"]),
        "tu-cham": str(decimal(claimed)),
        "tham-dinh": str(decimal(appraised)),
        "khao-sat": str(decimal(sum(survey))) if survey else None,
        "thuong": "0.00",
        "tru": str(decimal(result.get("penalty", 0))),
        "tong": str(decimal(result["total"])),
        "toi-da": str(decimal(result["top"])),
        "ty-le-ap-dung": "100.00",
        "muc": [item(code, it) for code, it in items.items()],
    }


def item(code, scores):
    top, claim, points = scores
    surveyed = code.startswith(f"{SURVEYED}.")
    return {
        "ma": code,
        "toi-da": str(top),
        "tu-cham": None if surveyed else str(claim),
        "tham-dinh": None if surveyed else str(points),
        "hai-long": str(decimal(points / top * 100)) if surveyed else None,
        "diem": str(points),
        "nguon": "khao-sat" if surveyed else "tham-dinh",
    }


FIXED = ["Mã đơn vị", "Tên đơn vị", "Khối", "Chỉ số (%)", "Xếp loại", "Thứ hạng",
         "Lý do không xếp hạng"]


def plain(year, blocs, detail, names):
    """The year as a table: head lines, header, rows. `detail`: whether points by
    area stand in it, under the areas' names."""
    areas = []
    rows = []
    for bloc, _, ranked, silent in blocs:
        for it in ranked:
            tops, gots = {}, {}
            for code, (top, _, points) in it["items"].items():
                area = code.split(".")[0]
                tops[area] = tops.get(area, 0) + top
                gots[area] = gots.get(area, 0) + points
            areas = [f"{area} {names[int(area)]} ({short(top)})"
                     for area, top in tops.items()] if detail else []
            row = [it["row"]["Mã đơn vị"], it["row"]["Tên đơn vị"], bloc, it["index"],
                   band(it["index"]), it["rank"], None]
            rows.append(row + (list(gots.values()) if detail else []))
        for it in silent:
            row = [it["Mã đơn vị"], it["Tên đơn vị"], bloc, None, None, None, "Chưa nộp phiếu"]
            rows.append(row)
    head = [["KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG CẢI CÁCH HÀNH CHÍNH"], ["Năm", year],
            ["Số đơn vị", len(rows)]]
    return [*head, FIXED + areas, *rows]


def short(number):
    return format(number.normalize(), "f").replace(".", ",")


def save_xlsx(path, pages):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([float(it) if isinstance(it, Decimal) else it for it in row])
        for column in sheet.columns:
            letter = column[0].column_letter
            width = max(len(str(cell.value or "")) for cell in column[3:] or column)
            sheet.column_dimensions[letter].width = min(44, width + 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def save_csv(path, rows):
    """As a Vietnamese Excel saves it."""
    def cell(value):
        text = "" if value is None else str(value)
        return text.replace(".", ",") if isinstance(value, Decimal) else text

    lines = [";".join(cell(it) for it in row) + "\r\n" for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xef\xbb\xbf" + "".join(lines).encode())


def table(folder, name):
    rows = tsv.read(folder / "nguon" / f"{name}.tsv")
    return [list(rows[0]), *([value or None for value in row.values()] for row in rows)]


def events(folder):
    path = folder / "nguon" / "bien-dong.tsv"
    return tsv.read(path) if path.exists() else []


def lives(row, day):
    since, until = (iso(row[label]) for label in ("Từ ngày", "Đến ngày"))
    return (not since or since <= day) and (not until or day <= until)


def iso(day):
    return "-".join(reversed(day.split("/"))) if day else ""


def make(name, years, titles, absent, days, known=None, before=None):
    """`years`: {year: (set, kind of file)}; `days`: {year: the day of its
    units}; `known`: the record of the year that is not invented, whose sets are
    those of the years for which none is named; `before`: the record of a year
    that has to come to the same indices."""
    folder = SAMPLES / name
    settings = tomllib.loads((folder / "tong-ket.toml").read_text("utf-8"))
    reached = {(before["ky"]["nam"], it["don-vi"]): Decimal(it["chi-so"])
               for bloc in (before or {"khoi": []})["khoi"] for it in bloc["xep-hang"]}
    chance = random.Random(SEED)
    register = tsv.read(folder / "nguon" / "don-vi.tsv")
    first = min(years)
    indices, sets = {}, {}
    for bloc in known["khoi"] if known else ():
        sets[bloc["ma"]] = carried(bloc)
        indices |= {it["don-vi"]: float(it["chi-so"]) for it in bloc["xep-hang"]}
    for row in events(folder):
        for before in row["Mã đơn vị trước"].split("; "):
            indices.setdefault(before, indices.get(row["Mã đơn vị sau"]))
    until = known["ky"]["nam"] - first if known else 0
    units = {row["Mã đơn vị"]: Unit(chance, indices.get(row["Mã đơn vị"]), until)
             for row in register}
    for year, (set_id, kind) in years.items():
        blocs = []
        day = days.get(year, f"{year}-12-31")
        for bloc, title in titles:
            of_bloc = [(row, units[row["Mã đơn vị"]]) for row in register
                       if row["Khối"] == bloc and lives(row, day)]
            if of_bloc:
                areas = numbered(SETS[set_id]) if set_id else sets[bloc]
                ranked, silent = invent(chance, of_bloc, areas, year - first,
                                        absent.get(year, ()),
                                        {unit: it for (at, unit), it in reached.items()
                                         if at == year})
                blocs.append((bloc, title, ranked, silent))
        path = folder / str(year)
        path.mkdir(exist_ok=True)
        era = next(it for it in settings["bo-chi-so"] if it["tu-nam"] <= year <= it["den-nam"])
        names = {int(it["ma"]): it["ten"] for it in era["linh-vuc"]}
        if kind == "json":
            text = record(year, blocs, name, era["ma"], names)
            (path / "ket-qua.json").write_text(text, "utf-8")
        elif kind == "csv":
            save_csv(path / "ket-qua.csv", plain(year, blocs, True, names))
        else:
            save_xlsx(path / "ket-qua.xlsx",
                      {"Kết quả": plain(year, blocs, kind == "xlsx+", names)})
    pages = {"Đơn vị": table(folder, "don-vi")}
    if events(folder):
        pages["Biến động"] = table(folder, "bien-dong")
    save_xlsx(folder / "don-vi.xlsx", pages)
    if (folder / "nguon" / "de-nghi.tsv").exists():
        save_xlsx(folder / "khen-thuong.xlsx", {
            "Đề nghị": table(folder, "de-nghi"),
            "Không xét khen": table(folder, "khong-xet-khen"),
            "Đã khen": table(folder, "da-khen"),
        })


def main():
    titles = [("phong-ban", "Khối phòng, ban chuyên môn"),
              ("phuong-xa", "Khối UBND phường, xã")]
    years = {2011: ("bo-2011", "xlsx"), 2012: ("bo-2011", "xlsx"), 2013: ("bo-2011", "xlsx+"),
             2014: ("bo-2014", "csv"), 2015: ("bo-2014", "xlsx+"), 2016: ("bo-2014", "xlsx+"),
             2017: ("bo-2017", "json"), 2018: ("bo-2017", "json"), 2020: (None, "json")}
    known = json.loads((SAMPLES / "ha-long-2011-2020/2019/ket-qua.json").read_text("utf-8"))
    before = json.loads((SAMPLES / "ha-long-2019/ky-truoc/ket-qua.json").read_text("utf-8"))
    make("ha-long-2011-2020", years, titles, {2013: ("P-TUAN-CHAU",)}, {}, known, before)
    make("ha-long-2025-2026", {2025: ("bo-2025", "xlsx+"), 2026: ("bo-2025", "json")},
         titles[1:], {}, {2025: "2025-06-30"})


if __name__ == "__main__":
    main()
