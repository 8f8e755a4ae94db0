"""The steps, each of which names the one before it; one that was released is never changed."""
