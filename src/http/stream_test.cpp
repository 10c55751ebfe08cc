// Streams of server-sent events, and the graceful end.
#include <gtest/gtest.h>

#include "http/test_client.hpp"

namespace doorstep::http::testing {
namespace {

std::shared_ptr<const std::string> event(std::string_view data) {
  return std::make_shared<const std::string>("data: " + std::string{data} + "\n\n");
}

std::shared_ptr<Stream> stream_at(Desk& desk, std::size_t index) {
  desk.wait([&](const Desk& d) { return d.streams.size() > index; });
  const std::scoped_lock lock(desk.mutex);
  return desk.streams.at(index);
}

constexpr std::string_view ask_stream = "GET /stream HTTP/1.1\r\nHost: t\r\n\r\n";

TEST(Streams, ReachTwoSubscribers) {
  TestServer server;
  server.start();
  Client first(server.port());
  Client second(server.port());
  first.send(ask_stream);
  const auto head = first.receive(true);
  EXPECT_EQ(head.headers.at("content-type"), "text/event-stream");
  EXPECT_EQ(head.headers.at("cache-control"), "no-store");
  EXPECT_FALSE(head.headers.contains("content-length"));
  stream_at(*server.desk, 0);  // the head is sent before the handler is given its stream
  second.send(ask_stream);
  EXPECT_EQ(second.receive(true).status, 200);
  const std::vector streams = {stream_at(*server.desk, 0), stream_at(*server.desk, 1)};
  EXPECT_EQ(server.server->counts().streams_open, 2U);
  EXPECT_EQ(server.server->counts().requests_in_flight, 0U) << "a stream is not waited for";
  for (int i = 0; i < 500; ++i) {
    const auto chunk = event(std::to_string(i));
    for (const auto& stream : streams) EXPECT_TRUE(stream->send(chunk));
    if (i % 50 == 0) std::this_thread::sleep_for(1ms);
  }
  for (auto* client : {&first, &second}) {
    for (int i = 0; i < 500; ++i) ASSERT_EQ(client->receive_until("\n\n"), *event(std::to_string(i)));
  }
  EXPECT_FALSE(streams[0]->closed());
  streams[0]->send(event("last"));
  streams[0]->close();
  EXPECT_TRUE(streams[0]->closed());
  EXPECT_FALSE(streams[0]->send(event("too late")));
  EXPECT_EQ(first.receive_all(), *event("last")) << "what was sent before the end arrives";
  EXPECT_TRUE(server.desk->wait([](const Desk& desk) { return desk.streams_closed == 1; }));
}

TEST(Streams, SeeWhereToResume) {
  TestServer server;
  server.start();
  Client client(server.port());
  client.send("GET /stream HTTP/1.1\r\nHost: t\r\nLast-Event-ID: 4711\r\n\r\n");
  EXPECT_EQ(client.receive(true).status, 200);
  const std::scoped_lock lock(server.desk->mutex);
  EXPECT_EQ(server.desk->last_event_id, "4711");
}

TEST(Streams, BeatWhenNothingHappens) {
  TestServer server;
  server.options.limits.stream_beat = 30ms;
  server.start();
  Client client(server.port());
  client.send(ask_stream);
  client.receive(true);
  EXPECT_EQ(client.receive_until("\n\n"), ":\n\n");
  EXPECT_EQ(client.receive_until("\n\n"), ":\n\n");
  stream_at(*server.desk, 0)->send(event("x"));
  EXPECT_TRUE(client.receive_until("data: x\n\n").ends_with("data: x\n\n"));
}

TEST(Streams, LearnThatTheClientLeft) {
  TestServer server;
  server.start();
  {
    Client client(server.port());
    client.send(ask_stream);
    client.receive(true);
  }
  const auto stream = stream_at(*server.desk, 0);
  EXPECT_TRUE(server.desk->wait([](const Desk& desk) { return desk.streams_closed == 1; }));
  EXPECT_FALSE(stream->send(event("x")));
  EXPECT_TRUE(eventually([&] { return server.server->counts().connections_open == 0; }));
  EXPECT_EQ(server.server->counts().streams_open, 0U);
}

TEST(Streams, LeaveAClientThatIsTooSlow) {
  TestServer server;
  server.options.limits.stream_queue_bytes = 100'000;
  server.start();
  Client client(server.port(), nullptr, 4096);
  client.send(ask_stream);
  client.receive(true);
  const auto stream = stream_at(*server.desk, 0);
  const auto chunk = event(std::string(10'000, 'x'));
  int sent = 0;
  EXPECT_TRUE(eventually([&] {
    ++sent;
    return !stream->send(chunk);
  }));
  EXPECT_GT(sent, 9);
  EXPECT_TRUE(stream->closed());
  EXPECT_TRUE(server.desk->wait([](const Desk& desk) { return desk.streams_closed == 1; }));
  EXPECT_TRUE(eventually([&] { return server.server->counts().connections_open == 0; }));
}

TEST(Streams, MaySendFromManyThreads) {
  TestServer server;
  server.start();
  Client client(server.port());
  client.send(ask_stream);
  client.receive(true);
  const auto stream = stream_at(*server.desk, 0);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) stream->send(event("x"));
    });
  }
  for (int i = 0; i < 800; ++i) ASSERT_EQ(client.receive_until("\n\n"), *event("x"));
}

