// What a C++ program needs of its compiler and libraries: exceptions out of threads, run-time types, streams, atomics of 64 bits, files.
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

struct Shape {
    virtual ~Shape() = default;
};
struct Square : Shape {
    int side = 42;
};

std::atomic<std::uint64_t> total{0};

int sum()
{
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++)
        threads.emplace_back([] { for (int n = 0; n < 1000; n++) total += std::uint64_t{1} << 33; });
    for (auto &thread : threads)
        thread.join();
    return static_cast<int>(total >> 33);
}

std::string caught()
{
    try {
        std::async(std::launch::async, []() -> int { throw std::out_of_range("from a thread"); }).get();
    } catch (const std::out_of_range &error) {
        return error.what();
    }
    return "nothing";
}

}

int main()
{
    std::unique_ptr<Shape> shape = std::make_unique<Square>();
    std::ostringstream text;
    text << std::hex << dynamic_cast<Square &>(*shape).side;

    const std::map<std::string, bool> answers{
        {"threads", sum() == 4000},
        {"exceptions", caught() == "from a thread"},
        {"types", text.str() == "2a"},
        {"files", std::filesystem::is_directory("/usr")},
    };
    for (const auto &[name, right] : answers)
        if (!right) {
            std::cerr << name << " do not work\n";
            return 1;
        }
    std::cout << "C++ works\n";
}
