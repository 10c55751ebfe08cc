#include "base/json_schema.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/json_samples.hpp"
#include "base/json_value.hpp"

namespace doorstep {
namespace {

using namespace json_samples;

struct Renamed {
  static constexpr std::string_view schema_name = "Better";
  bool yes = false;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (yes))

namespace other {
struct Material {
  bool wood = false;
};
BOOST_DESCRIBE_STRUCT(Material, (), (wood))
}  // namespace other

template <class T>
std::string inline_schema(Use use = Use::output) {
  boost::json::object components;
  const auto schema = schema_of<T>(use, components);
  EXPECT_TRUE(components.empty());
  return boost::json::serialize(schema);
}

boost::json::object components_of_everything(Use use) {
  boost::json::object components;
  schema_of<Everything>(use, components);
  return components;
}

std::string property(const boost::json::object& components, std::string_view type, std::string_view member) {
  return boost::json::serialize(components.at(type).at("properties").at(member));
}

TEST(JsonSchema, DescribesPlainValues) {
  EXPECT_EQ(inline_schema<bool>(), R"({"type":"boolean"})");
  EXPECT_EQ(inline_schema<std::int32_t>(), R"({"type":"integer","format":"int32"})");
  EXPECT_EQ(inline_schema<std::int64_t>(), R"({"type":"integer","format":"int64"})");
  EXPECT_EQ(inline_schema<double>(), R"({"type":"number","format":"double"})");
  EXPECT_EQ(inline_schema<std::string>(), R"({"type":"string"})");
  EXPECT_EQ(inline_schema<TicketId>(), R"({"type":"string","pattern":"^tk_[0-9a-z]+$"})");
  EXPECT_EQ(inline_schema<Instant>(), R"({"type":"string","format":"date-time"})");
  EXPECT_EQ(inline_schema<Day>(), R"({"type":"string","format":"date"})");
  EXPECT_EQ(inline_schema<LocalTime>(),
            R"({"type":"string","pattern":"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"})");
  EXPECT_EQ(inline_schema<std::optional<Instant>>(), R"({"type":["string","null"],"format":"date-time"})");
  EXPECT_EQ(inline_schema<std::vector<bool>>(), R"({"type":"array","items":{"type":"boolean"}})");
  EXPECT_EQ((inline_schema<std::map<std::string, bool>>()),
            R"({"type":"object","additionalProperties":{"type":"boolean"}})");
}

TEST(JsonSchema, SaysTheBoundsOfInputs) {
  const auto in = components_of_everything(Use::input);
  EXPECT_EQ(property(in, "MaterialInput", "kind"), R"({"type":"string","minLength":2,"maxLength":20})");
  EXPECT_EQ(property(in, "MaterialInput", "copies"),
            R"({"type":"integer","format":"int32","minimum":0,"maximum":9})");
  EXPECT_EQ(property(in, "EverythingInput", "words"),
            R"({"type":"array","maxItems":3,"items":{"type":"string","maxLength":12}})");
  EXPECT_EQ(property(in, "EverythingInput", "counts"),
            R"({"type":"object","maxProperties":2,"propertyNames":{"maxLength":200},)"
            R"("additionalProperties":{"type":"integer","format":"int64"}})");
  EXPECT_EQ(property(components_of_everything(Use::output), "Material", "kind"), R"({"type":"string"})");
}

TEST(JsonSchema, SaysTheBoundsOfATextInEachLanguage) {
  boost::json::object components;
  schema_of<Sign>(Use::input, components);
  EXPECT_EQ(property(components, "SignInput", "name"),
            R"({"type":"object","properties":{"zh":{"type":"string","minLength":2,"maxLength":9},)"
            R"("en":{"type":"string","minLength":2,"maxLength":9}},"required":["zh","en"],)"
            R"("additionalProperties":false})");
  EXPECT_EQ(components.at("SignInput").at("properties").at("note").at("type"),
            (boost::json::array{"object", "null"}));
  schema_of<Sign>(Use::output, components);
  EXPECT_EQ(property(components, "Sign", "name"), R"({"$ref":"#/components/schemas/Text"})");
}

TEST(JsonSchema, RequiresAllOfOutputsAndWhatInputsNeed) {
  const auto out = components_of_everything(Use::output);
  EXPECT_EQ(out.at("Everything").at("required").as_array().size(), 16U);
  EXPECT_FALSE(out.at("Everything").as_object().contains("additionalProperties"));
  const auto in = components_of_everything(Use::input);
  EXPECT_EQ(in.at("EverythingInput").at("required").as_array().size(), 14U);
  EXPECT_EQ(in.at("EverythingInput").at("additionalProperties"), false);
}

TEST(JsonSchema, RefersToStructsAndEnumsByName) {
  const auto out = components_of_everything(Use::output);
  EXPECT_EQ(out.size(), 4U) << pretty_json(out);
  EXPECT_EQ(property(out, "Everything", "colour"), R"({"$ref":"#/components/schemas/Colour"})");
  EXPECT_EQ(boost::json::serialize(out.at("Colour")), R"({"type":"string","enum":["red","green","blue"]})");
  EXPECT_EQ(property(out, "Everything", "spare"),
            R"({"anyOf":[{"$ref":"#/components/schemas/Material"},{"type":"null"}]})");
  EXPECT_TRUE(out.contains("Text"));
}

TEST(JsonSchema, NamesTypesWithoutTheirNamespaces) {
  EXPECT_EQ(type_name<Everything>(), "Everything");
  EXPECT_EQ(type_name<Colour>(), "Colour");
  EXPECT_EQ(type_name<Page<Material>>(), "MaterialPage");
  EXPECT_EQ(type_name<Renamed>(), "Better");
  EXPECT_EQ(json_detail::name_in_signature("f() [with T = a::{anonymous}::Foo; std::string = x<y>]"), "Foo");
  EXPECT_EQ(json_detail::name_in_signature("f() [T = a::(anonymous namespace)::Foo]"), "Foo");
  EXPECT_EQ(json_detail::name_in_signature("f() [T = a::Foo<b::Bar>::Baz]"), "Foo");
}

TEST(JsonSchema, DescribesTreesPatchesAndSecrets) {
  boost::json::object components;
  schema_of<Tree>(Use::output, components);
  EXPECT_EQ(property(components, "Tree", "branches"),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Tree"}})");
  schema_of<Edit>(Use::input, components);
  EXPECT_EQ(boost::json::serialize(components.at("EditInput").at("required")), R"(["version"])");
  EXPECT_EQ(property(components, "EditInput", "title"), R"({"type":"string","maxLength":2000})");
  EXPECT_EQ(property(components, "EditInput", "note"), R"({"type":["string","null"],"maxLength":2000})");
  schema_of<SignIn>(Use::input, components);
  EXPECT_EQ(property(components, "SignInInput", "password"),
            R"({"type":"string","maxLength":2000,"format":"password","writeOnly":true})");
}

TEST(JsonSchemaDeathTest, TwoTypesOfOneNameAreABug) {
  boost::json::object components;
  EXPECT_DEATH(
      {
        schema_of<Material>(Use::output, components);
        schema_of<other::Material>(Use::output, components);
      },
      "two types are called Material");
}

}  // namespace
}  // namespace doorstep
