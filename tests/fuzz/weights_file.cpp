// What --theta names: a .npy file, or CSV.

#include "host/input/weights_file.hpp"

#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/input.hpp"
#include "tests/fuzz/support/scratch_file.hpp"

using namespace logmargin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFile file("");
  file.write(fuzz::text_of(data, size));
  fuzz::is_taken([&] {
    const auto weights = open_weights(file.path());
    fuzz::require(weights->rows() >= 1 && weights->dim() >= 1, "weights that are taken have rows");
    std::vector<double> row(weights->width());
    weights->read(weights->rows() - 1, 1, row.data());
    fuzz::require(open_weights(weights->name())->name() == weights->name(), "a file's name is its own");
  });
  return 0;
}
