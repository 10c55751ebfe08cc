// The server over real sockets: what it answers.
#include <gtest/gtest.h>

#include "http/test_client.hpp"

namespace doorstep::http::testing {
namespace {

std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
  return "POST " + std::string{path} +
         " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string{headers} + "\r\n" + std::string{body};
}

TEST(Server, AnswersAndKeepsTheConnection) {
  TestServer server;
  server.start();
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.get("/hello");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.headers.at("content-type"), "text/plain");
    EXPECT_EQ(answer.headers.at("content-length"), "5");
    EXPECT_EQ(answer.headers.at("date").size(), 29U);
    EXPECT_FALSE(answer.headers.at("x-request-id").empty());
    EXPECT_FALSE(answer.headers.contains("server"));
    EXPECT_FALSE(answer.headers.contains("connection"));
  }
  EXPECT_EQ(client.get("/fixed").body, fixed_page);
  EXPECT_EQ(client.get("/nothing").status, 404);
  EXPECT_EQ(client.get("/cookie", "Cookie: a=b; session=\"s1\"; c=d\r\n").body, "s1");
  EXPECT_EQ(client.get("/cookie", "Cookie: xsession=1\r\nCookie: session=two\r\n").body, "two");
  EXPECT_EQ(server.server->counts().connections_total, 1U);
  EXPECT_EQ(server.server->counts().connections_open, 1U);
}

TEST(Server, GivesEveryRequestAnId) {
  TestServer server;
  server.start();
  Client client(server.port());
  const auto first = client.get("/id");
  const auto second = client.get("/id");
  EXPECT_EQ(first.body, first.headers.at("x-request-id"));
  EXPECT_NE(first.body, second.body);
  EXPECT_EQ(client.get("/id", "X-Request-Id: abc-1.2_Z\r\n").body, "abc-1.2_Z");
  EXPECT_EQ(client.get("/id", "X-Request-Id: a b\r\n").body.size(), 16U);
  EXPECT_EQ(client.get("/id", "X-Request-Id: " + std::string(65, 'a') + "\r\n").body.size(), 16U);
}

TEST(Server, AnswersAHeadWithoutABody) {
  TestServer server;
  server.start();
  Client client(server.port());
  client.send("HEAD /hello HTTP/1.1\r\nHost: t\r\n\r\nHEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto answer = client.receive(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-length"), "5");
  EXPECT_EQ(client.receive(true).headers.at("content-type"), "text/event-stream");
  EXPECT_TRUE(client.ends());
  const std::scoped_lock lock(server.desk->mutex);
  EXPECT_TRUE(server.desk->streams.empty());
}

