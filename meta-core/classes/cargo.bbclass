# Programs in Rust, from sources that carry the crates they use (a vendor directory), name them in SRC_URI (crate:// entries), or use the
# standard library alone.
#
#     inherit cargo
#     EXTRA_CARGO_FLAGS = "--bin server"
#
# The compiler is the distribution's, which has the standard library for glibc on the build machine's own architecture.
# For other targets the class refuses: no provider of a standard library would fit.

DEPENDS:append = " rust-native"
COMPATIBLE_HOST = "${BUILD_ARCH}.*-linux-gnu"
B = "${WORKDIR}/build"

RUST_HOST_SYS = "${HOST_ARCH}-unknown-linux-gnu"
EXTRA_CARGO_FLAGS ?= ""

export CARGO_HOME = "${WORKDIR}/cargo"
export CARGO_TARGET_DIR = "${B}"
export RUSTFLAGS = "-C linker=${HOST_PREFIX}gcc --remap-path-prefix=${WORKDIR}=/usr/src/debug"

# Where crate:// entries of SRC_URI lie, in place of the registry.
CARGO_CRATES = "${UNPACKDIR}/cargo_home/bitbake"

cargo_do_compile () {
    [ ! -d ${CARGO_CRATES} ] || set -- --config 'source.crates-io.replace-with="bitbake"' --config 'source.bitbake.directory="${CARGO_CRATES}"'
    cargo "$@" build --release --offline --target ${RUST_HOST_SYS} --manifest-path ${S}/Cargo.toml ${EXTRA_CARGO_FLAGS}
}

cargo_do_install () {
    install -d ${D}${bindir}
    find ${B}/${RUST_HOST_SYS}/release -maxdepth 1 -type f -perm /111 -exec install -m 0755 {} ${D}${bindir}/ \;
}

EXPORT_FUNCTIONS do_compile do_install
