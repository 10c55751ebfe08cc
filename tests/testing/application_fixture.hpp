// Cases that are asked for from a phone.
#pragma once

#include <boost/json/parse.hpp>

#include "base/json_value.hpp"
#include "cases/answers.hpp"
#include "testing/case_fixture.hpp"
#include "testing/moving.hpp"

namespace doorstep::testing {

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
