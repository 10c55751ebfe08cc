#include "app/pages.hpp"

namespace doorstep::app {

namespace {

// No inline script or style, nothing from elsewhere, no frame around us.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'";

constexpr std::pair<std::string_view, std::string_view> content_types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".mp3", "audio/mpeg"},
    {".txt", "text/plain; charset=utf-8"},
};

std::string_view content_type_of(std::string_view path) {
  for (const auto& [ending, type] : content_types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool is_under(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// The file behind a path: an app answers for all of its own routes.
std::string_view file_for(std::string_view path) {
  for (const std::string_view route :
       {"/find", "/matters", "/apply", "/branch", "/t", "/c", "/cases", "/my"}) {
    if (path == "/" || is_under(path, route)) return "/resident/index.html";
  }
  const bool is_file = path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
  if (!is_file && is_under(path, "/console")) return "/console/index.html";
  if (!is_file && is_under(path, "/display")) return "/display/index.html";
  return path;
}

}  // namespace

Pages::Pages(std::vector<BuiltPage> pages) {
  for (auto& page : pages) {
    auto path = page.path;
    pages_.emplace(std::move(path), std::move(page));
  }
}

std::optional<http::Response> Pages::find(const http::Request& request) const {
  const auto found = pages_.find(file_for(request.path));
  if (found == pages_.end()) return std::nullopt;
  const auto& page = found->second;
  http::Response response;
  response.content_type = content_type_of(page.path);
  const bool lasting = page.path.find("/assets/") != std::string::npos;
  response.headers.push_back({"cache-control", lasting ? "public, max-age=31536000, immutable" : "no-cache"});
  response.headers.push_back({"etag", page.etag});
  response.headers.push_back({"vary", "accept-encoding"});
  if (request.header("if-none-match") == page.etag) {
    response.status = 304;
    return response;
  }
  const auto accepted = request.header("accept-encoding");
  response.fixed_body = page.plain;
  if (!page.brotli.empty() && accepted.find("br") != std::string_view::npos) {
    response.fixed_body = page.brotli;
    response.headers.push_back({"content-encoding", "br"});
  } else if (!page.gzip.empty() && accepted.find("gzip") != std::string_view::npos) {
    response.fixed_body = page.gzip;
    response.headers.push_back({"content-encoding", "gzip"});
  }
  return response;
}

void add_security_headers(http::Response& response, bool secure) {
  if (response.content_type.starts_with("text/html")) {
    response.headers.push_back({"content-security-policy", std::string{content_security_policy}});
    response.headers.push_back({"permissions-policy", "camera=(), microphone=(), geolocation=(self)"});
  }
  response.headers.push_back({"x-content-type-options", "nosniff"});
  // Addresses of tickets and cases open them: they are told to nobody.
  response.headers.push_back({"referrer-policy", "no-referrer"});
  if (secure) response.headers.push_back({"strict-transport-security", "max-age=31536000"});
}

}  // namespace doorstep::app
