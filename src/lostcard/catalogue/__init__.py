"""The facts: their model, how they are read and checked, and the compiled form an ordinary run uses."""
