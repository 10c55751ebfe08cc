#include "hall/ticket.hpp"

#include "testing/small_town.hpp"

namespace doorstep::hall {
namespace {

using testing::SmallTownTest;

class Tickets : public SmallTownTest {
 protected:
  testing::Answer take(const std::string& service = "transfer") {
    return town.call("POST", "/api/halls/" + town.hall + "/tickets", R"({"service":")" + service + "\"}");
  }
};

TEST_P(Tickets, AreNumberedByLineAndDay) {
  EXPECT_EQ(take().text("number"), "A001");
  EXPECT_EQ(take().text("number"), "A002");
  EXPECT_EQ(take("question").text("number"), "B001");
  town.pass(std::chrono::hours{13});  // the next morning
  EXPECT_EQ(take().text("number"), "A001");
}

DOORSTEP_ON_ALL_ENGINES(Tickets);

}  // namespace
}  // namespace doorstep::hall
