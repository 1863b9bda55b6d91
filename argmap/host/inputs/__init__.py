"""Files that people give to commands: found, unpacked, recognised and read."""
