"""The worker: the extraction library and the shell that runs it from a queue."""
