#include "identity/city_account.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"

namespace doorstep::identity {

namespace {

struct BegunRow {
  bool anew = false;
  Instant begun_at;
};
BOOST_DESCRIBE_STRUCT(BegunRow, (), (anew, begun_at))

struct AccountRow {
  ResidentId id;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id))

std::string state_hash(const Snapshot& snapshot, std::string_view state) {
  return snapshot.keys().keyed_hash("city state", state);
}

// Both are made from the state, which only the browser and the provider know, by the town's key, which
// neither has: nothing of them has to be kept.
std::string verifier_for(const Snapshot& snapshot, std::string_view state) {
  return snapshot.keys().keyed_hash("city verifier", state);
}
std::string nonce_for(const Snapshot& snapshot, std::string_view state) {
  return snapshot.keys().keyed_hash("city nonce", state);
}

// The page of this town that people come back to. A browser takes a page of the machine itself for safe; all
// others are reached over TLS. The provider knows the address and sends nobody to another one.
std::string return_address(std::string_view host) {
  const auto name = host.substr(0, host.find(':'));
  const bool local = name == "localhost" || name.ends_with(".localhost") || name == "127.0.0.1";
  return (local ? "http://" : "https://") + std::string{host} + "/my/city";
}

// A subject means something only together with who gave it.
std::string account_mark(const Snapshot& snapshot, const std::string& issuer, const std::string& subject) {
  return snapshot.keys().keyed_hash("city account", issuer + '\n' + subject);
}

ResidentId resident_of_city(Transaction& tx, const std::string& mark, Instant at) {
  const auto known =
      tx.maybe<AccountRow>("select id from residents where city_mark = :mark", {{"mark", mark}});
  if (known) {
    tx.run("update residents set last_used_at = :at where id = :id", {{"at", at}, {"id", known->id}});
    return known->id;
  }
  const auto id = tx.new_id<ResidentId>();
  tx.run("insert into residents (id, city_mark, created_at, last_used_at) values (:id, :mark, :at, :at)",
         {{"id", id}, {"mark", mark}, {"at", at}});
  return id;
}

std::string seconds_of(Microseconds time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

// Whether it was given to this browser and is still good; from now on it is not.
bool use_state(Transaction& tx, const Caller& caller, const std::string& state) {
  return tx.run(
             "delete from city_sign_ins where state_hash = :hash and device = :device and expires_at > :at",
             {{"hash", state_hash(tx, state)}, {"device", caller.device}, {"at", caller.at}}) == 1;
}

}  // namespace

Instant moment_of(Snapshot&, const Caller& caller, const BeginCitySignIn&) { return caller.at; }

CitySignIn begin_city_sign_in(Transaction& tx, const Caller& caller, const BeginCitySignIn& wish,
                              const CitySettings& city, const std::optional<std::string>& page) {
  if (!page) throw Problem{"city_account_away"};
  const auto state = tx.new_token();
  const bool anew = wish.anew.value_or(false);
  const auto expires_at = caller.at + city_sign_in_time;
  tx.run(
      "insert into city_sign_ins (state_hash, device, anew, begun_at, expires_at)"
      " values (:hash, :device, :anew, :at, :expires_at)",
      {{"hash", state_hash(tx, state)},
       {"device", caller.device},
       {"anew", anew},
       {"at", caller.at},
       {"expires_at", expires_at}});
  auto query = form_encoded({{"response_type", "code"},
                             {"client_id", city.client_id},
                             {"scope", city.scopes},
                             {"redirect_uri", return_address(caller.host)},
                             {"state", state},
                             {"nonce", nonce_for(tx, state)},
                             {"code_challenge", to_base64url(sha256(verifier_for(tx, state)))},
                             {"code_challenge_method", "S256"},
                             {"ui_locales", caller.language == Language::zh ? "zh-CN" : "en"}});
  // max_age has the provider say when they showed password or card, prompt that they do it now.
  query += '&' + form_encoded({{"max_age", seconds_of(anew ? fresh_time : resident_session_time)}});
  if (anew) query += "&prompt=login";
  const char joint = page->find('?') == std::string::npos ? '?' : '&';
  return {.address = *page + joint + query, .expires_at = expires_at};
}

BegunCitySignIn find_city_sign_in(Snapshot& snapshot, const Caller& caller, const SignInByCityAccount& wish) {
  const auto row = snapshot.maybe<BegunRow>(
      "select anew, begun_at from city_sign_ins"
      " where state_hash = :hash and device = :device and expires_at > :at",
      {{"hash", state_hash(snapshot, wish.state)}, {"device", caller.device}, {"at", caller.at}});
  if (!row) return {};
  return {CityQuestion{.code = wish.code,
                       .verifier = verifier_for(snapshot, wish.state),
                       .return_address = return_address(caller.host),
                       .nonce = nonce_for(snapshot, wish.state),
                       .signed_in_since = row->anew ? std::optional{row->begun_at} : std::nullopt,
                       .at = caller.at},
          row->begun_at};
}

CityProof check_city_sign_in(CityProvider& city, const BegunCitySignIn& begun,
                             const SignInByCityAccount& wish) {
  if (!begun.question) return std::unexpected("city_sign_in_gone");
  if (wish.iss.value_or(city.settings().issuer) != city.settings().issuer)
    return std::unexpected("city_account_unfit");
  auto found = city.who_signed_in(*begun.question);
  if (found) {
    // What the provider remembers of an earlier visit may be somebody else's, on the same browser.
    if (found->signed_in_at && *found->signed_in_at + clock_leeway < begun.begun_at)
      found->signed_in_at.reset();
    return std::move(*found);
  }
  switch (found.error()) {
    case CityRefusal::away: return std::unexpected("city_account_away");
    case CityRefusal::unfit: return std::unexpected("city_account_unfit");
  }
  return std::unexpected("city_account_unfit");
}

// A state is used up by whom it lets in. Of two presses one has spent the code, and the other comes to
// nothing: it must not spoil the first.
WithCookie<ResidentSession> sign_in_by_city_account(Transaction& tx, const Caller& caller,
                                                    const SignInByCityAccount& wish, const CitySettings& city,
                                                    const CityProof& proof) {
  if (!proof) throw Problem{proof.error()};
  if (!use_state(tx, caller, wish.state)) throw Problem{"city_sign_in_gone"};
  const auto resident = resident_of_city(tx, account_mark(tx, city.issuer, proof->subject), caller.at);
  // Who did not show password or card this time may have been known there for weeks.
  const auto proven_at = std::min(proof->signed_in_at.value_or(caller.at - fresh_time), caller.at);
  return begin_resident_session(tx, resident, ResidentAccount::city, proven_at, caller.at);
}

std::int64_t forget_old_city_sign_ins(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from city_sign_ins where state_hash in"
      " (select state_hash from city_sign_ins where expires_at < :before order by expires_at limit :limit)",
      {{"before", at}, {"limit", limit}});
}

