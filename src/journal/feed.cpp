#include "journal/feed.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace doorstep {

namespace {

constexpr std::chrono::milliseconds poll_interval{1'000};
constexpr Microseconds sweep_interval = std::chrono::seconds{5};

struct EventRow {
  std::int64_t seq = 0;
  Instant at;
  std::string kind;
  std::string topic;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (seq, at, kind, topic, body))

}  // namespace

std::string event_chunk(std::int64_t seq, Instant at, std::string_view kind, std::string_view body_json) {
  std::string chunk = "id: " + std::to_string(seq) + "\nevent: ";
  chunk += kind;
  chunk += "\ndata: {\"seq\":" + std::to_string(seq) + ",\"at\":\"" + to_string(at) + "\",\"kind\":\"";
  chunk += kind;
  chunk += '"';
  const auto members = body_json.substr(1);  // past the brace
  if (members != "}") chunk += ',';
  chunk += members;
  chunk += "\n\n";
  return chunk;
}

Feed::Feed(Journal& journal) : journal_(journal), worker_("feed", [this] { return round(); }) {
  journal_.read_now([&](Snapshot& snapshot, Instant) {
    delivered_ = snapshot.value<std::int64_t>("select seq from journal_head where one = 1");
  });
  journal_.on_commit(worker_.waker());
  journal_.store().on_hint(worker_.waker());
  worker_.start();
}

void Feed::listen(std::vector<std::string> topics, std::optional<std::int64_t> after,
                  std::shared_ptr<Listener> listener) {
  // A topic that is asked for twice is heard once.
  std::ranges::sort(topics);
  topics.erase(std::ranges::unique(topics).begin(), topics.end());
  {
    const std::lock_guard lock{mutex_};
    arriving_.push_back({std::move(topics), after, std::move(listener)});
  }
  worker_.wake();
}

Worker::Duration Feed::round() {
  // Those who arrive are brought up to `delivered_` first, so
  // that the events after it reach them like all others.
  admit_arriving();
  deliver_new();
  drop_gone();
  return poll_interval;
}

void Feed::admit_arriving() {
  while (true) {
    Subscription next;
    {
      const std::lock_guard lock{mutex_};
      if (arriving_.empty()) return;
      next = std::move(arriving_.back());
      arriving_.pop_back();
    }
    try {
      if (!catch_up(next)) continue;
    } catch (...) {
      const std::lock_guard lock{mutex_};
      arriving_.push_back(std::move(next));
      throw;
    }
    for (const auto& topic : next.topics) topics_[topic].push_back(next.listener);
  }
}

bool Feed::catch_up(const Subscription& subscription) {
  // What it has just read elsewhere may be newer than what was told here so far.
  if (subscription.after && *subscription.after > delivered_) deliver_new();
  std::vector<EventRow> missed;
  bool reset = !subscription.after || *subscription.after > delivered_;
  if (!reset) {
    journal_.read_now([&](Snapshot& snapshot, Instant) {
      for (const auto& topic : subscription.topics) {
        auto rows = snapshot.all<EventRow>(
            "select seq, at, kind, topic, body from events"
            " where topic = :topic and seq > :after and seq <= :upto order by seq limit :limit",
            {{"topic", topic},
             {"after", *subscription.after},
             {"upto", delivered_},
             {"limit", backlog_max + 1}});
        std::ranges::move(rows, std::back_inserter(missed));
      }
    });
    reset = missed.size() > backlog_max;
  }
  if (reset) {
    auto chunk = std::make_shared<std::string>(event_chunk(delivered_, journal_.now(), "reset", "{}"));
    return subscription.listener->hear(chunk);
  }
  std::ranges::sort(missed, {}, &EventRow::seq);
  return std::ranges::all_of(missed, [&](const EventRow& row) {
    return subscription.listener->hear(
        std::make_shared<std::string>(event_chunk(row.seq, row.at, row.kind, row.body)));
  });
}

void Feed::deliver_new() {
  std::size_t found = batch_max;
  while (found == batch_max) {
    std::vector<EventRow> rows;
    journal_.read_now([&](Snapshot& snapshot, Instant) {
      rows = snapshot.all<EventRow>(
          "select seq, at, kind, topic, body from events where seq > :after order by seq limit :limit",
          {{"after", delivered_}, {"limit", batch_max}});
    });
    found = rows.size();
    for (const auto& row : rows) {
      const auto heard = topics_.find(row.topic);
      if (heard != topics_.end()) {
        const auto chunk = std::make_shared<std::string>(event_chunk(row.seq, row.at, row.kind, row.body));
        std::erase_if(heard->second, [&](const auto& listener) { return !listener->hear(chunk); });
        if (heard->second.empty()) topics_.erase(heard);
      }
      delivered_ = row.seq;
    }
  }
}

// Listeners of quiet topics hear nothing that would show that they are gone.
void Feed::drop_gone() {
  const auto now = journal_.now();
  if (now - swept_at_ < sweep_interval) return;
  swept_at_ = now;
  for (auto& [topic, listeners] : topics_) {
    std::erase_if(listeners, [](const auto& listener) { return listener->gone(); });
  }
  std::erase_if(topics_, [](const auto& topic) { return topic.second.empty(); });
}

}  // namespace doorstep
