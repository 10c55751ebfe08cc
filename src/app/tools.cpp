#include "app/tools.hpp"

#include <chrono>
#include <iostream>
#include <limits>

#include <fmt/format.h>

#include "app/export.hpp"
#include "app/import_faults.hpp"
#include "app/town.hpp"
#include "app/town_keys.hpp"
#include "app/wiring.hpp"
#include "base/crypto.hpp"
#include "base/enums.hpp"
#include "base/limits.hpp"
#include "identity/identity.hpp"

namespace doorstep::app {

namespace {

struct VenueRow {
  VenueId id;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (id))

struct OrganisationRow {
  OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (), (id))

Scope scope_of(Snapshot& snapshot, const UserWish& wish) {
  if (!wish.organisation.empty()) {
    const auto row = snapshot.maybe<OrganisationRow>(
        "select id from organisations where key = :key and ended_at is null", {{"key", wish.organisation}});
    if (!row) throw ImportError(fmt::format("there is no organisation {}", wish.organisation));
    return row->id;
  }
  if (!wish.venue.empty()) {
    const auto row =
        snapshot.maybe<VenueRow>("select id from venues where key = :key", {{"key", wish.venue}});
    if (!row) throw ImportError(fmt::format("there is no venue {}", wish.venue));
    return row->id;
  }
  return WholeTown{};
}

// Reads or writes a whole town in one go, however large it is.
const storage::Budget no_hurry{.statements = std::numeric_limits<int>::max(),
                               .rows = std::numeric_limits<std::int64_t>::max(),
                               .time = std::chrono::hours{24}};

// A damaged back-up is refused before it stands where the town belongs.
void require_database(const std::filesystem::path& copy, const std::filesystem::path& from) {
  try {
    storage::Options options;
    options.url = "sqlite:" + copy.string();
    storage::open_store(std::move(options));
  } catch (const storage::StorageError& wrong) {
    for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(copy.string() + ending);
    throw ImportError(fmt::format("{}: the back-up is damaged: {}", from.string(), wrong.what()));
  }
}

int report_audit(Books& books) {
  identity::AuditWalk walk;
  while (!walk.done)
    books.journal().read_now([&](Snapshot& snapshot, Instant) { identity::walk_audit(snapshot, walk); });
  if (!walk.broken) return 0;
  fmt::print("audit: row {} does not follow from the one before it; a row was changed or taken out\n",
             *walk.broken);
  return 1;
}

int report_faults(Books& books) {
  int faults = report_audit(books);
  books.journal().read_now([&](Snapshot& snapshot, Instant) {
    const auto events = snapshot.value<std::int64_t>("select count(*) from events");
    const auto seq = snapshot.value<std::int64_t>("select seq from journal_head where one = 1");
    if (events != seq) {
      fmt::print("events: {} are there and the newest is number {}\n", events, seq);
      ++faults;
    }
    for (const auto& timer : timers::dead_timers(snapshot, "", "", 100)) {
      fmt::print("timer {} {}: given up after {} tries: {}\n", timer.kind, timer.key, timer.attempts,
                 timer.last_error);
      ++faults;
    }
    for (const auto& message : outbox::dead_messages(snapshot, MessageId{0}, 100)) {
      fmt::print("message {}: given up after {} tries: {}\n", to_string(message.id), message.attempts,
                 message.last_error);
      ++faults;
    }
  });
  fmt::print("{}\n", faults == 0 ? "Nothing is wrong." : fmt::format("{} things need care.", faults));
  return faults == 0 ? 0 : 1;
}

}  // namespace

int run_migrate(const Config& config) {
  const auto store = open_town_store(config);
  const auto steps = storage::migrate(*store, all_migrations());
  for (const auto& step : steps) fmt::print("{}\n", step);
  fmt::print("{}\n", steps.empty() ? "The schema is up to date." : "The schema is now up to date.");
  return 0;
}

int run_import(const Config& config, const std::filesystem::path& folder) {
  if (!is_export(folder)) {
    throw ImportError(fmt::format(
        "{}: there is no export here. The files of a town or its network are imported by: doorstep import network {}",
        folder.string(), folder.string()));
  }
  Books books{config, Opening::brought_up_to_date, {.write = no_hurry}};
  const auto report = take_in_export(books.journal(), books.files(), folder);
  fmt::print("Imported the town as it was at {}: {} tables, {} rows, {} files.\n", to_string(report.made_at),
             report.tables, report.rows, report.files);
  return report_faults(books);
}

int put_user(const Config& config, const UserWish& wish) {
  const auto role = enum_named<Role>(wish.role);
  if (!role) {
    std::string known;
    for (const auto& each : enum_names<Role>) known += (known.empty() ? "" : ", ") + std::string{each.name};
    throw ImportError(fmt::format("there is no role {}; there are {}", wish.role, known));
  }
  std::string password;
  std::getline(std::cin, password);
  if (password.size() < password_chars_min || password.size() > password_bytes_max) {
    throw ImportError(fmt::format("a password has {} to {} characters, on standard input", password_chars_min,
                                  password_bytes_max));
  }
  const auto hash = hash_password(password);
  Books books{config};
  books.journal().write_now([&](Transaction& tx, Instant at) {
    identity::put_staff(tx,
                        {.username = wish.username,
                         .name = wish.name,
                         .post = {wish.post, wish.post},
                         .role = *role,
                         .scope = scope_of(tx, wish)},
                        hash, at);
  });
  fmt::print("{} may sign in as {}.\n", wish.username, wish.role);
  return 0;
}

int run_key_rotate(const Config& config) {
  const bool under_way = change_is_under_way(config);
  Books books{config};
  if (under_way && !change_is_under_way(config)) {
    fmt::print("A change of the town's key that was stopped on its way is finished.\n");
    return 0;
  }
  fmt::print("{}\n", rotate_key(config, books.journal()));
  return 0;
}

int run_check(const Config& config) {
  Books books{config, Opening::as_it_is};
  storage::check_schema(books.store(), all_migrations());
  return report_faults(books);
}

int run_backup(const Config& config, const std::filesystem::path& folder) {
  Books books{config, Opening::as_it_is};
  std::filesystem::create_directories(folder);
  storage::back_up(books.store(), (folder / "town.db").string());
  const int copied = books.files().copy_all_to(folder / "files");
  fmt::print("Backed up to {} ({} files). The key, {}, is not in it: keep it apart.\n", folder.string(),
             copied, (config.data / "town.key").string());
  return 0;
}

int run_export(const Config& config, const std::filesystem::path& folder) {
  Books books{config, Opening::as_it_is, {.read = no_hurry}};
  storage::check_schema(books.store(), all_migrations());
  const auto report = export_town(books.journal(), books.files(), folder);
  fmt::print(
      "The town as it was at {} is in {}: {} tables, {} rows, {} files, as JSON and as spreadsheets.\n"
      "All of it stands there open, names, phones and identity numbers too, for whoever has this folder. Keep it"
      " as you keep the key, and destroy it when it has done its work.\n",
      to_string(report.made_at), folder.string(), report.tables, report.rows, report.files);
  return 0;
}

int run_restore(const Config& config, const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  const auto from = folder / "town.db";
  const auto to = config.data / "town.db";
  if (!config.database.empty()) {
    throw ImportError(
        "a town on PostgreSQL is restored with pg_restore (or the server's own means), not by this program");
  }
  if (!fs::exists(from)) throw ImportError(fmt::format("{}: there is no back-up here", folder.string()));
  if (fs::exists(to))
    throw ImportError(fmt::format("{}: there is a town already; restore into an empty folder", to.string()));
  if (!has_key(config)) {
    throw ImportError(fmt::format("{}: put the town's key here first; without it nothing can be read",
                                  (config.data / "town.key").string()));
  }
  fs::create_directories(config.data);
  const auto half = config.data / "town.db.half";
  fs::copy_file(from, half, fs::copy_options::overwrite_existing);
  require_database(half, from);
  if (fs::exists(folder / "files")) {
    fs::copy(folder / "files", config.data / "files",
             fs::copy_options::recursive | fs::copy_options::skip_existing);
  }
  fs::rename(half, to);
  fmt::print("Restored to {}.\n", config.data.string());
  Books books{config};  // as the program that will serve it needs it
  return report_faults(books);
}

}  // namespace doorstep::app
