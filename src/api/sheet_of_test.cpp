// A list and its sheet, with rows of their own: one wish and one query for both.
#include "api/sheet_of.hpp"

#include <future>

#include <gmock/gmock.h>

#include "api/api.hpp"
#include "base/problem.hpp"
#include "http/head_parser.hpp"
#include "journal/test_town.hpp"

namespace doorstep::api {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

struct Thing {
  std::int64_t number = 0;
  std::string name;
  Text kind;
  std::optional<Day> day;
  Instant at;
  bool kept = false;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (number, name, kind, day, at, kept))

struct ListThings {
  std::int32_t count = 0;           // how many there are
  std::optional<std::string> name;  // of all of them
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListThings, (), (count, name, cursor, limit))

struct LookAtThings : ListThings {};
BOOST_DESCRIBE_STRUCT(LookAtThings, (ListThings), ())

constexpr Instant noon{1'795'521'600'000'000};  // 2026-11-24T12:00:00Z
constexpr int things_max = 250;

// One statement, as a list has.
Page<Thing> things(Snapshot& snapshot, const Caller&, const ListThings& wish) {
  snapshot.value<std::int64_t>("select count(*) from journal_head");
  const int limit = page_limit(wish.limit);
  std::vector<Thing> rows;
  for (auto n = page_after(wish.cursor) + 1; n <= wish.count && std::ssize(rows) <= limit; ++n)
    rows.push_back({.number = n,
                    .name = wish.name.value_or("示例"),
                    .kind = {"种类", "Kind"},
                    .day = n % 2 == 0 ? std::nullopt : parse_day("2026-11-30"),
                    .at = noon,
                    .kept = n == 1});
  return page_of(
      rows, limit, [](const Thing& thing) { return thing.number; }, [](const Thing& thing) { return thing; });
}

SheetOf<Thing> sheet_of_things() {
  SheetOf<Thing> sheet{{"东西", "Things"}, things_max};
  sheet.column({"数", "Number"}, &Thing::number);
  sheet.column({"名称", "Name"}, &Thing::name);
  sheet.column({"类型", "Kind"}, &Thing::kind);
  sheet.column({"日期", "Day"}, &Thing::day);
  sheet.column({"时间", "Time"}, &Thing::at);
  sheet.column({"保留", "Kept"}, &Thing::kept);
  sheet.column({"说法", "Said"}, [](const Thing& thing, Language language) {
    return thing.name + (language == Language::zh ? "！" : "!");
  });
  return sheet;
}

class SheetOfTest : public testing::TownTest {
 protected:
  void SetUp() override {
    TownTest::SetUp();
    feed_ = std::make_unique<Feed>(town());
    api_ = std::make_unique<Api>(town(), *feed_, ApiOptions{.strict = true});
    api_->zone_with([](Snapshot& snapshot) {
      snapshot.value<std::int64_t>("select count(*) from journal_head");
      return Zone{"Asia/Shanghai"};
    });
    api_->authenticate_with(
        [](Snapshot&, const Credentials&, Instant) { return Staff{.id = {}, .session = "s", .grants = {}}; },
        {}, {});
    api_->section("test", "For tests.");
    api_->read<ListThings, Page<Thing>>(
        "/api/things", things, {.who = anyone, .summary = "The things", .queries = 1}, sheet_of_things());
    api_->look<LookAtThings, Page<Thing>>(
        "/api/things/look",
        [](Transaction& tx, const Caller& caller, const LookAtThings& wish) -> Outcome<Page<Thing>> {
          if (wish.name == "refused") return std::unexpected(Refused{Problem{"not_allowed"}});
          return things(tx, caller, wish);
        },
        {.who = Who::signed_in(), .summary = "Look at the things", .queries = 1}, sheet_of_things());
  }
  void TearDown() override {
    api_.reset();
    feed_->stop();
    feed_.reset();
    TownTest::TearDown();
  }

  http::Response send(const std::string& method, const std::string& target, const std::string& body = "",
                      const std::string& headers = "cookie: doorstep_session=x\r\n") {
    const auto head = method + ' ' + target + " HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n" +
                      headers + "\r\n";
    http::Request request;
    http::Fields fields;
    http::Head parsed;
    EXPECT_TRUE(http::parse_head(head, request, fields, parsed));
    request.fields = &fields;
    request.body = body;
    request.remote = "192.0.2.1";
    std::promise<http::Response> promise;
    auto later = promise.get_future();
    http::Reply reply = [&](http::Response&& response) { promise.set_value(std::move(response)); };
    auto now = api_->handle(request, reply);
    return now ? std::move(*now) : later.get();
  }
  sheets::Sheet sheet(const http::Response& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.content_type, sheets::xlsx_media_type);
    return sheets::read_xlsx(response.body);
  }

  std::unique_ptr<Feed> feed_;
  std::unique_ptr<Api> api_;
};

TEST_P(SheetOfTest, HasAllOfTheListWithItsHeadingsAndItsClock) {
  const auto read = sheet(send("GET", "/api/things.xlsx?count=250"));
  EXPECT_EQ(read.name, "东西");
  EXPECT_THAT(read.columns, ElementsAre("数", "名称", "类型", "日期", "时间", "保留", "说法"));
  ASSERT_THAT(read.rows, SizeIs(250U)) << "as many as the sheet may have";
  EXPECT_THAT(read.rows[0].cells,
              ElementsAre("1", "示例", "种类", "2026-11-30", "2026-11-24 20:00", "是", "示例！"));
  EXPECT_THAT(read.rows[249].cells,
              ElementsAre("250", "示例", "种类", "", "2026-11-24 20:00", "否", "示例！"));
  const auto english = sheet(
      send("GET", "/api/things.xlsx?count=1", "", "cookie: doorstep_session=x\r\naccept-language: en\r\n"));
  EXPECT_THAT(english.columns, ElementsAre("Number", "Name", "Kind", "Day", "Time", "Kept", "Said"));
  EXPECT_THAT(english.rows[0].cells,
              ElementsAre("1", "示例", "Kind", "2026-11-30", "2026-11-24 20:00", "Yes", "示例!"));
}

TEST_P(SheetOfTest, RefusesWhatIsTooLong) {
  const auto refused = send("GET", "/api/things.xlsx?count=251");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("list_too_long_for_sheet"));
  EXPECT_THAT(refused.body, HasSubstr("250"));
}

