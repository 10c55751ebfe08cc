// Importing again: a second time changes nothing, a dry run writes nothing and says what would change, and
// what ends is ended only where nothing holds it.
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "testing/import_fixture.hpp"

namespace doorstep::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A station below the small town's organisation "there", with more members of the entry.
std::string station(const std::string& key, const std::string& more = "") {
  return fmt::format(R"(
  - key: {0}
    kind: station
    organisation: there
    name: {{zh: 示例站 {0}, en: Sample {0}}}
    address: {{zh: 示例路, en: Sample Road}}
    hours: [{{days: [1, 2], opens: "08:00", closes: "12:00"}}]
    exceptions: []
{1})",
                     key, more.empty() ? "" : "    " + more + "\n");
}

std::string unit(const std::string& key, const std::string& parent, const std::string& more = "") {
  return fmt::format(
      "\n  - {{key: {0}, kind: branch, parent: {1}, name: {{zh: 示例 {0}, en: Sample {0}}}{2}}}", key, parent,
      more);
}

std::string grid(const std::string& key, const std::string& organisation, const std::string& more = "") {
  return fmt::format(
      "\n  - {{key: {}, name: {{zh: 网格, en: Grid}}, organisation: {}, ring: [{{latitude: 31.0, "
      "longitude: 121.0}}, {{latitude: 31.0, longitude: 121.01}}, {{latitude: 31.01, longitude: 121.01}},"
      " {{latitude: 31.0, longitude: 121.0}}]{}}}",
      key, organisation, more);
}

class ImportAgain : public testing::ImportTest {
 protected:
  std::string dry(const std::filesystem::path& files) { return changes_text(import(files, ImportRun::dry)); }
  bool has_ended(const std::string& table, const std::string& key) {
    return value<std::int64_t>("select count(*) from " + table + " where key = :key and ended_at is not null",
                               {{"key", key}}) > 0;
  }
};

TEST_P(ImportAgain, AWholeTownASecondTimeChangesNothing) {
  EXPECT_FALSE(import(town_folder()).empty());
  const auto before = all_but_the_head();
  const auto again = import(town_folder());
  EXPECT_TRUE(again.empty()) << changes_text(again);
  EXPECT_EQ(all_but_the_head(), before);
  EXPECT_EQ(again.counts.at("venue").unchanged, 64U);
  EXPECT_EQ(again.counts.at("grid").unchanged, 12U);
}

TEST_P(ImportAgain, ADryRunWritesNothingAndSaysWhatWouldChange) {
  import(file("venues:" + station("a") + station("b")));
  const auto before = everything();
  auto text = "venues:" + station("a", "step_free: yes") + station("c") + station("b", "ended: true");
  text.replace(text.find("08:00"), 5, "09:00");
  const auto said = dry(file(text));
  EXPECT_THAT(said, HasSubstr("~ venue a\n      hours Monday: 08:00-12:00 -> 09:00-12:00\n"));
  EXPECT_THAT(said, HasSubstr(R"(      step_free: "unknown" -> "yes")"));
  EXPECT_THAT(said, HasSubstr("+ venue c\n"));
  EXPECT_THAT(said, HasSubstr(R"(+ name_zh: "示例站 c")"));
  EXPECT_THAT(said, HasSubstr("- venue b\n"));
  EXPECT_EQ(everything(), before) << "byte for byte, the head and all";
  EXPECT_THAT(changes_text(import(file(text))), AllOf(HasSubstr("+ venue c"), HasSubstr("- venue b")))
      << "and that is what an import does";
  EXPECT_EQ(dry(file(text)), "");
}

TEST_P(ImportAgain, ADryRunOfAWholeTownIsThatOfItsImport) {
  change("nanxiang/town.yaml", "\ndemo: false", "\ndemo: true");
  town.write([](Transaction& tx, Instant) { tx.run("update staff set username = username || '-before'"); });
  const auto before = everything();
  const auto dry_run = import(town_folder(), ImportRun::dry);
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(changes_text(dry_run), HasSubstr("+ sign-in officer1\n"));
  EXPECT_THAT(changes_text(dry_run), Not(HasSubstr("林示例"))) << "of a person only that they may sign in";
  const auto done = import(town_folder());
  EXPECT_EQ(changes_text(done), changes_text(dry_run));
  EXPECT_EQ(counts_text(done), counts_text(dry_run));
}

TEST_P(ImportAgain, WhatEndsIsEndedFromTheBottomUpAndOnlyOnce) {
  const std::string ended = ", ended: true";
  const auto files = [&](const std::string& how) {
    const auto line = how.empty() ? "" : "ended: true";
    auto venue = station("a", line);
    venue.replace(venue.find("organisation: there"), 19, "organisation: lower");
    return file("organisations:" + unit("upper", "town", how) + unit("lower", "upper", how) +
                "\nvenues:" + venue + "\ngrids:" + grid("g", "lower", how) + '\n');
  };
  EXPECT_TRUE(import(files(ended)).empty()) << "what was never there need not end";
  EXPECT_EQ(import(files("")).things.size(), 4U);
  const auto done = import(files(ended));
  EXPECT_EQ(done.counts.at("organisation").ended, 2U);
  EXPECT_EQ(done.counts.at("venue").ended, 1U);
  EXPECT_EQ(done.counts.at("grid").ended, 1U);
  EXPECT_TRUE(has_ended("organisations", "upper") && has_ended("organisations", "lower") &&
              has_ended("venues", "a") && has_ended("grids", "g"));
  EXPECT_TRUE(import(files(ended)).empty());
  EXPECT_THAT(complaint(files("")),
              AllOf(HasSubstr("organisation upper: it has ended"), HasSubstr("organisation lower")));
}

