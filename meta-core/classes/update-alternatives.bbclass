# Commands that several packages offer: the highest priority gets the link, when the image is made.
#
#     inherit update-alternatives
#     ALTERNATIVE:${PN} = "vi view"
#     ALTERNATIVE_PRIORITY = "100"                          of all, or per command:
#     ALTERNATIVE_LINK_NAME[vi] = "${bindir}/vi"            else ${bindir}/<name>
#     ALTERNATIVE_TARGET[vi] = "${bindir}/vim"              else ALTERNATIVE_TARGET, else the link itself
#
# ALTERNATIVE:${PN} = "*" with ALTERNATIVE_TARGET: every link of the package that leads to that program.
#
# For packages other than ${PN}, write ALTERNATIVES:<package> = "name:link:target:priority …" in the recipe.

ALTERNATIVE_PRIORITY ?= "10"
ALTERNATIVE_TARGET ?= ""
ALTERNATIVES:${PN} = "${@' '.join(':'.join([name, \
    d.getVarFlag('ALTERNATIVE_LINK_NAME', name) or d.getVar('bindir') + '/' + name, \
    d.getVarFlag('ALTERNATIVE_TARGET', name) or d.getVar('ALTERNATIVE_TARGET'), \
    d.getVarFlag('ALTERNATIVE_PRIORITY', name) or d.getVar('ALTERNATIVE_PRIORITY')]) \
    for name in (d.getVar('ALTERNATIVE:' + d.getVar('PN')) or '').split())}"
