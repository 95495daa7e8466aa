"""The autonomy–benefit matrix: its figures, its statistics, its chart."""
