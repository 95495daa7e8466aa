"""Before the action: the form, the partners, the pact, the non-negotiables."""
