// The town's key: 32 bytes outside the database, under which the town's key ring is sealed. Whoever has only
// a stolen back-up has nothing. Losing the key loses what is sealed; it is kept apart from the back-ups, on
// paper too.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/sealing_key.hpp"

namespace doorstep {

class TownKey {
 public:
  // 32 bytes, or 64 hexadecimal digits (space around them does not matter). Throws SealError.
  static TownKey from_text(std::string_view text);
  static TownKey from_environment(const char* variable);
  // Refuses a file that others may read or the group may write.
  static TownKey load(const std::filesystem::path& file);
  // Writes a new key, readable by its owner only; never over an existing file.
  static TownKey create(const std::filesystem::path& file, Entropy& entropy = system_entropy());
  static TownKey random(Entropy& entropy);

  const std::string& id() const { return lock_.id(); }
  // What the ring's keys are sealed under.
  const SealingKey& lock() const { return lock_; }

  // The ring's keys of a town that was made before there were rings: they came from this key itself.
  const Secret& hash_key_of_before() const { return key_; }
  SealingKey sealing_key_of_before() const;

 private:
  explicit TownKey(const Secret& key);

  Secret key_;
  SealingKey lock_;
};

}  // namespace doorstep
