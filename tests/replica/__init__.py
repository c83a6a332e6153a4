"""The project's own stand-in for the official sources, written from their documentation: loopback, standard library, invented law."""
