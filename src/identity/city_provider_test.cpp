// How the city's provider is asked, and what is made of its answers, its silence and its lies.
#include "identity/city_provider.hpp"

#include <gmock/gmock.h>

#include "journal/test_town.hpp"
#include "testing/software_provider.hpp"

namespace doorstep::identity {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using testing::SoftwareProvider;
using testing::TokenKey;

class CityProviderTest : public ::testing::Test {
 protected:
  std::string there(const std::string& path) const { return city.issuer + path; }
  const std::string document = "https://city.example/.well-known/openid-configuration";

  CityProvider provider_of(const std::string& secret) {
    return CityProvider{CitySettings{.issuer = city.issuer,
                                     .client_id = city.client_id,
                                     .client_secret = Secret{secret},
                                     .name = {},
                                     .scopes = "openid"},
                        city.web()};
  }
  // A code that was asked for as the town asks.
  CityQuestion came_back() {
    const auto back = city.sign_in(
        there("/sign-in?") + form_encoded({{"response_type", "code"},
                                           {"client_id", city.client_id},
                                           {"redirect_uri", "https://town.example/my/city"},
                                           {"state", "s"},
                                           {"nonce", "n"},
                                           {"code_challenge", to_base64url(sha256("the verifier"))},
                                           {"code_challenge_method", "S256"}}),
        "wang");
    return {.code = back.code,
            .verifier = "the verifier",
            .return_address = "https://town.example/my/city",
            .nonce = "n",
            .signed_in_since = {},
            .at = city.at()};
  }
  // The subject, or what is wrong.
  std::string who(const CityQuestion& question) {
    const auto found = provider.who_signed_in(question);
    if (found) return found->subject;
    return found.error() == CityRefusal::away ? "away" : "unfit";
  }
  std::string who() { return who(came_back()); }
  // The document, with a member of another value.
  void say(const std::string& name, const boost::json::value& value) {
    boost::json::object json{{"issuer", city.issuer},
                             {"authorization_endpoint", there("/sign-in")},
                             {"token_endpoint", there("/token")},
                             {"jwks_uri", there("/keys")}};
    json[name] = value;
    city.instead[document] = {.status = 200, .body = boost::json::serialize(json)};
  }

  testing::FakeClock clock;
  SoftwareProvider city{clock};
  CityProvider provider = provider_of("s3cret & more");
};

}  // namespace

TEST_F(CityProviderTest, SaysWhoACodeStandsFor) {
  EXPECT_EQ(provider.sign_in_page(city.at()), there("/sign-in"));
  EXPECT_EQ(who(), "wang");
  EXPECT_THAT(city.asked(),
              ElementsAre("GET " + document, "GET " + there("/keys"), "POST " + there("/token")));
}

TEST_F(CityProviderTest, WithoutAnIssuerThereIsNone) {
  CityProvider none;
  EXPECT_FALSE(none.is_there());
  EXPECT_EQ(none.sign_in_page(city.at()), std::nullopt);
}

TEST_F(CityProviderTest, IsAskedAgainOnlyWhenWhatWasKeptIsOld) {
  city.instead[document] = {
      .status = 200,
      .body = boost::json::serialize(boost::json::object{{"issuer", city.issuer},
                                                         {"authorization_endpoint", there("/sign-in")},
                                                         {"token_endpoint", there("/token")},
                                                         {"jwks_uri", there("/keys")}}),
      .max_age = seconds{3}};
  provider.sign_in_page(city.at());
  clock.move(kept_least - seconds{1});
  provider.sign_in_page(city.at());
  EXPECT_EQ(city.asked().size(), 1U) << "a minute at least, whatever it says";
  clock.move(seconds{1});
  city.instead[document].max_age = std::chrono::days{3650};
  provider.sign_in_page(city.at());
  clock.move(kept_most - seconds{1});
  provider.sign_in_page(city.at());
  EXPECT_EQ(city.asked().size(), 2U);
  clock.move(seconds{1});
  provider.sign_in_page(city.at());
  EXPECT_EQ(city.asked().size(), 3U) << "a day at most";
}

TEST_F(CityProviderTest, KeysThatWereChangedAreFetched) {
  EXPECT_EQ(who(), "wang");
  city.key = TokenKey{"k2"};
  city.shown.push_back(city.key);
  EXPECT_EQ(who(), "unfit") << "just fetched: a stranger's keys do not make us ask each time";
  clock.move(keys_again_after);
  EXPECT_EQ(who(), "wang");
  city.key = TokenKey{"k3"};
  clock.move(keys_again_after);
  EXPECT_EQ(who(), "unfit") << "and it does not own up to this one";
}

TEST_F(CityProviderTest, ADocumentHasToFit) {
  const struct {
    const char* name;
    boost::json::value value;
  } table[] = {{"issuer", "https://city.example/"},
               {"issuer", "https://other.example"},
               {"issuer", nullptr},
               {"authorization_endpoint", "http://city.example/sign-in"},
               {"authorization_endpoint", "javascript:alert(1)"},
               {"authorization_endpoint", "https://city.example/sign-in#a"},
               {"authorization_endpoint", nullptr},
               {"token_endpoint", "http://city.example/token"},
               {"token_endpoint", "file:///etc/passwd"},
               {"jwks_uri", "http://10.0.0.1/keys"},
               {"jwks_uri", 1}};
  for (const auto& [name, value] : table) {
    say(name, value);
    EXPECT_EQ(provider.sign_in_page(city.at()), std::nullopt) << name << ' ' << boost::json::serialize(value);
  }
  say("more", "that nobody knows");
  EXPECT_EQ(provider.sign_in_page(city.at()), there("/sign-in"));
}

