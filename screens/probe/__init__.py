"""A probe before the action: its form, its pact, the non-negotiables."""
