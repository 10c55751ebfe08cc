// What a stranger may send: each malformed request is told what is wrong with it, in both languages, and
// never a 500.
#include <gmock/gmock.h>

#include "base/limits.hpp"
#include "base/problem.hpp"
#include "contract/stage.hpp"

namespace doorstep::testing {

namespace {

struct Strange {
  std::string what;
  std::string who;
  std::string method;
  std::string path;  // {hall}, {window} and {venue} are filled in
  std::string body;
  std::map<std::string, std::string> headers;
  std::string problem;
  std::string where = "";  // the member that is named
};

const std::string key_min(idempotency_key_min, 'k');
const std::string tickets = "/api/halls/{hall}/tickets";
const std::string cases = "/api/windows/{window}/cases";
const std::string edit = "/api/windows/{window}";
const std::map<std::string, std::string> first{{"if-match", "\"1\""}};

std::map<std::string, std::string> header(const std::string& name, const std::string& value) {
  return {{name, value}};
}

std::string service(const std::string& value) { return R"({"service":)" + value + "}"; }

// A case with one member as given.
std::string taking(const std::string& member) { return R"({"matter":"transfer",)" + member + "}"; }

std::string many_letters(int count) {
  std::string letters = R"("letter")";
  for (int i = 1; i < count; ++i) letters += R"(,"letter")";
  return letters;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

const std::vector<Strange> bodies{
    {"half a body", "nobody", "POST", tickets, R"({"service":"tran)", {}, "malformed_json"},
    {"no JSON", "nobody", "POST", tickets, "service=transfer", {}, "malformed_json"},
    {"something after it", "nobody", "POST", tickets, service("\"transfer\"") + "x", {}, "malformed_json"},
    {"a comment", "nobody", "POST", tickets, "/* */" + service("\"transfer\""), {}, "malformed_json"},
    {"a member given twice",
     "nobody",
     "POST",
     tickets,
     R"({"service":"question","service":"transfer"})",
     {},
     "malformed_json"},
    {"too deep", "nobody", "POST", tickets, service(nested(10'000)), {}, "malformed_json"},
    {"not an object", "nobody", "POST", tickets, R"(["transfer"])", {}, "wrong_type"},
    {"a number for a text", "nobody", "POST", tickets, service("7"), {}, "wrong_type", "service"},
    {"null for a text", "nobody", "POST", tickets, service("null"), {}, "wrong_type", "service"},
    {"a number in a list of texts",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[7])"),
     {},
     "wrong_type",
     "materials_received[0]"},
    {"a text for a list",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":"letter")"),
     {},
     "wrong_type",
     "materials_received"},
    {"a wrong type further in",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[],"applicant":{"name":"A","phone":[]})"),
     {},
     "wrong_type",
     "applicant.phone"},
    {"too short further in",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[],"applicant":{"name":" ","phone":"123"})"),
     {},
     "too_short",
     "applicant.name"},
    {"an unknown member",
     "nobody",
     "POST",
     tickets,
     R"({"service":"transfer","vip":true})",
     {},
     "unknown_member",
     "vip"},
    {"an unknown member further in",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[],"applicant":{"name":"A","phone":"123","age":7})"),
     {},
     "unknown_member",
     "applicant.age"},
    {"a member of the path again",
     "nobody",
     "POST",
     tickets,
     R"({"hall":"hl_1","service":"transfer"})",
     {},
     "unknown_member",
     "hall"},
    {"the version in the body", "manager", "PATCH", edit, R"({"version":1,"note":null})", first,
     "unknown_member", "version"},
    {"an empty body", "nobody", "POST", tickets, "", {}, "missing_member", "service"},
    {"an empty object", "nobody", "POST", tickets, "{}", {}, "missing_member", "service"},
    {"a missing member",
     "officer1",
     "POST",
     cases,
     R"({"materials_received":[]})",
     {},
     "missing_member",
     "matter"},
    {"a missing member further in",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[],"applicant":{"name":"A"})"),
     {},
     "missing_member",
     "applicant.phone"},
    {"too long a text",
     "nobody",
     "POST",
     tickets,
     service('"' + std::string(101, 'x') + '"'),
     {},
     "too_long",
     "service"},
    {"too long a list",
     "officer1",
     "POST",
     cases,
     taking(R"("materials_received":[)" + many_letters(51) + "]"),
     {},
     "too_long",
     "materials_received"},
    {"an empty list", "manager", "PATCH", edit, R"({"groups":[]})", first, "too_short", "groups"},
    {"blank", "nobody", "POST", tickets, service("\"  \""), {}, "too_short", "service"},
    {"invalid UTF-8", "nobody", "POST", tickets, service("\"\xff\xfe\""), {}, "invalid_text"},
    {"overlong UTF-8", "nobody", "POST", tickets, service("\"\xc0\xaf\""), {}, "invalid_text"},
    {"half a surrogate", "nobody", "POST", tickets, service(R"("\ud800")"), {}, "malformed_json"},
    {"U+0000", "nobody", "POST", tickets, service(R"("tran\u0000sfer")"), {}, "invalid_text", "service"},
    {"U+0000 in a name",
     "nobody",
     "POST",
     tickets,
     R"({"service":"transfer","a\u0000b":1})",
     {},
     "unknown_member",
     std::string{"a\0b", 3}},
    {"another content type", "nobody", "POST", tickets, service("\"transfer\""),
     header("content-type", "text/plain"), "unsupported_media_type"},
    {"a form", "nobody", "POST", tickets, "service=transfer",
     header("content-type", "application/x-www-form-urlencoded"), "unsupported_media_type"},
    {"a body without a type", "nobody", "POST", tickets, service("\"transfer\""), header("content-type", ""),
     "unsupported_media_type"},
};

