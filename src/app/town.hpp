// A town, open: its store, key, journal, feed and what runs beside the requests.
#pragma once

#include <memory>

#include "api/api.hpp"
#include "app/calendar_watch.hpp"
#include "app/config.hpp"
#include "app/housekeeping.hpp"
#include "app/key_keeper.hpp"
#include "base/key_ring.hpp"
#include "journal/feed.hpp"
#include "journal/files.hpp"
#include "journal/journal.hpp"
#include "journal/outbox.hpp"
#include "journal/timers.hpp"
#include "storage/store.hpp"

namespace doorstep::app {

// A tool whose one command or query is a long one gives it a budget of its own.
struct Budgets {
  storage::Budget write = {};
  storage::Budget read = {};
};

std::unique_ptr<storage::Store> open_town_store(const Config& config, const Budgets& budgets = {});

enum class Opening {
  brought_up_to_date,  // made where there is none, and its schema migrated
  as_it_is             // for tools that only look: what is not there is refused, what is old stays so
};

// Store and journal, for tools that do one thing and end.
class Books {
 public:
  explicit Books(const Config& config, Opening opening = Opening::brought_up_to_date,
                 const Budgets& budgets = {});

  storage::Store& store() { return *store_; }
  Journal& journal() { return journal_; }
  FileStore& files() { return *files_; }
  KeyRing& keys() { return keys_; }

 private:
  std::unique_ptr<storage::Store> store_;
  KeyRing keys_;
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
  bool calendar_is_missing() const { return calendar_watch_.is_missing(); }

 private:
  Books books_;
  Feed feed_;
  api::Api api_;
  TimerRunner timers_;
  OutboxRunner outbox_;
  Housekeeping housekeeping_;
  KeyKeeper key_keeper_;
  CalendarWatch calendar_watch_;
};

}  // namespace doorstep::app
