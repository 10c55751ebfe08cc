// What a row states of its cost is what its worst case measures, to the statement: an overdrawn cost fails
// every test, and here one that states more than it needs.
#include "contract/costs.hpp"

#include <gmock/gmock.h>

#include "cases/matter.hpp"
#include "hall/hall_file.hpp"
#include "identity/acting.hpp"
#include "identity/resident.hpp"
#include "network/town_file.hpp"
#include "testing/app_codes.hpp"
#include "testing/software_authenticator.hpp"

namespace doorstep::testing {

namespace {

// A matter with as many materials as one may hand in at once.
cases::MatterDefinition heavy_matter() {
  using cases::Phase;
  cases::MatterDefinition matter{
      .key = "heavy",
      .name = {"重", "Heavy"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials = {},
      .steps = {{"taken_in", {"收", "In"}, {"窗", "W"}, Phase::submitted, {"done"}},
                {"done", {"办", "Done"}, {"窗", "W"}, Phase::done, {}}},
      .advice = {},
      .source = {"示例", "Sample"},
      .declaration = Text{"示例", "Sample"}};
  for (int i = 0; i < 50; ++i)
    matter.materials.push_back({"m" + std::to_string(i), {"料", "M"}, {"", ""}, false});
  return matter;
}

class CostsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  CostsTest() : stage(GetParam()) {}

  // As many halls as a town's first page shows, one of them with as many lines as a window may serve.
  void grow() {
    stage.town.write([&](Transaction& tx, Instant at) {
      cases::put_matter(tx, heavy_matter(), at);
      hall::HallFile big{.key = "hall", .venue = "centre", .groups = {}, .services = {}, .windows = {}};
      for (char letter = 'A'; letter <= 'Z'; ++letter) {
        const std::string prefix(1, letter);
        big.groups.push_back({prefix, {"队", "Line"}});
        big.services.push_back(
            {"s" + prefix, prefix, std::nullopt, {"事", "Service"}, {"", ""}, std::nullopt});
      }
      const auto venue = *parse_id<VenueTag>(stage.town.venue);
      big.services.push_back({"transfer", "A", "transfer", {"转入", "In"}, {"", ""}, std::nullopt});
      for (int number = 1; number <= 3; ++number) big.windows.push_back({number, {"窗", "W"}, {"A", "B"}});
      hall::put_hall(tx, big, venue);
      for (int i = 1; i < 20; ++i) {
        big.key = "hall" + std::to_string(i);
        hall::put_hall(tx, big, venue);
      }
    });
  }

  // Each route in the case that asks most of it.
  void play_worst_cases() {
    leave_somebody_away(stage);
    const auto post = [&](const std::string& who, const std::string& path, const std::string& body = "",
                          const Sent& more = {}) {
      const auto answer = stage.post(who, path, body, more);
      EXPECT_LT(answer.status, 300) << path << ' ' << answer.problem();
      return answer;
    };
    stage.post("nobody", "/api/session", R"({"username":"officer1","password":"wrong"})");
    stage.get("officer1", "/api/session");
    stage.get("nobody", "/api/town");
    stage.get("nobody", stage.hall());
    stage.get("nobody", stage.hall("/services"));

    stage.open("officer1", 2);
    stage.take_in("officer1", 1);  // which closes the other one
    post("officer1", stage.window(1, "/finish"));
    const auto ticket = stage.take();
    stage.get("nobody", "/api/tickets/" + ticket);
    post("officer1", stage.window(1, "/call-next"));
    post("officer1", stage.window(1, "/recall"));
    post("officer1", stage.window(1, "/start"));
    stage.get("nobody", "/api/tickets/" + ticket);
    const auto taken_in = post("officer1", stage.window(1, "/cases"),
                               R"({"matter":"heavy","applicant":{"name":"A","phone":"123"},"note":"n",)"
                               R"("materials_received":[)" +
                                   all_materials() + "]}");
    stage.get("officer1", stage.window(1));
    stage.get("nobody", stage.hall("/queue"));
    stage.get("nobody", "/api/front");
    stage.get("officer1", stage.hall("/windows"));
    stage.get("nobody", "/api/tickets/" + ticket);
    stage.get("nobody", "/api/cases/" + taken_in.text("token"));
    post("manager", stage.window(1, "/close"));  // the ticket goes back to its line, with its case
    stage.open("officer1", 1);
    post("officer1", stage.window(1, "/call-next"));
    post("officer1", stage.window(1, "/recall"));
    post("officer1", stage.window(1, "/start"));
    post("officer1", Stage::case_path(taken_in, "/applicant"), R"({"purpose":"p"})");
    post("officer2", Stage::case_path(taken_in, "/accept"), "", if_match(1));
    stage.get("officer1", Stage::case_path(taken_in));
    stage.get("nobody", "/api/cases/" + taken_in.text("token"));
    post("officer2", Stage::case_path(taken_in, "/advance"), Stage::step("done"), if_match(2));
    stage.get("officer1", "/api/desk/cases?venue=" + stage.town.venue);
    post("officer1", stage.window(1, "/finish"));

    play_case_people(stage);
    stage.call("officer1", 1);
    post("officer1", stage.window(1, "/missed"));
    post("officer1", stage.window(1, "/pause"));
    std::string lines;
    for (char letter = 'A'; letter <= 'Z'; ++letter)
      lines += std::string(lines.empty() ? "\"" : ",\"") + letter + '"';
    const auto window = stage.get("officer1", stage.window(1));
    const auto edited = stage.send("manager", "PATCH", stage.window(1), R"({"groups":[)" + lines + "]}",
                                   if_match(window.number("window.version")));
    EXPECT_EQ(edited.status, 200) << edited.problem();
    stage.call("officer1", 1);
    post("manager", stage.window(1, "/close"));  // with the ticket in hand, which goes back to the line
    post("nobody", "/api/tickets/" + stage.take() + "/cancel");
    const auto dead = stage.dead_message();
    post("manager", "/api/outbox/" + dead + "/retry");
    std::string many_letters;
    for (char letter = 'a'; letter <= 'z'; ++letter) many_letters += std::string{letter} + "x";
    const auto everything = [&](const std::string& number,
                                const std::string& rest = R"("birth_date":"1948-03-07","address":"A")") {
      return R"({"name":")" + many_letters + R"(","phone":"13900000001","identity_number":")" + number +
             "\"," + rest + "}";
    };
    const std::string take_the_rest_away = R"("birth_date":null,"address":null)";
    const auto person = post("officer1", "/api/people", everything("000000194803070028")).text("id");
    post("officer1", "/api/people/find", R"({"name":"axb","purpose":"p"})");
    post("officer1", "/api/people/" + person + "/look", R"({"purpose":"p"})");
    post("auditor", "/api/audit/read",
         R"({"person":")" + person +
             R"(","before":"2030-01-01T00:00:00Z","since":"2020-01-01T00:00:00Z","purpose":"p"})");
    play_affiliations(stage, person);
    const auto corrected = stage.send("officer1", "PATCH", "/api/people/" + person,
                                      everything("000000195206150032", take_the_rest_away), if_match(3));
    EXPECT_EQ(corrected.status, 200) << corrected.problem();
    play_merges();
    play_mandates();
    play_residents(person, everything("", take_the_rest_away));
    play_export(stage);
    play_city_accounts(stage);
    play_deadlines(stage);
    play_network();
    play_posts(stage);
    play_intake(stage);
    play_second_factor();
    play_venues();
    play_imports(stage);
    play_devices(stage);
    play_addresses(stage);
    play_calendar(stage);
    play_grids(stage);
    play_sheets(stage);
    play_past_activities(stage);
    play_applications(stage);
    play_attachments(stage);
    play_ratings(stage);
    play_trips(stage);
    play_systems(stage);
    play_matters(stage);
    stage.get("nobody", "/api/events?topics=hall:" + stage.town.hall);
    stage.send("officer1", "DELETE", "/api/session");
  }

  // Somebody with a phone and a record of their own below them is merged, and taken out again.
  void play_merges() {
    const auto merge = [&](const std::string& from, const std::string& into, int version) {
      return stage.post("officer1", "/api/people/" + from + "/merge",
                        R"({"into":")" + into + R"(","into_version":1,"reason":"other"})", if_match(version));
    };
    const auto one = stage.person(), other = stage.person(), third = stage.person();
    EXPECT_EQ(merge(one, other, 1).status, 200);
    EXPECT_EQ(merge(other, third, 2).status, 200);
    stage.post("officer1", "/api/people/" + one + "/merges", R"({"purpose":"p"})");
    const auto apart = stage.post("officer1", "/api/people/" + other + "/unmerge", "", if_match(3));
    EXPECT_EQ(apart.status, 200) << apart.problem();
  }

  // All that one may hold is given, and one more by phone; then all of it ends at once.
  void play_mandates() {
    auto& town = stage.town;
    const std::string until = R"("until":"2027-06-30T00:00:00Z")";
    const std::string phone = "13900000021", other = "13900000022";
    const auto somebody = [](const std::string& number) {
      return R"({"name":"示例","phone":")" + number + "\"}";
    };
    const auto give = [&](const std::string& person, const std::string& agent, const std::string& how) {
      const auto given = stage.post("officer1", "/api/people/" + person + "/mandates",
                                    R"({"agent":")" + agent + "\"," + how + "," + until + "}");
      EXPECT_EQ(given.status, 201) << given.problem();
      return given.text("id");
    };
    const auto agent =
        stage.person(R"({"name":"示例","phone":"13900000021","identity_number":"000000198811200046"})");
    const auto giver =
        stage.person(R"({"name":"示例","phone":"13900000022","identity_number":"000000194803070028"})");
    const auto twin = stage.person();
    EXPECT_EQ(stage.link_phone(agent, phone).status, 204);
    EXPECT_EQ(stage.link_phone(giver, other).status, 204);
    auto hers = town.sign_in_resident(phone);
    auto theirs = town.sign_in_resident(other);
    const auto mine = [&](Browser& who, const std::string& method, const std::string& rest,
                          const std::string& body = "") {
      const auto answer = town.call(who, method, "/api/my/people/" + rest, body);
      EXPECT_LT(answer.status, 300) << rest << ' ' << answer.problem();
      return answer;
    };
    town.pass(identity::between_codes);
    const auto merged =
        stage.post("officer1", "/api/people/" + twin + "/merge",
                   R"({"into":")" + agent + R"(","into_version":1,"reason":"other"})", if_match(1));
    EXPECT_EQ(merged.status, 200) << merged.problem();
    const auto offered = mine(theirs, "POST", giver + "/mandates",
                              R"({"phone":")" + phone + R"(","last_four":"0046",)" + until + "}");
    mine(hers, "POST", agent + "/mandates/" + offered.text("id") + "/accept");
    mine(hers, "GET", agent + "/mandates");
    stage.post("officer1", "/api/people/" + agent + "/mandates/look", R"({"purpose":"p"})");
    mine(hers, "POST", agent + "/mandates/" + offered.text("id") + "/end");
    // Somebody gave a wrong code before.
    EXPECT_EQ(stage
                  .post("officer1", "/api/people/" + giver + "/mandates",
                        R"({"agent":")" + agent + R"(","consent":"code","code":"1",)" + until + "}")
                  .problem(),
              "wrong_code");
    const auto code = town.new_code_for(other);
    const auto by_code = give(giver, agent, R"("consent":"code","code":")" + code + '"');
    EXPECT_EQ(stage.post("officer1", "/api/people/" + giver + "/mandates/" + by_code + "/end").status, 200);
    for (int round = 0; round < 2; ++round) {
      for (std::int64_t i = 0; i < identity::mandates_held_most; ++i)
        give(stage.person(somebody("1390000003" + std::to_string(i))), agent, R"("consent":"in_person")");
      give(agent, giver, R"("consent":"in_person")");
      if (round == 1) break;
      const auto apart = stage.post("officer1", "/api/people/" + twin + "/unmerge", "", if_match(2));
      EXPECT_EQ(apart.status, 200) << apart.problem();
    }
    mine(hers, "POST", agent + "/export");
    mine(hers, "POST", agent + "/erase");
    const auto last = stage.person();
    for (std::int64_t i = 0; i < identity::mandates_held_most; ++i)
      give(stage.person(somebody("1390000004" + std::to_string(i))), last, R"("consent":"in_person")");
    const auto erased =
        stage.post("manager", "/api/people/" + last + "/erase", R"({"purpose":"p"})", if_match(1));
    EXPECT_EQ(erased.status, 200) << erased.problem();
  }

  // One on record is claimed by a phone that was not used for long, corrects all, and is erased.
  void play_residents(const std::string& person, std::string everything) {
    auto& town = stage.town;
    const std::string phone = "13900000001", other = "13900000002";
    const auto number = everything.find(R"("identity_number":"",)");
    everything.erase(number, std::string_view{R"("identity_number":"",)"}.size());
    const auto unused = [&](const std::string& whose) {
      town.write(
          [&](Transaction& tx, Instant at) { identity::resident_of(tx, whose, at - identity::unused_time); });
    };
    // The phone on record is another one, and is told; a wrong code was given before.
    unused(other);
    const auto code = town.new_code_for(other);
    const auto path = "/api/people/" + person + "/phones";
    EXPECT_EQ(stage.post("officer1", path, R"({"phone":")" + other + R"(","code":"1"})").problem(),
              "wrong_code");
    const auto linked =
        stage.post("officer1", path, R"({"phone":")" + other + R"(","code":")" + code + "\"}");
    EXPECT_EQ(linked.status, 204) << linked.problem();
    EXPECT_EQ(stage.post("officer1", path + "/end").status, 204);
    unused(phone);
    const auto wrong = town.call("POST", "/api/my/session", R"({"phone":")" + phone + R"(","code":"1"})");
    EXPECT_EQ(wrong.problem(), "wrong_code");
    town.pass(identity::between_codes);
    auto resident = town.sign_in_resident(phone);
    const auto mine = [&](const std::string& method, const std::string& rest, const std::string& body = "",
                          const Sent& more = {}) {
      const auto answer = town.call(resident, method, "/api/my" + rest, body, more);
      EXPECT_LT(answer.status, 300) << rest << ' ' << answer.problem();
      return answer;
    };
    mine("GET", "/session");
    const auto places = mine("GET", "/session/all");
    const std::string place{places.at("items").as_array().at(0).at("id").as_string()};
    mine("POST", "/session/others/end");
    mine("POST", "/people", R"({"name":"示例"})");
    std::string many_letters;
    for (char letter = 'a'; letter <= 'z'; ++letter) many_letters += std::string{letter} + "y";
    mine("POST", "/people", R"({"name":")" + many_letters + "\"}");
    const auto nobody =
        town.call(resident, "POST", "/api/my/people", R"({"name":"示例","last_four":"1234"})");
    EXPECT_EQ(nobody.problem(), "not_on_record");
    mine("GET", "/people");
    std::string name;
    for (char letter = 'a'; letter <= 'z'; ++letter) name += std::string{letter} + "x";
    const auto claimed = mine("POST", "/people", R"({"name":")" + name + R"(","last_four":"0032"})");
    EXPECT_EQ(claimed.text("id"), person);
    mine("PATCH", "/people/" + person, everything, if_match(4));
    const auto self = mine("POST", "/people", R"({"name":"示例 乙"})").text("id");
    mine("POST", "/people/" + self + "/look");
    mine("GET", "/people/" + self + "/looks");
    const auto twice =
        stage.post("officer1", "/api/people/" + stage.person() + "/merge",
                   R"({"into":")" + self + R"(","into_version":1,"reason":"said_anew"})", if_match(1));
    EXPECT_EQ(twice.status, 200) << twice.problem();
    mine("POST", "/people/" + self + "/export");
    mine("POST", "/people/" + self + "/erase");
    const auto erased =
        stage.post("manager", "/api/people/" + person + "/erase", R"({"purpose":"p"})", if_match(5));
    EXPECT_EQ(erased.status, 200) << erased.problem();
    mine("DELETE", "/session");
    town.pass(identity::between_codes);
    resident = town.sign_in_resident(phone);
    mine("POST", "/session/all/" + place + "/end");
  }

  void play_network() {
    const auto post = [&](const std::string& path, const std::string& body, const Sent& more = {}) {
      const auto answer = stage.post("admin", path, body, more);
      EXPECT_LT(answer.status, 300) << path << ' ' << answer.problem();
      return answer;
    };
    const auto branch =
        post("/api/organisations", R"({"kind":"branch","parent":")" + stage.town.organisation +
                                       R"(","name":{"zh":"示例","en":"Sample"}})");
    const auto path = "/api/organisations/" + branch.text("id");
    stage.get("officer1", path);
    stage.get("officer1", stage.organisation("/venues"));
    stage.get("officer1", "/api/organisations?parent=" + stage.town.organisation);
    const auto root = stage.get("officer1", stage.organisation()).text("parent");
    const auto moved = stage.send("admin", "PATCH", path, R"({"parent":")" + root + "\"}", if_match(1));
    EXPECT_EQ(moved.status, 200) << moved.problem();
    post(path + "/end", "", if_match(2));
    stage.get("manager", "/api/staff");
    stage.get("admin", "/api/grants?venue=" + stage.town.venue);
    post("/api/grants", R"({"staff":")" + stage.staff("officer1") + R"(","role":"auditor","organisation":")" +
                            stage.town.organisation + "\"}");
    const auto second =
        post("/api/grants", R"({"staff":")" + stage.staff("officer1") + R"(","role":"administrator"})");
    post("/api/grants/" + second.text("id") + "/end", "");
    const auto colleague =
        post("/api/staff", R"({"username":"new","name":"示例","post":{"zh":"岗位","en":"Post"},)"
                           R"("password":"window-and-door"})")
            .text("id");
    post("/api/grants", R"({"staff":")" + colleague + R"(","role":"administrator"})");
    post("/api/staff/" + colleague + "/password", R"({"password":"window-and-door"})");
    post("/api/staff/" + colleague + "/end", "");
    const auto sessions = stage.get("admin", "/api/session/all");
    stage.post("nobody", "/api/session", R"({"username":"admin","password":"wrong"})");
    post("/api/session/password", R"({"old_password":"window-and-door","password":"window-and-door"})");
    const std::string session{sessions.at("items").as_array().at(0).at("id").as_string()};
    post("/api/session/all/" + session + "/end", "");
  }

  // A wrong password was given before each of what forgets it.
  void play_second_factor() {
    const std::string own = "/api/session/second-factor", password = R"("password":"window-and-door")";
    const auto mistype = [&] {
      auto browser = stage.town.somewhere();
      stage.town.call(browser, "POST", "/api/session", R"({"username":"officer3","password":"wrong"})");
    };
    const auto post = [&](const std::string& path, const std::string& body) {
      auto answer = stage.post("officer3", path, body);
      EXPECT_LT(answer.status, 300) << path << ' ' << answer.problem();
      return answer;
    };
    stage.as("officer3");
    mistype();
    const auto secret = post(own, "{" + password + "}").text("secret");
    const auto code = app_code(secret, stage.town.instant());
    const auto recovery = post(own + "/confirm", R"({"code":")" + code + "\"}").at("codes").as_array();
    stage.get("officer3", own);
    mistype();
    auto browser = stage.town.somewhere();
    const auto next = app_code(secret, stage.town.instant(), 1);
    const auto in = stage.town.call(browser, "POST", "/api/session",
                                    R"({"username":"officer3",)" + password + R"(,"code":")" + next + "\"}");
    EXPECT_EQ(in.status, 200) << in.problem();
    play_passkeys(secret, mistype);
    mistype();
    post(own + "/end", "{" + password + R"(,"code":")" + std::string{recovery.at(0).as_string()} + "\"}");
    stage.forget("admin");  // whose session has ended on the way
    const auto path = "/api/staff/" + stage.staff("officer3") + "/second-factor/end";
    EXPECT_EQ(stage.post("admin", path).status, 204);
  }

  void play_passkeys(const std::string& secret, const std::function<void()>& mistype) {
    const std::string own = "/api/session/passkeys";
    stage.town.pass(std::chrono::minutes{1});
    mistype();
    const auto code = app_code(secret, stage.town.instant());
    const auto begun = stage.post("officer3", own + "/challenge",
                                  R"({"password":"window-and-door","code":")" + code + "\"}");
    SoftwareAuthenticator key;
    key.user = begun.text("user");
    const auto made =
        stage.post("officer3", own, R"({"name":"示例",)" + key.make(begun.text("challenge")).json() + "}");
    EXPECT_EQ(made.status, 201) << made.problem();
    auto browser = stage.town.somewhere();
    const auto given = stage.town.call(browser, "POST", "/api/session/passkey/challenge");
    const auto in =
        stage.town.call(browser, "POST", "/api/session/passkey", key.sign(given.text("challenge")).json());
    EXPECT_EQ(in.status, 200) << in.problem();
    stage.get("officer3", own);
    EXPECT_EQ(stage.post("officer3", own + "/" + made.text("id") + "/end").status, 204);
  }

  void play_venues() {
    stage.forget("admin");  // who ended their own session
    const auto send = [&](const std::string& method, const std::string& path, const std::string& body,
                          const Sent& more = {}) {
      const auto answer = stage.send("admin", method, path, body, more);
      EXPECT_LT(answer.status, 300) << method << ' ' << path << ' ' << answer.problem();
      return answer;
    };
    stage.town.write(
        [](Transaction& tx, Instant) { network::put_communities(tx, {{"310114102001", "示例社区"}}); });
    const auto root = stage.get("officer1", stage.organisation()).text("parent");
    const auto venue =
        send(
            "POST", "/api/venues",
            R"({"kind":"station","name":{"zh":"站","en":"S"},"named_since":"2020-01-01","address":{"zh":"路","en":"R"},)"
            R"("organisation":")" +
                stage.town.organisation +
                R"(","community":"310114102001","place":{"latitude":31.29,"longitude":121.31}})")
            .text("id");
    const auto path = "/api/venues/" + venue;
    send("PATCH", path,
         R"({"name":{"zh":"新","en":"N"},"community":"310114102001","organisation":")" + root + "\"}",
         if_match(1));
    send("POST", path + "/names", R"({"name":{"zh":"更新","en":"Newer"}})", if_match(2));
    send("POST", path + "/functions", R"({"function":"warm_station"})");
    send("POST", path + "/functions", R"({"function":"park","since":"2026-01-01"})");
    send("POST", path + "/functions/end", R"({"function":"park"})");
    std::string hours, openings;
    for (int hour = 1; hour <= 12; ++hour) {
      const auto from = (hour < 10 ? "0" : "") + std::to_string(hour);
      const auto span = R"("opens":")" + from + R"(:00","closes":")" + from + R"(:30")";
      hours += (hours.empty() ? "" : ",") + (R"({"days":[1,2,3,4,5,6,7],)" + span + "}");
      if (hour <= 8) openings += (openings.empty() ? "" : ",") + ("{" + span + "}");
    }
    send("PUT", path + "/hours", R"({"hours":[)" + hours + "]}",
         if_match(stage.get("nobody", path).number("listing.venue.version")));
    send("PUT", path + "/exceptions/2026-12-24",
         R"({"closed":false,"openings":[)" + openings + R"(],"note":{"zh":"示例","en":"Sample"}})");
    const auto room =
        "/api/rooms/" + send("POST", path + "/rooms", R"({"name":{"zh":"室","en":"R"}})").text("id");
    send("PATCH", room, R"({"seats":20})", if_match(1));
    stage.get("nobody", path);
    stage.get("nobody", "/api/venues?kind=station&function=warm_station&community=310114102001");
    stage.get("nobody", "/api/venues/nearest?latitude=31.29&longitude=121.31&closed_too=true");
    send("DELETE", path + "/exceptions/2026-12-24", "");
    send("POST", room + "/end", "", if_match(2));
    send("POST", path + "/end", "", if_match(stage.get("nobody", path).number("listing.venue.version")));
  }

  Stage stage;
};

TEST_P(CostsTest, AreStatedAsTheWorstCaseMeasures) {
  grow();
  play_worst_cases();
  const auto costs = stage.town.costs();
  for (const auto& route : stage.town.api().routes()) {
    const auto measured = costs.find(route->name);
    if (measured == costs.end()) {
      ADD_FAILURE() << route->name << " was not played: add its worst case to play_worst_cases()";
      continue;
    }
    EXPECT_EQ(route->rules.queries, measured->second) << route->name;
  }
}

}  // namespace

std::string all_materials() {
  std::string list;
  for (int i = 0; i < 50; ++i) list += (list.empty() ? "\"m" : ",\"m") + std::to_string(i) + '"';
  return list;
}

DOORSTEP_ON_ALL_ENGINES(CostsTest);

}  // namespace doorstep::testing
