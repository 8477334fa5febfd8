// Answers every HTTP request on a port with the time. `clock -check` asks a running one and reports by exit code.
#include <arpa/inet.h>
#include <chrono>
#include <fmt/chrono.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace {

constexpr uint16_t port = 8037;

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor)
    {
        if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "socket");
    }
    ~Socket() { close(descriptor_); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;
    operator int() const { return descriptor_; }

private:
    int descriptor_;
};

sockaddr_in address(in_addr_t host)
{
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(host);
    return place;
}

[[noreturn]] void serve()
{
    Socket listener(socket(AF_INET, SOCK_STREAM, 0));
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto place = address(INADDR_ANY);
    if (bind(listener, reinterpret_cast<sockaddr *>(&place), sizeof place) < 0 || listen(listener, 16) < 0)
        throw std::system_error(errno, std::generic_category(), fmt::format("port {}", port));
    for (;;) {
        Socket client(accept(listener, nullptr, nullptr));
        char request[4096];
        if (read(client, request, sizeof request) <= 0) continue;
        auto text = fmt::format("It is {:%H:%M} UTC\n", fmt::gmtime(std::chrono::system_clock::now()));
        auto answer = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", text.size(), text);
        if (write(client, answer.data(), answer.size()) < 0) fmt::print(stderr, "a client went away\n");
    }
}

bool answers()
{
    Socket client(socket(AF_INET, SOCK_STREAM, 0));
    auto place = address(INADDR_LOOPBACK);
    char answer[4096];
    return connect(client, reinterpret_cast<sockaddr *>(&place), sizeof place) == 0 && write(client, "GET / HTTP/1.1\r\n\r\n", 18) == 18
        && read(client, answer, sizeof answer) > 0;
}

}

int main(int count, char **words)
{
    try {
        if (count > 1 && std::string(words[1]) == "-check") return answers() ? 0 : 1;
        serve();
    } catch (const std::exception &e) {
        fmt::print(stderr, "{}\n", e.what());
        return 1;
    }
}
