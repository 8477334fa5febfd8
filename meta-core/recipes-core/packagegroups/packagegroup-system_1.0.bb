SUMMARY = "What runs a system"

inherit packagegroup

RDEPENDS:${PN} = " \
    catatonit dbus expat htop jansson json-c kmod libevent libffi libmodbus libuv libxcrypt libyaml logrotate mbedtls \
    readline tini tzdata util-linux \
"
