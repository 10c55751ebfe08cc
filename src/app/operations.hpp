// Routes for those who keep the program running: dead letters, and what they should see to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "api/page.hpp"
#include "journal/outbox.hpp"

namespace doorstep::app {

struct ListDeadMessages {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListDeadMessages, (), (cursor, limit))

struct RetryMessage {
  MessageId message;
};
BOOST_DESCRIBE_STRUCT(RetryMessage, (), (message))

struct DeadMessageView {
  MessageId id;
  Channel channel{};
  std::string subject;
  std::int32_t attempts = 0;
  Instant created_at;
  Instant ended_at;
  std::string last_error;
};
BOOST_DESCRIBE_STRUCT(DeadMessageView, (), (id, channel, subject, attempts, created_at, ended_at, last_error))

// calendar_year_missing: a year that deadlines may reach into was not imported yet.
enum class AlarmCode { calendar_year_missing, call_backs_late };
BOOST_DESCRIBE_ENUM(AlarmCode, calendar_year_missing, call_backs_late)

struct AlarmView {
  AlarmCode code{};
  Text what;  // and what to do
};
BOOST_DESCRIBE_STRUCT(AlarmView, (), (code, what))

struct ListAlarms {};
BOOST_DESCRIBE_STRUCT(ListAlarms, (), ())

// Each stands for as long as its reason does.
struct Alarms {
  std::vector<AlarmView> items;
};
BOOST_DESCRIBE_STRUCT(Alarms, (), (items))

Page<DeadMessageView> list_dead_messages(Snapshot& snapshot, const Caller& caller,
                                         const ListDeadMessages& wish);
Nothing retry_message(Transaction& tx, const Caller& caller, const RetryMessage& wish);

Alarms list_alarms(Snapshot& snapshot, const Caller& caller, const ListAlarms& wish);

void add_operations_routes(api::Api& api);

}  // namespace doorstep::app
