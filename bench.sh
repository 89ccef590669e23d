#!/usr/bin/env bash
# usage: ./bench.sh [args…]     Runs the benchmarks of benchmarks/DeepKeras.Benchmarks, PyTorch beside them.
#        ./bench.sh --input     The input pipeline instead, torchvision beside it.
#        ./bench.sh --networks  Large networks of the zoo instead, torchvision's beside them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

setup
# PyTorch is only the opponent; where there are no Debian packages, the benchmark says that it runs without.
opponents=(python3-torch)
case " $* " in *" --input "* | *" --networks "*) opponents+=(python3-torchvision) ;; esac
if command -v dpkg-query >/dev/null 2>&1; then install_packages "${opponents[@]}"; fi
project=benchmarks/DeepKeras.Benchmarks
build "$project/DeepKeras.Benchmarks.csproj" src benchmarks
exec dotnet "$project/bin/Release/net10.0/DeepKeras.Benchmarks.dll" "$@"
