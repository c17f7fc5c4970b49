#include "host/plan/vocabulary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/error.hpp"

namespace logmargin::vocabulary_test {
namespace {

using Family = InitialDistribution::Family;

double variance(const InitialDistribution& law) {
  return law.family == Family::normal ? law.scale * law.scale : law.scale * law.scale / 3.0;
}

struct Definition {
  std::string name;
  Family family;
  double gain;                       ///< variance = gain / fan
  double fan_in_part, fan_out_part;  ///< fan = fan_in_part * fan-in + fan_out_part * fan-out
};

/// He et al. 2015 (variance 2 / fan-in), Glorot and Bengio 2010 (2 / (fan-in + fan-out)), LeCun et al. 1998
/// (1 / fan-in), torch.nn.Linear (uniform on +-1/sqrt(fan-in), so 1 / (3 fan-in)).
const std::vector<Definition> definitions = {
    {"he-normal", Family::normal, 2.0, 1.0, 0.0},      {"he-uniform", Family::uniform, 2.0, 1.0, 0.0},
    {"xavier-normal", Family::normal, 2.0, 1.0, 1.0},  {"xavier-uniform", Family::uniform, 2.0, 1.0, 1.0},
    {"lecun-normal", Family::normal, 1.0, 1.0, 0.0},   {"lecun-uniform", Family::uniform, 1.0, 1.0, 0.0},
    {"pytorch", Family::uniform, 1.0 / 3.0, 1.0, 0.0},
};

TEST(WeightLaw, HasTheVarianceOfItsDefinition) {
  constexpr double fan_out = 2.0;
  for (const Definition& definition : definitions) {
    for (const std::int64_t fan_in : {1, 2, 7, 1000000}) {
      const InitialDistribution law = weight_distribution(definition.name, fan_in);
      const double fan = definition.fan_in_part * static_cast<double>(fan_in) + definition.fan_out_part * fan_out;
      EXPECT_EQ(law.family, definition.family) << definition.name;
      EXPECT_NEAR(variance(law) * fan / definition.gain, 1.0, 1e-15) << definition.name << " " << fan_in;
    }
  }
}

TEST(WeightLaw, TakesAScale) {
  EXPECT_EQ(weight_distribution("normal=0.25", 1).scale, 0.25);
  EXPECT_EQ(weight_distribution("normal=0.25", 1).family, Family::normal);
  EXPECT_EQ(weight_distribution("uniform=3", 5).scale, 3.0) << "whatever the dimension";
  EXPECT_EQ(weight_distribution("uniform=3", 5).family, Family::uniform);
}

TEST(WeightLaw, RefusesOtherWords) {
  for (const char* name : {"", "he", "He-normal", "he-normal ", "normal", "uniform", "normal=", "normal=0", "normal=-1",
                           "normal=x", "uniform=inf", "uniform=nan", "gaussian=1", "zero", "matched", "normal=1=2"}) {
    try {
      weight_distribution(name, 1);
      ADD_FAILURE() << "'" << name << "' was taken";
    } catch (const UsageError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("--init: '" + std::string(name) + "'")) << error.what();
    }
  }
}

TEST(BiasLaw, KnowsZeroMatchedAndScales) {
  const InitialDistribution weights = weight_distribution("lecun-uniform", 3);
  EXPECT_EQ(bias_distribution("zero", weights).scale, 0.0);
  EXPECT_EQ(bias_distribution("matched", weights).scale, weights.scale);
  EXPECT_EQ(bias_distribution("matched", weights).family, weights.family);
  EXPECT_EQ(bias_distribution("normal=0.5", weights).family, Family::normal);
  EXPECT_EQ(bias_distribution("normal=0.5", weights).scale, 0.5);
  EXPECT_EQ(bias_distribution("uniform=2", weights).family, Family::uniform);
  EXPECT_EQ(bias_distribution("uniform=2", weights).scale, 2.0);
}

TEST(BiasLaw, RefusesOtherWords) {
  const InitialDistribution weights = weight_distribution("he-normal", 1);
  for (const char* name : {"", "none", "0", "he-normal", "normal", "normal=0", "uniform=-2", "Zero"}) {
    try {
      bias_distribution(name, weights);
      ADD_FAILURE() << "'" << name << "' was taken";
    } catch (const UsageError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("--bias: '" + std::string(name) + "'")) << error.what();
    }
  }
}

TEST(Vocabulary, KnowsWhatWasMeant) {
  const auto message = [](const auto& parse) -> std::string {
    try {
      parse();
      return "taken";
    } catch (const UsageError& error) {
      return error.what();
    }
  };
  const auto ends_with = [&](const std::string& text, const auto& parse) {
    EXPECT_TRUE(message(parse).ends_with(text)) << message(parse);
  };
  ends_with("; did you mean he-normal?", [] { weight_distribution("he-nromal", 1); });
  ends_with("; did you mean normal?", [] { weight_distribution("nromal=2", 1); });
  ends_with("; did you mean zero?", [] { bias_distribution("zer", {}); });
  ends_with("; did you mean heavy-ball?", [] { parse_method("hevy-ball=0.9", "exp"); });
  ends_with("; did you mean nesterov?", [] { parse_method(" nesterov", "exp"); });
  ends_with("; did you mean logistic?", [] { parse_method("gd", "logistics"); });
  ends_with("uniform=A", [] { weight_distribution("frozen", 1); });
  ends_with("; normal needs its number: normal=S", [] { weight_distribution("normal", 1); });
  ends_with("; uniform needs its number: uniform=A", [] { bias_distribution("uniform", {}); });
  ends_with("heavy-ball=BETA is allowed, 0 <= BETA < 1", [] { parse_method("heavy-ball", "exp"); });
  ends_with("; he-normal stands alone", [] { weight_distribution("he-normal=2", 1); });
  ends_with("; zero stands alone", [] { bias_distribution("zero=0", {}); });
  ends_with("; exp stands alone", [] { parse_method("gd", "exp=1"); });
}

TEST(RequireWord, ListsTheWordsItRefusesFor) {
  EXPECT_NO_THROW(require_word("--loss", "exp", {"exp", "logistic"}));
  try {
    require_word("--loss", "hinge", {"exp", "logistic"});
    FAIL() << "nothing was thrown";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "--loss: 'hinge' is not allowed; allowed: exp, logistic");
  }
}

}  // namespace
}  // namespace logmargin::vocabulary_test
