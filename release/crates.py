#!/usr/bin/env python3
"""What the program is made of: the licences of all crates, and a bill of materials.

    crates.py licences TARGET…   the texts of the licences, each said once
    crates.py sbom TARGET…       CycloneDX, as JSON

Only what is linked into the program for one of the targets counts: what builds
or tests it does not. A crate without a licence text, or under a licence that
asks for more than to be named, stops the release.
"""

import html
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "Unicode-3.0", "Unlicense", "Zlib", "LLVM-exception",
}
TEXTS = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)


def crates(targets):
    """The packages in the program, our own first."""
    found = {}
    for target in targets:
        inside = linked(target)
        said = subprocess.run(
            ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target],
            check=True, stdout=subprocess.PIPE).stdout
        said = json.loads(said)
        packages = {it["id"]: it for it in said["packages"]}
        nodes = {it["id"]: it for it in said["resolve"]["nodes"]}
        root = said["resolve"]["root"]
        seen, ahead = set(), [root]
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            uses = [it["pkg"] for it in nodes[at]["deps"]]
            ahead += [it for it in uses if key(packages[it]) in inside]
        for at in seen:
            uses = [it["pkg"] for it in nodes[at]["deps"] if it["pkg"] in seen]
            package, known = found.get(at, (packages[at], []))
            found[at] = (package, sorted({*known, *uses}))
    own = found.pop(root)
    rest = sorted(found.values(), key=lambda it: key(it[0]))
    return own, rest, {**found, root: own}


def key(package):
    return package["name"], package["version"]


def linked(target):
    """Names and versions of what is linked: metadata also tells what only tests ask for."""
    said = subprocess.run(
        ["cargo", "tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none",
         "--target", target, "--format", "{p}"], check=True, stdout=subprocess.PIPE).stdout
    words = (line.split() for line in said.decode().splitlines())
    return {(name, version.removeprefix("v")) for name, version, *_ in words}


def expression(package):
    """The licence, as SPDX writes it; old crates part alternatives by a stroke."""
    said = (package["license"] or "").replace("/", " OR ")
    unknown = set(re.findall(r"[\w.-]+", said)) - PERMISSIVE - {"OR", "AND", "WITH"}
    if not said or unknown:
        sys.exit(f"{package['name']} {package['version']}: giấy phép «{said}» cần người xem lại")
    return said


def texts(package):
    folder = Path(package["manifest_path"]).parent
    found = sorted(it for it in folder.iterdir() if it.is_file() and TEXTS.match(it.name))
    if not found:
        sys.exit(f"{package['name']} {package['version']}: không có văn bản giấy phép")
    return ["\n".join(it.read_text("utf-8", "replace").split("\r\n")).strip() for it in found]


def licences(targets):
    _, rest, _ = crates(targets)
    by_text = {}
    print("Các thư viện có trong chương trình cchc và giấy phép của từng thư viện.\n")
    for package, _ in rest:
        name = f"{package['name']} {package['version']}"
        print(f"{name}: {expression(package)}  {package['repository'] or ''}".rstrip())
        for text in texts(package):
            by_text.setdefault(text, []).append(name)
    for name, text in runtime():
        by_text.setdefault(text, []).append(name)
    for text, names in by_text.items():
        print(f"\n{'=' * 78}\n{', '.join(names)}\n{'-' * 78}\n\n{text}")


def runtime():
    """What the compilers add of their own."""
    rustc = os.environ.get("RUSTC", "rustc")
    root = subprocess.run([rustc, "--print", "sysroot"], check=True, stdout=subprocess.PIPE)
    rust = Path(root.stdout.decode().strip()) / "share/doc"
    places = [
        ("thư viện chuẩn của Rust", rust / "rust/COPYRIGHT-library.html"),
        ("thư viện chuẩn của Rust", rust / "rustc-web/copyright"),
        ("mingw-w64", Path("/usr/share/doc/mingw-w64-common/copyright")),
    ]
    for name, path in places:
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            if path.suffix == ".html":
                text = html.unescape(re.sub(r"<[^>]+>", "", text))
            yield name, re.sub(r"\n\s*\n+", "\n\n", text).strip()


def component(package, kind):
    purl = f"pkg:cargo/{package['name']}@{package['version']}"
    said = {
        "type": kind,
        "bom-ref": purl,
        "name": package["name"],
        "version": package["version"],
        "licenses": [{"expression": expression(package)}],
        "purl": purl,
    }
    digest = digests().get(key(package))
    if digest:
        said["hashes"] = [{"alg": "SHA-256", "content": digest}]
    if package["repository"]:
        said["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return said


def digests():
    """What Cargo.lock says of each archive."""
    lock = Path("Cargo.lock").read_text("utf-8")
    entry = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"')
    return {(name, version): digest for name, version, digest in entry.findall(lock)}


def sbom(targets):
    own, rest, all_of_them = crates(targets)
    reference = {at: component(package, "library")["bom-ref"]
                 for at, (package, _) in all_of_them.items()}
    components = [component(package, "library") for package, _ in rest]
    named = "\n".join([reference[own[0]["id"]], *(it["bom-ref"] for it in components)])
    made = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}",
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(own[0], "application"),
        },
        "components": components,
        "dependencies": sorted(
            ({"ref": reference[at], "dependsOn": sorted(reference[it] for it in uses)}
             for at, (_, uses) in all_of_them.items()), key=lambda it: it["ref"]),
    }
    print(json.dumps(bill, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    {"licences": licences, "sbom": sbom}[sys.argv[1]](sys.argv[2:])
