// For tests of TLS: an authority that lives as long as the test, and certificates of servers that it signed.
#pragma once

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "journal/test_town.hpp"

namespace doorstep::testing {

class Authority {
 public:
  struct Free {
    void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { ::X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { ::X509_EXTENSION_free(extension); }
    void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using Context = std::unique_ptr<SSL_CTX, Free>;

  explicit Authority(const char* name = "Test authority") {
    certificate_ = unsigned_certificate(name, *key_);
    add(*certificate_, *certificate_, NID_basic_constraints, "critical,CA:TRUE");
    add(*certificate_, *certificate_, NID_key_usage, "critical,keyCertSign");
    sign(*certificate_, *certificate_);
    const std::unique_ptr<std::FILE, Free> opened{std::fopen(file().c_str(), "w")};
    require(opened && ::PEM_write_X509(opened.get(), certificate_.get()) == 1);
  }

  // Its own certificate, as PEM: who trusts it trusts every server below.
  std::string file() const { return (folder_.path() / "authority.pem").string(); }

  // What a server of these names shows: "DNS:localhost", "IP:127.0.0.1".
  Context server(const char* names) const {
    const Key key{::EVP_EC_gen("P-256")};
    require(key != nullptr);
    const auto certificate = unsigned_certificate("Test server", *key);
    add(*certificate, *certificate_, NID_subject_alt_name, names);
    sign(*certificate, *certificate_);
    Context context{::SSL_CTX_new(::TLS_server_method())};
    require(context && ::SSL_CTX_use_certificate(context.get(), certificate.get()) == 1 &&
            ::SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
    return context;
  }

 private:
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;

  static void require(bool worked) {
    if (!worked) throw std::runtime_error{"the test's certificates cannot be made"};
  }

  static Certificate unsigned_certificate(const char* name, EVP_PKEY& key) {
    static long made = 0;
    Certificate certificate{::X509_new()};
    require(certificate && ::X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate.get()), ++made);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate.get()), -60);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate.get()), 3600);
    const auto* text = reinterpret_cast<const unsigned char*>(name);
    require(::X509_set_pubkey(certificate.get(), &key) == 1 &&
            ::X509_NAME_add_entry_by_txt(::X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, text,
                                         -1, -1, 0) == 1);
    return certificate;
  }

  static void add(X509& certificate, X509& issuer, int extension, const char* value) {
    X509V3_CTX context;
    ::X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> made{
        ::X509V3_EXT_conf_nid(nullptr, &context, extension, value)};
    require(made && ::X509_add_ext(&certificate, made.get(), -1) == 1);
  }

  void sign(X509& certificate, X509& issuer) const {
    require(::X509_set_issuer_name(&certificate, ::X509_get_subject_name(&issuer)) == 1 &&
            ::X509_sign(&certificate, key_.get(), ::EVP_sha256()) != 0);
  }

  TemporaryFolder folder_;
  Key key_{::EVP_EC_gen("P-256")};
  Certificate certificate_;
};

}  // namespace doorstep::testing
