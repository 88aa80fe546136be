"""From a brief and the approved corpus to a checked report: outline → write → verify → repair."""
