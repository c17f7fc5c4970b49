#include "host/commands/command_line.hpp"

int main(int argc, char** argv) { return logmargin::run_command_line(argc, argv); }
