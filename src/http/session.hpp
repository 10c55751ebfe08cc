// A connection from its first byte to its last. The coroutines of the whole program live in session.cpp.
#pragma once

#include <memory>

#include "http/edge.hpp"
#include "http/net.hpp"
#include "http/worker.hpp"

namespace doorstep::http {

// Serves the connection on the worker's thread, on which this must be called; over TLS when the edge has a
// certificate. `edge` must outlive the worker's thread.
void serve_connection(std::shared_ptr<Worker> worker, Edge& edge, Admission::Place place, TcpSocket socket);

}  // namespace doorstep::http
