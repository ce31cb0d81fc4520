#!/usr/bin/env python3
"""Runs `cchc` on hostile and odd files and compares each with the manifest.

    run.py [--cchc PROGRAM] [--sample ROUND] [--base FORM.xlsx] [--keep DIR]

Files that need no form, and oddities of the file system, all lie in one round
beside sound forms; each change of the base form has a small round of its own, so
that one does not hide another. Every run has 512 MiB of address space and a time
limit, must end with exit code 1, must name each file exactly once and score the
sound forms as always. What differs from the manifest must stand, with its
reason, in `differences.tsv`; anything else fails.
"""

import argparse
import concurrent.futures
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

import make_attacks
from listing import ACCEPT, FINDING, REFUSE

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
DIFFERENCES = os.path.join(HERE, "differences.tsv")

ADDRESS_SPACE = 512 << 20
SECONDS = 60
# What the round itself is made of; results of other years and appraisals would
# only slow the runs down.
ROUND = ["ky.toml", "don-vi.xlsx", "khong-ap-dung.xlsx", "bo-chi-so"]
FORMS = "nop"
# A name with «Hòa», which is also written «Hoà».
BASE = "UBND xã Hòa Bình.xlsx"
RESULT = os.path.join("ket-qua", "ket-qua.json")

COUNTED = {"duoc-tinh", "tam-tinh"}
SKIPPED = {"bo-qua"}


class Result:
    """What one run of the program came to."""

    def __init__(self, folder, process):
        self.code = process.returncode
        self.said = process.stdout + process.stderr
        self.forms, self.findings, self.scores = [], [], {}
        path = os.path.join(folder, RESULT)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self._read(json.load(file))

    def _read(self, record):
        self.forms = record["phieu"]
        self.findings = record["phat-hien"]
        for bloc in record["khoi"]:
            for unit in bloc["xep-hang"] + bloc["khong-xep-hang"]:
                items = unit.get("muc") or []
                self.scores[unit["don-vi"]] = {item["ma"]: item["diem"] for item in items}

    def entries(self, name):
        return [form for form in self.forms if form["tep"] == name]

    def codes(self, name):
        """Each finding in a file: how much it weighs, its code and its place."""
        return {
            (finding["muc-do"], finding["ma"], finding["o"])
            for finding in self.findings
            if finding["tep"] == name
        }


class Runner:
    """Makes rounds out of a sample and runs the program on them."""

    def __init__(self, program, sample, folder):
        self.program = os.path.abspath(program)
        self.sample = sample
        self.folder = folder

    def round(self, name):
        folder = os.path.join(self.folder, name)
        os.makedirs(os.path.join(folder, FORMS))
        for part in ROUND:
            path = os.path.join(self.sample, part)
            if os.path.isdir(path):
                shutil.copytree(path, os.path.join(folder, part))
            elif os.path.exists(path):
                shutil.copy(path, folder)
        return folder

    def run(self, folder):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))

        process = subprocess.run(
            [self.program, "run", folder],
            capture_output=True,
            timeout=SECONDS,
            preexec_fn=limit,
            check=False,
        )
        return Result(folder, process)


def read_differences():
    with open(DIFFERENCES, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["file"]: row for row in rows}


def judged(name, result, before=None):
    """The classes that the program's answer to one file amounts to.

    A sound form that belongs to no unit of the round is read, found to be
    foreign, and scored for nobody: it was accepted as far as it could be.
    """
    entries = result.entries(name)
    if len(entries) != 1:
        return {f"{len(entries)} entries"}
    codes = result.codes(name)
    errors = {code for weight, code, _ in codes if weight == "loi"}
    state = entries[0]["trang-thai"]
    if before is not None and state in COUNTED:
        unit = entries[0]["don-vi"]
        is_same = result.scores.get(unit) == before.scores.get(unit)
        more = codes - before.codes(before.forms[0]["tep"])
        if not is_same:
            return {FINDING} if errors else {"another score"}
        return {ACCEPT, FINDING} if more else {ACCEPT}
    if not codes:
        return {"no finding"}
    if state in SKIPPED:
        return {ACCEPT, FINDING, REFUSE}
    if any(code.startswith("P02") for code in errors) and before is None:
        return {ACCEPT, FINDING, REFUSE}
    if state in COUNTED:
        return {"a score"}
    return {REFUSE, FINDING} if errors else {FINDING}


def wanted(row):
    allowed = {row["class"], *row["also_ok"]}
    same = row["expect"].startswith("same") and "or finding" not in row["expect"]
    return allowed, same and row["class"] == FINDING


def compare(row, name, result, before=None):
    """Why the answer to one file is not the one wanted, or `None`."""
    allowed, is_to_be_scored = wanted(row)
    got = judged(name, result, before)
    if is_to_be_scored and REFUSE in got and not {REFUSE, ACCEPT} & (allowed - {FINDING}):
        return "set aside"
    return None if got & allowed else ", ".join(sorted(got))


