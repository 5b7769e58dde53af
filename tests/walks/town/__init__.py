"""Each role's main job on Pushi's demonstration: the program builds it, the program serves it, from the menu to what was done."""
