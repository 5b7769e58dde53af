"""Cold stores, their chiefs, and cold-chain vehicles."""
