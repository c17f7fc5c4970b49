#pragma once

#include <nlohmann/json_fwd.hpp>

#include "host/command/parsed_options.hpp"
#include "host/plan/plan.hpp"

namespace logmargin {

/// The plan that the options describe. Throws UsageError naming option, value and what is allowed.
Plan read_plan(const ParsedOptions& options);

/// --threads; "all" is every core this process may use. Throws UsageError.
unsigned read_threads(const ParsedOptions& options);

/// log=K, every=K, or a list, of whole numbers or of any t. Throws UsageError. Precondition: option, its dashes too, is
/// a literal, as the rule keeps it.
RecordRule parse_record_rule(std::string_view option, std::string_view text, bool whole = true);

/// Every option as used, under its name; the axes as arrays.
nlohmann::ordered_json config_json(const Plan& plan, const ParsedOptions& options);

/// The plan of which config_json made this. Throws UsageError where it made it of none.
Plan plan_of_config(const nlohmann::ordered_json& config);

}  // namespace logmargin
