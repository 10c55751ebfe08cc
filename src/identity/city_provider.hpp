// The city's provider of OpenID Connect, as we ask it: its discovery document, its keys, and who a code
// stands for. It waits for a server elsewhere, so it is asked in a `prepare` that may wait, never in a
// command.
//
// What does not change often is kept for as long as the provider says, within bounds. Of an answer that is
// not to be believed the log says why; nobody else is told more than that it was not.
#pragma once

#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "identity/id_token.hpp"
#include "journal/web.hpp"

namespace doorstep::identity {

struct CitySettings {
  std::string issuer;  // exactly as the provider writes it; empty: residents sign in by phone alone
  std::string client_id;
  Secret client_secret;  // empty: PKCE alone protects the code
  Text name;             // what the account is called on the page
  std::string scopes;
};

// A code that came back, and what it was asked for with.
struct CityQuestion {
  std::string code;
  std::string verifier;        // PKCE's
  std::string return_address;  // that it came back to
  std::string nonce;
  std::optional<Instant> signed_in_since;
  Instant at;
};

enum class CityRefusal {
  away,  // no answer, or none that says anything
  unfit  // an answer that proves nobody
};

// What the provider says of itself (OpenID Connect Discovery 1.0).
struct CityEndpoints {
  std::string sign_in_page;
  std::string tokens;
  std::string keys;
  bool secret_in_form = false;  // and not as HTTP Basic
};

class CityProvider {
 public:
  CityProvider() = default;  // there is none
  CityProvider(CitySettings settings, std::unique_ptr<Web> web);

  bool is_there() const { return !settings_.issuer.empty(); }
  const CitySettings& settings() const { return settings_; }

  // Where people sign in; nothing while the provider is away.
  std::optional<std::string> sign_in_page(Instant at);
  std::expected<IdToken, CityRefusal> who_signed_in(const CityQuestion& question);

 private:
  template <class T>
  struct Kept {
    std::optional<T> value;
    Instant since, until;
  };
  using Keys = std::vector<SigningKey>;

  std::optional<CityEndpoints> endpoints(Instant at);
  std::optional<Keys> keys(const CityEndpoints& endpoints, Instant at);
  template <class T, class Read>
  std::optional<T> fetched(Kept<T>& kept, const std::string& url, Instant at, Read read);
  std::expected<std::string, CityRefusal> token_for(const CityEndpoints& endpoints,
                                                    const CityQuestion& question);
  std::expected<IdToken, TokenFault> read_token(const std::string& token, const CityEndpoints& endpoints,
                                                const CityQuestion& question);

  CitySettings settings_;
  std::unique_ptr<Web> web_;
  std::mutex mutex_;  // over what is kept
  Kept<CityEndpoints> endpoints_;
  Kept<Keys> keys_;
};

// How long the provider's document and keys are kept, whatever it says itself, and when it says nothing.
inline constexpr Microseconds kept_least = std::chrono::minutes{1};
inline constexpr Microseconds kept_usually = std::chrono::minutes{10};
inline constexpr Microseconds kept_most = std::chrono::hours{24};
// A token may name a key that is newer than those that are kept. They are fetched again no sooner than this.
inline constexpr Microseconds keys_again_after = std::chrono::seconds{30};
static_assert(keys_again_after < kept_least && kept_least < kept_usually && kept_usually < kept_most);

}  // namespace doorstep::identity
