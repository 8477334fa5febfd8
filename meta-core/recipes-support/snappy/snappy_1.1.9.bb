SUMMARY = "Fast compression in C++"
HOMEPAGE = "https://github.com/google/snappy"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://COPYING;sha256=55172044f7e241207117448a4d9d6ba1d0925c8ad66b5d4c08c70adfa9cc3de6"

SRC_URI = "https://github.com/google/snappy/archive/refs/tags/${PV}.tar.gz"
SRC_URI[sha256sum] = "75c1fbb3d618dd3a0483bff0e26d0a92b495bbe5059c8b4f1c962b478b6e06e7"

inherit cmake cxx

EXTRA_OECMAKE = "-DSNAPPY_BUILD_TESTS=OFF -DSNAPPY_BUILD_BENCHMARKS=OFF -DBUILD_SHARED_LIBS=ON"
# It insists on inlining functions that a program could replace.
CXXFLAGS += "-fno-semantic-interposition"
