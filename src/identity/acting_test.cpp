// Who may act for somebody else, and how that ends: by itself, with whoever is erased, when records change.
#include "identity/acting.hpp"

#include "identity/erasure.hpp"
#include "identity/mandate_fixture.hpp"

namespace doorstep::identity {
namespace {

using ::testing::HasSubstr;

constexpr MandateState all_states[] = {MandateState::offered, MandateState::active, MandateState::ended};

TEST(MandateStates, BecomeNothingButThis) {
  const std::set<std::pair<MandateState, MandateState>> allowed = {
      {MandateState::offered, MandateState::active},
      {MandateState::offered, MandateState::ended},
      {MandateState::active, MandateState::ended},
  };
  for (const auto from : all_states) {
    for (const auto to : all_states)
      EXPECT_EQ(may_become(from, to), allowed.contains({from, to})) << name_of(from) << " to " << name_of(to);
  }
}

TEST(MandateStates, EndSoAndNotOtherwise) {
  for (const auto how : {MandateEnd::declined, MandateEnd::revoked, MandateEnd::expired, MandateEnd::erased,
                         MandateEnd::records_changed}) {
    EXPECT_TRUE(may_end(MandateState::offered, how)) << name_of(how);
    EXPECT_EQ(may_end(MandateState::active, how), how != MandateEnd::declined) << name_of(how);
    EXPECT_FALSE(may_end(MandateState::ended, how)) << name_of(how);
  }
}

class Acting : public Mandates {};

TEST_P(Acting, EndByThemselves) {
  const auto mandate =
      post("officer1", "/api/people/" + father + "/mandates",
           R"({"agent":")" + daughter + R"(","consent":"in_person","until":"2026-12-01T00:00:00Z"})")
          .text("id");
  EXPECT_TRUE(acts_for(father));
  pass(std::chrono::days{7});
  EXPECT_FALSE(acts_for(father)) << "to the minute, whenever the timer fires";
  EXPECT_EQ(town.fire_timers(), 1);
  EXPECT_EQ(how_ended(mandate), "expired");
  EXPECT_THAT(town.message_to(fathers), HasSubstr("结束"));
}

TEST_P(Acting, AnOfferThatNobodyAcceptsEnds) {
  const auto mandate = offer().text("id");
  const auto before = town.message_to(fathers);
  town.pass(offer_time);
  EXPECT_EQ(town.fire_timers(), 1);
  EXPECT_EQ(how_ended(mandate), "expired");
  EXPECT_EQ(town.message_to(fathers), before) << "it had not begun";
}

TEST_P(Acting, AnAcceptedOfferLastsAsLongAsItWasGivenFor) {
  const auto mandate = offer().text("id");
  EXPECT_EQ(accept(mandate).status, 200);
  town.pass(offer_time);
  EXPECT_EQ(town.fire_timers(), 0);
  EXPECT_TRUE(acts_for(father));
}

TEST_P(Acting, EndWithWhoeverIsErased) {
  const auto manager = town.caller_of("manager");
  on(daughters);
  for (const auto& erased : {daughter, father}) {
    const auto mandate = given();
    const auto waiting = offer().text("id");
    town.write([&](Transaction& tx, Instant) { erase_with_all(tx, manager, id_of(erased)); });
    EXPECT_EQ(how_ended(mandate), "erased");
    EXPECT_FALSE(acts_for(father));
    if (erased == daughter) {
      EXPECT_THAT(town.message_to(fathers), HasSubstr("结束"));
      EXPECT_EQ(listed(fathers)[0].at("state").as_string(), "offered")
          << "whom it is offered to nobody knows";
      daughter = record(daughter_body);
      EXPECT_EQ(call(fathers, "POST", "/" + waiting + "/end").status, 200);
    } else {
      EXPECT_EQ(how_ended(waiting), "erased");
      EXPECT_EQ(give().problem(), "person_erased");
    }
  }
}

TEST_P(Acting, HoldForWhoeverStandsForThemAndComeBackAsTheyWere) {
  const auto mandate = given();
  const auto twice = record(R"({"name":"示例 王父"})"), her = record(R"({"name":"示例 李女"})");
  EXPECT_EQ(merge(father, twice).status, 200);
  EXPECT_EQ(merge(daughter, her).status, 200);
  for (const auto& id : {father, twice}) EXPECT_TRUE(acts_for(id));
  EXPECT_EQ(look(father).at("items").as_array()[0].at("person").at("id").as_string(), twice);
  EXPECT_EQ(give().problem(), "mandate_known") << "of the two people, whatever record is named";
  EXPECT_EQ(unmerge(father, twice).status, 200);
  EXPECT_TRUE(acts_for(father));
  EXPECT_FALSE(acts_for(twice)) << "it was his, and not the other's";
  EXPECT_EQ(value<std::string>("select state from mandates where id = :id",
                               {{"id", *parse_id(MandateTag::prefix, mandate)}}),
            "active");
}

TEST_P(Acting, WhatWasGivenWhileTwoWereTakenForOneEnds) {
  const auto other = record(R"({"name":"示例 王父"})");
  EXPECT_EQ(merge(other, father).status, 200);
  const auto mandate = given();
  EXPECT_EQ(unmerge(other, father).status, 200);
  EXPECT_EQ(how_ended(mandate), "records_changed") << "nobody knows which of the two said so";
  EXPECT_FALSE(acts_for(father));
  EXPECT_THAT(town.message_to(fathers), HasSubstr("结束"));
}

TEST_P(Acting, BetweenTwoRecordsOfOnePersonEnd) {
  const auto twice = record(R"({"name":"示例 王父"})");
  const auto mandate = post("officer1", "/api/people/" + father + "/mandates",
                            R"({"agent":")" + twice + R"(","consent":"in_person",)" + next_year + "}")
                           .text("id");
  EXPECT_EQ(merge(twice, father).status, 200);
  EXPECT_EQ(how_ended(mandate), "records_changed");
}

TEST_P(Acting, DoNotOpenWhatIsHeld) {
  given();
  auto& hers = on(daughters);
  for (const auto* rest : {"/look", "/export", "/erase", "/mandates/md_1/end"}) {
    EXPECT_EQ(town.call(hers, "POST", "/api/my/people/" + father + rest).problem(), "no_such_person") << rest;
  }
  EXPECT_EQ(town.call(hers, "GET", "/api/my/people/" + father + "/looks").problem(), "no_such_person");
  EXPECT_EQ(town.call(hers, "GET", "/api/my/people/" + father + "/mandates").problem(), "no_such_person");
}

DOORSTEP_ON_ALL_ENGINES(Acting);

}  // namespace
}  // namespace doorstep::identity
