// A few threads for slow pure work (password hashing, image
// checks) that has no place on an io thread or the writer.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace doorstep::api {

class WorkPool {
 public:
  WorkPool(unsigned threads, std::size_t queue_max);
  ~WorkPool();  // work that has begun ends; what waits is dropped
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False when too much waits already.
  bool post(std::move_only_function<void()> work);

 private:
  void run();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable wakeup_;
  std::deque<std::move_only_function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace doorstep::api
