// Steps in which another unit acts: it is named before, acts itself or by its word, and is told to who waits.
#include "cases/units.hpp"

#include <gmock/gmock.h>

#include "identity/grants.hpp"
#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/unit_matter.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Units : public testing::CaseTest {
 protected:
  void SetUp() override {
    town.write([&](Transaction& tx, Instant at) { put_matter(tx, testing::relay_matter(), at); });
    branch = record_organisation(town.organisation, "示例支部");
    other_branch = record_organisation(town.organisation, "另一支部");
    EXPECT_EQ(town.call(as("admin"), "PATCH", "/api/organisations/" + branch,
                        R"({"official_name":"中共示例镇示例支部委员会"})", testing::if_match(1))
                  .problem(),
              "");
    // Who acts for the branch, and who for all below the organisation above it.
    give("officer3", Role::branch_secretary, branch);
    give("elsewhere", Role::branch_secretary, other_branch);
    give("greeter", Role::committee_officer, town.organisation);
  }

  std::string record_organisation(const std::string& parent, const std::string& name) {
    return post("admin", "/api/organisations",
                R"({"kind":"branch","parent":")" + parent + R"(","name":{"zh":")" + name +
                    R"(","en":"Sample"}})")
        .text("id");
  }
  void give(const std::string& username, Role role, const std::string& organisation) {
    const auto id = *parse_id<StaffTag>(staff(username));
    town.write([&](Transaction& tx, Instant at) {
      identity::put_grant(tx, {.staff = id,
                               .role = role,
                               .scope = *parse_id<OrganisationTag>(organisation),
                               .from = at,
                               .until = {},
                               .given_by = {}});
    });
  }
  CaseId open_relay(std::optional<std::string> note = std::nullopt) {
    return open("officer1", {.matter = "relay",
                             .venue = venue(),
                             .materials_received = {},
                             .applicant = Applicant{"示例 王秀英", "13900000000"},
                             .note = std::move(note)});
  }
  Answer name(CaseId id, const std::string& who, std::int64_t version, const std::string& body,
              const std::string& unit = "branch") {
    return town.call(as(who), "PUT", path(id, "/units/" + unit), body, testing::if_match(version));
  }
  std::string organisation(const std::string& id) const { return R"({"organisation":")" + id + "\"}"; }
  // Waits for the branch; its version is 3.
  CaseId at_the_branch(std::optional<std::string> note = std::nullopt) {
    const auto id = open_relay(std::move(note));
    EXPECT_EQ(name(id, "officer1", 1, organisation(branch)).problem(), "");
    EXPECT_EQ(advance(id, "officer1", 2, "with_branch").problem(), "");
    return id;
  }
  std::vector<std::string> waiting_for(const std::string& who) {
    return testing::texts_in(get(who, "/api/desk/unit_cases").at("items"), "id");
  }
  Answer advance_for_unit(CaseId id, const std::string& who, std::int64_t version, const std::string& to,
                          const std::string& more = "") {
    return post(who, "/api/desk/unit_cases/" + to_string(id) + "/advance",
                R"({"to":")" + to + '"' + more + "}", testing::if_match(version));
  }
  Answer advance_by_word(CaseId id, std::int64_t version, const std::string& to, const std::string& at) {
    return post("officer1", path(id, "/advance"),
                R"({"to":")" + to + R"(","recorded_for":{"name":"示例 李科长","at":")" + at +
                    R"(","proof":"区函〔2026〕7 号"}})",
                testing::if_match(version));
  }

  std::string branch, other_branch;
};

