"""From files and standard input to articles, one after the other, each fault with its place."""
