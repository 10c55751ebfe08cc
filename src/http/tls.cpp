#include "http/tls.hpp"

#include <stdexcept>

#include <openssl/ssl.h>

namespace doorstep::http {

namespace ssl = boost::asio::ssl;

namespace {

void require(const boost::system::error_code& error, const std::string& what) {
  if (error) throw std::runtime_error(what + ": " + error.message());
}

// Only HTTP/1.1 is spoken here; a client that offers other
// protocols besides is told so, one that offers none is served.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_length, ours, sizeof ours, offered, offered_length);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

std::shared_ptr<ssl::context> load_tls(const Tls& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  auto* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // an idle connection then holds 34 KB less
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);

  boost::system::error_code error;
  context->use_certificate_chain_file(files.certificate_file, error);
  require(error, "certificate " + files.certificate_file);
  context->use_private_key_file(files.key_file, ssl::context::pem, error);
  require(error, "key " + files.key_file);
  if (SSL_CTX_check_private_key(native) != 1) {
    throw std::runtime_error("key " + files.key_file + " does not belong to certificate " +
                             files.certificate_file);
  }
  return context;
}

}  // namespace doorstep::http
