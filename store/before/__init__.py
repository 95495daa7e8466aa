"""Before the action: the non-negotiables, the probe and its partners, the pact."""
