// The transports over TLS: what arrives where the certificate is right, and that nothing leaves where it is
// not. A wrong certificate is the configuration's fault or an attacker's, never the message's: it is tried
// again.
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "base/crypto.hpp"
#include "journal/channels.hpp"
#include "journal/test_authority.hpp"
#include "journal/test_messages.hpp"
#include "journal/test_server.hpp"

namespace doorstep {

namespace {

using ::testing::AnyOf;
using testing::Authority;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HttpServer;
using testing::is_delivered;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::SmtpServer;
using ::testing::StartsWith;
using testing::why_again;

Outgoing message_to(std::string recipient) {
  return testing::message_to(Channel::email, std::move(recipient), "王示例您好，请到3号窗口。\n");
}

SmtpOptions mail_options(std::string url, std::string ca_file) {
  SmtpOptions options;
  options.url = std::move(url);
  options.user = "hall";
  options.password = Secret{"s3cret"};
  options.from = "hall@example.org";
  options.from_name = "示例镇";
  options.ca_file = std::move(ca_file);
  return options;
}

Delivery mail(const SmtpOptions& options) {
  return smtp_transport(options)->deliver(message_to("wang@example.org"));
}

Delivery post(const std::string& url, std::string ca_file) {
  WebhookOptions options;
  options.secret = Secret{"s3cret"};
  options.inner_network = true;
  options.ca_file = std::move(ca_file);
  return webhook_transport(options)->deliver(message_to(url));
}

// base64 of "\0hall\0s3cret" (RFC 4616)
constexpr auto sign_in = "AGhhbGwAczNjcmV0";

void expect_whole_mail(SmtpServer& server) {
  ASSERT_THAT(server.mails(), SizeIs(1));
  EXPECT_EQ(server.mails()[0],
            "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n"
            "From: =?UTF-8?B?56S65L6L6ZWH?=\r\n <hall@example.org>\r\n"
            "To: <wang@example.org>\r\n"
            "Subject: =?UTF-8?B?6L2u5Yiw5oKo5LqG?=\r\n"
            "Message-ID: <mg_7.Zm9yIHRoaXMgdG93bg@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "546L56S65L6L5oKo5aW977yM6K+35YiwM+WPt+eql+WPo+OAggo=\r\n");
  EXPECT_THAT(server.commands(), Contains(StartsWith("MAIL FROM:<hall@example.org>")));
  EXPECT_THAT(server.commands(), Contains("RCPT TO:<wang@example.org>"));
  EXPECT_THAT(server.commands(), Contains(sign_in));
}

// No sign-in and nothing of the mail, in the clear or not.
void expect_nothing_said(SmtpServer& server) {
  EXPECT_THAT(server.commands(), Each(AnyOf(StartsWith("EHLO "), "STARTTLS", "QUIT")));
  EXPECT_THAT(server.mails(), IsEmpty());
}

}  // namespace

class MailOverTls : public ::testing::TestWithParam<SmtpServer::Tls> {};

TEST_P(MailOverTls, ArrivesWholeWithItsSignIn) {
  const Authority authority;
  const auto certificate = authority.server("DNS:localhost");
  SmtpServer server{*certificate, GetParam()};
  ASSERT_TRUE(is_delivered(mail(mail_options(server.url("localhost"), authority.file()))));
  expect_whole_mail(server);
  if (GetParam() == SmtpServer::Tls::by_starttls) {
    EXPECT_THAT(server.commands_in_the_clear(), ElementsAre(StartsWith("EHLO "), "STARTTLS"));
  } else {
    EXPECT_THAT(server.commands_in_the_clear(), IsEmpty());
  }
}

TEST_P(MailOverTls, StaysHereWhenAnotherAuthoritySigned) {
  const Authority authority{"Test authority"};
  for (const auto* name : {"Another authority", "Test authority"}) {  // a stranger, and a forger
    const Authority other{name};
    const auto certificate = other.server("DNS:localhost");
    SmtpServer server{*certificate, GetParam()};
    EXPECT_THAT(why_again(mail(mail_options(server.url("localhost"), authority.file()))), StartsWith("SSL"));
    expect_nothing_said(server);
  }
}

TEST_P(MailOverTls, StaysHereWhenTheNameIsAnothers) {
  const Authority authority;
  const auto certificate = authority.server("DNS:mail.example.org,IP:127.0.0.2");
  SmtpServer server{*certificate, GetParam()};
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    EXPECT_THAT(why_again(mail(mail_options(server.url(host), authority.file()))), HasSubstr("certificate"));
  }
  expect_nothing_said(server);
}

INSTANTIATE_TEST_SUITE_P(Each, MailOverTls,
                         ::testing::Values(SmtpServer::Tls::by_starttls, SmtpServer::Tls::from_the_start),
                         [](const auto& test) {
                           return test.param == SmtpServer::Tls::by_starttls ? "starttls" : "smtps";
                         });

// Somebody on the way may have taken the offer out of the server's answer.
TEST(StartTls, SaysNothingWhereItIsNotOffered) {
  SmtpServer server;
  EXPECT_THAT(why_again(mail(mail_options(server.url(), ""))), HasSubstr("SSL"));
  expect_nothing_said(server);
}

TEST(StartTls, SaysNothingWhereItIsOfferedAndRefused) {
  const Authority authority;
  const auto certificate = authority.server("DNS:localhost");
  for (const auto* refusal : {"454 not now", "502 what", "250 as you like"}) {
    SmtpServer server{*certificate, SmtpServer::Tls::by_starttls, {{"STAR", refusal}}};
    EXPECT_NE(why_again(mail(mail_options(server.url("localhost"), authority.file()))),
              "not to be tried again")
        << refusal;
    expect_nothing_said(server);
  }
}

TEST(WebhookOverTls, ArrivesSigned) {
  const Authority authority;
  const auto certificate = authority.server("DNS:localhost");
  HttpServer server{{HttpServer::answer("204 No Content")}, certificate.get()};
  ASSERT_TRUE(is_delivered(post(server.url("localhost"), authority.file())));
  ASSERT_THAT(server.requests(), SizeIs(1));
  auto request = server.requests()[0];
  EXPECT_THAT(request.body, HasSubstr(R"("body":"王示例您好，请到3号窗口。\n")"));
  // As the receiver does it: the time is part of what is signed.
  const auto signature = request.headers["Doorstep-Signature"];
  const auto comma = signature.find(",v1=");
  ASSERT_THAT(signature, StartsWith("t="));
  ASSERT_NE(comma, std::string::npos);
  const auto time = signature.substr(2, comma - 2);
  EXPECT_EQ(time, "1795521600");
  EXPECT_EQ(signature.substr(comma + 4), hmac_sha256_hex("s3cret", time + "." + request.body));
}

TEST(WebhookOverTls, StaysHereWhenAnotherAuthoritySigned) {
  const Authority authority{"Test authority"};
  for (const auto* name : {"Another authority", "Test authority"}) {  // a stranger, and a forger
    const Authority other{name};
    const auto certificate = other.server("DNS:localhost");
    HttpServer server{{HttpServer::answer("204 No Content")}, certificate.get()};
    EXPECT_THAT(why_again(post(server.url("localhost"), authority.file())), StartsWith("SSL"));
    EXPECT_THAT(server.requests(), IsEmpty());
  }
}

TEST(WebhookOverTls, StaysHereWhenTheNameIsAnothers) {
  const Authority authority;
  const auto certificate = authority.server("DNS:gateway.example.org,IP:127.0.0.2");
  HttpServer server{{HttpServer::answer("204 No Content")}, certificate.get()};
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    EXPECT_THAT(why_again(post(server.url(host), authority.file())), HasSubstr("certificate"));
  }
  EXPECT_THAT(server.requests(), IsEmpty());
}

// Without a file the system's authorities are asked, and they did not sign this.
TEST(WebhookOverTls, StaysHereWhenNobodyKnowsTheAuthority) {
  const Authority authority;
  const auto certificate = authority.server("DNS:localhost");
  HttpServer server{{HttpServer::answer("204 No Content")}, certificate.get()};
  EXPECT_THAT(why_again(post(server.url("localhost"), "")), HasSubstr("certificate"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(WebhookOverTls, TriesABrokenConnectionAgain) {
  const Authority authority;
  const auto certificate = authority.server("DNS:localhost");
  HttpServer silent{{""}, certificate.get()};
  EXPECT_NE(why_again(post(silent.url("localhost"), authority.file())), "not to be tried again");
  EXPECT_THAT(silent.requests(), SizeIs(1));
}

}  // namespace doorstep
