#!/usr/bin/env python3
"""The drop folder under everything that may happen to it:

    watch.py [SECONDS]

`cchc watch` runs while a thousand files arrive: many at once, half copied and
then finished, downloaded under another name, unreadable for a while, replaced,
removed. It is killed while files arrive and begun again; the folder vanishes and
comes back. Fails when a file is not answered or is answered twice, when the
letters are not those that `check` writes, or when an idle watcher takes 0.5 %
of a processor or more in SECONDS (60).

A program that root runs may read everything: then it is run as nobody.
"""

import collections
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

PROGRAM = Path(os.environ.get("CCHC", "target/release/cchc")).resolve()
SAMPLE = Path("samples/ha-long-2019")
NOBODY = 65534

PLAIN, HALF, RENAMED, LOCKED, REPLACED, REMOVED = "plain half renamed locked replaced removed".split()
ARRIVALS = {PLAIN: 660, HALF: 130, RENAMED: 60, LOCKED: 50, REPLACED: 60, REMOVED: 40}
AFTER_KILL = 60

# A line of a file that was answered: the time, the file, what became of it.
ANSWER = re.compile(r"^\d\d:\d\d (nop/.*?\.xlsx): .*\(\d+ lỗi, \d+ cảnh báo, \d+ ghi chú\)$")
GONE = re.compile(r"^\d\d:\d\d (nop/.*?\.xlsx): không còn trong thư mục$")


