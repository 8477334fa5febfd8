SUMMARY = "Servers and network tools"

inherit packagegroup

RDEPENDS:${PN} = " \
    can-utils ca-certificates curl dnsmasq dropbear ethtool iproute2 iptables lighttpd memcached mosquitto mosquitto-clients nginx \
    openssl-bin redis socat tcpdump \
"
