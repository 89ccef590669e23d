#!/usr/bin/env bash
# usage: ./run.sh [example] [args…]     Runs an example; the main job, lenet5, when none is named.
#        ./run.sh --list                Names the examples.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
invoked_from=$PWD
cd "$root"
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

project_of() { find "examples/$1" -maxdepth 1 -name '*.csproj' 2>/dev/null | head -n 1; }

list_examples() {
  local folder name project text
  for folder in examples/*/; do
    name=$(basename "$folder")
    project=$(project_of "$name")
    [ -n "$project" ] || continue
    text=$(tr '\n' ' ' < "$project" | sed -n 's|.*<Description>\(.*\)</Description>.*|\1|p' | sed 's/  */ /g; s/&amp;/\&/g; s/&lt;/</g; s/&gt;/>/g')
    printf '  %-16s %s\n' "$name" "$text"
  done
}

case "${1:-}" in
  --list | -l) list_examples; exit 0 ;;
  --help | -h) sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,3p'; list_examples; exit 0 ;;
esac

example=${1:-lenet5}
[ $# -eq 0 ] || shift
project=$(project_of "$example")
[ -n "$project" ] || die "There is no example '$example'. These exist:" "$(list_examples)"

setup
build "$project" src examples
cd "$invoked_from"
exec dotnet "$root/examples/$example/bin/Release/net10.0/$(basename "$project" .csproj).dll" "$@"
