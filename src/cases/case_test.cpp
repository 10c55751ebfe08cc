#include "cases/case.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Cases = testing::CaseTest;

TEST_P(Cases, OpenWithTheirFirstContactAndTheirPromise) {
  serve();
  const auto opened = pressed("officer1", 1, "cases",
                              R"({"matter":"transfer","materials_received":["letter"],"note":"窗口备注"})");
  EXPECT_EQ(opened.status, 201);
  EXPECT_EQ(opened.text("reference"), "SL-2026-000001");
  EXPECT_EQ(opened.text("phase"), "submitted");
  EXPECT_EQ(opened.text("step.key"), "taken_in");
  EXPECT_THAT(testing::texts_in(opened.at("next_steps"), "key"), ElementsAre("review", "refused"));
  EXPECT_EQ(opened.text("first_contact.name"), "示例 officer1");
  EXPECT_TRUE(opened.at("handler").is_null());
  EXPECT_TRUE(opened.at("mine").as_bool()) << "until somebody accepts it the first contact handles it";
  EXPECT_EQ(opened.text("promised_by"), "2026-12-01");
  EXPECT_FALSE(opened.at("provisional").as_bool());
  EXPECT_THAT(testing::texts_in(opened.at("materials"), "state"), ElementsAre("received", "missing"));
  EXPECT_EQ(opened.at("materials").at(0).at("received_by"), "示例 officer1");
  EXPECT_EQ(opened.text("note"), "窗口备注");
  EXPECT_FALSE(opened.at("has_applicant").as_bool());
  EXPECT_EQ(opened.number("version"), 1);
  EXPECT_EQ(get("officer1", "/api/desk/cases/" + opened.text("id")).body, opened.body);
}

TEST_P(Cases, AlwaysHaveSomebodyWhoAnswersForThem) {
  const auto id = open("officer1");
  const auto expect_people = [&](const std::string& handler, const std::string& who_has_it) {
    const auto shown = read(id, "officer1");
    EXPECT_EQ(shown.text("first_contact.name"), "示例 officer1");
    EXPECT_EQ(shown.at("handler").is_null() ? "" : shown.text("handler.name"), handler);
    const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
    EXPECT_EQ(progress.at("first_contact"), shown.at("first_contact"));
    EXPECT_EQ(progress.at("handler"), shown.at("handler"));
    for (const std::string who : {"officer1", "officer2", "manager"}) {
      EXPECT_EQ(read(id, who).at("mine").as_bool(), who == who_has_it) << who;
    }
  };
  expect_people("", "officer1");
  EXPECT_EQ(accept(id, "officer2", 1).status, 200);
  expect_people("示例 officer2", "officer2");
  EXPECT_EQ(advance(id, "officer2", 2, "review").status, 200);
  expect_people("示例 officer2", "officer2");
  EXPECT_EQ(advance(id, "manager", 3, "done").status, 200);
  expect_people("示例 officer2", "officer2");
}

TEST_P(Cases, AreAcceptedOnceAndWhileTheyRun) {
  const auto id = open("officer1");
  EXPECT_EQ(accept(id, "officer2", 2).problem(), "version_differs");
  EXPECT_EQ(post("officer2", path(id, "/accept")).problem(), "if_match_missing");
  const auto accepted = accept(id, "officer2", 1);
  EXPECT_EQ(accepted.number("version"), 2);
  EXPECT_EQ(accept(id, "officer3", 2).problem(), "already_accepted");
  EXPECT_EQ(accept(id, "officer2", 2).problem(), "already_accepted");

  const auto over = open("officer1");
  advance(over, "officer1", 1, "refused");
  EXPECT_EQ(accept(over, "officer2", 2).problem(), "case_over");
}

TEST_P(Cases, GoFromStepToStepAsTheMatterSays) {
  const struct {
    std::vector<const char*> been;
    const char* to;
    const char* problem;
    const char* phase;
  } table[] = {
      {{}, "review", "", "waiting_for_other"},
      {{}, "refused", "", "refused"},
      {{}, "done", "step_not_allowed", "submitted"},
      {{}, "taken_in", "step_not_allowed", "submitted"},
      {{}, "elsewhere", "step_not_allowed", "submitted"},
      {{"review"}, "done", "", "done"},
      {{"review"}, "refused", "", "refused"},
      {{"review"}, "taken_in", "step_not_allowed", "waiting_for_other"},
      {{"review"}, "review", "step_not_allowed", "waiting_for_other"},
      {{"review", "done"}, "review", "case_over", "done"},
      {{"review", "done"}, "done", "case_over", "done"},
      {{"refused"}, "review", "case_over", "refused"},
      {{"refused"}, "elsewhere", "case_over", "refused"},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(std::string{row.been.empty() ? "taken_in" : row.been.back()} + " to " + row.to);
    const auto id = open("officer1");
    std::int64_t version = 1;
    for (const auto* step : row.been) EXPECT_EQ(advance(id, "officer1", version++, step).status, 200);
    EXPECT_EQ(advance(id, "officer1", version, row.to).problem(), row.problem);
    EXPECT_EQ(read(id, "officer1").text("phase"), row.phase);
  }
}