TEST_P(Units, AreNamedBeforeAStepWhereTheyAct) {
  const auto id = open_relay();
  const auto before = read(id, "officer1");
  EXPECT_EQ(before.at("units").at(0).at("key"), "branch");
  EXPECT_TRUE(before.at("units").at(0).at("name").is_null());
  EXPECT_EQ(advance(id, "officer1", 1, "with_branch").problem(), "unit_not_named");
  const auto named = name(id, "officer1", 1, organisation(branch));
  EXPECT_EQ(named.at("units").at(0).at("name"), "中共示例镇示例支部委员会") << "to the letter";
  EXPECT_EQ(std::string{named.at("units").at(0).at("organisation").as_string()}, branch);
  EXPECT_EQ(named.at("history").at(1).at("text").at("en"), "Unit named: Receiving branch");
  EXPECT_EQ(named.at("history").at(1).at("note"), "中共示例镇示例支部委员会");
  EXPECT_TRUE(named.at("waiting_for").is_null());
  const auto waits = advance(id, "officer1", 2, "with_branch");
  EXPECT_EQ(waits.text("waiting_for.name"), "中共示例镇示例支部委员会");
  EXPECT_EQ(waits.text("first_contact.name"), "示例 officer1") << "whoever acts";
}

TEST_P(Units, AreToldToWhoeverWaits) {
  const auto token = read(at_the_branch(), "officer1").text("token");
  const auto progress = town.call("GET", "/api/cases/" + token);
  EXPECT_EQ(progress.text("waiting_for.name"), "中共示例镇示例支部委员会");
  EXPECT_EQ(progress.text("waiting_for.unit.en"), "Receiving branch");
  EXPECT_EQ(progress.text("first_contact.name"), "示例 officer1");
}

TEST_P(Units, AreNamedByWhoeverHandlesTheCaseAndClearly) {
  const auto id = open_relay();
  const auto to_branch = organisation(branch);
  EXPECT_EQ(name(id, "officer2", 1, to_branch).problem(), "not_your_case");
  EXPECT_EQ(name(id, "elsewhere", 1, to_branch).problem(), "not_allowed");
  EXPECT_EQ(name(id, "officer1", 2, to_branch).problem(), "version_differs");
  EXPECT_EQ(name(id, "officer1", 1, to_branch, "moon").problem(), "no_such_unit");
  EXPECT_EQ(name(id, "officer1", 1, "{}").problem(), "unit_unclear");
  EXPECT_EQ(name(id, "officer1", 1, R"({"name":"区委","organisation":")" + branch + "\"}").problem(),
            "unit_unclear");
  EXPECT_EQ(name(id, "officer1", 1, organisation("or_999")).problem(), "no_such_organisation");
  const auto ended = record_organisation(town.organisation, "已撤支部");
  post("admin", "/api/organisations/" + ended + "/end", "", testing::if_match(1));
  EXPECT_EQ(name(id, "officer1", 1, organisation(ended)).problem(), "organisation_ended");
  EXPECT_EQ(name(id, "manager", 1, R"({"name":"某区委组织部"})", "district").problem(), "");
  EXPECT_EQ(advance(id, "officer1", 2, "done").problem(), "");
  EXPECT_EQ(name(id, "officer1", 3, to_branch).problem(), "case_over");
}

TEST_P(Units, SeeACaseOnlyWhileItWaitsForThem) {
  const auto before = open_relay();
  EXPECT_EQ(name(before, "officer1", 1, organisation(branch)).problem(), "");
  EXPECT_THAT(waiting_for("officer3"), ElementsAre()) << "named, and not waited for yet";
  const auto id = at_the_branch("有人陪同");
  EXPECT_THAT(waiting_for("officer3"), ElementsAre(to_string(id)));
  EXPECT_THAT(waiting_for("greeter"), ElementsAre(to_string(id))) << "an officer of the committee above it";
  EXPECT_THAT(waiting_for("admin"), ElementsAre(to_string(id)));
  EXPECT_THAT(waiting_for("elsewhere"), ElementsAre()) << "the secretary of another branch";
  EXPECT_EQ(get("officer2", "/api/desk/unit_cases").problem(), "not_allowed");
  const auto list = get("officer3", "/api/desk/unit_cases");
  EXPECT_EQ(list.at("items").at(0).at("unit").at("name"), "中共示例镇示例支部委员会");
  EXPECT_EQ(list.at("items").at(0).at("first_contact"), "示例 officer1");
  EXPECT_EQ(list.at("items").at(0).at("next_steps").at(1).at("key"), "done");
  for (const auto* secret : {"王秀英", "1390000", "有人陪同", "token"})
    EXPECT_THAT(boost::json::serialize(list.body), Not(HasSubstr(secret)));
}

