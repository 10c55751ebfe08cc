#include "sheets/archive.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>

#include <zip.h>

#include "base/problem.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr zip_uint32_t deflate_level = 3;  // quick rather than small
constexpr zip_int64_t entries_max = 10'000;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

std::runtime_error broken() { return std::runtime_error("a zip file cannot be made"); }

}  // namespace

struct Archive::Zip {
  zip_t* archive = nullptr;

  Zip() = default;
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;
  ~Zip() {
    if (archive != nullptr) zip_discard(archive);
  }
};

Archive::Archive(std::string_view bytes, std::size_t unpacked_bytes_max)
    : zip_(std::make_unique<Zip>()), left_(unpacked_bytes_max) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (source == nullptr) throw std::runtime_error("no memory for a zip file");
  zip_->archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (zip_->archive == nullptr) {
    zip_source_free(source);  // else it is the archive's
    throw Problem{"not_a_sheet"};
  }
  if (zip_get_num_entries(zip_->archive, 0) > entries_max) throw Problem{"sheet_broken"};
}

Archive::~Archive() = default;

bool Archive::has(const std::string& name) const {
  return zip_name_locate(zip_->archive, name.c_str(), ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS) >= 0;
}

void Archive::read(const std::string& name, const std::function<void(std::string_view piece)>& take) {
  const auto index = zip_name_locate(zip_->archive, name.c_str(), ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS);
  if (index < 0) throw Problem{"sheet_broken"};
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat_index(zip_->archive, static_cast<zip_uint64_t>(index), 0, &about) != 0)
    throw Problem{"sheet_broken"};
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
    throw Problem{"sheet_encrypted"};
  const std::unique_ptr<zip_file_t, CloseFile> file{
      zip_fopen_index(zip_->archive, static_cast<zip_uint64_t>(index), 0)};
  if (!file) throw Problem{"sheet_broken"};
  std::array<char, piece_bytes> piece;
  while (true) {
    const auto got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) throw Problem{"sheet_broken"};
    if (got == 0) return;
    const auto size = static_cast<std::size_t>(got);
    if (size > left_) throw Problem{"sheet_too_large"};
    left_ -= size;
    take({piece.data(), size});
  }
}

namespace {

void add_entry(zip_t* archive, const std::string& name, zip_source_t* source) {
  const auto index = source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  // 1980, the first year that a zip file knows: the same content is the same bytes.
  if (index < 0 ||
      zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, deflate_level) !=
          0 ||
      zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, 0x21, 0) != 0) {
    if (source != nullptr && index < 0) zip_source_free(source);
    throw broken();
  }
}

// An entry that libzip asks for while it writes.
struct Made {
  std::function<bool(std::string&)> more;
  std::string piece = {};
  std::size_t used = 0;
  bool ended = false;
  std::exception_ptr failure = {};

  std::size_t read(char* into, std::size_t wanted) {
    std::size_t got = 0;
    while (got < wanted && !ended) {
      if (used == piece.size()) {
        piece.clear();
        used = 0;
        ended = !more(piece);
        continue;
      }
      const auto some = std::min(wanted - got, piece.size() - used);
      piece.copy(into + got, some, used);
      used += some;
      got += some;
    }
    return got;
  }
};

// No exception may pass through libzip: it is kept, and thrown once libzip has given up.
zip_int64_t ask(void* made_by_us, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  auto& made = *static_cast<Made*>(made_by_us);
  switch (command) {
    case ZIP_SOURCE_READ: try { return static_cast<zip_int64_t>(made.read(static_cast<char*>(data), size));
      } catch (...) {
        made.failure = std::current_exception();
        return -1;
      }
    case ZIP_SOURCE_STAT: zip_stat_init(static_cast<zip_stat_t*>(data)); return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: {
      zip_error_t why;
      zip_error_init_with_code(&why, ZIP_ER_READ);
      return zip_error_to_data(&why, data, size);
    }
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default: return 0;
  }
}

}  // namespace

void write_archive(const std::string& path, const std::vector<std::pair<std::string, std::string>>& entries,
                   std::vector<std::pair<std::string, std::function<bool(std::string& piece)>>> made) {
  std::vector<Made> sources;
  sources.reserve(made.size());  // libzip is given their addresses
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  std::unique_ptr<zip_t, Discard> archive{zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, nullptr)};
  if (!archive) throw broken();
  for (const auto& [name, content] : entries)
    add_entry(archive.get(), name, zip_source_buffer(archive.get(), content.data(), content.size(), 0));
  for (auto& [name, more] : made) {
    auto& source = sources.emplace_back(Made{.more = std::move(more)});
    add_entry(archive.get(), name, zip_source_function(archive.get(), ask, &source));
  }
  if (zip_close(archive.get()) == 0) {
    archive.release();
    return;
  }
  for (const auto& source : sources) {
    if (source.failure) std::rethrow_exception(source.failure);
  }
  throw std::runtime_error(path + ": " + zip_strerror(archive.get()));
}

std::string make_archive(const std::vector<std::pair<std::string, std::string>>& entries) {
  const std::unique_ptr<zip_source_t, FreeSource> made{zip_source_buffer_create(nullptr, 0, 0, nullptr)};
  if (!made) throw broken();
  zip_source_keep(made.get());  // it is read after the archive has let go of it
  zip_t* archive = zip_open_from_source(made.get(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (archive == nullptr) {
    zip_source_free(made.get());
    throw broken();
  }
  try {
    for (const auto& [name, content] : entries)
      add_entry(archive, name, zip_source_buffer(archive, content.data(), content.size(), 0));
  } catch (...) {
    zip_discard(archive);
    throw;
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    throw broken();
  }
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_source_stat(made.get(), &about) != 0 || zip_source_open(made.get()) != 0) throw broken();
  std::string bytes(about.size, '\0');
  const auto got = zip_source_read(made.get(), bytes.data(), bytes.size());
  zip_source_close(made.get());
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) throw broken();
  return bytes;
}

}  // namespace doorstep::sheets
