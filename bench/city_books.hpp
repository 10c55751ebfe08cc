// The books of the demo town, without a server and without budgets, to be filled until it is a city.
#pragma once

#include <functional>
#include <memory>

#include "app/town.hpp"
#include "bench/bench_town.hpp"

namespace doorstep::bench {

class CityBooks {
 public:
  explicit CityBooks(storage::Engine engine);
  ~CityBooks();
  CityBooks(const CityBooks&) = delete;
  CityBooks& operator=(const CityBooks&) = delete;

 protected:
  // As the centre's manager, with a role in the whole town.
  void command(const std::function<void(Transaction& tx, const Caller& caller)>& work);

 private:
  Folder folder_;
  app::Config config_;
  std::unique_ptr<app::Books> books_;
  Caller manager_;
};

}  // namespace doorstep::bench
