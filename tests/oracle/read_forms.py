"""Reads the folder `nop/`: whose form each file is, what it claims, and what
becomes of it. Knows the mistakes that the formats name; never guesses."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from claims import LISTED, Claim, read_claims
from plain import blank, day, key
from read_round import code_text
from sheets import FOREIGN, Table, hidden_pairs, load

COUNTED, PROVISIONAL, SET_ASIDE = "duoc-tinh", "tam-tinh", "gat-ra"
REPLACED, STRAY = "thay-the", "bo-qua"


@dataclass
class Form:
    file: str
    digest: str
    unit: str = None
    fate: str = None
    dated: object = None
    claims: dict = field(default_factory=dict)  # code -> claims.Claim
    people: list = field(default_factory=list)  # (name, post), in form order
    nominates_itself: bool = False
    is_sound: bool = False  # identity and table are sound
    told: tuple = None  # everything it says; None when it makes no claims


def read_forms(round):
    """Every file of `nop/` with its fate, by name; and the form that counts, by unit."""
    top = round.folder / "nop"
    files = sorted(path for path in top.rglob("*") if path.is_file()) if top.exists() else []
    prints = _prints(round, files)
    forms = [_read(round, path, prints) for path in files]
    for unit in round.units:
        _choose(round, [form for form in forms if form.unit == unit and not form.fate])
    for form in forms:
        form.fate = form.fate or SET_ASIDE
    return forms, {form.unit: form for form in forms if form.fate in (COUNTED, PROVISIONAL)}


def _prints(round, files):
    """The fingerprint of each set as issued and of its lines: those of a blank
    form, else those that most forms carry."""
    blanks = {unit.set: round.folder / "mau" / f"{unit.id}.xlsx" for unit in round.members}
    if all(path.exists() for path in blanks.values()):
        return {set_id: _print(_identity(path)) for set_id, path in blanks.items()}
    found = Counter()
    for pairs in map(_identity, files):
        found[pairs.get("bo-chi-so"), _print(pairs)] += 1
    return dict(pair for pair, _ in reversed(found.most_common()))


def _print(pairs):
    return pairs.get("dau-van-tay"), pairs.get("dau-tung-dong", "")


def _changed(pairs, issued):
    """The lines of the set that ask something else than when the form was issued;
    `None` when that is not told, or less than half is left. A line carries its
    mark, that of its question and what it is worth: where only the first differs,
    the answer stands. (No round made here changes what a line is worth.)"""
    if issued is None:
        return None
    whole, lines = _print(pairs)
    if whole == issued[0]:
        return set()
    then, now = (
        {code: rest.split(":") for code, _, rest in (it.partition(":") for it in text.split())}
        for text in (lines, issued[1])
    )
    same = lambda a, b: a[0] == b[0] or len(a) == 3 and a[1:] == b[1:]  # noqa: E731
    changed = {code for code, line in now.items() if code not in then or not same(then[code], line)}
    return changed if then and 2 * len(changed) <= len(now) else None


def _identity(path):
    try:
        return hidden_pairs(load(path))
    except Exception:  # a damaged file says nothing of itself
        return {}


def _read(round, path, prints):
    form = Form(path.relative_to(round.folder).as_posix(), _digest(path))
    if path.suffix.lower() not in (".xlsx", ".xlsm", *FOREIGN) or path.name[:2] in ("~$", "._"):
        form.fate = STRAY
        return form
    try:
        book = load(path)
    except Exception:  # whatever the library says, the file cannot be read
        return form
    pairs = hidden_pairs(book)
    if "Phiếu tự chấm" not in book.sheetnames:
        return form
    sheet = book["Phiếu tự chấm"]
    unit = _issued_to(round, pairs, sheet) if pairs else _by_head(round, sheet)
    if unit is None:
        return form
    form.unit = unit.id
    changed = _changed(pairs, prints.get(unit.set)) if pairs else set()
    if changed is None:
        form.fate = SET_ASIDE
        return form
    _read_table(form, round, unit, book, sheet)
    for code in form.claims:
        if code_text(code) in changed:
            is_listed = (unit.id, code) in round.exempt
            form.claims[code] = Claim(not_applicable=LISTED) if is_listed else Claim(is_faulty=True)
    return form


def _issued_to(round, pairs, sheet):
    """The unit that a form of this round was issued to, if it bears its name."""
    unit = next((it for it in round.members if it.id == pairs.get("don-vi")), None)
    is_of_round = pairs.get("ky") == round.settings["ma"]
    bears_name = unit and key(_head(sheet, "Đơn vị:")) in _names(unit)
    return unit if is_of_round and bears_name else None


def _by_head(round, sheet):
    """A form that lost its hidden sheet is known by its title and its name."""
    head = [str(cell.value) for row in sheet.iter_rows(max_row=10) for cell in row]
    year = f"năm {round.settings['nam']}"
    if not any(key("tự chấm") in key(text) and key(year) in key(text) for text in head):
        return None
    name = key(_head(sheet, "Đơn vị:"))
    units = [unit for unit in round.members if name in _names(unit)]
    return units[0] if len(units) == 1 else None


def _read_table(form, round, unit, book, sheet):
    claims = read_claims(round, unit, sheet)
    if claims is None:
        return
    own = [claim for claim in claims.by_code.values() if claim.not_applicable != LISTED]
    if own and all(claim.is_empty for claim in own):
        form.fate = SET_ASIDE
        return
    form.dated = day(_head(sheet, "Ngày lập phiếu:"))
    form.claims, form.is_sound = claims.by_code, claims.is_sound
    _nominations(form, book)
    form.told = form.dated, claims.told, form.people, form.nominates_itself


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _names(unit):
    return {key(name) for name in [unit.name, *unit.other_names]}


def _head(sheet, label):
    """The first value to the right of a label in the head of the sheet."""
    for row in sheet.iter_rows(max_row=40):
        for at, cell in enumerate(row):
            if isinstance(cell.value, str) and key(cell.value) == key(label):
                return next((c.value for c in row[at + 1 :] if not blank(c.value)), "")
    return ""


def _nominations(form, book):
    if "Đề nghị khen thưởng" not in book.sheetnames:
        return
    sheet = book["Đề nghị khen thưởng"]
    people = Table(sheet, ["STT", "Họ và tên", "Chức vụ", "Thành tích"])
    for row in people.rows():
        if row.text("Họ và tên"):
            form.people.append((row.text("Họ và tên"), row.text("Chức vụ")))
    for row in Table(sheet, ["STT", "Tên tập thể", "Thành tích"]).rows():
        if row.number >= people.header - 1:
            break
        form.nominates_itself |= bool(row.text("Tên tập thể"))


def _choose(round, forms):
    """Of one unit's forms: copies count once; of different ones the later, where
    the round says so, else none."""
    different = []
    for form in forms:
        if any(_is_copy(form, other) for other in different):
            form.fate = REPLACED
        else:
            different.append(form)
    if len(different) > 1:
        different = _latest(round, different)
    for form in different:
        form.fate = _fate(round, form)


def _is_copy(form, other):
    return form.digest == other.digest or (form.told is not None and form.told == other.told)


def _latest(round, forms):
    if round.settings["nop-phieu"]["nop-lai"] != "ban-sau" or any(f.dated is None for f in forms):
        return []
    last = max(form.dated for form in forms)
    if sum(form.dated == last for form in forms) > 1:
        return []
    for form in forms:
        form.fate = REPLACED if form.dated < last else None
    return [form for form in forms if form.dated == last]


def _fate(round, form):
    if form.is_sound and not any(claim.is_faulty for claim in form.claims.values()):
        return COUNTED
    if form.told is None:
        return SET_ASIDE
    return PROVISIONAL if round.settings["nop-phieu"]["phieu-loi"] == "tam-tinh" else SET_ASIDE
