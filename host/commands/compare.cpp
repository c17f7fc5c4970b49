#include "host/commands/compare.hpp"

#include <fmt/format.h>

#include "host/compare/comparison_json.hpp"
#include "host/compare/comparison_table.hpp"
#include "host/results/files/results_config.hpp"

namespace logmargin {

void compare_command(const ParsedOptions& options) {
  const Comparison comparison = compare_folders(options.operands()[0], options.operands()[1]);
  fmt::print("{}", options.flag("json") ? json_text(comparison_json(comparison)) + "\n" : comparison_table(comparison));
}

}  // namespace logmargin