TEST_P(Cases, AreTakenOnByTheirHandlerOrAManagerOnly) {
  const auto id = open("officer1");
  EXPECT_EQ(advance(id, "officer2", 1, "review").problem(), "not_your_case");
  EXPECT_EQ(advance(id, "officer1", 2, "review").problem(), "version_differs");
  accept(id, "officer2", 1);
  EXPECT_EQ(advance(id, "officer1", 2, "review").problem(), "not_your_case") << "the handler has it now";
  EXPECT_EQ(advance(id, "officer2", 2, "review").problem(), "");
  EXPECT_EQ(advance(id, "manager", 3, "refused").problem(), "");
  EXPECT_EQ(advance(open("officer1"), "admin", 1, "review").problem(), "")
      << "an administrator may what a manager may";
}

TEST_P(Cases, RememberWhatHappenedAndByWhom) {
  const auto id = open("officer1");
  accept(id, "officer2", 1);
  town.call(as("officer2"), "POST", path(id, "/advance"), R"({"to":"review","note":"送审"})",
            testing::if_match(2));
  const auto shown = read(id, "officer1");
  const auto& history = shown.at("history").as_array();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].at("by"), "示例 officer1");
  EXPECT_EQ(history[1].at("by"), "示例 officer2");
  EXPECT_EQ(history[2].at("text").at("en"), "Now at: Review");
  EXPECT_EQ(history[2].at("note"), "送审");
  EXPECT_TRUE(history[1].at("note").is_null());
}

TEST_P(Cases, KeepTheDefinitionTheyBeganWith) {
  const auto old_case = open("officer1");
  command("admin", [&](Transaction& tx, const Caller& caller) {
    auto matter = current_matter(tx, "transfer").matter;
    matter.name.en = "Transfer, simpler";
    matter.steps[0].next = {"done"};
    matter.steps[2].name.en = "All done";
    EXPECT_TRUE(put_matter(tx, matter, caller.at));
    EXPECT_FALSE(put_matter(tx, matter, caller.at)) << "the same once more changes nothing";
  });
  const auto new_case = open("officer1");
  EXPECT_EQ(read(old_case, "officer1").text("matter.name.en"), "Transfer in");
  EXPECT_EQ(read(new_case, "officer1").text("matter.name.en"), "Transfer, simpler");
  EXPECT_EQ(advance(old_case, "officer1", 1, "done").problem(), "step_not_allowed");
  EXPECT_EQ(advance(new_case, "officer1", 1, "done").text("step.name.en"), "All done");
}

TEST_P(Cases, AreListedForTheirVenueTheNewestFirst) {
  std::vector<std::string> references;
  for (int i = 0; i < 3; ++i) references.push_back(read(open("officer1"), "officer1").text("reference"));
  const auto list = "/api/desk/cases?venue=" + town.venue;
  const auto all = get("officer2", list);
  EXPECT_THAT(testing::texts_in(all.at("items"), "reference"),
              ElementsAre(references[2], references[1], references[0]));
  EXPECT_EQ(all.at("items").at(0).at("first_contact"), "示例 officer1");
  const auto first = get("officer2", list + "&limit=2");
  const auto second = get("officer2", list + "&limit=2&cursor=" + first.text("next"));
  EXPECT_THAT(testing::texts_in(second.at("items"), "reference"), ElementsAre(references[0]));
  EXPECT_TRUE(second.at("next").is_null());
  EXPECT_EQ(get("elsewhere", list).problem(), "not_allowed");
  EXPECT_EQ(get("greeter", list).problem(), "not_allowed");
  EXPECT_EQ(get("officer2", "/api/desk/cases").problem(), "missing_member");
}

