// The document that clients are made from, and the page that
// operators read, are those that the program prints.
#include <fstream>
#include <set>
#include <sstream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "app/config.hpp"
#include "app/openapi.hpp"
#include "contract/stage.hpp"

namespace doorstep::testing {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string file(const std::string& path) {
  std::ifstream in{std::string{DOORSTEP_SOURCE_DIR} + '/' + path};
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Document, IsTheOneInTheRepository) {
  EXPECT_TRUE(file("api/openapi.json") == app::openapi_document())
      << "api/openapi.json is out of date: build/debug/doorstep openapi >api/openapi.json && (cd web && npm run types)";
}

TEST(Document, IsTheSameOnEveryRun) { EXPECT_EQ(app::openapi_document(), app::openapi_document()); }

TEST(Document, NamesEveryOperationOnce) {
  SmallTown town{storage::Engine::sqlite};
  std::set<std::string> names;
  for (const auto& route : town.api().routes()) {
    EXPECT_TRUE(names.insert(route->name).second) << route->name << " stands twice";
    EXPECT_THAT(route->name, ::testing::MatchesRegex("[a-z]+(_[a-z]+)*"));
  }
}

TEST(Document, SummarisesEveryOperationInALine) {
  SmallTown town{storage::Engine::sqlite};
  for (const auto& route : town.api().routes()) {
    const auto& summary = route->rules.summary;
    EXPECT_FALSE(summary.empty()) << route->name;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(summary.front()))) << summary;
    EXPECT_THAT(summary, Not(HasSubstr("\n")));
    EXPECT_FALSE(summary.ends_with('.')) << summary;
    EXPECT_FALSE(route->tag.empty()) << route->name;
    EXPECT_TRUE(route->path.starts_with("/api/")) << route->path;
  }
}

TEST(Document, HasNoReferenceIntoTheVoid) {
  const auto text = app::openapi_document();
  const auto document = boost::json::parse(text);
  for (std::size_t at = 0; (at = text.find("\"#/", at)) != std::string::npos; ++at) {
    const auto pointer = text.substr(at + 2, text.find('"', at + 1) - at - 2);
    boost::system::error_code none;
    EXPECT_NE(document.find_pointer(pointer, none), nullptr) << pointer;
  }
}

TEST(ConfigurationPage, IsTheOneInTheRepository) {
  EXPECT_TRUE(file("docs/configuration.md") == app::configuration_page())
      << "docs/configuration.md is out of date: doorstep config > docs/configuration.md";
}

}  // namespace

}  // namespace doorstep::testing
