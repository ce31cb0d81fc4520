#!/usr/bin/env bash
# The same inputs give the same bytes: with 1, 2 and 8 threads, with the files
# created in another order, and under another date.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_copy() { # run_copy NAME THREADS [PREFIX…]: a fresh copy of the sample, run
  local name=$1 threads=$2
  shift 2
  mkdir -p "$work/$name"
  cp samples/ha-long-2019/*.toml samples/ha-long-2019/*.xlsx "$work/$name/"
  for folder in bo-chi-so tham-dinh khao-sat ky-truoc; do
    cp -r samples/ha-long-2019/$folder "$work/$name/"
  done
  mkdir "$work/$name/nop"
  # Directory order follows creation order on some file systems.
  find samples/ha-long-2019/nop -type f | shuf | while read -r file; do
    cp "$file" "$work/$name/nop/"
  done
  "$@" target/release/cchc run --luong "$threads" "$work/$name" >/dev/null
  rm "$work/$name/ket-qua/nhat-ky.txt"
}

run_copy one 1
run_copy two 2
run_copy eight 8
run_copy later 2 env TZ=Asia/Ho_Chi_Minh LANG=vi_VN.UTF-8
for name in two eight later; do
  diff -r "$work/one/ket-qua" "$work/$name/ket-qua"
done
echo "same bytes"
