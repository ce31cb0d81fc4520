#!/usr/bin/env bash
# The program for Windows, cross-built and under Wine: windows.sh [PART…]
#
#   tests      the whole-program tests and the library's
#   bytes      every command on the samples says and writes what Linux's does
#   scanner    beside a scanner, with files held open, under NTFS's rule of renaming
#   kills      killed after each of its renames
#   installer  put in silently, its registered command run, taken away again
#   console    what a window shows that Explorer opened, and what it asks
#
# What is built is kept in target/windows. tests/heavy/run.sh sees to the programs
# this needs, and bounds its time.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
parts="$*"
kept=$root/target/windows
tools=$kept/tools
work=$root/target/heavy/windows
linux=$root/target/release/cchc
debug=$kept/x86_64-pc-windows-gnu/debug
windows=$debug/cchc.exe
export WINEPREFIX=$kept/prefix WINEDEBUG=-all LC_ALL=C.UTF-8
# As light as it goes, and once for the program and its tests.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0

which_wine() { command -v wine64 || echo /usr/lib/wine/wine64; }
wine() { "$(which_wine)" "$@"; }
server() { "$(command -v wineserver || echo /usr/lib/wine/wineserver)" "$@"; }
begun() { printf -- '-- windows, %s (%d s)\n' "$1" "$SECONDS"; }
fail() {
  echo "HỎNG: $*" >&2
  exit 1
}
asked() { # asked PART
  [ -z "$parts" ] || [[ " $parts " == *" $1 "* ]] || return 1
  begun "$1"
}
ntfs() { # ntfs COMMAND…: with the rule of renaming, for the programs of a new server
  LD_PRELOAD=$tools/ntfs.so "$@"
}
fresh() { # fresh FOLDER SAMPLE: a copy without results
  rm -rf "$1"
  mkdir -p "$(dirname "$1")"
  cp -r "samples/$2" "$1"
  rm -rf "$1/ket-qua" "$1/mau" "$1/cong-bo"
}
results() { # results ROUND: digests of all results but the log
  (cd "$1/ket-qua" && find . -type f ! -name nhat-ky.txt | LC_ALL=C sort | xargs -d '\n' sha256sum)
}
awaited() { # awaited FILE WORD: until the word is in the file
  for _ in $(seq 200); do
    grep --quiet "$2" "$1" 2>/dev/null && return
    sleep 0.1
  done
  fail "$1: chờ mãi không thấy «$2»"
}

rm -rf "$work"
mkdir -p "$work" "$tools"
trap 'server -k 2>/dev/null || true' EXIT

begun build
build() { # build WHAT…: names the file of the tests
  release/windows/cargo.sh test --locked --no-run "$@" 2>"$work/build.log" || {
    cat "$work/build.log" >&2
    return 1
  }
  sed -n 's/^ *Executable .*(\(.*\))$/\1/p' "$work/build.log" | tail -n 1
}
tests=$(build --test it)
release/windows/cargo.sh build --quiet --manifest-path tests/windows/Cargo.toml
cp "$debug/hold.exe" "$debug/scan.exe" "$tools/"
gcc -Wall -Wextra -O -shared -fPIC -o "$tools/ntfs.so" tests/windows/ntfs.c -ldl
x86_64-w64-mingw32-gcc -Wall -Wextra -O -s -municode -o "$tools/console.exe" tests/windows/console.c
for folder in "$debug" "$debug/deps" "$tools"; do
  x86_64-w64-mingw32-gcc -Wall -Wextra -O -s -shared -o "$folder/bcryptprimitives.dll" \
    tests/windows/random.c -ladvapi32
done
if [ ! -f "$WINEPREFIX/ready" ]; then
  rm -rf "$WINEPREFIX"
  wine wineboot -i >/dev/null 2>&1
  wine reg add 'HKCU\Software\Wine' /v Version /d win10 >/dev/null
  server -w
  touch "$WINEPREFIX/ready"
fi

if asked tests; then
  for program in "$tests" "$(build --lib)"; do
    # Wine's Explorer stays when it is to open results, and holds what would tell
    # the test that the program has ended; and a folder that is watched cannot go.
    wine "$program" --skip window::a_year_goes_by --skip window::what_is_dropped \
      --skip batch::watch::tests::what_is_there_is_seen \
      >"$work/tests.log" 2>&1 || {
      sed -n '/^failures:/,$p' "$work/tests.log"
      fail "phép thử dưới Wine"
    }
    grep '^test result' "$work/tests.log"
  done
fi

