// The C API of MLX uses std::format without including <format>, and GCC 12 has no such header.
// Its few uses fill plain "{}" places, so that is all the replacement does.
#pragma once

#include <version>

#ifdef __cpp_lib_format
#include <format>
#else
#include <sstream>
#include <string>
#include <string_view>

namespace std {

template <typename... Values>
string format(string_view pattern, const Values&... values) {
  ostringstream out;
  auto fill = [&](const auto& value) {
    auto place = pattern.find("{}");
    out << pattern.substr(0, place) << value;
    pattern.remove_prefix(place + 2);
  };
  (fill(values), ...);
  out << pattern;
  return out.str();
}

} // namespace std
#endif
