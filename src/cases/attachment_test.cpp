// Photos and documents of a case: who adds, sees and removes them, how many there may be, and what is left.
#include "cases/attachment.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/pictures.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using testing::as_bytes;
using testing::Browser;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::held;
using testing::jpeg;
using ::testing::Not;
using testing::pdf;
using testing::png;

class AttachmentTest : public testing::CaseTest {
 protected:
  std::string token(CaseId id) {
    std::string token;
    town.read([&](Snapshot& snapshot, Instant) { token = token_of(snapshot, id); });
    return token;
  }
  std::string own_path(CaseId id, const std::string& rest = "") {
    return "/api/cases/" + token(id) + "/attachments" + rest;
  }
  Answer add(CaseId id, const std::string& who, const std::string& bytes, const std::string& more = "") {
    return post(who, path(id, "/attachments" + more), bytes, as_bytes());
  }
  // By whoever holds the token.
  Answer add_own(CaseId id, const std::string& bytes, const std::string& more = "") {
    return town.call("POST", own_path(id, more), bytes, as_bytes());
  }
  std::string added(const Answer& answer) {
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return answer.text("id");
  }
  Answer look(CaseId id, const std::string& who, const std::string& attachment,
              const std::string& body = R"({"purpose":"核对"})") {
    return post(who, path(id, "/attachments/" + attachment + "/look"), body);
  }
  Answer remove(CaseId id, const std::string& who, const std::string& attachment) {
    return town.call(as(who), "DELETE", path(id, "/attachments/" + attachment));
  }
  Answer remove_own(CaseId id, const std::string& attachment) {
    return town.call("DELETE", own_path(id, "/" + attachment));
  }
  Answer listed(CaseId id) { return get("officer1", path(id, "/attachments")); }
  std::int64_t kept_files() { return value<std::int64_t>("select count(*) from files where kept = 1"); }
  std::int64_t looks(const std::string& action, bool allowed) {
    return value<std::int64_t>("select count(*) from audit where action = :action and allowed = :allowed",
                               {{"action", action}, {"allowed", allowed}});
  }
};

TEST_P(AttachmentTest, ComeFromHomeAndAtTheWindowWholeAndAsTheyWere) {
  const auto id = open("officer1");
  const auto photo = held(jpeg(1600, 800), 6);
  const auto from_home = add_own(id, photo, "?material=card");
  const auto first = added(from_home);
  EXPECT_EQ(from_home.text("kind"), "jpeg");
  EXPECT_EQ(from_home.text("material"), "card");
  EXPECT_EQ(from_home.number("size"), static_cast<std::int64_t>(photo.size()));
  EXPECT_TRUE(from_home.at("added_by").is_null());
  EXPECT_TRUE(from_home.at("has_preview").as_bool());
  EXPECT_TRUE(from_home.at("removable").as_bool());
  const auto second = added(add(id, "officer2", pdf()));

  const auto list = listed(id);
  EXPECT_THAT(testing::texts_in(list.at("items"), "id"), ElementsAre(first, second));
  EXPECT_EQ(list.at("items").at(1).at("added_by"), "示例 officer2");
  EXPECT_FALSE(list.at("items").at(1).at("has_preview").as_bool());
  EXPECT_FALSE(list.at("items").at(1).at("removable").as_bool()) << "officer1 asks";
  EXPECT_EQ(list.number("room"), attachments_max - 2);
  EXPECT_THAT(testing::texts_in(town.call("GET", own_path(id)).at("items"), "id"),
              ElementsAre(first, second));

  const auto original = town.call("GET", own_path(id, "/" + first));
  EXPECT_TRUE(original.bytes == photo) << "as it came, to the last byte";
  EXPECT_EQ(original.headers.at("content-type"), "image/jpeg");
  const auto preview = town.call("GET", own_path(id, "/" + first + "?preview=true"));
  EXPECT_EQ(preview.headers.at("content-type"), "image/jpeg");
  EXPECT_THAT(preview.bytes, Not(HasSubstr("GPS")));
  EXPECT_TRUE(look(id, "officer1", first).bytes == photo);
  EXPECT_TRUE(look(id, "officer1", first, R"({"purpose":"核对","preview":true})").bytes == preview.bytes);
  EXPECT_EQ(look(id, "officer1", second).headers.at("content-type"), "application/pdf");
}