const std::vector<Strange> addresses{
    {"an id of another kind", "nobody", "GET", "/api/halls/wi_3", "", {}, "wrong_type", "hall"},
    {"an id in upper case", "nobody", "GET", "/api/halls/HL_3", "", {}, "wrong_type", "hall"},
    {"no id at all", "nobody", "GET", "/api/halls/7", "", {}, "wrong_type", "hall"},
    {"an id beyond 64 bits", "nobody", "GET", "/api/halls/hl_zzzzzzzzzzzzzzzz", "", {}, "wrong_type", "hall"},
    {"the largest id", "nobody", "GET", "/api/halls/hl_7zzzzzzzzzzzz", "", {}, "no_such_hall"},
    {"a negative id", "nobody", "GET", "/api/halls/hl_-1", "", {}, "wrong_type", "hall"},
    {"an encoded dot-dot", "nobody", "GET", "/api/halls/%2e%2e", "", {}, "wrong_type", "hall"},
    {"an encoded slash", "nobody", "GET", "/api/halls/hl_1%2fqueue", "", {}, "wrong_type", "hall"},
    {"an encoded U+0000", "nobody", "GET", "/api/tickets/a%00b", "", {}, "bad_path"},
    {"an encoded overlong slash", "nobody", "GET", "/api/tickets/%c0%af", "", {}, "bad_path"},
    {"half an escape", "nobody", "GET", "/api/tickets/%2", "", {}, "bad_path"},
    {"an escape that is none", "nobody", "GET", "/api/tickets/%zz", "", {}, "bad_path"},
    {"an escaped name of a route", "nobody", "GET", "/api/%74own", "", {}, "not_found"},
    {"two slashes", "nobody", "GET", "/api//town", "", {}, "not_found"},
    {"an empty part", "nobody", "GET", "/api/halls//queue", "", {}, "not_found"},
    {"a slash too many", "nobody", "GET", "/api/town/", "", {}, "not_found"},
    {"a path in upper case", "nobody", "GET", "/API/town", "", {}, "not_found"},
    {"nothing there", "nobody", "GET", "/api/nothing", "", {}, "not_found"},
    {"a token too long",
     "nobody",
     "GET",
     "/api/tickets/" + std::string(65, 'x'),
     "",
     {},
     "too_long",
     "token"},
    {"a blank token", "nobody", "GET", "/api/tickets/%20", "", {}, "too_short", "token"},
    {"a token that ends SQL", "nobody", "GET", "/api/tickets/'%20or%201=1--", "", {}, "no_such_ticket"},
    {"an unknown term", "nobody", "GET", "/api/town?x=1", "", {}, "unknown_member", "x"},
    {"a term given twice",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?limit=1&limit=2",
     "",
     {},
     "bad_query",
     "limit"},
    {"a term of the path again",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?hall=hl_1",
     "",
     {},
     "bad_query",
     "hall"},
    {"half an escape in a term", "nobody", "GET", "/api/halls/{hall}/services?limit=%2", "", {}, "bad_query"},
    {"U+0000 in a term", "nobody", "GET", "/api/halls/{hall}/services?cursor=%00", "", {}, "bad_query"},
    {"a query on a write", "nobody", "POST", tickets + "?service=transfer", "", {}, "bad_query"},
    {"no number", "nobody", "GET", "/api/halls/{hall}/services?limit=many", "", {}, "wrong_type", "limit"},
    {"no number at all", "nobody", "GET", "/api/halls/{hall}/services?limit=", "", {}, "wrong_type", "limit"},
    {"a half", "nobody", "GET", "/api/halls/{hall}/services?limit=1.5", "", {}, "wrong_type", "limit"},
    {"none", "nobody", "GET", "/api/halls/{hall}/services?limit=0", "", {}, "out_of_range", "limit"},
    {"less than none",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?limit=-1",
     "",
     {},
     "out_of_range",
     "limit"},
    {"too many", "nobody", "GET", "/api/halls/{hall}/services?limit=101", "", {}, "out_of_range", "limit"},
    {"beyond 32 bits",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?limit=4294967297",
     "",
     {},
     "out_of_range",
     "limit"},
    {"beyond 64 bits",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?limit=99999999999999999999",
     "",
     {},
     "wrong_type",
     "limit"},
    {"a cursor of nobody's",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?cursor=next",
     "",
     {},
     "bad_cursor",
     "cursor"},
    {"an empty cursor",
     "nobody",
     "GET",
     "/api/halls/{hall}/services?cursor=",
     "",
     {},
     "bad_cursor",
     "cursor"},
    {"no venue", "officer1", "GET", "/api/desk/cases", "", {}, "missing_member", "venue"},
    {"no topic", "nobody", "GET", "/api/events", "", {}, "missing_member", "topics"},
    {"too many topics",
     "nobody",
     "GET",
     "/api/events?topics=a,b,c,d,e,f,g,h,i",
     "",
     {},
     "too_long",
     "topics"},
    {"a topic without a kind", "nobody", "GET", "/api/events?topics=hall", "", {}, "no_such_topic", "topics"},
    {"an empty topic", "nobody", "GET", "/api/events?topics=", "", {}, "no_such_topic", "topics"},
    {"a desk that is none",
     "officer1",
     "GET",
     "/api/events?topics=desk:x",
     "",
     {},
     "no_such_topic",
     "topics"},
    {"another method", "nobody", "DELETE", "/api/town", "", {}, "method_not_allowed"},
    {"a method of no kind", "nobody", "PURGE", "/api/town", "", {}, "method_not_allowed"},
};

