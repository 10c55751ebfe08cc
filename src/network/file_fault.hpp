// What the town's files say and cannot be done, by the thing's kind and key; where that stands in a file, the
// importer knows.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::network {

// Of a thing that has ended and is named all the same.
inline constexpr std::string_view has_ended =
    "it has ended; say `ended: true` here, or give a new one another key";

struct FileFault {
  std::string kind;  // "venue"
  std::string key;
  std::string member;  // of it, or empty
  std::string what;
};

class TownFileFault : public std::runtime_error {
 public:
  explicit TownFileFault(FileFault fault) : TownFileFault(std::vector{std::move(fault)}) {}
  explicit TownFileFault(std::vector<FileFault> faults_)
      : std::runtime_error(words(faults_)), faults(std::move(faults_)) {}

  std::vector<FileFault> faults;

 private:
  static std::string words(const std::vector<FileFault>& faults) {
    std::string all;
    for (const auto& each : faults) {
      if (!all.empty()) all += '\n';
      all += each.kind + ' ' + each.key + ": " + each.what;
    }
    return all;
  }
};

// Of several things, each with the first that is wrong with it.
class FileFaults {
 public:
  template <class Put>
  void keep(const Put& put) {
    try {
      put();
    } catch (const TownFileFault& fault) {
      faults_.insert(faults_.end(), fault.faults.begin(), fault.faults.end());
    }
  }
  void throw_any() const {
    if (!faults_.empty()) throw TownFileFault(faults_);
  }

 private:
  std::vector<FileFault> faults_;
};

}  // namespace doorstep::network
