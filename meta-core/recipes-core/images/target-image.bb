SUMMARY = "Reference system: boots to a shell, answers to ssh, runs as a container"

inherit image

IMAGE_INSTALL = "base-files busybox ca-certificates curl dropbear lua openssl-bin redis sqlite3 tini zlib"
OCI_EXPOSE = "22/tcp"
