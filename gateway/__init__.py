"""The HTTP door: articles in, events out, for services in any language."""
