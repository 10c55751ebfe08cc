// The server over real sockets: its limits, and what hostile clients send.
#include <random>

#include <gtest/gtest.h>

#include "http/test_client.hpp"

namespace doorstep::http::testing {
namespace {

Limits limits() {
  Limits result;
  result.requests_per_second_per_address = 0;
  return result;
}

std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
  return "POST " + std::string{path} +
         " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string{headers} + "\r\n" + std::string{body};
}

// --- Limits
// -----------------------------------------------------------------------------------------------------------

TEST(Limits, HeaderTooLarge) {
  auto small = limits();
  small.header_bytes = 600;
  TestServer server(small);
  server.start();
  for (const bool whole : {true, false}) {
    Client client(server.port());
    EXPECT_EQ(client.get("/hello", "X-Fits: " + std::string(500, 'x') + "\r\n").status, 200);
    client.send("GET /hello HTTP/1.1\r\nHost: t\r\nX: " + std::string(700, 'x') + (whole ? "\r\n\r\n" : ""));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 431);
    EXPECT_EQ(answer.body, "header_too_large");
    client.finish_sending();
    EXPECT_TRUE(client.ends());
  }
}

TEST(Limits, BodyTooLargeDeclaredAndStreamed) {
  auto small = limits();
  small.body_bytes = 100;
  TestServer server(small);
  server.start();
  const std::string over(101, 'x');
  {
    Client client(server.port());
    EXPECT_EQ(client.ask(post("/echo", over.substr(1))).status, 200);
    const auto answer = client.ask("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 101\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "body_too_large");
    EXPECT_EQ(answer.headers.at("connection"), "close");
  }
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  const auto answer = client.ask("40\r\n" + over.substr(0, 64) + "\r\n40\r\n");
  EXPECT_EQ(answer.status, 413);
  client.finish_sending();
  EXPECT_TRUE(client.ends());
}

TEST(Limits, BodyLimitOfAPath) {
  TestServer server(limits());
  server.options.body_limit = [](std::string_view path) -> std::size_t {
    return path == "/echo" ? 2'000'000 : 10;
  };
  server.start();
  Client client(server.port());
  EXPECT_EQ(client.ask(post("/echo", std::string(1'500'000, 'x'))).status, 200);
  EXPECT_EQ(client.ask(post("/late", std::string(11, 'x'))).status, 413);
}

TEST(Limits, AnswerTo413IsReadByAClientThatSendsOn) {
  TestServer server(limits());
  server.start();
  Client client(server.port());
  std::jthread sender([&] { client.send(post("/echo", std::string(1'500'000, 'x'))); });
  EXPECT_EQ(client.receive().status, 413);
}

TEST(Limits, AllBodiesTogether) {
  auto small = limits();
  small.bodies_bytes = 10'000;
  TestServer server(small);
  server.start();
  Client first(server.port());
  Client second(server.port());
  first.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 20000\r\n\r\n" + std::string(9'000, 'x'));
  std::this_thread::sleep_for(20ms);
  second.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 20000\r\n\r\n" + std::string(9'000, 'x'));
  const auto answer = second.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "too_many_connections");
}

TEST(Limits, SlowHeaderIsEnded) {
  auto quick = limits();
  quick.header_time = 100ms;
  TestServer server(quick);
  server.start();
  Client client(server.port());
  client.send("GET /hello HTTP/1.1\r\nHost");
  std::atomic<bool> done = false;
  std::jthread drip([&] {
    while (!done && client.send("x")) std::this_thread::sleep_for(10ms);
  });
  const auto answer = client.receive();
  done = true;
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.body, "request_timeout");

  Client silent(server.port());
  EXPECT_TRUE(silent.ends()) << "who says nothing is told nothing";
}

TEST(Limits, SlowBodyIsEnded) {
  auto quick = limits();
  quick.body_time = 100ms;
  TestServer server(quick);
  server.start();
  for (const char* framing : {"Content-Length: 500\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n100\r\n"}) {
    Client client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: t\r\n" + std::string{framing});
    std::atomic<bool> done = false;
    std::jthread drip([&] {
      while (!done && client.send("x")) std::this_thread::sleep_for(10ms);
    });
    EXPECT_EQ(client.receive().status, 408);
    done = true;
  }
}

