# The customer wants stars: the file replaces the company's of the same name.
FILESEXTRAPATHS:prepend := "${THISDIR}/files:"