TEST_P(Cases, ShowTheirProgressToWhoeverHoldsTheToken) {
  const auto id = open("officer1", {.matter = "transfer",
                                    .venue = venue(),
                                    .materials_received = {"letter"},
                                    .applicant = Applicant{"示例 王秀英", "13900000000"},
                                    .note = "窗口备注"});
  const auto progress = town.call("GET", "/api/cases/" + read(id, "officer1").text("token"));
  EXPECT_EQ(progress.status, 200);
  EXPECT_EQ(progress.text("place.venue.en"), "Sample centre");
  EXPECT_EQ(progress.text("promised_by"), "2026-12-01");
  EXPECT_EQ(progress.at("history").as_array().size(), 1U);
  const auto text = boost::json::serialize(progress.body);
  for (const auto* secret : {"王秀英", "139", "备注"}) EXPECT_THAT(text, ::testing::Not(HasSubstr(secret)));
  EXPECT_EQ(town.call("GET", "/api/cases/SL-2026-000001").problem(), "no_such_case")
      << "a reference opens nothing";
}

TEST_P(Cases, TakeInKnownMaterialsOnceEach) {
  const auto refused_at = [&](std::vector<std::string> keys) -> std::string {
    try {
      open("officer1", {.matter = "transfer",
                        .venue = venue(),
                        .materials_received = std::move(keys),
                        .applicant = {},
                        .note = {}});
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "unknown_material");
      return problem.path;
    }
    return "";
  };
  EXPECT_EQ(refused_at({}), "");
  EXPECT_EQ(refused_at({"card", "letter"}), "");
  EXPECT_EQ(refused_at({"photo"}), "materials_received[0]");
  EXPECT_EQ(refused_at({"letter", "card", "letter"}), "materials_received[2]");
}

TEST_P(Cases, AreNoBusinessOfOtherVenuesNorOfStrangers) {
  const auto id = open("officer1");
  const std::pair<const char*, const char*> people[] = {
      {"nobody", "not_signed_in"}, {"greeter", "not_allowed"}, {"elsewhere", "not_allowed"}};
  for (const auto& [who, problem] : people) {
    EXPECT_EQ(read(id, who).problem(), problem) << who;
    EXPECT_EQ(accept(id, who, 1).problem(), problem) << who;
    EXPECT_EQ(advance(id, who, 1, "review").problem(), problem) << who;
    EXPECT_EQ(get(who, "/api/desk/cases?venue=" + town.venue).problem(), problem) << who;
  }
  EXPECT_EQ(get("officer1", "/api/desk/cases/cs_9999").problem(), "no_such_case");
  EXPECT_EQ(post("officer1", "/api/desk/cases/cs_9999/accept", "", testing::if_match(1)).problem(),
            "no_such_case");
  EXPECT_EQ(post("officer1", "/api/desk/cases/cs_9999/advance", R"({"to":"review"})", testing::if_match(1))
                .problem(),
            "no_such_case");
}

TEST_P(Cases, SayOfThemselvesOnlyThatTheyChanged) {
  CaseId id;
  EXPECT_THAT(told_by([&] { id = open("officer1"); }),
              ElementsAre("case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})"));
  const auto changed = [&](const char* version) {
    return ElementsAre("case_changed case:" + to_string(id) + R"( {"version":)" + version + "}",
                       "case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})");
  };
  EXPECT_THAT(told_by([&] { accept(id, "officer2", 1); }), changed("2"));
  EXPECT_THAT(told_by([&] { advance(id, "officer2", 2, "review"); }), changed("3"));
  EXPECT_THAT(told_by([&] { advance(id, "officer2", 2, "done"); }), ::testing::IsEmpty())
      << "a refusal tells nothing";
}

TEST_P(Cases, AreListenedToByTheirTokenAndByTheirVenuesOfficers) {
  const auto token = read(open("officer1"), "officer1").text("token");
  Caller nobody;
  town.read([&](Snapshot& snapshot, Instant) {
    EXPECT_THAT(listen_to_case(snapshot, nobody, token).name, StartsWith("case:cs_"));
    EXPECT_THROW(listen_to_case(snapshot, nobody, "SL-2026-000001"), Problem);
    EXPECT_THROW(listen_to_desk(snapshot, nobody, town.venue), Problem);
  });
  auto &officer = caller_of("officer1"), &elsewhere = caller_of("elsewhere");
  town.read([&](Snapshot& snapshot, Instant) {
    EXPECT_EQ(listen_to_desk(snapshot, officer, town.venue).name, "desk:" + town.venue);
    EXPECT_THROW(listen_to_desk(snapshot, officer, "nonsense"), Problem);
    EXPECT_THROW(listen_to_desk(snapshot, elsewhere, town.venue), Problem);
  });
}

DOORSTEP_ON_ALL_ENGINES(Cases);

}  // namespace
}  // namespace doorstep::cases
