"""What the demonstration tells beside the sweep, measure by measure."""