TEST(Stop, LetsRequestsFinishAndRefusesNewOnes) {
  TestServer server;
  server.start();
  Client busy(server.port());
  Client idle(server.port());
  Client listener(server.port());
  EXPECT_EQ(idle.get("/hello").status, 200);
  listener.send(ask_stream);
  listener.receive(true);
  stream_at(*server.desk, 0)->send(event("before"));
  busy.send("GET /keep HTTP/1.1\r\nHost: t\r\n\r\n");
  auto reply = server.desk->take_kept();

  std::jthread stopper([&] { server.server->stop(std::chrono::seconds{patience_seconds}); });
  EXPECT_EQ(listener.receive_all(), *event("before")) << "streams are closed at once";

  const auto refused = idle.get("/hello");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.body, "shutting_down");
  EXPECT_TRUE(refused.headers.contains("retry-after"));
  EXPECT_EQ(refused.headers.at("connection"), "close");
  EXPECT_EQ(Client(server.port()).get("/hello").status, 503) << "a new connection is told so too";
  {
    Client more(server.port());
    more.send(ask_stream);
    EXPECT_EQ(more.receive().status, 503);
  }
  EXPECT_EQ(server.server->counts().requests_in_flight, 1U);
  reply(text("done"));
  const auto answer = busy.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  stopper.join();
  EXPECT_EQ(server.server->counts().connections_open, 0U);
  EXPECT_EQ(server.server->counts().streams_open, 0U);
  EXPECT_THROW(Client(server.port()), std::runtime_error);
  server.server->stop(0ms);  // once more is harmless
}

TEST(Stop, WaitsNoLongerThanItsPatience) {
  TestServer server;
  server.start();
  Client client(server.port());
  client.send("GET /keep HTTP/1.1\r\nHost: t\r\n\r\n");
  auto reply = server.desk->take_kept();
  server.server->stop(20ms);
  EXPECT_TRUE(client.ends());
  reply(text("too late"));
}

TEST(Stop, MayComeWhileAnswersAreOnTheirWay) {
  for (int round = 0; round < 20; ++round) {
    TestServer server;
    server.start();
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 8; ++i) {
      clients.push_back(std::make_unique<Client>(server.port()));
      clients.back()->send("GET /late HTTP/1.1\r\nHost: t\r\n\r\n");
      clients.back()->send(i % 2 == 0 ? ask_stream : "GET /late HTTP/1.1\r\nHost: t\r\n\r\n");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{round % 8});
    server.server->stop(std::chrono::milliseconds{round % 3});
  }
}

TEST(Start, ThrowsWhenTheAddressIsTaken) {
  TestServer first;
  first.start();
  TestServer second;
  second.options.listen = "127.0.0.1:" + std::to_string(first.port());
  EXPECT_THROW(second.start(), std::system_error);
  second.options.listen = "nonsense";
  EXPECT_THROW(second.start(), std::invalid_argument);
}

TEST(Start, ListensOnIpv6) {
  TestServer server;
  server.options.listen = "[::]:0";
  server.options.limits.connections_per_address = 1;
  try {
    server.start();
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no IPv6 here";
  }
  EXPECT_EQ(Client(server.port()).get("/who").body, "127.0.0.1 plain");
}

}  // namespace
}  // namespace doorstep::http::testing
