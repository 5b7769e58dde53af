"""What the public meets: a pass, an entry, a clinic, a cold store, a loudspeaker."""
