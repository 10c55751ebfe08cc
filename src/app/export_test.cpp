// A town leaves: nothing is forgotten, nothing that only its keys could read goes along, and what comes in
// elsewhere is the same town.
#include "app/export.hpp"

#include <fstream>

#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "app/export_form.hpp"
#include "base/json_value.hpp"
#include "identity/vault.hpp"
#include "journal/bytes.hpp"
#include "journal/tokens.hpp"
#include "testing/case_fixture.hpp"
#include "testing/empty_town.hpp"
#include "testing/names.hpp"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Invented, of a place that does not exist.
constexpr const char* wang =
    R"({"name":"示例 王秀英","phone":"139 0000 0001","identity_number":"000000194803070028","birth_date":"1948-03-07"})";

class ExportTest : public testing::CaseTest {
 protected:
  ExportTest() : files(testing::files_of(town.journal(), folder)) {}

  ExportReport leave(const std::string& name = "out") {
    return export_town(town.journal(), *files, out(name));
  }
  fs::path out(const std::string& name = "out") const { return folder.path() / name; }
  std::string text_of(const std::string& table) const {
    return testing::contents_of(out()).at("tables/" + table + ".json");
  }
  void store_file(const std::string& content) {
    const auto address = files->put(std::vector<unsigned char>{content.begin(), content.end()}, "text/plain");
    town.write([&](Transaction& tx, Instant) { files::keep(tx, address); });
  }
  // Why an export is not taken in; empty: it is.
  std::string refusal(testing::EmptyTown& there) {
    try {
      take_in_export(there.journal(), there.files(), out());
    } catch (const ImportError& wrong) {
      return wrong.what();
    }
    return {};
  }

  testing::TemporaryFolder folder;
  std::unique_ptr<FileStore> files;
};

// A table or a column that nobody thought of stops here: add it to its room's exported_tables().
TEST(ExportedTables, AreAllTablesOfTheSchemaInAnOrderInWhichTheyMayComeIn) {
  std::set<std::string> there, leaving, before;
  for (const auto& table : storage::tables_of(all_migrations())) there.insert(table.name);
  for (const auto& table : leaving_tables()) {
    EXPECT_TRUE(leaving.insert(table.table.name).second) << table.table.name << " leaves twice";
    for (const auto& needed : table.table.refers_to) {
      EXPECT_TRUE(before.contains(needed) || needed == table.table.name)
          << table.table.name << " refers to " << needed << ", which comes after it";
    }
    before.insert(table.table.name);
  }
  testing::expect_each_has_one(there, leaving, "neither leaves nor says why: one line in exported_tables()",
                               "leaves, and is no table");
}

TEST(ExportedTables, SayWhyWhereTheyStay) {
  for (const auto& table : leaving_tables()) {
    SCOPED_TRACE(table.table.name);
    if (!table.goes_out()) {
      EXPECT_TRUE(table.how.columns.empty());
      continue;
    }
    EXPECT_LE(table.table.name.size(), 27U) << "the name of a sheet has 31 letters, and a number after it";
    for (std::size_t i = 0; i < table.table.columns.size(); ++i) {
      const auto& column = table.table.columns[i];
      const auto* special = table.special[i];
      // What is bytes is sealed, and what is called a hash or a mark was made with the town's keys.
      const bool keyed = column.name.ends_with("token_hash") || column.name.ends_with("_mark") ||
                         column.name.ends_with("_key") || column.holds == storage::Holds::bytes;
      EXPECT_TRUE(!keyed || special != nullptr) << column.name << " goes out as it stands";
      if (special != nullptr) {
        EXPECT_TRUE(special->left_out.empty() || special->compute) << column.name;
        EXPECT_EQ(static_cast<bool>(special->open), static_cast<bool>(special->seal)) << column.name;
      }
      // Such a row is written without it first.
      if (column.refers_to == table.table.name) {
        EXPECT_TRUE(column.nullable) << column.name;
        EXPECT_EQ(table.table.primary_key.size(), 1U);
      }
    }
  }
}

