// The zip file around a spreadsheet, held in memory. The only place that knows libzip.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::sheets {

// `bytes` outlive it. Entries are found by name and never written anywhere.
class Archive {
 public:
  // Throws Problem not_a_sheet; `unpacked_bytes_max` holds for all that is read from it together.
  Archive(std::string_view bytes, std::size_t unpacked_bytes_max);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  bool has(const std::string& name) const;
  // Hands the entry over piece by piece. Throws Problem sheet_broken, sheet_encrypted, sheet_too_large: what
  // an entry says of its own size is not believed.
  void read(const std::string& name, const std::function<void(std::string_view piece)>& take);

 private:
  struct Zip;
  std::unique_ptr<Zip> zip_;
  std::size_t left_;
};

// The entries in this order, with no time in them.
std::string make_archive(const std::vector<std::pair<std::string, std::string>>& entries);

// Into a new file: entries as above, and then such as are made while they are written. `more` appends the
// next piece; false: the one before was the last. What it throws comes out here, and there is no file.
void write_archive(const std::string& path, const std::vector<std::pair<std::string, std::string>>& entries,
                   std::vector<std::pair<std::string, std::function<bool(std::string& piece)>>> made);

}  // namespace doorstep::sheets
