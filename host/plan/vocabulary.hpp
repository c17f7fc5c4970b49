#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin {

/// Returns the law of the weights under a named initialisation, for fan-in dim and fan-out 2 (two hidden neurons): He
/// et al. 2015, Glorot and Bengio 2010 (xavier), LeCun et al. 1998, and PyTorch's nn.Linear (uniform on
/// +-1/sqrt(fan-in)). Throws UsageError for an unknown name.
InitialDistribution weight_distribution(std::string_view init, std::int64_t dim);

/// Returns the law of the biases: zero, matched (the weights' law), normal=S, uniform=A. Throws UsageError.
InitialDistribution bias_distribution(std::string_view bias, const InitialDistribution& of_weights);

/// Reads an optimiser of the registry by its name, with =PARAMETER where it has one, and the loss "exp" or "logistic".
/// Throws UsageError.
Method parse_method(std::string_view optimizer, std::string_view loss);

/// Returns the names of the registry, each as the shells may offer it: "heavy-ball=" where a parameter follows.
std::vector<std::string> optimizer_words();

/// Throws UsageError, which lists all the words, unless the value is one of them.
void require_word(std::string_view option, std::string_view value, const std::vector<std::string_view>& words);

}  // namespace logmargin