if asked bytes; then
  tests/heavy/every_command.sh "$work/linux" "$linux"
  tests/heavy/every_command.sh "$work/windows" "$(which_wine)" "$windows"
  apart=0
  for list in said digests; do
    diff "$work/linux/$list.txt" "$work/windows/$list.txt" >"$work/$list.diff" || apart=1
    head -n 20 "$work/$list.diff"
  done
  [ $apart = 0 ] || fail "Linux và Windows không cho cùng một kết quả"
  # Each system holds what the other published against what it comes to there.
  "$linux" verify "$work/windows/ha-long-2019/cong-bo/cong-bo-2019.zip" >"$work/verify.log" ||
    fail "gói công bố của Windows: $(cat "$work/verify.log")"
  wine "$windows" verify "$work/linux/ha-long-2019/cong-bo/cong-bo-2019.zip" >"$work/verify.log" ||
    fail "gói công bố của Linux: $(cat "$work/verify.log")"
  echo "$(wc -l <"$work/windows/digests.txt") files, every command: the same on both systems"
fi

# --- beside other programs -------------------------------------------------

expected() { # what a run of the sample comes to, once
  [ -f "$work/expected" ] && return
  fresh "$work/expect" ha-long-2019
  "$linux" run "$work/expect" >/dev/null
  results "$work/expect" >"$work/expected"
}
same() { # same ROUND WHAT
  results "$1" | diff -q "$work/expected" - >/dev/null || fail "$2: kết quả khác"
}
if asked scanner; then
  expected
  round=$work/scan
  fresh "$round" ha-long-2019
  for share in 7 1; do
    server -k 2>/dev/null || true
    rm -f "$work/stop"
    ntfs wine "$tools/scan.exe" "$round" 150 $share "$work/stop" >"$work/scan.log" 2>/dev/null &
    awaited "$work/scan.log" up
    for time in 1 2 3; do
      wine "$windows" run "$round" >"$work/run.log" 2>&1 || {
        cat "$work/run.log"
        fail "chấm lần $time cạnh chương trình quét (chia sẻ $share)"
      }
      same "$round" "cạnh chương trình quét"
    done
    touch "$work/stop"
    wait
    cat "$work/scan.log"
    # What it kept from being removed goes with the next run.
    wine "$windows" run "$round" >/dev/null
    left=$(find "$round" -maxdepth 1 -name 'ket-qua.*')
    [ -z "$left" ] || fail "còn lại $left"
  done
  held() { # held FILE SECONDS SHARE COMMAND…: runs it while the file is held open
    local code=0 holder
    "$(which_wine)" "$tools/hold.exe" "$1" "$2" "$3" >"$work/hold.log" 2>/dev/null &
    holder=$!
    awaited "$work/hold.log" held
    wine "$windows" "${@:4}" >"$work/run.log" 2>&1 || code=$?
    kill $holder 2>/dev/null || true
    wait
    return $code
  }
  form=$(find "$round/nop" -name '*.xlsx' | sort | head -n 1)
  held "$form" 1.5 0 run "$round" || fail "phiếu bị giữ một lúc: $(cat "$work/run.log")"
  same "$round" "phiếu bị giữ một lúc"
  held "$round/ket-qua/Tong-hop-2019.xlsx" 1.5 1 run "$round" || fail "kết quả bị giữ một lúc"
  same "$round" "kết quả bị giữ một lúc"
  before=$(results "$round")
  if held "$round/ket-qua/Tong-hop-2019.xlsx" 600 1 run "$round"; then
    fail "ghi được kết quả đang mở: $(cat "$work/run.log")"
  fi
  grep --quiet 'Tong-hop-2019.xlsx\|ket-qua' "$work/run.log" || fail "không nói tệp nào đang mở"
  [ "$(results "$round")" = "$before" ] || fail "kết quả cũ không còn trọn"
  tail -n 2 "$work/run.log"
  wine "$windows" run "$round" >/dev/null || fail "chấm lại sau khi tệp được đóng"
  server -k
  echo "six runs beside a scanner, and files held for a moment: the same results"
fi

if asked kills; then
  expected
  round=$work/kill
  fresh "$round" ha-long-2019
  "$linux" run "$round" >/dev/null
  for at in $(seq 40); do
    server -k 2>/dev/null || true
    if CCHC_KILL_AT=$at ntfs wine "$windows" run "$round" >"$work/run.log" 2>&1; then
      break
    fi
    # Nothing looks lost, and the next run puts it right.
    for command in verify "trace P-HA-TU 2.1"; do
      # shellcheck disable=SC2086
      set -- $command
      wine "$windows" "$1" "$round" "${@:2}" >"$work/found.log" 2>&1 ||
        fail "$1 sau lần đổi tên $at: $(cat "$work/found.log")"
    done
    server -k
    wine "$windows" run "$round" >"$work/run.log" 2>&1 || fail "chạy lại: $(cat "$work/run.log")"
    same "$round" "bị dừng sau lần đổi tên $at"
  done
  [ "$at" -gt 1 ] && [ "$at" -lt 40 ] || fail "dừng $at lần"
  server -k 2>/dev/null || true
  echo "killed after each of $((at - 1)) renames: the old or the new, whole"
