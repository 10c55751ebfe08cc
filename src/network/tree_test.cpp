// How far roles reach: the tree against a walk along the parents, and that it is always the tree of the
// snapshot.
#include "network/tree.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "network/organisation.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::network {
namespace {

constexpr OrganisationId org(std::int64_t value) { return OrganisationId{value}; }

TEST(AReach, CoversWhatIsBelowAndNothingBeside) {
  //   1 ─ 2 ─ 4      venue 7 at 4, venue 8 at 3
  //     └ 3
  //   5
  const Reach reach{{{org(4), org(2)}, {org(1), {}}, {org(2), org(1)}, {org(3), org(1)}, {org(5), {}}},
                    {{VenueId{7}, org(4)}, {VenueId{8}, org(3)}}};
  const Scope town = WholeTown{};
  for (const Scope& anything : {town, Scope{org(3)}, Scope{VenueId{7}}, Scope{VenueId{99}}}) {
    EXPECT_TRUE(reach.covers(town, anything));
    EXPECT_EQ(reach.covers(org(1), anything), anything != town && anything != Scope{VenueId{99}});
  }
  EXPECT_TRUE(reach.covers(org(2), org(2)));
  EXPECT_TRUE(reach.covers(org(2), VenueId{7}));
  EXPECT_FALSE(reach.covers(org(2), VenueId{8})) << "run by a sister";
  EXPECT_FALSE(reach.covers(org(4), org(2))) << "nobody reaches up";
  EXPECT_FALSE(reach.covers(org(5), org(4))) << "another root";
  EXPECT_TRUE(reach.covers(VenueId{7}, VenueId{7}));
  EXPECT_FALSE(reach.covers(VenueId{7}, org(4))) << "a venue is not the organisation that runs it";
  EXPECT_TRUE(reach.covers(VenueId{99}, VenueId{99})) << "a venue that nobody runs";
  for (const Scope& served : {town, Scope{org(1)}, Scope{org(2)}, Scope{org(4)}, Scope{VenueId{99}}})
    EXPECT_TRUE(reach.reaches_a_venue(served));
  EXPECT_FALSE(reach.reaches_a_venue(org(5)));
  EXPECT_FALSE(reach.reaches_a_venue(org(99)));
}

TEST(AReach, OfWhatStandsBelowItselfIsNothing) {
  const Reach reach{{{org(1), org(2)}, {org(2), org(1)}, {org(3), org(3)}}, {}};
  EXPECT_FALSE(reach.covers(org(1), org(2)));
  EXPECT_FALSE(reach.covers(org(2), org(3)));
}

// Any forest: each has for a parent one with a smaller number, or none.
RC_GTEST_PROP(Reaches, CoverWhatAWalkUpwardsMeets, ()) {
  const auto count = *rc::gen::inRange(1, 60);
  std::map<OrganisationId, std::optional<OrganisationId>> parents;
  std::vector<Reach::Unit> units;
  for (int i = 1; i <= count; ++i) {
    const auto above = *rc::gen::inRange(0, i);
    parents[org(i)] = above == 0 ? std::nullopt : std::optional{org(above)};
    units.push_back({org(i), parents[org(i)]});
  }
  const Reach reach{units, {}};
  for (int i = 1; i <= count; ++i) {
    for (int j = 1; j <= count; ++j) {
      auto at = std::optional{org(j)};
      while (at && *at != org(i)) at = parents[*at];
      RC_ASSERT(reach.covers(org(i), org(j)) == at.has_value());
    }
  }
}

class Trees : public testing::HallTest {
 protected:
  OrganisationId id_of(const std::string& key) {
    return OrganisationId{
        value<std::int64_t>("select id from organisations where key = :key", {{"key", key}})};
  }
  bool covers(Tree& tree, const Scope& above, const Scope& below) {
    bool covered = false;
    town.read([&](Snapshot& snapshot, Instant) { covered = tree.reach(snapshot)->covers(above, below); });
    return covered;
  }
};

TEST_P(Trees, AreReadOnceAndAgainAfterAChange) {
  Tree tree;
  const auto statements = [&] {
    int count = 0;
    town.read([&](Snapshot& snapshot, Instant) {
      tree.reach(snapshot);
      count = snapshot.statements();
    });
    return count;
  };
  EXPECT_EQ(statements(), 3);
  EXPECT_EQ(statements(), 1);
  const auto here = id_of("here"), there = id_of("there");
  EXPECT_TRUE(covers(tree, id_of("town"), there));
  EXPECT_FALSE(covers(tree, here, there));
  town.write([&](Transaction& tx, Instant) {
    tx.run("update organisations set parent = :here where id = :there", {{"here", here}, {"there", there}});
    tree_changed(tx);
  });
  EXPECT_EQ(statements(), 3);
  EXPECT_TRUE(covers(tree, here, there));
}

TEST_P(Trees, OfACommandThatWasRolledBackAreForgotten) {
  Tree tree;
  const auto here = id_of("here"), there = id_of("there");
  const auto move_and_fail = [&](Transaction& tx, Instant) {
    tx.run("update organisations set parent = :here where id = :there", {{"here", here}, {"there", there}});
    tree_changed(tx);
    EXPECT_TRUE(tree.reach(tx)->covers(here, there)) << "a command sees what it did";
    throw std::runtime_error{"rolled back on purpose"};
  };
  EXPECT_THROW(town.write(move_and_fail), std::runtime_error);
  EXPECT_FALSE(covers(tree, here, there));
  // Another change that comes instead is another tree, though nothing counted on.
  town.write([&](Transaction& tx, Instant) {
    tx.run("update organisations set parent = :there where id = :here", {{"here", here}, {"there", there}});
    tree_changed(tx);
  });
  EXPECT_TRUE(covers(tree, there, here));
  EXPECT_FALSE(covers(tree, here, there));
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Trees);

}  // namespace doorstep::network
