# Programs in Go without C, from sources that carry what they import (a vendor directory), name it in SRC_URI (gomod:// entries), or
# import the standard library alone.
#
#     inherit go
#     GO_IMPORT = "./cmd/server"               the packages to build; default: the one in ${S}
#
# The result is one static file that runs with every C library and without any. The toolchain is the distribution's.

DEPENDS:append = " go-native"
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS:prepend = "host-tools virtual/cross-cc "
B = "${WORKDIR}/build"

GO_IMPORT ?= "."
GOARCH = "${@{'aarch64': 'arm64', 'x86_64': 'amd64'}.get(d.getVar('TARGET_ARCH'), d.getVar('TARGET_ARCH'))}"
GO_LDFLAGS ?= "-s -w -buildid="

export GOOS = "linux"
export GOARM = "7"
export CGO_ENABLED = "0"
export GOFLAGS = "-trimpath -buildvcs=false -modcacherw"
export GOPROXY = "off"
# Where gomod:// entries of SRC_URI lie.
export GOMODCACHE = "${UNPACKDIR}/pkg/mod"
export GOPATH = "${WORKDIR}/go"
export GOCACHE = "${WORKDIR}/go-cache"

go_do_compile () {
    cd ${S}
    # Sources of before modules have no go.mod.
    [ -e go.mod ] || export GO111MODULE=off
    GOARCH=${GOARCH} go build -ldflags "${GO_LDFLAGS}" -o ${B}/ ${GO_IMPORT}
}

go_do_install () {
    install -d ${D}${bindir}
    install -m 0755 ${B}/* ${D}${bindir}/
}

# Go writes no GNU hash, and has stripped already.
INHIBIT_PACKAGE_STRIP = "1"

EXPORT_FUNCTIONS do_compile do_install
