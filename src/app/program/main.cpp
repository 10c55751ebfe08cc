#include <filesystem>
#include <iostream>
#include <span>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/config.hpp"
#include "app/openapi.hpp"
#include "app/serve.hpp"
#include "app/tools.hpp"
#include "app/version.hpp"

namespace {

using namespace doorstep;
using namespace doorstep::app;

// The settings as flags; all of them for the server, and those that open a town for the other commands.
class Settings {
 public:
  void add_to(CLI::App& command) {
    command.add_option("--config", file_, "A TOML file of settings.");
    for (const auto& setting : config_settings()) {
      command.add_option(flag_name(setting.key), flags_[std::string{setting.key}], std::string{setting.help});
    }
  }

  Config of_program(const CLI::App& command) {
    return make_config(file_, environment_values(), given(command));
  }

  // For what is done to one town. A machine whose environment names the towns it serves may do that, too,
  // once it is said which town is meant.
  Config of_one_town(const CLI::App& command) {
    auto environment = environment_values();
    if (!file_.empty()) environment.erase(environment_name("towns"));
    auto config = make_config(file_, environment, given(command));
    if (config.towns.empty()) return config;
    throw ConfigError(
        fmt::format("{}: towns is for serve; give this command the file of one town as --config",
                    config.said.at("towns")));
  }

 private:
  // After the command, or before it where it stands below another that has settings: import --data X network
  // Y.
  static bool is_given(const CLI::App& command, const std::string& flag) {
    for (const auto* each = &command; each != nullptr; each = each->get_parent()) {
      const auto* option = each->get_option_no_throw(flag);
      if (option != nullptr && option->count() > 0) return true;
    }
    return false;
  }

  Values given(const CLI::App& command) {
    Values given;
    for (const auto& setting : config_settings()) {
      if (is_given(command, flag_name(setting.key)))
        given[std::string{setting.key}] = flags_[std::string{setting.key}];
    }
    return given;
  }

