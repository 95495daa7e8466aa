"""Before the action: the rules for the form, the partners, the pact and the non-negotiables."""
