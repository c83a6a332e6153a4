"""The program: where a crawl starts, in which order things happen, and what a person types."""

from importlib.metadata import version

__version__ = version("tocsin")
