"""From articles a day to processes, memory and network, by what was measured."""
