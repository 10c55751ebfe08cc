#include "contract/stage.hpp"

#include <chrono>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cases/cases.hpp"
#include "cases/matter.hpp"
#include "journal/outbox.hpp"
#include "network/town_file.hpp"
#include "testing/relief.hpp"
#include "testing/unit_matter.hpp"

namespace doorstep::testing {

namespace {

struct Refusing : Transport {
  Delivery deliver(const Outgoing&) override { return Undeliverable{"nobody there"}; }
};

}  // namespace

Browser& Stage::as(const std::string& who) {
  const auto known = browsers_.find(who);
  if (known != browsers_.end()) return known->second;
  if (who == "resident") return browsers_[who] = town.sign_in_resident("13900000009");
  return browsers_[who] = who == "nobody" ? Browser{} : town.sign_in(who);
}

Answer Stage::send(const std::string& who, const std::string& method, const std::string& path,
                   const std::string& body, const Sent& more) {
  return town.call(as(who), method, path, body, more);
}

Answer Stage::get(const std::string& who, const std::string& path, const Sent& more) {
  return send(who, "GET", path, "", more);
}

Answer Stage::post(const std::string& who, const std::string& path, const std::string& body,
                   const Sent& more) {
  return send(who, "POST", path, body, more);
}

std::string Stage::window(int number, const std::string& rest) const {
  return "/api/windows/" + town.windows.at(static_cast<std::size_t>(number - 1)) + rest;
}

std::string Stage::take(const std::string& service) {
  const auto ticket = town.call("POST", hall("/tickets"), R"({"service":")" + service + "\"}");
  EXPECT_EQ(ticket.status, 201) << ticket.problem();
  return ticket.text("token");
}

void Stage::open(const std::string& who, int number) {
  const auto desk = post(who, window(number, "/open"));
  EXPECT_EQ(desk.status, 200) << desk.problem();
}

std::string Stage::call(const std::string& who, int number) {
  open(who, number);
  auto token = take(number == 3 ? "question" : "transfer");
  const auto desk = post(who, window(number, "/call-next"));
  EXPECT_EQ(desk.status, 200) << desk.problem();
  return token;
}

std::string Stage::serve(const std::string& who, int number) {
  auto token = call(who, number);
  const auto desk = post(who, window(number, "/start"));
  EXPECT_EQ(desk.status, 200) << desk.problem();
  return token;
}

Answer Stage::take_in(const std::string& who, int number, const std::string& more) {
  serve(who, number);
  auto opened =
      post(who, window(number, "/cases"), R"({"matter":"transfer","materials_received":[])" + more + "}");
  EXPECT_EQ(opened.status, 201) << opened.problem();
  return opened;
}

Answer Stage::take_in_relay(const std::string& who, int number) {
  town.write([](Transaction& tx, Instant at) { cases::put_matter(tx, relay_matter(), at); });
  serve(who, number);
  auto opened = post(who, window(number, "/cases"), R"({"matter":"relay","materials_received":[]})");
  EXPECT_EQ(opened.status, 201) << opened.problem();
  return opened;
}

std::string Stage::inquiry() {
  const auto logged =
      post("officer1", "/api/desk/inquiries",
           R"({"venue":")" + town.venue + R"(","matter":"transfer","question":"几天","answer":"五天"})");
  EXPECT_EQ(logged.status, 201) << logged.problem();
  return logged.text("id");
}

std::string Stage::case_path(const Answer& taken_in, const std::string& rest) {
  return "/api/desk/cases/" + taken_in.text("id") + rest;
}

std::string Stage::step(const std::string& to) {
  return R"({"to":")" + to + '"' +
         (to == "refused" ? R"(,"refusal":{"reason":"示例","remedy":"示例"})" : "") + "}";
}

std::string Stage::relief_case(const std::string& more) {
  town.write([](Transaction& tx, Instant at) { cases::put_matter(tx, relief(), at); });
  serve("officer1", 1);
  const auto opened =
      post("officer1", window(1, "/cases"), R"({"matter":"relief","materials_received":[])" + more + "}");
  EXPECT_EQ(opened.status, 201) << opened.problem();
  EXPECT_EQ(post("officer1", window(1, "/finish")).status, 200);
  return opened.text("id");
}

Answer Stage::act(const std::string& who, const std::string& case_id, const std::string& rest,
                  const std::string& body) {
  const auto path = "/api/desk/cases/" + case_id;
  const auto shown = get("manager", path);
  return post(who, path + rest, body, if_match(shown.status == 200 ? shown.number("version") : 1));
}

