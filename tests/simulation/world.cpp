#include "simulation/world.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cases/further.hpp"
#include "cases/matter.hpp"
#include "cases/trips.hpp"
#include "identity/grants.hpp"
#include "network/town_file.hpp"
#include "testing/moving.hpp"
#include "testing/permit.hpp"
#include "testing/relief.hpp"
#include "testing/unit_matter.hpp"

namespace doorstep::testing {

namespace {

std::vector<std::string> texts_of(const boost::json::value& list) {
  std::vector<std::string> texts;
  for (const auto& each : list.as_array()) texts.emplace_back(each.as_string());
  return texts;
}

}  // namespace

// Delivers what the seed lets it.
struct World::Gateway : Transport {
  explicit Gateway(World& world_) : world(world_) {}
  Delivery deliver(const Outgoing& message) override {
    if (world.chance(0.2)) return Undeliverable{"no such number"};
    if (message.subject == "sign-in code") world.codes[message.recipient] = code_in(message.body);
    return Delivered{};
  }
  World& world;
};

World::World(storage::Engine engine, std::uint64_t seed) : town(engine, seed), random_(seed) {
  residents.resize(80);
  devices.resize(4);
  for (const auto* name : {"officer1", "officer2", "officer3", "manager"}) {
    staff.push_back({.name = name, .browser = {}, .window = staff.size() % town.windows.size()});
  }
  director = {.name = "director", .browser = {}};
  admin = {.name = "admin", .browser = {}};
  organisations.push_back({town.organisation});
  town.write([](Transaction& tx, Instant at) {
    cases::put_matter(tx, relief(), at);
    cases::put_matter(tx, permit(), at);
    cases::put_matter(tx, moving(), at);
    for (const auto key : {cases::correction_matter, cases::further_matter}) {
      auto matter = relief();
      matter.key = key;
      cases::put_matter(tx, matter, at);
    }
    for (const auto* number : {"1", "2", "3"})
      network::put_communities(tx, {{std::string{"31011410200"} + number, "示例社区"}});
  });
  // The director acts for whatever organisation a case waits for.
  town.write([](Transaction& tx, Instant at) {
    cases::put_matter(tx, relay_matter(), at);
    identity::put_grant(tx, {.staff = tx.value<StaffId>("select id from staff where username = 'director'"),
                             .role = Role::committee_officer,
                             .scope = WholeTown{},
                             .from = at,
                             .until = {},
                             .given_by = {}});
  });
  OutboxRunner::Transports transports;
  transports.emplace(Channel::phone, std::make_unique<Gateway>(*this));
  outbox_.emplace(town.journal(), std::move(transports));
}

// Not by the standard library's distributions, which differ from one library to the next.
std::size_t World::any(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

bool World::chance(double share) { return static_cast<double>(random_() % 1'000'000) < share * 1'000'000; }

void World::move_about(Browser& browser) {
  browser.remote = "198.51." + std::to_string(any(256)) + '.' + std::to_string(any(256));
}

std::string World::new_key() { return "simulated-key-" + std::to_string(1'000'000 + keys_++); }

Answer World::send(const Wish& wish) {
  traces.hear(wish.path, wish.body);
  auto answer = town.call(*wish.who, wish.method, wish.path, wish.body, {.headers = wish.headers});
  if (answer.problem() == "session_expired") {
    auto& who = *wish.who;
    (wish.path.starts_with("/api/my/") ? who.resident
     : wish.path == "/api/device/seen" ? who.paired
                                       : who.session)
        .clear();
  }
  return answer;
}

void World::learn(const std::string& route, const Wish& wish, const Answer& answer) {
  if (route == "sign_out") wish.who->session.clear();
  ++(answer.status < 300 ? done : refused)[route];
  if (answer.status >= 300) return;
  if (route == "sign_in" || route == "sign_in_by_passkey") wish.who->csrf = answer.text("csrf");
  if (auto* member = whose(wish.who)) {
    if (route == "begin_second_factor") member->app_secret = answer.text("secret");
    if (route == "confirm_second_factor") member->recovery_codes = texts_of(answer.at("codes"));
    if (route == "end_second_factor") member->recovery_codes.clear();
  }
  if (route == "take_ticket") {
    tickets.push_back(answer.text("token"));
    ++tickets_taken;
  }
  if (route == "log_inquiry") inquiries.push_back(answer.text("id"));
  if (route == "take_in_case" || route == "open_case_of_inquiry" || route == "open_child_case" ||
      route == "take_further") {
    cases.push_back({answer.text("id"), answer.text("token"), answer.number("version")});
    ++cases_opened;
  }
  if (route == "apply_for_matter" && !answer.at("opened").is_null()) ++cases_opened;
  if (route == "take_own_further") ++cases_opened;
  if (route == "record_trip") {
    const auto& correction = answer.at("trips").as_array().back().at("correction");
    if (!correction.is_null() && corrections.insert(std::string{correction.at("id").as_string()}).second)
      ++cases_opened;
  }
  if (route == "record_organisation") organisations.push_back({answer.text("id")});
  if (route == "edit_organisation" || route == "end_organisation") {
    for (auto& known : organisations) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
  learn_of_posts(route, wish, answer);
  learn_of_imports(route, wish, answer);
  learn_of_devices(route, wish, answer);
  if (route == "record_venue") venues.push_back(answer.text("id"));
  if (route == "record_grid") grids.push_back({answer.text("id")});
  if (route == "edit_grid" || route == "end_grid") {
    for (auto& known : grids) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
  if (route == "record_past_activity") past_activities.push_back({answer.text("id")});
  if (route == "edit_past_activity" || route == "end_past_activity") {
    for (auto& known : past_activities) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
  if (route == "record_addresses" || route == "replace_addresses") houses.push_back(answer.text("id"));
  if (route == "record_room") rooms.push_back({answer.text("id")});
  if (route == "edit_room" || route == "end_room") {
    for (auto& known : rooms) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
  if (route == "record_staff") guests.push_back(answer.text("id"));
  if (route == "give_role") grants.push_back(answer.text("id"));
  if (route == "sign_in_by_code" || route == "sign_in_by_city_account") wish.who->csrf = answer.text("csrf");
  if (route == "record_self") own[wish.who].insert(answer.text("id"));
  if (route == "record_person") people.push_back({answer.text("id")});
  if (route == "give_mandate" || route == "offer_mandate")
    mandates.push_back({answer.text("person.id"), answer.text("id")});
  if (route == "merge_people") {
    const auto from = wish.path.substr(std::string_view{"/api/people/"}.size());
    merged.push_back(from.substr(0, from.find('/')));
  }
  if (route == "correct_person" || route == "merge_people" || route == "correct_self" ||
      route == "put_volunteering" || route == "put_membership") {
    for (auto& known : people) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
  const bool shows_case = !route.starts_with("look_at_") && route != "find_cases_of_applicant" &&
                          wish.path.find("/attachments") == std::string::npos &&
                          wish.path.find("/trips") == std::string::npos;
  if (wish.path.starts_with("/api/desk/cases/") && shows_case) {
    for (auto& known : cases) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  }
}

void World::learn_of_posts(const std::string& route, const Wish& wish, const Answer& answer) {
  const auto renew = [&](auto& all) {
    for (auto& known : all) {
      if (known.id == answer.text("id")) known.version = answer.number("version");
    }
  };
  if (route == "record_post") posts.push_back({answer.text("id")});
  if (route == "edit_post" || route == "appoint_to_post") renew(posts);
  if (route == "end_post")
    std::erase_if(posts, [&](const KnownPost& known) { return known.id == answer.text("id"); });
  if (route == "record_absence") absences.push_back({wish.who, answer.text("absence.id")});
  if (route == "end_absence") renew(absences);
  if (route == "write_handover") {
    auto* taker = wish.who;
    for (auto& member : staff) {
      if ("示例 " + member.name == answer.text("to.name")) taker = &member.browser;
    }
    slips.push_back({wish.who, taker, answer.text("id")});
  }
  if (route.ends_with("_handover") && route != "write_handover" && route != "look_at_handover") renew(slips);
}

void World::learn_of_imports(const std::string& route, const Wish& wish, const Answer& answer) {
  if (route == "upload_sheet") imports.push_back({wish.who, answer.text("id")});
  if (!route.ends_with("_import") && route != "map_columns") return;
  for (auto& known : imports) {
    if (known.id != answer.text("id")) continue;
    known.version = answer.number("version");
    known.state = answer.text("state");
  }
}

void World::learn_of_devices(const std::string& route, const Wish& wish, const Answer& answer) {
  for (auto& device : devices) {
    const bool its_own = &device.browser == wish.who;
    if (route == "start_pairing" && its_own) {
      device.code = answer.text("code");
      device.secret = answer.text("secret");
    }
    if (route == "collect_pairing" && its_own) device.browser.csrf = answer.text("csrf");
    if (route == "note_seen" && its_own) device.secret.clear();
    if (route == "pair_device" && wish.body.find('"' + device.code + '"') != std::string::npos) {
      device.id = answer.text("id");
      device.version = answer.number("version");
    } else if (wish.path.starts_with("/api/devices/") && answer.text("id") == device.id) {
      device.version = answer.number("version");
    }
  }
}

std::string World::staff_id(const Member& member) {
  auto& known = staff_ids_[member.name];
  if (known.empty()) {
    town.read([&](Snapshot& snapshot, Instant) {
      known = to_string(snapshot.value<StaffId>("select id from staff where username = :username",
                                                {{"username", member.name}}));
    });
  }
  return known;
}

Member* World::whose(const Browser* browser) {
  for (auto& member : staff) {
    if (&member.browser == browser) return &member;
  }
  for (auto* member : {&director, &admin}) {
    if (&member->browser == browser) return member;
  }
  return nullptr;
}

Member* World::at_work() {
  const auto first = any(staff.size());
  for (std::size_t i = 0; i < staff.size(); ++i) {
    auto& member = staff[(first + i) % staff.size()];
    if (member.signed_in()) return &member;
  }
  return nullptr;
}

std::string World::phone_of(const Browser& resident) const {
  return "1390000" + std::to_string(1'000 + (&resident - residents.data()) % 20);
}

void World::send_messages() {
  outbox_->deliver_due();
  if (!manager().signed_in()) return;
  const auto dead = send({&manager().browser, "GET", "/api/outbox/dead?limit=20", ""});
  if (dead.status != 200) return;
  dead_messages.clear();
  for (const auto& message : dead.at("items").as_array())
    dead_messages.emplace_back(message.at("id").as_string());
}

}  // namespace doorstep::testing
