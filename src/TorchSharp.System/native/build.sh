#!/usr/bin/env bash
# usage: build.sh OUTPUT [LIBTORCH_DIR]     Compiles the shim against the given libtorch, or the one the compiler finds by itself.
set -euo pipefail
output=$1; libtorch=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
cxx=${CXX:-g++}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
flags=(-O2 -std=c++17 -fPIC -fvisibility=hidden -DNDEBUG)

if [ -n "$libtorch" ]; then
  lib=$libtorch/lib
  flags+=(-isystem "$libtorch/include" -isystem "$libtorch/include/torch/csrc/api/include")
  # Which std::string the library was built with shows in the names of its symbols.
  if nm -D --defined-only "$lib/libc10.so" | grep -q cxx11; then abi=1; else abi=0; fi
  flags+=("-D_GLIBCXX_USE_CXX11_ABI=$abi")
  link=(-L"$lib" "-Wl,-rpath,$lib")
else
  header=$(echo '#include <torch/library.h>' | $cxx -std=c++17 -M -x c++ - 2>/dev/null | tr ' \\' '\n\n' | grep 'torch/library\.h$' | head -1 || true)
  if [ -z "$header" ]; then
    echo "error TSS001: no libtorch found. Install the development package of libtorch (libtorch-dev), or give -p:LibTorchDir=<folder with include and lib>." >&2
    exit 1
  fi
  flags+=(-isystem "$(dirname "$header")/csrc/api/include")
  lib=$(dirname "$($cxx -print-file-name=libtorch.so)")
  link=()
fi

pids=()
for source in "$here"/*.cpp; do
  $cxx "${flags[@]}" -c "$source" -o "$work/$(basename "$source" .cpp).o" & pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid"; done

libraries=(-ltorch_cpu -lc10)
# The CUDA backend registers itself when its library is loaded; nothing refers to it by name.
for extra in torch_cuda c10_cuda; do [ -e "$lib/lib$extra.so" ] && libraries+=("-l$extra"); done
$cxx -shared "$work"/*.o "${link[@]}" -Wl,--no-as-needed "${libraries[@]}" -o "$work/shim.so"
mkdir -p "$(dirname "$output")"
mv -f "$work/shim.so" "$output"
