#include "journal/channels.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>

#include <gmock/gmock.h>

#include "base/crypto.hpp"
#include "journal/test_messages.hpp"
#include "journal/test_server.hpp"
#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::HttpServer;
using testing::is_delivered;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::SmtpServer;
using ::testing::StartsWith;
using testing::why_again;

Outgoing message_to(std::string recipient) {
  return testing::message_to(Channel::hook, std::move(recipient), "请到3号窗口。\n");
}

SmtpOptions mail_options(std::string url) {
  SmtpOptions options;
  options.url = std::move(url);
  options.require_starttls = false;
  options.from = "hall@example.org";
  options.from_name = "示例镇";
  return options;
}

WebhookOptions hook_options() {
  WebhookOptions options;
  options.secret = Secret{"s3cret"};
  options.inner_network = true;
  return options;
}

Delivery post(const std::string& url, const WebhookOptions& options = hook_options()) {
  return webhook_transport(options)->deliver(message_to(url));
}

std::string why_refused(const Delivery& delivery) {
  const auto* refused = std::get_if<Undeliverable>(&delivery);
  return refused ? refused->why : "not refused";
}

}  // namespace

TEST(LogTransport, DeliversEverything) {
  EXPECT_TRUE(is_delivered(log_transport()->deliver(message_to("13800000000"))));
}

TEST(FolderTransport, WritesWhatOnlyItsOwnerReads) {
  const testing::TemporaryFolder folder;
  const auto messages = folder.path() / "messages";
  ASSERT_TRUE(is_delivered(folder_transport(messages)->deliver(message_to("13800000000"))));
  std::ifstream file{messages / "mg_7.txt"};
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>{file}, {}), "13800000000\n请到3号窗口。\n\n");
  EXPECT_EQ(std::filesystem::status(messages).permissions(), std::filesystem::perms::owner_all);
}

TEST(FolderTransport, TriesAgainWhereItCannotWrite) {
  const testing::TemporaryFolder folder;
  std::ofstream{folder.path() / "messages"} << "a file";
  EXPECT_THAT(why_again(folder_transport(folder.path() / "messages")->deliver(message_to("13800000000"))),
              HasSubstr("cannot be written"));
}

TEST(Webhook, PostsASignedMessage) {
  HttpServer server{{HttpServer::answer("204 No Content")}};
  ASSERT_TRUE(is_delivered(post(server.url())));
  const auto requests = server.requests();
  ASSERT_THAT(requests, SizeIs(1));
  auto request = requests[0];
  EXPECT_EQ(request.start, "POST /hook HTTP/1.1");
  EXPECT_EQ(request.headers["Content-Type"], "application/json");
  EXPECT_EQ(request.headers["Idempotency-Key"], "mg_7.Zm9yIHRoaXMgdG93bg") << "two towns may share a gateway";
  EXPECT_EQ(request.body, R"({"id":"mg_7","channel":"hook","recipient":")" + server.url() +
                              R"(","subject":"轮到您了","body":"请到3号窗口。\n",)"
                              R"("created_at":"2026-11-24T11:59:00.000000Z"})");
  EXPECT_EQ(request.headers["Doorstep-Signature"],
            "t=1795521600,v1=" + hmac_sha256_hex("s3cret", "1795521600." + request.body));
}

TEST(Webhook, GoesToTheGatewayWhenThereIsOne) {
  HttpServer server{{HttpServer::answer("200 OK", "", "thanks")}};
  auto options = hook_options();
  options.url = server.url();
  EXPECT_TRUE(is_delivered(post("13800000000", options)));
  EXPECT_THAT(server.requests().at(0).body, HasSubstr(R"("recipient":"13800000000")"));
}

TEST(Webhook, JudgesByTheStatus) {
  for (const auto* status : {"408 Late", "425 Early", "429 Many", "500 Broken", "503 Busy"}) {
    HttpServer server{{HttpServer::answer(status)}};
    EXPECT_EQ(why_again(post(server.url())), "the receiver answered " + std::string{status}.substr(0, 3));
  }
  for (const auto* status : {"400 Bad", "401 Who", "404 Where", "410 Gone", "304 Same"}) {
    HttpServer server{{HttpServer::answer(status)}};
    EXPECT_EQ(why_refused(post(server.url())), "the receiver answered " + std::string{status}.substr(0, 3));
  }
}

