// Hints between the processes of a town: "somebody has committed". A hint carries nothing and may be late,
// doubled or missing; who hears one looks into the tables. At most some 50 a second are sent, however many
// commits there are.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "storage/postgres_connection.hpp"

namespace doorstep::storage {

class Listener {
 public:
  explicit Listener(const PostgresTarget& target);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void on_hint(std::function<void()> hint);
  // Tells the other processes, soon.
  void tell();

 private:
  void loop();
  void listen();
  void wait(int milliseconds);
  void call_hint();
  bool stopping() const { return stopping_; }

  const PostgresTarget& target_;
  PostgresConnection connection_;
  int wake_ = -1;  // an eventfd
  std::atomic<bool> wanted_{false}, stopping_{false};
  std::mutex mutex_;
  std::function<void()> hint_;
  std::thread thread_;
};

}  // namespace doorstep::storage
