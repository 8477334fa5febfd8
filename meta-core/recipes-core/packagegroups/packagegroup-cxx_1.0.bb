SUMMARY = "Libraries in C++"

inherit packagegroup cxx

RDEPENDS:${PN} = " \
    fmt leveldb libjsoncpp snappy \
"
