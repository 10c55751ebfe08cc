// A thread that does rounds of one job: at the latest after a
// time that each round names, and at once when it is woken.
//
// Wakes are cheap and may come thousands a second (one a commit): those that arrive during a round, or within
// `rest` of its end, together cause one more. A round that throws is logged by its owner's name, and the next
// comes after a pause.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/log.hpp"

namespace doorstep {

class Worker {
 public:
  using Duration = std::chrono::milliseconds;
  // One round; returns how long the worker may sleep. Zero: there is more to do at once.
  using Round = std::function<Duration()>;

  static constexpr Duration rest{20};
  static constexpr Duration pause_after_failure{500};

  Worker(std::string name, Round round)
      : name_(std::move(name)), round_(std::move(round)), signal_(std::make_shared<Signal>()) {}
  ~Worker() { stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }

  // Lets the round that runs finish, and waits for it. A stopped worker does not start again.
  void stop() {
    {
      const std::lock_guard lock{signal_->mutex};
      signal_->stopping = true;
    }
    signal_->wakeup.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void wake() { signal_->wake(); }
  // Long rounds look at this between their steps.
  bool stopping() const { return signal_->stopping; }

  // For listeners that cannot be taken back: it outlives the worker, and then wakes nobody.
  std::function<void()> waker() const {
    return [signal = signal_] { signal->wake(); };
  }

 private:
  struct Signal {
    std::mutex mutex;
    std::condition_variable wakeup;
    bool woken = false;
    std::atomic<bool> stopping = false;

    void wake() {
      {
        const std::lock_guard lock{mutex};
        if (woken) return;
        woken = true;
      }
      wakeup.notify_one();
    }
  };

  void run() {
    auto nap = Nap{};
    while (true) {
      {
        std::unique_lock lock{signal_->mutex};
        signal_->wakeup.wait_for(lock, nap.deaf, [&] { return signal_->stopping.load(); });
        signal_->wakeup.wait_for(lock, nap.light, [&] { return signal_->stopping || signal_->woken; });
        if (signal_->stopping) return;
        signal_->woken = false;
      }
      nap = guarded_round();
    }
  }

  struct Nap {
    Duration deaf{};  // not ended by a wake
    Duration light{};
  };

  Nap guarded_round() {
    try {
      const auto sleep = round_();
      const auto deaf = std::min(sleep, rest);
      return {deaf, sleep - deaf};
    } catch (const std::exception& failure) {
      log_error("worker_failed", {{"worker", name_}, {"why", failure.what()}});
      return {pause_after_failure, Duration::zero()};
    }
  }

  std::string name_;
  Round round_;
  std::shared_ptr<Signal> signal_;
  std::thread thread_;
};

}  // namespace doorstep
