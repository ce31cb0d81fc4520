"""A second, independent computation of a summary of several years.

`python3 tests/oracle/recompute_history.py DIR` reads the files of the summary
as they lie there, computes every series, mean, move, matrix, content and award
anew with exact fractions, and compares with DIR/ket-qua/tong-ket.json. Prints
each difference; the exit code is 1 when there is any.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

from period import Period
from read_history import read


def fraction(text):
    return None if text is None else Fraction(text)


class Comparison:
    def __init__(self, period, data):
        self.period, self.data = period, data
        self.differences = []

    def same(self, what, found, expected):
        if found != expected:
            self.differences.append(f"{what}: chương trình {found}, tính lại {expected}")

    def lines(self):
        period = self.period
        self.same("đơn vị", [it["ma"] for it in self.data["don-vi"]], period.lines)
        for row in self.data["don-vi"]:
            line = row["ma"]
            stats = period.stats(line) or {"years": 0, "mean": None, "gain": None,
                                           "swing": None, "bands": []}
            self.same(f"{line} khối", row["khoi"], period.bloc(line))
            self.same(f"{line} chuỗi", row["chuoi"], period.continuity(line))
            self.same(f"{line} tiền thân", row["hinh-thanh-tu"], period.parents.get(line, []))
            self.same(f"{line} số năm", row["so-nam"], stats["years"])
            self.same(f"{line} trung bình", fraction(row["trung-binh"]), stats["mean"])
            self.same(f"{line} tăng", fraction(row["tang"]), stats["gain"])
            self.same(f"{line} dao động", fraction(row["dao-dong"]), stats["swing"])
            self.same(f"{line} xếp loại", row["so-nam-xep-loai"], stats["bands"])
            for point in row["cac-nam"]:
                self.point(line, point)

    def point(self, line, point):
        year = point["nam"]
        entry = self.period.own.get((line, year))
        what = f"{line} {year}"
        if entry is None:
            index = self.period.composed(line, year)
            kind = "khong-co" if index is None else "ghep"
            self.same(f"{what} chỉ số", fraction(point["chi-so"]), index)
            self.same(f"{what} nội dung", point["noi-dung"], {})
        else:
            kind = "khong-xep-hang" if entry.rank is None else "rieng"
            self.same(f"{what} chỉ số", fraction(point["chi-so"]), entry.index)
            self.same(f"{what} hạng", point["hang"], entry.rank)
            self.same(f"{what} mức", point["xep-loai"], entry.band)
            shares = self.period.shares(self.period.by_content(entry.bloc, year, entry, False))
            told = {key: Fraction(it) for key, it in point["noi-dung"].items()}
            self.same(f"{what} nội dung", told, shares)
        self.same(f"{what} loại", point["loai"], kind)

    def moves(self):
        def place(it):
            return it["tu-nam"], it["khoi"], it["don-vi"]

        told = {place(it): it for it in self.data["bien-dong-hang"]}
        anew = {place(it): it for it in self.period.moves()}
        self.same("các lần biến động", sorted(told), sorted(anew))
        for at in told.keys() & anew.keys():
            self.same(f"biến động {at}", told[at], anew[at])
            parts = ["thuc-hien", "doi-bo-chi-so", "doi-don-vi", "tham-dinh"]
            total = told[at]["hang-truoc"] - told[at]["hang-sau"]
            self.same(f"tổng {at}", sum(told[at][part] for part in parts), total)

    def migrations(self):
        years = sorted(self.period.archive.years)
        pairs = [(years[0], years[-1])] if len(years) > 1 else []
        pairs += list(zip(years, years[1:]))
        told = [(it["khoi"], it["tu-nam"], it["den-nam"], it["so-don-vi"])
                for it in self.data["chuyen-xep-loai"]]
        anew = [(bloc, *pair, self.period.migration(bloc, *pair))
                for pair in pairs for bloc in self.period.blocs]
        self.same("chuyển xếp loại", told, anew)

    def contents(self):
        limit = self.period.settings["nguong"]
        told = {(it["khoi"], it["noi-dung"]): it for it in self.data["noi-dung"]}
        anew = {(bloc, content): shares for bloc in self.period.blocs
                for content, shares in self.period.trends(bloc).items()}
        self.same("nội dung", sorted(told), sorted(anew))
        for at, shares in anew.items():
            found = {int(year): Fraction(it) for year, it in told[at]["ty-le"].items()}
            self.same(f"nội dung {at}", found, shares)
            last = shares[max(shares)]
            rating = "giu" if last >= limit["giu-tu"] else (
                "nang" if last < limit["nang-duoi"] else "theo-doi")
            self.same(f"hướng {at}", told[at]["huong"], rating)
        told = {(it["khoi"], it["bo-chi-so"], it["muc"]):
                ({int(year): Fraction(s) for year, s in it["ty-le"].items()}, it["so-nam-yeu"])
                for it in self.data["muc-yeu"]}
        self.same("mục yếu", told, self.period.weak())

    def awards(self):
        told, anew = self.data["khen-thuong"], self.period.awards()
        if told is None or anew is None:
            self.same("khen thưởng", told, anew)
            return
        self.same("lương cơ sở", told["luong-co-so"], anew["luong-co-so"])
        for kind in ("tap-the", "ca-nhan"):
            rows = [(it["don-vi"], it["ho-ten"], it["quy-dinh"], Fraction(it["co-so-xet"]),
                     it["muc-thuong"], fraction(it["cach-biet"])) for it in told[kind]]
            self.same(f"khen {kind}", rows, anew[kind])
        left = {(it["don-vi"], it["ho-ten"]) for it in told["khong-de-nghi"]}
        self.same("không đề nghị", sorted(map(str, left)), sorted(map(str, anew["khong-de-nghi"])))


def recompute(folder):
    """The differences, as lines for a reader."""
    data = json.loads((folder / "ket-qua" / "tong-ket.json").read_text("utf-8"))
    comparison = Comparison(Period(read(folder)), data)
    comparison.lines()
    comparison.moves()
    comparison.migrations()
    comparison.contents()
    comparison.awards()
    return comparison.differences


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    differences = recompute(Path(sys.argv[1]))
    print(*differences, f"{len(differences)} khác biệt", sep="\n")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
