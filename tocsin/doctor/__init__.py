"""``tocsin doctor``: what newcomers get wrong, looked for, with how to mend it. Each check is one function; ``checks.py`` lists them."""
