"""Problems: found, handed over, rectified, looked back."""
