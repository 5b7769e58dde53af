"""Reactions: records that follow from others by themselves; their ids follow from the cause, so that a replay writes nothing twice."""
