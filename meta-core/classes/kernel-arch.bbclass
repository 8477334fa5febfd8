# What the kernel's makefiles call the target, and how they are called.

KERNEL_ARCH = "${@{'aarch64': 'arm64', 'riscv64': 'riscv'}.get(d.getVar('TARGET_ARCH'), d.getVar('TARGET_ARCH'))}"

# Where its sources of the target are.
KERNEL_SRCARCH = "${@{'x86_64': 'x86'}.get(d.getVar('KERNEL_ARCH'), d.getVar('KERNEL_ARCH'))}"

# The kernel is no program: neither the C library nor the flags of programs are for it. Who built it and when must not matter.
EXTRA_OEMAKE = " \
    -C ${S} O=${B} ARCH=${KERNEL_ARCH} CROSS_COMPILE=${BARE_PREFIX} 'HOSTCC=${BUILD_CC}' \
    KBUILD_BUILD_USER=strata KBUILD_BUILD_HOST=strata KBUILD_BUILD_VERSION=1 \
"
KERNEL_PREFIX_MAP = "-ffile-prefix-map=${S}=/usr/src/kernel -ffile-prefix-map=${B}=/usr/src/kernel"
EXTRA_OEMAKE:append = " 'KCFLAGS=${KERNEL_PREFIX_MAP}' 'KAFLAGS=${KERNEL_PREFIX_MAP}'"

kernel_environment () {
    unset CFLAGS CPPFLAGS CXXFLAGS LDFLAGS CC CPP LD AR AS NM STRIP OBJCOPY OBJDUMP READELF RANLIB
    export KBUILD_BUILD_TIMESTAMP="$(date -d @${SOURCE_DATE_EPOCH})"
}