TEST_P(ImportAgain, WhatIsInUseDoesNotEndAndNothingElseIsDone) {
  import(file("organisations:" + unit("lower", "there") + "\nvenues:" + station("a") + station("b")));
  town.write([](Transaction& tx, Instant) {
    tx.run("update communities set branch = null");
    tx.run(
        "insert into communities (code, name_zh, branch, version) values ('310114102001', '示例',"
        " (select id from organisations where key = 'lower'), 1)");
  });
  const auto keeper =
      post("admin", "/api/grants",
           R"({"staff":")" + get("officer3", "/api/session").text("staff.id") +
               R"(","role":"station_keeper","venue":")" +
               to_string(VenueId{value<std::int64_t>("select id from venues where key = 'a'")}) + "\"}");
  ASSERT_EQ(keeper.status, 201) << keeper.problem();
  const auto said = complaint(file("organisations:" + unit("lower", "there", ", ended: true") + "\nvenues:" +
                                   station("a", "ended: true") + station("b", "ended: true") + station("c")));
  EXPECT_THAT(said, HasSubstr("part.yaml, line "));
  EXPECT_THAT(said,
              HasSubstr("venues[0].ended: venue a: venue_in_use: There are still: people with a role."));
  EXPECT_THAT(said, HasSubstr("organisations[0].ended: organisation lower: organisation_in_use: "
                              "There are still: communities whose branch it is."));
  EXPECT_FALSE(has_ended("venues", "b")) << "all of it or nothing";
}

TEST_P(ImportAgain, WhatEndsIsReferredToByNothing) {
  const auto said =
      complaint(file("organisations:" + unit("here", "town", ", ended: true") + unit("x", "there") +
                     "\nvenues:" + station("a") + "\ngrids:" + grid("g", "here") + '\n'));
  EXPECT_THAT(said, HasSubstr("grids[0].organisation: grid g: here ends by these files"));
}

TEST_P(ImportAgain, AllThatIsWrongIsSaidAtOnceWithFileLineAndPath) {
  const auto said =
      complaint(file("venues:" + station("a", "colour: red") + station("b", "step_free: perhaps") +
                     "\ngrids: [{key: g}]\norganisatoins: []\n"));
  for (const auto* part : {"part.yaml, line 9: venues[0].colour: unknown_member",
                           "part.yaml, line 18: venues[1].step_free: wrong_type",
                           "grids[0].name: missing_member", "grids[0].ring: missing_member",
                           "organisatoins: unknown_member", "things are wrong, and nothing was imported"})
    EXPECT_THAT(said, HasSubstr(part));
  // What only the town can tell, too.
  const auto second =
      complaint(file("venues:" + station("a", "community: \"1\"") + station("centre") +
                     station("b", "former_names: [{from: \"2020-01-01\", name: {zh: 旧, en: Old}}]") +
                     "\ngrids:" + grid("g", "nobody") + '\n'));
  for (const auto* part :
       {"venues[0].community: venue a: there is no community 1", "venues[2].former_names: venue b",
        "grids[0].organisation: grid g: there is no organisation nobody"})
    EXPECT_THAT(second, HasSubstr(part));
}

TEST_P(ImportAgain, APartNeedsATownAndTouchesNothingElse) {
  testing::EmptyTown empty{GetParam()};
  EXPECT_THROW(import_network(empty.journal(), file("venues:" + station("a"))), ImportError);
  const auto done = import(file("venues:" + station("a")));
  EXPECT_EQ(done.things.size(), 1U);
  EXPECT_EQ(done.counts.size(), 1U);
  EXPECT_THAT(complaint(file("")), HasSubstr("there is nothing in it"));
  EXPECT_THAT(complaint(folder.path() / "none.yaml"), HasSubstr("none.yaml: the file cannot be read"));
}

// Files as somebody might write and rewrite them; their seed is in what fails.
TEST_P(ImportAgain, TwiceIsTheSameAsOnce) {
  std::mt19937 random{20261130};
  const auto one_of = [&](std::initializer_list<const char*> all) {
    return *(all.begin() + random() % all.size());
  };
  for (int round = 0; round < 12; ++round) {
    std::string venues, grids, units;
    for (const std::string key : {"a", "b", "c", "d"}) {
      const bool over =
          value<std::int64_t>("select count(*) from venues where key = :key and ended_at is not null",
                              {{"key", key}}) > 0;
      if (random() % 4 == 0 && !over) continue;
      venues += station(
          key, over || random() % 6 == 0
                   ? "ended: true"
                   : one_of({"step_free: yes", "functions: [tower, warm_station]", "functions: []",
                             "rooms: [{key: r, name: {zh: 室, en: Room}, seats: 9}]",
                             "place: {latitude: 31.5, longitude: 121.5}", "named_since: \"2020-01-01\""}));
    }
    for (const auto* key : {"u", "v"}) units += unit(key, one_of({"there", "here", "town"}));
    for (const auto* key : {"g", "h"})
      grids += grid(key, one_of({"there", "here"}), one_of({"", "", ", ended: true"}));
    const auto text = "organisations:" + units + "\nvenues:" + (venues.empty() ? " []" : venues) +
                      "\ngrids:" + grids + '\n';
    SCOPED_TRACE(fmt::format("round {}:\n{}", round, text));
    const auto dry_run = dry(file(text));
    EXPECT_EQ(changes_text(import(file(text))), dry_run);
    const auto once = all_but_the_head();
    EXPECT_THAT(dry(file(text)), IsEmpty());
    EXPECT_TRUE(import(file(text)).empty());
    EXPECT_EQ(all_but_the_head(), once);
  }
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportAgain);

}  // namespace doorstep::app
