// What of anybody is left to be read after a run: in any table, in the log, in the API's document. It must be
// nothing.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "testing/small_town.hpp"

namespace doorstep::testing {

// While it lives it takes down what the program logs, and what requests say of people.
class Traces {
 public:
  Traces();
  ~Traces();
  Traces(const Traces&) = delete;
  Traces& operator=(const Traces&) = delete;

  // What a request tells of somebody.
  void hear(const std::string& path, const std::string& body);

  // Each place where something that was heard is to be read, as "table persons: 13900001001".
  std::vector<std::string> in_log();  // since it was last asked
  std::vector<std::string> in_town(SmallTown& town) const;

  std::size_t heard() const { return words_.size(); }

 private:
  void hear_word(const std::string& word);
  void look_through(std::string_view place, std::string_view text, std::vector<std::string>& found) const;

  std::unordered_multimap<std::uint64_t, std::string> words_;  // by their first eight bytes
  std::mutex log_mutex_;
  std::string log_;
};

}  // namespace doorstep::testing
