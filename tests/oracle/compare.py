"""Compares a recomputed round with what the program wrote in `ket-qua.json`."""

import json
from fractions import Fraction

from plain import key, rounded
from read_forms import STRAY
from read_round import code_text


class Comparison:
    """Gathers differences; knows how many decimals each kind of number shows."""

    def __init__(self, round, path):
        self.round = round
        self.data = json.loads(path.read_text("utf-8"))
        self.differences = []

    def differ(self, where, ours, theirs):
        if ours != theirs:
            self.differences.append(f"{where}: tính lại {_say(ours)}, chương trình {_say(theirs)}")

    def points(self, where, ours, theirs):
        self._decimal(where, ours, theirs, self.round.places)

    def index(self, where, ours, theirs):
        self._decimal(where, ours, theirs, self.round.index_places)

    def _decimal(self, where, ours, theirs, places):
        shown = None if ours is None else rounded(ours, places)
        self.differ(where, shown, None if theirs is None else Fraction(theirs))
        if theirs is not None:
            self.differ(f"{where} (số chữ số lẻ)", places, len(theirs.partition(".")[2]))

    def forms(self, forms):
        theirs = {it["tep"]: it for it in self.data["phieu"]}
        self.differ("phiếu: các tệp", sorted(form.file for form in forms), sorted(theirs))
        for form in forms:
            it = theirs.get(form.file, {})
            self.differ(f"{form.file}: trạng thái", form.fate, it.get("trang-thai"))
            if form.fate != STRAY:  # a stray file is not even opened
                self.differ(f"{form.file}: sha256", form.digest, it.get("sha256"))
            if form.unit:
                self.differ(f"{form.file}: đơn vị", form.unit, it.get("don-vi"))

    def ranking(self, ranking, last):
        theirs = next(bloc for bloc in self.data["khoi"] if bloc["ma"] == ranking.bloc)
        self.index(f"{ranking.bloc}: trung bình", ranking.mean, theirs["diem-trung-binh"])
        ours = [standing.card.unit for standing in ranking.standings]
        order = [standing["don-vi"] for standing in theirs["xep-hang"]]
        self.differ(f"{ranking.bloc}: thứ tự", ours, order)
        by_unit = {standing["don-vi"]: standing for standing in theirs["xep-hang"]}
        for standing in ranking.standings:
            self._standing(standing, by_unit.get(standing.card.unit), last)
        unranked = {it["don-vi"]: it for it in theirs["khong-xep-hang"]}
        reasons = {unit: reason for unit, (reason, _) in ranking.unranked.items()}
        said = {unit: it["ly-do"] for unit, it in unranked.items()}
        self.differ(f"{ranking.bloc}: không xếp hạng", reasons, said)
        for unit, (_, card) in ranking.unranked.items():
            if card and unit in unranked and "muc" in unranked[unit]:
                self._card(card, unranked[unit])

    def _standing(self, standing, theirs, last):
        unit = standing.card.unit
        if theirs is None:
            return
        self.differ(f"{unit}: hạng", standing.rank, theirs["hang"])
        self.differ(f"{unit}: xếp loại", standing.band, theirs["xep-loai"])
        rank, index = last.get(unit, (None, None))
        self.differ(f"{unit}: hạng trước", rank, theirs["hang-truoc"])
        self.index(f"{unit}: chỉ số trước", index, theirs["chi-so-truoc"])
        self._card(standing.card, theirs)

    def _card(self, card, theirs):
        unit = card.unit
        self.index(f"{unit}: chỉ số", card.index, theirs["chi-so"])
        self.points(f"{unit}: tự chấm", card.self_total, theirs["tu-cham"])
        self.points(f"{unit}: thẩm định", card.appraised, theirs["tham-dinh"])
        self.points(f"{unit}: khảo sát", card.survey, theirs["khao-sat"])
        self.points(f"{unit}: thưởng", card.bonus, theirs["thuong"])
        self.points(f"{unit}: trừ", card.penalty, theirs["tru"])
        self.points(f"{unit}: tổng", card.total, theirs["tong"])
        self.points(f"{unit}: tối đa", card.possible, theirs["toi-da"])
        self.index(f"{unit}: tỷ lệ áp dụng", card.assessed, theirs["ty-le-ap-dung"])
        items = {it["ma"]: it for it in theirs["muc"]}
        self.differ(f"{unit}: các mục", sorted(map(code_text, card.items)), sorted(items))
        for at, score in card.items.items():
            self._item(f"{unit} {code_text(at)}", score, items.get(code_text(at)))

    def _item(self, where, score, theirs):
        if theirs is None:
            return
        self.differ(f"{where}: nguồn", score.by, theirs["nguon"])
        self.points(f"{where}: tối đa", score.max, theirs["toi-da"])
        self.points(f"{where}: tự chấm", score.self_score, theirs["tu-cham"])
        self.points(f"{where}: thẩm định", score.appraised, theirs["tham-dinh"])
        self.points(f"{where}: điểm", score.points, theirs["diem"])
        satisfaction = theirs["hai-long"]
        self.differ(
            f"{where}: hài lòng",
            score.satisfaction,
            None if satisfaction is None else Fraction(satisfaction),
        )

    def status(self, cards, rankings, appraisal):
        lacks = set().union(*(card.lacks for card in cards.values())) if cards else set()
        reasons = {it for ranking in rankings for it, _ in ranking.unranked.values()}
        if not any(ranking.standings for ranking in rankings):
            lacks.add("moi-don-vi")
        elif reasons & {"chua-nop", "gat-ra", "chua-khao-sat"}:
            lacks.add("xep-hang")
        if appraisal and appraisal.is_doubtful:
            lacks.add("thuong-tru")
        self.differ("còn thiếu", sorted(lacks), sorted(self.data["con-thieu"]))
        partly = "chinh-thuc-mot-phan" if lacks == {"xep-hang"} else "tam-tinh"
        self.differ("trạng thái", partly if lacks else "chinh-thuc", self.data["trang-thai"])

    def awards(self, collective, individual):
        theirs = self.data["khen-thuong"]
        self.differ("có xét khen thưởng", collective is not None, theirs is not None)
        if not collective or not theirs:
            return
        self._awards("tập thể", collective, theirs["tap-the"])
        self._awards("cá nhân", individual, theirs["ca-nhan"])
        ours = {(u, key(p)): r for (u, p), r in (collective.declined | individual.declined).items()}
        said = {(it["don-vi"], key(it["ho-ten"] or "")): it["ly-do"] for it in theirs["khong-xet"]}
        for name in sorted(ours.keys() | said.keys()):
            self.differ(f"không xét khen {name}", ours.get(name), said.get(name))

    def _awards(self, what, awarding, theirs):
        """Awards by name: who, by which rule, with which rank, amount and margin."""
        ours = {(award.unit, key(award.person)): award for award in awarding.given}
        said = {(it["don-vi"], key(it.get("ho-ten") or "")): it for it in theirs}
        if what == "tập thể":
            said = {(it["don-vi"], ""): it for it in theirs}
        self.differ(f"khen {what}", list(ours), list(said))
        for name in ours.keys() & said.keys():
            award, it = ours[name], said[name]
            self.differ(f"khen {what} {name}: quy định", award.rule, it["quy-dinh"])
            self.differ(f"khen {what} {name}: hạng", award.rank, it["hang"])
            self.differ(f"khen {what} {name}: mức thưởng", award.amount, it["muc-thuong"])
            self.index(f"khen {what} {name}: chỉ số", award.shown, it["chi-so"])
            self.index(f"khen {what} {name}: cách biệt", award.margin, it["cach-biet"])


def _say(value):
    """Fractions as decimals, so that a reader sees the difference."""
    return float(value) if isinstance(value, Fraction) else value
