// Text as people type it: what is UTF-8, what is a character,
// what is shown of a name. Characters are code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

bool valid_utf8(std::string_view text);

// The text with every malformed part as U+FFFD: for logs, never for data.
std::string repaired_utf8(std::string_view text);

// Cuts to at most `bytes_max` bytes, never through a character.
void cut_utf8(std::string& text, std::size_t bytes_max);

enum class Lines { one, many };

// Whether there are control characters, marks that turn the direction of writing, or noncharacters: things
// nobody types into a name. Lines::many allows line feed, carriage return and tab. U+0000 is never allowed.
bool has_control(std::string_view text, Lines lines);

// Without the white space around it, the wide space of Chinese keyboards (U+3000) included. `text` is UTF-8.
std::string_view trimmed(std::string_view text);

std::size_t character_count(std::string_view text);

// Compatibility characters made plain (NFKC): "１３８" and "138" are the same phone number.
std::string folded_width(std::string_view text);

// "138****1234"; of other lengths at most the last four characters, and never more than half.
std::string mask_phone(std::string_view phone);

// "张*", whatever the length; a name of one character is all star.
std::string mask_name(std::string_view name);

// The pairs of neighbouring letters and digits, each once, by which a name is found from some of its letters:
// "王小明" has "王小" and "小明". Case, width, accents composed or not, and what is no letter make no
// difference.
std::vector<std::string> letter_pairs(std::string_view text);

// The runs of letters and digits in a text with one space between them, their case and width folded:
// "ＡＢ角 / Ask us!" is "ab角 ask us".
std::string folded_words(std::string_view text);

// Bytes that compare as people order names: Chinese by pinyin, then Latin letters without regard to case.
// Store it beside the text, and make all keys anew when ICU changes its order (sort_key_version).
std::string sort_key(std::string_view text);
std::string sort_key_version();

}  // namespace doorstep
