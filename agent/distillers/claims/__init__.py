"""From a parsed sentence to what it claims about the person and those close to them."""
