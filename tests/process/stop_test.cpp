// The end of a server that is asked to stop, and a certificate that is exchanged while it runs.
#include <csignal>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "http/test_certificates.hpp"
#include "process/browser.hpp"

namespace doorstep::process {
namespace {

using http::testing::Certificates;
using http::testing::eventually;
using http::testing::FreeContext;

// Another program that holds the town's file for writing, so that a command waits.
class HeldFile {
 public:
  explicit HeldFile(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &database_);
    sqlite3_busy_timeout(database_, 5'000);
    held_ = sqlite3_exec(database_, "begin immediate", nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  ~HeldFile() {
    let_go();
    sqlite3_close(database_);
  }
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;

  bool held() const { return held_; }
  void let_go() { sqlite3_exec(database_, "rollback", nullptr, nullptr, nullptr); }

 private:
  sqlite3* database_ = nullptr;
  bool held_ = false;
};

TEST(GracefulStopTest, FinishesWhatIsInFlightAndRefusesTheRest) {
  const Town town{storage::Engine::sqlite};
  Server server{town.settings()};
  const auto hall = first_hall(server.port());
  Client in_flight{server.port()};
  std::optional<Client> kept{server.port()};
  Client stream{server.port()};
  ASSERT_EQ(ask(*kept, "GET", "/health/ready").status, 200);
  stream.send(request_text("GET", "/api/events?topics=hall:" + hall));
  ASSERT_EQ(stream.receive(true).status, 200);

  HeldFile file{town.data() / "town.db"};
  ASSERT_TRUE(file.held());
  in_flight.send(request_text("POST", "/api/halls/" + hall + "/tickets", R"({"service":"ask"})"));
  std::this_thread::sleep_for(200ms);
  server.signal(SIGTERM);
  Answer refused;
  ASSERT_TRUE(eventually([&] {
    // Asked just before the end began and answered just after: that is a good answer, and the connection's
    // last.
    if (refused.header("connection") == "close") kept.emplace(server.port());
    refused = ask(*kept, "GET", "/health/ready");
    return refused.status != 200;
  }));
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.header("retry-after"), "");
  EXPECT_EQ(refused.at("code"), "shutting_down");
  const auto also_refused = ask(server.port(), "GET", "/api/halls/" + hall + "/queue");
  EXPECT_EQ(also_refused.status, 503) << "a new connection, too";
  EXPECT_NE(also_refused.header("retry-after"), "");

  file.let_go();
  const auto finished = receive(in_flight);
  EXPECT_EQ(finished.status, 201) << finished.text;
  stream.receive_all();  // ends
  const auto ended = server.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;

  Server again{town.settings()};
  EXPECT_EQ(ask(again.port(), "GET", "/api/tickets/" + finished.at("token")).status, 200);
}

class StopTest : public ::testing::TestWithParam<storage::Engine> {};

TEST_P(StopTest, AnIdleServerStopsAtOnceBySigtermAndSigint) {
  const Town town{GetParam()};
  for (const int signal : {SIGTERM, SIGINT}) {
    Server server{town.settings()};
    const Client idle{server.port()};
    server.signal(signal);
    const auto ended = server.wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
  }
}

INSTANTIATE_TEST_SUITE_P(engines, StopTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST(TlsTest, ServesAndReadsItsCertificateAnew) {
  const Town town{storage::Engine::sqlite};
  const Certificates certificates;
  certificates.make("first");
  const auto files = certificates.files();
  Server server{town.settings() +
                Words{"--tls-certificate", files.certificate_file, "--tls-key", files.key_file}};
  const std::unique_ptr<SSL_CTX, FreeContext> context{::SSL_CTX_new(::TLS_client_method())};
  const auto name_now = [&] {
    Client client{server.port()};
    return client.start_tls(context.get()) ? http::testing::name_of(client) : std::string{};
  };
  EXPECT_EQ(name_now(), "first");
  Client client{server.port()};
  ASSERT_TRUE(client.start_tls(context.get()));
  const auto answer = ask(client, "GET", "/api/town");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.header("strict-transport-security"), "");
  const auto ticket = take_ticket(client, std::string{answer.body.at("halls").at(0).at("id").as_string()});
  EXPECT_NE(ticket.header("set-cookie").find("; Secure"), std::string::npos) << ticket.header("set-cookie");

  certificates.make("second");
  server.signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return name_now() == "second"; }));
  EXPECT_EQ(ask(client, "GET", "/api/town").status, 200)
      << "a connection keeps the certificate it began with";

  std::ofstream{files.certificate_file} << "rubbish";
  server.signal(SIGHUP);
  EXPECT_TRUE(
      eventually([&] { return server.process().err().find("certificate_kept") != std::string::npos; }));
  EXPECT_EQ(name_now(), "second");
  EXPECT_EQ(server.stop().status, 0);
}

TEST(TlsTest, DoesNotStartWithoutItsCertificate) {
  const Town town{storage::Engine::sqlite};
  const auto refused = run(Words{"serve", "--listen", "127.0.0.1:0", "--tls-certificate", "/nowhere/cert.pem",
                                 "--tls-key", "/nowhere/key.pem"} +
                           town.settings());
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("/nowhere/cert.pem"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace doorstep::process
