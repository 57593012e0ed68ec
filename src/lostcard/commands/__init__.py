"""One verb, one module: options → domain → renderer → exit code."""
