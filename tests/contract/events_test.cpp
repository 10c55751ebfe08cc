// The stream of events as a page hears it: of its topics only, in order, and on from where it was.
#include <gmock/gmock.h>

#include "contract/stage.hpp"

namespace doorstep::testing {

namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class EventsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  EventsTest() : stage(GetParam()) {}

  std::shared_ptr<Ear> listen(const std::string& who, const std::string& topics, const Sent& more = {}) {
    const auto answer = stage.get(who, "/api/events?topics=" + topics, more);
    EXPECT_EQ(answer.status, 200) << answer.problem();
    auto ear = std::make_shared<Ear>();
    if (answer.on_stream) answer.on_stream(ear);
    return ear;
  }

  Stage stage;
};

TEST_P(EventsTest, ADisplayHearsItsHall) {
  auto display = listen("nobody", "hall:" + stage.town.hall);
  EXPECT_THAT(display->heard(1)[0], HasSubstr("event: reset"));
  stage.call("officer1", 1);
  stage.post("officer1", stage.window(1, "/recall"));
  const auto heard = display->heard(5);
  EXPECT_THAT(heard[1], HasSubstr("event: window_changed"));
  EXPECT_THAT(heard[2], AllOf(HasSubstr("event: ticket_taken"), HasSubstr(R"("number":"A001")")));
  EXPECT_THAT(heard[3], AllOf(HasSubstr("event: ticket_called"), HasSubstr(R"("window":1)")));
  EXPECT_THAT(heard[4], HasSubstr("event: ticket_recalled"));
}

TEST_P(EventsTest, APageThatComesBackHearsWhatItMissed) {
  stage.take();
  stage.take();
  const auto seq = stage.get("nobody", stage.hall("/queue")).number("seq");
  stage.take();
  auto by_header =
      listen("nobody", "hall:" + stage.town.hall, {.headers = {{"last-event-id", std::to_string(seq)}}});
  auto by_query = listen("nobody", "hall:" + stage.town.hall + "&after=" + std::to_string(seq));
  for (auto& ear : {by_header, by_query}) {
    EXPECT_THAT(ear->heard(1)[0], AllOf(StartsWith("id: " + std::to_string(seq + 1)), HasSubstr("A003")));
  }
  auto confused = listen("nobody", "hall:" + stage.town.hall, {.headers = {{"last-event-id", "yesterday"}}});
  EXPECT_THAT(confused->heard(1)[0], HasSubstr("event: reset"));
}

TEST_P(EventsTest, EachHearsOnlyWhatIsTheirs) {
  const auto ticket = stage.serve("officer1", 1);
  auto holder = listen("nobody", "ticket:" + ticket);
  auto desk = listen("officer2", "desk:" + stage.town.venue + ",ticket:" + ticket);
  holder->heard(1);
  desk->heard(1);
  const auto opened = stage.post("officer1", stage.window(1, "/cases"),
                                 R"({"matter":"transfer","materials_received":[],)"
                                 R"("applicant":{"name":"Somebody","phone":"13800000000"}})");
  auto resident = listen("nobody", "case:" + opened.text("token"));
  resident->heard(1);
  stage.post("officer2", Stage::case_path(opened, "/accept"), "", if_match(1));

  EXPECT_THAT(holder->heard(2)[1], HasSubstr("event: case_opened"));
  EXPECT_THAT(resident->heard(2)[1], HasSubstr("event: case_changed"));
  const auto listed = desk->heard(4);
  EXPECT_THAT(listed[1], HasSubstr("event: case_listed"));
  EXPECT_THAT(listed[2], HasSubstr("event: case_opened"));
  EXPECT_THAT(listed[3], HasSubstr("event: case_listed"));
  for (const auto& chunk : listed)
    EXPECT_THAT(chunk, AllOf(Not(HasSubstr("Somebody")), Not(HasSubstr("1380000"))));
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(EventsTest);

}  // namespace doorstep::testing
