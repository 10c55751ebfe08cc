#include "http/event_stream.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>

namespace doorstep::http {

EventStream::EventStream(std::shared_ptr<Worker> worker, std::size_t queue_bytes)
    : worker_(std::move(worker)), queue_bytes_(queue_bytes) {}

bool EventStream::send(Chunk chunk) {
  const std::scoped_lock lock(mutex_);
  if (closed_) return false;
  if (!chunk || chunk->empty()) return true;
  if (waiting_bytes_ + weight(chunk) > queue_bytes_) {
    closed_ = true;
    too_slow_ = true;
    chunks_.clear();
    wake_locked();
    return false;
  }
  waiting_bytes_ += weight(chunk);
  chunks_.push_back(std::move(chunk));
  wake_locked();
  return true;
}

void EventStream::close() {
  const std::scoped_lock lock(mutex_);
  if (closed_) return;
  closed_ = true;
  wake_locked();
}

bool EventStream::closed() const {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

// Posts under the lock: once detach() has closed the stream, no post can follow, and the worker may end.
void EventStream::wake_locked() {
  if (wake_posted_) return;
  wake_posted_ = true;
  asio::post(worker_->context, [self = shared_from_this()] { self->woken(); });
}

void EventStream::woken() {
  bool cut = false;
  {
    const std::scoped_lock lock(mutex_);
    wake_posted_ = false;
    cut = too_slow_;
  }
  if (event_ == nullptr) return;
  if (cut) {
    connection_->abort();
  } else {
    event_->signal();
  }
}

void EventStream::attach(Event& event, Connection& connection) {
  event_ = &event;
  connection_ = &connection;
}

void EventStream::detach() {
  event_ = nullptr;
  connection_ = nullptr;
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  chunks_.clear();
}

void EventStream::take(std::vector<Chunk>& chunks, std::size_t most) {
  chunks.clear();
  const std::scoped_lock lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, chunks_.size()));
  chunks.assign(std::make_move_iterator(chunks_.begin()), std::make_move_iterator(chunks_.begin() + count));
  chunks_.erase(chunks_.begin(), chunks_.begin() + count);
}

void EventStream::written(const std::vector<Chunk>& chunks) {
  const std::scoped_lock lock(mutex_);
  for (const auto& chunk : chunks) waiting_bytes_ -= std::min(waiting_bytes_, weight(chunk));
}

bool EventStream::finished() {
  const std::scoped_lock lock(mutex_);
  return closed_ && chunks_.empty();
}

}  // namespace doorstep::http
