// Failures on purpose, for tests: the N-th call of the engine by
// the writer fails. Off, it costs one load of a zero.
#pragma once

#include <atomic>

namespace doorstep::storage {

enum class Fault {
  statement,    // the call fails and the transaction lives on (SQLite: FULL; PostgreSQL: a server's error)
  transaction,  // the call is not made and the transaction is gone (SQLite: IOERR; PostgreSQL: the connection
                // breaks)
  answer,       // the call is made, then as above: nobody has heard its answer
};

class FaultHook {
 public:
  // The `nth` call from now on (1 = the next) fails; 0 turns it off.
  void arm(int nth, Fault fault) {
    fault_ = fault;
    left_ = nth;
  }
  // Whether it is still to come.
  bool armed() const { return left_ > 0; }

  bool hits() {
    if (left_.load(std::memory_order_relaxed) <= 0) [[likely]]
      return false;
    return left_.fetch_sub(1) == 1;
  }
  Fault fault() const { return fault_; }

 private:
  std::atomic<int> left_{0};
  std::atomic<Fault> fault_{Fault::statement};
};

}  // namespace doorstep::storage
