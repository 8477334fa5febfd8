# Programs with translations: brings msgfmt and its relatives, which make the catalogues that ${PN}-locale holds.
#
#     inherit autotools gettext
#
# The C libraries have the functions themselves. USE_NLS = "no" builds without translations.

USE_NLS ?= "yes"
DEPENDS:append = "${@' gettext-native' if d.getVar('USE_NLS') == 'yes' else ''}"
EXTRA_OECONF:append = "${@'' if d.getVar('USE_NLS') == 'yes' else ' --disable-nls'}"
