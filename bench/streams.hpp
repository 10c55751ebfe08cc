// Many event streams, open at once, on one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace doorstep::bench {

class Streams {
 public:
  // Opens them and waits until each has been told its first event. Throws when that takes too long.
  Streams(std::uint16_t port, std::size_t count, const std::string& path);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  // Forgets what was heard so far, and what still comes within a short while.
  void quiet();
  // Until all have heard the text: how many milliseconds after `began` each did.
  std::vector<double> hear(const std::string& text, std::chrono::steady_clock::time_point began);

 private:
  struct Line {
    int socket = -1;
    std::string heard;
  };

  bool receive(Line& line);
  std::vector<std::size_t> wait(std::chrono::milliseconds longest);

  int poll_ = -1;
  std::vector<Line> lines_;
};

}  // namespace doorstep::bench
