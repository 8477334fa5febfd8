SUMMARY = "GNU versions of the usual commands"

inherit packagegroup

RDEPENDS:${PN} = " \
    bash coreutils dash diffutils findutils gawk grep less sed tree \
"
