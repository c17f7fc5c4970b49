#include "host/plan/data_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/error.hpp"

namespace logmargin::data_pair_test {
namespace {

TEST(DataPair, ReadsAndWritesTwoPositions) {
  const DataPair pair = parse_data_pair("+1,-1");
  EXPECT_EQ(pair.positive, 1.0);
  EXPECT_EQ(pair.negative, -1.0);
  EXPECT_EQ(pair.text(), "+1,-1");
  EXPECT_EQ(parse_data_pair("2,0.5").text(), "+2,+0.5");
  EXPECT_EQ(parse_data_pair("-3,0").text(), "-3,+0");
}

TEST(DataPair, TextReadsBackAsTheSamePair) {
  for (const char* text : {"0.1,-0.3", "1e-7,2.5e11", "-1,0.3333333333333333"}) {
    const DataPair pair = parse_data_pair(text);
    const DataPair again = parse_data_pair(pair.text());
    EXPECT_EQ(again.positive, pair.positive) << text;
    EXPECT_EQ(again.negative, pair.negative) << text;
  }
}

TEST(DataPair, RefusesAnythingButTwoDistinctFiniteNumbers) {
  for (const char* text :
       {"", "1", "1,", ",1", "1,2,3", "1,1", "+1,1.0", "0,-0", "nan,1", "1,inf", "1;2", "a,b", "1, 2", "1,2 "}) {
    try {
      parse_data_pair(text);
      ADD_FAILURE() << "'" << text << "' was taken";
    } catch (const UsageError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("--data: '" + std::string(text) + "'")) << error.what();
    }
  }
}

TEST(DataPair, SaysWhatIsWrongWithTwoPoints) {
  const std::vector<std::pair<const char*, const char*>> troubles = {
      {"1,2,3", "; ';' separates pairs"},
      {"1,1", "two distinct points are allowed, at least 1e-150 apart"},
      {"(1,0),(1,-0)", "two distinct points are allowed, at least 1e-150 apart"},
      {"1e151,1", "points at most 1e+150 from the origin are allowed"},
      {"(1,0),(0,-1e200)", "points at most 1e+150 from the origin are allowed"},
      {"(1,2),(1,2,3)", "the vectors have 2 and 3 components; as many in both are allowed"}};
  for (const auto& [text, trouble] : troubles) {
    try {
      parse_data_pair(text);
      ADD_FAILURE() << "'" << text << "' was taken";
    } catch (const UsageError& error) {
      EXPECT_TRUE(std::string(error.what()).ends_with(trouble)) << error.what();
    }
  }
}

TEST(DataPair, ReadsAndWritesTwoVectors) {
  const DataPair pair = parse_data_pair("(1,0.5,0),(-1,2,+0.25)");
  EXPECT_EQ(pair.length(), 3);
  EXPECT_EQ(pair.positive_vector, (std::vector<double>{1.0, 0.5, 0.0}));
  EXPECT_EQ(pair.negative_vector, (std::vector<double>{-1.0, 2.0, 0.25}));
  EXPECT_EQ(pair.text(), "(1,0.5,0),(-1,2,0.25)");
  EXPECT_EQ(parse_data_pair(pair.text()).text(), pair.text());
  EXPECT_EQ(parse_data_pair("1,-1").length(), 1);
  EXPECT_EQ(parse_data_pair("(1),(-1)").text(), "(1),(-1)");
}

TEST(DataPair, RefusesAnythingButTwoDistinctVectorsOfOneLength) {
  for (const char* text :
       {"(1,2)", "(1,2),", "(1,2),(3)", "(1,2),(1,2)", "(1,2),(1,2,0)", "(),()", "(1,),(2,)", "(1,2)(3,4)",
        "(1,2),(3,4", "1,2),(3,4)", "(1,2),(3,4),(5,6)", "((1,2),(3,4))", "(1,2), (3,4)", "(1,nan),(3,4)",
        "(1e150,1e150),(0,0)", "(1e-151,0),(0,0)", "(1e308,1),(-1e308,1)", "1,(2,3)", "(1,2),3"}) {
    try {
      parse_data_pair(text);
      ADD_FAILURE() << "'" << text << "' was taken";
    } catch (const UsageError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("--data: '" + std::string(text) + "'")) << error.what();
    }
  }
}

TEST(DataPair, VectorsOnTheFirstAxisArePositions) {
  const PlacedPair vectors = parse_data_pair("(-1,0,0),(2,0,0)").placed(5);
  const PlacedPair positions = parse_data_pair("-1,2").placed(5);
  EXPECT_EQ(vectors.points.positive_position, positions.points.positive_position);
  EXPECT_EQ(vectors.points.negative_position, positions.points.negative_position);
  EXPECT_EQ(vectors.points.offset, 0.0);
  EXPECT_EQ(vectors.directions.along, std::vector<double>{1.0});
  EXPECT_EQ(vectors.directions.dim, 5);
}

TEST(DataPair, PlacesVectorsOnTheLineThroughThem) {
  const PlacedPair placed = parse_data_pair("(1,0.5,0),(-1,2,0)").placed(3);
  EXPECT_NEAR(placed.points.positive_position, 0.5, 1e-15);
  EXPECT_NEAR(placed.points.negative_position, -2.0, 1e-15);
  EXPECT_NEAR(placed.points.offset, 1.0, 1e-15);
  EXPECT_EQ(placed.points.distance, 2.5);
  EXPECT_EQ(placed.points.product, 0.0);
  // Nothing lies in the third coordinate.
  EXPECT_EQ(placed.directions.along.size(), 2U);
}

}  // namespace
}  // namespace logmargin::data_pair_test
