#include "app/town_package.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "app/yaml.hpp"
#include "network/community.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

// A town with many venues lists some in files of their own.
struct TownFile {
  Text name;
  std::string zone;
  std::string initials;
  bool demo = false;
  std::string communities;
  std::optional<std::string> addresses;  // of communities, with their branches
  std::optional<std::string> grids;
  std::string calendar;
  std::string matters;
  std::optional<std::vector<network::OrganisationFile>> organisations;
  std::vector<network::VenueFile> venues;
  std::optional<std::vector<std::string>> more_venues;
  std::vector<hall::HallFile> halls;
  std::vector<StaffFile> staff;
};
BOOST_DESCRIBE_STRUCT(TownFile, (),
                      (name, zone, initials, demo, communities, addresses, grids, calendar, matters,
                       organisations, venues, more_venues, halls, staff))

// What a file beside town.yaml may hold.
struct NetworkFile {
  std::optional<std::vector<network::OrganisationFile>> organisations;
  std::optional<std::vector<network::VenueFile>> venues;
  std::optional<std::vector<network::CommunityFile>> communities;
  std::optional<std::vector<network::GridFile>> grids;
};
BOOST_DESCRIBE_STRUCT(NetworkFile, (), (organisations, venues, communities, grids))

class Reader {
 public:
  Package read(const fs::path& files) {
    const auto file = fs::is_directory(files) ? files / "town.yaml" : files;
    const auto& document = load(file);
    if (is_whole_town(document) || fs::is_directory(files))
      take_town(document, file.parent_path());
    else
      take_network(document);
    faults_.throw_any();
    return std::move(package_);
  }

 private:
  const Document& load(const fs::path& file) {
    return package_.documents.emplace_back(load_yaml(file, faults_));
  }

  static bool is_whole_town(const Document& document) {
    const auto* members = document.value.if_object();
    return members != nullptr && (members->contains("zone") || members->contains("initials"));
  }

  void note(const std::string& kind, const std::string& key, const Document& document, std::string path) {
    const auto [there, is_first] = package_.sources.emplace(Thing{kind, key}, Source{&document, path});
    if (is_first || (key.empty() && kind != "town")) return;  // without a key it is faulty by itself
    const auto& first = *there->second.document;
    faults_.add(document, path,
                fmt::format("{} {} is there twice, first in {}, line {}", kind, key, first.file,
                            first.line_of(there->second.path)));
  }

  template <class File>
  void take(std::vector<File>& into, const std::optional<std::vector<File>>& files, const char* kind,
            const char* list, std::string File::* key, const Document& document) {
    if (!files) return;
    for (std::size_t i = 0; i < files->size(); ++i)
      note(kind, (*files)[i].*key, document, fmt::format("{}[{}]", list, i));
    std::ranges::copy(*files, std::back_inserter(into));
  }

  void take_network(const Document& document) {
    const auto file = read_document<NetworkFile>(document, faults_);
    take(package_.organisations, file.organisations, "organisation", "organisations",
         &network::OrganisationFile::key, document);
    take(package_.venues, file.venues, "venue", "venues", &network::VenueFile::key, document);
    take(package_.communities, file.communities, "community", "communities", &network::CommunityFile::code,
         document);
    take(package_.grids, file.grids, "grid", "grids", &network::GridFile::key, document);
  }

  void take_town(const Document& document, const fs::path& folder) {
    const auto file = read_document<TownFile>(document, faults_);
    if (document.value.is_null()) return;
    package_.town = network::TownFacts{file.name, file.zone, file.initials, file.demo};
    note("town", "", document, "");
    require_zone(document, file.zone);
    take(package_.organisations, file.organisations, "organisation", "organisations",
         &network::OrganisationFile::key, document);
    take(package_.venues, std::optional{file.venues}, "venue", "venues", &network::VenueFile::key, document);
    for (const auto& more : file.more_venues.value_or(std::vector<std::string>{}))
      take_network(load(folder / more));
    if (file.addresses) take_network(load(folder / *file.addresses));
    if (file.grids) take_network(load(folder / *file.grids));
    if (!file.communities.empty()) take_communities(folder / file.communities);
    if (!file.calendar.empty()) take_calendar(load(folder / file.calendar));
    if (!file.matters.empty()) take_matters(folder / file.matters);
    take(package_.halls, std::optional{file.halls}, "hall", "halls", &hall::HallFile::key, document);
    take(package_.staff, std::optional{file.staff}, "sign-in", "staff", &StaffFile::username, document);
    require_matters(document);
  }

  void require_zone(const Document& document, const std::string& zone) {
    if (zone.empty()) return;
    try {
      Zone{zone};
    } catch (const std::exception&) {
      faults_.add(document, "zone", fmt::format("\"{}\" is no IANA time zone", zone));
    }
  }

  void take_communities(const fs::path& path) {
    auto& document =
        package_.documents.emplace_back(Document{.file = path.string(), .value = {}, .lines = {}});
    std::ifstream in{path};
    if (!in) return faults_.add(document.file, "the file cannot be read");
    std::string line;
    std::getline(in, line);
    if (line != "code,name") faults_.add(document, "code", "the first line is code,name");
    for (int number = 2; std::getline(in, line); ++number) take_community(document, line, number);
  }

  void take_community(Document& document, const std::string& line, int number) {
    const auto comma = line.find(',');
    const auto code = line.substr(0, comma);
    document.lines.emplace(code, number);
    if (comma == std::string::npos) return faults_.add(document, code, "a line is code,name");
    if (!network::is_division_code(code))
      return faults_.add(document, code, fmt::format("{} is no division code", code));
    if (std::ranges::find(package_.community_names, code, &network::Community::code) !=
        package_.community_names.end())
      return faults_.add(document, code, fmt::format("{} is there twice", code));
    package_.community_names.push_back({code, line.substr(comma + 1)});
    // Where its branch and houses are said, too, that is where people look first.
    package_.sources.emplace(Thing{"community", code}, Source{&document, code});
  }

  void take_calendar(const Document& document) {
    const auto file = read_document<network::CalendarFile>(document, faults_);
    for (std::size_t i = 0; i < file.days.size(); ++i)
      note("calendar day", to_string(file.days[i].day), document, fmt::format("days[{}]", i));
    package_.calendar = file.days;
  }

  void take_matters(const fs::path& folder) {
    if (!fs::is_directory(folder)) return faults_.add(folder.string(), "the folder cannot be read");
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder}) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) take_matter(load(file));
  }

  void take_matter(const Document& document) {
    ImportFaults own;
    auto matter = read_document<cases::MatterDefinition>(document, own);
    faults_.add_all(own);
    // A faulty one is there all the same: who refers to it is not wrong.
    note("matter", matter.key.empty() ? fs::path{document.file}.stem().string() : matter.key, document, "");
    if (!own.empty() || document.value.is_null()) return;
    if (const auto fault = cases::find_fault(matter)) faults_.add(document, fault->path, fault->what);
    package_.matters.push_back(std::move(matter));
  }

  void require_matters(const Document& document) {
    for (std::size_t h = 0; h < package_.halls.size(); ++h) {
      const auto& services = package_.halls[h].services;
      for (std::size_t i = 0; i < services.size(); ++i) {
        if (!services[i].matter || package_.sources.contains({"matter", *services[i].matter})) continue;
        faults_.add(document, fmt::format("halls[{}].services[{}].matter", h, i),
                    fmt::format("there is no matter {}", *services[i].matter));
      }
    }
  }

  ImportFaults faults_;
  Package package_;
};

}  // namespace

Package read_package(const fs::path& files) { return Reader{}.read(files); }

}  // namespace doorstep::app
