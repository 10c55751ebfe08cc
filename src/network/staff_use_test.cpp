// What a member of staff has in hand in this room. What it is asked for is tested with the import of staff.
#include "network/network.hpp"
#include "testing/plans.hpp"
#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

class StaffInUse : public PostTest {
 protected:
  bool in_use(const std::string& username) {
    bool found = false;
    const auto id = *parse_id<StaffTag>(staff(username));
    town.read([&](Snapshot& snapshot, Instant) { found = uses_staff(snapshot, id); });
    return found;
  }
};

TEST_P(StaffInUse, IsWhoeverHasAPostOrHadOne) {
  const auto id = held_post();
  EXPECT_TRUE(in_use("officer1"));
  EXPECT_FALSE(in_use("officer3"));
  EXPECT_EQ(appoint(id, "a", "officer3").problem(), "");
  EXPECT_TRUE(in_use("officer1")) << "they had it until yesterday: that is history";
  EXPECT_TRUE(in_use("officer3"));
}

TEST_P(StaffInUse, ReadsNoTableToItsEnd) {
  const auto id = *parse_id<StaffTag>(staff("officer1"));
  testing::read_plans(town, [&](Transaction& tx) { EXPECT_FALSE(uses_staff(tx, id)); });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(StaffInUse);

}  // namespace doorstep::network