TEST_P(Units, AreListedTheNewestFirst) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(to_string(at_the_branch()));
  EXPECT_THAT(waiting_for("officer3"), ElementsAre(ids[2], ids[1], ids[0]));
  const auto first = get("officer3", "/api/desk/unit_cases?limit=2");
  const auto second = get("officer3", "/api/desk/unit_cases?limit=2&cursor=" + first.text("next"));
  EXPECT_THAT(testing::texts_in(second.at("items"), "id"), ElementsAre(ids[0]));
  EXPECT_TRUE(second.at("next").is_null());
}

TEST_P(Units, TakeTheirStepThemselves) {
  const auto id = at_the_branch();
  EXPECT_EQ(advance_for_unit(id, "elsewhere", 3, "done").problem(), "not_allowed");
  EXPECT_EQ(advance_for_unit(id, "officer2", 3, "done").problem(), "not_allowed");
  EXPECT_EQ(advance_for_unit(id, "nobody", 3, "done").problem(), "not_signed_in");
  EXPECT_EQ(advance_for_unit(id, "officer3", 2, "done").problem(), "version_differs");
  EXPECT_EQ(advance_for_unit(id, "officer3", 3, "taken_in").problem(), "step_not_allowed");
  EXPECT_EQ(advance_for_unit(id, "officer3", 3, "with_district").problem(), "unit_not_named");
  EXPECT_EQ(advance_for_unit(id, "officer3", 3, "done", R"(,"note":"已接收")").status, 204);
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.text("phase"), "done");
  EXPECT_EQ(shown.at("history").at(3).at("by"), "示例 officer3");
  EXPECT_EQ(shown.at("history").at(3).at("note"), "已接收");
  EXPECT_THAT(waiting_for("officer3"), ElementsAre());
  EXPECT_EQ(advance_for_unit(id, "officer3", 4, "done").problem(), "no_such_case")
      << "it is theirs no longer";
  EXPECT_EQ(advance_for_unit(open_relay(), "officer3", 1, "done").problem(), "no_such_case");
}

TEST_P(Units, RefuseOnlyWithAReasonAndWithWhatHelps) {
  const auto id = at_the_branch();
  EXPECT_EQ(advance_for_unit(id, "officer3", 3, "refused").problem(), "refusal_needs_reason");
  EXPECT_EQ(advance_for_unit(id, "officer3", 3, "refused",
                             R"(,"refusal":{"reason":"材料不属于本支部","remedy":"请找居住地支部"})")
                .status,
            204);
  EXPECT_EQ(read(id, "officer1").text("refusal.remedy.zh"), "请找居住地支部");
}

