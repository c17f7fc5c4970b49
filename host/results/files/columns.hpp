#pragma once

#include <string>
#include <string_view>

#include "host/plan/experiment.hpp"
#include "host/tally/tally.hpp"
#include "logmargin/measure/outcome_name.hpp"

namespace logmargin {

/// These functions return CSV pieces. Each field is preceded by a comma but for the first of a line; undefined numbers
/// are empty.
std::string csv_text(std::string_view text);  ///< quoted where it holds a comma, quote or line break
std::string csv_number(double value);

std::string cell_header();  ///< "init,bias,eta,optimizer,loss,dim,data"
std::string cell_fields(const Cell& cell);

/// Returns ",NAME_count,NAME_min,NAME_q01,...,NAME_max,NAME_mean".
std::string quantile_header(std::string_view name);
std::string quantile_fields(const Quantiles& quantiles);

/// These are the names of quantile_levels: q01 ... q99.
inline constexpr std::array<std::string_view, quantile_levels.size()> quantile_names = {"q01", "q05", "q25", "q50",
                                                                                        "q75", "q95", "q99"};
inline constexpr std::array<std::string_view, fitted_laws> law_names = {"inverse_log", "log_exponent", "power_exponent",
                                                                        "undefined"};

}  // namespace logmargin
