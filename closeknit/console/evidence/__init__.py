"""From a number to what stands behind it: the address, the rows as people read them, and paging through them."""
