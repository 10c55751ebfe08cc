#include "sheets/book.hpp"

#include <charconv>
#include <map>

#include "base/problem.hpp"
#include "sheets/markup.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t pages_max = 1'000;
constexpr std::size_t styles_max = 100'000;
constexpr std::size_t shared_string_bytes_max = 128 * 1024;  // four times what a cell holds

using Targets = std::map<std::string, std::string, std::less<>>;

// A target as it stands in the archive. It names an entry and no file of ours: a path that climbs out of the
// archive finds nothing.
std::string part_of(std::string_view folder, std::string_view target) {
  std::string path =
      target.starts_with('/') ? std::string{target.substr(1)} : std::string{folder} + std::string{target};
  std::vector<std::string_view> steps;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto step = std::string_view{path}.substr(at, end - at);
    at = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      if (steps.empty()) throw Problem{"sheet_broken"};
      steps.pop_back();
    } else {
      steps.push_back(step);
    }
  }
  std::string part;
  for (const auto& step : steps) part += (part.empty() ? "" : "/") + std::string{step};
  return part;
}

// Relations of a part: by id, and by the last word of their type.
struct Relations : Listener {
  explicit Relations(std::string folder_) : folder(std::move(folder_)) {}

  void opens(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship") return;
    const auto target = attributes.find("Target");
    const auto type = attributes.find("Type");
    if (!target || !type || attributes.find("TargetMode") == "External" || by_id.size() >= pages_max) return;
    const auto part = part_of(folder, *target);
    by_id.emplace(attributes.find("Id").value_or(""), part);
    by_type.emplace(type->substr(type->rfind('/') + 1), part);
  }
  void closes(std::string_view) override {}
  void text(std::string_view) override {}

  std::string folder;
  Targets by_id, by_type;
};

struct Workbook : Listener {
  Workbook(Book& book_, const Targets& targets_) : book(book_), targets(targets_) {}

  void opens(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") book.from_1904 = attributes.is_on("date1904");
    if (name != "sheet" || book.pages.size() >= pages_max) return;
    const auto target = targets.find(attributes.find("id").value_or(""));
    if (target == targets.end()) return;
    const auto state = attributes.find("state").value_or("visible");
    book.pages.push_back(
        {std::string{attributes.find("name").value_or("")}, target->second, state != "visible"});
  }
  void closes(std::string_view) override {}
  void text(std::string_view) override {}

  Book& book;
  const Targets& targets;
};

struct SharedStrings : Listener {
  SharedStrings(Book& book_, const Limits& limits_) : book(book_), limits(limits_) {}

  void opens(std::string_view name, const Attributes&) override {
    if (name == "si") current.clear();
    if (name == "rPh") in_phonetic = true;  // how it is read aloud is not part of the text
    in_text = name == "t" && !in_phonetic;
  }
  void closes(std::string_view name) override {
    if (name == "rPh") in_phonetic = false;
    if (name == "t") in_text = false;
    if (name != "si") return;
    if (book.strings.size() >= limits.strings_max) throw Problem{"sheet_too_large"};
    book.strings.push_back(unescaped(current));
  }
  void text(std::string_view piece) override {
    if (!in_text) return;
    if (current.size() + piece.size() > shared_string_bytes_max) throw Problem{"sheet_broken"};
    current += piece;
  }

  Book& book;
  const Limits& limits;
  std::string current;
  bool in_text = false, in_phonetic = false;
};

struct Styles : Listener {
  explicit Styles(Book& book_) : book(book_) {}

  void opens(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_cells = true;
    if (name == "numFmt" && codes.size() < styles_max)
      codes.emplace(number(attributes, "numFmtId"),
                    number_format(attributes.find("formatCode").value_or("")));
    if (name != "xf" || !in_cells || book.formats.size() >= styles_max) return;
    const auto id = number(attributes, "numFmtId");
    const auto own = codes.find(id);
    book.formats.push_back(own == codes.end() ? built_in_format(id) : own->second);
  }
  void closes(std::string_view name) override {
    if (name == "cellXfs") in_cells = false;
  }
  void text(std::string_view) override {}

  static int number(const Attributes& attributes, std::string_view name) {
    int value = 0;
    if (const auto text = attributes.find(name))
      std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
  }

  Book& book;
  std::map<int, NumberFormat> codes;
  bool in_cells = false;
};

}  // namespace

Book read_book(Archive& archive, const Limits& limits) {
  Relations root{""};
  if (!archive.has("_rels/.rels")) throw Problem{"not_a_sheet"};
  read_markup(archive, "_rels/.rels", root);
  const auto main = root.by_type.find("officeDocument");
  if (main == root.by_type.end() || !archive.has(main->second)) throw Problem{"not_a_sheet"};
  const auto slash = main->second.rfind('/');
  const auto folder = slash == std::string::npos ? std::string{} : main->second.substr(0, slash + 1);
  const auto beside = folder + "_rels/" + main->second.substr(folder.size()) + ".rels";
  // A text document is such an archive, too, and has no sheets.
  if (!archive.has(beside)) throw Problem{"not_a_sheet"};
  Relations relations{folder};
  read_markup(archive, beside, relations);

  Book book;
  Workbook workbook{book, relations.by_id};
  read_markup(archive, main->second, workbook);
  if (book.pages.empty()) throw Problem{"not_a_sheet"};
  const auto part = [&](const char* type) {
    const auto found = relations.by_type.find(type);
    return found != relations.by_type.end() && archive.has(found->second) ? found->second : std::string{};
  };
  if (const auto styles = part("styles"); !styles.empty()) {
    Styles listener{book};
    read_markup(archive, styles, listener);
  }
  if (const auto strings = part("sharedStrings"); !strings.empty()) {
    SharedStrings listener{book, limits};
    read_markup(archive, strings, listener);
  }
  return book;
}

}  // namespace doorstep::sheets
