// A question is logged with its answer, and becomes a case of whoever was asked when more is to be done.
#include "cases/inquiry.hpp"

#include <array>
#include <thread>

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Inquiries : public testing::CaseTest {
 protected:
  Answer log(const std::string& who, const std::string& more = "", const std::string& at = "") {
    return post(who, "/api/desk/inquiries",
                R"({"venue":")" + (at.empty() ? town.venue : at) +
                    R"(","question":"示例 王秀英问转入要几天","answer":"告知五个工作日")" + more + "}");
  }
  std::string listed(const std::string& more = "") {
    return "/api/desk/inquiries?venue=" + town.venue + more;
  }
  Answer become(const std::string& who, const std::string& id, const std::string& more = "") {
    return post(who, "/api/desk/inquiries/" + id + "/case",
                R"({"matter":"transfer","materials_received":[])" + more + "}");
  }
  Answer look(const std::string& who, const std::string& id) {
    return post(who, "/api/desk/inquiries/" + id + "/text");
  }
};

TEST_P(Inquiries, AreLoggedWithTheirAnswer) {
  const auto logged = log("officer1", R"(,"matter":"transfer")");
  EXPECT_EQ(logged.status, 201);
  EXPECT_EQ(logged.text("staff.name"), "示例 officer1");
  EXPECT_EQ(logged.text("matter.name.en"), "Transfer in");
  EXPECT_EQ(logged.text("outcome"), "answered");
  EXPECT_TRUE(logged.at("opened_case").is_null());
  EXPECT_TRUE(log("officer1").at("matter").is_null()) << "not everything has to do with a matter";
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 0);
}

TEST_P(Inquiries, AreLoggedOnlyWhereOneServesAndWithSomethingSaid) {
  EXPECT_EQ(log("nobody").problem(), "not_signed_in");
  for (const auto* who : {"greeter", "elsewhere", "auditor"})
    EXPECT_EQ(log(who).problem(), "not_allowed") << who;
  EXPECT_EQ(log("officer1", R"(,"matter":"flying")").problem(), "no_such_matter");
  const auto nothing = post("officer1", "/api/desk/inquiries",
                            R"({"venue":")" + town.venue + R"(","question":"","answer":"a"})");
  EXPECT_EQ(nothing.problem(), "too_short");
}

TEST_P(Inquiries, AreListedForTheirVenueAndDayTheNewestFirst) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(log("officer1").text("id"));
  const auto shown = [&](const std::string& path) {
    return testing::texts_in(get("officer2", path).at("items"), "id");
  };
  EXPECT_THAT(shown(listed()), ElementsAre(ids[2], ids[1], ids[0]));
  const auto first = get("officer2", listed("&limit=2"));
  EXPECT_THAT(shown(listed("&limit=2&cursor=" + first.text("next"))), ElementsAre(ids[0]));
  EXPECT_THAT(shown(listed("&day=2026-11-23")), ElementsAre());
  EXPECT_EQ(get("elsewhere", listed()).problem(), "not_allowed");
  pass(std::chrono::hours{24});
  EXPECT_THAT(shown(listed()), ElementsAre());
  EXPECT_THAT(shown(listed("&day=2026-11-24")), ElementsAre(ids[2], ids[1], ids[0]));
}

TEST_P(Inquiries, AreReadByALookThatIsRecorded) {
  const auto id = log("officer1").text("id");
  EXPECT_THAT(boost::json::serialize(get("officer2", listed()).body), Not(HasSubstr("王秀英")));
  EXPECT_EQ(look("elsewhere", id).problem(), "not_allowed");
  const auto text = look("officer2", id);
  EXPECT_EQ(text.text("question"), "示例 王秀英问转入要几天");
  EXPECT_EQ(text.text("answer"), "告知五个工作日");
  EXPECT_EQ(look("officer2", "iq_999").problem(), "no_such_inquiry");
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from audit where action = 'look_at_inquiry' and allowed = 1"), 1);
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from audit where action = 'look_at_inquiry' and allowed = 0"), 1);
}

