#include <chrono>
#include <fmt/chrono.h>
#include <stdexcept>

int main()
{
    try {
        fmt::print("It is {:%H:%M} UTC\n", fmt::gmtime(std::chrono::system_clock::now()));
    } catch (const std::exception &e) {
        fmt::print(stderr, "{}\n", e.what());
        return 1;
    }
}