const std::vector<Strange> doors{
    {"nobody", "nobody", "GET", "/api/session", "", {}, "not_signed_in"},
    {"a forged session", "nobody", "GET", "/api/session", "",
     header("cookie", "doorstep_session=AAAAAAAAAAAAAAAAAAAAAA"), "session_expired"},
    {"a session of bytes", "nobody", "GET", "/api/session", "", header("cookie", "doorstep_session=\xff\xfe"),
     "session_expired"},
    {"a long session", "nobody", "GET", "/api/session", "",
     header("cookie", "doorstep_session=" + std::string(4'000, 'x')), "session_expired"},
    {"no csrf", "officer1", "POST", "/api/windows/{window}/open", "", header("x-doorstep-csrf", ""),
     "csrf_missing"},
    {"another's csrf", "officer1", "POST", "/api/windows/{window}/open", "",
     header("x-doorstep-csrf", "AAAAAAAAAAAAAAAAAAAAAA"), "csrf_missing"},
    {"a short key", "nobody", "POST", tickets, service("\"transfer\""),
     header("idempotency-key", key_min.substr(1)), "bad_idempotency_key"},
    {"a long key", "nobody", "POST", tickets, service("\"transfer\""),
     header("idempotency-key", std::string(idempotency_key_max + 1, 'k')), "bad_idempotency_key"},
    {"a key of bytes", "nobody", "POST", tickets, service("\"transfer\""),
     header("idempotency-key", key_min + "\xff\xfe"), "bad_idempotency_key"},
    {"no version", "manager", "PATCH", edit, R"({"note":null})", {}, "if_match_missing"},
    {"an old version", "manager", "PATCH", edit, R"({"note":null})", header("if-match", "\"7\""),
     "version_differs"},
    {"a tag of another's", "manager", "PATCH", edit, R"({"note":null})", header("if-match", "\"abc\""),
     "version_differs"},
    {"a weak tag", "manager", "PATCH", edit, R"({"note":null})", header("if-match", "W/\"1\""),
     "version_differs"},
    {"any tag", "manager", "PATCH", edit, R"({"note":null})", header("if-match", "*"), "version_differs"},
    {"a huge version", "manager", "PATCH", edit, R"({"note":null})",
     header("if-match", "\"99999999999999999999\""), "version_differs"},
};

class RequestsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  RequestsTest() : stage(GetParam()) {}

  std::string filled(std::string path) const {
    const std::map<std::string, std::string> parts{
        {"{hall}", stage.town.hall}, {"{window}", stage.town.windows[0]}, {"{venue}", stage.town.venue}};
    for (const auto& [part, value] : parts) {
      if (const auto at = path.find(part); at != std::string::npos) path.replace(at, part.size(), value);
    }
    return path;
  }

  void expect_refused(const std::vector<Strange>& all) {
    for (const auto& strange : all) {
      SCOPED_TRACE(strange.what);
      for (const auto* language : {"zh", "en"}) {
        auto headers = strange.headers;
        headers["accept-language"] = language;
        const auto answer =
            stage.send(strange.who, strange.method, filled(strange.path), strange.body, {.headers = headers});
        ASSERT_EQ(answer.problem(), strange.problem) << answer.status;
        EXPECT_LT(answer.status, 500);
        EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
        const auto& text = problem_text(strange.problem);
        EXPECT_EQ(answer.text("title"), language == std::string{"zh"} ? text.zh_title : text.en_title);
        EXPECT_FALSE(answer.text("detail").empty());
        EXPECT_EQ(answer.at("path").is_null() ? "" : answer.text("path"), strange.where);
        EXPECT_EQ(answer.text("request_id"), "test");
      }
    }
  }

  Stage stage;
};

TEST_P(RequestsTest, AStrangeBodyIsRefusedAndNamed) { expect_refused(bodies); }
TEST_P(RequestsTest, AStrangeAddressIsRefusedAndNamed) { expect_refused(addresses); }
TEST_P(RequestsTest, WhoMayNotIsToldWhy) { expect_refused(doors); }

TEST_P(RequestsTest, EveryWriteSurvivesEveryKindOfBody) {
  const std::vector<std::string> strange{
      "",    "null", "[]",          "7",     "\"x\"",         "{}",
      "{\"", "\xff", nested(5'000), "1e999", "{\"a\":1e400}", "{\"version\":1}"};
  for (const auto& route : stage.town.api().routes()) {
    if (route->method == "GET") continue;
    auto path = route->path;
    while (path.find('{') != std::string::npos) {
      const auto open = path.find('{');
      path.replace(open, path.find('}') - open + 1, "wi_1");
    }
    for (const auto& body : strange) {
      const auto answer = stage.send("manager", route->method, path, body, {.headers = first});
      EXPECT_LT(answer.status, 500) << route->name << ": " << body.substr(0, 20);
      if (route->name == "sign_out") stage.forget("manager");
    }
  }
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(RequestsTest);

}  // namespace doorstep::testing
