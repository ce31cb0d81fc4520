#!/usr/bin/env bash
# Prints the folders of seeds of a fuzz target, made under fuzz/corpus/.
#
#   fuzz/seeds.sh TARGET
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=fuzz/corpus/$1
mkdir -p "$corpus" "fuzz/corpus/$1-seeds"
seeds=fuzz/corpus/$1-seeds
case $1 in
workbook)
  cp samples/*/nop/*.xlsx "$seeds"
  # One part of a sound workbook each; the first byte chooses which.
  python3 - "samples/ha-long-2019/nop/Phòng Quản lý đô thị.xlsx" "$seeds" <<'END'
import sys, zipfile
form, seeds = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
parts = ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml"]
for choice, part in enumerate(parts):
    with open(f"{seeds}/part-{choice}", "wb") as seed:
        seed.write(bytes([choice]) + form.read(f"xl/{part}")[:20000])
END
  ;;
judge)
  python3 - "$seeds" samples/ha-long-2019/nop/*.xlsx <<'END'
import os, sys, zipfile
seeds, *forms = sys.argv[1:]
for form in forms:
    with zipfile.ZipFile(form) as parts:
        for choice, part in enumerate(["worksheets/sheet1.xml", "sharedStrings.xml"]):
            if f"xl/{part}" in parts.namelist():
                with open(f"{seeds}/{choice}-{os.path.basename(form)}", "wb") as seed:
                    seed.write(bytes([choice]) + parts.read(f"xl/{part}"))
END
  ;;
settings)
  for settings in templates/ky.toml samples/*/ky.toml; do
    cp "$settings" "$seeds/$(basename "$(dirname "$settings")").toml"
  done
  ;;
points)
  cut -f 4,5 templates/phong-ban.tsv templates/phuong-xa.tsv | sort -u | tr '\t' '\n' | split -l 2 - "$seeds/rule-"
  ;;
esac
echo "$corpus" "$seeds"
