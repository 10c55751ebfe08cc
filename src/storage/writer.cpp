#include "storage/writer.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"

namespace doorstep::storage {
namespace {

using Clock = std::chrono::steady_clock;

bool is_storage_error(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const StorageError&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

void unharmed(std::string_view what, FunctionRef<void()> f) noexcept {
  try {
    f();
  } catch (const std::exception& error) {
    log_error("store_threw", {{"where", what}, {"why", error.what()}});
  } catch (...) {
    log_error("store_threw", {{"where", what}});
  }
}

Writer::Writer(WriteEngine& engine, const Options& options, CountCells& counts)
    : engine_(engine), options_(options), counts_(counts), hooks_(std::make_shared<BatchHooks>()) {
  thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Writer::set_hooks(BatchHooks hooks) {
  const std::lock_guard lock{mutex_};
  hooks_ = std::make_shared<BatchHooks>(std::move(hooks));
}

void Writer::push(Entry entry) {
  {
    const std::lock_guard lock{mutex_};
    if (queue_.size() < options_.queue_max && !stopping_) {
      queue_.push_back(std::move(entry));
      queued_ = queue_.size();
      wake_.notify_one();
      return;
    }
  }
  // Outside the lock: `done` may do anything.
  entry.done(std::make_exception_ptr(Overloaded("the town's writer has too much to do")));
}

std::vector<Writer::Entry> Writer::next_batch() {
  std::unique_lock lock{mutex_};
  wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  std::vector<Entry> batch;
  while (!queue_.empty() && batch.size() < static_cast<std::size_t>(options_.batch_commands)) {
    if (queue_.front().bare && !batch.empty()) break;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (batch.back().bare) break;
  }
  queued_ = queue_.size();
  return batch;
}

void Writer::loop() {
  while (true) {
    auto batch = next_batch();
    if (batch.empty()) return;
    run_batch(batch);
  }
}

void Writer::give_back(std::vector<Entry>& batch, std::size_t from) {
  const std::lock_guard lock{mutex_};
  for (auto i = batch.size(); i > from; --i) queue_.push_front(std::move(batch[i - 1]));
  batch.resize(from);
  queued_ = queue_.size();
}

void Writer::run_batch(std::vector<Entry>& batch) {
  auto result = attempt(batch);
  if (result.poisoned) {
    ++counts_.poisoned;
    if (batch.size() == 1) return answer(batch[0], result.outcomes[0]);
    answer(batch[*result.poisoned], result.outcomes[*result.poisoned]);
    return run_singly(batch, *result.poisoned);
  }
  give_back(batch, result.ran);
  for (std::size_t i = 0; i < batch.size(); ++i) answer(batch[i], result.outcomes[i]);
}

void Writer::run_singly(std::vector<Entry>& batch, std::size_t except) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i == except) continue;
    const auto result = attempt(std::span{&batch[i], 1});
    if (result.poisoned) ++counts_.poisoned;
    answer(batch[i], result.outcomes[0]);
  }
}

// Runs the entries in one transaction. An engine that fails outside a command (opening, closing, commit)
// fails them all.
Writer::Attempt Writer::attempt(std::span<Entry> entries) {
  Attempt result;
  result.outcomes.resize(entries.size());
  result.ran = entries.size();
  const bool bare = entries[0].bare;
  std::shared_ptr<const BatchHooks> hooks;
  {
    const std::lock_guard lock{mutex_};
    hooks = hooks_;
  }
  try {
    engine_.begin(bare);
    if (!bare) run_hook(hooks->opened);
    run_commands(entries, result);
    const bool all_refused = std::ranges::all_of(std::span{result.outcomes}.first(result.ran),
                                                 [](const auto& outcome) { return outcome != nullptr; });
    if (result.poisoned || all_refused) {
      engine_.roll_back();
      return result;
    }
    if (!bare) run_hook(hooks->closing);
    engine_.commit();
  } catch (...) {
    engine_.roll_back();
    result.poisoned.reset();
    for (auto& outcome : std::span{result.outcomes}.first(result.ran)) outcome = std::current_exception();
    return result;
  }
  ++counts_.batches;
  if (!bare && hooks->committed) unharmed("committed hook", [&] { hooks->committed(); });
  return result;
}

void Writer::run_commands(std::span<Entry> entries, Attempt& result) {
  const auto began = Clock::now();
  const bool with_savepoints = entries.size() > 1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    result.outcomes[i] = run_command(entries[i], with_savepoints);
    if (result.outcomes[i] && !engine_.alive()) {
      // Not even opened: the failure is the engine's, not this command's, and concerns them all.
      if (!engine_.opened()) std::rethrow_exception(result.outcomes[i]);
      result.poisoned = i;
      return;
    }
    if (Clock::now() - began > options_.batch_time) {
      result.ran = i + 1;
      return;
    }
  }
}

std::exception_ptr Writer::run_command(Entry& entry, bool with_savepoint) {
  const auto began = Clock::now();
  std::exception_ptr outcome;
  try {
    if (with_savepoint) engine_.savepoint();
    engine_.session().start(Session::Mode::writing, entry.bare ? nullptr : &options_.write_budget);
    entry.work(engine_.session());
    engine_.session().finish();
    if (with_savepoint) release_or_lose();
  } catch (...) {
    outcome = std::current_exception();
  }
  if (Clock::now() - began > soft_budget) ++counts_.over_soft_budget;
  if (outcome && with_savepoint && engine_.alive()) {
    try {
      engine_.roll_back_to();
    } catch (...) {
      engine_.roll_back();  // no longer alive: a poisoned batch
    }
  }
  return outcome;
}

// A command that has run has told its journal so (the newest seq); taking it back alone would leave a gap
// there. So the whole batch is lost, and all of it begins anew.
void Writer::release_or_lose() {
  try {
    engine_.release();
  } catch (...) {
    engine_.roll_back();
    throw;
  }
}

void Writer::run_hook(const std::function<void(Sql&)>& hook) {
  if (!hook) return;
  engine_.session().start(Session::Mode::writing, &options_.write_budget);
  hook(engine_.session());
  engine_.session().finish();
}

void Writer::answer(Entry& entry, std::exception_ptr outcome) {
  ++counts_.commands;
  if (outcome && !is_storage_error(outcome)) ++counts_.refused;
  unharmed("completion", [&] { entry.done(std::move(outcome)); });
}

}  // namespace doorstep::storage
