"""A stored report changed, undone, restored, compared and signed off: the same for every way in."""
