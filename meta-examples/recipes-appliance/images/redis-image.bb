# An image that starts from the application: one server, what it needs to run, and nothing else - not even a shell.
#     strata build redis-image
#     skopeo copy oci:build/tmp/deploy/images/qemuarm64/redis-image-qemuarm64.oci:latest docker-daemon:redis:strata
SUMMARY = "Redis in a container"

inherit image

# tini is process 1: it passes signals on and collects orphans. Libraries come by themselves.
IMAGE_INSTALL = "base-files redis tini"
IMAGE_FSTYPES = "oci tar"

OCI_ENTRYPOINT = "/usr/bin/tini --"
# The container has an address of its own, so the server may listen on it.
OCI_CMD = "/usr/bin/redis-server /etc/redis.conf --bind 0.0.0.0 --protected-mode no"
OCI_USER = "redis"
OCI_WORKDIR = "/var/lib/redis"
OCI_EXPOSE = "6379/tcp"
