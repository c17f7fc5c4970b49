#include <cmath>
#include <iostream>
#include <logmargin/train.hpp>

int main() {
  using namespace logmargin;
  const Problem problem = make_problem(+1.0, -1.0, 0.1);  // the label +1 point, the label -1 point, the step size
  const InitialDistribution he_normal = {InitialDistribution::Family::normal, std::sqrt(2.0)};
  const InitialDistribution zero = {InitialDistribution::Family::uniform, 0.0};
  const std::uint64_t seed = 5;
  for (std::uint64_t trial = 0; trial < 10; ++trial) {
    const Weights initial = initial_weights({he_normal, zero}, seed, trial);
    const TrainedNetwork trained = train(problem, initial, 100000);
    std::cout << trial << ": " << name_of(trained.outcome) << ", margin " << trained.seen.margin << '\n';
  }
}
