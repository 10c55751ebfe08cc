// Bytes received and not yet used, in one piece. Views of its bytes hold until space() or shrink() is called.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace doorstep::http {

class ReceiveBuffer {
 public:
  std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  // Room for at least `least` more bytes; moves and grows as needed.
  std::pair<char*, std::size_t> space(std::size_t least) {
    if (empty()) begin_ = end_ = 0;
    if (capacity_ - end_ < least) make_room(least);
    return {data_.get() + end_, capacity_ - end_};
  }
  void received(std::size_t count) { end_ += count; }
  void consume(std::size_t count) { begin_ += count; }

  // Without moving anything: the room behind the first `keep`
  // bytes, which stay; what stood behind them is dropped.
  std::pair<char*, std::size_t> space_behind(std::size_t keep) {
    end_ = begin_ + keep;
    return {data_.get() + end_, capacity_ - end_};
  }

  // Gives back what one large request made it grow to.
  void shrink() {
    if (!empty() || capacity_ <= first_capacity) return;
    data_.reset();
    capacity_ = begin_ = end_ = 0;
  }

 private:
  static constexpr std::size_t first_capacity = 4096;

  void make_room(std::size_t least) {
    const auto size = end_ - begin_;
    if (capacity_ < size + least) {
      const auto larger = std::max({first_capacity, capacity_ * 2, size + least});
      auto data = std::make_unique_for_overwrite<char[]>(larger);
      if (size > 0) std::memcpy(data.get(), data_.get() + begin_, size);
      data_ = std::move(data);
      capacity_ = larger;
    } else if (size > 0) {
      std::memmove(data_.get(), data_.get() + begin_, size);
    }
    begin_ = 0;
    end_ = size;
  }

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace doorstep::http
