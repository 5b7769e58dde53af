"""Medical institutions, private ones too: triage and fever clinics checked, fever visits reported each day and passed up."""