void add_city_routes(api::Api& api, const std::shared_ptr<CityProvider>& city) {
  api.read<ReadCityAccount, CityAccountView>(
      "/api/my/city",
      [city](Snapshot&, const Caller&, const ReadCityAccount&) {
        return CityAccountView{city->is_there() ? std::optional{city->settings().name} : std::nullopt};
      },
      {.who = api::anyone,
       .summary = "Whether residents may sign in by an account of the city",
       .queries = 0});
  api.prepared_write<BeginCitySignIn, CitySignIn>(
      "POST", "/api/my/city", moment_of,
      [city](const Instant& at, const BeginCitySignIn&) { return city->sign_in_page(at); },
      [city](Transaction& tx, const Caller& caller, const BeginCitySignIn& wish,
             const std::optional<std::string>& page) {
        return begin_city_sign_in(tx, caller, wish, city->settings(), page);
      },
      {.who = api::anyone,
       .summary = "Begin to sign in by the city's account: where the browser is to go",
       .problems = {"city_account_away"},
       .queries = 1,
       .once = false,
       .attempts_per_minute = 30,
       .waits = true});
  api.prepared_write<SignInByCityAccount, ResidentSession>(
      "POST", "/api/my/city/session", find_city_sign_in,
      [city](const BegunCitySignIn& begun, const SignInByCityAccount& wish) {
        return check_city_sign_in(*city, begun, wish);
      },
      [city](Transaction& tx, const Caller& caller, const SignInByCityAccount& wish, const CityProof& proof) {
        return sign_in_by_city_account(tx, caller, wish, city->settings(), proof);
      },
      {.who = api::anyone,
       .summary = "Sign a resident in by what came back from the city's provider",
       .problems = {"city_account_away", "city_account_unfit", "city_sign_in_gone"},
       .queries = 4,
       .once = false,
       .attempts_per_minute = 30,
       .waits = true});
}

}  // namespace doorstep::identity
