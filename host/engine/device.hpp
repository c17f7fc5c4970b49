#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "host/engine/engine.hpp"

namespace logmargin {

/// FallbackNote receives the one line that says why auto takes no GPU.
using FallbackNote = std::function<void(const std::string&)>;

/// Says whether a GPU is taken: one is asked for, or auto finds one that works. If auto finds none, note receives why.
bool takes_gpu(std::string_view device, const FallbackNote& note = {});

/// Makes the engine for a --device value. auto takes a GPU that works, else the CPU, and says why. Throws UsageError
/// for an unknown name and DeviceError where the device cannot be used, with the reason. Precondition: threads >= 1.
std::unique_ptr<Engine> make_engine(std::string_view device, unsigned threads, const FallbackNote& note = {});

/// Returns the number of cores that this process may use, no more than its quota of their time. It is at least 1.
unsigned available_threads();

/// Returns a line for each device, and why a GPU is not used.
std::string devices_text();

/// Says in words how many of the cells a GPU's engine leaves to the processors. The text is empty where it computes
/// all.
std::string cells_left_to_processors(const Engine& engine, const std::vector<CellRun>& cells);

}  // namespace logmargin