TEST_F(CityProviderTest, WithoutAnAnswerItIsAway) {
  city.away = true;
  EXPECT_EQ(provider.sign_in_page(city.at()), std::nullopt);
  EXPECT_EQ(who(), "away");
  city.away = false;
  for (const auto& path : {std::string{"/.well-known/openid-configuration"}, std::string{"/keys"}}) {
    for (const auto& answer :
         {WebAnswer{.why = "Timeout was reached"}, WebAnswer{.why = "the answer is too long"},
          WebAnswer{.status = 503}, WebAnswer{.status = 302}, WebAnswer{.status = 200, .body = "<html>"},
          WebAnswer{.status = 200, .body = "[]"}}) {
      CityProvider fresh = provider_of(city.client_secret);
      city.instead = {{there(path), answer}};
      const auto found = fresh.who_signed_in(came_back());
      ASSERT_FALSE(found) << path;
      EXPECT_EQ(found.error(), CityRefusal::away) << path << ' ' << answer.status;
    }
  }
  for (const auto& answer : {WebAnswer{.why = "Timeout was reached"}, WebAnswer{.status = 500},
                             WebAnswer{.status = 302}, WebAnswer{.status = 200, .body = "ok"}}) {
    city.instead = {{there("/token"), answer}};
    EXPECT_EQ(who(), "away") << answer.status;
  }
  city.instead.clear();
  EXPECT_EQ(who(), "wang") << "and it comes back";
}

TEST_F(CityProviderTest, TheCodeIsNotSpentBeforeTheKeysAreThere) {
  city.instead[there("/keys")] = {.status = 503};
  const auto question = came_back();
  EXPECT_EQ(who(question), "away");
  city.instead.clear();
  EXPECT_EQ(who(question), "wang");
}

TEST_F(CityProviderTest, ACodeIsGoodOnceAndWithItsOwnVerifier) {
  const auto question = came_back();
  EXPECT_EQ(who(question), "wang");
  EXPECT_EQ(who(question), "unfit") << "replayed";
  auto other = came_back();
  other.verifier = "another verifier";
  EXPECT_EQ(who(other), "unfit");
  other = came_back();
  other.return_address = "https://other.example/my/city";
  EXPECT_EQ(who(other), "unfit");
  other = came_back();
  other.code = "code-of-nobody";
  EXPECT_EQ(who(other), "unfit");
}

TEST_F(CityProviderTest, ATokenThatDoesNotFitProvesNobody) {
  const auto forged = [&](const std::string& name, const boost::json::value& value) {
    city.forge = [=](boost::json::object& claims) { claims[name] = value; };
    return who();
  };
  EXPECT_EQ(forged("nonce", "another"), "unfit");
  EXPECT_EQ(forged("iss", "https://other.example"), "unfit");
  EXPECT_EQ(forged("aud", "another"), "unfit");
  EXPECT_EQ(forged("exp", 1), "unfit");
  city.forge = {};
  city.key = TokenKey{"k1"};  // of the same name
  EXPECT_EQ(who(), "unfit");
  city.instead[there("/token")] = {.status = 200, .body = R"({"access_token":"x"})"};
  EXPECT_EQ(who(), "unfit") << "there is none";
}

TEST_F(CityProviderTest, WhoHasToShowThemselvesAnewHasToHaveDoneSo) {
  auto question = came_back();
  question.signed_in_since = city.at();
  city.signed_in_before = minutes{20};
  EXPECT_EQ(who(question), "unfit");
  question = came_back();
  question.signed_in_since = city.at();
  city.signed_in_before = {};
  EXPECT_EQ(who(question), "wang");
}

TEST_F(CityProviderTest, TheSecretGoesTheWayThatItWants) {
  CityProvider wrong = provider_of("guessed");
  EXPECT_EQ(wrong.who_signed_in(came_back()).error(), CityRefusal::unfit);
  struct Listening : Web {
    explicit Listening(std::unique_ptr<Web> web_, WebQuestion& last_) : web(std::move(web_)), last(last_) {}
    WebAnswer ask(const WebQuestion& question) override {
      last = question;
      return web->ask(question);
    }
    std::unique_ptr<Web> web;
    WebQuestion& last;
  };
  const auto asked_with = [&](const std::string& secret) {
    WebQuestion last;
    CityProvider asking{CitySettings{.issuer = city.issuer,
                                     .client_id = city.client_id,
                                     .client_secret = Secret{secret},
                                     .name = {},
                                     .scopes = "openid"},
                        std::make_unique<Listening>(city.web(), last)};
    static_cast<void>(asking.who_signed_in(came_back()));  // what was said counts
    return last;
  };
  say("token_endpoint_auth_methods_supported", boost::json::array{"client_secret_post"});
  EXPECT_THAT(asked_with("a&b").form, ::testing::EndsWith("&client_id=doorstep&client_secret=a%26b"));
  EXPECT_EQ(asked_with("a&b").user, "");
  EXPECT_THAT(asked_with("").form, ::testing::EndsWith("&client_id=doorstep"));
  say("token_endpoint_auth_methods_supported",
      boost::json::array{"client_secret_post", "client_secret_basic"});
  EXPECT_EQ(asked_with("s3cret & more").user, "doorstep");
}

}  // namespace doorstep::identity
