# shellcheck shell=bash
# What run.sh, test.sh and bench.sh share: the one-time set-up and builds that are skipped when nothing changed.
# Sourced, after `root` is set and made the current folder.
: "${root:?}"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

provider_file="$root/Provider.local.props"

# Keras's .h5 and .keras files are read and written through it, whatever the provider.
hdf5_package='libhdf5-103-1|libhdf5-103-1t64|libhdf5-310'
# Debian and Ubuntu names of what the system provider needs; alternatives are separated by '|', the first known one is installed.
system_packages=(
  'g++'                                       # compiles the shim over libtorch
  'libtorch-dev'
  'libopenblas0-openmp|libopenblas0-pthread'  # without one, matrix products run on slow reference BLAS
  'libturbojpeg0|libturbojpeg'
  'libpng16-16|libpng16-16t64'
  "$hdf5_package"
)
# The real images of the examples and tests; without it they are downloaded.
dataset_package=dataset-fashion-mnist

say() { printf '%s\n' "$@" >&2; }
die() { say "$@"; exit 1; }

require_sdk() {
  command -v dotnet >/dev/null 2>&1 || { [ -x "${HOME:-}/.dotnet/dotnet" ] && PATH="$HOME/.dotnet:$PATH"; }
  command -v dotnet >/dev/null 2>&1 || die "The .NET SDK is missing. Install version 10.0 (package dotnet-sdk-10.0) and start again."
}

# Chooses where TorchSharp comes from, once per clone, and sees that the system provider's packages are there.
setup() {
  require_sdk
  if [ ! -f "$provider_file" ]; then
    if torchsharp_works; then
      write_provider nuget
    else
      install_packages "${system_packages[@]}"
      (install_packages "$dataset_package") || say "Going on without $dataset_package: its images will be downloaded."
      one_openblas
      write_provider system
    fi
  elif grep -q '<Torch>system</Torch>' "$provider_file" && ! grep -q '<LibTorchDir>' "$provider_file"; then
    install_packages "${system_packages[@]}"
  fi
  if command -v dpkg-query >/dev/null 2>&1; then
    (install_packages "$hdf5_package") || say "Going on without the HDF5 library: Keras's .h5 and .keras files will not be read."
  fi
}

write_provider() {
  printf '<!-- Chosen by the scripts on this machine; delete the file to choose again. -->\n<Project>\n  <PropertyGroup>\n    <Torch>%s</Torch>\n  </PropertyGroup>\n</Project>\n' "$1" > "$provider_file.tmp"
  mv "$provider_file.tmp" "$provider_file"
  say "TorchSharp provider: $1 (kept in Provider.local.props)"
}

