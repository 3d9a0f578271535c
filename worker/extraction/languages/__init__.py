"""How an event is said: one folder of data per language, read and checked at load."""
