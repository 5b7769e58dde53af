"""The checks of `closeknit doctor`."""
