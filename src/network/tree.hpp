// The town's organisations as they reach, kept in memory from request to request.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "journal/transaction.hpp"

namespace doorstep::network {

// One for each town. What it gives is what stands in the snapshot, also when another process changed the
// tree: the town's row bears a word that no other state of the tree has ever borne.
class Tree {
 public:
  // One statement; two more after a change.
  std::shared_ptr<const Reach> reach(Snapshot& snapshot);

 private:
  std::mutex mutex_;
  std::string word_;
  std::shared_ptr<const Reach> reach_ = std::make_shared<const Reach>();
};

// Said after every change of an organisation's parent or end, and of who runs a venue. One statement.
void tree_changed(Transaction& tx);

}  // namespace doorstep::network
