#include "host/plan/nearest_word.hpp"

#include <gtest/gtest.h>

namespace logmargin::nearest_word_test {
namespace {

TEST(NearestWord, ForgivesTwoEdits) {
  const std::vector<std::string_view> words = {"steps", "trials", "eta", "threads"};
  EXPECT_EQ(nearest_word("step", words), "steps");
  EXPECT_EQ(nearest_word("trails", words), "trials");
  EXPECT_EQ(nearest_word("thread", words), "threads");
  EXPECT_EQ(nearest_word("etaa", words), "eta");
  EXPECT_EQ(nearest_word("beta", words), "eta");
  EXPECT_EQ(nearest_word("steps", words), "steps");
}

TEST(NearestWord, GivesNothingFartherAway) {
  const std::vector<std::string_view> words = {"steps", "trials", "threads"};
  EXPECT_EQ(nearest_word("temperature", words), "");
  EXPECT_EQ(nearest_word("stxyz", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word("steps", {}), "");
}

TEST(NearestWord, CountsASwapOfNeighboursAsOneEdit) {
  EXPECT_EQ(nearest_word("eat", {"at", "eta"}), "at") << "the first of two equally near";
  EXPECT_EQ(nearest_word("eat", {"eta", "at"}), "eta");
  EXPECT_EQ(nearest_word("setps", {"sets", "steps"}), "sets");
  EXPECT_EQ(nearest_word("inti", {"init"}), "init");
  EXPECT_EQ(nearest_word("rtila", {"trial"}), "trial") << "two swaps";
}

TEST(NearestWord, DoesNotMakeAnythingOfAShortWord) {
  EXPECT_EQ(nearest_word("x", {"at", "eta", "out"}), "");
  EXPECT_EQ(nearest_word("es", {"eps"}), "eps");
  EXPECT_EQ(nearest_word("xyz", {"eta"}), "");
  EXPECT_EQ(nearest_word(std::string(1U << 20U, 'x'), {"eta"}), "");
}

TEST(DidYouMean, IsEmptyWhereNothingIsNear) {
  EXPECT_EQ(did_you_mean("etaa", {"eta"}, "--"), ", did you mean --eta?");
  EXPECT_EQ(did_you_mean("sweeep", {"sweep"}), ", did you mean sweep?");
  EXPECT_EQ(did_you_mean("temperature", {"eta"}, "--"), "");
}

TEST(NearestWord, PrefersTheNearer) {
  EXPECT_EQ(nearest_word("seedy", {"speed", "seeds"}), "seeds");
  EXPECT_EQ(nearest_word("seedy", {"seeds", "speed"}), "seeds");
}

}  // namespace
}  // namespace logmargin::nearest_word_test
