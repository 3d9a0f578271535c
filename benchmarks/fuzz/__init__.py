"""Broken inputs for every parser of what comes from outside: none may raise what it does not announce, or hang."""
