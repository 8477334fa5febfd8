# Configuration in the manner of the Linux kernel: a base and fragments, the last word about an option counts.
#
#     inherit kconfig
#     SRC_URI += "file://defconfig file://network.cfg"      the base and a fragment; a .bbappend adds more .cfg files
#     KCONFIG_MAKE = "oe_runmake allnoconfig"                      makes the base where there is no defconfig
#
# A fragment holds lines such as CONFIG_IPV6=y and "# CONFIG_IPV6 is not set". The build stops when a fragment asks for something that
# the configuration does not end with, because then an option of that name does not exist or depends on another one.

KCONFIG_MAKE ??= ""

kconfig_configure () {
    if [ -e ${UNPACKDIR}/defconfig ]; then
        cp ${UNPACKDIR}/defconfig .config.base
    else
        ${KCONFIG_MAKE}
        mv .config .config.base
    fi
    # One line about each option, the last: some versions of kconfig would take the first. What nobody mentions gets its default.
    cat .config.base $(find ${UNPACKDIR} -maxdepth 1 -name '*.cfg' | sort) | tac | awk '
        { name = "" }
        /^CONFIG_[A-Za-z0-9_]+=/ { name = substr($0, 1, index($0, "=") - 1) }
        /^# CONFIG_[A-Za-z0-9_]+ is not set/ { name = $2 }
        name != "" && !seen[name]++
    ' | tac > .config.wanted
    cp .config.wanted .config
    yes '' | oe_runmake oldconfig > ${T}/oldconfig.txt

    for fragment in $(find ${UNPACKDIR} -maxdepth 1 -name '*.cfg'); do
        for name in $(sed -n -e 's/^\(CONFIG_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^# \(CONFIG_[A-Za-z0-9_]*\) is not set/\1/p' $fragment); do
            # An option that is off may be absent as well.
            wanted=$(grep "^$name=" .config.wanted || true)
            [ "$(grep "^$name=" .config || true)" = "$wanted" ] || echo "$(basename $fragment) asks for ${wanted:-no $name}"
        done
    done > ${T}/kconfig-refused.txt
    if [ -s ${T}/kconfig-refused.txt ]; then
        cat ${T}/kconfig-refused.txt
        return 1
    fi
}
