# Accounts that a package needs: USERADD_PARAM:${PN} and GROUPADD_PARAM:${PN}, as useradd and groupadd take them. They are made when
# an image is assembled, with numbers that do not depend on the build machine. It works without this class, too, which exists so
# that recipes of other layers that inherit it work.
