#include "bench/city_books.hpp"

#include "app/import.hpp"

namespace doorstep::bench {

namespace {

struct StaffRow {
  StaffId id;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (id))

Caller manager_of_demo_town(Snapshot& snapshot) {
  const auto manager = snapshot.one<StaffRow>("select id from staff where username = 'manager'");
  Caller caller;
  caller.staff = Staff{.id = manager.id, .session = {}, .grants = {{Role::centre_manager, Scope{}}}};
  return caller;
}

app::Budgets unbounded() {
  return {.write = {.statements = 1'000'000, .rows = 1'000'000, .time = std::chrono::minutes{5}}, .read = {}};
}

}  // namespace

CityBooks::CityBooks(storage::Engine engine)
    : config_(config_on(engine, folder_)),
      books_(std::make_unique<app::Books>(config_, app::Opening::brought_up_to_date, unbounded())) {
  app::import_network(books_->journal(), DOORSTEP_DEMO_TOWN);
  books_->journal().read_now([&](Snapshot& snapshot, Instant) { manager_ = manager_of_demo_town(snapshot); });
}

CityBooks::~CityBooks() {
  books_.reset();
  drop_town(config_);
}

void CityBooks::command(const std::function<void(Transaction& tx, const Caller& caller)>& work) {
  books_->journal().write_now([&](Transaction& tx, Instant at) {
    auto caller = manager_;
    caller.at = at;
    work(tx, caller);
  });
}

}  // namespace doorstep::bench
