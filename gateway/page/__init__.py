"""The web page that the gateway serves at ``/``: its files and how they are sent."""
