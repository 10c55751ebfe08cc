#include "cases/child.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using ::testing::ElementsAre;

class Children : public testing::CaseTest {
 protected:
  Answer open_child(CaseId id, const std::string& who = "officer1") {
    return act(id, who, "/children", R"({"matter":"transfer"})");
  }
  static CaseId id_of(const Answer& shown) { return CaseId{*parse_id(CaseTag::prefix, shown.text("id"))}; }
};

TEST_P(Children, HaveTheSameApplicantAndPeopleOfTheirOwn) {
  const auto id = open_relief("officer1", Applicant{"示例 王秀英", "13900000000"});
  act(id, "officer2", "/accept");
  const auto child = open_child(id, "officer2");
  ASSERT_EQ(child.status, 201) << child.problem();
  EXPECT_EQ(child.text("matter.key"), "transfer");
  EXPECT_EQ(child.text("first_contact.name"), "示例 officer2");
  EXPECT_TRUE(child.at("handler").is_null());
  EXPECT_TRUE(child.at("has_applicant").as_bool());
  EXPECT_EQ(post("officer2", path(id_of(child), "/applicant"), R"({"purpose":"核对"})").text("name"),
            "示例 王秀英");
  const auto parent = read(id, "officer1");
  EXPECT_THAT(testing::texts_in(parent.at("related"), "reference"), ElementsAre(child.text("reference")));
  EXPECT_FALSE(parent.at("related").at(0).at("is_parent").as_bool());
  EXPECT_EQ(parent.number("version"), 3);
  const auto shown = read(id_of(child), "officer1");
  EXPECT_THAT(testing::texts_in(shown.at("related"), "reference"), ElementsAre(parent.text("reference")));
  EXPECT_TRUE(shown.at("related").at(0).at("is_parent").as_bool());
}

TEST_P(Children, AreWaitedForBeforeTheirParentIsDone) {
  const auto id = open_relief("officer1");
  const auto child = id_of(open_child(id));
  EXPECT_EQ(act(id, "officer1", "/advance", R"({"to":"check"})").problem(), "");
  EXPECT_EQ(act(id, "officer1", "/advance", R"({"to":"done"})").problem(), "child_running");
  EXPECT_EQ(read(id, "officer1").text("phase"), "in_work");
  advance(child, "officer1", 1, "refused");
  EXPECT_EQ(act(id, "officer1", "/advance", R"({"to":"done"})").problem(), "") << "however it ended";
  EXPECT_EQ(act(child, "officer1", "/reopen", R"({"reason":"示例"})").problem(), "parent_over")
      << "what is done has nothing running";
}

TEST_P(Children, DoNotKeepTheirParentFromAnotherEnd) {
  const auto id = open_relief("officer1");
  const auto child = id_of(open_child(id));
  EXPECT_EQ(act(id, "officer1", "/withdraw").problem(), "");
  EXPECT_EQ(read(child, "officer1").text("phase"), "submitted") << "it is a case of its own";
}

TEST_P(Children, AreOpenedByTheOneWhoHandlesTheirParentOneLevelDeep) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(open_child(id, "officer2").problem(), "not_your_case");
  EXPECT_EQ(open_child(id, "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(act(id, "officer1", "/children", R"({"matter":"moon"})").problem(), "no_such_matter");
  const auto first = open_child(id);
  EXPECT_EQ(
      post("officer1", path(id, "/children"), R"({"matter":"transfer"})", testing::if_match(1)).problem(),
      "version_differs")
      << "of two clicks the second one opens nothing";
  EXPECT_EQ(open_child(id_of(first)).problem(), "child_of_a_child");
  for (int i = 1; i < children_max; ++i) EXPECT_EQ(open_child(id).problem(), "");
  EXPECT_EQ(open_child(id).problem(), "too_many_children");
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(open_child(id).problem(), "case_over");
}

DOORSTEP_ON_ALL_ENGINES(Children);

}  // namespace
}  // namespace doorstep::cases
