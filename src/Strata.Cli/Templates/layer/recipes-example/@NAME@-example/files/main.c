#include <stdio.h>

int main(void)
{
    puts("This is @NAME@.");
    return 0;
}
