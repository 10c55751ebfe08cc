// What both engines' stores have in common, and what the rest of this room needs beyond the public contract.
#pragma once

#include "storage/fault.hpp"
#include "storage/writer.hpp"

namespace doorstep::storage {

class StoreBase : public Store {
 public:
  void write(Work work, Done done) final;
  void set_hooks(BatchHooks hooks) final;
  Counts counts() const final;

  // A step of storage itself: no budget, no hooks, a transaction of its own.
  void write_bare(Work work, Done done);
  // On one of the threads that complete writes, where waiting for a write would never end.
  bool on_writer_thread() const { return writer().on_thread(); }
  FaultHook& faults() { return faults_; }

  virtual void back_up(const std::string& path) = 0;
  // For tests; does nothing on PostgreSQL.
  virtual void limit_pages(std::int64_t pages) = 0;
  // What the schema of this town is called on PostgreSQL; empty on SQLite.
  virtual std::string schema() const = 0;

 protected:
  explicit StoreBase(Options options);

  virtual Writer& writer() = 0;
  virtual const Writer& writer() const = 0;

  Options options_;
  CountCells cells_;
  FaultHook faults_;
};

std::unique_ptr<Store> open_sqlite(Options options, const std::string& path);
std::unique_ptr<Store> open_postgres(Options options, const std::string& conninfo);

// Runs `start` with a completion, waits for it, and throws what it was given.
void wait_for(const std::function<void(Store::Done)>& start);

}  // namespace doorstep::storage
