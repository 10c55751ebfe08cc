// One thread with its io_context and the connections that live on it.
//
// A connection never changes its thread, so nothing in it needs a lock. Deadlines are not timers: each
// connection has one instant, and the worker looks at all of them a few times a second, which costs less than
// arming a timer for every read.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>

#include "http/head_writer.hpp"
#include "http/net.hpp"

namespace doorstep::http {

class Connection {
 public:
  virtual ~Connection() = default;
  virtual void on_deadline() = 0;       // once per deadline
  virtual void on_shutting_down() = 0;  // a graceful end has begun
  virtual void abort() = 0;             // ends now, whatever it is doing

  TimePoint deadline = TimePoint::max();

 private:
  friend class Worker;
  std::size_t place_ = 0;
};

// A number that one thread changes and others read.
class Count {
 public:
  void add(std::int64_t by) {
    value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_seq_cst);
  }
  std::uint64_t get() const { return static_cast<std::uint64_t>(value_.load(std::memory_order_seq_cst)); }

 private:
  std::atomic<std::int64_t> value_{0};
};

class Worker {
 public:
  explicit Worker(std::chrono::milliseconds look_every);

  void start();
  void join();

  // From any thread.
  void shut_down_connections();
  void abort_connections();  // those to come too; the thread ends when the last is gone

  // On the worker's thread only.
  void enter(Connection& connection);
  void leave(Connection& connection);
  bool aborting() const { return aborting_; }
  std::string_view date() { return date_.now(); }
  void make_request_id(std::string& out);

  asio::io_context context{1};

  alignas(64) Count in_flight;
  Count streams;
  Count refused;
  std::atomic<std::size_t> assigned{0};  // connections given to this worker, also while they are on their way

 private:
  void run();
  void look_later();
  void look();

  std::chrono::milliseconds look_every_;
  Timer look_timer_;
  asio::executor_work_guard<Executor> stay_;
  std::vector<Connection*> connections_;
  bool aborting_ = false;
  DateText date_;
  std::uint64_t id_state_;
  std::thread thread_;
};

}  // namespace doorstep::http