TEST(Server, SendsNoBodyWhereThereIsNone) {
  TestServer server;
  server.start();
  Client client(server.port());
  const auto answer = client.get("/empty");
  EXPECT_EQ(answer.status, 204);
  EXPECT_FALSE(answer.headers.contains("content-length"));
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(Server, AnswersForItselfWhenAskedWithAStar) {
  TestServer server;
  server.start();
  Client client(server.port());
  const auto answer = client.ask("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(answer.status, 204);
  EXPECT_TRUE(answer.headers.at("allow").contains("PATCH"));
}

TEST(Server, EndsTheConnectionWhenAsked) {
  TestServer server;
  server.start();
  Client client(server.port());
  const auto answer = client.get("/hello", "Connection: close\r\n");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(client.ends());

  Client old(server.port());
  EXPECT_EQ(old.ask("GET /hello HTTP/1.0\r\n\r\n").body, "hello");
  EXPECT_TRUE(old.ends());

  Client kept(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto again = kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(again.body, "hello");
    EXPECT_EQ(again.headers.at("connection"), "keep-alive");
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  server.start();
  Client client(server.port());
  std::string all;
  constexpr int count = 500;
  for (int i = 0; i < count; ++i) {
    const auto text = std::to_string(i);
    if (i % 5 == 0) {
      all += post("/late", text);
    } else if (i % 5 == 1) {
      all += "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n" +
             std::to_string(text.size()) + "\r\n" + text + "\r\n0\r\n\r\n";
    } else {
      all += post("/echo", text);
    }
  }
  std::jthread sender([&] { client.send(all); });
  for (int i = 0; i < count; ++i) {
    const auto text = std::to_string(i);
    ASSERT_EQ(client.receive().body, i % 5 == 0 ? "late " + text : text);
  }
}

TEST(Server, TakesARequestByteByByte) {
  TestServer server;
  server.start();
  Client client(server.port());
  const std::string all = "\r\n" + post("/echo", "hello") +
                          "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n" +
                          "3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n" + post("/echo", "end");
  for (const char c : all) {
    client.send({&c, 1});
    std::this_thread::sleep_for(100us);
  }
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.receive().body, "abcde");
  EXPECT_EQ(client.receive().body, "end");
}

TEST(Server, TakesLargeBodies) {
  TestServer server;
  server.start();
  Client client(server.port());
  std::string body(900'000, ' ');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 26);
  std::jthread sender([&] {
    client.send(post("/echo", body));
    std::string chunked = "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 10'000)
      chunked += "2710\r\n" + body.substr(at, 10'000) + "\r\n";
    client.send(chunked + "0\r\n\r\n" + post("/echo", "after"));
  });
  EXPECT_TRUE(client.receive().body == body);
  EXPECT_TRUE(client.receive().body == body);
  EXPECT_EQ(client.receive().body, "after");
}

TEST(Server, WritesLargeAnswersToSlowReaders) {
  TestServer server;
  server.start();
  Client client(server.port(), nullptr, 4096);
  const auto answer = client.get("/big");
  EXPECT_EQ(answer.body.size(), 8U * 1024 * 1024);
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(Server, SaysContinueWhenExpected) {
  TestServer server;
  server.start();
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hello");
  EXPECT_EQ(client.receive().body, "hello");
  // A body that is there already needs no encouragement, and one that is refused gets none.
  EXPECT_EQ(client.ask(post("/echo", "now", "Expect: 100-continue\r\n")).body, "now");
  const auto refused = client.ask(
      "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(refused.status, 413);
}

TEST(Server, AnswersLaterFromAnyThread) {
  TestServer server;
  server.start();
  Client client(server.port());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.ask(post("/late", "x")).body, "late x");
  EXPECT_EQ(client.get("/at-once").body, "at once");
}

TEST(Server, Answers500ForADroppedReplyAndForABug) {
  TestServer server;
  server.start();
  Client client(server.port());
  for (const char* path : {"/ignore", "/throw", "/split"}) {
    const auto answer = client.get(path);
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.body, "internal_error") << path;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
    EXPECT_FALSE(answer.headers.contains("set-cookie"));
  }
  client.send("GET /keep HTTP/1.1\r\nHost: t\r\n\r\n");
  {
    const auto dropped = server.desk->take_kept();
  }
  EXPECT_EQ(client.receive().body, "internal_error");
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(Server, BearsAnAnswerAfterTheClientLeft) {
  TestServer server;
  server.start();
  {
    Client client(server.port());
    client.send("GET /keep HTTP/1.1\r\nHost: t\r\n\r\n");
    ASSERT_TRUE(server.desk->wait([](const Desk& desk) { return !desk.kept.empty(); }));
  }
  server.desk->take_kept()(text("too late"));
  EXPECT_TRUE(eventually([&] { return server.server->counts().connections_open == 0; }));
}

TEST(Server, BearsAnAnswerAfterItIsGone) {
  Reply reply;
  {
    TestServer server;
    server.start();
    Client client(server.port());
    client.send("GET /keep HTTP/1.1\r\nHost: t\r\n\r\n");
    reply = server.desk->take_kept();
    server.server->stop(0ms);
    EXPECT_TRUE(client.ends());
    server.server.reset();
  }
  reply(text("too late"));
}

}  // namespace
}  // namespace doorstep::http::testing
