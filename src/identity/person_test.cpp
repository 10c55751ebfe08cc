// People on record: sealed, found by what is asked for and by nothing else, looked at with a purpose.
#include "identity/person.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Invented, of a place that does not exist.
constexpr const char* wang =
    R"({"name":"示例 王秀英","phone":"139 0000 0001","identity_number":"000000194803070028",)"
    R"("birth_date":"1948-03-07","address":"示例路 1 号"})";
constexpr const char* li =
    R"({"name":"示例 李小明","phone":"13900000002","identity_number":"000000195206150032"})";

class People : public testing::HallTest {
 protected:
  std::string record(const std::string& body, const std::string& who = "officer1") {
    const auto answer = post(who, "/api/people", body);
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return answer.status == 201 ? answer.text("id") : std::string{};
  }
  std::string problem_of(const std::string& body) { return post("officer1", "/api/people", body).problem(); }

  testing::Answer find(const std::string& by, const std::string& what, const std::string& who = "officer1") {
    return post(who, "/api/people/find", R"({")" + by + R"(":")" + what + R"(","purpose":"at the window"})");
  }
  std::vector<std::string> found(const std::string& by, const std::string& what) {
    std::vector<std::string> ids;
    const auto page = find(by, what);
    for (const auto& item : page.at("items").as_array()) ids.emplace_back(item.at("id").as_string());
    return ids;
  }
  testing::Answer look(const std::string& id, const std::string& who = "officer1",
                       const std::string& purpose = "at the window") {
    return post(who, "/api/people/" + id + "/look", R"({"purpose":")" + purpose + "\"}");
  }
  testing::Answer correct(const std::string& id, const std::string& body, std::int64_t version,
                          const std::string& who = "officer1") {
    return town.call(as(who), "PATCH", "/api/people/" + id, body, testing::if_match(version));
  }
  void erase(const std::string& id) {
    town.write([&](Transaction& tx, Instant at) {
      erase_person(tx, PersonId{*parse_id(PersonTag::prefix, id)}, at);
    });
  }
};

TEST_P(People, AreMaskedInListsAndWholeInALook) {
  const auto recorded = post("officer1", "/api/people", wang);
  EXPECT_EQ(recorded.text("name"), "示*");
  EXPECT_EQ(recorded.text("phone"), "139****0001");
  EXPECT_EQ(recorded.text("identity_number"), "**************0028");
  const auto seen = look(recorded.text("id"));
  EXPECT_EQ(seen.text("name"), "示例 王秀英");
  EXPECT_EQ(seen.text("phone"), "13900000001") << "kept without the spaces";
  EXPECT_EQ(seen.text("birth_date"), "1948-03-07");
  EXPECT_EQ(seen.text("address"), "示例路 1 号");
}

TEST_P(People, AreFoundByWhatIsAskedForOnly) {
  const auto first = record(wang);
  const auto second = record(li);
  EXPECT_THAT(found("name", "秀英"), ElementsAre(first));
  EXPECT_THAT(found("name", "小明"), ElementsAre(second));
  EXPECT_THAT(found("name", "示例"), ElementsAre(first, second));
  EXPECT_THAT(found("name", "王英"), IsEmpty()) << "the letters stand next to each other";
  EXPECT_THAT(found("phone", "139-0000-0002"), ElementsAre(second));
  EXPECT_THAT(found("phone", "13900"), IsEmpty()) << "the whole number";
  EXPECT_THAT(found("identity_number", "000000194803070028"), ElementsAre(first));
  EXPECT_THAT(found("last_four", "0032"), ElementsAre(second));
  EXPECT_THAT(found("last_four", "0002"), ElementsAre(second));
  EXPECT_EQ(find("name", "王").problem(), "too_short") << "one letter would show half the town";
  EXPECT_EQ(post("officer1", "/api/people/find", R"({"purpose":"x"})").problem(), "search_unclear");
  EXPECT_EQ(post("officer1", "/api/people/find", R"({"name":"王秀","phone":"1","purpose":"x"})").problem(),
            "search_unclear");
  EXPECT_EQ(post("officer1", "/api/people/find", R"({"name":"王秀","purpose":" "})").problem(),
            "purpose_missing");
}

