// What the program does beside serving: one thing each, then it ends.
#pragma once

#include <filesystem>
#include <string>

#include "app/config.hpp"
#include "journal/caller.hpp"

namespace doorstep::app {

int run_migrate(const Config& config);
// Of an export.
int run_import(const Config& config, const std::filesystem::path& folder);

struct ImportWish {
  std::filesystem::path files;  // a folder with a town.yaml, or a file
  bool dry_run = false;
};
// What a dry run ends with that found something to change.
inline constexpr int would_change = 3;
int run_import_network(const Config& config, const ImportWish& wish);

struct MoveWish {
  std::string matter;
  bool dry_run = false;
};
// Open cases of a matter go on by its current definition. Ends with `would_change` where some stay.
int run_matter_move(const Config& config, const MoveWish& wish);

int run_check(const Config& config);
int run_key_rotate(const Config& config);
int run_backup(const Config& config, const std::filesystem::path& folder);
int run_export(const Config& config, const std::filesystem::path& folder);
int run_restore(const Config& config, const std::filesystem::path& folder);

struct UserWish {
  std::string username;
  std::string name;
  std::string post;
  std::string role;
  std::string organisation;  // key: the role holds there and at all below,
  std::string venue;         // key: there only; with neither in the whole town
};
// Reads the password from standard input, one line.
int put_user(const Config& config, const UserWish& wish);

}  // namespace doorstep::app
