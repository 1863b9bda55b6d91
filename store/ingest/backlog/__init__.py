"""Records that have to wait, and ids that stay taken, in little memory."""
