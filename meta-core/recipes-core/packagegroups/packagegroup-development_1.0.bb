SUMMARY = "Languages and tools of developers"

inherit packagegroup

RDEPENDS:${PN} = " \
    e2fsprogs gdbserver git i2c-tools jq libseccomp-tools libxml2-utils lua mujs nano pcre2-tools python3 sqlite3 strace tmux \
"
