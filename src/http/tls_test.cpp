// TLS with certificates made here.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "http/test_certificates.hpp"
#include "http/test_client.hpp"

namespace doorstep::http::testing {
namespace {

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    certificates.make("first");
    server.options.tls = certificates.files();
    server.start();
  }

  Certificates certificates;
  TestServer server;
  std::unique_ptr<SSL_CTX, FreeContext> context{::SSL_CTX_new(::TLS_client_method())};
};

TEST_F(TlsTest, Serves) {
  Client client(server.port());
  ASSERT_TRUE(client.start_tls(context.get()));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/who").body, "127.0.0.1 secure");
  EXPECT_EQ(client.get("/big").body.size(), 8U * 1024 * 1024);
  client.send(
      "GET /hello HTTP/1.1\r\nHost: t\r\n\r\nGET /late HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.receive().body, "late ");
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(::SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN);
}

TEST_F(TlsTest, ChoosesHttp11) {
  const unsigned char offered[] = "\x02h2\x08http/1.1";
  ::SSL_CTX_set_alpn_protos(context.get(), offered, sizeof offered - 1);
  Client client(server.port());
  ASSERT_TRUE(client.start_tls(context.get()));
  const unsigned char* chosen = nullptr;
  unsigned length = 0;
  ::SSL_get0_alpn_selected(client.tls(), &chosen, &length);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(chosen), length), "http/1.1");
}

TEST_F(TlsTest, Streams) {
  Client client(server.port());
  ASSERT_TRUE(client.start_tls(context.get()));
  client.send("GET /stream HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.receive(true).status, 200);
  ASSERT_TRUE(server.desk->wait([](const Desk& desk) { return desk.streams.size() == 1; }));
  for (int i = 0; i < 300; ++i)
    server.desk->streams[0]->send(std::make_shared<const std::string>("data: x\n\n"));
  for (int i = 0; i < 300; ++i) ASSERT_EQ(client.receive_until("\n\n"), "data: x\n\n");
  server.server->stop(0ms);
  EXPECT_TRUE(client.ends());
}

TEST_F(TlsTest, ReloadsItsCertificate) {
  Client before(server.port());
  ASSERT_TRUE(before.start_tls(context.get()));
  EXPECT_EQ(name_of(before), "first");

  certificates.make("second");
  server.server->reload_tls();
  Client after(server.port());
  ASSERT_TRUE(after.start_tls(context.get()));
  EXPECT_EQ(name_of(after), "second");
  EXPECT_EQ(before.get("/hello").body, "hello") << "a connection keeps the certificate it began with";

  std::ofstream(certificates.files().certificate_file) << "rubbish";
  EXPECT_THROW(server.server->reload_tls(), std::runtime_error);
  Client still(server.port());
  ASSERT_TRUE(still.start_tls(context.get()));
  EXPECT_EQ(name_of(still), "second");
}

TEST_F(TlsTest, RefusesAKeyOfAnotherCertificate) {
  const Certificates other;
  other.make("other");
  std::filesystem::copy_file(other.files().key_file, certificates.files().key_file,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THROW(server.server->reload_tls(), std::runtime_error);
}

TEST_F(TlsTest, BearsThoseWhoDoNotSpeakIt) {
  for (const char* bytes : {"GET / HTTP/1.1\r\nHost: t\r\n\r\n", "\x16\x03\x01\xff\xff\x01", ""}) {
    Client client(server.port());
    client.send(bytes);
    client.finish_sending();
    client.receive_all();
  }
  Client client(server.port());
  ASSERT_TRUE(client.start_tls(context.get()));
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(TlsLimits, SlowHandshakeAndSlowHeaderAreEnded) {
  const Certificates certificates;
  certificates.make("slow");
  TestServer server;
  server.options.tls = certificates.files();
  server.options.limits.header_time = 200ms;
  server.start();
  Client silent(server.port());
  EXPECT_TRUE(silent.ends());
  const std::unique_ptr<SSL_CTX, FreeContext> context{::SSL_CTX_new(::TLS_client_method())};
  Client slow(server.port());
  if (slow.start_tls(context.get())) {  // a loaded machine may be too slow even for this
    slow.send("GET /hello HTTP/1.1\r\nHo");
    // On one slower still, the time is over while the server ends
    // its half of the handshake: then there is no answer.
    const auto status = slow.receive().status;
    EXPECT_TRUE(status == 408 || status == 0) << status;
  }
}

}  // namespace
}  // namespace doorstep::http::testing
