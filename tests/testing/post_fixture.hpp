// A post at the small town's venue, held by officer1 (A) and officer2 (B). It is Tuesday, 2026-11-24.
#pragma once

#include "testing/hall_fixture.hpp"

namespace doorstep::network {

class PostTest : public testing::HallTest {
 protected:
  using Answer = testing::Answer;

  std::string staff(const std::string& username) {
    return to_string(StaffId{
        value<std::int64_t>("select id from staff where username = :username", {{"username", username}})});
  }
  Answer record(const std::string& who = "manager") {
    return post(who, "/api/venues/" + town.venue + "/posts",
                R"({"name":{"zh":"综合窗口","en":"General window"}})");
  }
  Answer appoint(const std::string& id, const std::string& role, const std::string& username,
                 const std::string& more = "", const std::string& who = "manager") {
    const auto named = username.empty() ? "null" : '"' + staff(username) + '"';
    return post(who, "/api/posts/" + id + "/holders",
                R"({"role":")" + role + R"(","staff":)" + named + more + "}");
  }
  std::string held_post() {
    const auto id = record().text("id");
    EXPECT_EQ(appoint(id, "a", "officer1").problem(), "");
    EXPECT_EQ(appoint(id, "b", "officer2").problem(), "");
    return id;
  }
  Answer away(const std::string& who, const std::string& from, const std::string& until,
              const std::string& more = "", const std::string& kind = "planned") {
    return post(who, "/api/absences",
                R"({"kind":")" + kind + R"(","from":")" + from + R"(","until":")" + until + '"' + more + "}");
  }
  // "officer2 b", or "nobody".
  static std::string duty(const boost::json::value& on_duty) {
    if (on_duty.is_null()) return "nobody";
    const std::string name{on_duty.at("staff").at("name").as_string()};
    return name.substr(name.find(' ') + 1) + ' ' + std::string{on_duty.at("by").as_string()};
  }
  // The first post's days, from today.
  std::vector<std::string> board(const std::string& terms = "?days=3") {
    std::vector<std::string> days;
    const auto list = get("officer3", "/api/venues/" + town.venue + "/roster" + terms);
    for (const auto& each : list.at("items").at(0).at("days").as_array())
      days.push_back(each.at("open").as_bool() ? duty(each.at("on_duty")) : "closed");
    return days;
  }
};

}  // namespace doorstep::network
