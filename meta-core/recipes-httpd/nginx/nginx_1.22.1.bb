SUMMARY = "Web server and reverse proxy"
HOMEPAGE = "https://nginx.org/"
LICENSE = "BSD-2-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=ececed0b0e7243a4766cbc62b26df4bd3513b41de3a07425da1679c836d06320"

SRC_URI = "https://nginx.org/download/nginx-${PV}.tar.gz"
SRC_URI[sha256sum] = "9ebb333a9e82b952acd3e2b4aeb1d4ff6406f72491bab6cd9fe69f0dea737f31"

DEPENDS = "pcre2 zlib"

PACKAGECONFIG ??= "ssl"
PACKAGECONFIG[ssl] = "--with-http_ssl_module,,openssl"

do_configure () {
    # Its checks would run programs of the target. Sizes are read from the object file instead, and what links is taken to work.
    sed -i -e 's|^int main(void) {$|char ngx_sz[sizeof($ngx_type)] = { 1 };\nint main(void) {|' \
        -e 's|    printf("%d", (int) sizeof($ngx_type));|    return ngx_sz[0] - 1;|' \
        -e 's|ngx_size=`$NGX_AUTOTEST`|ngx_size=$((0x$(${NM} -S $NGX_AUTOTEST \| sed -n "s/^[^ ]* \\([^ ]*\\) . ngx_sz\\$/\\1/p")))|' auto/types/sizeof
    sed -i 's|if /bin/sh -c $NGX_AUTOTEST >> $NGX_AUTOCONF_ERR 2>&1; then|if true; then|' auto/feature
    sed -i 's|if $NGX_AUTOTEST >/dev/null 2>&1; then|if true; then|' auto/endianness
    # The same words that every distribution's nginx prints would hold the compiler's path.
    sed -i 's|^have=NGX_CONFIGURE.*|value="\\"\\"" have=NGX_CONFIGURE . auto/define|' auto/configure configure || true
    mkdir -p .bin
    printf '#!/bin/sh\ncase $1 in --libs8) echo -lpcre2-8 ;; esac\n' > .bin/pcre2-config
    chmod 0755 .bin/pcre2-config
    PATH=$PWD/.bin:$PATH NGX_MACHINE=${TARGET_ARCH} ./configure --crossbuild=Linux:6.1:${TARGET_ARCH} \
        --with-cc="${CC}" --with-cc-opt="${CFLAGS}" --with-ld-opt="${LDFLAGS}" \
        --prefix=${datadir}/nginx --sbin-path=${sbindir}/nginx --conf-path=${sysconfdir}/nginx/nginx.conf \
        --pid-path=/run/nginx.pid --lock-path=/run/nginx.lock --error-log-path=/var/log/nginx/error.log --http-log-path=/var/log/nginx/access.log \
        --http-client-body-temp-path=/var/lib/nginx/body --http-proxy-temp-path=/var/lib/nginx/proxy --user=www-data --group=www-data \
        --with-pcre --with-threads --with-http_v2_module --with-http_dav_module --with-http_stub_status_module \
        --without-http_fastcgi_module --without-http_uwsgi_module --without-http_scgi_module ${PACKAGECONFIG_CONFARGS}
    sed -i 's|NGX_CONFIGURE .*|NGX_CONFIGURE ""|' objs/ngx_auto_config.h
}

do_install () {
    oe_runmake install DESTDIR=${D}
    rm -rf ${D}/run ${D}${sysconfdir}/nginx/*.default
    install -d ${D}${localstatedir}/lib/nginx ${D}${localstatedir}/log/nginx
}

FILES:${PN} += "${datadir}/nginx"
CONFFILES:${PN} = "${sysconfdir}/nginx/nginx.conf"
USERADD_PARAM:${PN} = "--system --home-dir /srv/www --shell /bin/false www-data"
FILE_OWNERS = "/var/lib/nginx www-data:www-data 0750"
