// Acting for somebody else: said at a window or by phone, for a time, and ended by whoever likes.
#include "identity/mandates.hpp"

#include "identity/erasure.hpp"
#include "identity/mandate_fixture.hpp"
#include "identity/phones.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_P(Mandates, AreGivenAtTheWindow) {
  EXPECT_FALSE(acts_for(father));
  const auto answer = give();
  EXPECT_EQ(answer.status, 201) << answer.problem();
  EXPECT_EQ(answer.text("state"), "active");
  EXPECT_EQ(answer.text("consent"), "in_person");
  EXPECT_EQ(answer.text("given_by.name"), "示例 officer1") << "the witness";
  EXPECT_EQ(answer.text("agent.name"), "示*") << "masked";
  EXPECT_EQ(answer.text("scope"), "matters");
  EXPECT_THAT(town.message_to(fathers), HasSubstr("替你办事"));
  EXPECT_TRUE(acts_for(father));
  EXPECT_FALSE(acts_for(daughter, fathers)) << "not the other way round";
  EXPECT_EQ(give().problem(), "mandate_known");
  EXPECT_EQ(give(R"("consent":"in_person")", "greeter").problem(), "not_allowed");
}

TEST_P(Mandates, AreGivenWithTheCodeThatTheirPhoneWasSent) {
  EXPECT_EQ(give(R"("consent":"code","code":"000000")").problem(), "wrong_code");
  EXPECT_EQ(give(R"("consent":"code")").problem(), "wrong_code");
  const auto others = town.new_code_for(daughters);
  EXPECT_EQ(give(R"("consent":"code","code":")" + others + '"').problem(), "wrong_code")
      << "of another phone";
  const auto code = town.new_code_for(fathers);
  EXPECT_EQ(give(R"("consent":"code","code":")" + code + '"').text("consent"), "code");
}

TEST_P(Mandates, AreOfferedByPhoneAndWaitToBeAccepted) {
  const auto offered = offer();
  EXPECT_EQ(offered.status, 201) << offered.problem();
  EXPECT_EQ(offered.text("state"), "offered");
  EXPECT_TRUE(offered.at("agent").is_null());
  EXPECT_FALSE(acts_for(father)) << "not yet";
  ASSERT_THAT(listed(daughters), SizeIs(1));
  EXPECT_EQ(listed(daughters)[0].at("person").at("name").as_string(), "示*");
  EXPECT_EQ(listed(daughters)[0].at("side").as_string(), "agent");
  const auto accepted = accept(offered.text("id"));
  EXPECT_EQ(accepted.text("state"), "active");
  EXPECT_EQ(accepted.text("consent"), "own_phone");
  EXPECT_TRUE(acts_for(father));
  EXPECT_THAT(town.message_to(fathers), HasSubstr("替你办事"));
  EXPECT_EQ(accept(offered.text("id")).problem(), "mandate_not_offered");
  EXPECT_EQ(listed(fathers)[0].at("agent").at("id").as_string(), daughter);
  EXPECT_EQ(listed(fathers)[0].at("side").as_string(), "giver");
}

TEST_P(Mandates, AnOfferTellsNobodyWhoIsOnRecord) {
  const auto known = offer(), stranger = offer("13900000009", "1234");
  EXPECT_EQ(stranger.status, known.status);
  EXPECT_EQ(stranger.text("state"), "offered");
  EXPECT_TRUE(stranger.at("agent").is_null());
  EXPECT_THAT(listed(daughters), SizeIs(1)) << "only what was meant for her";
  EXPECT_EQ(accept(stranger.text("id")).problem(), "no_such_mandate");
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from audit_people where person = :id", {{"id", id_of(daughter)}}),
      1)
      << "nobody was looked up: her phone was linked, that is all";
}

TEST_P(Mandates, AreOfferedToThePhoneAndTheNumberBoth) {
  const auto other_number = offer(daughters, "0033"), other_phone = offer("13900000009", "0032");
  EXPECT_THAT(listed(daughters), IsEmpty());
  EXPECT_EQ(accept(other_number.text("id")).problem(), "no_such_mandate");
  EXPECT_EQ(accept(other_phone.text("id")).problem(), "no_such_mandate");
  EXPECT_EQ(offer(fathers, "0028").problem(), "mandate_for_oneself");
}

TEST_P(Mandates, AreOfferedWithAFreshCode) {
  on(fathers);
  town.pass(fresh_time);
  EXPECT_EQ(offer().problem(), "fresh_code_needed");
}

TEST_P(Mandates, EitherSideEndsThem) {
  struct {
    const char* phone;  // empty: at the window
    bool accepted;
    const char* how;
  } constexpr cases[] = {
      {daughters, false, "declined"}, {fathers, false, "revoked"}, {"", false, "revoked"},
      {daughters, true, "revoked"},   {fathers, true, "revoked"},  {"", true, "revoked"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(std::string{each.phone} + (each.accepted ? " accepted" : " offered"));
    const auto mandate = each.accepted ? given() : offer().text("id");
    EXPECT_EQ(acts_for(father), each.accepted);
    const auto end = [&] {
      return *each.phone == 0 ? end_at_window(father, mandate)
                              : call(each.phone, "POST", "/" + mandate + "/end");
    };
    const auto ended = end();
    EXPECT_EQ(ended.text("state"), "ended") << ended.problem();
    EXPECT_EQ(ended.text("ended_how"), each.how);
    EXPECT_EQ(ended.at("ended_by").is_null(), *each.phone != 0);
    EXPECT_FALSE(acts_for(father));
    const bool forgotten = std::string{each.how} == "declined";
    EXPECT_EQ(end().problem(), forgotten ? "no_such_mandate" : "mandate_over");
    if (!each.accepted) continue;
    EXPECT_THAT(town.message_to(fathers), HasSubstr("结束"));
  }
}

// Either side takes along what it gave or holds, with the other one masked.
TEST_P(Mandates, GoAlongWithWhatIsHeldOfEitherSide) {
  given();
  for (const auto& [phone, person, side] :
       {std::tuple{fathers, father, "giver"}, {daughters, daughter, "agent"}}) {
    const auto all = town.call(on(phone), "POST", "/api/my/people/" + person + "/export");
    ASSERT_THAT(all.at("mandates").as_array(), SizeIs(1)) << all.problem();
    const auto& mandate = all.at("mandates").at(0);
    EXPECT_EQ(mandate.at("side").as_string(), side);
    EXPECT_EQ(mandate.at("consent").as_string(), "in_person");
    EXPECT_EQ(mandate.at("person").at("name").as_string(), "示*");
    EXPECT_FALSE(all.at("mandates_left_out").as_bool());
  }
}

TEST_P(Mandates, AreNobodyElsesToEnd) {
  const auto mandate = given();
  const auto stranger = record(R"({"name":"示例 旁人"})");
  EXPECT_EQ(end_at_window(stranger, mandate).problem(), "no_such_mandate");
  EXPECT_EQ(end_at_window(father, mandate, "greeter").problem(), "not_allowed");
  EXPECT_EQ(end_at_window(daughter, mandate).text("state"), "ended") << "she asked at the window";
}

TEST_P(Mandates, AreForSomePeopleOnly) {
  for (std::int64_t i = 1; i < mandates_given_most; ++i) EXPECT_EQ(offer("13900000009").status, 201);
  given();
  EXPECT_EQ(offer("13900000009").problem(), "too_many_mandates");
  for (std::int64_t i = 1; i < mandates_held_most; ++i) {
    EXPECT_EQ(post("officer1", "/api/people/" + record(R"({"name":"示例"})") + "/mandates",
                   R"({"agent":")" + daughter + R"(","consent":"in_person",)" + next_year + "}")
                  .status,
              201);
  }
  EXPECT_EQ(post("officer1", "/api/people/" + record(R"({"name":"示例"})") + "/mandates",
                 R"({"agent":")" + daughter + R"(","consent":"in_person",)" + next_year + "}")
                .problem(),
            "too_many_mandates");
}

TEST_P(Mandates, AreALookForAnOfficer) {
  given();
  const auto seen = look(father);
  ASSERT_THAT(seen.at("items").as_array(), SizeIs(1));
  EXPECT_EQ(look(father, "auditor").problem(), "not_allowed");
  EXPECT_EQ(post("officer1", "/api/people/" + father + "/mandates/look", R"({"purpose":" "})").problem(),
            "purpose_missing");
  auto& his = on(fathers);
  const auto looks = town.call(his, "GET", "/api/my/people/" + father + "/looks").at("items");
  EXPECT_THAT(testing::texts_in(looks, "action"),
              ElementsAre("link_phone", "look_at_mandates", "look_at_mandates", "give_mandate"));
}

TEST_P(Mandates, AreListedAPageAtATime) {
  std::vector<std::string> all;
  for (int i = 0; i < 5; ++i) {
    all.insert(all.begin(), given());
    EXPECT_EQ(end_at_window(father, all.front()).status, 200);
  }
  for (const int limit : {1, 2, 5}) {
    std::vector<std::string> walked;
    std::string cursor;
    do {
      const auto page = look(father, "officer1", R"(,"limit":)" + std::to_string(limit) + cursor);
      for (const auto& id : testing::texts_in(page.at("items"), "id")) walked.push_back(id);
      cursor = page.at("next").is_null() ? "" : R"(,"cursor":")" + page.text("next") + '"';
    } while (!cursor.empty());
    EXPECT_EQ(walked, all) << limit;
  }
}

TEST_P(Mandates, AreNowhereToBeReadInTheDatabase) {
  offer();
  town.read([](Snapshot& snapshot, Instant) {
    snapshot.sql().query("select agent_mark from mandates", {}, [&](storage::Rows& rows) {
      EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr("0032")));
    });
    snapshot.sql().query("select subject from outbox", {}, [&](storage::Rows& rows) {
      EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr("王")));
    });
  });
}

