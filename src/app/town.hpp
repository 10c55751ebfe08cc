// A town, open: its store, key, journal, feed and what runs beside the requests.
#pragma once

#include <memory>

#include "api/api.hpp"
#include "app/config.hpp"
#include "app/housekeeping.hpp"
#include "base/sealed.hpp"
#include "journal/feed.hpp"
#include "journal/files.hpp"
#include "journal/journal.hpp"
#include "journal/outbox.hpp"
#include "journal/timers.hpp"
#include "storage/store.hpp"

namespace doorstep::app {

// Holds one town's key, where a file is not wanted.
inline constexpr const char* key_variable = "DOORSTEP_TOWN_KEY";

// The town's key: DOORSTEP_TOWN_KEY where it is set, else the file town.key in the data folder. It is made
// only while nothing has been recorded in the town yet, whose schema is up to date.
TownKey open_key(const Config& config, storage::Store& store);
bool has_key(const Config& config);

std::unique_ptr<storage::Store> open_town_store(const Config& config);

enum class Opening {
  brought_up_to_date,  // made where there is none, and its schema migrated
  as_it_is             // for tools that only look: what is not there is refused, what is old stays so
};

// Store and journal, for tools that do one thing and end.
class Books {
 public:
  explicit Books(const Config& config, Opening opening = Opening::brought_up_to_date);

  storage::Store& store() { return *store_; }
  Journal& journal() { return journal_; }
  FileStore& files() { return *files_; }

 private:
  std::unique_ptr<storage::Store> store_;
  TownKey key_;
  Journal journal_;
  std::unique_ptr<FileStore> files_;
};

// A town that serves.
class Town {
 public:
  Town(const Config& config, api::ApiOptions options);
  ~Town();

  void start();  // the runners
  void stop();

  Journal& journal() { return books_.journal(); }
  api::Api& api() { return api_; }

 private:
  Books books_;
  Feed feed_;
  api::Api api_;
  TimerRunner timers_;
  OutboxRunner outbox_;
  Housekeeping housekeeping_;
};

}  // namespace doorstep::app
