#!/usr/bin/env bash
# Builds MLX's C library for Linux into target/lib. See README.md beside this file.
set -euo pipefail

crate=mlx-sys
crate_version=0.7.0
crate_sha256=da965f83ce211b80f9b681d9bbd6fa625fe6bb2e659ba7bc55dd95eea8d3b028

fail() { echo "runtime/native/build.sh: $*" >&2; exit 1; }

variant=cpu
case "$#:${1-}" in
  0:) ;;
  1:--cuda) variant=cuda ;;
  *) fail "usage: build.sh [--cuda]" ;;
esac

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
requirements="$here/requirements-$variant.txt"
target="$here/target"
stamp="$variant $(cat "$here/build.sh" "$here/format.hpp" "$here"/requirements-*.txt | sha256sum | cut -d' ' -f1)"
if [ -f "$target/lib/libmlxc.so" ] && [ "$(cat "$target/stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "up to date: $target/lib/libmlxc.so ($variant)"
  exit 0
fi

[ "$(uname -s)" = Linux ] || fail "builds on Linux only; on a Mac run: brew install mlx-c"
need() { command -v "$1" >/dev/null || fail "$1 is missing; install $2 and run this again"; }
need python3 "python3 (Debian: apt-get install python3-pip)"
python3 -m pip --version >/dev/null 2>&1 || fail "pip is missing; install pip for python3 (Debian: apt-get install python3-pip) and run this again"
need cargo "cargo (rustup, or Debian: apt-get install cargo); it only downloads, nothing in Rust is compiled"
need cmake "cmake 3.16 or newer"
need c++ "a C++20 compiler (Debian: apt-get install g++)"
generator=()
if command -v ninja >/dev/null; then
  generator=(-G Ninja)
else
  need make "ninja or make"
fi

rm -rf "$target"
mkdir -p "$target/work/wheels" "$target/lib"
trap 'rm -rf "$target/work"' EXIT

# Unpacks the wheels of a requirements file into a folder; there libmlx finds the libraries and headers it needs.
unpack() {
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --require-hashes --requirement "$1" --dest "$target/work/wheels" \
    || fail "could not download what $1 lists; pip's message is above"
  for wheel in "$target/work/wheels"/*.whl; do
    python3 -m zipfile -e "$wheel" "$2"
    rm "$wheel"
  done
}

echo "1/3 libmlx ($variant) from its wheel"
unpack "$requirements" "$target"
# The C API is linked against the CPU build also for CUDA: the headers are the same, and CMake would ask for the
# CUDA toolkit.
link="$target"
if [ "$variant" = cuda ]; then
  link="$target/work/cpu"
  unpack "$here/requirements-cpu.txt" "$link"
fi

echo "2/3 source of the C API from the crate $crate $crate_version"
fetch="$target/work/fetch"
mkdir -p "$fetch/src"
touch "$fetch/src/lib.rs"
cat >"$fetch/Cargo.toml" <<TOML
[package]
name = "fetch"
version = "0.0.0"
edition = "2021"
[dependencies]
$crate = "=$crate_version"
[workspace]
TOML
(cd "$fetch" && cargo fetch --quiet) || fail "cargo could not download $crate $crate_version; its message is above"
archive=$(find "${CARGO_HOME:-$HOME/.cargo}/registry/cache" -name "$crate-$crate_version.crate" 2>/dev/null | head -n 1)
[ -n "$archive" ] || fail "cargo did not keep $crate-$crate_version.crate in its cache"
echo "$crate_sha256  $archive" | sha256sum --check --quiet - || fail "$archive is not the expected file"
tar -xzf "$archive" -C "$target/work"
source="$target/work/$crate-$crate_version/src/mlx-c"

echo "3/3 libmlxc, about a minute"
cmake -S "$source" -B "$target/work/build" "${generator[@]}" -Wno-dev \
  -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON -DMLX_C_USE_SYSTEM_MLX=ON -DMLX_C_BUILD_EXAMPLES=OFF \
  -DCMAKE_PREFIX_PATH="$link/mlx" \
  -DCMAKE_CXX_FLAGS="-include '$here/format.hpp'" \
  -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON -DCMAKE_INSTALL_RPATH='$ORIGIN/../mlx/lib' \
  >"$target/build.log" 2>&1 || fail "cmake failed; see $target/build.log"
cmake --build "$target/work/build" --target mlxc --parallel "$(nproc)" >>"$target/build.log" 2>&1 \
  || fail "the compiler failed; see $target/build.log"
cp "$target/work/build/libmlxc.so" "$target/lib/"

echo "$stamp" >"$target/stamp"
echo "built: $target/lib/libmlxc.so ($variant)"