struct TextRow {
  storage::Bytes question, answer;
};
BOOST_DESCRIBE_STRUCT(TextRow, (), (question, answer))

TEST_P(Inquiries, LieSealed) {
  log("officer1");
  town.read([](Snapshot& snapshot, Instant) {
    const auto row = snapshot.one<TextRow>("select question, answer from inquiries");
    const std::string question{row.question.begin(), row.question.end()};
    const std::string answer{row.answer.begin(), row.answer.end()};
    EXPECT_THAT(question, Not(HasSubstr("王秀英")));
    EXPECT_THAT(answer, Not(HasSubstr("五个工作日")));
  });
}

TEST_P(Inquiries, BecomeACaseOfWhoeverWasAsked) {
  const auto id = log("officer1").text("id");
  const auto opened = become("officer2", id, R"(,"applicant":{"name":"示例 王秀英","phone":"13900000000"})");
  EXPECT_EQ(opened.status, 201) << opened.problem();
  EXPECT_EQ(opened.text("first_contact.name"), "示例 officer1") << "first asked, first responsible";
  EXPECT_FALSE(opened.at("mine").as_bool());
  EXPECT_EQ(opened.text("note"), "示例 王秀英问转入要几天");
  EXPECT_TRUE(opened.at("has_applicant").as_bool());
  EXPECT_EQ(opened.at("history").at(0).at("by"), "示例 officer2");
  const auto list = get("officer1", listed());
  EXPECT_EQ(list.at("items").at(0).at("outcome"), "became_case");
  EXPECT_EQ(list.at("items").at(0).at("opened_case").at("reference"), "SL-2026-000001");
  EXPECT_EQ(become("officer1", id).problem(), "became_case_already");
}

TEST_P(Inquiries, BecomeACaseOnlyForThoseWhoMayAndOfWhatThereIs) {
  const auto id = log("officer1").text("id");
  EXPECT_EQ(become("elsewhere", id).problem(), "not_allowed");
  EXPECT_EQ(become("greeter", id).problem(), "not_allowed");
  EXPECT_EQ(become("officer1", "iq_999").problem(), "no_such_inquiry");
  EXPECT_EQ(post("officer1", "/api/desk/inquiries/" + id + "/case",
                 R"({"matter":"flying","materials_received":[]})")
                .problem(),
            "no_such_matter");
  EXPECT_EQ(post("officer1", "/api/desk/inquiries/" + id + "/case",
                 R"({"matter":"transfer","materials_received":["moon"]})")
                .problem(),
            "unknown_material");
  EXPECT_EQ(value<std::string>("select outcome from inquiries"), "answered") << "nothing came of those";
}

TEST_P(Inquiries, BecomeOneCaseHoweverManyPress) {
  const auto id = log("officer1").text("id");
  const std::array<std::string, 2> who{"officer1", "officer2"};
  for (const auto& each : who) as(each);
  std::array<std::string, 2> outcome;
  std::vector<std::thread> both;
  for (std::size_t i = 0; i < 2; ++i) {
    both.emplace_back([&, i] {
      outcome.at(i) = town.call(as(who.at(i)), "POST", "/api/desk/inquiries/" + id + "/case",
                                R"({"matter":"transfer","materials_received":[]})")
                          .problem();
    });
  }
  for (auto& each : both) each.join();
  EXPECT_THAT(outcome, ::testing::UnorderedElementsAre("", "became_case_already"));
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 1);
}

TEST_P(Inquiries, AreFoundWithoutAScan) {
  const auto id = *parse_id<InquiryTag>(log("officer1").text("id"));
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) {
    log_inquiry(tx, caller, {venue(), "transfer", "问", "答"});
    list_inquiries(tx, caller, {venue(), std::nullopt, std::nullopt, std::nullopt});
    EXPECT_TRUE(look_at_inquiry(tx, caller, {id}));
    open_case_of_inquiry(tx, caller, {id, "transfer", {"letter"}, std::nullopt});
  });
}

DOORSTEP_ON_ALL_ENGINES(Inquiries);

}  // namespace
}  // namespace doorstep::cases