TEST_P(People, AreListedAPageAtATime) {
  std::vector<std::string> all;
  for (int i = 0; i < 5; ++i) all.push_back(record(R"({"name":"示例 张三"})"));
  std::vector<std::string> seen;
  std::string cursor;
  do {
    const auto page = post("officer1", "/api/people/find",
                           R"({"name":"张三","purpose":"x","limit":2)" +
                               (cursor.empty() ? "" : R"(,"cursor":")" + cursor + '"') + "}");
    for (const auto& item : page.at("items").as_array()) seen.emplace_back(item.at("id").as_string());
    cursor = page.at("next").is_null() ? "" : page.text("next");
  } while (!cursor.empty());
  EXPECT_EQ(seen, all);
}

TEST_P(People, HaveNumbersThatCanBe) {
  EXPECT_EQ(problem_of(R"({"name":"示例","phone":"call me"})"), "invalid_phone");
  EXPECT_EQ(problem_of(R"({"name":"示例","phone":"123456789012345678901"})"), "invalid_phone");
  EXPECT_EQ(problem_of(R"({"name":"示例","identity_number":"000000194803070027"})"),
            "invalid_identity_number");
  EXPECT_EQ(problem_of(R"({"name":" "})"), "too_short");
  record(wang);
  EXPECT_EQ(problem_of(R"({"name":"示例 别人","identity_number":"000000194803070028"})"), "person_known");
  record(R"({"name":"示例 她先生","phone":"13900000001"})");
  EXPECT_EQ(found("phone", "13900000001").size(), 2U) << "a couple may share a phone";
}

TEST_P(People, AreCorrectedAndFoundByWhatIsNow) {
  const auto id = record(wang);
  const auto edited = correct(id, R"({"name":"示例 王英","phone":null})", 1);
  EXPECT_EQ(edited.number("version"), 2);
  EXPECT_TRUE(edited.at("phone").is_null());
  EXPECT_THAT(found("name", "王英"), ElementsAre(id));
  EXPECT_THAT(found("name", "秀英"), IsEmpty());
  EXPECT_THAT(found("phone", "13900000001"), IsEmpty());
  EXPECT_THAT(found("last_four", "0028"), ElementsAre(id)) << "the number that stayed";
  EXPECT_EQ(correct(id, R"({"name":"示例"})", 1).problem(), "version_differs");
  EXPECT_EQ(correct(id, R"({"identity_number":"1"})", 2).problem(), "invalid_identity_number");
  EXPECT_EQ(correct(id, R"({"identity_number":"000000194803070028"})", 2).problem(), "") << "their own";
  EXPECT_EQ(correct("pe_1", "{}", 1).problem(), "no_such_person");
}

TEST_P(People, WhoseKeyIsDestroyedAreErased) {
  const auto id = record(wang);
  erase(id);
  EXPECT_EQ(look(id).problem(), "person_erased");
  EXPECT_EQ(correct(id, R"({"name":"示例"})", 1).problem(), "person_erased");
  EXPECT_THAT(found("name", "秀英"), IsEmpty());
  EXPECT_THAT(found("last_four", "0028"), IsEmpty());
  record(wang);  // may come back
}

TEST_P(People, AreNowhereToBeReadInTheDatabase) {
  record(wang);
  find("name", "秀英");
  town.read([](Snapshot& snapshot, Instant) {
    for (const auto* statement :
         {"select kind || hash as text from person_marks", "select body as text from events",
          "select subject || purpose as text from audit"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        for (const auto* secret : {"王秀英", "秀英", "13900000001", "0000", "000000194803070028", "示例路"})
          EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr(secret))) << statement;
      });
    }
    for (const auto* statement :
         {"select sealed from person_facts", "select sealed from person_keys", "select body from answers"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        const auto bytes = rows.bytes(0);
        const std::string text{reinterpret_cast<const char*>(bytes.data), bytes.size};
        for (const auto* secret : {"王秀英", "13900000001", "000000194803070028", "示例路"})
          EXPECT_THAT(text, Not(HasSubstr(secret))) << statement;
      });
    }
  });
}

