#include "base/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace doorstep {
namespace {

constexpr char32_t malformed = 0xFFFFFFFF;

// The character at `at`, which moves past it (past one byte at least when it is malformed).
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto offset = static_cast<std::int32_t>(at);
  const auto length = static_cast<std::int32_t>(text.size());
  UChar32 character = 0;
  U8_NEXT(bytes, offset, length, character);
  at = static_cast<std::size_t>(offset);
  return character < 0 ? malformed : static_cast<char32_t>(character);
}

bool all_ascii(std::string_view text) {
  std::uint64_t any = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, 8);
    any |= eight;
  }
  for (; at < text.size(); ++at) any |= static_cast<unsigned char>(text[at]);
  return (any & 0x8080808080808080) == 0;
}

bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F ||
         c == 0x061C;
}

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string(what) + ": " + u_errorName(status));
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

// Comparing and making keys only reads a collator, so one is enough for all threads.
const icu::Collator& pinyin() {
  static const std::unique_ptr<const icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(
        icu::Collator::createInstance(icu::Locale("zh", "CN", nullptr, "collation=pinyin"), status));
    check(status, "ICU has no Chinese order");
    return made;
  }();
  return *collator;
}

icu::UnicodeString case_folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  check(status, "ICU does not fold case");
  auto folded = folding->normalize(icu::UnicodeString::fromUTF8(piece(text)), status);
  check(status, "a text cannot be normalized");
  return folded;
}

constexpr std::size_t icu_bytes_max = 1U << 30;  // ICU counts in 32 bits

}  // namespace

bool valid_utf8(std::string_view text) {
  if (all_ascii(text)) return true;
  if (text.size() > icu_bytes_max) return false;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else if (next_character(text, at) == malformed) {
      return false;
    }
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto from = at;
    if (next_character(text, at) == malformed) {
      out += "\uFFFD";
    } else {
      out.append(text, from, at - from);
    }
  }
  return out;
}

void cut_utf8(std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return;
  auto end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
}

bool has_control(std::string_view text, Lines lines) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    if (c == malformed) return true;
    if (lines == Lines::many && (c == '\n' || c == '\r' || c == '\t')) continue;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || turns_direction(c)) return true;
    if (U_IS_UNICODE_NONCHAR(static_cast<UChar32>(c))) return true;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  std::size_t from = text.size();
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    if (is_space(next_character(text, at))) continue;
    if (from > start) from = start;
    to = at;
  }
  return from < to ? text.substr(from, to - from) : std::string_view{};
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
  return count;
}

std::string folded_width(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
  check(status, "ICU has no NFKC");
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  nfkc->normalizeUTF8(0, piece(text), sink, nullptr, status);
  check(status, "a text cannot be normalized");
  return out;
}

std::string mask_phone(std::string_view phone) {
  const auto plain = trimmed(phone);
  const auto count = character_count(plain);
  const std::size_t head = count == 11 ? 3 : 0;
  const auto tail = count < 4 ? 0 : count >= 8 ? 4 : count / 2;
  std::string out;
  std::size_t number = 0;
  for (std::size_t at = 0; at < plain.size(); ++number) {
    const auto from = at;
    next_character(plain, at);
    if (number < head || number >= count - tail) {
      out.append(plain, from, at - from);
    } else {
      out += '*';
    }
  }
  return out;
}

std::string mask_name(std::string_view name) {
  const auto plain = trimmed(name);
  std::size_t first = 0;
  if (!plain.empty()) next_character(plain, first);
  if (first == plain.size()) return "*";
  return std::string(plain.substr(0, first)) + "*";
}

std::vector<std::string> letter_pairs(std::string_view text) {
  const auto folded = case_folded(text);
  std::vector<std::string> pairs;
  UChar32 before = U_SENTINEL;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    const auto letter = folded.char32At(at);
    if (u_isalnum(letter) == 0) continue;
    if (before != U_SENTINEL) {
      std::string pair;
      icu::UnicodeString(before).append(letter).toUTF8String(pair);
      if (std::ranges::find(pairs, pair) == pairs.end()) pairs.push_back(std::move(pair));
    }
    before = letter;
  }
  return pairs;
}

std::string folded_words(std::string_view text) {
  const auto folded = case_folded(text);
  icu::UnicodeString words;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    const auto letter = folded.char32At(at);
    if (u_isalnum(letter) != 0)
      words.append(letter);
    else if (!words.isEmpty() && !words.endsWith(u' '))
      words.append(u' ');
  }
  std::string out;
  words.trim().toUTF8String(out);
  return out;
}

std::string sort_key(std::string_view text) {
  const auto wide = icu::UnicodeString::fromUTF8(piece(text));
  std::string key(text.size() * 2 + 16, '\0');
  const auto fill = [&] {
    return static_cast<std::size_t>(pinyin().getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()),
                                                        static_cast<std::int32_t>(key.size())));
  };
  auto size = fill();
  if (size > key.size()) {
    key.resize(size);
    size = fill();
  }
  key.resize(size == 0 ? 0 : size - 1);  // it ends in a zero byte that says nothing
  return key;
}

std::string sort_key_version() {
  UVersionInfo version;
  pinyin().getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return text;
}

}  // namespace doorstep