def beside(result, before, unit):
    """Whether a run ended as it should and scored another form as always."""
    if result.code != 1:
        return f"exit code {result.code}: {result.said[-300:]!r}"
    if result.scores.get(unit) != before.scores.get(unit):
        return f"the sound form of {unit} is scored otherwise"
    return None


def standalone(runner, rows, out, sound):
    """All files that need no form, in one round beside two sound forms."""
    alone = runner.round("alone")
    for path in sound:
        shutil.copy(path, os.path.join(alone, FORMS))
    before = runner.run(alone)
    units = [form["don-vi"] for form in before.forms]
    crowd = runner.round("crowd")
    for path in sound:
        shutil.copy(path, os.path.join(crowd, FORMS))
    for group in ("standalone", "fs"):
        target = os.path.join(crowd, FORMS, group)
        # Moved, not copied: a FIFO cannot be, and a sparse file should not be.
        os.rename(os.path.join(out, group), target)
    result = runner.run(crowd)
    for unit in units:
        reason = beside(result, before, unit)
        if reason:
            yield "standalone", reason
    for row in rows:
        path = os.path.join(crowd, FORMS, row["file"])
        if row["group"] == "fs" and (row["kind"].startswith("d") or not is_file_name(path)):
            continue
        reason = compare(row, f"{FORMS}/{row['file']}", result)
        if reason:
            yield row["file"], reason


def is_file_name(path):
    """Links to folders are left alone, and names in other encodings are shown
    with signs that the manifest cannot know."""
    return "\\x" not in path and not os.path.isdir(path)


def changed(runner, rows, out, base, sound):
    """Every change of the base form, in a round of its own beside a sound form."""

    def prepare(name, form):
        folder = runner.round(os.path.join("base", name))
        shutil.copy(sound[0], os.path.join(folder, FORMS, "lanh.xlsx"))
        shutil.copy(form, os.path.join(folder, FORMS, "thu.xlsx"))
        return folder

    def outcome(folder, name):
        result = runner.run(folder)
        result.forms.sort(key=lambda form: form["tep"] != name)
        return result

    name = f"{FORMS}/thu.xlsx"
    before = outcome(prepare("before", base), name)
    unit = next(form["don-vi"] for form in before.forms if form["tep"] != name)

    def one(row):
        path = os.path.join(out, row["file"])
        folder = prepare(row["file"].replace("/", "-"), path)
        if row["file"].endswith("08_copy_other_name.xlsx"):
            shutil.copy(base, os.path.join(folder, FORMS, "goc.xlsx"))
        try:
            result = outcome(folder, name)
        except subprocess.TimeoutExpired:
            return row["file"], f"no end after {SECONDS} s"
        shutil.rmtree(folder)
        reason = beside(result, before, unit) or compare(row, name, result, before)
        return row["file"], reason

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, reason in pool.map(one, rows):
            if reason:
                yield file, reason


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    sample = os.path.join(TOP, "samples", "ha-long-2019")
    parser.add_argument("--cchc", default=os.path.join(TOP, "target", "release", "cchc"))
    parser.add_argument("--sample", default=sample)
    parser.add_argument("--base", help=f"the form to change, {BASE} by default")
    parser.add_argument("--keep", help="where to make the files, instead of a temporary folder")
    arguments = parser.parse_args()
    forms = os.path.join(arguments.sample, FORMS)
    forms = sorted(os.path.join(forms, name) for name in os.listdir(forms))
    base = arguments.base or os.path.join(arguments.sample, FORMS, BASE)
    sound = [path for path in forms if not os.path.samefile(path, base)][:2]
    with tempfile.TemporaryDirectory() as folder:
        folder = arguments.keep or folder
        out = os.path.join(folder, "files")
        made = make_attacks.make(out, base).rows
        for row in made:
            if row["status"] != "written":
                print(f"{row['file']}: not made: {row['note']}")
        rows = [row for row in made if row["status"] == "written"]
        runner = Runner(arguments.cchc, arguments.sample, folder)
        of_base = [row for row in rows if row["group"] == "base"]
        others = [row for row in rows if row["group"] != "base"]
        found = dict(standalone(runner, others, out, sound))
        found.update(changed(runner, of_base, out, base, sound))
    sys.exit(report(rows, found))


def report(rows, found):
    known = read_differences()
    unknown = {file: reason for file, reason in found.items() if file not in known}
    for file, reason in sorted(unknown.items()):
        row = next((row for row in rows if row["file"] == file), {})
        print(f"{file}: {reason}; wanted {row.get('class')}: {row.get('expect')}")
    for file in sorted(set(known) - set(found)):
        print(f"{file}: differs no longer; take it out of differences.tsv")
    print(
        f"{len(rows)} files, {len(found) - len(unknown)} known differences, {len(unknown)} others"
    )
    return 1 if unknown or set(known) - set(found) else 0


if __name__ == "__main__":
    main()
