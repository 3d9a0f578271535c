"""Results as a person would rather look at them than as JSON."""
