# The product's own text, where the distro is `company`, and another one on one machine of it.
BANNER_TEXT:company = "The Product"
BANNER_TEXT:company:panel = "The Product for walls"
# Added to whichever won.
BANNER_TEXT:append = " (R)"

# Stars instead of stripes: files/frame.txt of this layer replaces the company's of the same name.
FILESEXTRAPATHS:prepend := "${THISDIR}/files:"

# The text is another one on each machine.
PACKAGE_ARCH = "${MACHINE}"
