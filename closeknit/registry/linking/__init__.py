"""Linking rows of lists to the register: who comes into question by blind words, and how sure it is by what agrees."""
