/* What a C program needs of its compiler and C library: threads with their own variables, arithmetic that no instruction does, mathematics. */
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local int own = 1;

static void *count(void *steps)
{
    for (intptr_t i = 0; i < (intptr_t)steps; i++)
        own++;
    return (void *)(intptr_t)own;
}

int main(int argc, char **argv)
{
    uint64_t dividend = strtoull(argc > 1 ? argv[1] : "12345678901234567", NULL, 10);
    long double third = (long double)dividend / 3;
    pthread_t thread;
    void *counted;

    if (pthread_create(&thread, NULL, count, (void *)41) != 0 || pthread_join(thread, &counted) != 0)
        return 1;
    if ((intptr_t)counted != 42 || own != 1)
        return 2;
    if (dividend / 1000003 != 12345641864ull || fabsl(third * 3 - dividend) > 4)
        return 3;
    if (lround(sqrt(1764)) != 42)
        return 4;
    puts("C works");
    return 0;
}
