// The people of a small town and what they know: residents with their tickets, staff at their windows, cases.
// Whatever happens is drawn from one seed, so that the same seed plays the same days.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "journal/outbox.hpp"
#include "simulation/traces.hpp"
#include "testing/small_town.hpp"
#include "testing/software_authenticator.hpp"

namespace doorstep::testing {

struct Member {
  std::string name;
  Browser browser;
  std::size_t window = 0;                        // where they usually sit
  std::string app_secret = {};                   // that their phone was last shown
  std::vector<std::string> recovery_codes = {};  // while they have a second step
  std::shared_ptr<SoftwareAuthenticator> passkey = {};

  bool signed_in() const { return !browser.session.empty(); }
};

struct KnownPerson {
  std::string id;
  std::int64_t version = 1;
};

struct KnownMandate {
  std::string person, id;
};

// Somebody whose phone speaks for somebody on record.
struct Reachable {
  Browser* resident = nullptr;
  std::string person;
};

struct KnownCase {
  std::string id, token;
  std::int64_t version = 1;
};

struct KnownOrganisation {
  std::string id;
  std::int64_t version = 1;
};

struct KnownPost {
  std::string id;
  std::int64_t version = 1;
};

struct KnownAbsence {
  Browser* who = nullptr;
  std::string id;
  std::int64_t version = 1;
};

struct KnownSlip {
  Browser *giver = nullptr, *taker = nullptr;
  std::string id;
  std::int64_t version = 1;
};

struct KnownImport {
  Browser* who = nullptr;
  std::string id;
  std::int64_t version = 1;
  std::string state = "draft";
};

struct KnownGrid {
  std::string id;
  std::int64_t version = 1;
};

struct KnownActivity {
  std::string id;
  std::int64_t version = 1;
};

struct KnownRoom {
  std::string id;
  std::int64_t version = 1;
};

// A display or a kiosk, whether it is paired or not.
struct KnownDevice {
  Browser browser = {};
  std::string code = {}, secret = {};  // that it shows, and keeps
  std::string id = {};                 // as colleagues know it
  std::int64_t version = 1;
};

// A request that somebody has in mind.
struct Wish {
  Browser* who = nullptr;
  std::string method, path, body;
  std::map<std::string, std::string> headers = {};
};

class World {
 public:
  World(storage::Engine engine, std::uint64_t seed);

  // A number from 0 to below `count`.
  std::size_t any(std::size_t count);
  bool chance(double share);
  template <class T>
  T& one_of(std::vector<T>& all) {
    return all[any(all.size())];
  }
  // To another device of the house: an address that tries too often has to wait, by the machine's clock.
  void move_about(Browser& browser);
  // Never the same twice.
  std::string new_key();

  Answer send(const Wish& wish);
  // What an answer teaches: new tickets and cases, versions, sessions that have ended.
  void learn(const std::string& route, const Wish& wish, const Answer& answer);

  // A member of staff who is signed in; null when nobody is.
  Member* at_work();
  // The id of somebody on the staff, signed in or not.
  std::string staff_id(const Member& member);
  Member& manager() { return staff.back(); }
  // Whose browser it is; null: nobody's of the staff.
  Member* whose(const Browser* browser);
  std::string window_path(std::size_t window) const { return "/api/windows/" + town.windows[window]; }

  // A resident's phone; some share one.
  std::string phone_of(const Browser& resident) const;

  // The messages that wait go out; some cannot be delivered.
  void send_messages();

  Traces traces;  // of all that people say of themselves here
  SmallTown town;
  std::vector<Browser> residents;
  std::vector<Member> staff;  // three officers and the manager
  Member director;            // of the committee above all
  Member admin;
  std::vector<std::string> tickets;  // tokens of the day
  std::vector<KnownCase> cases;
  std::vector<std::string> inquiries;
  std::vector<KnownPerson> people;
  std::vector<std::string> merged;  // into somebody else, at some time
  std::vector<KnownMandate> mandates;
  std::vector<Reachable> reachable;  // with an identity number: a mandate can be offered to them
  std::map<const Browser*, std::set<std::string>> own;  // whom a resident's phone was linked to
  std::map<std::string, std::string> codes;             // the last that reached a phone
  std::vector<KnownOrganisation> organisations;
  std::vector<std::string> venues;  // recorded on the way
  std::vector<KnownRoom> rooms;
  std::vector<KnownGrid> grids;
  std::vector<KnownActivity> past_activities;
  std::vector<std::string> houses;  // of a street, that came to a community
  std::vector<std::string> grants;  // given on the way
  std::vector<std::string> guests;  // accounts made on the way
  std::vector<KnownPost> posts;
  std::vector<KnownAbsence> absences;
  std::vector<KnownSlip> slips;
  std::vector<KnownImport> imports;
  std::vector<KnownDevice> devices;
  std::vector<std::string> dead_messages;
  std::set<std::string> corrections;  // of guides: cases that trips opened
  std::int64_t tickets_taken = 0, cases_opened = 0;
  std::map<std::string, int> done, refused;  // how often, by route
  int failures = 0;                          // of the engine, that a request met

 private:
  struct Gateway;
  void learn_of_posts(const std::string& route, const Wish& wish, const Answer& answer);
  void learn_of_imports(const std::string& route, const Wish& wish, const Answer& answer);
  void learn_of_devices(const std::string& route, const Wish& wish, const Answer& answer);

  std::mt19937_64 random_;
  std::int64_t keys_ = 0;
  std::optional<OutboxRunner> outbox_;
  std::map<std::string, std::string> staff_ids_;
};

// How a request of a route comes about: from the state of the world, plausible most of the time; nothing when
// nobody could have it in mind now.
struct Generator {
  int weight = 0;  // how often, against the others
  std::function<std::optional<Wish>(World&)> wish;
};

// One for each write and look, by the route's name. A route without one fails a test.
const std::map<std::string, Generator>& generators();

// What always holds, looked at from outside; kept from step to step.
class Invariants {
 public:
  // After each step: what it could have broken.
  void check_step(World& world);
  // After each day: all of it.
  void check_day(World& world);

 private:
  std::int64_t seq_ = 0;
  Instant at_{INT64_MIN};
  std::map<std::int64_t, std::int64_t> versions_;  // of windows and cases, by id
};

}  // namespace doorstep::testing
