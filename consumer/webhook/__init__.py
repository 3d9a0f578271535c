"""Passes messages on by HTTP: signed, tried again for hours, never into a private network by accident.

``python -m consumer.webhook`` runs a sender with the settings of the environment.
"""
