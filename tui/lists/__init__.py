"""Lists that one works through: findings, origins, and what falls with a source."""
