// For tests of TLS: certificates made here, and how a client looks at one.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "http/test_client.hpp"

namespace doorstep::http::testing {

// A folder with cert.pem and key.pem that goes away with the test.
class Certificates {
 public:
  Certificates() {
    std::string pattern = (std::filesystem::temp_directory_path() / "doorstep-tls-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    folder_ = pattern;
  }
  ~Certificates() { std::filesystem::remove_all(folder_); }
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  Tls files() const { return {(folder_ / "cert.pem").string(), (folder_ / "key.pem").string()}; }

  void make(const char* name) const {
    auto* key = ::EVP_EC_gen("P-256");
    auto* certificate = ::X509_new();
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate), 1);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate), -60);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate), 3600);
    ::X509_set_pubkey(certificate, key);
    auto* subject = ::X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(name);
    ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
    ::X509_set_issuer_name(certificate, subject);
    ::X509_sign(certificate, key, ::EVP_sha256());
    auto* file = std::fopen(files().certificate_file.c_str(), "w");
    ::PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(files().key_file.c_str(), "w");
    ::PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    ::X509_free(certificate);
    ::EVP_PKEY_free(key);
  }

 private:
  std::filesystem::path folder_;
};

struct FreeContext {
  void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
};

// What the certificate that a client was shown is called.
inline std::string name_of(const Client& client) {
  auto* certificate = ::SSL_get1_peer_certificate(client.tls());
  char name[64] = "";
  ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
  ::X509_free(certificate);
  return name;
}

}  // namespace doorstep::http::testing
