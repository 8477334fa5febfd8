# Python modules without C: what is under ${S}/${PYTHON_PACKAGES} goes where the target's interpreter looks.
#
#     inherit setuptools3
#     PYTHON_PACKAGES = "src/greeting"         default: a directory named like the recipe without "python3-"
#
# Nothing is generated at install time, so no build back end is needed; python3 compiles modules when it loads them.

inherit allarch

PYTHON_SITEPACKAGES_DIR = "${libdir}/python3.11/site-packages"
PYTHON_PACKAGES ?= "${@d.getVar('BPN').removeprefix('python3-').replace('-', '_')}"
RDEPENDS:${PN} += "python3"
FILES:${PN} += "${PYTHON_SITEPACKAGES_DIR}"

setuptools3_do_install () {
    install -d ${D}${PYTHON_SITEPACKAGES_DIR}
    for package in ${PYTHON_PACKAGES}; do
        cp -R ${S}/$package ${D}${PYTHON_SITEPACKAGES_DIR}/
    done
}

EXPORT_FUNCTIONS do_install