def demand(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


class Forms:
    """Forms of a sample, no two with the same bytes."""

    def __init__(self, chance):
        self.sources = sorted((SAMPLE / "nop").rglob("*.xlsx"))
        demand(10 < len(self.sources), "the sample has no forms")
        self.chance, self.made = chance, 0

    def make(self, path):
        """A form as bytes: one of the sample, with an entry of its own."""
        self.made += 1
        shutil.copyfile(self.chance.choice(self.sources), path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("docProps/thu.txt", f"{self.made}\n")
        content = path.read_bytes()
        path.unlink()
        return content


class Watcher:
    def __init__(self, round_, log):
        self.round, self.log = round_, log
        self.begin()

    def begin(self):
        def become_nobody():
            if os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)

        command = [self.round.parent / "cchc", "theo-doi", self.round]
        with open(self.log, "a") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, preexec_fn=become_nobody)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def lines(self):
        return self.log.read_text().splitlines()

    def count(self, pattern):
        found = (pattern.match(line) for line in self.lines())
        return collections.Counter(match[1] for match in found if match)

    def seconds(self):
        """Processor time so far, of all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def await_all(self, seconds):
        """Waits until every file that is there was answered in its last version."""
        answered, until = self.round / "theo-doi/da-tra-loi.txt", time.monotonic() + seconds
        there = {
            f"nop/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.round / "nop").iterdir()
        }
        while True:
            text = answered.read_text() if answered.exists() else ""
            told = {name: digest for digest, name in (line.split("  ", 1) for line in text.splitlines())}
            if told == there:
                return there
            if until < time.monotonic():
                lacking = [name for name in there if told.get(name) != there[name]]
                demand(False, f"not answered: {lacking[:9]}; too many: {sorted(set(told) - set(there))[:9]}")
            demand(self.process.poll() is None, f"it ended: {self.lines()[-9:]}")
            time.sleep(0.3)


def own(path):
    """Leaves a file to whoever the watcher runs as."""
    if os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)


def write(path, content):
    path.write_bytes(content)
    own(path)


def arrive(kind, path, content, other, chance):
    """One file arrives."""
    if kind == PLAIN:
        write(path, content)
    elif kind == HALF:
        middle = chance.randrange(1, len(content))
        with open(path, "wb") as file:
            own(path)
            file.write(content[:middle])
            file.flush()
            time.sleep(chance.choice([0.2, 0.9, 1.5, 4.0]))
            file.write(content[middle:])
    elif kind == RENAMED:
        unfinished = path.with_name(path.name + chance.choice([".crdownload", ".part", ".tmp"]))
        write(unfinished, content[: len(content) // 2])
        time.sleep(chance.uniform(0, 3))
        write(unfinished, content)
        unfinished.rename(path)
    elif kind == LOCKED:
        # Under its own name from the first moment, and not to be opened.
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0), "wb") as file:
            own(path)
            file.write(content)
        time.sleep(chance.uniform(1, 6))
        path.chmod(0o644)
    elif kind == REPLACED:
        write(path, content)
        time.sleep(chance.uniform(0, 5))
        aside = path.with_name(path.name + ".tmp")
        write(aside, other)
        aside.rename(path)
    elif kind == REMOVED:
        write(path, content)
        time.sleep(chance.uniform(0, 5))
        path.unlink()


def thousand(watcher, forms, chance):
    """A thousand arrivals within some twenty seconds; most in one go."""
    kinds = [kind for kind, count in ARRIVALS.items() for _ in range(count)]
    demand(len(kinds) == 1000, "not a thousand")
    chance.shuffle(kinds)
    inbox, made = watcher.round / "nop", watcher.round.parent / "made.xlsx"
    names = {f"nop/{number:04} {kind}.xlsx": kind for number, kind in enumerate(kinds)}
    work = []
    for number, (name, kind) in enumerate(names.items()):
        content, other = forms.make(made), forms.make(made) if kind == REPLACED else None
        own_chance = random.Random(number)
        path = inbox / name.removeprefix("nop/")
        work.append((kind, path, content, other, own_chance))
    # Six hundred in one go, the others one after another.
    at_once, rest = work[:600], work[600:]

    def some(part):
        for one in part:
            arrive(*one)

    slow = [one for one in at_once + rest if one[0] not in (PLAIN,)]
    threads = [threading.Thread(target=some, args=(slow[start::40],)) for start in range(40)]
    threads.append(threading.Thread(target=some, args=([one for one in at_once if one[0] == PLAIN],)))

    def trickle():
        for one in rest:
            if one[0] == PLAIN:
                arrive(*one)
                time.sleep(0.05)

    threads.append(threading.Thread(target=trickle))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = watcher.await_all(90)
    demand(len(there) == 1000 - ARRIVALS[REMOVED], f"{len(there)} files are left")
    answers, gone = watcher.count(ANSWER), watcher.count(GONE)
    for name, kind in names.items():
        said = answers[name]
        if kind == REMOVED:
            demand(said == gone[name] and said <= 1, f"{name}: {said} answers, {gone[name]} farewells")
        elif kind == REPLACED:
            demand(1 <= said <= 2 and gone[name] == 0, f"{name}: {said} answers")
        else:
            demand(said == 1 and gone[name] == 0, f"{name}: {said} answers")
    strangers = [name for name in answers if name not in names]
    demand(not strangers, f"answers to {strangers[:9]}")
    passes = sum("Đã nộp" in line for line in watcher.lines())
    print(f"1000 arrivals, each answered once, in {passes} passes")


def killed(watcher, forms, chance):
    """It is killed while files arrive, and begun again."""
    made = watcher.round.parent / "made.xlsx"
    for number in range(AFTER_KILL):
        write(watcher.round / f"nop/kill {number:02}.xlsx", forms.make(made))
        if number % 20 == 10:
            time.sleep(chance.uniform(0.8, 2.5))
            watcher.kill()
            watcher.begin()
    watcher.await_all(60)
    answers = watcher.count(ANSWER)
    of_kill = [answers[f"nop/kill {number:02}.xlsx"] for number in range(AFTER_KILL)]
    # What was said when it was killed, and not noted yet, is said again.
    demand(all(of_kill) and sum(of_kill) < 2 * AFTER_KILL, f"answers: {of_kill}")
    left = [path.name for path in watcher.round.rglob("*.~cchc-*")]
    demand(not left, f"left over: {left}")
    print(f"{AFTER_KILL} arrivals through 3 kills, none lost, {sum(of_kill) - AFTER_KILL} said again")


def vanishing(watcher, forms):
    """The folder goes away and comes back."""
    inbox, aside = watcher.round / "nop", watcher.round.parent / "nop"
    before = sum(watcher.count(ANSWER).values())
    inbox.rename(aside)
    until = time.monotonic() + 70
    while not any("không có thư mục" in line for line in watcher.lines()):
        demand(time.monotonic() < until, "nobody said that the folder is away")
        time.sleep(0.3)
    time.sleep(7)
    aside.rename(inbox)
    time.sleep(4)
    write(inbox / "sau.xlsx", forms.make(watcher.round.parent / "made.xlsx"))
    watcher.await_all(70)
    after = watcher.count(ANSWER)
    demand(sum(after.values()) == before + 1, "files that were away were answered again")
    said = sum("không có thư mục" in line for line in watcher.lines())
    demand(said == 1, f"that the folder was away was said {said} times")
    print("a folder that vanishes and comes back, said once")


def letters(round_):
    folder = round_ / "ket-qua/phan-hoi"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def same_as_check(watcher):
    """The letters are those of `check`."""
    told = letters(watcher.round)
    copy = watcher.round.parent / "ban-sao"
    shutil.copytree(watcher.round, copy)
    subprocess.run([watcher.round.parent / "cchc", "check", copy], stdout=subprocess.DEVNULL)
    demand(told and told == letters(copy), "the letters are not those of check")
    print(f"{len(told)} letters, the bytes that check writes")


def idle(watcher, seconds):
    time.sleep(2)
    before = watcher.seconds()
    time.sleep(seconds)
    share = 100 * (watcher.seconds() - before) / seconds
    demand(share < 0.5, f"idle, it takes {share:.2f} % of a processor")
    files = len(list((watcher.round / "nop").iterdir()))
    print(f"idle over {files} files: {share:.2f} % of a processor in {seconds} s")


def main():
    seconds = int(sys.argv[1]) if 1 < len(sys.argv) else 60
    chance = random.Random(2019)
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    round_ = place / "ky"
    shutil.copytree(SAMPLE, round_, ignore=shutil.ignore_patterns("ket-qua", "nop", "cong-bo", "tham-dinh"))
    (round_ / "nop").mkdir()
    shutil.copy(PROGRAM, place / "cchc")
    if os.getuid() == 0:
        for path in [round_, *round_.rglob("*")]:
            own(path)
    watcher = Watcher(round_, place / "said.txt")
    try:
        forms = Forms(chance)
        thousand(watcher, forms, chance)
        killed(watcher, forms, chance)
        vanishing(watcher, forms)
        same_as_check(watcher)
        idle(watcher, seconds)
    finally:
        watcher.process.kill()
        if "KEEP" in os.environ:
            print(place)
        else:
            shutil.rmtree(place, ignore_errors=True)


main()
