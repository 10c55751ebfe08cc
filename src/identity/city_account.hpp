// Residents' way in by the city's account: the page sends them to the city's provider, and what comes back
// there, a code and a state, opens a session here (OpenID Connect Core 1.0, 3.1, with PKCE).
//
// A state is good for ten minutes, once, whatever comes of it, and in the browser that it was given to. Of
// the account nothing is taken but that it is the same one again: who somebody is they say here, as with a
// phone.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "identity/city_provider.hpp"
#include "identity/resident.hpp"

namespace doorstep::identity {

struct ReadCityAccount {};
BOOST_DESCRIBE_STRUCT(ReadCityAccount, (), ())

struct CityAccountView {
  std::optional<Text> name;  // what it is called; none: residents sign in by phone alone
};
BOOST_DESCRIBE_STRUCT(CityAccountView, (), (name))

struct BeginCitySignIn {
  std::optional<bool> anew;  // with password or card, signed in there or not: for what cannot be undone
};
BOOST_DESCRIBE_STRUCT(BeginCitySignIn, (), (anew))

struct CitySignIn {
  std::string address;  // of the provider's page, for the browser to go to
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(CitySignIn, (), (address, expires_at))

// What came back to the page /my/city.
struct SignInByCityAccount {
  std::string code;
  std::string state;
  std::optional<std::string> iss;  // who answers, where the provider says it (RFC 9207)

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 2'000}; }
};
BOOST_DESCRIBE_STRUCT(SignInByCityAccount, (), (code, state, iss))

// What is known before the provider is asked, on a worker.
struct BegunCitySignIn {
  std::optional<CityQuestion> question;  // none: there is no such state in this browser
  Instant begun_at = {};
};
using CityProof = std::expected<IdToken, std::string>;  // else the problem's code

Instant moment_of(Snapshot& snapshot, const Caller& caller, const BeginCitySignIn& wish);
// `page` is the provider's; nothing while it is away.
CitySignIn begin_city_sign_in(Transaction& tx, const Caller& caller, const BeginCitySignIn& wish,
                              const CitySettings& city, const std::optional<std::string>& page);

BegunCitySignIn find_city_sign_in(Snapshot& snapshot, const Caller& caller, const SignInByCityAccount& wish);
CityProof check_city_sign_in(CityProvider& city, const BegunCitySignIn& begun,
                             const SignInByCityAccount& wish);
WithCookie<ResidentSession> sign_in_by_city_account(Transaction& tx, const Caller& caller,
                                                    const SignInByCityAccount& wish, const CitySettings& city,
                                                    const CityProof& proof);

// What was not come back from in its time. One statement.
std::int64_t forget_old_city_sign_ins(Transaction& tx, Instant at, int limit);

// After those of identity.hpp, in its section.
void add_city_routes(api::Api& api, const std::shared_ptr<CityProvider>& city);

inline constexpr Microseconds city_sign_in_time = std::chrono::minutes{10};

}  // namespace doorstep::identity
