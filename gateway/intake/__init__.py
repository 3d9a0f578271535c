"""From a request's body to articles in the queue: bounded, streamed, held back when too many wait."""
