"""Schools and their classes: who belongs, campaigns, the weekly draw and its proof."""
