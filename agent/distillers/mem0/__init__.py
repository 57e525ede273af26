"""Facts and preferences by mem0, with a capable model: its extraction and nothing else of it."""
