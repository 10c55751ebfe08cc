// Members and their branches: sealed, in no list, looked at for itself. It is Tuesday, 2026-11-24.
#include "network/membership.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::HasSubstr;
using testing::if_match;
using ::testing::Not;

class Memberships : public testing::HallTest {
 protected:
  void SetUp() override {
    const auto made = post(
        "admin", "/api/organisations",
        R"({"kind":"branch","parent":")" + town.organisation +
            R"(","name":{"zh":"第一党支部","en":"Branch"},"official_name":"中共示例社区第一支部委员会"})");
    EXPECT_EQ(made.status, 201) << made.problem();
    branch = made.text("id");
    const auto recorded = post("officer1", "/api/people", R"({"name":"王示例","phone":"13900000001"})");
    EXPECT_EQ(recorded.status, 201) << recorded.problem();
    person = recorded.text("id");
  }
  Answer put(const std::string& who, const std::string& membership, std::int64_t version = 1) {
    return town.call(as(who), "PUT", "/api/people/" + person + "/membership",
                     R"({"membership":)" + membership + "}", if_match(version));
  }
  std::string full() const {
    return R"({"branch":")" + branch + R"(","kind":"full","joined_on":"1999-07-01"})";
  }
  Answer look(const std::string& who) {
    return post(who, "/api/people/" + person + "/membership/look", R"({"purpose":"转接组织关系"})");
  }
  std::int64_t looks(bool allowed) {
    return value<std::int64_t>(
        "select count(*) from audit where action = 'look_at_membership' and allowed = :allowed",
        {{"allowed", allowed}});
  }

  std::string branch, person;
};

TEST_P(Memberships, AreLookedAtForThemselvesAndEachLookIsRecorded) {
  EXPECT_EQ(put("officer1", full()).status, 200);
  const auto shown = look("officer1");
  EXPECT_EQ(shown.text("membership.branch"), branch);
  EXPECT_EQ(shown.text("membership.branch_name"), "中共示例社区第一支部委员会");
  EXPECT_EQ(shown.text("membership.kind"), "full");
  EXPECT_EQ(shown.text("membership.joined_on"), "1999-07-01");
  EXPECT_EQ(look("greeter").problem(), "not_allowed");
  EXPECT_EQ(look("auditor").problem(), "not_allowed");
  EXPECT_EQ(looks(true), 1);
  EXPECT_EQ(looks(false), 2);
  EXPECT_EQ(put("greeter", full(), 2).problem(), "not_allowed");
}

TEST_P(Memberships, StandInNoListAndNoFile) {
  const auto answer = put("officer1", full());
  EXPECT_THAT(boost::json::serialize(answer.body), Not(HasSubstr("支部")));
  const auto file = post("officer1", "/api/people/" + person + "/look", R"({"purpose":"核对"})");
  EXPECT_THAT(boost::json::serialize(file.body), Not(HasSubstr("支部")));
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from person_facts where cast(sealed as TEXT) like '%probationary%'"
                          " or cast(sealed as TEXT) like '%branch_name%'"),
      0)
      << "sealed";
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_marks where kind = 'volunteer_at'"), 0)
      << "and nobody is found by it";
}

TEST_P(Memberships, AreTakenAlongByThePersonAndErasedWithThem) {
  EXPECT_EQ(put("officer1", full()).status, 200);
  const auto code = town.new_code_for("13900000001");
  const auto linked = post("officer1", "/api/people/" + person + "/phones",
                           R"({"phone":"13900000001","code":")" + code + "\"}");
  EXPECT_EQ(linked.status, 204) << linked.problem();
  pass(std::chrono::minutes{2});
  auto resident = town.sign_in_resident("13900000001");
  const auto export_path = "/api/my/people/" + person + "/export";
  const auto taken = town.call(resident, "POST", export_path);
  EXPECT_EQ(taken.text("membership.branch_name"), "中共示例社区第一支部委员会") << taken.problem();
  const auto erased = town.call(resident, "POST", "/api/my/people/" + person + "/erase");
  EXPECT_EQ(erased.status, 200) << erased.problem();
  EXPECT_EQ(look("officer1").problem(), "person_erased");
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_facts"), 0);
}

TEST_P(Memberships, AreTakenOffAgainAndChangedByWhoeverSawThemLast) {
  EXPECT_EQ(put("officer1", full()).status, 200);
  EXPECT_EQ(put("officer1", full()).problem(), "version_differs") << "the second of two clicks";
  EXPECT_EQ(put("manager", "null", 2).status, 200);
  EXPECT_TRUE(look("officer1").at("membership").is_null());
}

TEST_P(Memberships, ReadNoTableToItsEnd) {
  const auto id = *parse_id<identity::PersonTag>(person);
  const NewMembership wish{
      .branch = *parse_id<OrganisationTag>(branch), .kind = identity::MembershipKind::full, .joined_on = {}};
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    put_membership(tx, admin, {id, 1, wish});
    EXPECT_TRUE(look_at_membership(tx, admin, {id, "转接"}).has_value());
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Memberships);

}  // namespace doorstep::network
