"""The reference in ``docs/reference``, written from the code: commands, keys, sources, errors, tables. ``python -m tocsin.manual`` writes it anew."""
