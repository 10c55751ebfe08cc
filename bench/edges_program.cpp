// The program as a whole: how soon it answers, what it holds
// while nothing happens, how long it takes to build.
#include <fstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/import.hpp"
#include "app/town.hpp"
#include "bench/child.hpp"
#include "bench/edges.hpp"
#include "http/test_client.hpp"

namespace doorstep::bench {

namespace {

using Clock = std::chrono::steady_clock;

// One that nobody has at the moment.
std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool found = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!found) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

// The program on the demo town, from its start to its first answer.
class Started {
 public:
  explicit Started(const std::string& data)
      : began_(Clock::now()),
        child_(
            {DOORSTEP_PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:" + std::to_string(port_)}) {
    while (!answers()) {
      if (Clock::now() - began_ > std::chrono::seconds{30})
        throw std::runtime_error("no answer: " + child_.said());
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  }

  double megabytes() const {
    std::ifstream status{"/proc/" + std::to_string(child_.pid()) + "/status"};
    for (std::string line; std::getline(status, line);) {
      constexpr double bytes_a_kilobyte = 1'024;
      if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) * bytes_a_kilobyte / 1e6;
    }
    throw std::runtime_error("no VmRSS");
  }

  double seconds = 0;

 private:
  bool answers() const {
    try {
      return http::testing::Client{port_}.get("/api/town").status == 200;
    } catch (const std::runtime_error&) {
      return false;  // not yet
    }
  }

  std::uint16_t port_ = free_port();
  Clock::time_point began_;
  Child child_;
};

std::string import_demo_town(const Folder& folder) {
  const auto data = (folder.path() / "var").string();
  app::Books books{app::make_config("", {}, {{"data", data}})};
  app::import_network(books.journal(), DOORSTEP_DEMO_TOWN);
  return data;
}

}  // namespace

Row first_answer() {
  constexpr int starts = 9;
  const Folder folder;
  const auto data = import_demo_town(folder);
  std::vector<double> seconds;
  for (int i = 0; i < starts; ++i) seconds.push_back(Started{data}.seconds);
  return {.name = "start of the program to its first answer",
          .value = median(seconds),
          .unit = "s",
          .limit = {},
          .ratio = {},
          .goal = "<0.2"};
}

Row idle_memory() {
  const Folder folder;
  const auto data = import_demo_town(folder);
  const Started program{data};
  std::this_thread::sleep_for(std::chrono::seconds{2});
  return {.name = "memory while nothing happens (RSS)",
          .value = program.megabytes(),
          .unit = "MB",
          .limit = {},
          .ratio = {},
          .goal = "<60"};
}

std::vector<Row> rebuilds() {
  std::vector<Row> rows;
  const auto said = run_child({"bash", DOORSTEP_REBUILD});
  const auto add = [&](const std::string& word, const std::string& name) {
    const auto at = said.rfind('\n' + word + ' ');
    if (at == std::string::npos) throw std::runtime_error("the build was not timed: " + said);
    rows.push_back({.name = name,
                    .value = std::stod(said.substr(at + word.size() + 2)),
                    .unit = "s",
                    .limit = {},
                    .ratio = {},
                    .goal = ""});
  };
  add("full", "build of everything, nothing cached");
  add("one-file", "build after a change in one .cpp");
  return rows;
}

}  // namespace doorstep::bench
