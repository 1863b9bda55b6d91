"""What does things to the program, as people, scripts and other processes do."""
