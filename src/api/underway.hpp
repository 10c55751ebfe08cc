// Counts the requests that somebody is still at work with, so that the end of the table can wait for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace doorstep::api {

class Underway {
 public:
  // Held by whatever must be over before the end.
  class Token {
   public:
    explicit Token(std::shared_ptr<Underway> of) : of_(std::move(of)) { of_->add(1); }
    ~Token() { of_->add(-1); }
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

   private:
    std::shared_ptr<Underway> of_;
  };

  void wait_until_none() {
    std::unique_lock lock{mutex_};
    none_.wait(lock, [&] { return count_ == 0; });
  }

 private:
  void add(std::ptrdiff_t change) {
    const std::lock_guard lock{mutex_};
    count_ += change;
    if (count_ == 0) none_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable none_;
  std::ptrdiff_t count_ = 0;
};

}  // namespace doorstep::api