TEST_P(ExportTest, TheTextOfTheMigrationsSaysWhatTheEngineHas) {
  std::set<std::string> said, there;
  for (const auto& table : storage::tables_of(all_migrations())) {
    for (const auto& column : table.columns) said.insert(table.name + "." + column.name);
  }
  town.read([&](Snapshot& snapshot, Instant) {
    const auto* columns =
        GetParam() == storage::Engine::sqlite
            ? "select t.name || '.' || c.name as name from sqlite_schema t join pragma_table_info(t.name) c"
              " where t.type = 'table' and t.name <> 'schema_migrations'"
            : "select cast(table_name || '.' || column_name as TEXT) as name from information_schema.columns"
              " where table_schema = current_schema() and table_name <> 'schema_migrations'";
    snapshot.sql().query(columns, {}, [&](storage::Rows& rows) { there.insert(std::string{rows.text(0)}); });
  });
  testing::expect_each_has_one(there, said, "is in the engine's schema only",
                               "is in the migrations' text only");
}

TEST_P(ExportTest, IsOpenToWhoeverHasItAndToNobodyElse) {
  post("officer1", "/api/people", wang);
  open("officer1", {.matter = "transfer",
                    .venue = venue(),
                    .materials_received = {},
                    .applicant = cases::Applicant{.name = "示例 李小明", .phone = "13900000002"},
                    .note = std::nullopt});
  store_file("示例");
  const auto report = leave();
  EXPECT_EQ(report.files, 1);
  EXPECT_THAT(text_of("person_facts"), AllOf(HasSubstr("示例 王秀英"), HasSubstr("000000194803070028")));
  EXPECT_THAT(text_of("cases"), HasSubstr(R"("applicant":{"name":"示例 李小明","phone":"13900000002"})"));
  EXPECT_THAT(text_of("audit"), Not(HasSubstr("chain")));
  EXPECT_THAT(text_of("staff"), HasSubstr("$argon2id$"));
  for (const auto& entry : fs::recursive_directory_iterator{out()}) {
    const auto open = fs::status(entry).permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(open, fs::perms::none) << entry.path();
  }
  // It is JSON by itself, for whoever does not read line by line.
  EXPECT_EQ(parse_json(text_of("town")).as_array().size(), 1U);
}

TEST_P(ExportTest, GoesIntoAnEmptyFolderOnly) {
  fs::create_directories(out());
  std::ofstream{out() / "letter.txt"} << "mine";
  EXPECT_THROW(leave(), ImportError);
  EXPECT_EQ(testing::contents_of(out()).size(), 1U);
  fs::remove(out() / "letter.txt");
  EXPECT_NO_THROW(leave());
  EXPECT_THROW(leave(), ImportError) << "nor over an earlier one";
}

TEST_P(ExportTest, GoesOnInAnotherSheetWhereOneIsFull) {
  post("officer1", "/api/people", wang);
  export_town(town.journal(), *files, out(), 3);
  const auto book = testing::contents_of(out()).at("sheets/identity.xlsx");
  const auto first = sheets::read_xlsx(book, {.sheet = "staff"}),
             second = sheets::read_xlsx(book, {.sheet = "staff 2"});
  EXPECT_EQ(first.columns, second.columns);
  EXPECT_EQ(first.rows.size(), 3U);
  EXPECT_EQ(first.rows[0].cells[1], "officer1");
  EXPECT_EQ(second.rows[0].cells[1], "greeter");
  EXPECT_THROW(sheets::read_xlsx(book, {.sheet = "staff 9"}), Problem);
}

TEST_P(ExportTest, LosesNobody) {
  const auto person = post("officer1", "/api/people", wang).text("id");
  post("officer1", "/api/people/" + person + "/look", R"({"purpose":"at the window"})");
  const auto token = take().text("token");
  store_file("一");
  store_file("二");
  leave();
  testing::EmptyTown there{GetParam()};
  EXPECT_EQ(take_in_export(there.journal(), there.files(), out()).files, 2);
  there.journal().read_now([&](Snapshot& snapshot, Instant) {
    using namespace identity;
    const PersonId id{*parse_id(PersonTag::prefix, person)};
    EXPECT_THAT(found_by(snapshot, Fact::phone, "13900000001", PersonId{0}, 9), ElementsAre(id));
    EXPECT_THAT(found_by(snapshot, Fact::identity_number, "000000194803070028", PersonId{0}, 9),
                ElementsAre(id));
    EXPECT_THAT(found_by_last_four(snapshot, "0028", PersonId{0}, 9), ElementsAre(id));
    EXPECT_THAT(found_by_name(snapshot, "王秀英", PersonId{0}, 9), ElementsAre(id));
    AuditWalk walk;
    while (!walk.done) walk_audit(snapshot, walk);
    EXPECT_EQ(walk.broken, std::nullopt);
    EXPECT_GT(walk.after, 0);
    for (const auto& file : files::kept_after(snapshot, {}, 9)) EXPECT_EQ(file.info.size, 3);
  });
  // The town's keys are others, and with them what is on a slip.
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from tickets"), 1);
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from tickets where token_hash = :hash",
                                      {{"hash", tokens::hash_of(town.keys(), token)}}),
            0);
}

