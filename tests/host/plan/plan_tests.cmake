# Adds to plan_tests what the command line's words mean.
target_sources(plan_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/axis_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/data_pair_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/../cli/duration_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/nearest_word_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/number_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/experiment_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shard_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/vocabulary_test.cpp)
