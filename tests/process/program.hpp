// The real program as its operators see it: commands that run to their end, a server on a free port, and
// towns in folders and schemas of their own that are gone after the test.
//
//   Town town{storage::Engine::sqlite};          // imported from data/nanxiang
//   Server server{town.settings()};
//   server.signal(SIGKILL);
//   server.wait();
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "http/test_client.hpp"
#include "journal/test_town.hpp"

namespace doorstep::process {

using Words = std::vector<std::string>;
using http::testing::Client;
using testing::TemporaryFolder;
using namespace std::chrono_literals;

// How a command ended; 128 and the signal where one ended it, as a shell tells it.
struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

// Runs the program with these words to its end. The second form runs any other program, found by PATH.
Ended run(Words words, const std::string& input = "");
Ended run_other(Words words, const std::string& input = "");

// A command that runs beside the test.
class Process {
 public:
  Process(const std::string& program, Words words, const std::string& input = "");
  ~Process();  // kills it
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  // Waits at most a minute for the end, then kills it.
  Ended wait();
  bool running();
  // What it has said so far.
  std::string out() const;
  std::string err() const;

 private:
  bool reap(int flags);

  TemporaryFolder folder_;
  pid_t pid_ = -1;
  int status_ = -1;
};

// The program serving, ready to be asked.
class Server {
 public:
  // `settings` as flags; it listens on a free port of 127.0.0.1 and sets no limit on requests a second.
  explicit Server(const Words& settings);

  std::uint16_t port() const { return port_; }
  Process& process() { return process_; }
  void signal(int number) const { process_.signal(number); }
  Ended wait() { return process_.wait(); }
  // Asked to stop, and done.
  Ended stop();

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

class Town {
 public:
  explicit Town(storage::Engine engine, bool imported = true);
  ~Town();
  Town(const Town&) = delete;
  Town& operator=(const Town&) = delete;

  std::filesystem::path data() const { return folder_.path() / "var"; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  // Flags that open this town; the second with another data folder.
  Words settings() const { return settings(data()); }
  Words settings(const std::filesystem::path& data) const;
  // The same in a file of its own, with further lines of TOML after them.
  std::filesystem::path settings_file(const std::string& more) const;
  Ended check() const;

 private:
  storage::Engine engine_;
  TemporaryFolder folder_;
  std::string schema_;
};

Words operator+(Words words, const Words& more);

// PostgreSQL where the tests have one, for what only it can do.
std::vector<storage::Engine> postgres_only();

// data/nanxiang of the checkout.
std::filesystem::path demo_town();

}  // namespace doorstep::process