TEST_P(ExportTest, WhoWasErasedStaysErased) {
  const auto person = post("officer1", "/api/people", wang).text("id");
  const identity::PersonId id{*parse_id(identity::PersonTag::prefix, person)};
  town.write([&](Transaction& tx, Instant at) { identity::erase_person(tx, id, at); });
  leave();
  EXPECT_THAT(text_of("person_facts"), Not(HasSubstr("示例")));
  testing::EmptyTown there{GetParam()};
  take_in_export(there.journal(), there.files(), out());
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from persons"), 1);
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from person_keys"), 0);
}

TEST_P(ExportTest, GoesOnWhereTheTownStood) {
  take();
  leave();
  testing::EmptyTown there{GetParam()};
  take_in_export(there.journal(), there.files(), out());
  std::int64_t seq = 0, next_id = 0;
  town.read([&](Snapshot& snapshot, Instant) {
    seq = snapshot.value<std::int64_t>("select seq from journal_head where one = 1");
    next_id = snapshot.value<std::int64_t>("select next_id from journal_head where one = 1");
  });
  there.journal().write_now(
      [&](Transaction& tx, Instant) { EXPECT_EQ(tx.new_id<identity::PersonId>().value, next_id); });
  EXPECT_EQ(there.value<std::int64_t>("select seq from journal_head where one = 1"), seq);
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from events"), seq);
}

// What is wrong with an export is said by file and line, and nothing of it is taken in.
TEST_P(ExportTest, IsTakenInWholeOrNotAtAll) {
  take();
  store_file("示例");
  leave();
  const auto whole = testing::contents_of(out());
  const auto damaged = [&](const std::string& file, auto&& change) {
    for (const auto& [name, content] : whole) std::ofstream{out() / name, std::ios::binary} << content;
    auto content = whole.at(file);
    change(content);
    std::ofstream{out() / file, std::ios::binary} << content;
    testing::EmptyTown there{GetParam()};
    const auto why = refusal(there);
    EXPECT_EQ(there.value<std::int64_t>("select count(*) from venues"), 0) << why;
    EXPECT_EQ(there.value<std::int64_t>("select next_id from journal_head where one = 1"), 1001) << why;
    return why;
  };
  const auto replace = [](const char* from, const char* to) {
    return [from, to](std::string& content) {
      content.replace(content.find(from), std::string_view{from}.size(), to);
    };
  };
  EXPECT_THAT(damaged("tables/venues.json", replace("centre", "CENTRE")),
              AllOf(HasSubstr("tables/venues.json"), HasSubstr("SHA-256")));
  EXPECT_THAT(damaged("tables/staff.json", replace("\"post_zh\":", "\"post_zh\";")),
              HasSubstr("tables/staff.json, line 2:"));
  EXPECT_THAT(
      damaged("tables/staff.json", [](std::string& content) { content.resize(content.find('\n', 2) + 1); }),
      AllOf(HasSubstr("tables/staff.json, line 3:"), HasSubstr("cut short")));
  EXPECT_THAT(damaged("town.json", replace("\"format\": 1", "\"format\": 2")),
              AllOf(HasSubstr("town.json: format"), HasSubstr("newer")));
  EXPECT_THAT(damaged("town.json", replace("\"hall/0001_hall\"", "\"hall/0002_hall\"")),
              HasSubstr("town.json: steps"));
  EXPECT_THAT(damaged("town.json", replace("\"rows\": 1,", "\"rows\": 2,")), HasSubstr("town.json: tables:"));
  EXPECT_THAT(damaged("town.json", [](std::string& content) { content.resize(content.size() / 2); }),
              HasSubstr("town.json"));
  const auto stored =
      std::ranges::find_if(whole, [](const auto& file) { return file.first.starts_with("files/"); });
  EXPECT_THAT(damaged(stored->first, [](std::string& content) { content += 'x'; }), HasSubstr(stored->first));
}

TEST_P(ExportTest, IsNotTakenIntoATownThatIsThere) {
  leave();
  testing::EmptyTown there{GetParam()};
  EXPECT_EQ(refusal(there), "");
  const auto rows = there.value<std::int64_t>("select count(*) from staff");
  EXPECT_THAT(refusal(there), HasSubstr("there is a town here already"));
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from staff"), rows);
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ExportTest);

}  // namespace doorstep::app
