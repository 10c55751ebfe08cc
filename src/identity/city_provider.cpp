#include "identity/city_provider.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/enums.hpp"
#include "base/log.hpp"
#include "identity/json_members.hpp"

namespace doorstep::identity {

namespace {

using std::unexpected;

// Unless a list says otherwise, HTTP Basic.
bool wants_secret_in_form(const boost::json::object& document) {
  const auto* listed = document.if_contains("token_endpoint_auth_methods_supported");
  const auto* list = listed == nullptr ? nullptr : listed->if_array();
  if (list == nullptr) return false;
  const auto has = [&](std::string_view method) {
    return std::ranges::any_of(
        *list, [&](const auto& each) { return each.is_string() && each.as_string() == method; });
  };
  return !has("client_secret_basic") && has("client_secret_post");
}

// The document has to be the issuer's own, to the letter.
std::optional<CityEndpoints> read_document(const std::string& json, const std::string& issuer) {
  const auto document = object_in(json);
  if (!document || text_or_empty(*document, "issuer") != issuer) return std::nullopt;
  CityEndpoints found{.sign_in_page = text_or_empty(*document, "authorization_endpoint"),
                      .tokens = text_or_empty(*document, "token_endpoint"),
                      .keys = text_or_empty(*document, "jwks_uri"),
                      .secret_in_form = wants_secret_in_form(*document)};
  const bool fits = is_web_address(found.sign_in_page) && is_web_address(found.tokens) &&
                    is_web_address(found.keys) && found.sign_in_page.find('#') == std::string::npos;
  return fits ? std::optional{std::move(found)} : std::nullopt;
}

std::string document_address(std::string issuer) {
  if (issuer.ends_with('/')) issuer.pop_back();
  return issuer + "/.well-known/openid-configuration";
}

Microseconds kept_for(const WebAnswer& answer) {
  if (!answer.max_age) return kept_usually;
  return std::clamp<Microseconds>(std::min<std::chrono::seconds>(*answer.max_age, std::chrono::days{2}),
                                  kept_least, kept_most);
}

// One of the words of RFC 6749, 5.2; a server's own text is not passed on.
std::string_view refusal_in(const std::string& body) {
  const auto document = object_in(body);
  const auto said = document ? text_or_empty(*document, "error") : std::string{};
  for (const std::string_view word : {"invalid_grant", "invalid_client", "unauthorized_client",
                                      "invalid_request", "unsupported_grant_type", "invalid_scope"}) {
    if (said == word) return word;
  }
  return "something else";
}

void note(std::string_view what, const WebAnswer& answer, std::string_view why) {
  log_warning("city_account_away", {{"asked", what}, {"status", answer.status}, {"why", why}});
}

}  // namespace

CityProvider::CityProvider(CitySettings settings, std::unique_ptr<Web> web)
    : settings_(std::move(settings)), web_(std::move(web)) {}

// Nobody waits for somebody else's question: two that come at once may both ask.
template <class T, class Read>
std::optional<T> CityProvider::fetched(Kept<T>& kept, const std::string& url, Instant at, Read read) {
  const auto answer = web_->ask({.url = url});
  auto found = answer.status == 200 ? read(answer.body) : std::optional<T>{};
  if (!found) {
    note(url, answer, answer.why.empty() ? "the answer does not fit" : answer.why);
    return std::nullopt;
  }
  const std::lock_guard lock{mutex_};
  kept = {.value = found, .since = at, .until = at + kept_for(answer)};
  return found;
}

std::optional<CityEndpoints> CityProvider::endpoints(Instant at) {
  if (!is_there()) return std::nullopt;
  {
    const std::lock_guard lock{mutex_};
    if (endpoints_.value && at < endpoints_.until) return endpoints_.value;
  }
  return fetched(endpoints_, document_address(settings_.issuer), at,
                 [&](const std::string& json) { return read_document(json, settings_.issuer); });
}

std::optional<CityProvider::Keys> CityProvider::keys(const CityEndpoints& endpoints, Instant at) {
  {
    const std::lock_guard lock{mutex_};
    if (keys_.value && at < keys_.until) return keys_.value;
  }
  return fetched(keys_, endpoints.keys, at, read_key_set);
}

std::optional<std::string> CityProvider::sign_in_page(Instant at) {
  auto found = endpoints(at);
  return found ? std::optional{std::move(found->sign_in_page)} : std::nullopt;
}

std::expected<std::string, CityRefusal> CityProvider::token_for(const CityEndpoints& endpoints,
                                                                const CityQuestion& question) {
  const bool has_secret = !settings_.client_secret.empty();
  WebQuestion asked{.url = endpoints.tokens,
                    .form = form_encoded({{"grant_type", "authorization_code"},
                                          {"code", question.code},
                                          {"redirect_uri", question.return_address},
                                          {"code_verifier", question.verifier}})};
  if (has_secret && !endpoints.secret_in_form) {
    // Both are written as in a form before they are put together (RFC 6749, 2.3.1).
    asked.user = form_text(settings_.client_id);
    asked.password = Secret{form_text(settings_.client_secret.reveal())};
  } else {
    asked.form += '&' + form_encoded({{"client_id", settings_.client_id}});
    if (has_secret) asked.form += '&' + form_encoded({{"client_secret", settings_.client_secret.reveal()}});
  }
  const auto answer = web_->ask(asked);
  wipe(asked.form);
  if (answer.status == 400 || answer.status == 401) {
    // It does not know the code (any more), or does not know us: then its operators are to look at the
    // settings.
    log_warning("city_account_refused", {{"status", answer.status}, {"why", refusal_in(answer.body)}});
    return unexpected(CityRefusal::unfit);
  }
  const auto body = answer.status == 200 ? object_in(answer.body) : std::nullopt;
  if (!body) {
    note(endpoints.tokens, answer, answer.why);
    return unexpected(CityRefusal::away);
  }
  return text_or_empty(*body, "id_token");
}

std::expected<IdToken, TokenFault> CityProvider::read_token(const std::string& token,
                                                            const CityEndpoints& endpoints,
                                                            const CityQuestion& question) {
  const IdTokenRules rules{.issuer = settings_.issuer,
                           .client_id = settings_.client_id,
                           .nonce = question.nonce,
                           .signed_in_since = question.signed_in_since,
                           .at = question.at};
  auto read = read_id_token(token, keys(endpoints, question.at).value_or(Keys{}), rules);
  // Keys are changed, and not every provider gives them names.
  const bool may_be_newer =
      !read && (read.error() == TokenFault::unknown_key || read.error() == TokenFault::signature);
  if (!may_be_newer) return read;
  {
    const std::lock_guard lock{mutex_};
    if (question.at < keys_.since + keys_again_after) return read;
  }
  const auto newer = fetched(keys_, endpoints.keys, question.at, read_key_set);
  return newer ? read_id_token(token, *newer, rules) : read;
}

std::expected<IdToken, CityRefusal> CityProvider::who_signed_in(const CityQuestion& question) {
  const auto found = endpoints(question.at);
  // Without the keys there is no use in spending the code.
  if (!found || !keys(*found, question.at)) return unexpected(CityRefusal::away);
  const auto token = token_for(*found, question);
  if (!token) return unexpected(token.error());
  auto read = read_token(*token, *found, question);
  if (read) return std::move(*read);
  log_warning("city_account_unfit", {{"why", name_of(read.error())}});
  return unexpected(CityRefusal::unfit);
}

}  // namespace doorstep::identity
