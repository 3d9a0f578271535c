"""The contract of Depesche: what goes in, what comes out."""