TEST_P(AttachmentTest, AreAnsweredAsSomethingToSaveThatNoCacheKeeps) {
  const auto id = open("officer1");
  const auto attachment = added(add_own(id, png()));
  for (const auto& answer :
       {town.call("GET", own_path(id, "/" + attachment)), look(id, "officer1", attachment)}) {
    EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
    EXPECT_EQ(answer.headers.at("content-disposition"),
              "attachment; filename=\"file.png\"; filename*=UTF-8''" + attachment + ".png");
  }
}

TEST_P(AttachmentTest, LeaveTheCaseWhereItIsAndItsPaperToAnOfficer) {
  const auto id = open("officer1");
  const auto attachment = added(add_own(id, jpeg(), "?material=card"));
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.number("version"), 2) << "whoever was about to tell what is missing sees this first";
  EXPECT_EQ(shown.at("materials").at(1).at("state"), "missing") << "an officer has to look at it";
  EXPECT_EQ(shown.at("history").at(1).at("text").at("en"), "A photo or document was added: Card");
  EXPECT_EQ(act(id, "officer1", "/materials", R"({"material":"card"})").problem(), "");
  EXPECT_EQ(remove_own(id, attachment).status, 204);
  const auto after = read(id, "officer1");
  EXPECT_EQ(after.at("history").at(3).at("text").at("en"), "A photo or document was removed");
  EXPECT_EQ(after.at("materials").at(1).at("state"), "received");
}

TEST_P(AttachmentTest, AreSeenByAnOfficerOfTheVenueWhoSaysWhy) {
  const auto id = open("officer1"), other = open("officer1");
  const auto photo = added(add_own(id, jpeg())), document = added(add_own(id, pdf()));
  EXPECT_EQ(look(id, "officer1", photo, R"({"purpose":" "})").problem(), "purpose_missing");
  EXPECT_EQ(looks("look_at_attachment", true), 0);
  EXPECT_EQ(look(id, "officer2", photo).status, 200);
  EXPECT_EQ(look(id, "manager", photo).status, 200);
  EXPECT_EQ(looks("look_at_attachment", true), 2);
  EXPECT_EQ(look(id, "elsewhere", photo).problem(), "not_allowed");
  EXPECT_EQ(look(id, "greeter", photo).problem(), "not_allowed");
  EXPECT_EQ(looks("look_at_attachment", false), 2);
  EXPECT_EQ(look(other, "officer1", photo).problem(), "no_such_attachment") << "it is another case's";
  EXPECT_EQ(look(id, "officer1", document, R"({"purpose":"p","preview":true})").problem(), "no_preview");
  EXPECT_EQ(looks("look_at_attachment", true), 4) << "refused for another reason, it was a look all the same";
  EXPECT_EQ(look(CaseId{9999}, "officer1", photo).problem(), "no_such_case");
  EXPECT_EQ(town.call("GET", own_path(other, "/" + photo)).problem(), "no_such_attachment");
  EXPECT_EQ(town.call("GET", own_path(id, "/" + document + "?preview=true")).problem(), "no_preview");
  EXPECT_EQ(town.call("GET", "/api/cases/nothing/attachments/" + photo).problem(), "no_such_case");
  EXPECT_EQ(town.call("GET", "/api/cases/nothing/attachments").problem(), "no_such_case");
}

