#include "process/program.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include "storage/store.hpp"

extern char** environ;

namespace doorstep::process {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds patience{60};
constexpr std::chrono::milliseconds nap{5};

std::atomic<int> towns_made{0};

std::string text_of(const fs::path& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool passed(std::chrono::steady_clock::time_point end) { return std::chrono::steady_clock::now() > end; }

// The port in the address that the server prints.
std::uint16_t port_in(const std::string& said) {
  constexpr std::string_view before = "://127.0.0.1:";
  const auto at = said.find(before);
  const auto end = said.find("/display/");  // the last line: all of it has been printed
  if (at == std::string::npos || end == std::string::npos) return 0;
  return static_cast<std::uint16_t>(std::stoi(said.substr(at + before.size())));
}

void import_demo_town(const Words& settings) {
  const auto ended = run(Words{"import", "network"} + settings + Words{demo_town().string()});
  if (ended.status != 0) throw std::runtime_error("import failed: " + ended.err + ended.out);
}

// The demo town, imported once and copied for each test: making its sign-ins takes seconds.
class Imported {
 public:
  Imported() { import_demo_town({"--data", data().string()}); }
  fs::path data() const { return folder_.path() / "var"; }

 private:
  TemporaryFolder folder_;
};

Words with_address(const Words& settings) {
  return Words{"serve"} + settings + Words{"--listen", "127.0.0.1:0", "--limits-requests-per-second", "0"};
}

}  // namespace

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<storage::Engine> postgres_only() {
  auto engines = testing::engines();
  std::erase(engines, storage::Engine::sqlite);
  return engines;
}

fs::path demo_town() { return DOORSTEP_DEMO_TOWN; }

Process::Process(const std::string& program, Words words, const std::string& input) {
  const auto in = (folder_.path() / "in").string();
  const auto out = (folder_.path() / "out").string();
  const auto err = (folder_.path() / "err").string();
  std::ofstream{in} << input;
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, 0, in.c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  words.insert(words.begin(), program);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int error = ::posix_spawnp(&pid_, program.c_str(), &files, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot start " + program);
}

Process::~Process() {
  if (!running()) return;
  signal(SIGKILL);
  reap(0);
}

void Process::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

bool Process::reap(int flags) {
  int how = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &how, flags) != pid_) return pid_ <= 0;
  status_ = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
  pid_ = -1;
  return true;
}

bool Process::running() { return !reap(WNOHANG); }

Ended Process::wait() {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (running()) {
    if (passed(end)) {
      signal(SIGKILL);
      reap(0);
    } else {
      std::this_thread::sleep_for(nap);
    }
  }
  return {status_, out(), err()};
}

std::string Process::out() const { return text_of(folder_.path() / "out"); }
std::string Process::err() const { return text_of(folder_.path() / "err"); }

Ended run(Words words, const std::string& input) {
  return Process{DOORSTEP_PROGRAM, std::move(words), input}.wait();
}

Ended run_other(Words words, const std::string& input) {
  const auto program = words.front();
  words.erase(words.begin());
  return Process{program, std::move(words), input}.wait();
}

Server::Server(const Words& settings) : process_(DOORSTEP_PROGRAM, with_address(settings)) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while ((port_ = port_in(process_.out())) == 0) {
    const bool over = !process_.running();
    if (over || passed(end))
      throw std::runtime_error("the server did not start: " + process_.err() + process_.out());
    std::this_thread::sleep_for(nap);
  }
}

Ended Server::stop() {
  signal(SIGTERM);
  return wait();
}

Town::Town(storage::Engine engine, bool imported)
    : engine_(engine), schema_("process_" + std::to_string(::getpid()) + '_' + std::to_string(towns_made++)) {
  if (!imported) return;
  if (engine_ == storage::Engine::sqlite) {
    static const Imported once;
    fs::copy(once.data(), data(), fs::copy_options::recursive);
  } else {
    import_demo_town(settings());
  }
}

Town::~Town() {
  if (engine_ != storage::Engine::postgres) return;
  try {
    storage::Options options;
    options.url = std::string{"postgres:"} + std::getenv("DOORSTEP_TEST_PG");
    storage::open_store(options)->write_now(
        [&](storage::Sql& sql) { sql.run("drop schema if exists " + schema_ + " cascade"); });
  } catch (const std::exception&) {
    // The server goes away with the tests.
  }
}

Words Town::settings(const fs::path& data) const {
  Words words{"--data", data.string(), "--log-level", "warning"};
  if (engine_ == storage::Engine::postgres) {
    words = std::move(words) + Words{"--database", std::getenv("DOORSTEP_TEST_PG"), "--schema", schema_};
  }
  return words;
}

fs::path Town::settings_file(const std::string& more) const {
  const auto file = folder_.path() / "town.toml";
  std::ofstream out{file};
  out << "data = '" << data().string() << "'\n";
  if (engine_ == storage::Engine::postgres) {
    out << "database = '" << std::getenv("DOORSTEP_TEST_PG") << "'\nschema = '" << schema_ << "'\n";
  }
  out << more;
  return file;
}

Ended Town::check() const { return run(Words{"check"} + settings()); }

}  // namespace doorstep::process
