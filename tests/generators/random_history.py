"""Makes one random history of several years: a folder that `cchc summary`
accepts, with renames, mergers, splits, gaps, ties and every kind of file."""

import random
from decimal import Decimal

import sample_history as sample

CONTENTS = ["mot", "hai", "ba", "bon"]
FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô".split()
MIDDLES = ["Thị", "Văn"]
GIVEN = "An Bình Chi Dung Giang Hà Khoa Lâm Minh Oanh".split()
LEVELS = [None, "areas", "items", "claims", "claims", "claims"]


class Maker:
    def __init__(self, seed, folder):
        self.chance = random.Random(seed)
        self.folder = folder
        self.first = self.chance.randint(2010, 2014)
        self.last = self.first + self.chance.randint(1, 6)
        self.blocs = ["xa", "phong"][: self.chance.randint(1, 2)]
        self.units = {}  # id: [bloc, since, until]
        self.events = []
        self.number = 0
        # Coarse indices make ties, also of means at the last place of an award.
        self.coarse = self.chance.choice([None, None, 5, 20])

    def make(self):
        for bloc in self.blocs:
            for _ in range(self.chance.randint(2, 9)):
                self.found(bloc, None)
        for year in range(self.first + 1, self.last + 1):
            for _ in range(self.chance.randint(0, 2)):
                self.happen(year)
        self.eras()
        self.settings()
        self.register()
        self.people()
        missing = {self.gap} if self.gap else set()
        for year in range(self.first, self.last + 1):
            if year not in missing:
                self.year(year)

    def found(self, bloc, since):
        self.number += 1
        unit = f"U-{self.number:02}"
        self.units[unit] = [bloc, since, None]
        return unit

    def alive(self, bloc):
        return [unit for unit, (own, _, until) in self.units.items() if own == bloc and not until]

    def happen(self, year):
        """Something becomes of some units on the first of July."""
        chance, bloc = self.chance, self.chance.choice(self.blocs)
        day, end = f"01/07/{year}", f"30/06/{year}"
        # What came to be this year stays as it is for now.
        alive = [unit for unit in self.alive(bloc) if self.units[unit][1] != day]
        kind = chance.choice(["đổi tên", "đổi cấp", "sáp nhập", "chia tách", "mới", "hết"])
        if len(alive) < 4 or any(e[0] == day and {*e[2], *e[3]} & {*alive} for e in self.events):
            return
        if kind in ("đổi tên", "đổi cấp"):
            before, after = [chance.choice(alive)], [self.found(bloc, day)]
        elif kind == "sáp nhập":
            before = chance.sample(alive, chance.randint(2, 3))
            after = [before[0]] if chance.random() < 0.4 else [self.found(bloc, day)]
        elif kind == "chia tách":
            before = [chance.choice(alive)]
            after = [self.found(bloc, day) for _ in range(2)]
            if chance.random() < 0.4:
                after[0] = self.drop(after[0], before[0])
        elif kind == "mới":
            self.found(bloc, day)
            return
        else:
            self.units[chance.choice(alive)][2] = end
            return
        for unit in before:
            if unit not in after:
                self.units[unit][2] = end
        self.events.append((day, kind, before, after))

    def drop(self, made, kept):
        del self.units[made]
        return kept

    def eras(self):
        years = range(self.first, self.last + 1)
        starts = sorted({self.first, *self.chance.sample(years, min(2, len(years)))})
        self.gap = None
        if len(years) > 3 and self.chance.random() < 0.3:
            self.gap = self.chance.choice(years[1:-1])
        self.sets = []
        for at, start in enumerate(starts):
            end = starts[at + 1] - 1 if at + 1 < len(starts) else self.last
            areas = {}
            for area in range(1, self.chance.randint(2, 5)):
                content = self.chance.choice(CONTENTS)
                areas[area] = (content, {bloc: self.maxima() for bloc in self.blocs})
            self.sets.append((f"bo-{start}", start, end, areas))

    def maxima(self):
        """The maxima of an area's items: blocs may differ in them."""
        tops = [self.chance.choice(["5", "10", "12.5", "20"])
                for _ in range(self.chance.randint(1, 3))]
        return [Decimal(it) for it in tops]

    def settings(self):
        chance = self.chance
        quote = lambda items: "[" + ", ".join(f'"{it}"' for it in items) + "]"  # noqa: E731
        text = f"""ma = "thu"
ten = "Thử"
co-quan = "UBND"
co-quan-cap-tren = ""
dia-danh = "Nơi"
can-cu = "Kế hoạch"
tu-nam = {self.first}
den-nam = {self.last}
ngay-tong-ket = {self.last + 1}-03-15
so-le-chi-so = 2
[nguong]
yeu-duoi = {chance.choice([60, 75.5, 90])}
so-nam-yeu = {chance.randint(1, 3)}
giu-tu = 85
nang-duoi = {chance.choice([60, 80])}
so-nam-xep-hang = {chance.randint(1, 3)}
"""
        for bloc in self.blocs:
            bands = quote(name for _, name in sample.BANDS)
            text += f'[[khoi]]\nma = "{bloc}"\nten = "Khối {bloc}"\nxep-loai = {bands}\n'
        for content in CONTENTS:
            text += f'[[noi-dung]]\nma = "{content}"\nten = "Nội dung {content}"\n'
        for name, start, end, areas in self.sets:
            text += f"""[[bo-chi-so]]
ma = "{name}"
ten = "{name}"
can-cu = "Quyết định"
khoi = {quote(self.blocs)}
tu-nam = {start}
den-nam = {end}
linh-vuc = [
"""
            for area, (content, _) in areas.items():
                text += f'    {{ ma = "{area}", ten = "L{area}", noi-dung = "{content}" }},\n'
            text += "]\n"
        if self.gap:
            text += f'[[nam]]\nnam = {self.gap}\nthieu = "Không đánh giá"\n'
        if chance.random() < 0.8:
            text += self.awards(quote)
        self.folder.mkdir(parents=True)
        (self.folder / "tong-ket.toml").write_text(text, "utf-8")

    def awards(self, quote):
        chance = self.chance
        text = f"""[khen-thuong]
ngay-quyet-dinh = {self.last + 1}-03-15
lam-tron-den = {chance.choice([1, 1000, 10000])}
lam-tron = "{chance.choice(["len", "gan-nhat", "xuong"])}"
tong-tap-the = 16
tong-ca-nhan = 20
[[khen-thuong.luong-co-so]]
tu = 2005-01-01
muc = 1050000
can-cu = "Nghị định năm 2005"
[[khen-thuong.luong-co-so]]
tu = {self.last}-07-01
muc = 1390000
can-cu = "Nghị định năm {self.last}"
"""
        for kind in ["tap-the", "tap-the", "ca-nhan"][: chance.randint(1, 3)]:
            text += f"""[[khen-thuong.{kind}]]
ten = "Giấy khen"
can-cu = "Nghị định"
khoi = {quote(chance.sample(self.blocs, chance.randint(1, len(self.blocs))))}
so-luong = {chance.randint(1, 5)}
xep-theo = "{chance.choice(["trung-binh", "muc-tang"])}"
so-nam-xep-hang = {chance.randint(1, self.last - self.first + 1)}
he-so = {chance.choice([0.3, 0.6, 0.15])}
dong-hang-suat-cuoi = "{chance.choice(["lay-het", "khong-lay", "cho-quyet-dinh"])}"
"""
            if kind == "ca-nhan":
                text += f"moi-don-vi = {chance.randint(1, 2)}\n"
            elif chance.random() < 0.5:
                text += "phai-de-nghi = true\n"
            if chance.random() < 0.4:
                text += f'xep-loai-toi-thieu = "Khá"\nso-nam-dat = {chance.randint(1, 3)}\n'
            if chance.random() < 0.3:
                text += "trung-binh-toi-thieu = 70.5\n"
            if chance.random() < 0.2:
                text += "muc-tang-toi-thieu = 1\n"
        return text

    def register(self):
        head = ["Mã đơn vị", "Tên đơn vị", "Khối", "Từ ngày", "Đến ngày"]
        rows = [[unit, f"Đơn vị {unit}", bloc, since, until]
                for unit, (bloc, since, until) in self.units.items()]
        pages = {"Đơn vị": [head, *rows]}
        if self.events:
            labels = ["Ngày", "Loại biến động", "Mã đơn vị trước", "Mã đơn vị sau"]
            pages["Biến động"] = [labels] + [[day, kind, "; ".join(before), "; ".join(after)]
                                             for day, kind, before, after in self.events]
        sample.save_xlsx(self.folder / "don-vi.xlsx", pages)

    def people(self):
        chance = self.chance
        nominated, excluded, commended = [], [], []
        # A unit is nominated under its last id.
        renamed = {unit for _, kind, before, _ in self.events
                   if kind in ("đổi tên", "đổi cấp") for unit in before}
        for unit in self.units:
            if unit in renamed:
                continue
            if chance.random() < 0.6:
                nominated.append([unit, None, None, "Thành tích chung"])
            for at in range(chance.randint(0, 2)):
                name = f"{chance.choice(FAMILIES)} {MIDDLES[at]} {chance.choice(GIVEN)}"
                nominated.append([unit, name, "Chuyên viên", f"Việc {at}"])
            if chance.random() < 0.1:
                excluded.append([unit, chance.choice([None, "Cả đơn vị"]), "Kỷ luật", None])
        for row in nominated:
            if chance.random() < 0.1:
                commended.append([row[0], row[1], 2015, "Bằng khen", row[3], None])
            elif row[1] and chance.random() < 0.1:
                excluded.append([row[0], row[1], "Kỷ luật", None])
        sample.save_xlsx(self.folder / "khen-thuong.xlsx", {
            "Đề nghị": [["Mã đơn vị", "Họ và tên", "Chức vụ", "Thành tích"], *nominated],
            "Không xét khen": [["Mã đơn vị", "Họ và tên", "Lý do", "Căn cứ"], *excluded],
            "Đã khen": [["Mã đơn vị", "Họ và tên", "Năm", "Hình thức khen", "Thành tích",
                         "Căn cứ"], *commended],
        })

    # A year

    def year(self, year):
        set_id, _, _, areas = next(it for it in self.sets if it[1] <= year <= it[2])
        names = {area: f"L{area}" for area in areas}
        level = self.chance.choice(LEVELS)
        dense = self.chance.random() < 0.3
        kind = self.chance.choice(["xlsx", "csv", "json"])
        # A record without items tells nothing that a penalty could be held against.
        told = None if kind == "json" and level == "areas" else level
        blocs = []
        for bloc in self.blocs:
            day = f"{year}-12-31"
            units = [{"Mã đơn vị": unit, "Tên đơn vị": f"Đơn vị {unit}"}
                     for unit, (own, since, until) in self.units.items()
                     if own == bloc and (not since or sample.iso(since) <= day)
                     and (not until or sample.iso(until) >= day)]
            rows, silent = [], []
            for unit in units:
                if self.chance.random() < 0.08:
                    silent.append(unit)
                else:
                    rows.append(self.scored(unit, bloc, areas, told))
            for row in rows:
                better = [it["index"] for it in rows if it["index"] > row["index"]]
                row["rank"] = 1 + len(set(better) if dense else better)
            rows.sort(key=lambda it: it["rank"])
            blocs.append((bloc, f"Khối {bloc}", rows, silent))
        folder = self.folder / str(year)
        folder.mkdir()
        if kind == "json":
            text = sample.record(year, blocs, "thu", set_id, names)
            if level in (None, "areas"):
                for _, _, rows, _ in blocs:
                    for row in rows:
                        row["items"] = {}
                text = sample.record(year, blocs, "thu", set_id, names)
            (folder / "ket-qua.json").write_text(text, "utf-8")
            return
        table = self.table(year, blocs, level, names)
        if kind == "csv":
            save = sample.save_csv if self.chance.random() < 0.5 else save_plain_csv
            save(folder / "ket-qua.csv", table)
        else:
            sample.save_xlsx(folder / "ket-qua.xlsx", {"Kết quả": table})

    def scored(self, unit, bloc, areas, level):
        chance = self.chance
        items, total, top = {}, Decimal(0), Decimal(0)
        for area, (_, maxima) in areas.items():
            for at, most in enumerate(maxima[bloc], 1):
                if chance.random() < 0.05 and items:
                    continue  # not applicable
                points = sample.quarter(float(most) * chance.choice([0.4, 0.7, 0.9, 1]))
                points = min(points, most)
                claim = min(most, points + chance.choice([0, 0, Decimal("0.5")]))
                items[f"{area}.{at}"] = (most, claim, points)
                total, top = total + points, top + most
        penalty = Decimal(0)
        if level and not self.coarse and chance.random() < 0.03:
            penalty = total + Decimal(chance.randint(0, 3))
            total -= penalty
        index = total / top * 100
        index = sample.decimal(round(index / self.coarse) * self.coarse if self.coarse else index)
        return {"row": unit, "items": items, "total": total, "top": top, "index": index,
                "penalty": penalty}

    def table(self, year, blocs, level, names):
        columns = sorted({(code, it[0]) for _, _, rows, _ in blocs for row in rows
                          for code, it in self.grouped(row["items"], level).items()})
        codes = sorted({code for code, _ in columns}) if level == "claims" else []
        head = list(sample.FIXED)
        for code, top in columns:
            called = f"{code} {names[int(code)]}" if level == "areas" else code
            head.append(f"{called} ({sample.short(Decimal(top))})")
        head += [f"{code} tự chấm" for code in codes]
        is_adjusted = any(it["penalty"] for _, _, rows, _ in blocs for it in rows)
        head += ["Điểm thưởng, trừ"] if is_adjusted else []
        lines = []
        for bloc, _, rows, silent in blocs:
            for it in rows:
                items = self.grouped(it["items"], level)
                line = [it["row"]["Mã đơn vị"], it["row"]["Tên đơn vị"], bloc, it["index"],
                        sample.band(it["index"]), it["rank"], None]
                line += [items[code][2] if items.get(code, [None])[0] == top else None
                         for code, top in columns]
                line += [items[code][1] if code in items else None for code in codes]
                line += [-it["penalty"] if it["penalty"] else None] if is_adjusted else []
                lines.append(line)
            lines += [[it["Mã đơn vị"], it["Tên đơn vị"], bloc, None, None, None, "Chưa nộp phiếu"]
                      + [None] * (len(head) - 7) for it in silent]
        self.chance.shuffle(lines)
        told = names.items() if level not in (None, "areas") else ()
        named = [[f"Lĩnh vực {area}", called] for area, called in told]
        return [["Năm", year], *named, ["Số đơn vị", len(lines)], head, *lines]

    def grouped(self, items, level):
        """What the file tells: nothing, areas in one sum, or every item."""
        if level is None:
            return {}
        if level != "areas":
            return items
        sums = {}
        for code, it in items.items():
            old = sums.get(code.split(".")[0], (0, 0, 0))
            sums[code.split(".")[0]] = tuple(a + b for a, b in zip(old, it))
        return sums


def save_plain_csv(path, rows):
    """As programs write it: commas and decimal points."""
    def cell(value):
        text = "" if value is None else str(value)
        return f'"{text}"' if "," in text else text

    path.write_text("".join(",".join(map(cell, row)) + "\n" for row in rows), "utf-8")


def make_history(seed, folder):
    Maker(seed, folder).make()
