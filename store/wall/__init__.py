"""What the hall may see: one frozen value made of what is public, and the follower that reads it from another Redraw's archive."""
