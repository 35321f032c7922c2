"""The walks: where sources, digest, store and render meet."""
