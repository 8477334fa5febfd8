#!/usr/bin/env bash
# Sets up what is missing on a Debian machine, then works.
#
#   ./bootstrap.sh build TARGET...   set up and build, for instance target-image
#   ./bootstrap.sh test              set up and run all tests
#   ./bootstrap.sh setup             set up only; afterwards `strata` is on the PATH
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

ENGINE_PACKAGES=(bubblewrap util-linux git git-lfs patch tar gzip bzip2 xz-utils zstd libarchive-tools unzip curl ca-certificates)
TEST_PACKAGES=(bsdutils disorderfs fcgiwrap vsftpd golang-go p7zip-full cpio gnupg kas attr libcap2-bin bmap-tools cryptsetup-bin dosfstools erofs-utils fdisk gdisk mtools qemu-user-static qemu-system-arm qemu-system-x86 openssh-client openssh-server skopeo umoci crun nginx-light docker-registry openssl zsh fish python3-jsonschema shellcheck squashfs-tools e2fsprogs gcc libc6-dev make gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf gcc-riscv64-linux-gnu)
STRATA=build/strata/strata
NEEDED_MB=6000

die() { echo "bootstrap: $*" >&2; exit 1; }

check_machine() {
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
        die "the .NET 10 SDK is missing; install it (https://dotnet.microsoft.com/download, or 'apt-get install dotnet-sdk-10.0' with Microsoft's feed) and call this again"
    local free
    free=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$NEEDED_MB" ] ||
        die "only $free MB are free here and a build needs about $NEEDED_MB MB; free some, or clone to a larger disk"
}

# Without unprivileged user namespaces there is no sandbox.
check_namespaces() {
    unshare --user --map-root-user --mount true 2>/dev/null ||
        die "this host forbids user namespaces, which the sandbox is made of; as root run: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000 kernel.apparmor_restrict_unprivileged_userns=0 (those that exist), or give the container --security-opt seccomp=unconfined; where neither is possible, build without isolation: $STRATA build --unsandboxed TARGET"
}

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || echo "$package"
    done
}

install_packages() {
    local missing
    mapfile -t missing < <(printf '%s\n' "$@" | sort -u)
    [ ${#missing[@]} -gt 0 ] && [ -n "${missing[0]}" ] || return 0
    command -v apt-get >/dev/null || die "this is no Debian machine; install these yourself: ${missing[*]}"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "packages are missing; run: sudo apt-get update && sudo apt-get install -y ${missing[*]}"
        root=(sudo)
    fi
    echo "bootstrap: installing ${missing[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >build/apt.log 2>&1 ||
        die "apt-get failed; its output is in build/apt.log"
}

build_strata() {
    # Directories count as well: their time changes when a file goes.
    [ -x "$STRATA" ] && [ -e "$STRATA.stamp" ] && [ -z "$(find src Directory.Build.props Directory.Packages.props global.json -newer "$STRATA.stamp" -print -quit)" ] && return
    echo "bootstrap: building strata"
    mkdir -p build
    touch "$STRATA.stamp.new" 2>/dev/null || { mkdir -p build/strata; touch "$STRATA.stamp.new"; }
    dotnet publish src/Strata.Cli --configuration Release --output build/strata --nologo --verbosity quiet >build/publish.log 2>&1 ||
        { cat build/publish.log >&2; die "strata does not build"; }
    mv "$STRATA.stamp.new" "$STRATA.stamp"
}

link_strata() {
    local bin=/usr/local/bin
    [ -w "$bin" ] || { bin=$HOME/.local/bin; mkdir -p "$bin"; }
    [ "$(readlink -f "$bin/strata" 2>/dev/null)" = "$PWD/$STRATA" ] && return
    ln -sfn "$PWD/$STRATA" "$bin/strata"
    case ":$PATH:" in
        *":$bin:"*) echo "bootstrap: $bin/strata is this checkout's strata" ;;
        *) echo "bootstrap: $bin/strata is this checkout's strata; add it to your PATH: export PATH=\"$bin:\$PATH\"" ;;
    esac
}

setup() {
    check_machine
    build_strata
    local missing
    missing=$(missing_packages "${ENGINE_PACKAGES[@]}" "$@")
    # What the sandboxes are made of is named by the recipes of what is to be built.
    missing+=$'\n'$("$STRATA" doctor --missing-packages "${TARGETS[@]}" || true)  # what is wrong with a target, the build says
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
    check_namespaces
}

case "${1:-}" in
    setup) TARGETS=(target-image); setup; link_strata ;;
    build) TARGETS=(); for word in "${@:2}"; do [[ $word =~ ^(-|[0-9]+$) ]] || TARGETS+=("$word"); done; setup; link_strata; exec "$STRATA" "$@" ;;
    test) TARGETS=(); setup "${TEST_PACKAGES[@]}"; exec tools/run-tests ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
