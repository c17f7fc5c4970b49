#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "host/engine/engine.hpp"

namespace logmargin {

/// Receives the one line that says why auto takes no GPU.
using FallbackNote = std::function<void(const std::string&)>;

/// A GPU is asked for, or auto finds one that works; else auto says why.
bool takes_gpu(std::string_view device, const FallbackNote& note = {});

/// The engine for a --device value. auto takes a GPU that works, else the CPU, and says why. Throws UsageError for an
/// unknown name and DeviceError where the device cannot be used, with the reason.
/// Precondition: threads >= 1.
std::unique_ptr<Engine> make_engine(std::string_view device, unsigned threads, const FallbackNote& note = {});

/// Cores this process may use, no more than its quota of their time; at least 1.
unsigned available_threads();

/// A line a device, and why a GPU is not used.
std::string devices_text();

/// In words, which of the cells a GPU's engine leaves to the processors; empty where it computes all.
std::string cells_left_to_processors(const Engine& engine, const std::vector<CellRun>& cells);

}  // namespace logmargin
