// What anything a person or a stranger sends may measure. They stand together so that they can be compared.
// The unit is part of the name; texts are counted in bytes of UTF-8 (a Chinese character is three).
#pragma once

#include <cstddef>

#include "base/json.hpp"

namespace doorstep {

// Texts.
inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t title_bytes_max = 400;
inline constexpr std::size_t note_bytes_max = 2'000;
inline constexpr std::size_t article_bytes_max = 200'000;
inline constexpr std::size_t phone_chars_max = 20;
inline constexpr std::size_t password_chars_min = 8;
inline constexpr std::size_t password_bytes_max = 200;

// Lists.
inline constexpr std::size_t page_items_default = 50;
inline constexpr std::size_t page_items_max = 100;
inline constexpr std::size_t list_items_max = 500;
inline constexpr std::size_t topics_max = 8;

// Requests.
inline constexpr std::size_t body_bytes_max = 1'024 * 1'024;
inline constexpr std::size_t header_bytes_max = 16 * 1'024;
inline constexpr std::size_t target_bytes_max = 4 * 1'024;
inline constexpr std::size_t cursor_chars_max = 200;
inline constexpr std::size_t request_id_chars_max = 64;
inline constexpr std::size_t idempotency_key_min = 16;
inline constexpr std::size_t idempotency_key_max = 128;

// JSON.
inline constexpr std::size_t json_depth_max = 32;
inline constexpr std::size_t json_members_max = 1'024;   // of one object
inline constexpr std::size_t json_key_bytes_max = 200;   // of a map
inline constexpr std::size_t json_path_bytes_max = 200;  // of a path named in a refusal

// Tokens: 128 random bits as base64url.
inline constexpr std::size_t token_bytes = 16;
inline constexpr std::size_t token_chars = 22;

// Logs.
inline constexpr std::size_t log_value_bytes_max = 1'000;

static_assert(name_bytes_max < title_bytes_max && title_bytes_max < note_bytes_max);
static_assert(note_bytes_max < article_bytes_max);
static_assert(article_bytes_max * 2 < body_bytes_max,
              "an article fits a request even when much of it is escaped");
static_assert(password_chars_min <= password_bytes_max);
static_assert(page_items_default <= page_items_max && page_items_max <= list_items_max);
static_assert(target_bytes_max < header_bytes_max && header_bytes_max < body_bytes_max);
static_assert(cursor_chars_max < target_bytes_max);
static_assert(idempotency_key_min <= token_chars, "a token is a good idempotency key");
static_assert(token_chars <= idempotency_key_max);
static_assert(token_chars == (token_bytes * 8 + 5) / 6);
static_assert(Bounds{}.length_max >= note_bytes_max, "a note needs no bounds of its own");

}  // namespace doorstep
