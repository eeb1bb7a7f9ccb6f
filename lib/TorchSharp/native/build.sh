#!/usr/bin/env bash
# Compiles the native boundary: build.sh OUT.so. Uses the libtorch that LIBTORCH points to, else the system's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$1
compiler=${CXX:-g++}
command -v "$compiler" >/dev/null || { echo "error: $compiler was not found; './lab setup' installs it, or set CXX" >&2; exit 1; }

flags=(-std=c++17 -O2 -fPIC -fvisibility=hidden -w)
libraries=(-Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
if [ -n "${LIBTORCH:-}" ]; then
  [ -f "$LIBTORCH/include/torch/version.h" ] || [ -f "$LIBTORCH/include/torch/csrc/api/include/torch/version.h" ] || {
    echo "error: LIBTORCH must be a folder with include/torch and lib/libtorch_cpu.so, but was '$LIBTORCH'" >&2; exit 1; }
  flags+=("-I$LIBTORCH/include" "-I$LIBTORCH/include/torch/csrc/api/include" "-L$LIBTORCH/lib" "-Wl,-rpath,$LIBTORCH/lib")
  [ -e "$LIBTORCH/lib/libtorch_cuda.so" ] && libraries+=(-ltorch_cuda)
  # Wheels before 2.6 were built with the old string ABI.
  grep -q '__cxx11' <(nm -D "$LIBTORCH/lib/libc10.so") || flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
else
  include=
  for folder in /usr/include /usr/local/include; do [ -f "$folder/ATen/ATen.h" ] && include=$folder && break; done
  [ -n "$include" ] || { echo "error: libtorch was not found; './lab setup' installs libtorch-dev, or set LIBTORCH to a libtorch folder" >&2; exit 1; }
  flags+=("-I$include/torch/csrc/api/include")
fi

mkdir -p "$(dirname "$out")"
objects=()
for source in "$here"/*.cpp; do
  object=$out.$$.$(basename "$source" .cpp).o
  objects+=("$object")
  "$compiler" "${flags[@]}" "$source" -c -o "$object" &
done
for job in $(jobs -p); do wait "$job"; done
"$compiler" -shared "${flags[@]}" "${objects[@]}" -o "$out.$$.new" "${libraries[@]}"
rm -f "${objects[@]}"
mv "$out.$$.new" "$out"
