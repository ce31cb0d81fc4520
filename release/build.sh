#!/usr/bin/env bash
# A release, in release/out, from a clean checkout on Debian or Ubuntu: see
# release/README.md. The same checkout and the same tools give the same bytes.
#
#   CCHC_EXE=FILE    packs this program for Windows, made elsewhere, instead of making one
#   CCHC_SIGN=FILE   a command that signs the file it is given, in place
#   CCHC_PARTS=LIST  of: windows linux (both by default)
#   CCHC_OUT=FOLDER  instead of release/out
#   CCHC_TRIAL=1     to try the rest: the program may be large
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD work=target/release-work
out=$(realpath -m "${CCHC_OUT:-release/out}")
parts=${CCHC_PARTS:-windows linux}
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

lacking=()
need() { # need PACKAGE TEST…
  "${@:2}" >/dev/null 2>&1 && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 || true
    "${@:2}" >/dev/null 2>&1 && return
  fi
  lacking+=("$1")
}

need python3 command -v python3
need python3-markdown /usr/bin/python3 -c 'import markdown'
need gcc-mingw-w64-x86-64 command -v x86_64-w64-mingw32-gcc
need binutils-mingw-w64-x86-64 command -v x86_64-w64-mingw32-windres
need nsis command -v makensis
if [ ${#lacking[@]} != 0 ]; then
  echo "THIẾU: ${lacking[*]} (apt-get install ${lacking[*]})" >&2
  exit 1
fi

version=$(cargo pkgid | sed 's/.*[#@]//')
four=${version%%-*}.0
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
# No path of this machine in what is released.
remap="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$root=/cchc"
remap+=" --remap-path-prefix=$(rustc --print sysroot)=/rust"
rm -rf "$out" $work
mkdir -p "$out" $work

step() { printf '\n== %s ==\n' "$*"; }
python() { /usr/bin/python3 "$@"; }
sign() { if [ -n "${CCHC_SIGN:-}" ]; then "$CCHC_SIGN" "$1"; fi; }

checked() { # checked EXE: what a release promises of it
  local size strange
  size=$(stat -c %s "$1")
  if [ -z "${CCHC_TRIAL:-}" ] && [ "$size" -gt $((16 << 20)) ]; then
    echo "$1: $size byte, quá 16 MiB" >&2
    exit 1
  fi
  strange=$(x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/^\tDLL Name: //p' | tr A-Z a-z | sort -u |
    grep -vxE 'kernel32\.dll|ntdll\.dll|msvcrt\.dll|ucrtbase\.dll|ws2_32\.dll|advapi32\.dll|userenv\.dll|'\
'user32\.dll|shell32\.dll|ole32\.dll|oleaut32\.dll|bcrypt\.dll|bcryptprimitives\.dll|shlwapi\.dll|'\
'api-ms-win-[a-z0-9-]+\.dll' || true)
  if [ -n "$strange" ]; then
    echo "$1: cần thư viện không phải của hệ thống: $strange" >&2
    exit 1
  fi
  for promise in longPathAware UTF-8 8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a; do
    grep --quiet --text "$promise" "$1" || { echo "$1: bản kê thiếu $promise" >&2; exit 1; }
  done
  echo "$1: $size byte, chỉ dùng thư viện của hệ thống"
}

step "licences and bill of materials"
triples="x86_64-pc-windows-gnu x86_64-unknown-linux-gnu"
# shellcheck disable=SC2086
python release/crates.py licences $triples >$work/licences.txt
# shellcheck disable=SC2086
python release/crates.py sbom $triples >"$out/cchc-$version.cdx.json"
cp $work/licences.txt "$out/Giay-phep-thu-vien.txt"

step "guide"
python release/pack.py guide docs/huong-dan.md $work/Huong-dan.html

common() { # common FOLDER: what goes with the program on either system
  mkdir -p "$1/giay-phep"
  cp $work/Huong-dan.html "$1/"
  cp LICENSE LICENSE-MIT LICENSE-APACHE "$1/giay-phep/"
  cp $work/licences.txt "$1/giay-phep/Giay-phep-thu-vien.txt"
  git ls-files -z samples templates | while IFS= read -r -d '' file; do
    case $file in
      samples/make*) continue ;;
      samples/*) to=$1/ky-mau/${file#samples/} ;;
      *) to=$1/tep-mau/${file#templates/} ;;
    esac
    mkdir -p "$(dirname "$to")"
    cp "$file" "$to"
  done
}

dated() { find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +; }

if [[ " $parts " == *" windows "* ]]; then
  step "cchc.exe"
  release/windows/resource.sh target/windows/resource resource.o
  cp target/windows/resource/cchc.ico $work/
  if [ -n "${CCHC_EXE:-}" ]; then
    cp "$CCHC_EXE" $work/cchc.exe
  else
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="$remap -Clink-arg=-Wl,--no-insert-timestamp"
    release/windows/cargo.sh build --profile dist --locked --bin cchc
    cp target/windows/x86_64-pc-windows-gnu/dist/cchc.exe $work/cchc.exe
  fi
  sign $work/cchc.exe
  checked $work/cchc.exe
  cp $work/cchc.exe "$out/"

  step "portable archive"
  folder=$work/cchc-$version
  common "$folder"
  cp $work/cchc.exe "$folder/"
  dated "$folder"
  python release/pack.py zip "$folder" "$out/cchc-$version-windows.zip"

  step "installer"
  python release/pack.py lists "$folder" $work/lists
  cp release/windows/cchc.nsi $work/
  makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DFOUR="$four" -DLISTS="$root/$work/lists" \
    -DOUT="$out/cchc-$version-cai-dat.exe" ${CCHC_SIGN:+-DSIGN="$CCHC_SIGN"} $work/cchc.nsi
  sign "$out/cchc-$version-cai-dat.exe"
fi

if [[ " $parts " == *" linux "* ]]; then
  step "Linux"
  RUSTFLAGS=$remap CARGO_TARGET_DIR=target/linux cargo build --profile dist --locked --bin cchc
  cp target/linux/dist/cchc "$out/cchc-$version-linux-x86_64"
fi

(cd "$out" && sha256sum -- * >SHA256SUMS)
step "done"
cat "$out/SHA256SUMS"