TEST_P(People, EveryLookAndSearchIsRecordedAndTheChainHolds) {
  const auto id = record(wang);
  look(id);
  find("name", "秀英");
  look(id, "officer2", "to call back");
  EXPECT_EQ(look(id, "officer1", "  ").problem(), "purpose_missing");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where chain is not null"), 3);
  EXPECT_EQ(value<std::string>("select subject from audit where action = 'find_people'"), id)
      << "who was shown";
  const auto walk = [&] {
    AuditWalk made;
    town.read([&](Snapshot& snapshot, Instant) {
      while (!made.done) walk_audit(snapshot, made);
    });
    return made.broken;
  };
  EXPECT_EQ(walk(), std::nullopt);
  const auto second = value<std::int64_t>("select max(id) from audit where action = 'find_people'");
  town.write([&](Transaction& tx, Instant) {
    tx.run("update audit set purpose = 'nothing' where id = :id", {{"id", second}});
  });
  EXPECT_EQ(walk(), second) << "a changed row";
  town.write([&](Transaction& tx, Instant) { tx.run("delete from audit where id = :id", {{"id", second}}); });
  EXPECT_GT(walk().value_or(0), second) << "a row taken out shows at the next one";
  town.write([&](Transaction& tx, Instant) { tx.run("update audit set chain = null"); });
  EXPECT_NE(walk(), std::nullopt) << "a chain that was taken off altogether";
}

TEST_P(People, GetTheirKeysRenewedBitByBit) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(record(R"({"name":"示例 张三"})"));
  auto& keys = town.keys();
  const auto next = SealingKey::random(system_entropy());
  keys.add(next);
  keys.activate(next.id());
  std::vector<std::int64_t> done;
  do {
    town.write([&](Transaction& tx, Instant) { done.push_back(renew_person_keys(tx, 2)); });
  } while (done.back() > 0);
  EXPECT_THAT(done, ElementsAre(2, 2, 1, 0));
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_keys where sealed_under = '" + next.id() + "'"),
            5);
  for (const auto& id : ids) EXPECT_EQ(look(id).text("name"), "示例 张三");
}

TEST_P(People, ShowNothingOnTheQuiet) {
  const auto id = record(wang);
  const auto looks = [&](const std::string& action) {
    return value<std::int64_t>("select count(*) from audit where action = :action", {{"action", action}});
  };
  EXPECT_EQ(problem_of(R"({"name":"示例","identity_number":"000000194803070028"})"), "person_known");
  EXPECT_EQ(looks("identity_number_known"), 1) << "that a number is on record was told";
  EXPECT_EQ(correct(id, "{}", 1).status, 200);
  EXPECT_EQ(looks("correct_person"), 1) << "the answer shows the person, masked";
}

TEST_P(People, AreShownToNobodyWhoseTimeIsOver) {
  const auto id = record(wang);
  as("officer2");
  town.write([&](Transaction& tx, Instant at) {
    tx.run(
        "update grants set until_at = :at where staff in (select id from staff where username = 'officer2')",
        {{"at", at}});
  });
  EXPECT_EQ(look(id, "officer2").problem(), "not_allowed");
  EXPECT_EQ(look(id, "officer2", " ").problem(), "not_allowed") << "recorded, whatever they say";
  EXPECT_EQ(find("name", "秀英", "officer2").problem(), "not_allowed");
  EXPECT_EQ(post("officer2", "/api/people", wang).problem(), "not_allowed");
  EXPECT_EQ(correct(id, "{}", 1, "officer2").problem(), "not_allowed");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where allowed = 0"), 3);
}

TEST_P(People, AreFoundWithoutAScan) {
  const auto id = PersonId{*parse_id(PersonTag::prefix, record(wang))};
  const auto caller = town.caller_of("officer1");
  testing::read_plans(town, [&](Transaction& tx) {
    FindPeople wish;
    wish.purpose = "x";
    wish.name = "秀英";
    EXPECT_TRUE(find_people(tx, caller, wish));
    wish.name.reset();
    wish.last_four = "0028";
    EXPECT_TRUE(find_people(tx, caller, wish));
    EXPECT_TRUE(look_at_person(tx, caller, {id, "x"}));
    RecordPerson person;
    person.name = "示例";
    person.identity_number = "000000195206150032";
    EXPECT_TRUE(record_person(tx, caller, person));
    CorrectPerson correction;
    correction.person = id;
    correction.version = 1;
    correction.phone = {true, std::nullopt};
    EXPECT_TRUE(correct_person(tx, caller, correction));
    person_keys_are_behind(tx);
    renew_person_keys(tx, 10);
    AuditWalk walk;
    walk_audit(tx, walk);
    erase_person(tx, id, caller.at);
  });
}

DOORSTEP_ON_ALL_ENGINES(People);

}  // namespace
}  // namespace doorstep::identity
