"""Makes small mistakes of clerks in random rounds and histories, one in each
copy, and judges what the program makes of it.

`python3 tests/generators/mistakes.py N SEED` tries N copies, from seed SEED up;
`… --one SEED.AT [FOLDER]` makes one of them again, in FOLDER, and tells all.

Each copy has to come out *same* (the result of the original), *said* (a finding
at the changed place) or *refused* (exit 2, with such a finding). It is *silent*
when the result is another and nothing is said there, *elsewhere* when something
is said, but not there. *unsaid*: the clerk meant something that has no effect,
the result is the same, and nothing is said. The exit code is 1 when a copy is
silent or elsewhere and its kind does not stand in `mistakes_known.tsv`.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl

import second  # noqa: F401 (first: makes the others importable)
from mistake_files import FILES
from mistake_lines import LINES, mistake
from mistake_tables import HISTORY, ROUND, Table, tables
from mistake_values import KINDS
from random_history import make_history
from random_round import make_round
from random_rounds import PROGRAM, cchc

PER_BASE = 25
KNOWN = Path(__file__).with_name("mistakes_known.tsv")
VERDICTS = ["same", "said", "refused", "unsaid", "elsewhere", "silent"]
# `FILE: SHEET!CELL [CODE] …`, `FILE: line [CODE]`, `FILE [CODE] …`
FINDING = re.compile(r"^(?P<place>\S.*?) \[(?P<code>[A-Z]\d{3})\] (?P<message>.*)$")


class Base:
    """One round or history without mistakes, and what comes of it."""

    def __init__(self, seed, top):
        self.seed, self.folder = seed, Path(top) / f"goc-{seed}"
        self.is_round = seed % 3 != 2
        self.command = "run" if self.is_round else "summary"
        if self.is_round:
            make_round(seed, self.folder, cchc)
            _enrich(random.Random(seed), self.folder)
        else:
            make_history(seed, self.folder)
        self.code, self.result, self.findings = answer(self.folder, self.command)
        shutil.rmtree(self.folder / "ket-qua", ignore_errors=True)

    def copy(self, to):
        """Files are shared with the base until a mistake replaces them."""
        shutil.copytree(self.folder, to, copy_function=os.link,
                        ignore=shutil.ignore_patterns("mau", ".cchc-khoa"))


def _enrich(chance, folder):
    """Exclusions, waivers and changes that matter to the result."""
    code, result, _ = answer(folder, "run")
    shutil.rmtree(folder / "ket-qua", ignore_errors=True)
    if result is None:
        return
    awards = result["khen-thuong"] or {"tap-the": [], "ca-nhan": [], "khong-xet": []}
    book = openpyxl.load_workbook(folder / "don-vi.xlsx")
    for row in awards["ca-nhan"][:1]:
        book["Không xét khen"].append([row["don-vi"], row["ho-ten"], "Đang bị kỷ luật", "QĐ số 8"])
    for row in awards["tap-the"][:1]:
        book["Không xét khen"].append([row["don-vi"], None, "Đang bị kỷ luật", "QĐ số 9"])
    book.save(folder / "don-vi.xlsx")
    late = sorted({row["don-vi"] for row in awards["khong-xet"] if row["ly-do"] == "nop-muon"})
    rows = [[it, "nộp muộn", None, "Phòng Nội vụ", "Chủ tịch UBND", "20/12/2019", "Bão số 9"]
            for it in late[:2]]
    heads = ["Mã đơn vị", "Quy định", "Mã tiêu chí", "Người đề nghị", "Người phê duyệt", "Ngày", "Lý do"]
    if rows:
        _save(folder / "mien-tru.xlsx", {"Miễn trừ": [heads, *rows]})
    if chance.random() < 0.5:
        unit = result["khoi"][0]["xep-hang"][:1]
        _save(folder / "thay-doi.xlsx", {
            "Thay đổi": [["Mã đơn vị", "Mã tiêu chí", "Mã lý do", "Diễn giải"],
                         *[[it["don-vi"], None, "L1", "Sai sót"] for it in unit]],
            "Mã lý do": [["Mã lý do", "Nghĩa"], ["L1", "Sửa sai sót"], ["L2", "Khiếu nại"]]})


def _save(path, pages):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)


def answer(folder, command):
    """The exit code, the result without digests, and the findings."""
    run = subprocess.run([PROGRAM, command, folder], capture_output=True, text=True, timeout=120,
                         check=False)
    name = "ket-qua.json" if command == "run" else "tong-ket.json"
    record = folder / "ket-qua" / name
    findings = _printed(run.stdout + run.stderr)
    if run.returncode not in (0, 1) or not record.exists():
        return run.returncode, None, findings
    whole = json.loads(record.read_text("utf-8"))
    for it in whole["phat-hien"]:
        findings.add((it["tep"], it["trang"] or "", it["o"] or "", it["ma"], it["noi-dung"]))
    return run.returncode, _kept(whole, command), findings


def _kept(whole, command):
    if command == "summary":
        return {name: it for name, it in whole.items() if name not in ("phat-hien", "dau-vao", "dau-ra")}
    kept = {name: whole[name] for name in ("trang-thai", "con-thieu", "khoi", "khen-thuong", "mien-tru")}
    kept["phieu"] = sorted((it["don-vi"] or "", it["trang-thai"]) for it in whole["phieu"])
    return json.loads(json.dumps(kept))


def _printed(text):
    found = set()
    for line in text.splitlines():
        if match := FINDING.match(line):
            file, _, at = match["place"].partition(": ")
            sheet, _, cell = at.rpartition("!")
            if not sheet and not at.startswith("dòng"):
                sheet, cell = at, ""
            found.add((file, sheet, cell, match["code"], match["message"]))
    return found


def make_mistake(base, at, folder):
    """One mistake in a copy of the base; its name and what it touched."""
    chance = random.Random(f"{base.seed}.{at}")
    layout = ROUND if base.is_round else HISTORY
    for _ in range(200):
        shutil.rmtree(folder, ignore_errors=True)
        base.copy(folder)
        draw = chance.random()
        if draw < 0.12:
            name, (law, make) = chance.choice(sorted(FILES.items()))
            change, where = make(chance, folder), "tệp"
        elif draw < 0.3:
            name, (law, make) = chance.choice(sorted(LINES.items()))
            path = next(folder.glob("*.toml"))
            change, where = mistake(chance, make, path, folder), path.name
        else:
            name, (law, make) = chance.choice(sorted(KINDS.items()))
            found = tables(folder, layout)
            pattern = chance.choice(sorted({(sheet or "", labels) for _, sheet, labels in found}))
            mine = [it for it in found if (it[1] or "", it[2]) == pattern]
            try:
                table = Table(folder, *chance.choice(mine))
            except (KeyError, zipfile.BadZipFile):  # a damaged form of the base has no tables
                continue
            try:
                change = make(chance, table) if table.header else None
            except AttributeError:  # nobody can type into the rest of merged cells
                continue
            where = table.kind
            if change:
                table.save()
        if change:
            return f"{law} {name}", where, change
    raise RuntimeError(f"no mistake can be made in {base.folder}")


def is_at(finding, change):
    """Whether a finding names a changed place: its cell, row or heading, a whole
    sheet or file around it, or the cell in its words."""
    file, sheet, spot, _, message = finding
    for its_file, its_sheet, cell in change.places:
        if its_file is None:
            return True
        if file.rstrip("/") != its_file and not (cell is None and its_file in message):
            continue
        if not spot or cell is None or spot == cell or cell in message:
            return True
        if its_sheet and _row(spot) == _row(cell) and sheet in ("", its_sheet):
            return True
        # One finding for several cells of a column stands at the first.
        if its_sheet and sheet == its_sheet and _letters(spot) == _letters(cell):
            return True
    return False


def _letters(spot):
    return re.match("[A-Z]*", spot)[0]


def _row(spot):
    found = re.search(r"\d+$", spot)
    return int(found[0]) if found else None


def judge(base, change, folder):
    code, result, findings = answer(folder, base.command)
    is_wide = all(place[1:] == (None, None) or place[0].endswith(".toml") for place in change.places)
    new = findings - base.findings
    there = [it for it in new if is_at(it, change)]
    if code == 2:
        # What contradicts is found at either end: settings and what follows
        # them, a file that is not where it belongs and who wants it.
        there += [it for it in new if is_wide or it[0] in {place[0] for place in change.places}]
    if code not in (0, 1, 2):
        return "silent", f"mã thoát {code}", new
    if change.spelt:
        # A person is called as the unit calls him; who he is must not change.
        new_name, name = (json.dumps(it)[1:-1] for it in change.spelt)
        result = json.loads(json.dumps(result).replace(new_name, name))
    if result == base.result and result is not None:
        if there:
            return "said", "", new
        return ("unsaid" if change.is_meant else "same"), "", new
    if there:
        return ("refused" if result is None else "said"), "", new
    what = "bị từ chối" if result is None else _difference(base.result, result)
    return ("elsewhere" if new else "silent"), what, new


def _difference(old, new, path=""):
    """The first difference of two results, in words."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old:
            if old.get(name) != new.get(name):
                return _difference(old.get(name), new.get(name), f"{path}/{name}")
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, (a, b) in enumerate(zip(old, new, strict=True)):
            if a != b:
                return _difference(a, b, f"{path}/{at}")
    if isinstance(old, list) and isinstance(new, list):
        return f"{path}: {len(old)} thành {len(new)} mục"
    return f"{path}: {str(old)[:60]} thành {str(new)[:60]}"


