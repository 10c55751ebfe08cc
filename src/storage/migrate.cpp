#include <algorithm>
#include <array>
#include <optional>

#include <boost/describe/class.hpp>

#include "storage/store_base.hpp"

namespace doorstep::storage {
namespace {

struct StepRow {
  std::string room;
  std::string name;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (room, name, hash))

// Tells whether a released step was edited; it need not resist anyone (FNV-1a, 64 bits).
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string made;
  for (int shift = 60; shift >= 0; shift -= 4) made += digits[(hash >> shift) & 0xF];
  return made;
}

bool has_table(Sql& sql) {
  const auto* statement =
      sql.engine() == Engine::sqlite
          ? "select count(*) from sqlite_schema where type = 'table' and name = 'schema_migrations'"
          : "select count(*) from pg_tables where schemaname = current_schema() "
            "and tablename = 'schema_migrations'";
  return sql.value<std::int64_t>(statement) == 1;
}

void make_table(Sql& sql, const std::string& schema) {
  if (sql.engine() == Engine::postgres) {
    // Asked first, for `if not exists` wants the right to make schemas even where there is nothing to make.
    const auto there = sql.value<std::int64_t>(
        "select count(*) from pg_namespace where nspname = cast(:schema as name)", {{"schema", schema}});
    if (there == 0) sql.run("create schema " + quoted(schema));
  }
  if (has_table(sql)) return;
  sql.run(
      "create table schema_migrations (room TEXT not null, name TEXT not null, hash TEXT not null, "
      "at INSTANT not null, "
      "primary key (room, name))");
}

std::vector<StepRow> taken_steps(Sql& sql) {
  return sql.all<StepRow>("select room, name, hash from schema_migrations order by at, room, name");
}

void check_taken(std::span<const StepRow> taken, std::span<const Migration> migrations) {
  for (const auto& step : taken) {
    const auto known = std::ranges::find_if(
        migrations, [&](const Migration& m) { return m.room == step.room && m.name == step.name; });
    const auto label = step.room + "/" + step.name;
    if (known == migrations.end()) {
      throw SchemaError(
          "the database holds step " + label +
          ", which this program does not know: a newer version has used it. Start that version");
    }
    if (hash_of(known->sql) != step.hash) {
      throw SchemaError("step " + label +
                        " is not the one this database was made with: a released step was edited");
    }
  }
}

const Migration* first_missing(std::span<const StepRow> taken, std::span<const Migration> migrations) {
  for (const auto& migration : migrations) {
    const auto there = std::ranges::any_of(taken, [&](const StepRow& step) {
      return step.room == migration.room && step.name == migration.name;
    });
    if (!there) return &migration;
  }
  return nullptr;
}

// Looks again at what is there, under the town's lock, and takes one step if one is missing.
std::optional<std::string> take_one(Sql& sql, const std::string& schema,
                                    std::span<const Migration> migrations) {
  make_table(sql, schema);
  const auto taken = taken_steps(sql);
  check_taken(taken, migrations);
  const auto* step = first_missing(taken, migrations);
  if (!step) return std::nullopt;
  for (const auto& statement : split_script(step->sql)) sql.run(statement);
  sql.run("insert into schema_migrations (room, name, hash, at) values (:room, :name, :hash, :at)",
          {{"room", step->room},
           {"name", step->name},
           {"hash", hash_of(step->sql)},
           {"at", system_clock().now()}});
  return step->room + "/" + step->name;
}

}  // namespace

std::vector<std::string> migrate(Store& store, std::span<const Migration> migrations) {
  auto& base = static_cast<StoreBase&>(store);
  const auto schema = base.schema();
  std::vector<std::string> steps;
  while (true) {
    std::optional<std::string> step;
    wait_for([&](Store::Done done) {
      base.write_bare([&](Sql& sql) { step = take_one(sql, schema, migrations); }, std::move(done));
    });
    if (!step) return steps;
    steps.push_back(*step);
  }
}

void check_schema(Store& store, std::span<const Migration> migrations) {
  store.read_now([&](Sql& sql) {
    if (!has_table(sql))
      throw SchemaError("the database is empty; bring its schema up to date first (migrate)");
    const auto taken = taken_steps(sql);
    check_taken(taken, migrations);
    if (const auto* step = first_missing(taken, migrations)) {
      throw SchemaError("the database lacks step " + step->room + "/" + step->name +
                        "; bring its schema up to date first (migrate)");
    }
  });
}

}  // namespace doorstep::storage
