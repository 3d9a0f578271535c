"""The events that hold, with what they are asked for by: a file of its own, filled from the stream."""
