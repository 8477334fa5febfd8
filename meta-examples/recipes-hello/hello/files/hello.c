#include <stdio.h>
#include <sys/utsname.h>

int main(void)
{
    struct utsname machine;

    if (uname(&machine) != 0)
        return 1;
    printf("Hello from Strata on %s\n", machine.machine);
    return 0;
}
