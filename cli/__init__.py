"""The command ``depesche``: extract events here, or send articles through the queue and read what comes out.

Modules below import what a command needs only when it runs, so that ``depesche --help`` is quick and a base
install can say which extra is missing.
"""
