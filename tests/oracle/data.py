"""Compares a recomputed round with the tables in `ket-qua/du-lieu/`."""

import csv
from fractions import Fraction

from plain import rounded
from read_round import code_text

CARD = {
    "tu-cham": "self_total",
    "tham-dinh": "appraised",
    "khao-sat": "survey",
    "thuong": "bonus",
    "tru": "penalty",
    "tong": "total",
    "toi-da": "possible",
}


def compare_data(comparison, folder, rankings):
    """Adds what differs to the differences of `comparison`."""
    _Tables(comparison, folder, rankings).compare()


class _Tables:
    def __init__(self, comparison, folder, rankings):
        self.comparison, self.folder = comparison, folder
        self.places = comparison.round.places
        self.standings = {it.card.unit: it for ranking in rankings for it in ranking.standings}
        self.unranked = {
            unit: reason
            for ranking in rankings
            for unit, (reason, _) in ranking.unranked.items()
        }
        self.cards = {unit: it.card for unit, it in self.standings.items()}
        for ranking in rankings:
            others = ranking.unranked.items()
            self.cards |= {unit: card for unit, (_, card) in others if card}

    def compare(self):
        self._ranking()
        scores = {
            (unit, code_text(at)): score
            for unit, card in self.cards.items()
            for at, score in card.items.items()
        }
        self._scores(scores)
        self._lost(scores)
        self._gaps(scores)
        self._dictionary()

    def _rows(self, name):
        path = self.folder / "ket-qua" / "du-lieu" / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _differ(self, where, ours, theirs):
        self.comparison.differ(where, ours, theirs)

    def _number(self, where, ours, text, places):
        """A number, with as many decimals as it is shown with."""
        self._differ(where, None if ours is None else rounded(ours, places), _number(text))
        if text:
            self._differ(f"{where} (số chữ số lẻ)", places, len(text.partition(".")[2]))

    def _ranking(self):
        rows = {row["don-vi"]: row for row in self._rows("xep-hang.csv")}
        known = self.standings.keys() | self.unranked.keys()
        self._differ("xep-hang.csv: các đơn vị", sorted(known), sorted(rows))
        for unit in known & rows.keys():
            row, standing, card = rows[unit], self.standings.get(unit), self.cards.get(unit)
            where = f"xep-hang.csv {unit}"
            rank = str(standing.rank) if standing else ""
            self._differ(f"{where}: hạng", rank, row["hang"])
            self._differ(f"{where}: xếp loại", standing.band if standing else "", row["xep-loai"])
            self._differ(f"{where}: lý do", self.unranked.get(unit, ""), row["ly-do"])
            for key, name in CARD.items():
                ours = getattr(card, name) if card else None
                self._number(f"{where}: {key}", ours, row[key], self.places)
            index = card.index if card else None
            self._number(f"{where}: chỉ số", index, row["chi-so"], self.comparison.round.index_places)

    def _scores(self, scores):
        rows = {(row["don-vi"], row["muc"]): row for row in self._rows("diem.csv")}
        self._differ("diem.csv: các mục", sorted(scores), sorted(rows))
        for at in scores.keys() & rows.keys():
            score, row = scores[at], rows[at]
            self._differ(f"diem.csv {at}: nguồn", score.by, row["nguon"])
            self._number(f"diem.csv {at}: tối đa", score.max, row["toi-da"], self.places)
            self._number(f"diem.csv {at}: tự chấm", score.self_score, row["tu-cham"], self.places)
            self._number(f"diem.csv {at}: thẩm định", score.appraised, row["tham-dinh"], self.places)
            self._number(f"diem.csv {at}: điểm", score.points, row["diem"], self.places)

    def _lost(self, scores):
        lost = {
            at: score.max - score.points
            for at, score in scores.items()
            if score.points is not None and score.points < score.max
        }
        rows = self._rows("mat-diem.csv")
        theirs = {(row["don-vi"], row["muc"]): _number(row["mat"]) for row in rows}
        self._differ("mat-diem.csv", lost, theirs)
        last = {}
        for row in rows:
            unit, number, points = row["don-vi"], int(row["thu-tu"]), _number(row["mat"])
            before, least = last.get(unit, (0, points))
            self._differ(f"mat-diem.csv {unit}: thứ tự", before + 1, number)
            self._differ(f"mat-diem.csv {unit} {number}: giảm dần", True, points <= least)
            last[unit] = number, points

    def _gaps(self, scores):
        ours = {
            at: score.self_score - score.appraised
            for at, score in scores.items()
            if score.self_score is not None and score.appraised is not None
        }
        rows = self._rows("chenh-lech.csv")
        theirs = {(row["don-vi"], row["muc"]): _number(row["chenh-lech"]) for row in rows}
        self._differ("chenh-lech.csv", ours, theirs)

    def _dictionary(self):
        """Every column of every table is told."""
        told = {(row["tep"], row["cot"]) for row in self._rows("tu-dien.csv")}
        for path in sorted((self.folder / "ket-qua" / "du-lieu").glob("*.csv")):
            if path.name != "tu-dien.csv":
                with path.open(encoding="utf-8-sig", newline="") as file:
                    columns = next(csv.reader(file))
                missing = [name for name in columns if (path.name, name) not in told]
                self._differ(f"tu-dien.csv: {path.name}", [], missing)


def _number(text):
    return Fraction(text) if text else None
