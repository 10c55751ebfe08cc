// The stream of server-sent events: which topics may be heard is asked of the rooms, the rest is the feed's.
#include <atomic>
#include <charconv>

#include "api/pending.hpp"
#include "base/limits.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

namespace {

struct Listen {
  std::vector<std::string> topics;
  std::optional<std::string> after;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "topics") return {.length_min = 1, .length_max = topics_max};
    if (member == "topics[]") return {.length_max = 100};
    return {.length_max = 20};
  }
};
BOOST_DESCRIBE_STRUCT(Listen, (), (topics, after))

class StreamListener : public Listener {
 public:
  explicit StreamListener(std::shared_ptr<http::Stream> stream) : stream_(std::move(stream)) {}
  bool hear(const std::shared_ptr<const std::string>& chunk) override { return stream_->send(chunk); }
  bool gone() const override { return stream_->closed(); }

 private:
  std::shared_ptr<http::Stream> stream_;
};

std::optional<std::int64_t> parse_seq(std::string_view text) {
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc{} || end != text.data() + text.size() || seq < 0) return std::nullopt;
  return seq;
}

}  // namespace

void Api::stream(Rules rules) {
  for (const auto& [kind, topic] : topics_) {
    for (const auto& problem : topic.problems) {
      if (std::ranges::find(rules.problems, problem) == rules.problems.end())
        rules.problems.push_back(problem);
    }
  }
  add<Listen>(Kind::stream, "GET", "/api/events", std::move(rules));
}

void Api::serve_stream(const std::shared_ptr<Pending>& pending) {
  auto topics = std::make_shared<std::vector<std::string>>();
  journal_.read(
      [this, pending, topics](Snapshot& snapshot, Instant at) {
        sign_in(snapshot, *pending, at);
        topics->clear();
        for (const auto& asked : std::any_cast<const Listen&>(pending->wish).topics) {
          const auto colon = asked.find(':');
          const auto topic = topics_.find(asked.substr(0, colon));
          if (colon == std::string::npos || topic == topics_.end())
            throw Problem{"no_such_topic", {asked}, "topics"};
          topics->push_back(topic->second.resolve(snapshot, pending->caller, asked.substr(colon + 1)).name);
        }
      },
      [this, pending, topics](std::exception_ptr error) {
        if (error) return finish(pending, std::move(error));
        // Browsers send Last-Event-ID when they come back by
        // themselves; a page that opens anew says it as `after`.
        auto after = pending->last_event;
        const auto& wish = std::any_cast<const Listen&>(pending->wish);
        if (!after && wish.after) after = parse_seq(*wish.after);
        http::Response response;
        response.content_type = "text/event-stream";
        response.on_stream = [this, topics, after](std::shared_ptr<http::Stream> stream) {
          feed_.listen(*topics, after, std::make_shared<StreamListener>(std::move(stream)));
        };
        answer(*pending, std::move(response), "");
      });
}

std::optional<std::int64_t> last_event_id(const http::Request& request) {
  return parse_seq(request.header("last-event-id"));
}

}  // namespace doorstep::api
