// What the tests of storage do in other processes: child write|count|migrate URL SCHEMA [NUMBER].
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include <unistd.h>

#include "storage/child/steps.hpp"
#include "storage/store.hpp"

namespace doorstep::storage {
namespace {

// Writes rows until it is killed, and says the number of each that it was told is durable.
void write_rows(Store& store, std::int64_t first) {
  std::atomic<int> waiting{0};
  for (std::int64_t id = first;; ++id) {
    while (waiting > 200) std::this_thread::yield();
    ++waiting;
    store.write(
        [id](Sql& sql) {
          sql.run("insert into acknowledged (id, half) values (:id, 1)", {{"id", id}});
          sql.run("insert into acknowledged (id, half) values (:id, 2)", {{"id", id}});
        },
        [id, &waiting](const std::exception_ptr& error) {
          --waiting;
          if (error) return;
          const auto line = std::to_string(id) + "\n";
          if (::write(1, line.data(), line.size()) < 0) std::_Exit(1);
        });
  }
}

// Adds one so many times, by reading and writing: a lost lock would lose a count.
void count_up(Store& store, std::int64_t times) {
  for (std::int64_t i = 0; i < times; ++i) {
    store.write_now([](Sql& sql) {
      const auto now = sql.value<std::int64_t>("select value from counters where id = 1");
      sql.run("update counters set value = :value where id = 1", {{"value", now + 1}});
    });
  }
}

int run(const std::string& what, const std::string& url, const std::string& schema, std::int64_t number) {
  Options options;
  options.url = url;
  options.schema = schema;
  const auto store = open_store(options);
  if (what == "write") write_rows(*store, number);
  if (what == "count") count_up(*store, number);
  if (what == "migrate") std::cout << migrate(*store, many_steps()).size() << "\n";
  return 0;
}

}  // namespace
}  // namespace doorstep::storage

int main(int count, char** words) {
  if (count < 4) return 64;
  try {
    return doorstep::storage::run(words[1], words[2], words[3], count > 4 ? std::atoll(words[4]) : 0);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
