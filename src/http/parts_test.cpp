// The parts that need no socket.
#include <random>

#include <gtest/gtest.h>

#include "http/address.hpp"
#include "http/chunked.hpp"
#include "http/head_parser.hpp"
#include "http/head_writer.hpp"
#include "http/rate_limit.hpp"

namespace doorstep::http {
namespace {

using namespace std::chrono_literals;

TEST(Query, DecodesPathsAndQueries) {
  EXPECT_EQ(decode_path_part("a%20b+c"), "a b+c");
  EXPECT_EQ(decode_query_part("a%20b+c"), "a b c");
  EXPECT_EQ(decode_path_part("%E5%AE%B6%e9%97%a8"), "家门");
  EXPECT_EQ(decode_path_part(""), "");
  for (const char* bad : {"%", "%4", "%4g", "%zz", "abc%", "%00", "a%00b", "%ff", "%c0%af", "%ed%a0%80",
                          "%f5%80%80%80", "%e5%ae", "%f4%90%80%80"}) {
    EXPECT_EQ(decode_path_part(bad), std::nullopt) << bad;
  }
}

TEST(Query, KeepsOrderAndRepeats) {
  const auto query = parse_query("b=2&a=1&b=%E9%97%A8&flag&=x&&e=a%3Db=c");
  ASSERT_TRUE(query);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"b", "2"}, {"a", "1"}, {"b", "门"}, {"flag", ""}, {"", "x"}, {"e", "a=b=c"}};
  EXPECT_EQ(*query, expected);
  EXPECT_EQ(parse_query("a=%"), std::nullopt);
  EXPECT_TRUE(parse_query("")->empty());
}

TEST(RateLimit, AllowsTheBurstThenTheRate) {
  RateLimiter limiter(10, 3);
  const auto start = RateLimiter::TimePoint{1000s};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take(7, start), 0ns) << i;
  EXPECT_EQ(limiter.take(7, start), 100ms);
  EXPECT_EQ(limiter.take(8, start), 0ns) << "another address has its own bucket";
  EXPECT_GT(limiter.take(7, start + 99ms), 0ns);
  EXPECT_EQ(limiter.take(7, start + 100ms), 0ns);
  EXPECT_GT(limiter.take(7, start + 150ms), 0ns);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take(7, start + 10s), 0ns) << i;
  EXPECT_GT(limiter.take(7, start + 10s), 0ns) << "never more than the burst";
}

TEST(RateLimit, ForgetsTheFullestWhenCrowded) {
  RateLimiter limiter(1, 2, 8);  // one row
  const auto now = RateLimiter::TimePoint{1000s};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(limiter.take(1, now), 0ns);
  for (std::uint64_t other = 2; other < 1000; ++other) EXPECT_EQ(limiter.take(other, now), 0ns);
  EXPECT_GT(limiter.take(1, now), 0ns) << "who asks most is remembered longest";
}

