// A text that must not be seen: a password, a one-time code. It can be read from JSON, but never written,
// printed, formatted or logged; whoever needs the text says reveal(). The memory is wiped when it goes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace doorstep {

// Overwrites the bytes in a way that the compiler does not leave out.
void wipe(void* bytes, std::size_t count);
void wipe(std::string& text);

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  // Moved from, a short text would stay in its place.
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe(text_);
      text_ = other.text_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe(text_);
      text_ = std::move(other.text_);
      wipe(other.text_);
    }
    return *this;
  }
  ~Secret() { wipe(text_); }

  std::string_view reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace doorstep