TEST_P(Units, ActByTheirWordWhichTheHandlerRecords) {
  const auto id = open_relay();
  EXPECT_EQ(name(id, "officer1", 1, R"({"name":"某区委组织部"})", "district").problem(), "");
  EXPECT_EQ(advance_by_word(id, 2, "done", "2026-11-24T02:00:00Z").problem(), "no_unit_acts");
  EXPECT_EQ(advance(id, "officer1", 2, "with_district").text("waiting_for.name"), "某区委组织部");
  EXPECT_THAT(waiting_for("admin"), ElementsAre()) << "it waits for nobody of the town";
  EXPECT_EQ(advance(id, "officer1", 3, "done").problem(), "unit_must_act");
  EXPECT_EQ(advance(id, "manager", 3, "done").problem(), "unit_must_act");
  EXPECT_EQ(advance_by_word(id, 3, "done", "2027-01-01T00:00:00Z").problem(), "day_to_come");
  const auto done = advance_by_word(id, 3, "done", "2026-11-23T02:00:00Z");
  EXPECT_EQ(done.problem(), "");
  const auto& entry = done.at("history").at(3);
  EXPECT_EQ(entry.at("recorded_for").at("name"), "示例 李科长");
  EXPECT_EQ(entry.at("recorded_for").at("proof"), "区函〔2026〕7 号");
  EXPECT_EQ(entry.at("by"), "示例 officer1");
  EXPECT_TRUE(done.at("history").at(2).at("recorded_for").is_null());
  const auto progress = town.call("GET", "/api/cases/" + done.text("token"));
  EXPECT_THAT(boost::json::serialize(progress.body), Not(HasSubstr("李科长")));
}

struct WordRow {
  storage::Bytes recorded_for;
};
BOOST_DESCRIBE_STRUCT(WordRow, (), (recorded_for))

TEST_P(Units, HaveTheirWordSealed) {
  const auto id = at_the_branch();
  EXPECT_EQ(advance_by_word(id, 3, "done", "2026-11-23T02:00:00Z").problem(), "")
      << "a branch without a computer, too";
  town.read([](Snapshot& snapshot, Instant) {
    const auto word =
        snapshot.one<WordRow>("select recorded_for from case_history where recorded_for is not null")
            .recorded_for;
    const std::string stored{word.begin(), word.end()};
    for (const auto* secret : {"李科长", "区函"}) EXPECT_THAT(stored, Not(HasSubstr(secret)));
  });
}

TEST_P(Units, AreNamedAnewAndTheCaseThenWaitsForTheNewOne) {
  const auto id = at_the_branch();
  const auto shown = name(id, "officer1", 3, organisation(other_branch));
  EXPECT_EQ(shown.text("waiting_for.name"), "另一支部");
  EXPECT_THAT(waiting_for("officer3"), ElementsAre());
  EXPECT_THAT(waiting_for("elsewhere"), ElementsAre(to_string(id)));
  EXPECT_EQ(name(id, "officer1", 4, R"({"name":"外镇支部"})").text("waiting_for.name"), "外镇支部");
  EXPECT_THAT(waiting_for("elsewhere"), ElementsAre());
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_units where case_id = :case", {{"case", id}}), 3)
      << "those named before stay as history";
}

TEST_P(Units, HandACaseToOneAnother) {
  const auto id = at_the_branch();
  EXPECT_EQ(name(id, "officer1", 3, R"({"name":"某区委组织部"})", "district").problem(), "");
  EXPECT_EQ(advance_for_unit(id, "officer3", 4, "with_district").status, 204);
  EXPECT_EQ(read(id, "officer1").text("waiting_for.name"), "某区委组织部");
  EXPECT_THAT(waiting_for("officer3"), ElementsAre());
  EXPECT_EQ(advance_by_word(id, 5, "with_branch", "2026-11-23T02:00:00Z").text("waiting_for.organisation"),
            branch);
}

TEST_P(Units, AreFoundWithoutAScan) {
  const auto id = at_the_branch();
  auto &officer = caller_of("officer1"), &secretary = caller_of("officer3"), &admin = caller_of("admin");
  officer.at = secretary.at = admin.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) {
    list_unit_cases(tx, secretary, {std::nullopt, std::nullopt});
    list_unit_cases(tx, admin, {std::nullopt, std::nullopt});
    name_unit(tx, officer, {id, 3, "branch", *parse_id<OrganisationTag>(branch), std::nullopt});
    advance_unit_case(tx, secretary, {id, 4, "done", "备注"});
  });
}

DOORSTEP_ON_ALL_ENGINES(Units);

}  // namespace
}  // namespace doorstep::cases
