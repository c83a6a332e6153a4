"""The front end: Datasette over ``archive.db``, with pages of our own. The only place that knows Datasette."""