# A throw-away program answers whether the sources of this machine have the packages (a missing one fails within seconds, and what
# is downloaded is what the build needs next), and whether their native libraries load: TorchSharp's wants a newer C++ library than
# some systems have. NuGet would take a newer version where the wanted one is missing: that is no.
torchsharp_works() {
  local name probe="$root/artifacts/probe" references=
  for name in TorchSharp TorchSharp-cpu SkiaSharp SkiaSharp.NativeAssets.Linux.NoDependencies; do
    references+=$(sed -n "s|.*Include=\"$name\" Version=\"\([^\"]*\)\".*|<PackageReference Include=\"$name\" Version=\"\1\" />|p" "$root/Directory.Packages.props")
  done
  rm -rf "$probe"
  mkdir -p "$probe"
  echo '<Project />' | tee "$probe/Directory.Build.props" "$probe/Directory.Build.targets" > "$probe/Directory.Packages.props"
  echo "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><WarningsAsErrors>NU1601;NU1603</WarningsAsErrors></PropertyGroup><ItemGroup>$references</ItemGroup></Project>" > "$probe/Probe.csproj"
  echo 'System.Console.WriteLine(TorchSharp.torch.ones(2).sum().item<float>());' > "$probe/Program.cs"
  if ! timeout 1800 dotnet build "$probe/Probe.csproj" -c Release > "$probe/build.log" 2>&1; then
    say "TorchSharp cannot be restored from the NuGet sources here: using the libtorch of this system."
    return 1
  fi
  if ! (timeout 120 dotnet "$probe/bin/Release/net10.0/Probe.dll" > "$probe/run.log" 2>&1; exit $?) 2>/dev/null; then
    say "NuGet has TorchSharp, but its native library does not load on this system (artifacts/probe/run.log): using the libtorch of this system."
    rm -rf "$probe/bin" "$probe/obj"
    return 1
  fi
  rm -rf "$probe/bin" "$probe/obj"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {
  local choice name found missing=()
  command -v dpkg-query >/dev/null 2>&1 || die \
    "This is neither Debian nor Ubuntu and NuGet has no TorchSharp here. Get a libtorch and write into Provider.local.props:" \
    "<Project><PropertyGroup><Torch>system</Torch><LibTorchDir>/folder/with/include/and/lib</LibTorchDir></PropertyGroup></Project>"
  for choice in "$@"; do
    found=
    for name in ${choice//|/ }; do is_installed "$name" && found=1 && break; done
    [ -n "$found" ] || missing+=("$choice")
  done
  [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

apt_install() {
  local as_root=() names=()
  if [ "$(id -u)" -ne 0 ]; then
    mapfile -t names < <(known_names "$@")
    if ! sudo -n true 2>/dev/null; then
      die "Some Debian packages are missing and may only be installed by root. Run this, then start again:" \
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names[*]}"
    fi
    as_root=(sudo -n)
  fi
  say "Installing Debian packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  mapfile -t names < <(known_names "$@")
  if ! "${as_root[@]}" apt-get install -y -q --no-install-recommends "${names[@]}" >&2; then
    # The lists of a fresh machine are empty or old.
    "${as_root[@]}" apt-get update -q >&2 || say "apt-get update failed; trying with the lists that are here."
    mapfile -t names < <(known_names "$@")
    "${as_root[@]}" apt-get install -y -q --no-install-recommends "${names[@]}" >&2 || die \
      "Installing failed. Mend apt, or run this by hand and start again:" \
      "  apt-get update && apt-get install -y --no-install-recommends ${names[*]}"
  fi
}

# For each 'a|b' the first name that apt knows; the first one where it knows none.
known_names() {
  local choice name chosen
  for choice in "$@"; do
    chosen=${choice%%|*}
    for name in ${choice//|/ }; do
      if apt-cache show "$name" >/dev/null 2>&1; then chosen=$name; break; fi
    done
    printf '%s\n' "$chosen"
  done
}

# libtorch loads libblas, liblapack and libopenblas; all three must be the same OpenBLAS, or two of them fight for the cores.
one_openblas() {
  local multiarch variant link now file as_root=()
  command -v update-alternatives >/dev/null 2>&1 || return 0
  multiarch=$(gcc -print-multiarch 2>/dev/null || true)
  [ -n "$multiarch" ] || return 0
  variant=$(readlink -f "/etc/alternatives/libopenblas.so.0-$multiarch" 2>/dev/null | sed -n 's|.*/\(openblas-[a-z]*\)/.*|\1|p')
  [ -n "$variant" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
  for link in libblas.so.3 liblapack.so.3; do
    file="/usr/lib/$multiarch/$variant/$link"
    now=$(readlink -f "/etc/alternatives/$link-$multiarch" 2>/dev/null || true)
    [ -e "$file" ] || continue
    [ "$now" = "$(readlink -f "$file")" ] || "${as_root[@]}" update-alternatives --set "$link-$multiarch" "$file" >&2
  done
}

# changed_since STAMP FOLDER…: whether a source, a project or the set of files in these folders is newer than the stamp.
changed_since() {
  local stamp=$1; shift
  [ -f "$stamp" ] || return 0
  [ -n "$(find "$@" Directory.*.props Directory.*.targets global.json .editorconfig Provider.local.props \
    \( -name bin -o -name obj -o -name artifacts -o -name TestResults -o -name out -o -name .git \) -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# build PROJECT-OR-SOLUTION FOLDER…: a Release build, skipped when nothing in the folders changed since the last one.
build() {
  local target=$1 stamp log begun; shift
  stamp="artifacts/built/$(printf '%s' "$target" | tr '/' '_')"
  case $target in *.csproj) [ -d "$(dirname "$target")/bin/Release" ] || rm -f "$stamp" ;; esac
  if ! changed_since "$stamp" "$@"; then return 0; fi
  mkdir -p artifacts/built
  log="artifacts/built/build.log"
  begun=$(mktemp)
  say "Building $target …"
  if ! dotnet build "$target" -c Release -v quiet > "$log" 2>&1; then
    grep -E '(error|warning) ' "$log" | sort -u >&2 || cat "$log" >&2
    rm -f "$begun" "$stamp"
    die "The build failed."
  fi
  # What was edited while the build ran must be built next time.
  mv "$begun" "$stamp"
}
