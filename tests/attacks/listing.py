"""The manifest: one row for every file made, with what should become of it."""

import hashlib
import os
import re

# No score may be taken from it; one row of the report says why; the run goes on.
REFUSE = "refuse"
# Read like any other form, with the same score as without the oddity.
ACCEPT = "accept"
# Read, and the named finding is in the report.
FINDING = "accept-with-finding"


class Skip(Exception):
    """The base form has nothing that this file could be made from."""


class Listing:
    """Writes files under `root` and remembers a row for each."""

    def __init__(self, root, only=None):
        self.root = root
        self.only = only
        self.rows = []

    def group(self, group):
        """`put(name, class, description, expect, content)` for one group of files.

        `content` is text, bytes, a function that makes either, or one that makes
        a pair of bytes and further fields of the row.
        """

        def put(name, verdict, description, expect, content, **fields):
            self._put(group, name, verdict, description, expect, content, fields)

        return put

    def row(self, group, name, verdict, description, expect):
        row = {
            "file": f"{group}/{name}",
            "group": group,
            "class": verdict,
            "also_ok": also_allowed(verdict, expect),
            "description": description,
            "expect": expect,
            "status": "written",
            "note": None,
        }
        self.rows.append(row)
        return row

    def wants(self, group, name):
        return not self.only or self.only in f"{group}/{name}"

    def _put(self, group, name, verdict, description, expect, content, fields):
        if not self.wants(group, name):
            return
        row = self.row(group, name, verdict, description, expect)
        row.update(fields)
        try:
            made = content() if callable(content) else content
            if isinstance(made, tuple):
                made, more = made
                row.update(more)
            if isinstance(made, str):
                made = made.encode()
        except Skip as reason:
            row.update(status="skipped", note=str(reason))
            return
        path = os.path.join(self.root, group, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(made)
        row["bytes"] = len(made)
        row["sha256"] = hashlib.sha256(made).hexdigest()


def also_allowed(verdict, expect):
    """The other classes that the words of an expectation allow."""
    words = expect.lower()
    if verdict == REFUSE:
        tolerant = (
            r"\bor (the outer one )?read\b|or left out|or not followed|or the exact base score"
        )
        return [ACCEPT, FINDING] if re.search(tolerant, words) else []
    allowed = [REFUSE] if "refused" in words else []
    if verdict == ACCEPT and "finding" in words:
        allowed.append(FINDING)
    if verdict == FINDING and re.search(r"else accepted|read or |read, or", words):
        allowed.append(ACCEPT)
    return allowed
