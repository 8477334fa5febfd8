addtask build
do_build[noexec] = "1"
do_build () {
    :
}