TEST(Limits, IdleConnectionIsEnded) {
  auto quick = limits();
  quick.idle_time = 50ms;
  TestServer server(quick);
  server.start();
  Client client(server.port());
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_TRUE(client.ends());
}

TEST(Limits, LateAnswerIsGivenUp) {
  auto quick = limits();
  quick.answer_time = 50ms;
  TestServer server(quick);
  server.start();
  Client client(server.port());
  const auto answer = client.get("/keep");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "answer_late");
  EXPECT_TRUE(answer.headers.contains("retry-after"));
  server.desk->take_kept()(text("too late"));
  EXPECT_TRUE(client.ends());
}

TEST(Limits, ReaderThatDoesNotReadIsLeft) {
  auto quick = limits();
  quick.write_time = 50ms;
  quick.slow_bytes_per_second = 1'000'000'000;
  TestServer server(quick);
  server.start();
  Client client(server.port(), nullptr, 4096);
  client.send("GET /big HTTP/1.1\r\nHost: t\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return server.server->counts().requests_in_flight == 1; }));
  EXPECT_TRUE(eventually([&] { return server.server->counts().connections_open == 0; }));
  EXPECT_EQ(server.server->counts().requests_in_flight, 0U);
}

TEST(Limits, RequestsPerAddress) {
  auto few = limits();
  few.requests_per_second_per_address = 0.01;
  few.burst_per_address = 3;
  TestServer server(few);
  server.start();
  Client client(server.port());
  Client same(server.port());
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_EQ(same.get("/hello").status, 200);
  EXPECT_EQ(client.ask(post("/echo", "x")).status, 200);
  const auto answer = same.ask(post("/echo", "x"));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.body, "too_many_requests");
  EXPECT_GE(std::stoi(answer.headers.at("retry-after")), 50);
  EXPECT_EQ(same.get("/hello").status, 429) << "the connection is kept";
  Client other(server.port(), "127.0.0.9");
  EXPECT_EQ(other.get("/hello").status, 200);
}

TEST(Limits, Connections) {
  auto few = limits();
  few.connections = 8;
  TestServer server(few);
  server.start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(clients.back()->get("/hello").status, 200);
  }
  Client extra(server.port());
  const auto answer = extra.get("/hello");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "too_many_connections");
  EXPECT_TRUE(answer.headers.contains("retry-after"));
  EXPECT_TRUE(extra.ends());

  // Even those that are told 503 are bounded.
  std::vector<std::unique_ptr<Client>> flood;
  for (int i = 0; i < 100; ++i) flood.push_back(std::make_unique<Client>(server.port()));
  EXPECT_TRUE(flood.back()->ends());
  EXPECT_LE(server.server->counts().connections_open, 8U + 64U);
  flood.clear();

  clients.pop_back();
  EXPECT_TRUE(eventually([&] { return Client(server.port()).get("/hello").status == 200; }));
}

TEST(Limits, ConnectionsPerAddress) {
  auto few = limits();
  few.connections_per_address = 2;
  TestServer server(few);
  server.start();
  Client first(server.port());
  Client second(server.port());
  EXPECT_EQ(first.get("/hello").status, 200);
  EXPECT_EQ(second.get("/hello").status, 200);
  EXPECT_EQ(Client(server.port()).get("/hello").status, 503);
  EXPECT_EQ(Client(server.port(), "127.0.0.9").get("/hello").status, 200);
}

// --- Proxies
// ----------------------------------------------------------------------------------------------------------

