// Reading: an answer that costs nothing, one that is computed, and an event on its way to many.
#include <stdexcept>

#include "bench/bare_http.hpp"
#include "bench/bench_town.hpp"
#include "bench/desk.hpp"
#include "bench/edges.hpp"
#include "bench/load.hpp"
#include "bench/streams.hpp"

namespace doorstep::bench {

namespace {

constexpr int turns = 7;
constexpr std::size_t connections = 64;
constexpr std::chrono::milliseconds turn_time{1'500};
// One thread each side of the socket, so that on two cores neither
// the load nor the other thread takes from the server.
constexpr unsigned server_threads = 1;

double gets_a_second(std::uint16_t port, const std::string& path) {
  const auto request = "GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n";
  const auto result =
      run_load(port, connections, turn_time, [&](std::size_t, std::size_t) { return std::string{request}; });
  if (result.not_ok + result.broken > 0) throw std::runtime_error(path + " was not answered as it should be");
  return result.per_second();
}

Row beside_bare_hello(Row row, const BenchTown& town, const std::string& path) {
  const BareHello bare{server_threads, std::string{empty_body}};
  return against_limit(
      std::move(row), turns, [&] { return gets_a_second(town.port(), path); },
      [&] { return gets_a_second(bare.port(), "/"); });
}

}  // namespace

Row empty_answer() {
  const BenchTown town{storage::Engine::sqlite, server_threads};
  return beside_bare_hello({.name = "an empty answer through server and route table",
                            .value = 0,
                            .unit = "requests/s",
                            .limit = {},
                            .ratio = {},
                            .goal = ">=0.8"},
                           town, std::string{empty_path});
}

Row queue_state() {
  const BenchTown town{storage::Engine::sqlite, server_threads};
  Desk desk{town.port()};
  // A usual morning: some wait, and the list of calls is full.
  constexpr int taken = 40;
  constexpr int called = 12;
  for (int i = 0; i < taken; ++i) desk.take_ticket();
  for (int i = 0; i < called; ++i) {
    for (const auto* action : {"call-next", "start", "finish"}) desk.act(action);
  }
  return beside_bare_hello({.name = "the state of a hall's lines, computed",
                            .value = 0,
                            .unit = "requests/s",
                            .limit = {},
                            .ratio = {},
                            .goal = ">=0.2"},
                           town, "/api/halls/" + desk.hall() + "/queue");
}

Row call_to_streams() {
  constexpr std::size_t streams = 1'000;
  constexpr int calls = 30;
  const BenchTown town{storage::Engine::sqlite, 0};
  Desk desk{town.port()};
  Streams listeners{town.port(), streams, "/api/events?topics=hall:" + desk.hall()};
  std::vector<double> took;
  for (int i = 0; i < calls; ++i) {
    desk.take_ticket();
    listeners.quiet();
    const auto began = std::chrono::steady_clock::now();
    desk.send("call-next");
    const auto heard = listeners.hear("event: ticket_called", began);
    took.insert(took.end(), heard.begin(), heard.end());
    desk.receive();
    for (const auto* action : {"start", "finish"}) desk.act(action);
  }
  const auto p99 = took.begin() + static_cast<std::ptrdiff_t>(took.size() * 99 / 100);
  std::nth_element(took.begin(), p99, took.end());
  return {.name = "a call, until 1,000 open streams have heard it (p99)",
          .value = *p99,
          .unit = "ms",
          .limit = {},
          .ratio = {},
          .goal = "<100"};
}

}  // namespace doorstep::bench
