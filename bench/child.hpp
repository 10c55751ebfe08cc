// Another program, run beside the benchmark; what it says goes to a file.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "bench/folder.hpp"

namespace doorstep::bench {

class Child {
 public:
  explicit Child(std::vector<std::string> words);  // the first is the program, found by PATH
  ~Child();                                        // asks it to end, and waits
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  // Waits for the end; the status as a shell tells it.
  int wait();
  std::string said() const;  // on standard output and standard error

 private:
  Folder folder_;
  pid_t pid_ = -1;
};

// Runs it to its end and returns what it said; throws std::runtime_error when its status is not 0.
std::string run_child(std::vector<std::string> words);

}  // namespace doorstep::bench