TEST_P(AttachmentTest, AreAddedByThoseWhoMay) {
  const auto id = open("officer1");
  EXPECT_EQ(add(id, "nobody", jpeg()).problem(), "not_signed_in");
  EXPECT_EQ(add(id, "greeter", jpeg()).problem(), "not_allowed");
  EXPECT_EQ(add(id, "elsewhere", jpeg()).problem(), "not_allowed");
  EXPECT_EQ(get("elsewhere", path(id, "/attachments")).problem(), "not_allowed");
  EXPECT_EQ(add(CaseId{9999}, "officer1", jpeg()).problem(), "no_such_case");
  EXPECT_EQ(town.call("POST", "/api/cases/nothing/attachments", jpeg(), as_bytes()).problem(),
            "no_such_case");
  EXPECT_EQ(add(id, "manager", jpeg()).status, 201);
}

TEST_P(AttachmentTest, AreRefusedForWhatTheyAre) {
  const auto id = open("officer1");
  EXPECT_EQ(add_own(id, "no photo").problem(), "attachment_kind_unknown");
  EXPECT_EQ(add_own(id, "\xFF\xD8\xFF no photo").problem(), "attachment_broken");
  EXPECT_EQ(add_own(id, pdf(std::string(attachment_bytes_max, 'x'))).problem(), "body_too_large");
  EXPECT_EQ(add_own(id, jpeg(), "?material=moon").problem(), "unknown_material");
  EXPECT_EQ(town.call("POST", own_path(id), "{}").problem(), "unsupported_media_type");
  EXPECT_EQ(kept_files(), 0);
  EXPECT_EQ(town.api().body_bytes_max(own_path(id)), attachment_bytes_max);
}

TEST_P(AttachmentTest, AreRemovedByWhoeverAddedThem) {
  const auto id = open("officer1");
  const auto own = added(add_own(id, jpeg())), officers = added(add(id, "officer1", png()));
  EXPECT_EQ(remove_own(id, officers).problem(), "attachment_not_yours");
  EXPECT_EQ(remove(id, "officer1", own).problem(), "attachment_not_yours");
  EXPECT_EQ(remove(id, "officer2", officers).problem(), "attachment_not_yours");
  EXPECT_EQ(remove(id, "elsewhere", officers).problem(), "not_allowed");
  EXPECT_EQ(remove(CaseId{9999}, "officer1", officers).problem(), "no_such_case");
  EXPECT_EQ(town.call("DELETE", "/api/cases/nothing/attachments/" + own).problem(), "no_such_case");
  EXPECT_EQ(remove(id, "officer1", officers).status, 204);
  EXPECT_EQ(remove_own(id, own).status, 204);
  EXPECT_EQ(remove(id, "officer1", officers).problem(), "no_such_attachment");
  EXPECT_EQ(remove_own(id, own).problem(), "no_such_attachment");
  EXPECT_EQ(listed(id).at("items").as_array().size(), 0U);
}

TEST_P(AttachmentTest, StayAsTheyAreOnceTheCaseIsOver) {
  const auto id = open("officer1");
  const auto own = added(add_own(id, jpeg())), officers = added(add(id, "officer1", png()));
  advance(id, "officer1", 3, "refused");
  EXPECT_EQ(add_own(id, pdf()).problem(), "case_over");
  EXPECT_EQ(add(id, "officer1", pdf()).problem(), "case_over");
  EXPECT_EQ(remove_own(id, own).problem(), "case_over");
  EXPECT_EQ(remove(id, "officer1", officers).problem(), "case_over");
  const auto list = town.call("GET", own_path(id));
  EXPECT_EQ(list.number("room"), 0);
  EXPECT_FALSE(list.at("items").at(0).at("removable").as_bool());
  EXPECT_EQ(look(id, "officer1", own).status, 200);
}

TEST_P(AttachmentTest, GoWithTheirFilesUnlessAnotherIsTheSame) {
  const auto id = open("officer1"), other = open("officer2");
  const auto photo = jpeg();
  const auto first = added(add_own(id, photo)), second = added(add_own(other, photo));
  EXPECT_EQ(kept_files(), 2) << "a photo and its preview, both once";
  EXPECT_EQ(remove_own(id, first).status, 204);
  EXPECT_EQ(kept_files(), 2) << "the other case still has it";
  EXPECT_EQ(remove_own(other, second).status, 204);
  EXPECT_EQ(kept_files(), 0);
  pass(std::chrono::hours{25});
  EXPECT_EQ(town.files().collect_orphans(), 2);
  EXPECT_EQ(value<std::int64_t>("select count(*) from files"), 0);
}