std::string Stage::person(const std::string& body) {
  const auto recorded = post("officer1", "/api/people", body);
  EXPECT_EQ(recorded.status, 201) << recorded.problem();
  return recorded.text("id");
}

Answer Stage::link_phone(const std::string& person_id, const std::string& phone) {
  const auto code = town.new_code_for(phone);
  town.pass(std::chrono::minutes{1});  // the next one may be asked for
  return post("officer1", "/api/people/" + person_id + "/phones",
              R"({"phone":")" + phone + R"(","code":")" + code + "\"}");
}

std::string Stage::staff(const std::string& username) {
  return get(username, "/api/session").text("staff.id");
}

std::string Stage::grant(const std::string& staff_id) {
  const auto given = post("admin", "/api/grants",
                          R"({"staff":")" + staff_id + R"(","role":"station_keeper","organisation":")" +
                              town.organisation + "\"}");
  EXPECT_EQ(given.status, 201) << given.problem();
  return given.text("id");
}

std::string Stage::community() {
  const auto code = "31011410210" + std::to_string(++communities_);
  town.write([&](Transaction& tx, Instant) { network::put_communities(tx, {{code, "示例社区"}}); });
  const auto branch = post(
      "admin", "/api/organisations",
      R"({"kind":"branch","parent":")" + town.organisation + R"(","name":{"zh":"示例支部","en":"Sample"}})");
  const auto named = send("admin", "PATCH", "/api/communities/" + code,
                          R"({"branch":")" + branch.text("id") + "\"}", if_match(1));
  EXPECT_EQ(named.status, 200) << named.problem();
  return code;
}

std::string Stage::houses(const std::string& community, const std::string& street) {
  const auto made =
      post("admin", "/api/communities/" + community + "/addresses", R"({"street":")" + street + "\"}");
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

std::string Stage::post_held_by(const std::string& username) {
  const auto id = post("manager", "/api/venues/" + town.venue + "/posts",
                       R"({"name":{"zh":"综合窗口","en":"General window"}})")
                      .text("id");
  const auto appointed =
      post("manager", "/api/posts/" + id + "/holders", R"({"role":"a","staff":")" + staff(username) + "\"}");
  EXPECT_EQ(appointed.status, 200) << appointed.problem();
  return id;
}

std::string Stage::absence_of(const std::string& username) {
  const auto made =
      post(username, "/api/absences", R"({"kind":"planned","from":"2027-01-05","until":"2027-01-05"})");
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("absence.id");
}

std::string Stage::slip(const std::string& from, const std::string& post_id, const std::string& to) {
  const auto made = post(from, "/api/posts/" + post_id + "/handovers",
                         R"({"to":")" + staff(to) + R"(","note":"在办的事"})");
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

std::string Stage::alarm(const std::string& who, int number) {
  const auto late = take_in(who, number).text("id");
  post(who, window(number, "/finish"));
  town.write([&](Transaction& tx, Instant at) {
    tx.run("update case_deadlines set due = '2026-11-23', next_on = '2026-11-24' where case_id = :case",
           {{"case", *parse_id<cases::CaseTag>(late)}});
    tx.set_timer("case_deadlines", late, at);
  });
  town.fire_timers();
  const auto list = get(who, "/api/desk/alarms?limit=100&venue=" + town.venue);
  return std::string{list.at("items").as_array().back().at("id").as_string()};
}

std::string Stage::dead_message() {
  town.write([](Transaction& tx, Instant at) {
    tx.send({.channel = Channel::phone,
             .recipient = "13800000000",
             .subject = "subject",
             .body = "body",
             .deliver_before = {}},
            at);
  });
  OutboxRunner::Transports transports;
  transports.emplace(Channel::phone, std::make_unique<Refusing>());
  OutboxRunner{town.journal(), std::move(transports)}.deliver_due();
  const auto dead = get("manager", "/api/outbox/dead");
  return std::string{dead.at("items").as_array().at(0).at("id").as_string()};
}

Sent if_match(std::int64_t version) {
  return {.headers = {{"if-match", '"' + std::to_string(version) + '"'}}};
}

bool Ear::send(std::shared_ptr<const std::string> chunk) {
  {
    const std::lock_guard lock{mutex_};
    if (closed_) return false;
    chunks_.push_back(*chunk);
  }
  more_.notify_all();
  return true;
}

std::vector<std::string> Ear::heard(std::size_t count) {
  std::unique_lock lock{mutex_};
  more_.wait_for(lock, std::chrono::seconds{20}, [&] { return chunks_.size() >= count; });
  EXPECT_GE(chunks_.size(), count) << "the stream is silent";
  return chunks_;
}

}  // namespace doorstep::testing