def _known():
    lines = KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else []
    return {tuple(it.split("\t")[:2]) for it in lines if it and not it.startswith("#")}


def try_one(base, at, folder):
    name, where, change = make_mistake(base, at, folder)
    verdict, what, new = judge(base, change, folder)
    return name, where, change, verdict, what, new


def main(count, first):
    known, table = _known(), defaultdict(Counter)
    started, bad = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="cchc-sot-") as top:
        for number in range(count):
            at = number % PER_BASE
            if at == 0:
                base = Base(first + number // PER_BASE, top)
            name, where, change, verdict, what, new = try_one(base, at, Path(top) / "ban")
            table[where][verdict] += 1
            is_known = (name.split()[1], where) in known
            if verdict in ("silent", "elsewhere", "unsaid"):
                mark = " (đã biết)" if is_known else ""
                places = "; ".join("!".join(filter(None, it)) for it in list(change.places)[:2])
                print(f"{verdict}{mark}\t{base.seed}.{at}\t{name}\t{where}\t{places}\t{change.told}\t{what}"
                      f"\t{next(iter(sorted(new)), '')}", flush=True)
            bad += verdict in ("silent", "elsewhere") and not is_known
            if at == PER_BASE - 1:
                shutil.rmtree(base.folder)
    print("\t".join(["bảng", "tried", *VERDICTS]))
    for where, counts in sorted(table.items()):
        numbers = [counts.total(), *(counts[it] for it in VERDICTS)]
        print("\t".join([where, *map(str, numbers)]))
    print(f"{count} sơ suất, {bad} lọt mà chưa biết, {time.monotonic() - started:.0f} giây")
    sys.exit(1 if bad else 0)


def again(which, keep):
    seed, at = map(int, which.split("."))
    with tempfile.TemporaryDirectory(prefix="cchc-sot-") as top:
        base = Base(seed, top)
        folder = Path(keep) if keep else Path(top) / "ban"
        name, where, change, verdict, what, new = try_one(base, at, folder)
        print(name, where, *change, verdict, what, sep="\n")
        print(*sorted(new), sep="\n")


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "--one":
        again(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
    elif len(sys.argv) == 3:
        main(int(sys.argv[1]), int(sys.argv[2]))
    else:
        sys.exit(__doc__)