TEST_P(Mandates, AreFoundWithoutAScan) {
  auto officer = town.caller_of("officer1");
  auto manager = town.caller_of("manager");
  testing::read_plans(town, [&](Transaction& tx) {
    const auto his = id_of(father), hers = id_of(daughter);
    const auto until = officer.at + offer_time;
    const auto by_phone = [&](const char* phone, PersonId person) {
      auto caller = officer;
      caller.staff.reset();
      caller.resident = Resident{resident_of(tx, phone, officer.at), "", officer.at};
      link(tx, officer, caller.resident->id, person);
      return caller;
    };
    const auto he = by_phone(fathers, his), she = by_phone(daughters, hers);
    const auto given = give_mandate(tx, officer, {his, hers, WindowConsent::in_person, {}, until});
    ASSERT_TRUE(given);
    EXPECT_TRUE(may_act_for(tx, *she.resident, his, officer.at));
    EXPECT_TRUE(look_at_mandates(tx, officer, {his, "p", {}, {}}));
    list_own_mandates(tx, she, {hers, {}, {}});
    end_mandate_at_window(tx, officer, {his, given->id});
    const auto offered = offer_mandate(tx, he, {his, daughters, "0032", until});
    accept_mandate(tx, she, {hers, offered.id});
    end_own_mandate(tx, she, {hers, offered.id});
    expire_mandate(tx, manager, to_string(offer_mandate(tx, he, {his, daughters, "0032", until}).id), "");
    EXPECT_TRUE(give_mandate(tx, officer, {his, hers, WindowConsent::in_person, {}, until}));
    end_mandates_since(tx, officer, hers, officer.at);
    end_mandates_within(tx, officer, hers);
    EXPECT_TRUE(give_mandate(tx, officer, {his, hers, WindowConsent::in_person, {}, until}));
    erase(tx, manager, {hers, 1, "p"});
  });
}

DOORSTEP_ON_ALL_ENGINES(Mandates);

}  // namespace
}  // namespace doorstep::identity