TEST(Proxies, AreBelievedOnlyWhenTrusted) {
  TestServer server(limits());
  server.options.trusted_proxies = {"127.0.0.5", "10.0.0.0/8"};
  server.start();
  const char* headers = "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.1\r\nX-Forwarded-Proto: https\r\n";
  EXPECT_EQ(Client(server.port()).get("/who", headers).body, "127.0.0.1 plain");
  Client proxy(server.port(), "127.0.0.5");
  EXPECT_EQ(proxy.get("/who", headers).body, "1.2.3.4 secure");
  EXPECT_EQ(proxy.get("/who", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 5.5.5.5\r\n").body,
            "5.5.5.5 plain");
  EXPECT_EQ(proxy.get("/who", "X-Forwarded-For: rubbish\r\n").body, "127.0.0.5 plain");
  EXPECT_EQ(proxy.get("/who").body, "127.0.0.5 plain");
}

TEST(Proxies, RequestsAreCountedForTheClientBehind) {
  auto few = limits();
  few.requests_per_second_per_address = 0.01;
  few.burst_per_address = 1;
  few.connections_per_address = 1;
  TestServer server(few);
  server.options.trusted_proxies = {"127.0.0.5"};
  server.start();
  Client one(server.port(), "127.0.0.5");
  Client two(server.port(), "127.0.0.5");
  EXPECT_EQ(one.get("/who", "X-Forwarded-For: 1.1.1.1\r\n").status, 200);
  EXPECT_EQ(two.get("/who", "X-Forwarded-For: 1.1.1.1\r\n").status, 429);
  EXPECT_EQ(two.get("/who", "X-Forwarded-For: 1.1.1.2\r\n").status, 200);
}

// --- Hostile bytes
// ----------------------------------------------------------------------------------------------------

TEST(Hostile, MalformedRequestsAreRefusedAndTheConnectionEnds) {
  TestServer server(limits());
  server.start();
  for (
      const std::string bad : {
          "GET http://evil/ HTTP/1.1\r\nHost: t\r\n\r\n",
          "GET /hello HTTP/1.1\r\n\r\n",
          "GET /hello HTTP/1.1\n\n",
          "GET /hello HTTP/3.0\r\nHost: t\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
          "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "\x16\x03\x01\x02",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "   \r\n",
      }) {
    Client client(server.port());
    // What follows the malformed part must not be answered as a request of its own.
    client.send(bad + "GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 400) << bad;
    EXPECT_EQ(answer.body, "malformed_request") << bad;
    EXPECT_FALSE(answer.headers.at("x-request-id").empty());
    client.finish_sending();
    EXPECT_EQ(client.receive_all(), "") << bad;
  }
}

// Noise, or a valid request with a few bytes changed, which reaches deeper.
std::string hostile_bytes(std::mt19937& random) {
  const auto kind = random() % 4;
  std::string bytes;
  if (kind == 0) {
    bytes.resize(random() % 200);
    for (auto& c : bytes) c = static_cast<char>(random());
    return bytes;
  }
  bytes = "POST /echo?a=b HTTP/1.1\r\nHost: t\r\nCookie: a=b\r\nConnection: keep-alive\r\n";
  bytes +=
      kind == 1 ? "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" : "Content-Length: 3\r\n\r\nabc";
  for (auto changes = random() % 5; changes > 0; --changes) {
    bytes[random() % bytes.size()] = static_cast<char>(random());
  }
  return bytes;
}

TEST(Hostile, RandomBytesNeverKillTheServer) {
  auto quick = limits();
  quick.header_time = 500ms;
  quick.body_time = 500ms;
  TestServer server(quick);
  server.start();
  constexpr unsigned seed = 20'260'102;
  std::mt19937 random(seed);
  constexpr int batches = 200;
  constexpr int batch = 50;  // at one time, so that a busy machine does not switch threads for each
  for (int i = 0; i < batches; ++i) {
    std::vector<std::pair<std::string, std::unique_ptr<Client>>> clients;
    for (int j = 0; j < batch; ++j) {
      clients.emplace_back(hostile_bytes(random), std::make_unique<Client>(server.port()));
      clients.back().second->send(clients.back().first);
      clients.back().second->finish_sending();
    }
    for (const auto& [bytes, client] : clients) {
      const auto answer = client->receive_all();
      ASSERT_FALSE(answer.starts_with("HTTP/1.1 5")) << bytes << "\n" << answer;
    }
  }
  EXPECT_EQ(Client(server.port()).get("/hello").status, 200);
  EXPECT_TRUE(eventually([&] { return server.server->counts().connections_open == 0; }));
  EXPECT_EQ(server.server->counts().requests_in_flight, 0U);
}

}  // namespace
}  // namespace doorstep::http::testing
