"""The tree of areas: province to grid."""