TEST_P(AttachmentTest, AreNotNamedInWhatIsTold) {
  const auto id = open("officer1");
  added(add_own(id, jpeg(), "?material=card"));
  std::vector<testing::EventRow> events;
  town.read([&](Snapshot& snapshot, Instant) {
    events =
        snapshot.all<testing::EventRow>("select kind, topic, body from events order by seq desc limit 2");
  });
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, "case_listed");
  EXPECT_EQ(events[1].kind, "case_changed");
  for (const auto& event : events) EXPECT_THAT(event.body, Not(HasSubstr("card")));
}

TEST_P(AttachmentTest, AreAtMostSoMany) {
  const auto id = open("officer1");
  for (int i = 0; i < attachments_max; ++i) added(add_own(id, pdf(std::to_string(i))));
  EXPECT_EQ(add_own(id, pdf("more")).problem(), "too_many_attachments");
  EXPECT_EQ(add(id, "officer1", pdf("more")).problem(), "too_many_attachments");
  EXPECT_EQ(listed(id).number("room"), 0);
}

TEST_P(AttachmentTest, AreNoMoreWhenTwoAddTheLastOne) {
  const auto id = open("officer1");
  for (int i = 1; i < attachments_max; ++i) added(add_own(id, pdf(std::to_string(i))));
  const auto address = own_path(id);
  std::atomic<int> fitted{0}, refused{0};
  const auto press = [&](const std::string& what) {
    const auto answer = town.call("POST", address, pdf(what), as_bytes());
    (answer.status == 201 ? fitted : refused) += 1;
    EXPECT_TRUE(answer.status == 201 || answer.problem() == "too_many_attachments") << answer.problem();
  };
  {
    const std::jthread one{[&] { press("one"); }}, two{[&] { press("two"); }};
  }
  EXPECT_EQ(fitted, 1);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(listed(id).at("items").as_array().size(), static_cast<std::size_t>(attachments_max));
}

TEST_P(AttachmentTest, SentTwiceBecauseTheNetworkFailedAreAddedOnce) {
  const auto id = open("officer1");
  auto sent = as_bytes();
  sent.headers["idempotency-key"] = "the-same-key-as-before";
  Browser phone;
  const auto first = town.call(phone, "POST", own_path(id), jpeg(), sent);
  const auto again = town.call(phone, "POST", own_path(id), jpeg(), sent);
  EXPECT_EQ(added(first), added(again));
  EXPECT_EQ(listed(id).at("items").as_array().size(), 1U);
}

TEST_P(AttachmentTest, ReadNoTableToItsEnd) {
  const auto id = open("officer1");
  const auto own = added(add_own(id, jpeg())), officers = added(add(id, "officer1", png()));
  const auto slip = token(id);
  const auto caller = town.caller_of("officer1");
  const auto parsed = [](const std::string& text) {
    return AttachmentId{*parse_id(AttachmentTag::prefix, text)};
  };
  NewAttachment same{.kind = AttachmentKind::png, .size = 1, .file = {}, .preview = {}};
  same.file.text = value<std::string>("select file from case_attachments where kind = 'png'");
  testing::read_plans(town, [&](Transaction& tx) {
    list_attachments(tx, caller, {id});
    list_own_attachments(tx, caller, {slip});
    may_add(tx, caller, {id, "card"});
    read_own_attachment(tx, caller, {slip, parsed(own), true});
    EXPECT_TRUE(look_at_attachment(tx, caller, {id, parsed(own), "p", {}}).has_value());
    add_attachment(tx, caller, {id, "card"}, same);
    remove_attachment(tx, caller, {id, parsed(officers)});
    remove_own_attachment(tx, caller, {slip, parsed(own)});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(AttachmentTest);

}  // namespace doorstep::cases
