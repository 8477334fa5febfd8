# Work on a recipe's sources in a directory of your own, as in Yocto. In conf/local.conf:
#
#     INHERIT += "externalsrc"
#     EXTERNALSRC:pn-hello = "/home/me/hello"
#
# The recipe is then built from what is in that directory, in place of everything that SRC_URI names; patches are not applied, since the
# directory is expected to have them. The tasks work on a copy in ${S}, so the directory is only read: of a git checkout the files that
# are tracked or could be added. Changing one of them builds the recipe again.
#
# Such a build is announced, and 'strata lock --check' fails: nothing pins what is in the directory.
EXTERNALSRC ?= ""
#
# EXTERNALSRC_BUILD is where it is built: the directory itself or one below it means the same place in the copy, any other one a directory
# beside the copy, which is kept from build to build.
EXTERNALSRC_BUILD ?= ""
OVERRIDES .= "${@':externalsrc-build' if d.getVar('EXTERNALSRC_BUILD') else ''}"
B:externalsrc-build = "${@d.getVar('S') + (d.getVar('EXTERNALSRC_BUILD') + '/')[len(d.getVar('EXTERNALSRC')):].rstrip('/') \
    if (d.getVar('EXTERNALSRC_BUILD') + '/').startswith(d.getVar('EXTERNALSRC').rstrip('/') + '/') else d.getVar('WORKDIR') + '/build'}"
