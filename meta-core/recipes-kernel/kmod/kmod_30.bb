SUMMARY = "Loads and lists kernel modules"
HOMEPAGE = "https://git.kernel.org/pub/scm/utils/kernel/kmod/kmod.git"
LICENSE = "LGPL-2.1-or-later AND GPL-2.0-or-later"
LIC_FILES_CHKSUM = " \
    file://libkmod/COPYING;sha256=6095e9ffa777dd22839f7801aa845b31c9ed07f3d6bf8a26dc5d2dec8ccc0ef3 \
    file://tools/COPYING;sha256=ab15fd526bd8dd18a9e77ebc139656bf4d33e97fc7238cd11bf60e2b9b8666c6 \
"

SRC_URI = "${DEBIAN_MIRROR}/main/k/kmod/kmod_30+20221128.orig.tar.xz"
SRC_URI[sha256sum] = "00bc9ae4f1f9e1bbc1266d838452865bc7c24271d0853939edbe3029ad22af4e"
S = "${UNPACKDIR}/kmod-30+20221128"

DEPENDS = "autotools-native"

inherit autotools pkgconfig update-alternatives

EXTRA_OECONF = "--disable-manpages --disable-test-modules --without-bashcompletiondir"

do_configure:prepend () {
    # Documentation wants a tool of its own.
    sed -i -e '/^GTK_DOC_CHECK/d' ${S}/configure.ac
    sed -i -e '/gtk-doc.make/d' ${S}/libkmod/docs/Makefile.am
    touch ${S}/libkmod/docs/gtk-doc.make
}

do_install:append () {
    for name in depmod insmod lsmod modinfo modprobe rmmod; do
        install -d ${D}${sbindir}
        ln -sf ../bin/kmod ${D}${sbindir}/$name
    done
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/libkmod.so.*"
LICENSE:lib${PN} = "LGPL-2.1-or-later"
RDEPENDS:${PN}-dev = "lib${PN}"
