// A whole small town for tests: every room's schema, one hall with two lines and three windows, an officer at
// each, a manager, and the API in front, on either engine and with a clock that the test moves.
//
//   SmallTown town{storage::Engine::sqlite};
//   auto ticket = town.call("POST", "/api/halls/" + town.hall + "/tickets", R"({"service":"transfer"})");
//   EXPECT_EQ(ticket.status, 201);
//
// Every answer is held against the OpenAPI document; one that does not fit fails the test.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "api/api.hpp"
#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "journal/feed.hpp"
#include "journal/files.hpp"
#include "journal/test_town.hpp"
#include "journal/timers.hpp"
#include "testing/software_provider.hpp"

namespace doorstep::testing {

// An answer of the API, its body read.
struct Answer {
  int status = 0;
  boost::json::value body;
  std::string bytes;                                             // of an answer that is a file
  std::map<std::string, std::string> headers;                    // the last of each name
  std::function<void(std::shared_ptr<http::Stream>)> on_stream;  // of a live stream

  // The problem's code, or empty.
  std::string problem() const;
  // A member by its path: "window.number".
  const boost::json::value& at(std::string_view path) const;
  std::string text(std::string_view path) const;
  std::int64_t number(std::string_view path) const;
};

// Who sends a request: cookies and the csrf word, as a browser keeps them.
struct Browser {
  std::string session;   // of a member of staff
  std::string resident;  // of a resident
  std::string paired;    // of a device of the town's own
  std::string csrf;
  std::string device;
  std::string remote = "192.0.2.1";
};

// The one-time code in a message.
std::string code_in(const std::string& message);

struct Sent {
  std::map<std::string, std::string> headers = {};
};

class SmallTown {
 public:
  explicit SmallTown(storage::Engine engine, std::uint64_t seed = 1);
  ~SmallTown();
  SmallTown(const SmallTown&) = delete;
  SmallTown& operator=(const SmallTown&) = delete;

  // A request through the API, from `browser`, which keeps the cookies that come back. Waits for the answer.
  Answer call(Browser& browser, const std::string& method, const std::string& path,
              const std::string& body = "", const Sent& more = {});
  // From a browser that nobody used before.
  Answer call(const std::string& method, const std::string& path, const std::string& body = "",
              const Sent& more = {});

  // Signs in; the three officers are "officer1" to "officer3", the
  // manager "manager"; an officer and a manager of another venue are "elsewhere" and "manager_elsewhere".
  // "director" is a manager at the committee above all, "director_elsewhere" at the organisation that runs
  // the other venue; "auditor" and "admin" are what they are called, in the whole town.
  Browser sign_in(const std::string& username);

  // What was sent to a phone last, or empty; whatever waits in the outbox goes out.
  std::string message_to(const std::string& phone);
  // The code in it.
  std::string code_sent_to(const std::string& phone);
  // A browser at an address of its own: one that tries too often has to wait, by the machine's clock.
  Browser somewhere();
  // Has a code sent to a phone; the code.
  std::string new_code_for(const std::string& phone);
  // Signs a resident in, with a code that was sent to their phone.
  Browser sign_in_resident(const std::string& phone);

  // Begins to sign in by the city's account in this browser; what comes back for that subject.
  CameBack come_back_from_city(Browser& browser, const std::string& subject, bool anew = false);
  Browser sign_in_by_city(const std::string& subject, bool anew = false);

  // Runs a command or query directly; the caller is at the town's instant.
  template <class F>
  void write(F&& command) {
    journal().write_now([&](Transaction& tx, Instant at) { command(tx, at); });
  }
  template <class F>
  void read(F&& query) {
    journal().read_now([&](Snapshot& snapshot, Instant at) { query(snapshot, at); });
  }
  Caller caller_of(const std::string& username);

  void pass(Microseconds time) { clock_.move(time); }
  Instant instant() const { return journal_->now(); }
  int fire_timers() { return timers_->fire_due(); }

  Journal& journal() { return *journal_; }
  storage::Store& store() { return *store_; }
  KeyRing& keys() { return *keys_; }
  SoftwareProvider& city() { return city_; }
  FileStore& files() { return *files_; }
  api::Api& api() { return *api_; }

  // The most statements that each route has run so far, by its name.
  std::map<std::string, int> costs() const {
    const std::lock_guard lock{costs_mutex_};
    return costs_;
  }

  std::string hall;                  // "hl_…"
  std::string organisation;          // "or_…", which runs the venue
  std::string venue;                 // "ve_…"
  std::vector<std::string> windows;  // "wi_…": 1 serves A and B, 2 serves A, 3 serves B

  static constexpr const char* password = "window-and-door";
  static constexpr const char* key = "5a11705a11705a11705a11705a11705a11705a11705a11705a11705a11705a11";

 private:
  void fill();
  void hold_against_document(const std::string& method, const std::string& path, const Answer& answer) const;

  storage::Engine engine_;
  std::string schema_;
  mutable std::mutex costs_mutex_;
  std::map<std::string, int> costs_;
  int places_ = 0;
  std::map<std::string, std::string> messages_;  // the last to each phone
  FakeClock clock_;
  SoftwareProvider city_{clock_};
  SeededEntropy entropy_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<KeyRing> keys_;
  std::unique_ptr<Journal> journal_;
  std::filesystem::path folder_;  // of its files, on SQLite
  std::unique_ptr<FileStore> files_;
  std::unique_ptr<Feed> feed_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<TimerRunner> timers_;
  boost::json::value document_;
};

// A fixture on each engine.
class SmallTownTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  SmallTown town{GetParam()};
};

#define DOORSTEP_ON_ALL_ENGINES(fixture)                                                          \
  INSTANTIATE_TEST_SUITE_P(engines, fixture, ::testing::ValuesIn(::doorstep::testing::engines()), \
                           ::doorstep::testing::engine_name)

}  // namespace doorstep::testing
