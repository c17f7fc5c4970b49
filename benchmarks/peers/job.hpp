#pragma once

// protocol.py's side of a peer in C++: jobs as JSON lines on stdin, answers on stdout.

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace peers {

using Json = nlohmann::json;

/// Columns z11, z12, z21, z22, one after another.
using State = std::vector<double>;

inline State read_state(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  if (!file) throw std::runtime_error("cannot read " + name);
  State state(static_cast<std::size_t>(file.tellg()) / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(state.data()), static_cast<std::streamsize>(state.size() * sizeof(double)));
  return state;
}

inline void write_state(const std::string& name, const State& state) {
  std::ofstream file(name, std::ios::binary);
  file.write(reinterpret_cast<const char*>(state.data()), static_cast<std::streamsize>(state.size() * sizeof(double)));
}

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Answers every job of stdin. answer(job) gives the answer to a job that is not "prepare", for which nothing is left
/// to do.
template <class Answer>
void serve(const Json& versions, Answer answer) {
  std::cout << Json{{"versions", versions}, {"import_s", 0.0}} << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const Json job = Json::parse(line);
    if (job.at("kind") == "prepare") {
      std::cout << Json{{"compile_s", 0.0}} << std::endl;
    } else {
      std::cout << answer(job) << std::endl;
    }
  }
}

}  // namespace peers
