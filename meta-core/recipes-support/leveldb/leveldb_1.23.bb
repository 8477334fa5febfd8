SUMMARY = "Sorted key-value store in a library"
HOMEPAGE = "https://github.com/google/leveldb"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=ccc19f1da0798ed666609b65a5b44dd8b3abe6fc08b9c0592eb76e82e174db19"

SRC_URI = "https://github.com/google/leveldb/archive/refs/tags/${PV}.tar.gz"
SRC_URI[sha256sum] = "9a37f8a6174f09bd622bc723b55881dc541cd50747cbd08831c2a82d620f6d76"

DEPENDS = "snappy"

inherit cmake cxx

EXTRA_OECMAKE = "-DLEVELDB_BUILD_TESTS=OFF -DLEVELDB_BUILD_BENCHMARKS=OFF -DBUILD_SHARED_LIBS=ON"
