#!/usr/bin/env bash
# usage: ./test.sh [--slow] [dotnet test arguments…]   Builds everything in Release and runs every test project.
#        ./test.sh --oracle [--filter EXPRESSION]      Holds the networks of the zoo against PyTorch's own (installs python3-torchvision).
#        ./test.sh --cases FILE…                       Replays files of numeric cases (format: tests/DeepKeras.Conformance/README.md).
# --slow also runs the tests of category Slow. The last line counts the tests; the exit status is not 0 when one failed or none ran.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
invoked_from=$PWD
cd "$root"
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

conformance=tests/DeepKeras.Conformance
slow=
oracle=
filter=
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --slow) slow=1; shift ;;
    --oracle) oracle=1; shift ;;
    --filter) filter=${2:?--filter needs an expression}; shift 2 ;;
    --help | -h) sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,5p'; exit 0 ;;
    --cases)
      shift
      [ $# -gt 0 ] || die "--cases needs at least one file."
      setup
      build "$conformance/DeepKeras.Conformance.csproj" src "$conformance"
      cd "$invoked_from"
      exec dotnet "$root/$conformance/bin/Release/net10.0/DeepKeras.Conformance.dll" "$@" ;;
    *) arguments+=("$1"); shift ;;
  esac
done

# The Slow ones and those that need PyTorch are left out unless asked for, whatever else is filtered.
wanted=TestCategory!=Oracle
[ -z "$oracle" ] || wanted=TestCategory=Oracle
[ -n "$slow" ] || wanted+='&TestCategory!=Slow'
arguments+=(--filter "${filter:+($filter)&}$wanted")

counter() { sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

setup
# Elsewhere the tests look for a Python that has it themselves, and skip with a word where there is none.
if [ -n "$oracle" ] && command -v dpkg-query >/dev/null 2>&1; then install_packages python3-torchvision; fi
build DeepKeras.sln .

results="$root/artifacts/tests"
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0 broken=0
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  status=0
  dotnet test "$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" "${arguments[@]}" || status=$?
  report="$results/$name.trx"
  if [ ! -f "$report" ]; then
    # No report and no failure: the filter left nothing of this project.
    [ "$status" -eq 0 ] || { say "$name: the test run broke off without a report."; broken=1; }
    continue
  fi
  total=$(counter "$report" total) good=$(counter "$report" passed) bad=$(counter "$report" failed)
  passed=$((passed + ${good:-0}))
  failed=$((failed + ${bad:-0}))
  skipped=$((skipped + ${total:-0} - ${good:-0} - ${bad:-0}))
  if [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then say "$name: the test run ended with status $status."; broken=1; fi
done

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
if [ "$passed" -eq 0 ]; then say "No test ran."; exit 1; fi
[ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
