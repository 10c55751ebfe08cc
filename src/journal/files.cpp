#include "journal/files.hpp"

#include <algorithm>
#include <utility>

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "journal/bytes.hpp"
#include "journal/file_shelves.hpp"

namespace doorstep {

namespace {

constexpr std::size_t address_digits = 64;

struct InfoRow {
  std::int64_t size = 0;
  std::string media_type;
};
BOOST_DESCRIBE_STRUCT(InfoRow, (), (size, media_type))

struct OrphanRow {
  std::string address;
  std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(OrphanRow, (), (address, size))

struct KeptRow {
  std::string address;
  std::int64_t size = 0;
  std::string media_type;
};
BOOST_DESCRIBE_STRUCT(KeptRow, (), (address, size, media_type))

// Of content and media type. A digest of the content alone would tell who has a file that it is here.
FileAddress address_of(const KeyRing& keys, std::string_view bytes, std::string_view media_type) {
  const auto hashed = std::string{media_type} + '\0' + sha256(bytes);
  return {hmac_sha256_hex(keys.derive("file address").reveal(), hashed)};
}

std::string bound(const FileAddress& address, int part, int parts) {
  return "file/" + address.text + "/" + std::to_string(part) + "/" + std::to_string(parts);
}

[[noreturn]] void broken(const FileAddress& address, int part, std::string_view why) {
  throw FileError{"file " + address.text + ": part " + std::to_string(part) + ": " + std::string{why}};
}

}  // namespace

std::optional<FileAddress> parse_file_address(std::string_view text) {
  const bool right = text.size() == address_digits && std::ranges::all_of(text, [](char c) {
                       return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                     });
  return right ? std::optional{FileAddress{std::string{text}}} : std::nullopt;
}

namespace files {

void keep(Transaction& tx, const FileAddress& address) {
  const auto kept = tx.run("update files set kept = 1 where address = :address and complete = 1",
                           {{"address", address.text}});
  if (kept == 0) throw Problem{"no_such_file"};
}

void release(Transaction& tx, const FileAddress& address, Instant at) {
  tx.run("update files set kept = 0, put_at = :at where address = :address",
         {{"at", at}, {"address", address.text}});
}

std::optional<FileInfo> find(Snapshot& snapshot, const FileAddress& address) {
  auto row =
      snapshot.maybe<InfoRow>("select size, media_type from files where address = :address and complete = 1",
                              {{"address", address.text}});
  if (!row) return std::nullopt;
  return FileInfo{row->size, std::move(row->media_type)};
}

std::vector<KeptFile> kept_after(Snapshot& snapshot, const FileAddress& after, int limit) {
  std::vector<KeptFile> kept;
  for (auto& row :
       snapshot.all<KeptRow>("select address, size, media_type from files where kept = 1 and address > :after"
                             " order by address limit :limit",
                             {{"after", after.text}, {"limit", limit}}))
    kept.push_back({{std::move(row.address)}, {row.size, std::move(row.media_type)}});
  return kept;
}

}  // namespace files

FileReader::FileReader(FileShelf& shelf, const KeyRing& keys, FileAddress address, files::FileInfo info)
    : shelf_(&shelf),
      keys_(&keys),
      address_(std::move(address)),
      size_(info.size),
      media_type_(std::move(info.media_type)) {}

int FileReader::parts() const { return FileSize{size_}.parts(); }

std::vector<unsigned char> FileReader::part(int number) const {
  const FileSize size{size_};
  if (number < 0 || number >= size.parts()) throw std::out_of_range{"a file has no such part"};
  const auto sealed = shelf_->read(address_, size, number);
  try {
    const auto opened = keys_->open(sealed, bound(address_, number, size.parts()));
    if (opened.size() == size.bytes_of(number)) return {opened.begin(), opened.end()};
  } catch (const SealError& failure) {
    broken(address_, number, failure.what());
  }
  broken(address_, number, "its length is not what it was");
}

FileStore::FileStore(Journal& journal, std::unique_ptr<FileShelf> shelf)
    : journal_(journal), shelf_(std::move(shelf)) {}
FileStore::~FileStore() = default;

std::unique_ptr<FileStore> FileStore::in_folder(Journal& journal, const std::filesystem::path& folder) {
  return std::unique_ptr<FileStore>{new FileStore{journal, folder_shelf(folder)}};
}

std::unique_ptr<FileStore> FileStore::in_table(Journal& journal) {
  return std::unique_ptr<FileStore>{new FileStore{journal, table_shelf(journal)}};
}

// First the row, then the content, then `complete`: content without a row would be found by no collector.
FileAddress FileStore::put(std::span<const unsigned char> bytes, std::string_view media_type) {
  if (bytes.size() > files::file_bytes_max) throw Problem{"body_too_large"};
  if (media_type.empty() || media_type.size() > files::media_type_bytes_max) {
    throw std::invalid_argument{"a file's media type is missing or too long"};
  }
  const auto& keys = journal_.keys();
  const auto address = address_of(keys, as_text(bytes), media_type);
  const FileSize size{static_cast<std::int64_t>(bytes.size())};
  const auto lock = shelf_->lock(FileShelf::Sharing::putting);

  bool complete = false;
  journal_.write_now([&](Transaction& tx, Instant at) {
    tx.run(
        "insert into files (address, size, media_type, put_at, complete, kept)"
        " values (:address, :size, :media_type, :at, 0, 0)"
        " on conflict (address) do update set put_at = excluded.put_at",
        {{"address", address.text}, {"size", bytes.size()}, {"media_type", media_type}, {"at", at}});
    complete =
        tx.value<bool>("select complete from files where address = :address", {{"address", address.text}});
  });
  // The row alone is not trusted: a back-up's database may have come back without its files.
  if (complete && shelf_->has(address, size)) return address;

  shelf_->write(address, size, [&](int part) {
    const auto plain = as_text(bytes.subspan(size.bytes_before(part), size.bytes_of(part)));
    return keys.seal(plain, bound(address, part, size.parts()), system_entropy());
  });
  journal_.write_now([&](Transaction& tx, Instant at) {
    const auto there = tx.run("update files set complete = 1, put_at = :at where address = :address",
                              {{"at", at}, {"address", address.text}});
    if (there == 0) throw FileError{"file " + address.text + ": its row went while it was written"};
  });
  return address;
}

FileReader FileStore::open(const FileAddress& address) {
  std::optional<files::FileInfo> info;
  journal_.read_now([&](Snapshot& snapshot, Instant) { info = files::find(snapshot, address); });
  if (!info) throw FileError{"file " + address.text + ": there is no such file"};
  return {*shelf_, journal_.keys(), address, *std::move(info)};
}

std::vector<unsigned char> FileStore::read(const FileAddress& address) {
  const auto reader = open(address);
  std::vector<unsigned char> bytes;
  bytes.reserve(static_cast<std::size_t>(reader.size()));
  for (int i = 0; i < reader.parts(); ++i) {
    const auto part = reader.part(i);
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

// From here on the orphans cannot be kept any more; putting one again writes it anew.
std::vector<FileAddress> FileStore::withdraw_orphans() {
  std::vector<FileAddress> withdrawn;
  journal_.write_now([&](Transaction& tx, Instant at) {
    withdrawn.clear();
    const auto rows = tx.all<OrphanRow>(
        "select address, size from files where kept = 0 and put_at < :before order by put_at, address limit :limit",
        {{"before", at - files::orphans_kept_for}, {"limit", files::collect_max}});
    std::int64_t bytes = 0;
    for (const auto& row : rows) {
      bytes += row.size;
      if (bytes > files::collect_bytes_max) break;
      tx.run("update files set complete = 0 where address = :address", {{"address", row.address}});
      withdrawn.push_back({row.address});
    }
  });
  return withdrawn;
}

int FileStore::collect_orphans() {
  int removed = 0;
  while (true) {
    const auto lock = shelf_->lock(FileShelf::Sharing::removing);
    shelf_->sweep();
    const auto orphans = withdraw_orphans();
    if (orphans.empty()) return removed;
    for (const auto& address : orphans) shelf_->remove(address);
    int gone = 0;
    journal_.write_now([&](Transaction& tx, Instant at) {
      gone = 0;
      for (const auto& address : orphans) {
        // Unless it is being put again, in a table, where nobody had to wait for us.
        const auto rows = tx.run(
            "delete from files where address = :address and complete = 0 and kept = 0 and put_at < :before",
            {{"address", address.text}, {"before", at - files::orphans_kept_for}});
        if (rows == 0) continue;
        shelf_->remove(tx, address);
        ++gone;
      }
    });
    removed += gone;
  }
}

int FileStore::copy_all_to(const std::filesystem::path& folder) {
  const auto target = folder_shelf(folder);
  const auto lock = target->lock(FileShelf::Sharing::putting);
  int copied = 0;
  std::string broken;
  std::vector<files::KeptFile> page;
  FileAddress after;
  do {
    journal_.read_now(
        [&](Snapshot& snapshot, Instant) { page = files::kept_after(snapshot, after, files::collect_max); });
    for (const auto& [address, info] : page) {
      after = address;
      const FileSize size{info.size};
      if (target->has(address, size)) continue;
      try {
        const FileReader reader{*shelf_, journal_.keys(), address, info};
        target->write(address, size, [&](int part) {
          static_cast<void>(reader.part(part));  // it opens
          return shelf_->read(address, size, part);
        });
        ++copied;
      } catch (const FileError& failure) {
        broken += broken.empty() ? "" : "; ";
        broken += failure.what();
      }
    }
  } while (!page.empty());
  if (!broken.empty()) throw FileError{broken};
  return copied;
}

}  // namespace doorstep
