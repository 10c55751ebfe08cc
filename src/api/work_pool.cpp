#include "api/work_pool.hpp"

namespace doorstep::api {

WorkPool::WorkPool(unsigned threads, std::size_t queue_max) : queue_max_(queue_max) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    queue_.clear();
  }
  wakeup_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool WorkPool::post(std::move_only_function<void()> work) {
  const std::lock_guard lock{mutex_};
  if (stopping_ || queue_.size() >= queue_max_) return false;
  queue_.push_back(std::move(work));
  // Under the lock: once it is let go, the pool may end.
  wakeup_.notify_one();
  return true;
}

void WorkPool::run() {
  while (true) {
    std::move_only_function<void()> work;
    {
      std::unique_lock lock{mutex_};
      wakeup_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace doorstep::api
