"""Models: what turns texts into vectors, and how weights are found and loaded."""
