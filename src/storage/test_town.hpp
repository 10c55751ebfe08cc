// A town of a test's own: in memory, in a file of a fresh folder, or in a fresh schema of the PostgreSQL
// server that DOORSTEP_TEST_PG names (a URL or "host=… dbname=…"); all is gone afterwards. Without that
// variable the tests run on SQLite only and say so.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/store.hpp"

namespace doorstep::storage {

enum class Place { memory, file, postgres };

class TestTown {
 public:
  explicit TestTown(Place place);
  ~TestTown();
  TestTown(const TestTown&) = delete;
  TestTown& operator=(const TestTown&) = delete;

  Options options() const;
  std::unique_ptr<Store> open() const { return open_store(options()); }
  // The words with which the child program opens the same town.
  std::vector<std::string> words() const { return {options().url, options().schema}; }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  Place place() const { return place_; }

 private:
  Place place_;
  std::string folder_;
  std::string schema_;
};

bool has_postgres();
// The places a parameterised test runs in.
std::vector<Place> all_places();
std::vector<Place> durable_places();
std::vector<Place> postgres_only();
std::string place_name(const ::testing::TestParamInfo<Place>& info);

// A running child program of the test (child/main.cpp).
class Child {
 public:
  explicit Child(std::vector<std::string> words);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill();
  // Waits for its end; returns its exit status, or -1 if it was killed.
  int wait();
  // Waits until it has written something.
  void await_output() const;
  // All it has written to its standard output, once it has ended.
  std::string output();

 private:
  int process_ = -1;
  int pipe_ = -1;
};

// A fixture with an open, empty store.
class StoreTest : public ::testing::TestWithParam<Place> {
 protected:
  StoreTest() : town(GetParam()), store(town.open()) {}

  void make(const std::vector<std::string>& statements) {
    std::string script;
    for (const auto& statement : statements) script += statement + ";\n";
    const std::vector<Migration> steps{{"test", "0001", script}};
    migrate(*store, steps);
  }
  std::int64_t count(const std::string& table) {
    std::int64_t found = 0;
    store->read_now([&](Sql& sql) { found = sql.value<std::int64_t>("select count(*) from " + table); });
    return found;
  }

  TestTown town;
  std::unique_ptr<Store> store;
};

}  // namespace doorstep::storage
