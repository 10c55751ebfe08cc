#include "network/tree.hpp"

#include <vector>

namespace doorstep::network {

namespace {

struct WordRow {
  std::optional<std::string> tree;
};
BOOST_DESCRIBE_STRUCT(WordRow, (), (tree))

struct UnitRow {
  OrganisationId id;
  std::optional<OrganisationId> parent;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, parent))

struct SiteRow {
  VenueId id;
  OrganisationId organisation;
};
BOOST_DESCRIBE_STRUCT(SiteRow, (), (id, organisation))

std::shared_ptr<const Reach> read_reach(Snapshot& snapshot) {
  std::vector<Reach::Unit> units;
  for (const auto& row : snapshot.all<UnitRow>("select id, parent from organisations where ended_at is null"))
    units.push_back({row.id, row.parent});
  std::vector<Reach::Site> sites;
  for (const auto& row :
       snapshot.all<SiteRow>("select id, organisation from venues where organisation is not null"
                             " and ended_at is null"))
    sites.push_back({row.id, row.organisation});
  return std::make_shared<const Reach>(units, sites);
}

}  // namespace

std::shared_ptr<const Reach> Tree::reach(Snapshot& snapshot) {
  const auto row = snapshot.maybe<WordRow>("select tree from town where one = 1");
  const auto word = row ? row->tree.value_or("") : "";
  {
    const std::lock_guard lock{mutex_};
    if (word == word_) return reach_;
  }
  auto reach = word.empty() ? std::make_shared<const Reach>() : read_reach(snapshot);
  const std::lock_guard lock{mutex_};
  word_ = word;
  reach_ = reach;
  return reach;
}

void tree_changed(Transaction& tx) {
  tx.run("update town set tree = :word where one = 1", {{"word", tx.new_token()}});
}

}  // namespace doorstep::network
