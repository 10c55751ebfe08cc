// Questions to a server elsewhere, asked of tiny ones on this machine.
#include "journal/web.hpp"

#include <gmock/gmock.h>

#include "journal/test_authority.hpp"
#include "journal/test_server.hpp"

namespace doorstep {

namespace {

using testing::Authority;
using testing::HttpServer;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto soon = std::chrono::milliseconds{300};

WebAnswer ask(const std::string& url, std::string ca_file = {}) {
  return curl_web({.ca_file = std::move(ca_file), .time_most = std::chrono::seconds{20}})->ask({.url = url});
}

std::optional<std::chrono::seconds> age_said(const std::string& headers) {
  HttpServer server{{HttpServer::answer("200 OK", headers, "{}")}};
  return ask(server.url()).max_age;
}

}  // namespace

TEST(WebTest, AnAnswerComesWithItsStatusAndHowLongItIsGood) {
  HttpServer server{{HttpServer::answer("200 OK", "Cache-Control: public, Max-Age=3600\r\n", R"({"a":1})")}};
  const auto answer = ask(server.url());
  EXPECT_EQ(answer.status, 200) << answer.why;
  EXPECT_EQ(answer.body, R"({"a":1})");
  EXPECT_EQ(answer.max_age, std::chrono::hours{1});
  EXPECT_EQ(server.requests().at(0).start, "GET /hook HTTP/1.1");
}

TEST(WebTest, HowLongItIsGoodIsReadWithCare) {
  EXPECT_EQ(age_said(""), std::nullopt);
  EXPECT_EQ(age_said("Cache-Control: no-store\r\n"), std::chrono::seconds{0});
  EXPECT_EQ(age_said("Cache-Control: max-age=-5\r\n"), std::chrono::seconds{0});
  EXPECT_EQ(age_said("Cache-Control: max-age=soon\r\n"), std::nullopt);
  EXPECT_EQ(age_said("Cache-Control: max-age=99999999999999999999\r\n"), std::nullopt);
}

TEST(WebTest, AFormIsPostedWithUserAndPassword) {
  HttpServer server{{HttpServer::answer("400 Bad Request", {}, "no")}};
  const auto web = curl_web();
  const auto answer = web->ask({.url = server.url(),
                                .form = form_encoded({{"code", "a b&c"}, {"town", "镇"}}),
                                .user = "hall",
                                .password = Secret{"s3cret"}});
  EXPECT_EQ(answer.status, 400) << "a refusal is an answer, too";
  EXPECT_EQ(answer.body, "no");
  auto said = server.requests().at(0);
  EXPECT_EQ(said.start, "POST /hook HTTP/1.1");
  EXPECT_EQ(said.headers["Content-Type"], "application/x-www-form-urlencoded");
  EXPECT_EQ(said.headers["Authorization"], "Basic aGFsbDpzM2NyZXQ=");
  EXPECT_EQ(said.body, "code=a%20b%26c&town=%E9%95%87");
}

TEST(WebTest, NoRedirectIsFollowed) {
  HttpServer other{{HttpServer::answer("200 OK", {}, "there")}};
  HttpServer server{{HttpServer::answer("302 Found", "Location: " + other.url() + "\r\n")}};
  EXPECT_EQ(ask(server.url()).status, 302);
  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST(WebTest, WhatIsTooLongIsNoAnswer) {
  const std::string long_text(web_answer_bytes_max + 1, 'x');
  HttpServer body{{HttpServer::answer("200 OK", {}, long_text)}};
  EXPECT_EQ(ask(body.url()).status, 0);
  EXPECT_EQ(ask(body.url()).why, "the answer is too long");
  HttpServer fits{{HttpServer::answer("200 OK", {}, long_text.substr(1))}};
  EXPECT_THAT(ask(fits.url()).body, SizeIs(web_answer_bytes_max));
  std::string headers;
  for (int i = 0; i < 70; ++i) headers += "X-" + std::to_string(i) + ": " + std::string(1'000, 'x') + "\r\n";
  HttpServer head{{HttpServer::answer("200 OK", headers)}};
  EXPECT_EQ(ask(head.url()).status, 0);
}

TEST(WebTest, WhoeverIsSilentIsWaitedForInVainOnlyForSoLong) {
  testing::Server silent{[](testing::Connection& connection) {
    for (std::string line; connection.read_line(line);) {
    }
  }};
  const auto answer = curl_web({.time_most = soon})->ask({.url = "http://127.0.0.1:" + silent.port() + "/"});
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.why, "Timeout was reached");
  EXPECT_EQ(curl_web({.time_most = soon})->ask({.url = "http://127.0.0.1:1/"}).status, 0)
      << "nobody is there";
}

TEST(WebTest, ACertificateHasToBeRight) {
  const Authority authority;
  const Authority other{"Another authority"};
  const auto certificate = authority.server("DNS:localhost");
  HttpServer server{{HttpServer::answer("200 OK")}, certificate.get()};
  EXPECT_EQ(ask(server.url("localhost"), authority.file()).status, 200);
  EXPECT_EQ(ask(server.url("localhost"), other.file()).status, 0);
  EXPECT_EQ(ask(server.url("localhost")).status, 0) << "the system does not know the authority";
  EXPECT_EQ(ask(server.url("127.0.0.1"), authority.file()).status, 0) << "it is of another name";
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(WebTest, AnAddressIsSecureOrOnThisMachine) {
  for (const auto* url : {"https://city.example", "https://city.example/a?b", "http://127.0.0.1:8080/a",
                          "http://localhost", "http://localhost/", "http://[::1]:1/a"})
    EXPECT_TRUE(is_web_address(url)) << url;
  for (const auto* url : {"", "https://", "https:///a", "http://city.example/",
                          "http://127.0.0.1.city.example/", "http://127.0.0.1:80@city.example/",
                          "http://localhost@city.example/", "ftp://localhost/", "https://city.example/a b",
                          "https://city.example\\@other/", "HTTP://localhost/", "file:///etc/passwd"})
    EXPECT_FALSE(is_web_address(url)) << url;
  EXPECT_EQ(curl_web()->ask({.url = "http://city.example/"}).why, "the address does not begin with https://");
}

}  // namespace doorstep
