#!/usr/bin/env bash
# The checks that need other programs: Python with openpyxl, LibreOffice,
# Node.js, valgrind, Wine with mingw-w64 and NSIS. Each is installed where that can be done; where one is
# missing, its checks are skipped with a visible line, except in CI (CI=true),
# where a missing program is a failure.
#
#   tests/heavy/run.sh            all of them
#   tests/heavy/run.sh oracle     one of them, by name
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/venv
only=${1:-}

skip_or_fail() {
  if [ "${CI:-}" = true ]; then
    echo "THIẾU: $1"
    exit 1
  fi
  echo "BỎ QUA: $1"
}

install_debian() {
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need() { # need PROGRAM PACKAGE…: the program is there, or was installed
  command -v "$1" >/dev/null || install_debian "${@:2}" >/dev/null 2>&1 || true
  command -v "$1" >/dev/null
}

python() {
  # Also when the list has grown since.
  if [ tests/requirements.txt -nt $venv/installed ]; then
    python3 -m venv $venv
    $venv/bin/pip install --quiet --requirement tests/requirements.txt
    touch $venv/installed
  fi
  $venv/bin/python "$@"
}

check() { # check NAME DESCRIPTION: whether this one is asked for
  [ -z "$only" ] || [ "$only" = "$1" ] || return 1
  printf '\n-- %s: %s\n' "$1" "$2"
}

cargo build --release --locked --quiet

results=target/heavy
rm -rf $results
mkdir -p $results
for round in ha-long-2019 phieu-loi; do
  cp -r samples/$round $results/
  code=0
  target/release/cchc run $results/$round >$results/$round.log || code=$?
  [ $code -le 1 ] || { cat $results/$round.log; exit 1; }
done

if check bytes "the same bytes for 1, 2 and 8 threads, and in any order of files"; then
  tests/heavy/same_bytes.sh
fi

if check oracle "a second, independent computation agrees"; then
  # A form in another format is read through LibreOffice.
  if need python3 python3 python3-venv && need soffice libreoffice-calc; then
    for round in ha-long-2019 phieu-loi; do
      python tests/oracle/recompute.py $results/$round
    done
    python tests/generators/random_rounds.py "${ROUNDS:-200}" "${SEED:-2019}"
  else
    skip_or_fail "python3, LibreOffice (đối chiếu với phép tính thứ hai)"
  fi
fi

if check mistakes "no small mistake of a clerk changes a result in silence"; then
  if need python3 python3 python3-venv; then
    python -W ignore tests/generators/mistakes.py "${MISTAKES:-60}" "${SEED:-2019}"
  else
    skip_or_fail "python3 (sơ suất của người nhập)"
  fi
fi

if check firm "rank intervals, drop-one and item analysis agree with numpy and scipy"; then
  if need python3 python3 python3-venv; then
    python tests/oracle/firm.py $results/ha-long-2019
  else
    skip_or_fail "python3 (độ vững)"
  fi
fi

if check schema "ket-qua.json keeps its schema"; then
  if need python3 python3 python3-venv; then
    for round in ha-long-2019 phieu-loi; do
      python tests/oracle/schema.py templates/ket-qua.schema.json $results/$round/ket-qua/ket-qua.json
    done
  else
    skip_or_fail "python3 (kiểm tra lược đồ)"
  fi
fi

if check recalculate "LibreOffice recalculates every formula to the stored value"; then
  if need soffice libreoffice-calc fonts-liberation && need python3 python3 python3-venv; then
    for round in ha-long-2019 phieu-loi; do
      python tests/oracle/recalculate.py $results/$round/ket-qua/*.xlsx
    done
  else
    skip_or_fail "LibreOffice (tính lại công thức)"
  fi
fi

if check verify "results are what their inputs come to, also saved again by LibreOffice"; then
  if need soffice libreoffice-calc fonts-liberation && need python3 python3; then
    tests/heavy/verify.sh $results/ha-long-2019
  else
    skip_or_fail "LibreOffice (đối chiếu sổ lưu lại)"
  fi
fi

if check programs "the same answers saved by five programs score the same"; then
  if need soffice libreoffice-calc && need node nodejs npm && /usr/bin/python3 -c 'import uno' ||
    install_debian python3-uno; then
    npm install --silent --prefix target/sheetjs xlsx@0.18.5 >/dev/null
    NODE_PATH=$PWD/target/sheetjs/node_modules python tests/generators/same_answers.py
  else
    skip_or_fail "LibreOffice với python3-uno, Node.js (phiếu lưu bằng năm chương trình)"
  fi
fi

if check damage "damaged copies of every sample are refused or read as the original"; then
  # As the tests were built: another build costs more than the copies.
  CCHC_DAMAGE="${CCHC_DAMAGE:-5000}" cargo test --locked --quiet --test it damage
fi

if check attacks "hostile and odd files come out as their manifest says"; then
  if need python3 python3 python3-venv; then
    python tests/attacks/run.py
    form=$(find samples/ha-long-2019/nop -name "UBND xã *.xlsx" | sort | head -n 1)
    python tests/attacks/make_attacks.py --no-fs --base "$form" $results/attacks >/dev/null
    CCHC_JUDGE=$results/attacks cargo test --locked --quiet --test it judge::every
  else
    skip_or_fail "python3 (tệp tấn công)"
  fi
fi

if check faults "kills, failing writes, full disks, changing inputs, wrong clocks and too little \
memory leave the old or the new, whole"; then
  if need python3 python3; then
    for command in run freeze; do
      fault() { python3 tests/heavy/faults.py "$@" --command $command; }
      fault kills "${KILLS:-8}"
      fault together 2
      fault changing 3
      fault memory "${SPACES:-6}"
      if [ "$(id -u)" = 0 ]; then
        fault full
        fault readonly
      else
        echo "BỎ QUA: đĩa đầy, ổ chỉ đọc (cần quyền root)"
      fi
      if need strace strace; then
        fault steps "${STEPS:-10}"
        fault failures "${STEPS:-10}"
      else
        skip_or_fail "strace (lỗi ghi)"
      fi
      if need faketime faketime; then
        fault clock
      else
        skip_or_fail "faketime (đồng hồ sai)"
      fi
    done
  else
    skip_or_fail "python3 (sự cố)"
  fi
fi

if check watch "a thousand files dropped while it watches: each answered once, none lost, idle in between"; then
  if need python3 python3; then
    python3 tests/heavy/watch.py
  else
    skip_or_fail "python3 (theo dõi thư mục)"
  fi
fi

if check flat "reading 1,000 forms takes no more memory than 100, beside what is held"; then
  if need python3 python3; then
    python3 tests/heavy/soak.py flat 100 1000
  else
    skip_or_fail "python3 (bộ nhớ khi đọc)"
  fi
fi

if check large "10,000 forms in 160 MiB, the same bytes with 2 and with 8 threads"; then
  if need python3 python3; then
    python3 tests/heavy/soak.py large
  else
    skip_or_fail "python3 (kỳ rất lớn)"
  fi
fi

if check windows "the program for Windows under Wine: its tests, the bytes of Linux, a scanner beside \
it, kills, the installer, a window (20 minutes at most)"; then
  has_wine() { command -v wine64 || command -v /usr/lib/wine/wine64; }
  has_wine >/dev/null || install_debian wine64 >/dev/null 2>&1 || true
  if has_wine >/dev/null && need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64 binutils-mingw-w64-x86-64 &&
    need makensis nsis && need xvfb-run xvfb xauth && need python3 python3 &&
    { /usr/bin/python3 -c 'import markdown' 2>/dev/null || install_debian python3-markdown; }; then
    timeout 1200 tests/heavy/windows.sh
  else
    skip_or_fail "mingw-w64, wine64, nsis, xvfb, python3-markdown (chương trình cho Windows)"
  fi
fi

if check fuzz "no input makes a reader stop: four minutes, see fuzz/README.md"; then
  if cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz; then
    for target in workbook cells settings points; do
      fuzz/run.sh "$target" "$((${FUZZ_SECONDS:-240} / 4))"
    done
  else
    skip_or_fail "cargo-fuzz (tìm lỗi bằng dữ liệu ngẫu nhiên)"
  fi
fi

if check instructions "reading and a whole run take no more instructions than recorded"; then
  if need valgrind valgrind; then
    tests/heavy/instructions.sh
  else
    skip_or_fail "valgrind (đếm số lệnh máy)"
  fi
fi

histories="ha-long-2011-2020 ha-long-2025-2026"
for history in $histories; do
  cp -r samples/$history $results/
  target/release/cchc summary $results/$history >$results/$history.log ||
    { cat $results/$history.log; exit 1; }
done

if check history-oracle "a second computation of summaries agrees, also on random histories"; then
  if need python3 python3 python3-venv; then
    for history in $histories; do
      python tests/oracle/recompute_history.py $results/$history
    done
    python tests/generators/random_histories.py "${HISTORIES:-100}" "${SEED:-2019}"
  else
    skip_or_fail "python3 (đối chiếu tổng kết với phép tính thứ hai)"
  fi
fi

if check history-schema "tong-ket.json keeps its schema"; then
  if need python3 python3 python3-venv; then
    for history in $histories; do
      python tests/oracle/schema.py templates/tong-ket.schema.json $results/$history/ket-qua/tong-ket.json
    done
  else
    skip_or_fail "python3 (kiểm tra lược đồ tổng kết)"
  fi
fi

if check history-recalculate "LibreOffice recalculates every formula of a summary"; then
  if need soffice libreoffice-calc fonts-liberation && need python3 python3 python3-venv; then
    for history in $histories; do
      python -W ignore tests/oracle/recalculate.py $results/$history/ket-qua/*.xlsx
    done
  else
    skip_or_fail "LibreOffice (tính lại công thức của tổng kết)"
  fi
fi

if check history-bytes "a summary gives the same bytes for 1, 2 and 8 threads"; then
  for threads in 1 2 8; do
    rm -rf $results/history-$threads
    cp -r samples/ha-long-2011-2020 $results/history-$threads
    rm -rf $results/history-$threads/ket-qua
    target/release/cchc summary --luong $threads $results/history-$threads >/dev/null
    rm $results/history-$threads/ket-qua/nhat-ky.txt
    diff -r $results/history-1/ket-qua $results/history-$threads/ket-qua
  done
  echo "same bytes"
fi

if check history-duckdb "DuckDB reads the years as the program does, and writes Parquet"; then
  if need python3 python3 python3-venv; then
    python examples/duckdb_history.py $results/ha-long-2011-2020
  else
    skip_or_fail "python3 (DuckDB)"
  fi
fi

if check history-scale "ten years of 11,000 units and 60 items within time and memory"; then
  if need python3 python3 python3-venv; then
    python benches/history.py target/release/cchc --limit
  else
    skip_or_fail "python3 (tổng kết ở quy mô cả nước)"
  fi
fi

echo
echo "heavier checks passed"
