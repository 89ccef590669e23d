#!/usr/bin/env bash
# usage: ./bench.sh [args…]     Runs the benchmarks of benchmarks/DeepKeras.Benchmarks, PyTorch beside them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

setup
# PyTorch is only the opponent; where there are no Debian packages, the benchmark says that it runs without.
if command -v dpkg-query >/dev/null 2>&1; then install_packages python3-torch; fi
project=benchmarks/DeepKeras.Benchmarks
build "$project/DeepKeras.Benchmarks.csproj" src benchmarks
exec dotnet "$project/bin/Release/net10.0/DeepKeras.Benchmarks.dll" "$@"
