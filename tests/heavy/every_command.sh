#!/usr/bin/env bash
# Every command on copies of the samples: every_command.sh FOLDER PROGRAM…
#
# FOLDER/said.txt holds what was said, FOLDER/digests.txt the digests of all files
# but the logs: the same on every system. PROGRAM is an absolute path, maybe after
# one that runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p "$1"
work=$(cd "$1" && pwd)
program=("${@:2}")
export LC_ALL=C.UTF-8

for sample in ha-long-2019 phieu-loi ha-long-2011-2020 ha-long-2025-2026; do
  rm -rf "${work:?}/$sample"
  cp -r samples/$sample "$work/"
  rm -rf "$work/$sample/"{ket-qua,mau,cong-bo,kich-ban,.cchc-khoa}
done
rm -rf "${work:?}/moi"
cd "$work"
: >said.txt

say() { # say WORDS…: one command; paths are told as the system writes them
  local code=0
  printf '\n$ cchc %s\n' "$*" >>said.txt
  # What is redirected may begin with the mark of its encoding.
  { "${program[@]}" "$@" </dev/null 2>/dev/null || code=$?; echo "mã thoát $code"; } |
    sed -e '1s/^\xEF\xBB\xBF//' -e 's/\r$//' -e 's#\\#/#g' >>said.txt
}

say init moi --year 2026
say lint moi
for round in ha-long-2019 phieu-loi; do
  say lint $round
  say forms $round
  say check $round
  say run $round
  say verify $round
  say appraise $round
done
say trace ha-long-2019 P-HA-TU 2.1
say explain P052
say run ha-long-2019 --kich-ban all
say freeze ha-long-2019
say run ha-long-2019
say verify ha-long-2019/ket-qua/Tong-hop-2019.xlsx --voi ha-long-2019
say run khong-co
say summary ha-long-2011-2020
say summary ha-long-2025-2026
say verify ha-long-2019/cong-bo/cong-bo-2019.zip

find . -type f ! -name nhat-ky.txt ! -name said.txt ! -name digests.txt ! -name '.cchc-*' -print0 |
  sort -z | xargs -0 sha256sum --text | sed 's/ \*/  /' >digests.txt
