// A matter that is asked for from a phone: one question of the pre-check and a form of two.
#pragma once

#include <boost/json/parse.hpp>

#include "base/json_value.hpp"
#include "cases/answers.hpp"
#include "testing/case_fixture.hpp"

namespace doorstep::testing {

inline cases::MatterDefinition moving() {
  using cases::Phase;
  return {
      .key = "moving",
      .name = {"转入", "Moving"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials = {},
      .steps = {{"taken_in", {"收下", "Taken in"}, {"窗口", "Window"}, Phase::submitted, {"done"}},
                {"done", {"办结", "Done"}, {"窗口", "Window"}, Phase::done, {}}},
      .advice = {},
      .source = {"示例", "Sample"},
      .questions = {{{"from",
                      {"从哪里来", "Where from"},
                      {},
                      {{"near", {"本市", "This city"}}, {"far", {"外省市", "Elsewhere"}}}}}},
      .form = {{{.key = "valid_until",
                 .kind = cases::FieldKind::day,
                 .ask = {"介绍信到哪天", "Until when the letter is valid"},
                 .when = std::vector<cases::Condition>{{"from", {"far"}}},
                 .refused_once_past = "expired"},
                {.key = "file_checked",
                 .kind = cases::FieldKind::yes_no,
                 .ask = {"档案核对过吗", "Has the file been checked?"},
                 .optional = true}}},
      .refusals = {
          {{"expired", {"介绍信过期了", "The letter has expired"}, {"请重新开一封", "Ask for a new one"}}}}};
}

class ApplicationTest : public CaseTest {
 protected:
  void SetUp() override {
    CaseTest::SetUp();
    town.write([](Transaction& tx, Instant at) { put_matter(tx, moving(), at); });
  }

  Answer apply_from(Browser& browser, const cases::Answers& answers = {{"from", "near"}},
                    const std::string& matter = "moving", const std::string& venue = "") {
    const boost::json::value body{
        {"venue", venue.empty() ? town.venue : venue},
        {"applicant", {{"name", "示例 王秀英"}, {"phone", "13900000000"}}},
        {"answers", boost::json::parse(write_json(answers))},
    };
    return town.call(browser, "POST", "/api/matters/" + matter + "/cases", boost::json::serialize(body));
  }
  Answer apply(const cases::Answers& answers = {{"from", "near"}}, const std::string& matter = "moving",
               const std::string& venue = "") {
    Browser browser;
    return apply_from(browser, answers, matter, venue);
  }
  cases::CaseId case_of(const Answer& sent) {
    return cases::CaseId{value<std::int64_t>("select id from cases where reference = :reference",
                                             {{"reference", sent.text("opened.reference")}})};
  }
  // From today on, its A role.
  void hold_a_post(const std::string& who) {
    const auto id = value<std::int64_t>("select id from staff where username = :name", {{"name", who}});
    const auto made = post("manager", "/api/venues/" + town.venue + "/posts",
                           R"({"name":{"zh":"综合窗口","en":"General window"}})");
    EXPECT_EQ(post("manager", "/api/posts/" + made.text("id") + "/holders",
                   R"({"role":"a","staff":")" + to_string(StaffId{id}) + "\"}")
                  .problem(),
              "");
  }
};

}  // namespace doorstep::testing
