SUMMARY = "Libraries in C++"

inherit packagegroup

RDEPENDS:${PN} = " \
    fmt leveldb libjsoncpp snappy \
"
