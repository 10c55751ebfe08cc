#include "storage/test_town.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace doorstep::storage {
namespace {

const char* postgres_server() {
  static const char* const server = [] {
    const char* named = std::getenv("DOORSTEP_TEST_PG");
    if (!named) std::cerr << "DOORSTEP_TEST_PG is not set: storage is tested on SQLite only\n";
    return named;
  }();
  return server;
}

std::vector<Place> with_postgres(std::vector<Place> places) {
  if (has_postgres()) places.push_back(Place::postgres);
  return places;
}

}  // namespace

TestTown::TestTown(Place place) : place_(place) {
  static std::atomic<int> towns{0};
  const auto name = "doorstep-test-" + std::to_string(::getpid()) + "-" + std::to_string(++towns);
  if (place == Place::postgres) {
    schema_ = name;
  } else {
    folder_ = (std::filesystem::temp_directory_path() / name).string();
    std::filesystem::create_directories(folder_);
  }
}

TestTown::~TestTown() {
  if (place_ == Place::postgres) {
    open()->write_now([&](Sql& sql) { sql.run("drop schema if exists \"" + schema_ + "\" cascade"); });
  } else {
    std::filesystem::remove_all(folder_);
  }
}

Options TestTown::options() const {
  Options options;
  switch (place_) {
    case Place::memory: options.url = "sqlite::memory:"; break;
    case Place::file: options.url = "sqlite:" + path("town.db"); break;
    case Place::postgres: {
      const std::string server = postgres_server();
      // Under a name of its own, so that a test cuts no connection but this town's: others use the server,
      // too.
      const bool is_url = server.find("://") != std::string::npos;
      const auto name = "application_name=" + schema_;
      options.url = is_url ? server + (server.find('?') == std::string::npos ? '?' : '&') + name
                           : "postgres:" + server + ' ' + name;
      options.schema = schema_;
      options.readers = 2;
      break;
    }
  }
  return options;
}

bool has_postgres() { return postgres_server() != nullptr; }
std::vector<Place> all_places() { return with_postgres({Place::memory, Place::file}); }
std::vector<Place> durable_places() { return with_postgres({Place::file}); }
std::vector<Place> postgres_only() { return with_postgres({}); }

std::string place_name(const ::testing::TestParamInfo<Place>& info) {
  switch (info.param) {
    case Place::memory: return "memory";
    case Place::file: return "file";
    case Place::postgres: return "postgres";
  }
  return {};
}

Child::Child(std::vector<std::string> words) {
  words.insert(words.begin(), DOORSTEP_STORAGE_CHILD);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  const int code = posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  pipe_ = ends[0];
  if (code != 0) throw std::runtime_error("can't start " + words[0]);
}

Child::~Child() {
  kill();
  wait();
  ::close(pipe_);
}

void Child::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

int Child::wait() {
  if (process_ <= 0) return 0;
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void Child::await_output() const {
  pollfd waiting{pipe_, POLLIN, 0};
  ::poll(&waiting, 1, 30'000);
}

std::string Child::output() {
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(pipe_, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(got));
  return text;
}

}  // namespace doorstep::storage
