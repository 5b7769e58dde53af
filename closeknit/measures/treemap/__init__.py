"""The coverage of a sweep as a map of areas, each as large as what is due in it."""