fi

# --- installed -------------------------------------------------------------

registered() { # registered KEY: its value, below the classes of the person
  wine reg query "HKCU\\Software\\Classes\\$1" /ve 2>/dev/null | tr -d '\r' | sed -n 's/.*REG_SZ *//p'
}
if asked installer; then
  expected
  x86_64-w64-mingw32-strip -o "$work/cchc.exe" "$windows"
  export CCHC_EXE=$work/cchc.exe CCHC_PARTS=windows CCHC_OUT=$work/out CCHC_TRIAL=1
  release/build.sh >"$work/release.log" 2>&1 || {
    tail -n 20 "$work/release.log"
    fail "release/build.sh"
  }
  wine "$(ls "$work"/out/*cai-dat.exe)" /S
  put="$WINEPREFIX/drive_c/users/$(id -un)/AppData/Local/Programs/cchc"
  menus="$WINEPREFIX/drive_c/users/$(id -un)/AppData/Roaming/Microsoft/Windows"
  cmp "$put/cchc.exe" "$work/out/cchc.exe"
  start="Start Menu/Programs/Chấm điểm CCHC"
  for link in "$start/Chấm điểm CCHC.lnk" "$start/Hướng dẫn.lnk" "SendTo/Chấm điểm CCHC.lnk"; do
    [ -f "$menus/$link" ] || fail "không có $link"
  done
  # As Explorer would: the folder in the place of %1.
  IFS='"' read -r _ program _ argument _ < <(registered 'Directory\shell\cchc\command')
  [ "$argument" = %1 ] || fail "lệnh đã đăng ký: «$program» «$argument»"
  cp "$tools/bcryptprimitives.dll" "$put/"
  round="$work/ky đã cài"
  fresh "$round" ha-long-2019
  wine "$program" "Z:${round//\//\\}" >"$work/run.log" 2>&1 </dev/null ||
    fail "lệnh đã đăng ký: $(cat "$work/run.log")"
  same "$round" "lệnh đã đăng ký"
  # What somebody made in the same folder stays, and a sample that was changed.
  rm "$put/bcryptprimitives.dll"
  mkdir -p "$put/ky-mau/cua-toi"
  echo "của tôi" >"$put/ky-mau/cua-toi/ky.toml"
  echo "của tôi" >>"$put/ky-mau/ha-long-2019/ky.toml"
  wine "$put/Go-bo.exe" /S
  for _ in $(seq 100); do
    [ ! -e "$put/cchc.exe" ] || sleep 0.2
  done
  server -w
  left=$(cd "$put" && find . -type f | sort | tr '\n' ' ')
  [ "$left" = "./ky-mau/cua-toi/ky.toml ./ky-mau/ha-long-2019/ky.toml " ] || fail "gỡ xong còn: $left"
  [ -z "$(find "$menus" -name '*CCHC*')" ] || fail "gỡ xong còn lối tắt"
  [ -z "$(registered 'Directory\shell\cchc\command')" ] || fail "gỡ xong còn trình đơn"
  rm -rf "$put"
  echo "installed in silence, run as registered, taken away; what is somebody's stayed"
fi

# --- in a window -----------------------------------------------------------

window() { # window KEYS WORDS…: what is shown by the program that Explorer started
  local line="\"$windows\""
  for word in "${@:2}"; do line+=" \"$word\""; done
  CCHC_KEYS=$1 xvfb-run -a "$(which_wine)" "$tools/explorer.exe" "$work/screen.txt" "$line" \
    >/dev/null 2>&1 || fail "cửa sổ: $?"
}
shows() { # shows WORDS: on the screen
  grep --quiet "$1" "$work/screen.txt" || fail "cửa sổ không có «$1»: $(cat "$work/screen.txt")"
}
if asked console; then
  # A server that began without a screen opens no windows.
  server -k 2>/dev/null || true
  server -w
  # A program is known by its name to be a person's hand.
  cp "$tools/console.exe" "$tools/explorer.exe"
  round=$work/window
  fresh "$round" phieu-loi
  window "0|" "$round"
  shows '^code 1'
  shows 'chưa nộp phiếu'
  shows 'Nhấn Enter'
  # Wine's console takes the mode in which it would understand colours, and no more.
  if ! grep --quiet '^code 1, mode 7' "$work/screen.txt" && grep --quiet $'\e' "$work/screen.txt"; then
    fail "mã màu mà màn hình không hiểu: $(cat "$work/screen.txt")"
  fi
  cp "$work/screen.txt" "$work/dropped.txt"
  window "0|"
  shows '^code 0'
  shows 'Tạo kỳ'
  cp "$work/screen.txt" "$work/menu.txt"
  tail -n 4 "$work/dropped.txt"
  cat "$work/menu.txt"
fi

begun done
