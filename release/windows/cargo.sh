#!/usr/bin/env bash
# cargo, for Windows: cargo.sh build --release …
#
# With the Rust in use, if rustup can give it the standard library for Windows;
# otherwise with Debian's own Rust, unpacked below target/windows (nothing is
# installed), which builds the standard library as well. Both link with mingw-w64.
# What is built is kept in target/windows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kept=$(cd "$here/../.." && pwd)/target/windows
triple=x86_64-pc-windows-gnu

if ! command -v x86_64-w64-mingw32-gcc >/dev/null; then
  echo "THIẾU: x86_64-w64-mingw32-gcc (Debian: apt-get install gcc-mingw-w64-x86-64)" >&2
  exit 1
fi

has_std() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/$triple/lib" ]
}

unpack_debian() { # into $kept/rust, whole or not at all
  [ -d "$kept/rust" ] && return
  local draft=$kept/rust.draft std
  rm -rf "$draft"
  mkdir -p "$draft/packages"
  std=$(apt-cache depends libstd-rust-web-dev | awk '/Depends: libstd-rust-web-/ { print $2 }')
  (
    cd "$draft/packages"
    # shellcheck disable=SC2046
    apt-get download -qq rustc-web libstd-rust-web-dev rust-web-src "$std" \
      $(apt-cache depends "$std" | awk '/Depends: libllvm/ { print $2 }')
  )
  for package in "$draft"/packages/*.deb; do
    dpkg -x "$package" "$draft"
  done
  rm -r "$draft/packages"
  mv "$draft" "$kept/rust"
}

extra=()
if [ -z "${CCHC_DEBIAN_RUST:-}" ] &&
  { has_std || { command -v rustup >/dev/null && rustup --quiet target add $triple 2>/dev/null; }; }; then
  :
elif command -v apt-get >/dev/null && mkdir -p "$kept" && unpack_debian; then
  export RUSTC=$kept/rust/usr/bin/rustc RUSTC_BOOTSTRAP=1
  export LD_LIBRARY_PATH=$kept/rust/usr/lib/x86_64-linux-gnu
  extra=(-Zbuild-std=std,panic_unwind)
else
  echo "THIẾU: thư viện chuẩn của Rust cho Windows (rustup target add $triple)" >&2
  exit 1
fi

# The tests too have the icon, the version and above all the manifest of the program.
"$here/resource.sh" "$kept/resource" resource.o
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS=${CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS:-}
CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS+=" -Clink-arg=$kept/resource/resource.o"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
export CARGO_TARGET_DIR=$kept
verb=$1
shift
exec cargo "$verb" ${extra[@]+"${extra[@]}"} --target $triple "$@"
