#include "bench/child.hpp"

#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace doorstep::bench {

Child::Child(std::vector<std::string> words) {
  const auto said = (folder_.path() / "said").string();
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, 1, said.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_adddup2(&files, 1, 2);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int error = ::posix_spawnp(&pid_, arguments[0], &files, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot start " + words.front());
}

Child::~Child() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  wait();
}

int Child::wait() {
  int how = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &how, 0) != pid_) return -1;
  pid_ = -1;
  return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

std::string Child::said() const {
  std::ifstream in{folder_.path() / "said"};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string run_child(std::vector<std::string> words) {
  const auto name = words.front();
  Child child{std::move(words)};
  const int status = child.wait();
  if (status != 0) throw std::runtime_error(name + " failed: " + child.said());
  return child.said();
}

}  // namespace doorstep::bench
