SUMMARY = "Compression and archives"

inherit packagegroup

RDEPENDS:${PN} = " \
    bzip2 gzip libarchive-tools lz4 rsync tar xz zlib zstd \
"
