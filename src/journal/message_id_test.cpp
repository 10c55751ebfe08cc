// What a mail calls itself. A mail server or a reader that meets the same Message-ID twice drops the second,
// so it must be one mail's alone, wherever the mail comes from, and the same at each try.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "journal/outbox.hpp"
#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using ::testing::MatchesRegex;
using ::testing::SizeIs;

std::string message_id_of(const Outgoing& message) {
  SmtpOptions options;
  options.from = "hall@example.org";
  const auto mail = mail_text(options, message);
  const std::string header = "\r\nMessage-ID: ";
  const auto begin = mail.find(header) + header.size();
  return mail.substr(begin, mail.find("\r\n", begin) - begin);
}

// Says "later" until it is told that the day is fine.
class NotedTransport : public Transport {
 public:
  NotedTransport(std::vector<Outgoing>& tried, const bool& works) : tried_(tried), works_(works) {}
  Delivery deliver(const Outgoing& message) override {
    tried_.push_back(message);
    if (works_) return Delivered{};
    return TryAgain{"later", std::nullopt};
  }

 private:
  std::vector<Outgoing>& tried_;
  const bool& works_;
};

// A town on its first day, with its mails as they were tried.
class NewTown {
 public:
  explicit NewTown(const KeyRing& keys) : keys_(keys) {
    OutboxRunner::Transports transports;
    transports[Channel::email] = std::make_unique<NotedTransport>(tried, works);
    runner_ = std::make_unique<OutboxRunner>(journal_, std::move(transports));
  }

  void send() {
    journal_.write_now([](Transaction& tx, Instant at) {
      tx.send({Channel::email, "wang@example.org", "轮到您了", "请到3号窗口。", std::nullopt}, at);
    });
  }
  void deliver() { runner_->deliver_due(); }

  testing::FakeClock clock;
  std::vector<Outgoing> tried;
  bool works = true;

 private:
  std::unique_ptr<storage::Store> new_store() {
    storage::Options options;
    options.url = "sqlite:" + (folder_.path() / "town.db").string();
    auto store = storage::open_store(options);
    storage::migrate(*store, journal::migrations());
    return store;
  }

  testing::TemporaryFolder folder_;
  KeyRing keys_;
  std::unique_ptr<storage::Store> store_ = new_store();
  Journal journal_{*store_, keys_, system_entropy(), clock};
  std::unique_ptr<OutboxRunner> runner_;
};

}  // namespace

TEST(MessageIdHeader, IsOneTownsAlone) {
  NewTown one{KeyRing::random(system_entropy())};
  NewTown other{KeyRing::random(system_entropy())};
  for (auto* town : {&one, &other}) {
    town->send();
    town->deliver();
    ASSERT_THAT(town->tried, SizeIs(1));
    EXPECT_THAT(message_id_of(town->tried[0]), MatchesRegex("<mg_[0-9a-z]+\\.[-_A-Za-z0-9]+@example\\.org>"));
  }
  ASSERT_EQ(one.tried[0].id, other.tried[0].id);
  ASSERT_EQ(one.tried[0].created_at, other.tried[0].created_at);
  EXPECT_NE(message_id_of(one.tried[0]), message_id_of(other.tried[0]));
}

// A rehearsal is thrown away and the town begins for good: it kept its key, and counts its messages from one.
TEST(MessageIdHeader, IsAnotherAfterANewBeginning) {
  const auto keys = KeyRing::random(system_entropy());
  NewTown rehearsal{keys};
  NewTown town{keys};
  town.clock.move(std::chrono::hours{24});
  for (auto* each : {&rehearsal, &town}) {
    each->send();
    each->deliver();
    ASSERT_THAT(each->tried, SizeIs(1));
  }
  ASSERT_EQ(rehearsal.tried[0].id, town.tried[0].id);
  EXPECT_NE(message_id_of(rehearsal.tried[0]), message_id_of(town.tried[0]));
}

TEST(MessageIdHeader, IsTheSameAtEachTry) {
  NewTown town{KeyRing::random(system_entropy())};
  town.works = false;
  town.send();
  town.deliver();
  town.works = true;
  town.clock.move(std::chrono::hours{1});
  town.deliver();
  ASSERT_THAT(town.tried, SizeIs(2));
  ASSERT_NE(town.tried[0].sent_at, town.tried[1].sent_at);
  EXPECT_EQ(message_id_of(town.tried[0]), message_id_of(town.tried[1]));
}

}  // namespace doorstep
