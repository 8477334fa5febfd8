# What strata serve makes of a name: HOST/shell/redis is base-files, what "shell" stands for, and the package redis.
# An append can change the command, the layers or what words stand for.
SUMMARY = "Image of the packages that somebody pulls from strata serve"

inherit image

# Set for each image.
SERVED_PACKAGES ?= ""

# Words that are no packages.
SERVED_WORDS[shell] = "busybox ca-certificates"

IMAGE_INSTALL = "base-files ${@' '.join([d.getVarFlag('SERVED_WORDS', p) or p for p in d.getVar('SERVED_PACKAGES').split()])}"
IMAGE_BASENAME = "${@'-'.join(d.getVar('SERVED_PACKAGES').split()) or d.getVar('PN')}"
IMAGE_FSTYPES = "oci"
# Images share the image layers of what they have in common.
OCI_LAYERS = "packages"
OCI_CMD = "${@bb.utils.contains('SERVED_PACKAGES', 'shell', '/bin/sh', '', d)}"

# Clients take it from the store.
do_image_oci[deploy] = ""

EXCLUDE_FROM_WORLD = "1"