  std::string file_;
  Values flags_;
};

// CLI11 names the unknown flag; we add the nearest one that there is.
int refuse_arguments(const CLI::App& program, const CLI::ParseError& wrong, std::span<char*> arguments) {
  const int status = program.exit(wrong);
  if (status == 0) return 0;
  std::vector<std::string> known{"--config", "--help", "--dry-run"};
  for (const auto& setting : config_settings()) known.push_back(flag_name(setting.key));
  for (const std::string_view argument : arguments) {
    const auto flag = argument.substr(0, argument.find('='));
    if (!flag.starts_with("--") || std::ranges::find(known, flag) != known.end()) continue;
    const auto close = nearest(flag, known);
    if (!close.empty()) fmt::print(stderr, "Did you mean {} instead of {}?\n", close, flag);
  }
  return 2;
}

int run(int argc, char** argv) {
  CLI::App program{"Doorstep: the system of a town's network of community service centres.", "doorstep"};
  program.require_subcommand(1);
  Settings settings;
  std::filesystem::path folder;
  ImportWish import_wish;
  UserWish user;
  MoveWish move;

  auto* serve_command = program.add_subcommand("serve", "Serve a town, or several: pages, API, display.");
  auto* migrate_command = program.add_subcommand("migrate", "Bring the database's schema up to date.");
  auto* import_command =
      program.add_subcommand("import", "Take in a town that left by export; or import files, see network.");
  auto* network_command = import_command->add_subcommand(
      "network",
      "Import a town, or a part of its network, from the files that engineers keep; again after each change.");
  auto* openapi_command = program.add_subcommand("openapi", "Print the OpenAPI 3.1 document of the API.");
  auto* user_command =
      program.add_subcommand("user",
                             "Make a member of staff, or change one; the password is read from"
                             " standard input.");
  auto* backup_command = program.add_subcommand("backup", "Copy the town to a folder while it runs.");
  auto* export_command = program.add_subcommand(
      "export",
      "Write all of the town into a folder, as JSON and spreadsheets, open to whoever has it; import takes it in.");
  auto* restore_command = program.add_subcommand("restore", "Bring a back-up into an empty data folder.");
  auto* check_command = program.add_subcommand("check", "Look for what is wrong in a town's data.");
  auto* key_command = program.add_subcommand("key", "Change the key that a town's data is sealed under.");
  auto* rotate_command =
      key_command->add_subcommand("rotate", "Put a new key in the place of the town's key, while it runs.");
  key_command->require_subcommand(1);
  auto* matter_command = program.add_subcommand("matter", "Work on what people come for.");
  auto* move_command = matter_command->add_subcommand(
      "move", "Let a matter's cases that are under way go on by its current definition.");
  matter_command->require_subcommand(1);
  auto* config_command = program.add_subcommand("config", "Print the page of all settings.");
  auto* version_command = program.add_subcommand("version", "Print the version.");

  for (auto* command :
       {serve_command, migrate_command, import_command, network_command, user_command, backup_command,
        export_command, restore_command, check_command, rotate_command, move_command}) {
    settings.add_to(*command);
  }
  for (auto* command : {backup_command, export_command, restore_command})
    command->add_option("folder", folder, "The folder.")->required();
  auto* export_folder = import_command->add_option("folder", folder, "The folder that export wrote.");
  network_command
      ->add_option("files", import_wish.files,
                   "A folder with a town.yaml, or one .yaml of organisations, venues, communities and grids.")
      ->required();
  network_command->add_flag(
      "--dry-run", import_wish.dry_run,
      "Write nothing; say what would be added, changed and ended. Ends with 0 where"
      " that is nothing, with 3 where it is something, with 1 where the files are wrong.");
  import_command->callback([&] {
    if (!network_command->parsed() && export_folder->empty()) throw CLI::RequiredError("folder or network");
  });
  move_command->add_option("matter", move.matter, "Its key.")->required();
  move_command->add_flag(
      "--dry-run", move.dry_run,
      "Write nothing; say which would go on and which would stay, and why. Ends with 3 where"
      " some stay, as without it.");
  user_command->add_option("--username", user.username, "What they sign in with.")->required();
  user_command->add_option("--name", user.name, "Their name, as residents see it.")->required();
  user_command->add_option("--post", user.post, "Their post, as residents see it.")->required();
  user_command->add_option("--role", user.role, "Their role.")->required();
  auto* at_organisation =
      user_command->add_option("--organisation", user.organisation,
                               "The organisation's key; the role holds there and at all below it.");
  user_command
      ->add_option("--venue", user.venue,
                   "The venue's key; the role holds there. With neither it holds in the whole town.")
      ->excludes(at_organisation);

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return refuse_arguments(program, wrong, std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
  }
  if (openapi_command->parsed()) return print_openapi();
  if (config_command->parsed()) return std::cout << configuration_page(), 0;
  if (version_command->parsed()) return std::cout << "doorstep " << version << '\n', 0;
  if (serve_command->parsed()) return serve(settings.of_program(*serve_command));
  if (migrate_command->parsed()) return run_migrate(settings.of_one_town(*migrate_command));
  if (network_command->parsed())
    return run_import_network(settings.of_one_town(*network_command), import_wish);
  if (import_command->parsed()) return run_import(settings.of_one_town(*import_command), folder);
  if (user_command->parsed()) return put_user(settings.of_one_town(*user_command), user);
  if (backup_command->parsed()) return run_backup(settings.of_one_town(*backup_command), folder);
  if (export_command->parsed()) return run_export(settings.of_one_town(*export_command), folder);
  if (restore_command->parsed()) return run_restore(settings.of_one_town(*restore_command), folder);
  if (move_command->parsed()) return run_matter_move(settings.of_one_town(*move_command), move);
  if (rotate_command->parsed()) return run_key_rotate(settings.of_one_town(*rotate_command));
  return run_check(settings.of_one_town(*check_command));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "doorstep: {}\n", wrong.what());
    return 1;
  }
}
