#!/usr/bin/env python3
"""Makes hostile and odd files, and a manifest of what should become of each.

    make_attacks.py OUT [--base FORM.xlsx] [--no-fs] [--seed N] [--only WORD]

    OUT/standalone/   files that need no form
    OUT/fs/           oddities of the file system: FIFOs, links, names
    OUT/base/         one valid form, changed; only with --base
    OUT/manifest.json a row for each file: see listing.py for the classes

For every file, whatever its class: no hang, no abort, no uncaught panic, and no
other score than the one expected. Needs openpyxl and msoffcrypto-tool. The same
seed makes the same bytes, but for the files locked with a password.
"""

import argparse
import collections
import json
import os

from bombs import bombs, sizes
from cells import cells, markup
from containers import containers
from filesystem import filesystem
from foreign import foreign
from listing import Listing
from mutations import mutations
from other_formats import other_formats
from packages import packages

SEED = 20261123


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--base", help="a valid form to change")
    parser.add_argument("--no-fs", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", help="only files whose path holds this word")
    arguments = parser.parse_args()
    listing = make(
        arguments.out, arguments.base, not arguments.no_fs, arguments.seed, arguments.only
    )
    counts = collections.Counter(
        (row["group"], row["class"], row["status"]) for row in listing.rows
    )
    for kind, count in sorted(counts.items()):
        print(*kind, count)
    for row in listing.rows:
        if row["status"] != "written":
            print("skipped:", row["file"], "|", row["note"])


def make(out, base=None, with_fs=True, seed=SEED, only=None):
    """Makes the files under `out`, writes the manifest and returns the listing."""
    os.makedirs(out, exist_ok=True)
    listing = Listing(out, only)
    for group in (bombs, sizes, markup, cells, packages, containers, foreign, other_formats):
        group(listing.group("standalone"), seed)
    if with_fs:
        filesystem(listing)
    if base:
        mutations(listing, base, seed)
    manifest = {"seed": seed, "base": base and os.path.basename(base), "files": listing.rows}
    with open(os.path.join(out, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
    return listing


if __name__ == "__main__":
    main()
