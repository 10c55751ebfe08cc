// A small town with a matter that has every kind of deadline, and what is said of them.
#pragma once

#include "cases/alarms.hpp"
#include "testing/case_fixture.hpp"
#include "testing/permit.hpp"

namespace doorstep::testing {

class DeadlineTest : public CaseTest {
 protected:
  void SetUp() override {
    town.write([](Transaction& tx, Instant at) { put_matter(tx, permit(), at); });
  }

  cases::CaseId open_permit(const std::string& who = "officer1",
                            std::optional<cases::Applicant> applicant = std::nullopt) {
    return open(who, {.matter = "permit",
                      .venue = venue(),
                      .materials_received = {},
                      .applicant = std::move(applicant),
                      .note = std::nullopt});
  }

  // To its next step, by whoever handles it.
  void go(cases::CaseId id, const std::string& to, const std::string& who = "officer1") {
    const auto answer = advance(id, who, read(id, who).number("version"), to);
    EXPECT_EQ(answer.status, 200) << answer.problem();
  }

  // To eight in the morning of a day; what is due by then happens.
  void wake_on(const std::string& day) {
    const auto morning = Zone{"Asia/Shanghai"}.instant_of(*parse_day(day), LocalTime{8 * 60});
    pass(morning - town.instant());
    town.fire_timers();
  }

  // "legal running 2026-12-22 (20)", in order.
  std::vector<std::string> deadlines(cases::CaseId id) {
    std::vector<std::string> said;
    const auto shown = read(id, "manager");
    for (const auto& deadline : shown.at("deadlines").as_array()) {
      auto text =
          std::string{deadline.at("kind").as_string()} + ' ' + std::string{deadline.at("state").as_string()};
      if (!deadline.at("due").is_null()) text += ' ' + std::string{deadline.at("due").as_string()};
      if (deadline.at("provisional").as_bool()) text += '?';
      if (!deadline.at("working_days_left").is_null())
        text += " (" + std::to_string(deadline.at("working_days_left").as_int64()) + ')';
      said.push_back(std::move(text));
    }
    return said;
  }

  // What its history says, without how it was opened.
  std::vector<std::string> history(cases::CaseId id) {
    const auto shown = read(id, "manager");
    auto texts = std::vector<std::string>{};
    for (const auto& entry : shown.at("history").as_array())
      texts.emplace_back(entry.at("text").at("en").as_string());
    texts.erase(texts.begin());
    return texts;
  }

  // "SL-2026-000001 promised, level 1", as they see them.
  std::vector<std::string> alarms(const std::string& who, const std::string& query = "") {
    const auto list = get(who, "/api/desk/alarms" + query);
    EXPECT_EQ(list.status, 200) << list.problem();
    std::vector<std::string> said;
    for (const auto& alarm : list.at("items").as_array())
      said.push_back(std::string{alarm.at("reference").as_string()} + ' ' +
                     std::string{alarm.at("kind").as_string()} + ", level " +
                     std::to_string(alarm.at("level").as_int64()));
    return said;
  }
  std::string here() const { return "?venue=" + town.venue; }
  // The first one that they see.
  std::string alarm(const std::string& who) {
    const auto list = get(who, "/api/desk/alarms" + here());
    return std::string{list.at("items").at(0).at("id").as_string()};
  }
  Answer acknowledge(const std::string& who, const std::string& alarm,
                     const std::string& note = "今天打电话") {
    return post(who, "/api/desk/alarms/" + alarm + "/acknowledge", R"({"note":")" + note + "\"}");
  }

  std::int64_t timers() {
    return value<std::int64_t>("select count(*) from timers where kind = 'case_deadlines'");
  }
};

}  // namespace doorstep::testing