TEST_P(SheetOfTest, IsAskedForWithoutPagesAndPagesAreNoLargerForIt) {
  for (const auto* wish : {"limit=5", "cursor=c1"}) {
    EXPECT_THAT(send("GET", std::string{"/api/things.xlsx?count=1&"} + wish).body,
                HasSubstr("unknown_member"))
        << wish;
  }
  EXPECT_THAT(send("POST", "/api/things/look.xlsx", R"({"count":1,"limit":5})").body,
              HasSubstr("unknown_member"));
  for (const auto* limit : {"0", "101", "250", "-1"})
    EXPECT_THAT(send("GET", std::string{"/api/things?count=1&limit="} + limit).body,
                HasSubstr("out_of_range"))
        << limit;
  EXPECT_EQ(send("GET", "/api/things?count=1&limit=100").status, 200);
}

TEST_P(SheetOfTest, OfWhatAnyoneMayListIsForStaff) {
  EXPECT_EQ(send("GET", "/api/things?count=1", "", "").status, 200);
  EXPECT_THAT(send("GET", "/api/things.xlsx?count=1", "", "").body, HasSubstr("not_signed_in"));
}

TEST_P(SheetOfTest, OfALookIsALookAndItsRefusalIsOne) {
  EXPECT_THAT(sheet(send("POST", "/api/things/look.xlsx", R"({"count":120})")).rows, SizeIs(120U));
  const auto refused = send("POST", "/api/things/look.xlsx", R"({"count":1,"name":"refused"})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("not_allowed"));
  EXPECT_EQ(send("GET", "/api/things/look.xlsx").status, 405);
}

TEST_P(SheetOfTest, SaysWhatItCosts) {
  for (const auto& route : api_->routes()) {
    EXPECT_EQ(route->rules.queries, route->whole_list ? 2 : 1) << route->name;
    if (!route->whole_list) continue;
    EXPECT_TRUE(route->path.ends_with(".xlsx")) << route->path;
    EXPECT_TRUE(route->name.ends_with("_things_sheet")) << route->name;
    EXPECT_EQ(std::ranges::find(route->parameters, "limit", &Parameter::name), route->parameters.end());
  }
}

TEST_P(SheetOfTest, HoldsTextsThatLookLikeFormulasAsTexts) {
  for (const std::string formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"}) {
    const auto read =
        sheet(send("POST", "/api/things/look.xlsx",
                   R"({"count":1,"name":")" + (formula[0] == '\t' ? "\\t=1" : formula) + "\"}"));
    EXPECT_EQ(read.rows[0].cells[1], formula[0] == '\t' ? "=1" : formula);
  }
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(engines, SheetOfTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace doorstep::api