TEST(Webhook, HonoursRetryAfter) {
  HttpServer server{{HttpServer::answer("429 Many", "Retry-After: 77\r\n"), HttpServer::answer("503 Busy")}};
  const auto first = post(server.url());
  ASSERT_TRUE(std::holds_alternative<TryAgain>(first));
  EXPECT_EQ(std::get<TryAgain>(first).after, std::chrono::seconds{77});
  EXPECT_EQ(std::get<TryAgain>(post(server.url())).after, std::nullopt);
}

TEST(Webhook, DoesNotFollowRedirects) {
  HttpServer other{{HttpServer::answer("200 OK")}};
  HttpServer server{{HttpServer::answer("307 There", "Location: " + other.url() + "\r\n")}};
  EXPECT_EQ(why_refused(post(server.url())), "the receiver answered 307");
  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST(Webhook, TakesAStatusWithoutItsEndlessAnswer) {
  HttpServer long_body{{HttpServer::answer("200 OK", "", std::string(1'000'000, 'x'))}};
  EXPECT_TRUE(is_delivered(post(long_body.url())));
  HttpServer long_headers{{HttpServer::answer("200 OK", "X: " + std::string(90'000, 'x') + "\r\n")}};
  EXPECT_TRUE(is_delivered(post(long_headers.url())));
  HttpServer broken{{"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nhalf"}};
  EXPECT_EQ(why_again(post(broken.url())), "the receiver answered 503");
}

TEST(Webhook, TriesABrokenConnectionAgain) {
  std::string url;
  {
    HttpServer gone{{HttpServer::answer("200 OK")}};
    url = gone.url();
  }
  EXPECT_THAT(why_again(post(url)), HasSubstr("connect"));
  HttpServer silent{{""}};
  EXPECT_THAT(why_again(post(silent.url())), Not(StartsWith("not ")));
}

TEST(Webhook, StaysOutOfTheInnerNetworkUnlessTold) {
  auto options = hook_options();
  options.inner_network = false;
  EXPECT_EQ(why_refused(post("http://127.0.0.1/x", options)), "the URL does not begin with https://");
  for (const auto* host :
       {"127.0.0.1", "10.1.2.3", "192.168.0.9", "172.31.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "[::1]", "[::ffff:10.0.0.1]", "[fd00::1]", "[fe80::1]", "localhost"}) {
    EXPECT_EQ(why_refused(post("https://" + std::string{host} + ":9/x", options)),
              "the address is not a public one")
        << host;
  }
  EXPECT_EQ(why_refused(post("file:///etc/passwd")), "the URL does not begin with https://");
  EXPECT_EQ(why_refused(post("https://bad host/")), "the URL is malformed");
}

TEST(Webhook, RefusesOptionsThatCannotWork) {
  EXPECT_THROW(webhook_transport({}), std::invalid_argument);
  WebhookOptions plain;
  plain.secret = Secret{"x"};
  plain.url = "http://example.org/";
  EXPECT_THROW(webhook_transport(plain), std::invalid_argument);
}

TEST(Mail, IsWrittenSoThatEveryClientReadsIt) {
  auto message = message_to("wang@example.org");
  message.subject = "您预约的材料已经准备好了，请带身份证原件到一楼大厅三号窗口领取";
  EXPECT_EQ(mail_text(mail_options(""), message),
            "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
            "From: =?UTF-8?B?56S65L6L6ZWH?=\r\n <hall@example.org>\r\n"
            "To: <wang@example.org>\r\n"
            "Subject: =?UTF-8?B?5oKo6aKE57qm55qE5p2Q5paZ5bey57uP5YeG5aSH5aW95LqG77yM?=\r\n"
            " =?UTF-8?B?6K+35bim6Lqr5Lu96K+B5Y6f5Lu25Yiw5LiA5qW85aSn5Y6F5LiJ?=\r\n"
            " =?UTF-8?B?5Y+356qX5Y+j6aKG5Y+W?=\r\n"
            "Message-ID: <mg_7.Zm9yIHRoaXMgdG93bg@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "6K+35YiwM+WPt+eql+WPo+OAggo=\r\n");
}

TEST(Mail, KeepsItsLinesShort) {
  auto message = message_to("wang@example.org");
  message.body = std::string(5'000, 'x') + "\r\n.\r\n";
  message.subject = std::string(400, 'y');
  const auto text = mail_text(mail_options(""), message);
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find("\r\n", start);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - start, 78U);
    start = end + 2;
  }
}

TEST(Mail, CannotBeBrokenOutOf) {
  auto message = message_to("wang@example.org");
  message.subject = "x\r\nBcc: all@evil.example\r\n\r\nspam";
  message.body = "\r\n.\r\nRCPT TO:<all@evil.example>\r\n";
  EXPECT_THAT(mail_text(mail_options(""), message), Not(HasSubstr("evil")));
  for (const auto* bad : {"", "wang", "@x", "wang@", "a@b@c", "a@b\r\nRCPT TO:<all@x>", "a b@c", "<a@b>",
                          "a@b,c@d", "王@example.org", "a@b\x01"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
    message.recipient = bad;
    EXPECT_THROW(mail_text(mail_options(""), message), std::invalid_argument);
    EXPECT_EQ(why_refused(smtp_transport(mail_options("smtp://127.0.0.1:1"))->deliver(message)),
              "no mail address");
  }
  EXPECT_TRUE(is_mail_address("wang.xiaoming+hall@mail.example.org"));
}

TEST(Smtp, SendsMail) {
  SmtpServer server;
  const auto message = message_to("wang@example.org");
  ASSERT_TRUE(is_delivered(smtp_transport(mail_options(server.url()))->deliver(message)));
  ASSERT_THAT(server.mails(), SizeIs(1));
  EXPECT_EQ(server.mails()[0], mail_text(mail_options(""), message));
  EXPECT_THAT(server.commands(), Contains(StartsWith("MAIL FROM:<hall@example.org>")));
  EXPECT_THAT(server.commands(), Contains("RCPT TO:<wang@example.org>"));
}

TEST(Smtp, SignsIn) {
  SmtpServer server;
  auto options = mail_options(server.url());
  options.user = "hall";
  options.password = Secret{"secret"};
  ASSERT_TRUE(is_delivered(smtp_transport(options)->deliver(message_to("wang@example.org"))));
  EXPECT_THAT(server.commands(), Contains(StartsWith("AUTH PLAIN")));
}

TEST(Smtp, SaysNothingInTheClearWhenItMustNot) {
  SmtpServer server;
  auto options = mail_options(server.url());
  options.require_starttls = true;
  EXPECT_THAT(why_again(smtp_transport(options)->deliver(message_to("wang@example.org"))), HasSubstr("SSL"));
  EXPECT_THAT(server.commands(), Not(Contains(StartsWith("MAIL"))));
}

TEST(Smtp, JudgesByTheReply) {
  const auto send = [](std::map<std::string, std::string> replies) {
    SmtpServer server{std::move(replies)};
    auto options = mail_options(server.url());
    options.user = "hall";
    options.password = Secret{"secret"};
    return smtp_transport(options)->deliver(message_to("wang@example.org"));
  };
  for (const auto* step : {"greeting", "MAIL", "RCPT", "DATA", "mail"}) {
    EXPECT_EQ(why_again(send({{step, "451 later <wang@example.org>"}})), "mail server said 451") << step;
  }
  for (const auto* step : {"MAIL", "RCPT", "DATA", "mail"}) {
    EXPECT_EQ(why_refused(send({{step, "550 no <wang@example.org>"}})), "mail server said 550") << step;
  }
  EXPECT_EQ(why_again(send({{"AUTH", "535 who are you"}})), "mail server said 535");
  // Refused before it has heard of any message: it is the server that is not as it should be.
  EXPECT_EQ(why_again(send({{"greeting", "554 no mail here"}})), "mail server said 554");
  EXPECT_EQ(why_again(send({{"EHLO", "550 go away"}, {"HELO", "550 go away"}})), "mail server said 550");
}

TEST(Smtp, TriesAnAbsentServerAgain) {
  EXPECT_THAT(
      why_again(smtp_transport(mail_options("smtp://127.0.0.1:1"))->deliver(message_to("wang@example.org"))),
      HasSubstr("connect"));
}

TEST(Smtp, RefusesOptionsThatCannotWork) {
  EXPECT_THROW(smtp_transport(mail_options("http://example.org")), std::invalid_argument);
  auto options = mail_options("smtp://example.org");
  options.from = "hall\r\n@example.org";
  EXPECT_THROW(smtp_transport(options), std::invalid_argument);
}

}  // namespace doorstep
