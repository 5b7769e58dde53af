"""Cold stores: their three chiefs, the public notice, and the page of each."""
