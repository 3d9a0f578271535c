"""The addresses of the gateway, one file per topic."""
