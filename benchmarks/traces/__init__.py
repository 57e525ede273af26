"""Details that are planted, and the search for what is left of them."""
