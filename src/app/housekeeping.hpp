// Throws away what has had its time: repeated answers, delivered messages, sign-in tries, ended sessions,
// files that no command kept. A little at a time, so that the writer is never held up.
#pragma once

#include "journal/files.hpp"
#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep::app {

class Housekeeping {
 public:
  Housekeeping(Journal& journal, FileStore& files);

  void start() { worker_.start(); }
  void stop() { worker_.stop(); }

  // One round of everything; returns how many rows and files went.
  std::int64_t tidy();

  static constexpr int rows_max = 200;  // by one command
  static constexpr std::chrono::minutes interval{10};

 private:
  Journal& journal_;
  FileStore& files_;
  Worker worker_;  // last: its thread uses all of the above
};

}  // namespace doorstep::app
