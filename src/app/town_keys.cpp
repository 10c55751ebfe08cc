#include "app/town_keys.hpp"

#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.hpp"
#include "base/time.hpp"
#include "journal/ring.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

fs::path key_file(const Config& config) { return config.data / "town.key"; }
fs::path next_file(const Config& config) { return config.data / "town.key.next"; }
// Each old key keeps a name of its own: a second change must not take away what opens the older back-ups.
fs::path old_file(const Config& config, const TownKey& key) {
  return config.data / ("town.key." + key.id() + ".old");
}

bool in_environment() { return std::getenv(key_variable) != nullptr; }

// One process at a time names the key files of a folder.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (folder_ < 0 || ::flock(folder_, LOCK_EX) != 0)
      throw SealError(folder.string() + " could not be locked");
  }
  ~FolderLock() { ::close(folder_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int folder_;
};

// Whether anything was ever recorded here; the head's instant is that of the newest command.
bool is_in_use(storage::Store& store) {
  std::int64_t at = 0;
  store.read_now(
      [&](storage::Sql& sql) { at = sql.value<std::int64_t>("select at from journal_head where one = 1"); });
  return at != 0;
}

std::string lock_of(storage::Store& store) {
  std::string lock;
  store.read_now([&](storage::Sql& sql) { lock = ring::lock_of(sql); });
  return lock;
}

// Where the ring is sealed under the next key already, only the files' names are behind. Under the folder's
// lock.
void finish_naming(const Config& config, const std::string& lock) {
  if (!fs::exists(next_file(config)) || TownKey::load(next_file(config)).id() != lock) return;
  if (fs::exists(key_file(config))) {
    const auto old = TownKey::load(key_file(config));
    if (old.id() != lock) fs::rename(key_file(config), old_file(config, old));
  }
  fs::rename(next_file(config), key_file(config));
}

// Whoever may read the key now must be able to read the next one: the command is often run as root.
void give_to_the_same_owner(const fs::path& file, const fs::path& as) {
  struct stat about{};
  if (::geteuid() != 0 || ::stat(as.c_str(), &about) != 0) return;
  if (::chown(file.c_str(), about.st_uid, about.st_gid) != 0)
    log_warning("key_owner_unchanged", {{"file", file.string()}});
}

TownKey next_key(const Config& config) {
  if (in_environment()) return TownKey::from_environment(next_key_variable);
  // One that was written before somebody stopped us is as good as a new one.
  if (fs::exists(next_file(config))) return TownKey::load(next_file(config));
  auto made = TownKey::create(next_file(config));
  give_to_the_same_owner(next_file(config), key_file(config));
  return made;
}

std::vector<TownKey> load_keys(const Config& config) {
  std::vector<TownKey> keys;
  if (in_environment()) {
    keys.push_back(TownKey::from_environment(key_variable));
    if (std::getenv(next_key_variable) != nullptr)
      keys.push_back(TownKey::from_environment(next_key_variable));
    return keys;
  }
  if (fs::exists(key_file(config))) keys.push_back(TownKey::load(key_file(config)));
  if (fs::exists(next_file(config))) keys.push_back(TownKey::load(next_file(config)));
  return keys;
}

constexpr std::string_view keep_apart = "Keep the new one apart from the back-ups, on paper too.";

}  // namespace

bool has_key(const Config& config) {
  return in_environment() || fs::exists(key_file(config)) || fs::exists(next_file(config));
}

std::string missing_key(const Config& config) {
  return key_file(config).string() + ": the town's key is missing. Put it back from where it is kept apart";
}

std::vector<TownKey> present_keys(const Config& config) {
  const FolderLock naming{config.data};
  return load_keys(config);
}

KeyRing open_ring(const Config& config, storage::Store& store, const Clock& clock) {
  const FolderLock naming{config.data};
  auto keys = load_keys(config);
  if (keys.empty()) {
    // A second key beside what was sealed with the first would
    // leave it unreadable, and nobody would notice for a while.
    if (is_in_use(store)) throw SealError(missing_key(config));
    keys.push_back(TownKey::create(key_file(config)));
  }
  auto ring = ring::open(store, keys, system_entropy(), clock.now());
  if (change_is_under_way(config)) finish_naming(config, lock_of(store));
  return ring;
}

KeyRing open_ring_as_it_is(const Config& config, storage::Store& store, const Clock& clock) {
  const auto keys = present_keys(config);
  if (keys.empty()) throw SealError(missing_key(config));
  return ring::open_as_it_is(store, keys, clock.now());
}

bool change_is_under_way(const Config& config) { return !in_environment() && fs::exists(next_file(config)); }

std::string rotate_key(const Config& config, Journal& journal) {
  const FolderLock naming{config.data};
  const auto before = lock_of(journal.store());
  const auto next = next_key(config);
  if (next.id() == before && in_environment())
    return fmt::format("{} is the town's key already; nothing was changed.", next_key_variable);
  if (next.id() != before) {
    const auto keys = load_keys(config);
    journal.write_now(
        [&](Transaction& tx, Instant at) { ring::rotate(tx, keys, next, system_entropy(), at); });
  }
  if (in_environment()) {
    return fmt::format("The town's key is changed. Start every process with the new one as {}. {}",
                       key_variable, keep_apart);
  }
  finish_naming(config, next.id());
  return fmt::format(
      "The town's key is changed. {} The old one, {}, opens the back-ups made until now: destroy it with the last of "
      "them.",
      keep_apart, (config.data / ("town.key." + before + ".old")).string());
}

}  // namespace doorstep::app
