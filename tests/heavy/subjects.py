"""The commands that faults.py breaks, each with what it leaves: what is old,
what is new, and whether the next one works."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = Path("target/release/cchc").resolve()
SAMPLE = Path("samples/ha-long-2019")


def tree(folder):
    """The content of a folder, without the log, as one hash."""
    if not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "nhat-ky.txt":
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def run(command, **how):
    """Runs a command; gives the finished process."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    return subprocess.run(command, **output, **how)


class Subject:
    """A copy of the sample, and a command that is broken on it."""

    name = ""
    # Exit codes of two at once, in order, and what the one that failed says.
    twice = ([0, 2],)
    busy = ("lượt chạy khác",)

    def __init__(self, place):
        self.folder = place / "ky"
        shutil.copytree(SAMPLE, self.folder, ignore=shutil.ignore_patterns("ket-qua", "cong-bo", ".cchc*"))
        self.results = self.folder / "ket-qua"

    def command(self, words=()):
        return [PROGRAM, self.name, *words, self.folder]

    def act(self, prefix=(), words=(), **how):
        """The command, begun by `prefix`, with more words."""
        return run([*prefix, *self.command(words)], **how)

    def must(self, name):
        done = run([PROGRAM, name, self.folder])
        assert done.returncode == 0, done.stdout

    def left_over(self):
        """What a command that ended leaves behind, and should not."""
        names = [".cchc-d*", "*.~cchc-*"]
        return [str(path.relative_to(self.folder)) for it in names for path in self.folder.rglob(it)]

    def check(self, what):
        """Old or new, and the next one works; which of the two it was."""
        state = self.state()
        if state is None:
            sys.exit(f"{what}: neither the old nor the new")
        done = self.act()
        if not self.follows(done, state) or self.state() != "new":
            sys.exit(f"{what}: the next one failed ({done.returncode}):\n{done.stdout}")
        if self.left_over():
            sys.exit(f"{what}: left over: {self.left_over()}")
        return state


class Results(Subject):
    """`cchc run`, with old results in place and new ones to come."""

    name = "run"
    twice = ([0, 0], [0, 2])

    def __init__(self, place):
        super().__init__(place)
        settings = self.folder / "ky.toml"
        text = settings.read_text(encoding="utf-8")
        self.results.mkdir()
        (self.results / "so-tay").mkdir()
        # What somebody keeps beside the results belongs to the old and to the new.
        (self.results / "so-tay/ghi-chu.txt").write_text("của tôi", encoding="utf-8")
        self.must("run")
        self.new = tree(self.results)
        settings.write_text(text.replace('\nten = "', '\nten = "Kết quả cũ: ', 1), encoding="utf-8")
        self.must("run")
        self.old = tree(self.results)
        settings.write_text(text, encoding="utf-8")
        self.saved = place / "cu"
        shutil.copytree(self.results, self.saved)
        assert self.old != self.new

    def reset(self):
        """Puts the old results back, and nothing else."""
        for left_over in self.folder.glob("ket-qua*"):
            shutil.rmtree(left_over)
        shutil.copytree(self.saved, self.results)

    def state(self):
        return {self.old: "old", self.new: "new"}.get(tree(self.results))

    def follows(self, done, _state):
        return done.returncode == 0

    def survived(self, done, what):
        """What may come of a run while its forms changed."""
        assert done.returncode in (0, 1), done.stdout
        record = json.loads((self.results / "ket-qua.json").read_text(encoding="utf-8"))
        units = sum(len(it["xep-hang"]) + len(it["khong-xep-hang"]) for it in record["khoi"])
        assert units == 45, f"{what}: {units} units"
        done = self.act()
        assert done.returncode == 0 and self.state() == "new", done.stdout


class Publication(Subject):
    """`cchc freeze`, with results to publish and no archive yet."""

    name = "freeze"
    busy = ("lượt chạy khác", "đã công bố")

    def __init__(self, place):
        super().__init__(place)
        self.archives = self.folder / "cong-bo"
        self.must("run")
        self.kept = tree(self.results)
        self.log = (self.results / "nhat-ky.txt").read_bytes()
        self.must("freeze")
        (archive,) = self.archives.iterdir()
        assert run([PROGRAM, "verify", archive]).returncode == 0
        self.new = tree(self.archives)

    def reset(self):
        """Takes the publication and the line that tells of it back, and nothing
        else: an archive that the log knows and nobody finds was deleted."""
        shutil.rmtree(self.archives, ignore_errors=True)
        (self.results / "nhat-ky.txt").write_bytes(self.log)

    def state(self):
        """Only the archive of an undisturbed command, which `verify` accepted,
        is whole; a draft is no archive."""
        if tree(self.results) != self.kept:
            return None
        names = list(self.archives.glob("*.zip")) if self.archives.is_dir() else []
        if not names:
            return "old"
        return "new" if tree(self.archives) == self.new else None

    def follows(self, done, state):
        is_said = "đã công bố" in done.stdout
        return done.returncode == 0 if state == "old" else done.returncode == 2 and is_said

    def survived(self, done, what):
        """What may come of a publication while its forms changed."""
        assert done.returncode in (0, 2), done.stdout
        state = self.check(what)
        assert (done.returncode == 0) == (state == "new"), f"{what}: {state}\n{done.stdout}"


SUBJECTS = {it.name: it for it in (Results, Publication)}