TEST(RateLimit, ZeroSwitchesItOff) {
  RateLimiter limiter(0, 0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(limiter.take(1, RateLimiter::TimePoint{1s}), 0ns);
}

TEST(Address, CountsAnIpv6SubscriberAsOne) {
  const auto key = [](const char* text) { return address_key(boost::asio::ip::make_address(text)); };
  EXPECT_EQ(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
  EXPECT_NE(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
  EXPECT_NE(key("1.2.3.4"), key("1.2.3.5"));
  EXPECT_EQ(key("1.2.3.4"), key("::ffff:1.2.3.4"));
  EXPECT_NE(key("::"), 0U);
}

TEST(Address, TakesListenApart) {
  EXPECT_EQ(parse_listen("127.0.0.1:80").host, "127.0.0.1");
  EXPECT_EQ(parse_listen("[::1]:8080").host, "::1");
  EXPECT_EQ(parse_listen("[::1]:8080").port, 8080);
  for (const char* bad : {"", "80", ":80", "::1:80", "a:", "a:b", "a:70000", "[::1]80", "a:80x"}) {
    EXPECT_THROW(parse_listen(bad), std::invalid_argument) << bad;
  }
}

TEST(Address, BelievesOnlyTrustedProxies) {
  const ProxyList proxies({"127.0.0.1", "10.0.0.0/8", "2001:db8::/32"});
  const auto client = [&](const char* forwarded) {
    const auto address = proxies.client_of(forwarded);
    return address ? address->to_string() : "none";
  };
  EXPECT_EQ(client("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client("6.6.6.6, 1.2.3.4"), "1.2.3.4") << "what the client wrote itself is worth nothing";
  EXPECT_EQ(client("6.6.6.6, 1.2.3.4, 10.1.1.1 , 2001:db8::7"), "1.2.3.4");
  EXPECT_EQ(client("10.0.0.9"), "10.0.0.9");
  EXPECT_EQ(client("1.2.3.4:555"), "1.2.3.4");
  EXPECT_EQ(client("[2003::5]:555"), "2003::5");
  EXPECT_EQ(client("::ffff:1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client("1.2.3.4, unknown"), "none");
  EXPECT_EQ(client(""), "none");
  EXPECT_THROW(ProxyList({"proxy.example"}), std::invalid_argument);
  EXPECT_THROW(ProxyList({"10.0.0.0/40"}), std::invalid_argument);
}

struct Decoded {
  ChunkDecoder::State state;
  std::string body;
  std::size_t used;
};

// In pieces of `step` bytes.
Decoded decode_chunks(std::string_view bytes, std::size_t step, std::size_t limit = 1000) {
  ChunkDecoder decoder(limit);
  Decoded result{ChunkDecoder::State::more, {}, 0};
  while (!bytes.empty() && result.state == ChunkDecoder::State::more) {
    const auto piece = bytes.substr(0, step);
    std::size_t used = 0;
    result.state = decoder.feed(piece, result.body, used);
    result.used += used;
    bytes.remove_prefix(piece.size());
  }
  return result;
}

TEST(Chunks, AreJoinedHoweverTheyArrive) {
  const std::string_view bytes =
      "5\r\nhello\r\n6;ext=\"a b\"\r\n world\r\n0\r\nTrailer: x\r\nHost: evil\r\n\r\nGET /";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const auto decoded = decode_chunks(bytes, step);
    EXPECT_EQ(decoded.state, ChunkDecoder::State::done) << step;
    EXPECT_EQ(decoded.body, "hello world") << step;
    EXPECT_EQ(decoded.used, bytes.size() - 5) << step;
  }
}

TEST(Chunks, RefuseWhatIsNotOne) {
  for (const char* bad :
       {"x\r\n", "\r\n", "-1\r\n", " 5\r\n", "5 \r\n", "5\nhello", "5\r\nhelloX", "5\r\nhello\rX", "0x5\r\n",
        "5;\x01\r\n", "0\r\n\x01\r\n", "0\r\nA: b\n", "0\r\n\rX"}) {
    EXPECT_EQ(decode_chunks(bad, 1).state, ChunkDecoder::State::malformed) << bad;
  }
}

TEST(Chunks, AreBounded) {
  using enum ChunkDecoder::State;
  EXPECT_EQ(decode_chunks("5\r\nhello\r\n0\r\n\r\n", 3, 5).state, done);
  EXPECT_EQ(decode_chunks("6\r\n", 3, 5).state, too_large);
  EXPECT_EQ(decode_chunks("5\r\nhello\r\n1\r\n", 3, 5).state, too_large);
  EXPECT_EQ(decode_chunks("ffffffffffffffff\r\n", 30, 5).state, too_large);
  EXPECT_NE(decode_chunks("10000000000000005\r\nhello", 30, ~std::size_t{0}).state, more) << "no overflow";
  EXPECT_EQ(decode_chunks("5;" + std::string(100'000, 'x'), 100, 5).state, too_large);
  EXPECT_EQ(decode_chunks("0\r\nA: " + std::string(100'000, 'x'), 100, 5).state, too_large);
}

bool parses(std::string_view bytes, Head* out = nullptr) {
  Request request;
  Fields fields;
  Head head;
  const bool good = parse_head(bytes, request, fields, head);
  if (out != nullptr) *out = head;
  return good;
}

TEST(HeadParser, TakesPlainRequests) {
  Request request;
  Fields fields;
  Head head;
  const std::string_view bytes =
      "PATCH /a%20b?x=1?y HTTP/1.1\r\nHost: town.example:8080\r\nX-Mixed:  Case \t\r\n"
      "Content-Length: 12\r\nExpect: 100-Continue\r\n\r\n";
  ASSERT_TRUE(parse_head(bytes, request, fields, head));
  request.fields = &fields;
  EXPECT_EQ(request.method, Method::patch);
  EXPECT_EQ(request.method_text, "PATCH");
  EXPECT_EQ(request.path, "/a%20b");
  EXPECT_EQ(request.query, "x=1?y");
  EXPECT_EQ(request.header("x-mixed"), "Case");
  EXPECT_EQ(request.header("x-none"), "");
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_TRUE(head.keep_alive);
  ASSERT_TRUE(parses("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", &head));
  EXPECT_TRUE(head.asks_server);
  ASSERT_TRUE(parses("GET / HTTP/1.0\r\n\r\n", &head));
  EXPECT_FALSE(head.keep_alive);
}

TEST(HeadParser, RefusesWhatCanBeReadInTwoWays) {
  for (const char* bad : {
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\013chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
           "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost a\r\n\r\n",
           "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
           "GET / HTTP/1.1\nHost: a\r\n\r\n",
           "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
           "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
           "GET /\r\nHost: a\r\n\r\n",
           "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /\xe5\xae\xb6 HTTP/1.1\r\nHost: a\r\n\r\n",
           "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
           "PRI * HTTP/2.0\r\n\r\n",
       }) {
    EXPECT_FALSE(parses(bad)) << bad;
  }
}

TEST(HeadWriter, WritesAndRefusesToBeSplit) {
  Response response;
  response.body = "abc";
  HeadFacts facts;
  facts.date = "D";
  facts.id = "I";
  facts.body_bytes = 3;
  std::string out;
  response.headers = {{"etag", "\"1\""}, {"content-length", "77"}, {"transfer-encoding", "chunked"}};
  ASSERT_TRUE(write_head(out, response, facts));
  EXPECT_EQ(
      out,
      "HTTP/1.1 200 OK\r\nDate: D\r\nX-Request-Id: I\r\nContent-Type: application/json\r\nContent-Length: 3\r\n"
      "etag: \"1\"\r\n\r\n");
  for (const Header& bad : {Header{"a", "b\r\nc: d"}, Header{"a\r\n", "b"}, Header{"", "b"},
                            Header{"a b", "c"}, Header{"a", std::string("\0", 1)}}) {
    response.headers = {bad};
    EXPECT_FALSE(write_head(out, response, facts)) << bad.name;
  }
  response.headers.clear();
  for (const int status : {0, 99, 100, 101, 600, -1}) {
    response.status = status;
    EXPECT_FALSE(write_head(out, response, facts)) << status;
  }
}

TEST(HeadWriter, DatesAsHttpDoes) {
  DateText date;
  const std::string now{date.now()};
  EXPECT_EQ(now.size(), 29U);
  EXPECT_TRUE(now.ends_with(" GMT")) << now;
}

// Valid requests with a few bytes changed reach deeper than noise does.
TEST(Fuzz, NoBytesBreakTheParsers) {
  constexpr unsigned seed = 20'260'101;
  std::mt19937 random(seed);
  const std::string_view model =
      "POST /a?b=c HTTP/1.1\r\nHost: a\r\nConnection: close, x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n";
  const std::string_view chunks = "5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n";
  for (int i = 0; i < 50'000; ++i) {
    std::string head{model};
    std::string body{chunks};
    for (auto changes = random() % 8; changes > 0; --changes) {
      head[random() % head.size()] = static_cast<char>(random());
      body[random() % body.size()] = static_cast<char>(random());
      if (random() % 4 == 0) head.erase(random() % head.size(), random() % 4);
    }
    static_cast<void>(parses(head));
    static_cast<void>(decode_chunks(body, 1 + random() % 7));
    static_cast<void>(parse_query(head));
    static_cast<void>(decode_path_part(body));
  }
}

}  // namespace
}  // namespace doorstep::http
